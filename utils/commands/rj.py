"""``rj``: calculate, verify and explain nights from files, and print the catalogue of the fields."""

from __future__ import annotations

import csv
import json
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import click

from utils.money import r2
from utils.rj.catalogue import FIELDS, rows
from utils.rj.declaration import FACTOR
from utils.rj.explain import UnknownField, explain, formula_in_words
from utils.rj.night_file import calculated, read_night
from utils.rj.reading import Problem, Refused, load_json

_FACTORS: Final = frozenset(name for name, field in FIELDS.items() if field.kind == FACTOR)


@click.group("rj")
def rj() -> None:
    """La nuit en ligne de commande : calculer, vérifier, expliquer."""


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError:
        raise Refused([Problem("", f"Le fichier « {name} » ne peut pas être lu.")]) from None


def _compact(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


@rj.command("calculer")
@click.argument("files", nargs=-1, required=True, metavar="FICHIER...")
def calculate_files(files: tuple[str, ...]) -> None:
    """Calcule chaque nuit et la rend avec « computed », « differences » et « next »; « - » lit l'entrée standard."""
    for name in files:
        try:
            document = calculated(_read(name))
        except Refused as refused:
            named = {"fichier": name} if len(files) > 1 else {}
            click.echo(_compact({**named, **refused.as_json()}))
            sys.exit(2)
        click.echo(_compact(document) if len(files) > 1 else json.dumps(document, ensure_ascii=False, indent=1))


@rj.command("verifier")
@click.argument("directory", metavar="DOSSIER")
def verify_directory(directory: str) -> None:
    """Compare au cent les valeurs attendues de chaque nuit du dossier : 1 si une diffère, 2 si illisible."""
    files = sorted(Path(directory).glob("*.json"))
    if not files:
        click.echo(f"Aucune nuit dans « {directory} ».")
    compared = gaps = 0
    unreadable = not files
    for path in files:
        try:
            document = calculated(_read(str(path)))
        except Refused as refused:
            click.echo(f"{path.name} : {refused.problems[0].path} {refused.problems[0].message}")
            unreadable = True
            continue
        found: list[tuple[str, bool]] = []
        expected = document.get("expected")
        for tab, values in (expected if isinstance(expected, dict) else {}).items():
            _compare(values, document["next"] if tab == "next" else document["computed"].get(tab), tab, found)
        differing = [line for line, equal in found if not equal]
        compared, gaps = compared + len(found), gaps + len(differing)
        click.echo(f"{path.name} : {len(found)} valeurs, {len(differing)} écarts")
        for line in differing:
            click.echo(f"  {line}")
    click.echo(f"{len(files)} fichiers, {compared} valeurs, {gaps} écarts")
    sys.exit(2 if unreadable else int(gaps > 0))


def _compare(expected: object, ours: object, path: str, lines: list[tuple[str, bool]]) -> None:
    """Add every asserted value with whether ours is equal."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            _compare(value, ours.get(key) if isinstance(ours, dict) else None, f"{path}.{key}", lines)
    elif isinstance(expected, list):
        for position, value in enumerate(expected):
            inner = ours[position] if isinstance(ours, list) and position < len(ours) else None
            _compare(value, inner, f"{path}[{position}]", lines)
    else:
        equal = _equal(expected, ours, exact=path in _FACTORS)
        lines.append((f"{path} : attendu {expected}, calculé {ours}", equal))


def _equal(expected: object, ours: object, *, exact: bool) -> bool:
    """Amounts and percentages to the cent, since the workbook does not round; all else exactly."""
    if isinstance(expected, str) and isinstance(ours, str) and not exact:
        try:
            return r2(Decimal(expected)) == r2(Decimal(ours))
        except InvalidOperation:
            return expected == ours
    return type(expected) is type(ours) and bool(expected == ours)


@rj.command("expliquer")
@click.argument("file", metavar="FICHIER")
@click.argument("name", metavar="ONGLET.CHAMP")
def explain_figure(file: str, name: str) -> None:
    """Dit pourquoi un chiffre calculé vaut ce qu'il vaut : formule, chiffres, provenance."""
    try:
        found = explain(read_night(load_json(_read(file))), name)
    except Refused as refused:
        click.echo(_compact(refused.as_json()))
        sys.exit(2)
    except UnknownField as unknown:
        click.echo(_compact({"erreurs": [{"chemin": name, "message": str(unknown)}]}))
        sys.exit(2)
    click.echo(f"{found.label} : {found.figure}")
    click.echo(f"Formule : {found.formula}")
    click.echo(f"Calcul : {found.sentence}")
    for part in found.parts:
        click.echo(f"  {part.label} : {part.figure} ({part.origin})")


@rj.command("champs")
def print_catalogue() -> None:
    """Imprime le catalogue des champs, en CSV, tel que le déclarent les onglets."""
    blank = read_night({"audit_date": "2025-01-01", "tabs": {}})
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("tab", "key", "label_fr", "kind", "role", "formula_or_source", "workbook_cell"))
    for row in rows():
        direct = "[saisie directe permise] " if row.field.direct else ""
        source = formula_in_words(blank, row.tab, row.key, row.field) or row.field.help
        writer.writerow((row.tab, row.key, row.label, row.kind, row.role, direct + source, row.cell))
