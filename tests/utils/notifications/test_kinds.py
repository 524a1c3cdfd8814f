"""The table of what people may be told of: each line can be shown, and none names a role that does not exist."""

import pytest

from database.models import ROLES
from utils.notifications.kinds import (
    ESCALATION_ROLES,
    KINDS,
    MAILS,
    POINTS,
    SECURITY,
    SEVERITIES,
    UNLEAVABLE,
    WARNING,
    Kind,
)


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_is_told_to_roles_that_exist_and_says_when(key):
    kind = KINDS[key]
    assert kind.roles
    assert set(kind.roles) <= set(ROLES)
    assert len(set(kind.roles)) == len(kind.roles)
    assert kind.severity in SEVERITIES
    assert kind.help.endswith(".")
    assert "'" not in kind.label + kind.help


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if kind.critical is not None])
def test_what_is_critical_is_further_than_what_is_told(key):
    assert KINDS[key].critical > KINDS[key].threshold
    assert KINDS[key].severity == WARNING


def test_labels_are_told_apart():
    labels = [kind.label for kind in KINDS.values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("kind", "own"),
    [("receptionist_variance", True), ("occupation_low", False), ("rj_late", False), ("labour_variance", True)],
)
def test_a_person_may_make_rarer_what_has_a_threshold_but_never_what_is_below_one(kind, own):
    assert KINDS[kind].own is own


def test_a_share_is_in_points_and_an_amount_in_dollars():
    assert Kind("x", "y.", WARNING, ("gm",)).unit == "$"
    assert {key for key, kind in KINDS.items() if kind.unit == POINTS} == {
        *("revenue_variance", "labour_variance", "occupation_low"),
    }


def test_letters_what_cannot_be_left_and_the_second_warning_are_of_the_table():
    assert {*MAILS, *UNLEAVABLE, SECURITY} <= set(KINDS)
    assert set(ESCALATION_ROLES) <= set(ROLES)
    assert [key for key, kind in KINDS.items() if kind.by_person] == ["receptionist_variance"]
