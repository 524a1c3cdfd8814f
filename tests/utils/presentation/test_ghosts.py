"""The lines of the night before: faint, for whoever may fill, never twice, nothing of them in the night."""

import json

from tests.utils.presentation.shown import fr, sheet
from tests.utils.rj.build import night
from utils.presentation.ghosts import ghosts
from utils.presentation.marks import Marks

BEFORE = {
    "sd.sd_entries": (
        {"department": "reception", "name": "Zoé", "currency": "CDN"},
        {"department": "reception", "name": "Zoé", "currency": "US"},
        {"department": "spesa", "name": "Léa"},
        {},
    ),
    "sonifi.sonifi_unites": ({"prix": "14.99"},),
}


def made(tab, key, entries=(), *, editable=True):
    of = night(**{tab: {key: list(entries)}}) if entries else night()
    return ghosts(sheet(tab, of, Marks(before=BEFORE, editable=editable)), key)


def test_each_line_of_the_night_before_is_there_once_and_empty():
    lines = made("sd", "sd_entries")
    assert [json.loads(line.ghost) for line in lines] == list(BEFORE["sd.sd_entries"][:3])
    assert [cell.ghost for cell in lines[0].cells][:4] == ["Réception", "Zoé", "CDN", ""]
    assert {cell.text for line in lines for cell in line.cells} == {""}
    assert all(cell.name.split(".")[2] == line.id for line in lines for cell in line.cells)


def test_a_person_who_has_her_line_tonight_has_one_faint_line_less():
    lines = made("sd", "sd_entries", [{"name": "ZOÉ", "amount": "1.00"}])
    assert [json.loads(line.ghost)["name"] for line in lines] == ["Zoé", "Léa"]


def test_the_same_line_has_the_same_name_on_every_post():
    assert [line.id for line in made("sd", "sd_entries")] == [line.id for line in made("sd", "sd_entries")]
    assert len({line.id for line in made("sd", "sd_entries")}) == 3


def test_an_amount_that_names_a_line_is_shown_and_typed_in_french():
    (line,) = made("sonifi", "sonifi_unites")
    assert (line.cells[0].ghost, json.loads(line.ghost)) == (fr("14,99"), {"prix": "14,99"})


def test_who_may_only_read_sees_none():
    assert made("sd", "sd_entries", editable=False) == ()
    assert made("setd", "setd_personnel") == ()
