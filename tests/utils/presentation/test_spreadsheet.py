"""A text for Excel: its accents are read, and nothing that a person typed is calculated."""

import csv
import io
from decimal import Decimal

import pytest

from utils.presentation.spreadsheet import csv_text, harmless


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-12,50", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "\u00a0=1", "＝1", "＋1", "－1", "＠a"],
)
def test_what_a_spreadsheet_would_calculate_is_made_a_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "12,50", "Réceptionniste 11", "a=1", "«=1»", "0", "'déjà"])
def test_the_rest_is_left_as_it_is(text):
    assert harmless(text) == text


def test_the_file_says_that_it_is_utf_8_and_ends_its_lines_as_excel_does():
    assert csv_text([("Été", "1,00"), ("", "x")]) == "\ufeffÉté;1,00\r\n;x\r\n"
    assert csv_text([]) == "\ufeff"


def test_a_number_keeps_its_sign_and_takes_a_comma():
    assert csv_text([(Decimal("-12.50"), 3, "-12,50")]) == "\ufeff-12,50;3;'-12,50\r\n"


def test_a_cell_with_a_separator_a_quote_or_a_line_end_is_read_back_whole():
    row = ["a;b", 'dit "oui"', "deux\nlignes", "=1"]
    (read,) = csv.reader(io.StringIO(csv_text([row]).removeprefix("\ufeff"), newline=""), delimiter=";")
    assert read == ["a;b", 'dit "oui"', "deux\nlignes", "'=1"]
