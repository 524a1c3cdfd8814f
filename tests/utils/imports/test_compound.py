"""The compound file of an `.xls`: its stream, and files that are none or are damaged."""

from struct import pack_into

import pytest

from tests.utils.imports.classeurs import RJ, SD, real
from utils.imports.compound import stream_of
from utils.imports.flaws import UnusableBook

FIRST_SECTOR = 512


@pytest.mark.parametrize("name", [RJ, SD])
def test_the_stream_of_a_real_book_begins_as_every_workbook(name):
    stream = stream_of(real(name), "Workbook", "Book")
    assert stream[:2] == b"\x09\x08"
    assert len(stream) > 100_000


def test_a_name_is_found_whatever_its_capitals():
    assert stream_of(real(SD), "workbook") == stream_of(real(SD), "WORKBOOK")


def test_a_file_without_that_stream_is_no_workbook():
    with pytest.raises(UnusableBook, match="n’est pas un classeur Excel"):
        stream_of(real(SD), "WordDocument")


@pytest.mark.parametrize("size", [0, 40, 511, 4_000])
def test_a_file_that_is_cut_is_damaged(size):
    with pytest.raises(UnusableBook):
        stream_of(real(SD)[:size], "Workbook")


def test_a_directory_that_is_far_beyond_the_file_is_damaged():
    data = bytearray(real(SD))
    pack_into("<I", data, 48, 0x7FFFFFFF)
    with pytest.raises(UnusableBook, match="abîmé"):
        stream_of(bytes(data), "Workbook")


def test_a_chain_that_goes_round_ends():
    data = bytearray(real(SD))
    table = FIRST_SECTOR + int.from_bytes(data[76:80], "little") * 512
    directory = int.from_bytes(data[48:52], "little")
    pack_into("<I", data, table + directory * 4, directory)
    with pytest.raises(UnusableBook):
        stream_of(bytes(data), "NoSuchStream")
