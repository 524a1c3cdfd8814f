"""The words of the contract: each leads to cells that exist, and to none twice."""

import pytest

from utils.lightspeed import codes
from utils.lightspeed.legible import folded
from utils.rj.catalogue import FIELDS


def cells():
    """Every cell that a word leads to, by its whole name."""
    yield from (f"jour.{cell}" for cell in codes.LINES.values())
    yield from codes.TAXES.values()
    for places in (codes.LEDGERS, codes.RECEIPTS, codes.DRAWERS):
        for found in places.values():
            yield from found
    yield from (f"dbrs.dbrs_daily_rev.{name}" for name in codes.ROOM_LINES)


def test_every_word_leads_to_a_field_that_may_be_typed():
    assert [name for name in cells() if name not in FIELDS or not FIELDS[name].typed] == []


@pytest.mark.parametrize("cards", [codes.CARDS, codes.CASHED_OUT])
def test_every_card_is_a_brand_of_the_pms_and_no_brand_is_two(cards):
    assert set(cards.values()) <= set(codes.BRANDS)
    assert len(set(cards.values())) == len(cards)


def test_a_terminal_is_known_by_its_folded_name_and_leads_to_a_column():
    assert all(folded(name) == name for name in codes.TERMINALS)
    columns = {f"transelect.transelect_reception.visa.{column}" for column in codes.TERMINALS.values()}
    assert columns <= set(FIELDS)


def test_the_front_desk_is_a_source_and_a_class_or_a_group_is_told_once():
    assert codes.FRONT_DESK in codes.SOURCES
    assert len(set(codes.ROOM_LINES)) == len(codes.ROOM_LINES)
    assert codes.GROUPS["other"] == ""
    assert set(codes.TENDERS.values()) - {"", "cards"} <= set(codes.DRAWERS)


def test_a_code_is_read_in_one_place_only():
    assert not set(codes.KNOWN) & set(codes.LINES)
    assert not {name.upper() for name in codes.ROOM_LINES} & {*codes.LINES, *codes.KNOWN}
