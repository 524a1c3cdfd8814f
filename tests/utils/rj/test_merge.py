"""Typed by a person > imported report > PMS > carried, whatever the order they come in."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.rj.merge import CARRIED, IMPORTED, RANK, SYNCED, TYPED, Given, Merged, merge, wins

ORDER = (TYPED, IMPORTED, SYNCED, CARRIED)
WRITES = st.lists(
    st.tuples(st.sampled_from(ORDER), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3))), max_size=8
)


def applied(writes):
    """What is there after these writes, one after the other."""
    present: dict[str, Given] = {}
    for kind, values in writes:
        merged = merge(present, values, kind)
        present |= {name: Given(value, kind) for name, value in merged.written.items()}
    return present


def test_the_ranks_are_those_of_the_reference():
    assert sorted(RANK, key=RANK.__getitem__, reverse=True) == list(ORDER)


@pytest.mark.parametrize("order", list(permutations(ORDER)))
def test_the_strongest_writer_wins_whoever_comes_first(order):
    assert applied([(kind, {"a": ORDER.index(kind)}) for kind in order])["a"] == Given(0, TYPED)


@given(WRITES)
def test_each_field_holds_the_last_word_of_its_strongest_writer(writes):
    expected: dict[str, Given] = {}
    for kind, values in writes:
        for name, value in values.items():
            there = expected.get(name)
            if there is None or (RANK[kind] >= RANK[there.kind] and value != there.value):
                expected[name] = Given(value, kind)
    assert applied(writes) == expected


@given(WRITES, st.sampled_from(ORDER), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3)))
def test_no_value_is_lost(writes, kind, values):
    """Each incoming value is written, kept beside a stronger one, or already there."""
    present = applied(writes)
    merged = merge(present, values, kind)
    assert merged.written.keys().isdisjoint(merged.beside)
    for name, value in values.items():
        kept = merged.written.get(name, merged.beside.get(name))
        assert kept == (None if name in present and present[name].value == value else value)
        assert (name in merged.beside) == (kept is not None and not wins(present.get(name), Given(value, kind)))


def test_the_pms_never_takes_the_place_of_what_a_person_typed():
    """« PMS : 521,20 $ · saisi : 519,20 $ » : the reading of the PMS stays beside."""
    merged = merge({"cash_ls_lecture": Given("519.20", TYPED)}, {"cash_ls_lecture": "521.20"}, SYNCED)
    assert (merged.written, merged.beside) == ({}, {"cash_ls_lecture": "521.20"})


def test_a_second_import_replaces_its_own_part():
    merged = merge({"jour_tvq_pms": Given("1.00", IMPORTED)}, {"jour_tvq_pms": "2.00"}, IMPORTED)
    assert merged.written == {"jour_tvq_pms": "2.00"}


def test_a_value_that_is_already_there_is_neither_written_nor_kept_beside():
    present = {"cash_ls_lecture": Given("519.20", SYNCED)}
    assert [merge(present, {"cash_ls_lecture": "519.20"}, kind) for kind in ORDER] == [Merged({}, {})] * len(ORDER)
