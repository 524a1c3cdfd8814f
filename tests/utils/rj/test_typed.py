"""What a person types in a field: a value, and the text of a sum kept beside it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.rj.declaration import CHOICE, COUNT, DATE, FLAG, MONEY, TEXT
from utils.rj.reading import READERS
from utils.rj.typed import AmountError, DateError, read_typed


@pytest.mark.parametrize(
    ("kind", "text", "value", "kept"),
    [
        (MONEY, "1 234,56 $", Decimal("1234.56"), None),
        (MONEY, "=9055,20-15,30", Decimal("9039.90"), "=9055,20-15,30"),
        (MONEY, " 1 + 2 ", Decimal(3), "1 + 2"),
        (MONEY, "", None, None),
        (MONEY, "  ", None, None),
        (COUNT, "74", 74, None),
        (COUNT, "=70+4", 74, "=70+4"),
        (TEXT, "une note", "une note", None),
        (TEXT, "", None, None),
    ],
)
def test_a_value_and_the_text_of_a_sum(kind, text, value, kept):
    assert read_typed(kind, text) == (value, kept)


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        (MONEY, "12,34,56", AmountError),
        (COUNT, "1,5", AmountError),
        (COUNT, "1000000000", AmountError),
        (COUNT, "=999999999+1", AmountError),
        (TEXT, "a\x00", AmountError),
        (DATE, "23/12/2025", DateError),
    ],
)
def test_what_cannot_be_read_is_refused(kind, text, error):
    """A count is bounded as in the night file, so that what is saved can be read again."""
    with pytest.raises(error):
        read_typed(kind, text)


def read(kind, text):
    """The value, or None when it is empty or refused; anything but a refusal escapes."""
    try:
        return read_typed(kind, text)[0]
    except (AmountError, DateError):
        return None


@given(st.sampled_from([MONEY, COUNT, TEXT, DATE, CHOICE, FLAG]), st.text())
def test_any_text_is_read_or_refused_whatever_the_field(kind, text):
    """And what was read from it, the night file accepts in its own form."""
    value = read(kind, text)
    if value is not None:
        written = {MONEY: f"{value:.2f}"} if kind == MONEY else {DATE: str(value)}
        assert READERS[kind](written.get(kind, value)) == value
    assert value is None or text.strip()
