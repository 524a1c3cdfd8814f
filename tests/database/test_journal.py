"""The journal: appended in one chain, under one head."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from database import chain, journal, users
from database.base import KEYS
from database.chain import Row
from database.journal import Actor, Entry, NightStamp
from database.keys import journal_keys
from database.models import Change, JournalHead, NightTab
from database.transaction import read, write
from database.verification import verify
from tests.database.conftest import AUDITOR, DAY, NOW, problems, reseal

ENTRIES = [
    Entry("saisie", tab="recap", field="deposit_cdn", old='"459.40"', new='"459.45"', origin="saisie"),
    Entry(
        "saisie",
        tab="dueback",
        field="dueback_entries.nouveau",
        line_id="a1",
        new='"323.42"',
        reason="compté deux fois",
    ),
]


def append(hotel, entries=ENTRIES, night=None, at=NOW):
    """One save."""
    with write() as connection:
        seq = journal.append(connection, hotel, AUDITOR, at, entries, night)
        if night is not None:
            reseal(connection, night.id)
        return seq


def fail_after_an_entry(connection, hotel):
    """An action that writes, then fails."""
    journal.append(connection, hotel, AUDITOR, NOW, ENTRIES)
    users.give_role(connection, 1, hotel, "roi")


def changes(hotel):
    """The rows of the journal, as the tables give them."""
    with read() as connection:
        return connection.execute(
            select(Change.__table__).where(Change.property_id == hotel).order_by(Change.seq)
        ).all()


def test_one_save_is_one_run_of_rows(hotel, night):
    before = len(changes(hotel))
    with write() as connection:
        connection.execute(text("UPDATE night_audit_sessions SET version = 7"))
        connection.execute(update(NightTab).values(inputs={"deposit_cdn": "459.45"}))
        line = {"inputs": {"dueback_entries": [{"id": "a1", "nouveau": "323.42"}]}}
        empty = {"origins": {}, "typed_texts": {}, "field_versions": {}}
        connection.execute(insert(NightTab).values(night_id=night, tab="dueback", version=7, **line, **empty))
    last = append(hotel, night=NightStamp(night, DAY, 7, 2))
    first, second = changes(hotel)[before:]
    assert (first.seq, second.seq, last) == (before + 1, before + 2, before + 2)
    assert (first.tab, first.field, first.old, first.new) == ("recap", "deposit_cdn", '"459.40"', '"459.45"')
    assert (second.line_id, second.old, second.reason) == ("a1", None, "compté deux fois")
    assert {(row.night_id, row.audit_date, row.night_version, row.revision) for row in (first, second)} == {
        (night, DAY, 7, 2)
    }
    assert {(row.actor_id, row.actor_label, row.at) for row in (first, second)} == {(*AUDITOR, NOW)}
    assert second.prev_hash == first.hash
    assert first.salt != second.salt
    assert problems(hotel) == []


def test_a_save_without_change_writes_nothing(hotel):
    before = changes(hotel)
    assert append(hotel, []) == before[-1].seq
    assert changes(hotel) == before


def test_what_was_undone_leaves_no_trace(hotel):
    before = changes(hotel)
    with pytest.raises(ValueError, match="Unknown role"), write() as connection:
        fail_after_an_entry(connection, hotel)
    assert changes(hotel) == before
    assert problems(hotel) == []


def test_writers_at_once_make_one_chain(app, hotel):
    def saves(_):
        with app.app_context():
            return [append(hotel) for _ in range(10)]

    start = len(changes(hotel))
    with ThreadPoolExecutor(8) as pool:
        lasts = [last for each in pool.map(saves, range(8)) for last in each]
    assert sorted(lasts) == list(range(start + 2, start + 161, 2))
    assert problems(hotel) == []


def test_two_hotels_have_two_chains(app, hotel):
    from tests.database.test_properties import new_hotel  # noqa: PLC0415

    other = new_hotel("AUTRE").id
    append(hotel)
    append(other)
    assert [row.seq for row in changes(other)] == [1, 2, 3]
    assert problems(hotel) == problems(other) == []
    assert changes(hotel)[0].prev_hash != changes(other)[0].prev_hash


def test_a_false_head_does_not_stop_the_night_and_is_not_forgotten(hotel, tamper):
    append(hotel)
    seq = changes(hotel)[-1].seq
    tamper("UPDATE journal_heads SET seq = seq - 1")
    assert append(hotel) == seq + 2
    append(hotel)
    assert problems(hotel) == [(f"ligne {seq + 1}", "La tête du journal avait été modifiée avant cette ligne.")]


def test_a_lost_head_is_made_again_and_that_is_not_forgotten(hotel, tamper):
    tamper("DELETE FROM journal_heads")
    assert problems(hotel) == [("tête", "La tête du journal a disparu.")]
    seq = append(hotel) - len(ENTRIES)
    assert [place for place, _ in problems(hotel)] == [f"ligne {seq + 1}"]


def test_a_head_is_one_row_a_hotel(hotel):
    with pytest.raises(DBAPIError), write() as connection:
        connection.execute(insert(JournalHead).values(property_id=hotel, seq=0, hash="", mac=""))


def test_the_old_key_still_verifies_after_a_rotation(app, hotel):
    append(hotel)
    new, old = journal_keys("une toute nouvelle clé de trente-deux", app.config["SECRET_KEY"])
    with read() as connection:
        assert journal.keys_of(connection) == (old,)
        for keys, said in (((new, old), []), ((new,), ["tête"])):
            found = verify(connection.execution_options(**{KEYS: keys}), hotel)
            assert [problem.place for problem in found] == said


def test_keys_are_derived_as_rfc_5869_says():
    # HKDF with SHA-256, salt "rj-natif/livre", info "journal/v1", 32 bytes, computed with the cryptography library
    assert journal_keys("secret")[0].hex() == "c8099ee62921fd21160b26b84f606baf724df089cee8600bfaeed9512ca81cb1"


def test_an_instant_is_chained_in_utc_whatever_its_zone(hotel):
    row = Row(1, 1, NOW, None, "saisie")
    eastern, later = NOW.astimezone(ZoneInfo("America/Toronto")), NOW + timedelta(microseconds=1)
    assert chain.link("", row, "") == chain.link("", row._replace(at=eastern), "")
    assert chain.link("", row, "") != chain.link("", row._replace(at=later), "")


def test_an_actor_may_be_nobody(hotel):
    with write() as connection:
        journal.append(connection, hotel, Actor(None, "Lightspeed"), NOW, [Entry("synchronisation")])
    assert (changes(hotel)[-1].actor_id, changes(hotel)[-1].actor_label) == (None, "Lightspeed")
    assert problems(hotel) == []
