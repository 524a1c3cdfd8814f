"""Two errors hidden in the papers of a night, for whoever learns: digits put one for another, a terminal forgotten."""

from __future__ import annotations

from typing import Final, NamedTuple

from utils.shapes import Document

NOTE: Final = "Exercice : deux erreurs sont cachées dans cette nuit; trouvez-les."
"""What the notes of the night say, so that nobody takes it for another one."""

SWAPPED: Final = "jour.jour_pos_piazza_nourriture"
FORGOTTEN: Final = "bar_c"
_CARDS: Final = "transelect_restaurant"


class Hidden(NamedTuple):
    """An error: its cells, each with what the paper says and what was typed (nothing when it was forgotten)."""

    cells: tuple[tuple[str, str, str | None], ...]


def hide(tabs: dict[str, Document]) -> tuple[Hidden, Hidden]:
    """Hide both errors in what typing the papers gives; which they are."""
    tab, _, cell = SWAPPED.partition(".")
    right = str(tabs[tab][cell])
    tabs[tab][cell] = wrong = swapped(right)
    lots = []
    for card, figures in tabs["transelect"][_CARDS].items():
        if FORGOTTEN in figures["terminals"]:
            amount = figures["terminals"].pop(FORGOTTEN)
            lots.append((f"transelect.{_CARDS}.{card}.terminals.{FORGOTTEN}", str(amount), None))
    tabs["controle"]["notes"] = NOTE
    return Hidden(((SWAPPED, right, wrong),)), Hidden(tuple(lots))


def swapped(amount: str) -> str:
    """The amount with its last two unlike digits before the point put one for the other: ``4771.01``, ``4717.01``."""
    whole, point, cents = amount.partition(".")
    for at in range(len(whole) - 1, 0, -1):
        if whole[at] != whole[at - 1]:
            return f"{whole[: at - 1]}{whole[at]}{whole[at - 1]}{whole[at + 1 :]}{point}{cents}"
    return f"1{amount}"
