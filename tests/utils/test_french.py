"""French of Québec, against an oracle that knows the Unicode locale data; our minus is the true one."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from utils import french
from utils.money import from_cents

LOCALE = "fr_CA"
MINUS = "\N{MINUS SIGN}"
CENTS = st.integers(-(10**14), 10**14).map(from_cents)


def ours(text):
    """The oracle writes a hyphen where accounting asks for a minus."""
    return text.replace("-", MINUS)


@given(CENTS)
def test_money_is_written_as_in_quebec(value):
    assert french.money(value) == ours(format_currency(value, "CAD", locale=LOCALE))


@given(CENTS)
def test_a_number_is_written_as_in_quebec(value):
    assert french.number(value) == ours(format_decimal(value, "#,##0.00", locale=LOCALE))


@given(st.integers(-(10**12), 10**12))
def test_a_count_is_written_as_in_quebec(value):
    assert french.count(value) == ours(format_decimal(value, locale=LOCALE))


@given(CENTS)
def test_a_percentage_is_written_as_in_quebec(points):
    written = format_percent(points / 100, "#,##0.00\N{NO-BREAK SPACE}%", locale=LOCALE)
    assert french.percent(points) == ours(written)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_is_written_as_in_quebec(day):
    """The first of a month is « 1er », which the locale data leave to grammar."""
    written = format_date(day, "full", locale=LOCALE)
    assert french.long_date(day) == (written.replace(" 1 ", " 1er ") if day.day == 1 else written)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_nothing_is_rounded_to_be_shown(value):
    shown = french.number(value, 2)
    assert Decimal(shown.replace("\N{NO-BREAK SPACE}", "").replace(",", ".").replace(MINUS, "-")) == value


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("-0.00"), 2, "0,00"),
        (Decimal("1E+3"), 2, "1\N{NO-BREAK SPACE}000,00"),
        (Decimal("9.975"), 2, "9,975"),
        (Decimal("0.9735"), 3, "0,9735"),
        (Decimal(5), 3, "5,000"),
        (0, 0, "0"),
        (-7, 2, f"{MINUS}7,00"),
    ],
)
def test_some_numbers(value, places, text):
    assert french.number(value, places) == text


def test_the_examples_of_the_reference():
    nbsp = "\N{NO-BREAK SPACE}"
    assert french.money(Decimal("1234.56")) == f"1{nbsp}234,56{nbsp}$"
    assert french.percent(Decimal("29.37")) == f"29,37{nbsp}%"
    assert french.long_date(date(2025, 12, 23)) == "mardi 23 décembre 2025"


def test_the_clock():
    assert french.clock(datetime(2025, 12, 24, 3, 12, 7)) == "03:12:07"  # noqa: DTZ001 - already on the local clock


def test_a_number_and_its_noun_agree():
    said = [french.counted(number, "nuit", "nuits") for number in (0, 1, 2, 1234)]
    assert said == ["0 nuit", "1 nuit", "2 nuits", "1\N{NO-BREAK SPACE}234 nuits"]
