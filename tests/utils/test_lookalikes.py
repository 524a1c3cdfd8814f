"""What has digits and is no amount is named; what a person adds up is left alone."""

import pytest

from utils.lookalikes import lookalike


@pytest.mark.parametrize(
    "text",
    [
        *("2025-12-23", "2025/12/23", "2025.12.23", "2025 12 23", "2025-1-3", "2025-12-23T03:00", "2025-12", "1999-12"),
        *("23-12-2025", "12/2025", "23/12/25", "12/23/25", "25-12-23", "2025–12–23", "1999-12-31", "31-12-1999"),
        "100,00 2025-12-23",
    ],
)
def test_a_date_is_no_amount(text):
    assert lookalike(text) == "une date"


@pytest.mark.parametrize("text", ["3:15", "03:15", "23h45", "23 h 45", "03:15:07", "7H05"])
def test_an_hour_is_no_amount(text):
    assert lookalike(text) == "une heure"


@pytest.mark.parametrize(
    "text",
    [
        *("514-555-1234", "514.555.1234", "1-514-555-1234", "555-1234", "(514) 555-1234", "514 555 1234"),
        *("5145551234", "+1 514 555 1234", "12 514-555-1234"),
    ],
)
def test_a_telephone_is_no_amount(text):
    assert lookalike(text) == "un numéro de téléphone"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("192.168.1.20", "une adresse IP"),
        ("H2X 1Y4", "un code postal"),
        ("h2x1y4", "un code postal"),
        ("12345-6789", "un code postal"),
        ("-", "un tiret"),
        ("— $", "un tiret"),
        ("$ –", "un tiret"),
        ("4500-1234-5678", "un numéro"),
        ("123-456-789", "un numéro"),
        ("1/2", "une fraction"),
        ("3 1/2", "une fraction"),
        ("1⁄4", "une fraction"),
        ("12-15", "une date"),
        ("2025-24", "un intervalle"),
        ("5-31", "une date"),
        ("15-15", "un intervalle"),
        ("15-012", "un intervalle"),
        ("1-2-3", "un numéro"),
        ("10-5-5", "un numéro"),
    ],
)
def test_what_is_no_amount_has_its_name(text, what):
    assert lookalike(text) == what


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "12,50", "1 234,56", "-12,50", "12.50", "100", "1 234 567,89 $", "5-3", "100-20-30"),
        *("712,45-16,40", "1 000-200", "abc", "12 %", "2025", "514555", "999999999999"),
    ],
)
def test_an_amount_or_a_difference_that_is_positive_is_left_alone(text):
    assert lookalike(text) == ""


@pytest.mark.parametrize("hyphen", ["-", "−", "‐", "‑", "‒", "–", "—"])
def test_any_hyphen_is_one(hyphen):
    assert lookalike(f"15{hyphen}115") == "un intervalle"
    assert lookalike(f"514{hyphen}555{hyphen}1234") == "un numéro de téléphone"


def test_spaces_on_both_sides_of_every_hyphen_make_a_sum():
    assert lookalike("2025 - 12 - 23") == ""
    assert lookalike("555 - 1234") == ""
