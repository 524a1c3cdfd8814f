"""How long a thing may be before nobody can live in it. Branching and arguments are held by ruff, in pyproject.toml."""

import ast
import tomllib

from tests.architecture.source import ROOT, files, modules

FILE = 300
FUNCTION = 40
TEMPLATE = 150
SCRIPT = 150

DECLARATIONS: dict[str, str] = {
    "utils/reports/labels.py": "the words of the hotel's own sheets, one table",
    "utils/rj/checks.py": "the thirty-five checks of the Sommaire, one table",
}
"""Modules that are a table and nothing else, each with the reason why it is not cut in two."""


def test_python_files():
    long = {
        module.file: module.lines for module in modules() if module.lines > FILE and module.file not in DECLARATIONS
    }
    assert long == {}


def test_the_tables_that_are_set_apart_are_still_there_and_still_tables():
    by_file = {module.file: module.tree for module in modules()}
    for file in DECLARATIONS:
        functions = [node for node in ast.walk(by_file[file]) if isinstance(node, ast.FunctionDef)]
        assert functions == [], file


def test_functions():
    long = {
        f"{module.file}:{node.name}": node.end_lineno - node.lineno + 1
        for module in modules()
        for node in module.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno + 1 > FUNCTION
    }
    assert long == {}


def test_templates():
    assert _longer("templates", "*", TEMPLATE) == {}


def test_scripts():
    assert _longer("static/js", "*.js", SCRIPT) == {}


def test_branching_and_arguments_are_held_by_ruff():
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert {"C90", "PL"} <= set(lint["select"])
    assert lint["mccabe"]["max-complexity"] == lint["pylint"]["max-branches"] == 10
    assert lint["pylint"]["max-args"] == 6


def _longer(directory: str, pattern: str, limit: int) -> dict[str, int]:
    lengths = {
        path.name: path.read_text(encoding="utf-8").count("\n") for path in files(directory, pattern) if path.is_file()
    }
    return {name: length for name, length in lengths.items() if length > limit}
