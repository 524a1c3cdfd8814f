"""Codes and figures in words: one word a code, columns that line up to the comma."""

from datetime import date
from decimal import Decimal

import pytest

from tests.utils.presentation.shown import fr
from utils.presentation.words import (
    CHOICES,
    IN_TAB,
    choice_label,
    figure,
    figure_of_choice,
    lower_first,
)
from utils.rj.catalogue import TABS


@pytest.mark.parametrize(
    ("tab", "code", "word"),
    [
        ("controle", "soleil", "Soleil"),
        ("hp_admin", "administration", "Administration (14)"),
        ("hp_admin", "piazza", "Piazza"),
        ("jour", "piazza", "Piazza/Cupola"),
        ("sd", "spesa", "La Spesa"),
        ("jour", "spesa", "Marché La Spesa"),
        ("transelect", "banquet", "Banquets"),
        ("jour", "banquet", "Banquet"),
        ("jour", "bieres", "Bières"),
    ],
)
def test_a_code_has_the_word_of_its_tab(tab, code, word):
    assert choice_label(tab, code) == word


def test_a_code_that_nobody_declared_has_no_word():
    with pytest.raises(KeyError):
        choice_label("jour", "inconnu")


def test_every_choice_of_the_night_has_a_word():
    declared = [
        (tab.key, code) for tab in TABS for field in tab for one in (field, *field.columns) for code in one.choices
    ]
    assert len(declared) > 20
    assert [(tab, code) for tab, code in declared if not (IN_TAB.get((tab, code)) or CHOICES.get(code))] == []


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Daily Revenue", "daily Revenue"),
        ("POSitouch", "POSitouch"),
        ("HP déduit", "HP déduit"),
        ("Écart", "écart"),
        ("A", "a"),
        ("", ""),
    ],
)
def test_a_label_inside_a_sentence_keeps_its_acronyms(label, inside):
    assert lower_first(label) == inside


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("money", Decimal("1234.50"), fr("1 234,50")),
        ("money", Decimal("-0.07"), fr("-0,07")),
        ("money", Decimal(0), "0,00"),
        ("percent", Decimal("29.37"), "29,37"),
        ("factor", Decimal("0.9735"), "0,9735"),
        ("factor", Decimal(1), "1,000"),
        ("count", 1252, fr("1 252")),
        ("count", 0, "0"),
        ("date", date(2025, 12, 23), "2025-12-23"),
        ("flag", True, "oui"),
        ("flag", False, "non"),
        ("text", "Enveloppe recomptée", "Enveloppe recomptée"),
    ],
)
def test_a_figure_is_written_as_its_kind_is(kind, value, shown):
    assert figure(kind, value) == shown


@pytest.mark.parametrize("kind", ["money", "percent", "factor", "count", "date", "flag", "text", "choice"])
def test_what_is_absent_shows_nothing_and_no_zero(kind):
    assert figure(kind, None) == ""
    assert figure_of_choice("jour", kind, None) == ""


def test_a_choice_among_figures_is_said_in_words():
    assert figure_of_choice("hp_admin", "choice", "promotion") == "Promotion (15)"
    assert figure_of_choice("hp_admin", "money", Decimal("3.00")) == "3,00"
