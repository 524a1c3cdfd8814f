"""The modules of a page in one script: one answer instead of forty, each with its headers.

The modules stay what they are: small files that name each other by relative paths, tried one by one. A page's own
script is served with all those it needs inside it, each once, in the order in which they need each other.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ENTRIES: Final = frozenset(
    {"js/nuit.js", "js/page.js", "js/importer/importer.js", "js/lightspeed/page.js", "js/marsha/marsha.js"}
)
"""The scripts that pages ask for, one a page."""

_IMPORT: Final = re.compile(r'^import (?:(\* as \w+|\{[^}]*\}) from )?"([^"]+)";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?(?:const|function|class) )(\w+)", re.MULTILINE)
_BARE: Final = r"\1\2"


def bundled(entry: Path) -> bytes:
    """A script and the modules that it imports, as one module. Raises ``ValueError`` when two import each other."""
    order: dict[Path, str] = {}
    _gather(entry, order, ())
    numbers = {path: f"${number}" for number, path in enumerate(order)}
    parts = []
    for path, text in order.items():
        linked = _linked(path, text, numbers)
        if path != entry:
            given = ", ".join(name for _, name in _EXPORT.findall(linked))
            linked = f"const {numbers[path]} = (() => {{\n{_EXPORT.sub(_BARE, linked)}\nreturn {{ {given} }};\n}})();\n"
        parts.append(linked)
    return "".join(parts).encode()


def _gather(path: Path, order: dict[Path, str], above: tuple[Path, ...]) -> None:
    """The texts of a module and of those it needs, those it needs first."""
    if path in above:
        raise ValueError(f"modules import each other: {', '.join(one.name for one in above[above.index(path) :])}")
    if path in order:
        return
    text = path.read_text("utf-8")
    for _, name in _IMPORT.findall(text):
        _gather((path.parent / name).resolve(), order, (*above, path))
    order[path] = text


def _linked(path: Path, text: str, numbers: dict[Path, str]) -> str:
    """The text of a module, what it imports being taken from the modules already there."""

    def link(found: re.Match[str]) -> str:
        wanted, module = found[1], numbers[(path.parent / found[2]).resolve()]
        if not wanted:
            return ""
        return f"const {wanted.removeprefix('* as ').replace(' as ', ': ')} = {module};"

    return _IMPORT.sub(link, text)
