"""Who may import whom. The table is also that of documentation/architecture.md: change both, or neither."""

import ast
import re
import sys

import pytest

from tests.architecture.source import PACKAGES, ROOT, fail_with, modules

LOOSE = {
    "utils.money",
    "utils.dates",
    "utils.french",
    "utils.text",
    "utils.lookalikes",
    "utils.shapes",
    "utils.registry",
}
ALLOWED = {
    "main": {"config", "routes", "database", "utils.commands", "utils.dates"},
    "config": {"utils.dates"},
    "routes": {
        "config",
        "database",
        "utils.accounts",
        "utils.actions",
        "utils.presentation",
        "utils.rj",
        "utils.scheduler",
    }
    | LOOSE,
    "utils.commands": {"database", "utils.accounts", "utils.actions", "utils.marsha", "utils.rj", "utils.simulators"}
    | LOOSE,
    "utils.scheduler": {"database", "utils.actions", "utils.lightspeed", "utils.marsha", "utils.rj"} | LOOSE,
    "utils.accounts": {"database"} | LOOSE,
    "utils.actions": {
        "database",
        "utils.demo",
        "utils.imports",
        "utils.lightspeed",
        "utils.marsha",
        "utils.notifications",
        "utils.reports",
        "utils.rj",
        "utils.simulators",
    }
    | LOOSE,
    "utils.notifications": {"database"} | LOOSE,
    "utils.demo": LOOSE,
    "utils.imports": {"utils.rj"} | LOOSE,
    "utils.reports": {"utils.imports", "utils.presentation", "utils.rj"} | LOOSE,
    "utils.lightspeed": {"database", "utils.demo"} | LOOSE,
    "utils.marsha": {"database", "utils.lightspeed"} | LOOSE,
    "utils.simulators": {"utils.demo", "utils.lightspeed", "utils.marsha"} | LOOSE,
    "utils.presentation": {"utils.rj"} | LOOSE,
    "utils.rj": LOOSE,
    "utils.text": set(),
    "utils.lookalikes": set(),
    "utils.money": {"utils.text", "utils.lookalikes"},
    "utils.dates": set(),
    "utils.shapes": set(),
    "utils.registry": set(),
    "utils.french": {"utils.money", "utils.dates"},
    "database": {"utils.money", "utils.dates", "utils.text", "utils.shapes", "utils.registry"},
    "bench": {"main", "config", "routes", "database", "utils"},
}
"""A part of the product, and the other parts that it may import; its own modules always."""

PURE = ("utils.demo", "utils.rj", *sorted(LOOSE))
"""Parts that import the standard library and each other: no web, no database, no network."""

OURS = {"main", *PACKAGES}
DOCUMENT = ROOT / "documentation" / "architecture.md"


def part_of(name: str) -> str | None:
    """The part of the product a module belongs to: the longest name of the table that begins it."""
    found = [part for part in ALLOWED if name == part or name.startswith(f"{part}.")]
    return max(found, key=len, default=None)


def imports(module):
    """Every module that a module imports, wherever in it; `from package import name` gives `package.name`."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.file}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def allowed(module, imported: str) -> bool:
    """Whether the table lets a module import this."""
    part = part_of(module.name)
    others = {part, *ALLOWED[part]}
    return any(imported == other or imported.startswith(f"{other}.") for other in others)


def test_every_module_belongs_to_a_part():
    assert [module.file for module in modules() if part_of(module.name) is None and module.name != "utils"] == []


def test_nobody_passes_through_a_door_that_is_not_theirs():
    breaches = [
        f"{module.file} : importe {imported}, que « Qui importe qui » (documentation/architecture.md) ne permet pas à "
        f"{part_of(module.name)}. Passer par une partie permise, ou changer ce tableau et ALLOWED."
        for module in modules()
        if module.name != "utils"
        for imported in imports(module)
        if imported.partition(".")[0] in OURS and not allowed(module, imported)
    ]
    fail_with(breaches)


@pytest.mark.parametrize("part", PURE)
def test_the_domain_imports_nothing_but_the_standard_library(part):
    breaches = [
        f"{module.file} imports {imported}"
        for module in modules()
        if part_of(module.name) == part
        for imported in imports(module)
        if imported.partition(".")[0] not in sys.stdlib_module_names | OURS
    ]
    assert breaches == []


def test_only_pages_know_the_request():
    breaches = [
        f"{module.file} imports {imported}"
        for module in modules()
        if module.package not in {"main", "routes"} and part_of(module.name) != "utils.simulators"
        for imported in imports(module)
        if imported in {"flask.request", "flask.session", "flask.g"}
    ]
    assert breaches == []


def test_one_module_makes_http_calls():
    doors = ("requests", "requests_oauthlib", "urllib.request", "http.client", "urllib3", "httpx", "aiohttp")
    harmless = {"requests.auth", "requests.exceptions", "urllib3.exceptions"}
    breaches = [
        f"{module.file} imports {imported}"
        for module in modules()
        if module.package in {"main", "config", "database", "routes", "utils"}
        and module.name != "utils.lightspeed.transport"
        for imported in imports(module)
        if imported.startswith(doors) and not imported.startswith(tuple(harmless)) and imported != "requests"
    ]
    assert breaches == []


def test_the_connection_of_a_hotel_is_read_by_one_module():
    breaches = [
        f"{module.file} imports {imported}"
        for module in modules()
        if part_of(module.name) in ("utils.lightspeed", "utils.marsha") and not module.name.endswith(".storage")
        for imported in imports(module)
        if imported.startswith("database") and imported != "database.properties.Hotel"
    ]
    assert breaches == []


OF_THE_DATABASE = {"Connection", "exc.IntegrityError", "exc.SQLAlchemyError"}
"""What others than `database` may take of SQLAlchemy: the type of what they are handed, and what it may raise."""


TO_THE_DATABASE = "Une requête s’écrit dans database/ : une lecture ou une écriture nommée, que ce module appelle."


def test_only_the_database_speaks_its_language():
    """No statement is written elsewhere, and none is run."""
    others = [module for module in modules() if module.package in {"main", "config", "routes", "utils"}]
    breaches = [
        f"{module.file} : importe {imported}. {TO_THE_DATABASE}"
        for module in others
        for imported in imports(module)
        if imported.startswith(("sqlalchemy", "flask_sqlalchemy", "sqlite3", "psycopg", "alembic"))
        and imported.removeprefix("sqlalchemy.") not in OF_THE_DATABASE
    ]
    breaches += [
        f"{module.file}:{node.lineno} : pose une requête (`.{node.attr}`). {TO_THE_DATABASE}"
        for module in others
        for node in module.nodes
        if isinstance(node, ast.Attribute) and node.attr in {"execute", "exec_driver_sql", "scalar", "scalars"}
    ]
    fail_with(breaches)


def test_a_table_stays_in_the_database():
    """Others import constants of the models, never a table."""
    breaches = [
        f"{module.file} : importe la table {imported}. {TO_THE_DATABASE}"
        for module in modules()
        if module.package in {"main", "config", "routes", "utils"}
        for imported in imports(module)
        if imported.startswith("database.models") and not imported.rpartition(".")[2].isupper()
    ]
    fail_with(breaches)


def test_pages_read_the_base_and_leave_writing_to_actions():
    breaches = [
        f"{module.file} imports {imported}"
        for module in modules()
        if module.package == "routes"
        for imported in imports(module)
        if imported in {"database.transaction.write", "database.transaction.migrate"}
    ]
    assert breaches == []


def test_the_documentation_says_the_same():
    rows = re.findall(r"^\| `([\w.]+)` \| (.*?) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    written = {part: set(re.findall(r"`([\w.]+)`", others)) for part, others in rows}
    assert written == ALLOWED
