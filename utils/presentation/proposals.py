"""What the night before, or another tab, proposes for a list: counted once a person presses."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from utils import french
from utils.money import ZERO, money_text
from utils.presentation.blocks import Line, Lines
from utils.presentation.cells import Note, Proposal
from utils.presentation.sheet import Sheet
from utils.shapes import Values
from utils.text import person_key


def carried_floats(sheet: Sheet, block: Lines) -> Lines:
    """Floats still open: « Solde à reprendre : 300,00 $ » beside the person, or a line to add for one who is absent."""
    floats = {
        person_key(one["name"]): (one["name"], one["previous"])
        for one in sheet.marks.proposals.get("dueback", ())
        if one.get("name")
    }
    if not sheet.marks.editable or not floats:
        return block
    entries = sheet.night.values.get("dueback.dueback_entries") or ()
    pairs = zip(block.lines, entries, strict=True)
    lines = tuple(
        _with_float(line, floats.pop(person_key(entry.get("name", "")), ("", None))[1], entry) for line, entry in pairs
    )
    faint = tuple(_with_float(line, floats.pop(_named(line), ("", None))[1], {}) for line in block.ghosts)
    absent = tuple(
        _to_add({"name": name, "previous": carried}, f"solde à reprendre, {french.money(-Decimal(carried))}.")
        for name, carried in floats.values()
    )
    return replace(block, lines=lines, ghosts=faint, proposals=absent)


def _named(ghost: Line) -> str:
    return person_key(next(cell.ghost for cell in ghost.cells if cell.staff))


def _with_float(line: Line, carried: str | None, entry: Values) -> Line:
    if carried is None or "previous" in entry:
        return line
    cell = next(cell.name for cell in line.cells if cell.name.endswith(".previous"))
    said = f"Solde à reprendre : {french.money(-Decimal(carried))}."
    note = Note(cell, "info", said, proposal=Proposal("Confirmer", cell, carried))
    return replace(line, notes=(*line.notes, note))


def _to_add(line: dict[str, str], said: str) -> Proposal:
    """A line for a person who has none yet."""
    return Proposal("Ajouter", line=json.dumps(line, ensure_ascii=False), sentence=f"{line['name']} : {said}")


def shares_of_variance(sheet: Sheet, block: Lines) -> Lines:
    """The over and short of each envelope, for persons who have no share yet."""
    if not sheet.marks.editable:
        return block
    envelopes = sheet.night.values.get("sd.sd_entries") or ()
    variances = sheet.night.values.get("sd.sd_entries[].variance") or ()
    shared = {person_key(line.get("name") or "") for line in sheet.night.values.get("setd.setd_personnel") or ()}
    found: dict[str, tuple[str, Decimal]] = {}
    for envelope, variance in zip(envelopes, variances, strict=False):
        name = envelope.get("name")
        if name and variance and person_key(name) not in shared:
            spelled, amount = found.get(person_key(name), (name, ZERO))
            found[person_key(name)] = spelled, amount + variance
    shares = tuple(
        _to_add({"name": name, "amount": money_text(amount)}, f"écart au SD, {french.money(amount)}.")
        for name, amount in found.values()
        if amount
    )
    others = tuple(line for line in block.ghosts if _named(line) not in found)
    return replace(block, ghosts=others, proposals=shares)
