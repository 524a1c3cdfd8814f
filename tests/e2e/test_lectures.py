"""One text, two readers: the browser and the server give the same figure, or refuse it by the same sentence."""

import sys
import unicodedata
from collections import Counter

import pytest

from tests.architecture.source import ROOT
from tests.e2e.lectures import texts
from tests.utils.test_money import ACCEPTED, CALCULATED, NO_CALCULATION, NOT_AMOUNTS, REFUSED
from utils.money import AmountError, money_text, read_typed_count, read_typed_money
from utils.text import plain

pytestmark = pytest.mark.e2e

HOST = "http://modules.test/"
BATCH = 5_000
READ = """async ([genre, textes]) => {
  const { lire } = await import("/nombre.js");
  return textes.map((texte) => { const { valeur, phrase } = lire(genre, texte); return [valeur, phrase]; });
}"""


def server(kind, text):
    """The figure and the sentence that the server gives; neither for an empty text."""
    if not plain(text):
        return [None, ""]
    try:
        return [str(read_typed_count(text)) if kind == "count" else money_text(read_typed_money(text)), ""]
    except AmountError as refused:
        return [None, str(refused)]


def compare(modules, kind, given):
    """Every text of the list; how many were read and how many refused."""
    seen = Counter()
    for start in range(0, len(given), BATCH):
        batch = given[start : start + BATCH]
        for text, browser in zip(batch, modules.evaluate(READ, [kind, batch]), strict=True):
            assert browser == server(kind, text), (kind, text)
            seen["lus" if browser[0] else "refusés"] += 1
    return seen


def test_the_tables_of_the_server(modules):
    tables = [*ACCEPTED, *REFUSED, *CALCULATED, *NO_CALCULATION, *NOT_AMOUNTS]
    for kind in ("money", "count"):
        assert compare(modules, kind, tables).total() == len(tables)


@pytest.mark.parametrize("kind", ["money", "count"])
def test_thousands_of_texts(modules, kind):
    seen = compare(modules, kind, texts(6_000, seed=kind))
    assert min(seen["lus"], seen["refusés"]) > 200


@pytest.mark.long(reason="a hundred thousand texts, read twice")
def test_a_hundred_thousand_texts(modules):
    seen = compare(modules, "money", texts(100_000, seed="cent mille"))
    assert min(seen["lus"], seen["refusés"]) > 20_000
    print(dict(seen))  # noqa: T201


def test_the_same_characters_are_marks_and_spaces_for_both(modules):
    """Every character of Unicode: what it leaves between two letters, once read."""
    theirs = modules.evaluate(
        """async () => {
          const { propre } = await import("/calcul.js");
          const found = [[], []];
          for (let code = 0; code < 0x110000; code += 1) {
            if (code >= 0xd800 && code < 0xe000) continue;
            const left = propre(`a${String.fromCodePoint(code)}b`);
            if (left === "ab") found[0].push(code);
            else if (left === "a b") found[1].push(code);
          }
          return found;
        }"""
    )
    every = [code for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    ours = {code: plain(f"a{chr(code)}b") for code in every}
    known = {code for code in every if unicodedata.category(chr(code)) != "Cn"}
    assert set(theirs[0]) & known == {code for code, left in ours.items() if left == "ab"} & known
    assert theirs[1] == [code for code, left in ours.items() if left == "a b"]


CELLS = {
    '"Personne Un\t\t12,50\nPersonne Deux\t\t5,00\n': [['"Personne Un', "", "12,50"], ["Personne Deux", "", "5,00"]],
    '"Personne" Un\t\t12,50': [['"Personne" Un', "", "12,50"]],
    '"Personne\nDeux"\t1': [["Personne\nDeux", "1"]],
    '"a ""b"" c"\t2\r\n""\t3\r\n': [['a "b" c', "2"], ["", "3"]],
    'a"b\t"': [['a"b', '"']],
    "a\rb\r": [["a"], ["b"]],
    '"x\ty"\nz': [["x\ty"], ["z"]],
    "a\n\nb": [["a"], [""], ["b"]],
    "\t": [["", ""]],
    "": [[""]],
}


@pytest.mark.parametrize(("text", "rows"), CELLS.items())
def test_a_quote_surrounds_a_cell_only_when_it_is_closed(modules, text, rows):
    assert modules.evaluate("async (texte) => (await import('/calcul.js')).cellules(texte)", text) == rows


def test_the_zero_of_excel_is_one_when_it_is_pasted(modules):
    zeros = (" -   $ ", "-\u00a0$", "-", " \u2212 ", "\u2013 $", "$ -", "$\u00a0\u00a0-")
    others = ("", "$", "--", "- 5 $", "-0-", "5 -", "- -", "-$-")
    read = """async (textes) => {
      const { RIEN, propre } = await import("/calcul.js");
      return textes.map((texte) => RIEN.test(propre(texte)));
    }"""
    assert modules.evaluate(read, zeros) == [True] * len(zeros)
    assert modules.evaluate(read, others) == [False] * len(others)


@pytest.fixture(scope="module")
def modules(browser):
    """A page in which the modules can be imported, without any server."""
    context = browser.new_context()
    page = context.new_page()

    def answer(route):
        file = ROOT / "static" / "js" / route.request.url.removeprefix(HOST)
        if file.suffix == ".js":
            route.fulfill(body=file.read_text("utf-8"), content_type="text/javascript; charset=utf-8")
        else:
            route.fulfill(body="<!doctype html><title>Modules</title>", content_type="text/html")

    page.route(f"{HOST}**", answer)
    page.goto(HOST)
    yield page
    context.close()
