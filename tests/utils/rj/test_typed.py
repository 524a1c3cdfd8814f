"""What a person types in a field: a value, and the text of a sum kept beside it."""

from decimal import Decimal

import pytest

from utils.rj.declaration import COUNT, DATE, MONEY, TEXT
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
