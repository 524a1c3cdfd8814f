"""Who is told and how: the people the hotel names, less those who do not want it, but never nobody of what matters."""

from decimal import Decimal

import pytest

from utils.notifications.chosen import Choice
from utils.notifications.recipients import (
    BOTH,
    IN_APP,
    MAIL,
    NONE,
    Preference,
    Recipient,
    by_mail,
    concerned,
    in_application,
    may_leave,
)

GM, AUDITOR, ADMIN = (
    Recipient(number, role, f"{role}@x.ca", role) for number, role in enumerate(("gm", "night_auditor", "admin"), 1)
)
ALL = [GM, AUDITOR, ADMIN]
D = Decimal


def choice(roles=(), people=()):
    return Choice(True, None, None, frozenset(roles), frozenset(people))


def wanting(kind, **channels):
    """Preferences by name of the role."""
    ids = {one.role: one.id for one in ALL}
    return {(ids[role], kind): Preference(channel) for role, channel in channels.items()}


def names(found):
    return [one.role for one in found]


@pytest.mark.parametrize(
    ("roles", "people", "told"),
    [
        (("gm",), (), ["gm"]),
        ((), (2,), ["night_auditor"]),
        (("gm",), (1, 3), ["gm", "admin"]),
        (("controller",), (99,), []),
    ],
)
def test_a_hotel_names_roles_and_people_each_told_once(roles, people, told):
    assert names(concerned(choice(roles, people), ALL)) == told


@pytest.mark.parametrize(
    ("channel", "mail", "application"),
    [(MAIL, True, False), (IN_APP, False, True), (BOTH, True, True), (NONE, False, False)],
)
def test_a_person_chooses_the_mail_the_page_both_or_none(channel, mail, application):
    chosen = wanting("anomaly", gm=channel)
    assert (GM in by_mail("anomaly", ALL, chosen)) is mail
    assert (GM in in_application("anomaly", ALL, chosen)) is application


def test_who_chose_nothing_is_told_both_ways():
    assert names(by_mail("anomaly", ALL, {})) == names(in_application("anomaly", ALL, {})) == names(ALL)


def test_what_one_chose_of_a_kind_says_nothing_of_another():
    assert GM in by_mail("rj_submitted", ALL, wanting("anomaly", gm=NONE))


@pytest.mark.parametrize(
    ("own", "size", "told"),
    [
        (D("100.00"), D("62.00"), False),
        (D("100.00"), D("100.00"), False),
        (D("100.00"), D("100.01"), True),
        (None, D("0.01"), True),
        (D("100.00"), None, True),
    ],
)
def test_a_threshold_of_ones_own_makes_mails_rarer(own, size, told):
    chosen = {(GM.id, "receptionist_variance"): Preference(MAIL, own)}
    assert (GM in by_mail("receptionist_variance", [GM], chosen, size)) is told
    assert in_application("receptionist_variance", [GM], chosen) == []


def test_what_matters_reaches_everybody_when_nobody_wants_it():
    refused = wanting("rj_late", gm=NONE, night_auditor=IN_APP, admin=NONE)
    assert names(by_mail("rj_late", ALL, refused)) == names(ALL)
    assert by_mail("anomaly", ALL, wanting("anomaly", gm=NONE, night_auditor=IN_APP, admin=NONE)) == []
    assert by_mail("rj_late", [], {}) == []


def test_the_last_one_who_is_reached_may_not_leave():
    alone = wanting("rj_late", night_auditor=NONE, admin=IN_APP)
    assert not may_leave("rj_late", GM.id, ALL, alone)
    assert may_leave("rj_late", AUDITOR.id, ALL, alone)
    assert may_leave("rj_late", GM.id, ALL, {})
    assert may_leave("anomaly", GM.id, ALL, wanting("anomaly", night_auditor=NONE, admin=NONE))
