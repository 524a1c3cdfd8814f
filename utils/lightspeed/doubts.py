"""What a report holds that nobody can place: named with its amount, and whatever it could belong to left aside.

A word that is not of the contract (brand, ledger, tax, tender, class, group) may be another spelling of a known one,
and then only that one is in doubt; otherwise it may be any of them. A part of the truth is not told in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import singledispatch
from itertools import chain
from typing import Final

from utils.french import number
from utils.lightspeed import codes
from utils.lightspeed import reports as r
from utils.lightspeed.gaps import gaps_of
from utils.lightspeed.lack import NAMED, Item, Lack, listed
from utils.lightspeed.legible import folded, legible
from utils.lightspeed.totals import totals_alone
from utils.money import ZERO

Places = Mapping[str, Sequence[str]]
"""A known word and what it enters: cells of the night, or labels of controls."""

DRAWERS: Final = 2
"""Lines of the Daily Cash Out in the book, one a cashier."""


def lacks_of(report: object) -> list[Lack]:
    """What a report holds that is not understood, not settled, or does not add up."""
    return [*_doubts(report), *totals_alone(report), *gaps_of(report)]


@singledispatch
def _doubts(_report: object) -> Iterator[Lack]:
    """The rule of each report, by its class."""
    return iter(())


def columns_of(report: r.CardSettlements) -> dict[str, str | None]:
    """The column of the Transelect of each terminal of the front desk; the only one of a report is the bank's."""
    names = {one.terminal_id for one in _at_desk(report)}
    alone = "fusebox" if len({folded(name) for name in names}) == 1 else None
    return {name: codes.TERMINALS.get(folded(name), alone) for name in names}


def lines_of(report: r.CashierReport, brand: str) -> list[Decimal | None]:
    """What each cashier took of a brand, one for each line of the book.

    Nothing when the report tells but a total, more cashiers than the book has lines, or lines that are not the total.
    """
    shifts = sorted(report.shifts, key=lambda one: (one.shift, one.opened_at))
    lines = [_taken(report, shift.tenders).get(brand) for shift in shifts]
    whole = report.totals.cards.get(brand)
    told = [one for one in lines if one is not None]
    return lines if told and len(lines) <= DRAWERS and whole in (None, sum(told)) else []


def _taken(report: r.CashierReport, tenders: Iterable[r.Tender]) -> dict[str, Decimal]:
    """What these tenders hold of each brand, in the currency of the hotel."""
    found: dict[str, Decimal] = {}
    for one in tenders:
        if one.type == "card" and one.currency == report.about.currency:
            name = one.brand or "sans marque"
            found[name] = found.get(name, ZERO) + one.received
    return found


def _at_desk(report: r.CardSettlements) -> list[r.Settlement]:
    return [one for one in report.settlements if one.source == codes.FRONT_DESK]


def _tenders(report: r.CashierReport) -> list[r.Tender]:
    return [one for shift in report.shifts for one in shift.tenders]


def _strange(label: tuple[str, str], places: Places, items: Iterable[Item], *, closed: bool = True) -> Iterator[Lack]:
    """The words that are no known one and hold something; ``closed``: a new word could be any of the known ones."""
    found = [one for one in items if one.word not in places and one.amount]
    if found:
        words = {word for one in found for word in _doubted(one.word, places, closed=closed)}
        left = frozenset(chain.from_iterable(places[word] for word in words))
        yield Lack(f"{label[len({one.word for one in found}) > 1]} : {listed(found)}.", left)


def _doubted(word: str, known: Iterable[str], *, closed: bool = True) -> set[str]:
    """The known words that this one could be."""
    every = set(known)
    return {one for one in every if folded(one) == folded(word)} or (every if closed else set())


def _by_brand(*patterns: tuple[Mapping[str, str], str]) -> Places:
    """The cells of each brand, of cards and of the pattern of their cells."""
    return {
        brand: [pattern.format(card) for cards, pattern in patterns for card, its in cards.items() if its == brand]
        for brand in codes.BRANDS
    }


_RECEPTION: Final = "transelect.transelect_reception.{}"
_BATCHES: Final = _by_brand(*((codes.CARDS, f"{_RECEPTION}.{column}") for column in ("fusebox", "term8", "k053")))
_RECEIVED: Final = _by_brand((codes.CARDS, f"{_RECEPTION}.daily_rev"), (codes.CASHED_OUT, "geac.geac_daily_rev.{}"))
_DRAWERS: Final = _by_brand(
    *((codes.CASHED_OUT, f"geac.geac_cashout.co{line}_{{}}") for line in range(1, DRAWERS + 1)),
    (codes.CASHED_OUT, "Total Cash Out — {}"),
)
_BRANDS: Final = ("Marque de carte inconnue", "Marques de carte inconnues")


def _every(places: Places) -> list[str]:
    return list(chain.from_iterable(places.values()))


@_doubts.register
def _(report: r.CardSettlements) -> Iterator[Lack]:
    """Brands, sources and terminals of the batches; those that are not settled."""
    strange = {one.source for one in report.settlements} - set(codes.SOURCES)
    ours = {codes.FRONT_DESK, *(one for one in strange if codes.FRONT_DESK in _doubted(one, codes.SOURCES))}
    desk = [one for one in report.settlements if one.source in ours]
    columns = columns_of(report)
    yield from _strange(_BRANDS, _BATCHES, (Item(one.brand, one.net) for one in desk))
    odd = [(one, one.source) for one in desk if one.source not in codes.SOURCES]
    yield from _left_by_brand("Provenance de lots de cartes inconnue", odd)
    odd = [(one, one.terminal_id) for one in _at_desk(report) if columns[one.terminal_id] is None]
    yield from _left_by_brand("Terminal de réception inconnu", odd)
    if waiting := sorted({one.brand for one in desk if one.status != "settled"}):
        left = chain.from_iterable(_BATCHES.get(brand, ()) for brand in waiting)
        names = ", ".join(map(legible, waiting[:NAMED]))
        yield Lack(f"Lots de cartes non réglés, laissés de côté : {names}.", frozenset(left))


def _left_by_brand(label: str, odd: Sequence[tuple[r.Settlement, str]]) -> Iterator[Lack]:
    """Batches that nobody can place: their brands are left aside."""
    items = [Item(one.brand, one.net, name) for one, name in odd if one.net]
    if items:
        left = chain.from_iterable(_BATCHES.get(one.word, _every(_BATCHES)) for one in items)
        yield Lack(f"{label} : {listed(items)}.", frozenset(left))


@_doubts.register
def _(report: r.DailyRevenue) -> Iterator[Lack]:
    """Codes, departments, taxes and receipts."""
    yield from _codes(report.lines)
    yield from _departments(report.lines)
    taxes, given = {code: [cell] for code, cell in codes.TAXES.items()}, report.taxes
    yield from _strange(("Taxe inconnue", "Taxes inconnues"), taxes, (Item(one.code, one.amount) for one in given))
    got = report.receipts
    yield from _strange(_BRANDS, _RECEIVED, (Item(*one) for one in got.cards.items()))
    places: Places = {**codes.RECEIPTS, "cards": _every(_RECEIVED)}
    label = ("Mode d’encaissement inconnu", "Modes d’encaissement inconnus")
    yield from _strange(label, places, (Item(*one) for one in got.others.items()))


_CODES: Final[Places] = {
    **{code: [f"jour.{cell}"] for code, cell in codes.LINES.items()},
    **{name.upper(): [f"dbrs.dbrs_daily_rev.{name}"] for name in codes.ROOM_LINES},
    **dict.fromkeys(codes.KNOWN, ()),
}
_SUMMED: Final = ("rooms", "fnb")
"""Departments whose money is placed whatever the code of a line."""

_PLACE_IT: Final = "Au DBRS, ajoutez chaque montant à la ligne de son segment."
_FOLDED_CODES: Final = {folded(code) for code in _CODES}


def _codes(lines: Iterable[r.RevenueLine]) -> Iterator[Lack]:
    """Codes without a cell. Food is summed whole, and rooms too but each of their codes has a row of the DBRS."""
    unknown = [line for line in lines if line.code.lower() not in codes.ROOM_LINES and line.code not in _CODES]
    items = [Item(line.code, line.net) for line in unknown if not _is_summed(line)]
    yield from _strange(("Codes sans champ dans la nuit",) * 2, _CODES, items, closed=False)
    rooms = [
        Item(line.code, line.net) for line in unknown if _is_summed(line) and line.department == "rooms" and line.net
    ]
    if rooms:
        said = f"Codes de chambres sans ligne DBRS, déjà dans le revenu des chambres : {listed(rooms)}. {_PLACE_IT}"
        yield Lack(said, partial=False, at=("dbrs",))


def _is_summed(line: r.RevenueLine) -> bool:
    """Whether the money of a line is placed though its code has no cell."""
    return line.department in _SUMMED and folded(line.code) not in _FOLDED_CODES


def _departments(lines: Iterable[r.RevenueLine]) -> Iterator[Lack]:
    """Lines of a department that is no known one: they could be of the rooms."""
    for name, sentence in (("rooms", ", revenu des chambres laissé de côté"), ("", "")):
        odd = [
            line
            for line in lines
            if line.department not in codes.DEPARTMENTS
            and line.net
            and ("rooms" in _doubted(line.department, codes.DEPARTMENTS)) == bool(name)
        ]
        if odd:
            food = any("fnb" in _doubted(line.department, codes.DEPARTMENTS) for line in odd)
            left = ["jour.jour_room_revenue_brut"] * bool(name) + ["Nourriture et boisson au PMS"] * food
            shown = listed(Item(line.department, line.net, line.code) for line in odd)
            yield Lack(f"Lignes d’un service inconnu{sentence} : {shown}.", frozenset(left))


@_doubts.register
def _(report: r.CashierReport) -> Iterator[Lack]:
    """Brands, tenders and currencies of the drawers."""
    found = list(_strange(_BRANDS, _DRAWERS, (Item(*one) for one in report.totals.cards.items())))
    yield from found or _strange(_BRANDS, _DRAWERS, (Item(*one) for one in _taken(report, _tenders(report)).items()))
    totals: Places = {**codes.DRAWERS, "cards": _every(_DRAWERS)}
    label = ("Mode de paiement inconnu", "Modes de paiement inconnus")
    yield from _strange(label, totals, (Item(*one) for one in report.totals.others.items()))
    tenders = {one: totals.get(total, ()) for one, total in codes.TENDERS.items()}
    yield from _strange(label, tenders, (Item(one.type, one.received) for one in _tenders(report)))
    ours = report.about.currency
    money_of: Places = {ours: codes.DRAWERS["cash"], "USD": ["Comptant américain des caisses"]}
    sums: dict[str, Decimal] = {}
    for one in _tenders(report):
        sums[one.currency] = sums.get(one.currency, ZERO) + one.received
    foreign = (Item(name, f"{number(sum_)} {legible(name)}" if sum_ else None) for name, sum_ in sums.items())
    yield from _strange(("Devise sans champ dans la nuit",) * 2, money_of, foreign, closed=False)
    alone = [
        Item(brand, amount)
        for brand, amount in report.totals.cards.items()
        if amount and brand in codes.CASHED_OUT.values() and not lines_of(report, brand)
    ]
    if alone:
        cells = frozenset(name for one in alone for name in _DRAWERS[one.word] if name.startswith("geac."))
        yield Lack(f"Daily Cash Out donné en total, sans ligne de caisse : {listed(alone)}.", cells)


@_doubts.register
def _(report: r.ArBalance) -> Iterator[Lack]:
    """A ledger that is no known one, or that is given twice."""
    items = []
    for one in report.ledgers:  # an amount of it, its closing before all others
        amounts = (one.closing, one.opening, one.debits, one.credits, one.net, one.applied)
        items.append(Item(one.ledger, next(filter(None, amounts), one.closing)))
    yield from _strange(("Grand livre inconnu", "Grands livres inconnus"), codes.LEDGERS, items)
    times = Counter(one.ledger for one in report.ledgers)
    twice = sorted(name for name in codes.LEDGERS if times[name] > 1)
    if twice:
        shown = listed(one for one in items if one.word in twice)
        left = chain.from_iterable(codes.LEDGERS[name] for name in twice)
        yield Lack(f"Grand livre donné deux fois : {shown}.", frozenset(left))


@_doubts.register
def _(report: r.RoomStatistics) -> Iterator[Lack]:
    places = {name: ["jour.jour_rooms_suite"] if name == "suite" else [] for name in codes.CLASSES}
    items = (Item(one.room_class, one.revenue or one.sold) for one in report.by_type)
    yield from _strange(("Classe de chambres inconnue", "Classes de chambres inconnues"), places, items)


@_doubts.register
def _(report: r.MarketSegments) -> Iterator[Lack]:
    places = {
        group: [f"{label} — chambres", f"{label} — revenu"] if label else [] for group, label in codes.GROUPS.items()
    }
    items = (Item(one.group, one.revenue or one.rooms) for one in report.segments)
    yield from _strange(("Groupe de segments inconnu", "Groupes de segments inconnus"), places, items)


@_doubts.register
def _(report: r.NoShows) -> Iterator[Lack]:
    cells = ("dbrs.dbrs_noshow_count", "dbrs.dbrs_noshow_revenue")
    places = dict.fromkeys(codes.DISPOSITIONS, cells)
    items = (Item(one.disposition, one.charged or one.rate) for one in report.no_shows or ())
    yield from _strange(("Suite de non-présentation inconnue", "Suites de non-présentation inconnues"), places, items)
