"""Where a value came from: read from the book, written back as it was."""

import pytest

from database.origins import NO_ORIGINS, Beside, Origin, read_origins

AT = "2025-12-24T03:00:00-05:00"
TYPED = {"genre": "saisi", "a": AT, "qui": 3}
SYNCED = {"genre": "lightspeed", "a": AT, "rapport": "Caisses", "revision": 5}


@pytest.mark.parametrize(
    ("kept", "origin"),
    [
        (TYPED, Origin("saisi", AT, 3)),
        ({**TYPED, "qui": None}, Origin("saisi", AT, 0)),
        ({**TYPED, "garde": 0}, Origin("saisi", AT, 3, kept=0)),
        (SYNCED, Origin("lightspeed", AT, report="Caisses", revision=5)),
        ({"genre": "repris", "a": AT}, Origin("repris", AT)),
        (
            {**TYPED, "ailleurs": {"valeur": "10.00", **SYNCED}},
            Origin("saisi", AT, 3, beside=Beside("10.00", "lightspeed", AT, "Caisses", 5)),
        ),
        (
            {**TYPED, "ailleurs": {"valeur": None, "genre": "importe", "a": AT}},
            Origin("saisi", AT, 3, beside=Beside(None, "importe", AT)),
        ),
    ],
)
def test_an_origin_is_written_as_it_was_read(kept, origin):
    assert read_origins({"x": kept}).cells == {"x": origin}
    assert origin.as_json() == kept


def test_cells_move_and_the_others_stay_as_the_book_has_them():
    before = read_origins({"a": TYPED, "b": {**SYNCED, "autre": 1}, "c": TYPED})
    after = before.after({"a": Origin("saisi", AT, 4), "c": None, "d": None})
    assert after.document == {"a": {**TYPED, "qui": 4}, "b": {**SYNCED, "autre": 1}}
    assert after.cells == {"a": Origin("saisi", AT, 4), "b": before.cells["b"]}
    assert before.document["a"] == TYPED
    assert NO_ORIGINS.after({"a": Origin("repris", AT)}).document == {"a": {"genre": "repris", "a": AT}}


@pytest.mark.parametrize("altered", [7, None, [], {"x": 7}, {"x": None}])
def test_what_somebody_altered_is_left_aside_and_kept_for_the_seal(altered):
    assert read_origins(altered).cells == {}
    assert read_origins(altered).document == altered
