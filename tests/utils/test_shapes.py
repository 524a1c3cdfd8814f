"""The three names of what has no fixed fields."""

from decimal import Decimal

import pytest

from utils.shapes import Document, Line, Values


@pytest.mark.parametrize("shape", [Values, Line, Document])
def test_a_map_by_name_is_of_each_shape(shape):
    origin = getattr(shape, "__origin__", shape)
    assert isinstance({"jour.jour_tvq": Decimal("1.00")}, origin)
    assert shape.__args__[0] is str


def test_only_a_document_may_be_written_to():
    assert not hasattr(Values.__origin__, "__setitem__")
    assert hasattr(Document.__origin__, "__setitem__")
