"""Two people at one cell: both values are shown, and the PMS quarrels with nobody."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from utils.actions.cells import REMOVE, Change, Present
from utils.actions.conflicts import refuse_conflicts, refuse_unread, written_column, written_value
from utils.actions.person import NOBODY
from utils.actions.refusals import Conflict, Unreadable
from utils.rj.catalogue import FIELDS

DEPOSIT, LINES = FIELDS["recap.deposit_cdn"], FIELDS["dueback.dueback_entries"]
BATCHES = FIELDS["transelect.transelect_restaurant.visa.terminals"]


def state(tab, **versions):
    """A night at version 5, whose cells changed at these versions, by these accounts."""
    stored = SimpleNamespace(field_versions={cell.replace("__", "."): list(stamp) for cell, stamp in versions.items()})
    return SimpleNamespace(stamp=SimpleNamespace(version=5), tabs={tab: stored}, names={3: "Auditrice"})


def conflicts(of, tab, change, present, version=2):
    """The quarrels of a change with what is there, read at a version."""
    try:
        refuse_conflicts(of, tab, version, [change], Present(present))
    except Conflict as refusal:
        return refusal.more["conflits"]
    return []


@pytest.mark.parametrize("version", [5, 0])
def test_a_version_that_is_there_may_be_written_over(version):
    assert refuse_unread(state("recap"), version) is None


def test_a_version_that_nobody_read_is_refused():
    with pytest.raises(Unreadable, match="La version 6 de la nuit n'existe pas"):
        refuse_unread(state("recap"), 6)


def deposit(value="10.00"):
    return Change("recap", DEPOSIT, value=Decimal(value))


def test_a_cell_that_somebody_changed_since_is_shown_with_both_values():
    found = conflicts(state("recap", deposit_cdn=(4, 3)), "recap", deposit(), {"recap.deposit_cdn": Decimal("12.00")})
    assert found == [
        {"chemin": "recap.deposit_cdn", "votre": "10.00", "actuelle": "12.00", "par": "Auditrice", "version": 4}
    ]


@pytest.mark.parametrize(
    ("stamp", "present", "version"),
    [((2, 3), "12.00", 2), ((4, NOBODY), "12.00", 2), ((4, 3), "10.00", 2), ((4, 3), "12.00", 4)],
)
def test_what_was_read_what_the_pms_wrote_and_what_is_alike_quarrels_with_nobody(stamp, present, version):
    of = state("recap", deposit_cdn=stamp)
    assert conflicts(of, "recap", deposit(), {"recap.deposit_cdn": Decimal(present)}, version) == []


def test_another_cell_or_a_tab_that_nobody_touched_quarrels_with_nobody():
    assert conflicts(state("recap", deposit_us=(4, 3)), "recap", deposit(), {}) == []
    assert conflicts(state("jour"), "recap", deposit(), {}) == []


LINE = ({"id": "ligne-abc", "name": "A", "nouveau": Decimal("5.00")},)


def test_a_line_that_somebody_filled_since_is_not_removed_unseen():
    of = state("dueback", **{"dueback_entries__ligne-abc__nouveau": (4, 9)})
    change = Change("dueback", LINES, "ligne-abc", act=REMOVE)
    (found,) = conflicts(of, "dueback", change, {"dueback.dueback_entries": LINE})
    assert (found["votre"], found["par"]) == (None, "quelqu'un")
    assert found["actuelle"] == {"id": "ligne-abc", "name": "A", "nouveau": "5.00"}
    assert conflicts(of, "dueback", change, {}) == []


def test_a_column_of_a_line_that_somebody_removed_since_is_a_quarrel():
    of = state("dueback", **{"dueback_entries__ligne-abc": (4, 3)})
    change = Change("dueback", LINES, "ligne-abc", "nouveau", Decimal("7.00"))
    (found,) = conflicts(of, "dueback", change, {})
    assert (found["chemin"], found["votre"], found["actuelle"]) == (
        "dueback.dueback_entries.ligne-abc.nouveau",
        "7.00",
        None,
    )
    assert conflicts(of, "dueback", Change("dueback", LINES, "ligne-abc", "nouveau"), {}) == []
    assert conflicts(of, "dueback", Change("dueback", LINES, "ligne-abc"), {"dueback.dueback_entries": LINE}) == []


def test_values_are_written_as_the_night_file_has_them():
    assert written_value(deposit(), None) is None
    assert written_value(deposit(), Decimal("5")) == "5.00"
    assert written_value(Change("transelect", BATCHES, part="bar_a"), Decimal("5")) == "5.00"
    assert written_column(Change("dueback", LINES, "x"), "nouveau", Decimal("5")) == "5.00"
    assert written_column(Change("dueback", LINES, "x"), "name", "A") == "A"
