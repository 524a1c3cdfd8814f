"""A file as the month that it holds: recognised by its sheets, never by its name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from utils.imports import layout
from utils.imports.control_day import read_control_day
from utils.imports.day_sheets import read_day_sheets
from utils.imports.deposit_sheet import deposited, read_deposits
from utils.imports.envelope_book import is_envelope_book, read_envelopes
from utils.imports.figures import BookMonth, BookNight
from utils.imports.flaws import Flaw, UnusableBook
from utils.imports.jour_sheet import read_jour
from utils.imports.places import bare
from utils.imports.results import read_results, year_before
from utils.imports.stored import ReadNight
from utils.imports.workbook import Book, Sheet, open_book
from utils.money import money_text

_READ: Final = frozenset(
    ("controle", "jour", "rj", "recap", "transelect", "geacux", "duback", "setd", "depot", "internet", "sonifi")
) | {"diffcaisse"}
_UNKNOWN: Final = (
    "Ce classeur n’est ni un RJ (feuilles « jour » et « controle »), ni un SD (une feuille par jour, de 1 à 31)."
)
_FIRST_YEAR: Final = 2000


def read_month(data: bytes, today: date) -> BookMonth:
    """The month of a workbook, ``today`` being that of the hotel; raises ``UnusableBook`` with every flaw found."""
    book = open_book(data)
    if book.sheet("jour") and (control := book.sheet("controle")):
        month = _read_rj(book, control, today)
    elif is_envelope_book(book):
        month = read_envelopes(book, today)
    else:
        raise UnusableBook([Flaw(_UNKNOWN)])
    book.finish()
    for place, number, amount in book.rounded:
        month.note(f"{number} a plus de deux décimales : {money_text(amount)} est repris.", place)
    return month


def _read_rj(book: Book, control: Sheet, today: date) -> BookMonth:
    layout.check_layout(control, layout.CONTROLE)
    month = BookMonth("rj", book.digest, _month(book, control, today), control.text(20, 2)[:120])
    jour = book.sheet("jour")
    assert jour is not None  # noqa: S101 - it is what told the book
    read_jour(jour, month, today)
    read_day_sheets(book, month)
    if (deposits := book.sheet("depot")) is not None:
        read_deposits(deposits, month)
    # the night of the control day, whose Recap, Transelect and GEAC the book holds
    day = control.count(3, 2) or 0
    night = next((night for one, night in month.nights.items() if one.day == day), None)
    if night is None:
        month.note(
            "Le jour de contrôle n’est pas une nuit fermée : Recap, Transelect et GEAC sont laissés de côté.",
            control.place(3, 2),
        )
    else:
        read_control_day(book, night)
        # the deposit counted that night is what its envelopes hold: the Recap only calculates one
        found = deposited(night)
        if found is not None and book.sheet("Recap") is not None:
            night.money("recap.deposit_cdn", *found)
    read_results(book, month, night)
    month.year_before = dict(year_before(control))
    aside = [name for name in book.names if bare(name) not in _READ]
    if aside:
        month.note(f"Feuilles laissées de côté, qui ne nourrissent aucune nuit : {', '.join(aside)}.")
    if not month.nights:
        control.refuse(5, 2, "Aucune nuit de ce classeur n’est fermée : la colonne D de « jour » est vide.")
    return month


def _month(book: Book, control: Sheet, today: date) -> date:
    """The month that the sheet *controle* says; without a year, or still to come, the book is refused."""
    month, year = control.count(4, 2), control.count(5, 2)
    if month is None or not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        control.refuse(4, 2, "Le mois (1 à 12) manque.")
    if year is None or year < _FIRST_YEAR:
        control.refuse(5, 2, "L’année, sur quatre chiffres, manque : un mois sans année n’est pas repris.")
    book.finish()
    found = date(year or 1, month or 1, 1)
    if found > today:
        control.refuse(4, 2, "Ce mois n’est pas encore commencé.")
        book.finish()
    return found


def merged(months: Iterable[BookMonth]) -> dict[date, list[BookMonth]]:
    """The books by month, in order: an RJ and an SD of the same month are its two halves.

    Raises ``UnusableBook`` for two books of one kind and month that are not one file.
    """
    found: dict[date, list[BookMonth]] = {}
    for one in sorted(months, key=lambda book: (book.month, book.kind)):
        mine = found.setdefault(one.month, [])
        if any(other.digest == one.digest for other in mine):
            continue
        if any(other.kind == one.kind for other in mine):
            kind = one.kind.upper()
            raise UnusableBook(
                [Flaw(f"Deux classeurs {kind} de {one.month:%Y-%m} sont déposés ensemble : n’en garder qu’un.")]
            )
        mine.append(one)
    return found


def nights_of(books: Iterable[BookMonth]) -> list[ReadNight]:
    """The nights of a month from its books, in order."""
    found: dict[date, ReadNight] = {}
    for book in books:
        for day, night in book.nights.items():
            whole, digests = found.setdefault(day, ReadNight(BookNight(day), {}))
            known = {(one.field, one.line, one.part) for one in whole.figures}
            whole.figures.extend(one for one in night.figures if (one.field, one.line, one.part) not in known)
            whole.results.update(night.results)
            whole.block = {**whole.block, **night.block}
            places = [*(one.place for one in night.figures), *(one.place for one in night.results.values())]
            digests.update(dict.fromkeys(places, book.digest))
    return [found[day] for day in sorted(found)]
