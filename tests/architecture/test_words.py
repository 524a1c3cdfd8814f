"""One thing, one word: the table of documentation/mots.md, kept by the names of the product."""

import ast
import re

from tests.architecture.source import ROOT, Module, fail_with, modules

TABLE = (ROOT / "documentation" / "mots.md").read_text(encoding="utf-8")
HEAD, *ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if line[:2] == "| "]
AVOIDED = {word: (row[0], row[1]) for row in ROWS for word in re.findall(r"`([a-z]+)`", row[3])}

OF_THE_FIELD = {
    "database.books": {"house_use"},  # rooms that the hotel uses itself, as the PMS says
    "database.models.books": {"house_use"},
    "utils.demo.reports": {"in_house"},  # guests in house
    "utils.imports.places": {"letters"},  # those of a column of the workbook
    "utils.lightspeed.client": {"get_house_guests"},
    "utils.lightspeed.demo": {"get_house_guests"},
    "utils.lightspeed.reports.books": {"house_use"},
    "utils.lightspeed.reports.guests": {"HouseGuests"},
    "utils.lightspeed.reports.rooms": {"house_use", "house_count"},
    "utils.lightspeed.transport": {"post"},  # the verb of HTTP
    "utils.presentation.marks": {"letter", "LETTERS"},  # those of the alphabet, beside a figure
    "utils.rj.kpi": {"HOUSE"},  # rooms of the house
}


def words(name):
    """The words of a name, in the singular: `alert_mails`, `AlertMails` and `ALERT_MAILS` have the same."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return {part.lower() for part in parts} | {part.lower().removesuffix("s") for part in parts}


def names(module):
    """What a module offers, with its line: itself, classes and their fields, functions, parameters, constants."""
    yield module.name.rpartition(".")[2], 1
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name, node.lineno
        if isinstance(node, ast.arg):
            yield node.arg, node.lineno
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from ((name.id, name.lineno) for one in node.body for name in assigned(one))


def assigned(statement):
    """The names that a statement gives a value, annotated or not."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [name for one in targets if one is not None for name in ast.walk(one) if isinstance(name, ast.Name)]


PRODUCT = [module for module in modules() if module.package != "bench"]


def avoided_in(module):
    """What is wrong with each public name of a module that has a word to avoid."""
    allowed = OF_THE_FIELD.get(module.name, set())
    for name, line in names(module):
        if name.startswith("_") or name in allowed:
            continue
        for word in AVOIDED.keys() & words(name):
            thing, rather = AVOIDED[word]
            yield (
                f"{module.file}:{line} : « {name} » dit « {word} ». Pour {thing}, écrire {rather} "
                "(documentation/mots.md); un mot du métier s’ajoute à OF_THE_FIELD, de "
                "tests/architecture/test_words.py, avec sa raison."
            )


def test_no_public_name_has_a_word_to_avoid():
    fail_with(said for module in PRODUCT for said in avoided_in(module))


def test_a_constant_without_annotation_a_field_and_a_parameter_are_read():
    text = (
        "LETTER_LIMIT = 3\nclass Box:\n    letter: int = 0\ndef counted(house): ...\ndef fine(hotel):\n    letter = 1\n"
    )
    tree = ast.parse(text)
    found = list(avoided_in(Module(ROOT / "utils" / "box.py", tree, tuple(ast.walk(tree)), 6)))
    assert sorted(said.partition(" dit ")[0] for said in found) == [
        *("utils/box.py:1 : « LETTER_LIMIT »", "utils/box.py:3 : « letter »", "utils/box.py:4 : « house »"),
    ]
    assert "Pour l’établissement, écrire `hotel` (documentation/mots.md)" in "".join(found)


def test_the_table_says_for_each_thing_its_word_in_both_languages():
    assert len(ROWS) >= 19
    assert all(re.search(r"`[a-z_]+`", row[1]) and row[2] and row[3] for row in ROWS)


def test_an_exception_is_still_there():
    known = {module.name: {name for name, _ in names(module)} for module in PRODUCT}
    assert {place for place, allowed in OF_THE_FIELD.items() if not allowed <= known[place]} == set()
