"""Expressions as spreadsheet formulas: absent is an empty text, and nothing rests on what is not there."""

from datetime import date
from decimal import Decimal

import pytest

from tests.utils.reports.nuits import golden, made
from utils.reports.filling import shown_choice
from utils.reports.formulas import Formulas, NoFormulaError, added, literal
from utils.reports.places import Cell, columns_of, places_of, reference, span

DAY = date(2025, 12, 23)


def formulas(report):
    return Formulas(report.night, places_of(report.night, columns_of([report.night])), shown_choice)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("recap.cash_ls_net", '=IF(COUNT(B6,C6)=0,"",SUM(B6,C6))'),
        ("transelect.transelect_rec_var_visa", '=IF(COUNT(I21,P21)<2,"",SUM(I21)-SUM(P21))'),
        ("geac.geac_var_facture", '=IF(COUNT(IF(COUNT(B41)<1,"",ABS(B41)),IF(COUNT(G41)<1,"",ABS(G41)))<2,"",'),
        ("jour.jour_remb_gratuite", '=IF(Recap!D11="","",Recap!D11)'),
        ("jour.jour_dueback_reception", '=IF(Recap!D16="","",-Recap!D16)'),
        ("jour.jour_adr", "=IF(COUNT("),
    ],
)
def test_a_formula_names_the_cells_of_what_it_reads(field, text):
    assert formulas(golden("complet-2025-12-23")).of(field).startswith(text)


def test_a_total_of_lines_counts_those_that_it_chooses():
    report = made(DAY, {"sd": {"sd_entries": [{"name": "Un", "currency": "US", "verified": "5.00"}]}})
    found = formulas(report)
    found.places.one["sd.sd_total_verified_us"] = Cell("Sources", 2, 4)
    assert found.of("sd.sd_total_verified_us") == (
        '=IF(SUMPRODUCT((((SD!C9="US"))>0)*1*ISNUMBER(SD!E9))=0,IF(OR(TRUE),0,""),SUMPRODUCT((((SD!C9="US"))>0)*1,SD!E9))'
    )


@pytest.mark.parametrize("field", ["recap.cash_ls_lecture", "sommaire.statuts.chk_recap", "sd.sd_entries"])
def test_what_is_typed_or_is_no_number_has_no_formula(field):
    with pytest.raises((NoFormulaError, KeyError)):
        formulas(golden("complet-2025-12-23")).of(field)


def test_a_figure_that_rests_on_what_is_not_there_has_no_formula():
    found = formulas(made(DAY, {"jour": {"jour_guest_ledger": "5.00", "jour_deposit_on_hand": "1.00"}}))
    with pytest.raises(NoFormulaError):
        found.of("jour.jour_new_balance")


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("-1.50"), "(-1.50)"), (3, "3"), (True, "TRUE"), ('a"b', '"a""b"')]
)
def test_a_value_inside_a_formula(value, text):
    assert literal(value) == text


def test_a_date_has_no_place_inside_a_formula():
    with pytest.raises(NoFormulaError):
        literal(DAY)


def test_names_of_sheets_are_quoted_when_they_must_be():
    assert reference(Cell("DUBACK#", 5, 2), "jour") == "'DUBACK#'!B5"
    assert reference(Cell("jour", 5, 2), "jour") == "B5"
    assert span((Cell("SD", 9, 4), Cell("SD", 12, 4)), "SD") == "D9:D12"


def test_what_may_be_an_empty_text_is_made_a_number_before_it_is_added():
    assert added(["B6", 'IF(A1="","",A1)', '""']) == 'SUM(B6,N(IF(A1="","",A1)),N(""))'
