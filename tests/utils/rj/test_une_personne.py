"""One person in any spelling: her float is repaid, she stands once in a list, her name has a bound."""

import unicodedata

import pytest

from utils.rj.carry_forward import next_block
from utils.rj.check import float_gap
from utils.rj.night_file import read_night
from utils.rj.reading import Refused
from utils.rj.remarks import remarks

EMILE = "Émile Côté"
OTHERS = (unicodedata.normalize("NFD", EMILE), f"{EMILE} ", "ÉMILE  CÔTÉ", f"\u200e{EMILE}", EMILE.replace(" ", "\xa0"))
OTHERS += (EMILE.replace(" ", "\u3000"),)


def night(*entries, previous=()):
    """A night with these due backs, after that block."""
    return {
        "audit_date": "2025-12-24",
        "previous": {"dueback": list(previous)},
        "tabs": {"dueback": {"dueback_entries": list(entries)}},
    }


@pytest.mark.parametrize("name", OTHERS)
def test_a_float_is_repaid_in_any_spelling(name):
    given = night(
        {"name": name, "previous": "-300.00", "nouveau": "0.00"}, previous=[{"name": EMILE, "nouveau": "300.00"}]
    )
    read = read_night(given)
    assert "dueback" not in next_block(read)
    assert float_gap(read.values["dueback.dueback_entries"], read.values["previous.dueback"]) == 0


@pytest.mark.parametrize("name", OTHERS)
def test_a_person_stands_once_in_the_list(name):
    with pytest.raises(Refused) as refused:
        read_night(night({"name": EMILE, "nouveau": "10.00"}, {"name": name, "nouveau": "10.00"}))
    assert [(one.path, one.message) for one in refused.value.problems] == [
        ("tabs.dueback.dueback_entries[1].name", "Cette personne est déjà dans la liste.")
    ]


PEOPLE = {"sd": "sd_entries", "setd": "setd_personnel"}


def said(tab, *lines):
    """The remarks about the names of a list."""
    read = read_night({"audit_date": "2025-12-24", "tabs": {tab: {PEOPLE[tab]: list(lines)}}})
    return {one.field: one for one in remarks(read) if one.field.endswith(".name")}


@pytest.mark.parametrize("tab", PEOPLE)
@pytest.mark.parametrize("name", [*OTHERS, EMILE, "Emile Cote", "emile côté", "E\u0301MILE COTE"])
def test_a_person_on_two_lines_is_said_in_any_spelling_and_nothing_is_asked(tab, name):
    [(where, remark)] = said(tab, {"name": EMILE, "amount": "1.00"}, {"name": "Zoé"}, {"name": name}).items()
    assert where == f"{tab}.{PEOPLE[tab]}[2].name"
    assert "est la même personne qu'à la ligne 1" in remark.message
    assert not remark.asked


def test_the_other_spelling_is_shown_when_there_is_one():
    [first, second] = said("sd", {"name": EMILE}, {"name": EMILE}, {"name": "EMILE COTE"}).values()
    assert first.message == f"« {EMILE} » est la même personne qu'à la ligne 1 : une ligne de trop ?"
    assert second.message == (
        f"« EMILE COTE » est la même personne qu'à la ligne 1, écrite « {EMILE} » : une ligne de trop ?"
    )


def test_two_currencies_or_two_columns_of_one_person_are_two_lines():
    assert not said("sd", {"name": EMILE}, {"name": EMILE, "currency": "US"}, {"name": "Émilie Côté"}, {"amount": "1"})
    assert said("sd", {"name": EMILE}, {"name": EMILE, "currency": "CDN"})
    assert not said("setd", {"name": EMILE, "column_letter": "H"}, {"name": EMILE, "column_letter": "J"})


def test_two_floats_of_one_person_are_one():
    given = night(
        {"name": EMILE, "previous": "-300.00"},
        previous=[{"name": EMILE, "nouveau": "100.00"}, {"name": OTHERS[0], "nouveau": "200.00"}],
    )
    read = read_night(given)
    assert float_gap(read.values["dueback.dueback_entries"], read.values["previous.dueback"]) == 0
    assert "dueback" not in next_block(read)


@pytest.mark.parametrize(
    ("tab", "list_", "column", "most"),
    [
        ("dueback", "dueback_entries", "name", 120),
        ("sd", "sd_entries", "name", 120),
        ("setd", "setd_personnel", "name", 120),
        ("setd", "setd_personnel", "column_letter", 60),
        ("hp_admin", "hp_admin_entries", "autorise_par", 120),
        ("dbrs", "dbrs_otb_data", "label", 120),
    ],
)
def test_a_short_text_has_a_bound(tab, list_, column, most):
    def document(text):
        return {"audit_date": "2025-12-24", "tabs": {tab: {list_: [{column: text}]}}}

    assert read_night(document("é" * most)).values[f"{tab}.{list_}"][0][column] == "é" * most
    with pytest.raises(Refused) as refused:
        read_night(document("é" * (most + 1)))
    assert f"a au plus {most} caractères" in refused.value.problems[0].message
    assert column not in read_night(document(" \u200b")).values[f"{tab}.{list_}"][0]


def test_a_batch_belongs_to_its_terminal_in_any_spelling():
    name = unicodedata.normalize("NFD", "bar_é")
    batches = {"visa": {"terminals": {name: "5.00"}}}
    tabs = {
        "transelect": {
            "transelect_terminals": [{"id": "bar_é", "group": "pos"}],
            "transelect_restaurant": batches,
        }
    }
    read = read_night({"audit_date": "2025-12-24", "tabs": tabs})
    assert read.inputs["transelect.transelect_restaurant.visa.terminals"] == {"bar_é": 5}
