"""JSON read strictly: what it holds or a refusal, never something else."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.rj.reading import MAX_LINES, JsonNumber, Problem, Reader, Refused, load_json, names_over, read_rate

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17) + 1, 10**17) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


def loaded(text):
    """What was read, or the problems."""
    try:
        return load_json(text)
    except Refused as refused:
        return refused.problems


@given(PLAIN)
def test_a_document_is_read_as_it_is(document):
    text = json.dumps(document, ensure_ascii=False)
    half = any("\ud800" <= character <= "\udfff" for character in text)
    assert half or load_json(text) == load_json(text.encode()) == document


@given(st.binary())
def test_any_bytes_are_read_or_refused(data):
    found = loaded(data)
    if not isinstance(found, list) or not found or not isinstance(found[0], Problem):
        assert json.loads(data.decode("utf-8-sig")) is not None or found is None


@given(st.text(alphabet='{}[]",:0123456789.eE-+NaInfitysul \\u\ud800', max_size=30))
def test_any_text_is_read_or_refused(text):
    found = loaded(text)
    assert found is None or isinstance(found, bool | int | str | list | dict)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_with_decimals_stays_text_so_that_no_float_is_ever_made(number):
    text = json.dumps(number)
    read = load_json(text)
    assert read == text
    assert isinstance(read, JsonNumber)


@pytest.mark.parametrize("depth", [40, 41, 500, 5000, 200_000])
@pytest.mark.parametrize("shape", ["[{}]", '{{"a": {}}}'])
def test_depth_is_bounded_on_any_python(depth, shape):
    before, after = shape.format("|").replace("{{", "{").replace("}}", "}").split("|")
    found = loaded(before * depth + "1" + after * depth)
    refused = [Problem] * (depth > 40)
    assert [type(one) for one in found if isinstance(one, Problem)] == refused


@given(st.dictionaries(st.text(max_size=5), st.integers(0, 9), min_size=1))
def test_a_key_given_twice_is_refused_whatever_it_is(members):
    pairs = [f"{json.dumps(key)}: {value}" for key, value in members.items()]
    found = loaded("{" + ", ".join([*pairs, pairs[0]]) + "}")
    assert "est donnée deux fois." in " ".join(problem.message for problem in found)


def test_a_rate_is_never_negative():
    assert math.isclose(read_rate("9.975"), 9.975)
    with pytest.raises(ValueError, match="Le taux ne peut pas être négatif"):
        read_rate("-0.001")


def test_a_reader_gathers_problems_and_then_refuses():
    reader = Reader()
    reader.finish()
    reader.refuse("un.chemin", "Une phrase.")
    with pytest.raises(Refused, match="Une phrase") as refused:
        reader.finish()
    assert refused.value.problems == [Problem("un.chemin", "Une phrase.")]


def test_a_list_of_more_lines_than_a_page_shows_is_refused_whole():
    reader = Reader()
    whole = [{}] * MAX_LINES
    assert reader.lines(whole, "personnes", "Personnes") == whole
    reader.finish()
    assert reader.lines([*whole, {}], "personnes", "Personnes") == []
    sentence = "La liste « Personnes » a au plus 500 lignes; 501 sont données."
    assert reader.problems == [Problem("personnes", sentence)]


def test_a_cell_lies_under_all_that_its_name_begins_with():
    assert list(names_over("sd_entries.ligne-1.amount")) == [
        "sd_entries.ligne-1.amount",
        "sd_entries.ligne-1",
        "sd_entries",
    ]
    assert list(names_over("cash_ls_lecture")) == ["cash_ls_lecture"]
    assert list(names_over("")) == []
