"""The declarations: every tab, every row of the paper, and what every field must say of itself."""

import csv

import pytest

from tests.utils.rj.golden import CATALOGUE
from utils.rj.catalogue import BY_KEY, FIELDS, TABS, rows
from utils.rj.declaration import CHOICE, COMPUTED, LINKED
from utils.rj.tabs.jour_cells import CREDITS, DEBITS

REFERENCE = list(csv.DictReader(CATALOGUE.read_text(encoding="utf-8").splitlines()))


def test_the_tabs_are_in_the_order_of_the_paper():
    assert list(dict.fromkeys(row["tab"] for row in REFERENCE)) == list(BY_KEY), (
        "Les onglets de tests/fixtures/nuits/champs.csv ne sont pas ceux du catalogue, dans l’ordre de la feuille : "
        "y écrire à leur place les rangées que donne l’essai suivant, ou ranger SHEETS (utils/rj/sheets.py)."
    )


def test_every_row_of_the_reference_is_declared_once_and_in_its_place():
    declared = [(row.tab, row.key, row.label, row.kind, row.role, row.cell) for row in rows()]
    columns = ("tab", "key", "label_fr", "kind", "role", "workbook_cell")
    known = [tuple(row[column] for column in columns) for row in REFERENCE]
    lacking = [f"{','.join(one[:5])},<formule ou source>,{one[5]}" for one in declared if one not in known]
    gone = [",".join(one) for one in known if one not in declared]
    assert declared == known, "\n".join(
        ["À écrire dans tests/fixtures/nuits/champs.csv, à leur place :", *lacking, "À en retirer :", *gone]
    )


def test_the_master_row_has_fifty_four_credits_and_twenty_seven_debits():
    """Columns E to BF and BI to CI, each cell once."""
    assert (len(CREDITS), len(set(CREDITS)), len(DEBITS), len(set(DEBITS))) == (54, 54, 27, 27)
    cells = {key: FIELDS[f"jour.{key}"].cell for key in (*CREDITS, *DEBITS)}
    letters = [number(cell.removeprefix("jour!").partition(" ")[0]) for cell in cells.values()]
    assert sorted(letters) == [*range(5, 59), *range(61, 88)]


def number(letters):
    """The number of a column of the workbook: E is 5, BF is 58."""
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - ord("A") + 1
    return total


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.key)
def test_a_tab_requires_fields_of_its_own(tab):
    assert {f"{tab.key}.{key}" for key in tab.required} <= FIELDS.keys()
    assert tab.short in tab.title
    assert tab.badge in ("manuel", "synchronisé", "automatique", "prochainement")


def test_every_field_says_what_it_is():
    every = list(FIELDS.values()) + [column for field in FIELDS.values() for column in field.columns]
    assert [field.key for field in every if not field.label] == []
    assert [field.key for field in every if field.kind == CHOICE and field.typed and not field.choices] == []
    assert [field.key for field in every if field.sign not in ("", "+", "-")] == []
    assert [field.key for field in every if field.role in (COMPUTED, LINKED) and field.formula is None] == []


def test_an_amount_is_known_as_such():
    assert FIELDS["recap.cash_ls_lecture"].is_money
    assert not FIELDS["jour.jour_adultes"].is_money
