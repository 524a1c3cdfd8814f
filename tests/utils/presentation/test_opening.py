"""The closing figures typed once before the first night: the form, what it refuses, the block it makes."""

import pytest

from tests.utils.presentation.shown import fr
from utils.presentation.opening import FLOATS, form_of, read_form
from utils.rj.previous import read_previous
from utils.rj.reading import Reader


def entries(form):
    return {entry.name: entry for part in form.parts for entry in part.entries}


def test_the_form_has_four_parts_and_as_many_floats_as_it_says():
    parts = form_of({}).parts
    assert [part.title for part in parts] == [
        "Soldes de fermeture",
        "Mois à date, jusqu’à la veille",
        "Année à date, avant ce mois",
        "Fonds encore chez les réceptionnistes",
    ]
    assert len(parts[3].entries) == 2 * FLOATS
    assert parts[3].heads == ("Réceptionniste", "Fonds remis")
    assert parts[0].heads == ()


def test_an_empty_form_shows_nothing_and_refuses_nothing():
    assert {entry.text for entry in entries(form_of({})).values()} == {""}
    assert not read_form({}).refused
    assert read_form({}).block == {}


def test_a_block_is_shown_as_it_would_be_typed():
    block = {
        "jour_new_balance": "-3574203.57",
        "mtd": {"room_revenue": "887805.04", "rooms_louees": 4240},
        "dueback": [{"name": "Réceptionniste 11", "nouveau": "323.42"}],
        "geac_newbal_gl": None,
    }
    shown = {name: entry.text for name, entry in entries(form_of(block)).items() if entry.text}
    assert shown == {
        "jour_new_balance": fr("-3 574 203,57"),
        "mtd.room_revenue": fr("887 805,04"),
        "mtd.rooms_louees": fr("4 240"),
        "dueback.1.name": "Réceptionniste 11",
        "dueback.1.nouveau": "323,42",
    }


def test_what_is_typed_makes_the_block_of_the_night():
    form = read_form(
        {
            "jour_new_balance": "-3 574 203,57",
            "mtd.room_revenue": "887805,04",
            "mtd.rooms_louees": "4 240",
            "ytd_avant_mois.rooms_louees": "0",
            "dueback.1.name": "Réceptionniste 11",
            "dueback.1.nouveau": "323,42",
        }
    )
    assert form.block == {
        "jour_new_balance": "-3574203.57",
        "mtd": {"room_revenue": "887805.04", "rooms_louees": 4240},
        "ytd_avant_mois": {"rooms_louees": 0},
        "dueback": [{"name": "Réceptionniste 11", "nouveau": "323.42"}],
    }
    assert not form.refused


def test_the_block_is_one_that_the_night_reads():
    form = read_form({"jour_new_balance": "12", "dueback.2.name": "Personne 9", "dueback.2.nouveau": "1"})
    reader = Reader()
    read_previous(form.block, reader)
    reader.finish()
    assert form.block["dueback"] == [{"name": "Personne 9", "nouveau": "1.00"}]


@pytest.mark.parametrize("given", [{"dueback.1.name": "Personne 9"}, {"dueback.1.nouveau": "5,00"}])
def test_a_float_without_person_or_amount_is_not_kept(given):
    assert read_form(given).block == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [("jour_new_balance", "douze"), ("jour_new_balance", "1,2,3"), ("mtd.rooms_louees", "-")],
)
def test_a_text_that_cannot_be_read_stays_in_place_with_its_sentence(name, text):
    form = read_form({name: text, "geac_newbal_gl": "1,00"})
    entry = entries(form)[name]
    assert form.refused
    assert entry.text == text
    assert entry.error
    assert "'" not in entry.error
    assert form.block == {"geac_newbal_gl": "1.00"}


def test_a_hint_says_where_a_balance_is_read():
    found = entries(form_of({}))
    assert found["geac_ar_new_balance"].hint == "A/R Summary de la veille"
    assert found["mtd.room_revenue"].hint == ""
