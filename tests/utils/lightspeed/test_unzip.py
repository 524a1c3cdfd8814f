"""A gzip body is whole or is not read."""

import gzip

import pytest
from urllib3.exceptions import DecodeError

from utils.lightspeed.unzip import Unzip

BODY = b'{"totals": 1}' * 500
ZIPPED = gzip.compress(BODY)


def unzipped(*chunks):
    stream = Unzip()
    body = b"".join(map(stream.more, chunks))
    stream.finish()
    return body


@pytest.mark.parametrize("size", [1, 7, len(ZIPPED)])
def test_a_body_is_read_in_chunks_of_any_size(size):
    assert unzipped(*(ZIPPED[start : start + size] for start in range(0, len(ZIPPED), size))) == BODY


def test_several_members_in_a_row_are_one_body():
    assert unzipped(ZIPPED + gzip.compress(b"fin")) == BODY + b"fin"
    assert unzipped(ZIPPED, gzip.compress(b"fin")) == BODY + b"fin"


@pytest.mark.parametrize("cut", [5, len(ZIPPED) // 2, len(ZIPPED) - 1])
def test_a_body_that_is_cut_short_is_refused(cut):
    with pytest.raises(DecodeError, match="cut short"):
        unzipped(ZIPPED[:cut])


def test_what_is_no_gzip_is_refused():
    with pytest.raises(DecodeError):
        unzipped(b"<html>")
    with pytest.raises(DecodeError):
        unzipped(ZIPPED, b"trop")


def test_an_empty_body_is_empty():
    assert unzipped() == unzipped(b"") == b""
