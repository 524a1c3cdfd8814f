"""The modules of a page in one script: one answer instead of forty, each with its headers.

The modules stay what they are: small files that name each other by relative paths, tried one by one. A page's own
script is served with all those it needs inside it, each once, in the order in which they need each other.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from config.settings import ROOT

ENTRIES: Final = frozenset(
    {"js/nuit.js", "js/page.js", "js/importer/importer.js", "js/lightspeed/page.js", "js/marsha/marsha.js"}
)
"""The scripts that pages ask for, one a page."""

COMMON: Final = (ROOT / "static/js/page.js").resolve()
"""What every page does: the other scripts take its modules from it, so that a browser receives them once."""

_IMPORT: Final = re.compile(r'^import (?:(\* as \w+|\{[^}]*\}) from )?"([^"]+)";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?(?:const|function|class) )(\w+)", re.MULTILINE)
_BARE: Final = r"\1\2"


def bundled(entry: Path) -> bytes:
    """A script and the modules that it imports, as one module; those of ``COMMON`` are imported from it.

    Raises ``ValueError`` when two import each other.
    """
    order: dict[Path, str] = {}
    common: dict[Path, str] = {}
    entry = entry.resolve()
    _gather(entry, order, ())
    if COMMON in order:
        _gather(COMMON, common, ())
    numbers = {path: f"${number}" for number, path in enumerate(order)}
    shared = [path for path in common if path != COMMON]
    own = order if entry == COMMON else {path: text for path, text in order.items() if path not in common}
    parts = []
    if common and entry != COMMON:
        taken = ", ".join(f"{path.stem} as {numbers[path]}" for path in shared)
        parts.append(f'import {{ {taken} }} from "./{os.path.relpath(COMMON, entry.parent)}";\n')
    for path, text in own.items():
        linked = _linked(path, text, numbers)
        if path != entry:
            given = ", ".join(name for _, name in _EXPORT.findall(linked))
            linked = f"const {numbers[path]} = (() => {{\n{_EXPORT.sub(_BARE, linked)}\nreturn {{ {given} }};\n}})();\n"
        parts.append(linked)
    if entry == COMMON:
        parts.append(f"export {{ {', '.join(f'{numbers[path]} as {path.stem}' for path in shared)} }};\n")
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
