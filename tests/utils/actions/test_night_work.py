"""What the process remembers of a night after each step is what the book says of it: no page lies."""

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from database import nights
from database.journal import Entry
from database.transaction import read
from tests.utils.actions.nights import Person, good, set_policy
from utils.actions import state
from utils.actions.night_work import open_for
from utils.actions.person import Machine

FIRST, SECOND, THIRD = "2026-03-02", "2026-03-03", "2026-03-04"
NOW = datetime(2026, 3, 5, tzinfo=UTC)
NOT_COMPARED = {"rendered"}  # what was already drawn


@pytest.fixture
def remembered(shared, monkeypatch):
    """Every state that was put in memory, beside the one that the book gives at the same moment."""
    kept = []
    put = state.Memory.put

    def look(self, one):
        with read() as connection:
            stamp = nights.read_stamp(connection, one.hotel.id, one.day)
            if stamp == one.stamp:
                kept.append((one, state._read(connection, one.hotel.id, one.day, stamp)))
        put(self, one)

    monkeypatch.setattr(state.Memory, "put", look)
    set_policy(shared, date(2020, 1, 1), verrouillage_auto=False)
    return kept


def differing(one, other):
    """The parts of two states that are not the same."""
    return [
        field.name
        for field in fields(one)
        if field.name not in NOT_COMPARED and getattr(one, field.name) != getattr(other, field.name)
    ]


def test_each_step_of_a_life_is_remembered_as_the_book_has_it(shared, remembered):
    night = Person(shared, "auditeur", FIRST).open()
    night.take_over(jour_new_balance="-1.00")
    night.save("recap", {"cash_ls_lecture": "100.00", "cash_pos_lecture": "1.00", "deposit_cdn": "90.00"})
    night.save("sd", {"sd_entries": [{"id": "ligne-aa", "name": "Jean Roy", "amount": "1.00", "verified": "1.00"}]})
    direction = Person(shared, "admin", FIRST)
    good(night.submit(en_attente=True))
    direction.reopen()
    good(direction.submit(en_attente=True))
    for blocking in direction.whole()["demandes"]["bloquants"]:
        good(direction.override(blocking["cle"]))
    good(direction.post("/verrouiller"))
    direction.reopen()
    direction.save("recap", {"cash_ls_lecture": "110.00"})
    later = Person(shared, "auditeur", SECOND).open()
    good(later.post("/reprendre-veille"))
    assert len(remembered) > 8
    assert len({one.status for one, _ in remembered}) > 3
    assert [
        (one.status, one.stamp.version, differing(one, book)) for one, book in remembered if differing(one, book)
    ] == []


def test_an_error_keeps_nothing_and_remembers_nothing(shared, remembered):
    night = Person(shared, "auditeur", THIRD).open()
    night.save("recap", {"cash_ls_lecture": "100.00"})
    del remembered[:]

    def fail():
        with open_for(Machine(1), date.fromisoformat(THIRD), NOW) as work:
            work.new_version([Entry("essai")], {"status": "submitted"})
            raise ValueError("cassé")

    with shared.app_context(), pytest.raises(ValueError, match="cassé"):
        fail()
    assert remembered == []
    assert night.whole()["etat"] == "in_progress"
