"""The arithmetic of the journal: whoever changes anything must change every later row and the head."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from database.chain import CHAINED, PARTS, Head, Row, digest, genesis, leaf, link, part_salt, seal

ROW = Row(
    property_id=1,
    seq=3,
    at=datetime(2025, 12, 24, 8, tzinfo=UTC),
    actor_id=2,
    action="saisie",
    night_id=5,
    audit_date=date(2025, 12, 23),
    tab="recap",
    field="deposit_cdn",
    origin="saisi",
    night_version=4,
    revision=0,
    salt="ab" * 32,
    actor_label="Auditrice",
    new='"459.40"',
)


def hashed(row, prev="0" * 64):
    return link(prev, row, digest(row))


def erased(*parts):
    """The row once these parts are erased, as erasing keeps it."""
    salt = bytes.fromhex(ROW.salt)
    leaves = {part: leaf(part_salt(salt, part), ROW.part(part)).hex() for part in parts}
    salts = {part: part_salt(salt, part).hex() for part in PARTS if part not in parts and ROW.part(part) is not None}
    return ROW._replace(**dict.fromkeys(parts), salt=None, erasure={"leaves": leaves, "salts": salts})


@pytest.mark.parametrize("column", CHAINED)
def test_no_column_changes_without_changing_the_hash(column):
    other = {"at": ROW.at.replace(second=1), "audit_date": date(2025, 12, 22)}.get(column, "autre")
    assert hashed(ROW._replace(**{column: other})) != hashed(ROW)


@pytest.mark.parametrize("part", PARTS)
def test_no_part_changes_without_changing_the_hash(part):
    assert hashed(ROW._replace(**{part: "autre"})) != hashed(ROW)
    assert digest(ROW._replace(**{part: ""})) != digest(ROW._replace(**{part: None}))


def test_a_row_holds_to_the_one_before():
    assert hashed(ROW, "1" * 64) != hashed(ROW)
    assert genesis(1) != genesis(2)
    assert genesis(1).seq == 0


def test_an_instant_is_the_same_in_any_zone():
    assert hashed(ROW._replace(at=ROW.at.astimezone(ZoneInfo("America/Toronto")))) == hashed(ROW)


@pytest.mark.parametrize("parts", [("actor_label",), ("new",), ("actor_label", "new")])
def test_what_is_erased_leaves_the_digest_as_it_was(parts):
    row = erased(*parts)
    assert digest(row) == digest(ROW)
    assert set(row.erasure["leaves"]) == set(parts)
    kept = [part for part in row.erasure["salts"] if part not in parts]
    assert all(digest(row._replace(**{part: "autre"})) != digest(ROW) for part in kept)


def test_a_leaf_or_a_salt_of_another_length_is_refused():
    for place in ("leaves", "salts"):
        row = erased("new")
        name = next(iter(row.erasure[place]))
        row.erasure[place][name] = "ab" * 31
        with pytest.raises(ValueError, match=r"^$"):
            digest(row)


def test_a_seal_needs_its_key_its_hotel_and_its_head():
    head = Head(3, "h")
    sealed = seal(b"k", 1, head)
    assert sealed == seal(b"k", 1, Head(3, "h", None))
    assert (
        len(
            {
                sealed,
                seal(b"x", 1, head),
                seal(b"k", 2, head),
                seal(b"k", 1, Head(2, "h")),
                seal(b"k", 1, Head(3, "h", 2)),
            }
        )
        == 5
    )
