"""Every form in which a person may type a number, in the real field: the figure it should be, or the text in place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.e2e.postes import Post, cell, note, status, type_in
from tests.utils.test_money import ACCEPTED, REFUSED
from utils.french import number
from utils.money import AmountError, read_typed_count, read_typed_money
from utils.presentation.words import typographic

pytestmark = pytest.mark.e2e

FIELDS = 20
BATCHES = 25

SPACE = st.sampled_from([" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
SIGN = st.sampled_from(["-", "+", "\N{MINUS SIGN}"])


@st.composite
def grouped(draw):
    """``1 234 567``, of any space."""
    space = draw(SPACE)
    return f"{draw(st.integers(0, 99_999_999)):,}".replace(",", space)


WHOLE = st.one_of(st.integers(0, 999_999).map(str), grouped(), st.just(""))
DECIMALS = st.one_of(st.just(""), st.from_regex(r"[.,][0-9]{1,3}", fullmatch=True))
PLAIN = st.builds("".join, st.tuples(WHOLE, DECIMALS))
DRESSED = st.one_of(
    PLAIN,
    st.builds("{}{}".format, SIGN, PLAIN),
    st.builds("{}{}".format, PLAIN, SIGN),
    st.builds("({})".format, PLAIN),
    st.builds("{}{}$".format, PLAIN, SPACE),
)
SUMS = st.builds(
    lambda equal, parts: equal + "".join(parts), st.sampled_from(["", "="]), st.lists(DRESSED, min_size=1, max_size=4)
)
NOISE = st.text("0123456789 ,.-+()$=O\N{MINUS SIGN}", min_size=1, max_size=10)
TYPED = st.one_of(PLAIN, DRESSED, SUMS, NOISE).filter(str.strip)


@pytest.fixture(scope="module")
def sheet(house, browser):
    """A page with many fields for amounts, and their names."""
    context = browser.new_context(locale="fr-CA", viewport={"width": 1440, "height": 900})
    post = Post(house, context).sign_in()
    page = post.go(post.open_night())
    names = page.eval_on_selector_all(
        "input[data-case][data-genre=money]:not([data-suite] *)", "fields => fields.map((field) => field.dataset.case)"
    )
    yield page, names[:FIELDS]
    context.close()
    assert post.complaints == []


def read(text):
    """What the field should show, and the sentence of the refusal."""
    try:
        return number(read_typed_money(text)), ""
    except AmountError as refused:
        return text, typographic(str(refused))


def check(sheet, texts):
    """Type each text in a field of its own, then look at them all."""
    page, names = sheet
    for name, text in zip(names, texts, strict=False):
        type_in(page, name, text)
    page.wait_for_function("() => !document.querySelector('.attente:not([aria-invalid])')")
    shown = page.evaluate(
        """(names) => names.map((name) => {
          const field = document.querySelector(`[data-case="${name}"]`);
          const note = field.getAttribute("aria-invalid") && document.getElementById(`${name}-avis`);
          return [field.value, note ? note.textContent : ""];
        })""",
        names[: len(texts)],
    )
    for text, (value, said) in zip(texts, shown, strict=True):
        expected, sentence = read(text)
        assert value == expected, text
        assert bool(said) is bool(sentence), text
        assert sentence in said, text


def test_the_forms_of_the_interfaces(sheet):
    texts = [text for text in (*ACCEPTED, *REFUSED) if text.strip() and text.isprintable()]
    for start in range(0, len(texts), FIELDS):
        check(sheet, texts[start : start + FIELDS])


@pytest.mark.long(reason="half a minute of typing")
def test_five_hundred_of_them(sheet):
    tried = []

    @settings(max_examples=BATCHES)
    @given(st.lists(TYPED, min_size=FIELDS, max_size=FIELDS))
    def drive(texts):
        tried.extend(texts)
        check(sheet, texts)

    drive()
    assert len(tried) >= BATCHES * FIELDS
    print(f"{len(tried)} nombres tapés")  # noqa: T201


def test_a_count_is_a_whole_number(post, night):
    page = post.go(night, "controle")
    name = "controle.chambres_refaire"
    for text in ("12", "10+2", "1 200", "3,5", "2 $", "-4"):
        type_in(page, name, text)
        try:
            shown, sentence = number(read_typed_count(text), 0), ""
        except AmountError as refused:
            shown, sentence = text, typographic(str(refused))
        if sentence:
            expect(note(page, name)).to_contain_text(sentence)
        else:
            expect(status(page)).to_contain_text("Enregistré à")
        expect(cell(page, name)).to_have_value(shown)
