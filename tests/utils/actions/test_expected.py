"""The terminals that had an amount lately and have none tonight are named at the variance of the restaurant."""

from datetime import date

import pytest

from database.transaction import read
from tests.utils.actions.nights import Person
from tests.utils.rj.build import night
from utils.actions import expected as module
from utils.actions.expected import NIGHTS, Expected, expected, missing_batches, missing_outlets

DAY = date(2025, 12, 23)


def tonight(**terminals):
    rows = {"visa": {"terminals": terminals, "positouch": "100.00"}}
    return night(transelect={"transelect_restaurant": rows})


def said(of, usual):
    return [(remark.message, remark.asked) for remark in missing_batches(of, usual)]


KNOWN = [
    {
        "transelect": {"transelect_restaurant.visa.terminals": {"bar_a": "10.00", "bar_b": "0.00"}},
        "jour": {"jour_pos_cafe_nourriture": "5.00", "jour_pos_piazza_vins": "0.00"},
        "sd": {"depot_data.client6.amounts": ["0.00", "7.00"], "depot_data.client8.amounts": []},
        "sonifi": {"sans_activite": True},
    },
    {
        "transelect": {
            "transelect_restaurant.visa.terminals": {"bar_a": "5.00"},
            "transelect_restaurant.mc.terminals": {"bar_a": "1.00"},
        },
        "jour": {"jour_pos_cafe_vins": "1.00"},
    },
    {},
]


def test_what_is_usual_is_counted_over_the_last_nights(monkeypatch):
    asked = []
    monkeypatch.setattr(module.earlier_inputs, "inputs_before", lambda _, *given: asked.append(given) or KNOWN)
    monkeypatch.setattr(module.expectations, "learnt_since", lambda *_: None)
    found = expected(None, 7, DAY)
    assert (found.nights, found.terminals, found.outlets, found.envelopes) == (
        3,
        {"bar_a": 2},
        {"cafe": 2},
        {"client6": 1},
    )
    assert found.papers == {"Transelect restaurant": 2, "Jour": 2, "Enveloppes du dépôt": 1}
    assert [(one[0], one[1], one[3]) for one in asked] == [(7, DAY, NIGHTS)]


def test_a_night_keeps_what_was_learnt_when_it_was_opened(app):
    eve = Person(app).open()
    eve.save("transelect", {"transelect_restaurant": {"visa": {"terminals": {"bar_a": "5.00"}}}})
    tonight = eve.on("2025-12-24").open()
    eve.save("transelect", {"transelect_restaurant": {"visa": {"terminals": {"bar_a": None, "bar_b": "1.00"}}}})
    tonight.save("recap", {"cash_ls_lecture": "1.00"})
    with app.app_context(), read() as connection:
        assert expected(connection, 1, date(2025, 12, 24)).terminals == {"bar_a": 1}
        assert expected(connection, 1, date(2025, 12, 23)).terminals == {}


@pytest.mark.parametrize(("count", "named"), [(14, True), (8, True), (7, False)])
def test_an_outlet_that_sells_most_nights_is_named_when_it_alone_has_nothing(count, named):
    sold = night(jour={"jour_pos_cafe_nourriture": "5.00"})
    usual = Expected(14, outlets={"cafe": 14, "piazza": count, "fermé": 14})
    sentence = f"Piazza/Cupola n'a pas de vente; il en avait {count} nuits sur 14."
    found = [(one.field, one.message) for one in missing_outlets(sold, usual)]
    assert found == ([("jour.jour_pos_piazza_nourriture", sentence)] if named else [])
    assert list(missing_outlets(night(), usual)) == []


@pytest.mark.parametrize(("count", "words"), [(1, "1 nuit sur 14"), (13, "13 nuits sur 14")])
def test_a_terminal_without_a_batch_is_named_with_how_often_it_had_one(count, words):
    assert said(tonight(bar_a="50.00"), Expected(14, {"bar_a": 14, "bar_b": count})) == [
        (f"Bar B n'a pas de lot; il en avait un {words}.", False)
    ]


def test_of_two_terminals_without_a_batch_the_one_that_most_often_had_one_comes_first():
    first, second = said(tonight(spesa_d="50.00"), Expected(14, {"bar_a": 5, "bar_c": 14}))
    assert (first[0][:5], second[0][:5]) == ("Bar C", "Bar A")


def test_a_night_without_variance_lacks_no_batch():
    assert said(tonight(bar_a="100.00"), Expected(14, {"bar_b": 14})) == []
    assert said(night(), Expected(14, {"bar_b": 14})) == []


def test_a_batch_that_is_nil_is_one():
    assert said(tonight(bar_a="50.00", bar_b="0.00"), Expected(14, {"bar_b": 14})) == []
