"""What is wrong with a workbook, cell by cell: a book that has one is refused whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """A French sentence on a cell; ``sheet`` and ``cell`` are empty for what is wrong with the whole file."""

    message: str
    sheet: str = ""
    cell: str = ""


class UnusableBook(ValueError):
    """The workbook cannot be imported; carries every flaw found."""

    def __init__(self, flaws: list[Flaw]) -> None:
        """Keep the flaws; the message is the first one's."""
        super().__init__(flaws[0].message)
        self.flaws = flaws
