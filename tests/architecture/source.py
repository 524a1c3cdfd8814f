"""The product's own files, read once: what the rules of this directory are held against."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bench", "config", "database", "routes", "utils")
GENERATED = ROOT / "database" / "migrations" / "versions"


@dataclass(frozen=True)
class Module:
    """A module of the product."""

    path: Path
    tree: ast.Module
    nodes: tuple[ast.AST, ...]
    lines: int

    @property
    def file(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        return self.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def package(self) -> str:
        return self.file.partition("/")[0].removesuffix(".py")


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Every Python module of the product; migrations are written once by a tool and never touched again."""
    paths = [ROOT / "main.py", *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]
    return tuple(_read(path) for path in sorted(paths) if GENERATED not in path.parents)


def files(directory: str, pattern: str) -> list[Path]:
    """Files of the product that are not Python, vendored ones apart."""
    return sorted(path for path in (ROOT / directory).rglob(pattern) if "vendor" not in path.parts)


def _read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    return Module(path, tree, tuple(ast.walk(tree)), text.count("\n"))


def fail_with(sentences: Iterable[str]) -> None:
    """Fail when there is something to say: a sentence an item, whole, whatever the verbosity."""
    if found := list(sentences):
        pytest.fail("\n" + "\n".join(found), pytrace=False)
