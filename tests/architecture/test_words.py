"""One thing, one word: the table of documentation/mots.md, kept by the names of the product."""

import ast
import re

from tests.architecture.source import ROOT, modules

TABLE = (ROOT / "documentation" / "mots.md").read_text(encoding="utf-8")
HEAD, *ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if line[:2] == "| "]
AVOIDED = {word: row[0] for row in ROWS for word in re.findall(r"`([a-z]+)`", row[3])}

OF_THE_FIELD = {
    "utils.demo.reports": {"in_house"},  # guests in house, as the PMS says
    "utils.lightspeed.client": {"get_house_guests"},
    "utils.lightspeed.demo": {"get_house_guests"},
    "utils.lightspeed.reports.guests": {"HouseGuests"},
    "utils.lightspeed.transport": {"post"},  # the verb of HTTP
    "utils.presentation.marks": {"letter", "LETTERS"},  # those of the alphabet, beside a figure
    "utils.rj.kpi": {"HOUSE"},  # rooms of the house
}


def words(name):
    """The words of a name, in the singular: `alert_mails`, `AlertMails` and `ALERT_MAILS` have the same."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return {part.lower() for part in parts} | {part.lower().removesuffix("s") for part in parts}


def names(module):
    """The module, its classes, functions and constants that are public."""
    yield module.name.rpartition(".")[2]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
    for node in module.tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


PRODUCT = [module for module in modules() if module.package != "bench"]


def avoided_in(module):
    """The public names of a module that have a word to avoid, with it."""
    allowed = OF_THE_FIELD.get(module.name, set())
    public = [name for name in names(module) if not name.startswith("_") and name not in allowed]
    return [(module.name, name, word) for name in public for word in AVOIDED if word in words(name)]


def test_no_public_name_has_a_word_to_avoid():
    assert [found for module in PRODUCT for found in avoided_in(module)] == []


def test_the_table_says_for_each_thing_its_word_in_both_languages():
    assert len(ROWS) >= 19
    assert all(re.search(r"`[a-z_]+`", row[1]) and row[2] and row[3] for row in ROWS)


def test_an_exception_is_still_there():
    known = {module.name: set(names(module)) for module in PRODUCT}
    assert {place for place, allowed in OF_THE_FIELD.items() if not allowed <= known[place]} == set()
