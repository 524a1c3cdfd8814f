"""Where a tab and an amount of the strip stand: records that every answer and every page repeats."""

from __future__ import annotations

from typing import NamedTuple

from utils.shapes import Document


class TabStanding(NamedTuple):
    """The three axes of a tab: how far it is, whether it balances, who filled it.

    ``balance``: ok, ecart, a_expliquer, na. ``source``: synced, manual, auto, planned, error. ``waits``: the papers
    that its checks wait for.
    """

    progress: str
    balance: str
    source: str
    waits: tuple[str, ...] = ()

    def as_json(self) -> Document:
        """As the API shows it."""
        said = {"etat": self.progress, "equilibre": self.balance, "source": self.source}
        return said | ({"attend": list(self.waits)} if self.waits else {})


class StripAmount(NamedTuple):
    """One of the five amounts always in view: its field, its value as the night file has it, whether it balances."""

    key: str
    label: str
    tab: str
    field: str
    value: str | None
    balance: str
    waits: tuple[str, ...] = ()

    def as_json(self) -> Document:
        """As the API shows it."""
        said = {"cle": self.key, "libelle": self.label, "onglet": self.tab, "champ": self.field, "valeur": self.value}
        return said | {"etat": self.balance} | ({"attend": list(self.waits)} if self.waits else {})
