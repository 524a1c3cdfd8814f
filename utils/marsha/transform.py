"""From a locked night to the DBRS that leaves: each figure with the field it comes from, cross-footed with the Jour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from utils.money import CENT, ZERO, money_text
from utils.shapes import Document, Values

VERSION: Final = "1"
SEGMENTS: Final[Mapping[str, Sequence[str]]] = {
    "transient": (
        *("retail", "special_corporate", "government", "packages", "wholesale", "qualified_discounts", "rewards"),
    ),
    "group": ("group_corporate", "group_association", "group_government", "group_smerf", "group_tour"),
    "contract": ("contract",),
}
"""The segments of the form of the brand, by group."""

TOTALS: Final[Mapping[str, str]] = {
    "premium": "total_premium",
    "discount": "total_discount",
    "transient": "total_transient",
    "group": "total_group",
    "contract": "contract",
    "daily": "daily",
}
_JOUR: Final = "jour.jour_"
_DBRS: Final = "dbrs.dbrs_"
NO_SHOW: Final = f"{_DBRS}daily_rev.guaranteed_no_show"
ROOM_REVENUE: Final = f"{_JOUR}room_revenue"
TOTAL_REVENUE: Final = f"{_JOUR}total_revenue"
FOOD: Final = f"{_JOUR}total_fb"
ROOMS_SOLD: Final = f"{_JOUR}rooms_louees"


class Figure(NamedTuple):
    """A figure of the document and the field of the night that it repeats."""

    place: str
    source: str


FIGURES: Final = (
    *(
        Figure(f"totals.{name}.{figure}", f"{_DBRS}{total}_{figure}")
        for name, total in TOTALS.items()
        for figure in ("rooms", "revenue", "adr")
    ),
    Figure("form.dailyRevenueTotal", f"{_DBRS}daily_rev_total"),
    Figure("form.allowance", f"{_DBRS}allowance"),
    Figure("form.grandTotal", f"{_DBRS}grand_total"),
    Figure("form.guaranteedNoShow", NO_SHOW),
    Figure("form.otherRevenue", f"{_DBRS}form_autres"),
    Figure("form.noShowRevenue", f"{_DBRS}form_noshow"),
    Figure("form.earlyLateDepartures", f"{_DBRS}form_departs"),
    Figure("form.netRevenue", f"{_DBRS}net_revenue"),
    Figure("form.netAdr", f"{_DBRS}net_adr"),
    Figure("form.complimentaryRooms", f"{_DBRS}comp_rooms"),
    Figure("revenue.rooms", ROOM_REVENUE),
    Figure("revenue.foodAndBeverage", FOOD),
    Figure("revenue.total", TOTAL_REVENUE),
    Figure("occupancy.roomsAvailable", f"{_JOUR}rooms_disponibles"),
    Figure("occupancy.roomsSold", ROOMS_SOLD),
    Figure("occupancy.roomsOccupied", f"{_JOUR}rooms_occupees"),
    Figure("occupancy.complimentary", f"{_JOUR}rooms_comp"),
    Figure("occupancy.outOfOrder", f"{_JOUR}rooms_hors_usage"),
    Figure("occupancy.occupancy", f"{_JOUR}occupancy_rate"),
    Figure("occupancy.adr", f"{_JOUR}adr"),
    Figure("occupancy.revpar", f"{_JOUR}revpar"),
    Figure("occupancy.guests", f"{_DBRS}house_count"),
    Figure("variances.quasimodo", "quasimodo.quasi_variance"),
    Figure("variances.cash", f"{_JOUR}diff_caisse"),
    Figure("noShows.count", f"{_DBRS}noshow_count"),
    Figure("noShows.revenue", f"{_DBRS}noshow_revenue"),
)
"""Where each figure of the document comes from; those of the segments and ``revenue.other`` besides."""

NEEDED: Final = (
    *(f"totals.daily.{figure}" for figure in ("rooms", "revenue")),
    *("form.netRevenue", "form.grandTotal", "revenue.rooms", "revenue.foodAndBeverage", "revenue.total"),
    *("occupancy.roomsAvailable", "occupancy.roomsSold", "occupancy.guests"),
)
"""Without these nothing leaves."""


class Gap(NamedTuple):
    """Two figures that should be one, the fields they stand in; ``theirs`` is absent with a figure that lacks."""

    label: str
    ours: Decimal | int | None
    theirs: Decimal | int | None
    fields: Sequence[str]

    def as_json(self) -> Document:
        """As the book keeps it."""
        shown = [None if one is None else _text(one) for one in (self.ours, self.theirs)]
        return {"libelle": self.label, "dbrs": shown[0], "jour": shown[1], "champs": list(self.fields)}


@dataclass(frozen=True, slots=True)
class Booked:
    """What is on the books of a night to come, as it leaves: rooms by group, revenue in dollars."""

    stay_date: date
    available: int
    rooms: int
    revenue: Decimal
    by_group: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the night does not say: of which hotel, of which sequence, prepared by which account (no name)."""

    property_code: str
    currency: str
    sequence: int
    supersedes: str | None
    prepared_by: int | None
    books_as_of: date | None = None
    books: Sequence[Booked] = ()


@dataclass(frozen=True, slots=True)
class Transformed:
    """The document, the field of each of its figures by place, and what keeps it from leaving."""

    document: Document
    sources: Mapping[str, str]
    gaps: Sequence[Gap]


def transform_rj_to_dbrs(day: date, values: Values, heading: Heading) -> Transformed:
    """The DBRS of a night from its figures (``values`` by ``tab.field``); a figure that lacks has no key."""
    document: Document = {
        "schemaVersion": VERSION,
        "propertyCode": heading.property_code,
        "businessDate": day.isoformat(),
        "submissionSeq": heading.sequence,
        "supersedes": heading.supersedes,
        "currency": heading.currency,
        "preparedBy": None if heading.prepared_by is None else str(heading.prepared_by),
        "segments": [_segment(group, code, values) for group, codes in SEGMENTS.items() for code in codes],
    }
    sources = {one.place: one.source for one in FIGURES}
    for index, one in enumerate(document["segments"]):
        sources |= {f"segments[{index}].{name}": f"{_DBRS}{one['code']}_{name}" for name in ("rooms", "revenue", "adr")}
    for place, source in ((one.place, one.source) for one in FIGURES):
        part, name = place.rsplit(".", 1)
        holder = document
        for key in part.split("."):
            holder = holder.setdefault(key, {})
        if (value := values.get(source)) is not None:
            holder[name] = _text(value)
    parts = [values.get(one) for one in (TOTAL_REVENUE, ROOM_REVENUE, FOOD)]
    if None not in parts:
        document["revenue"]["other"] = money_text(parts[0] - parts[1] - parts[2])  # type: ignore[operator]
        sources["revenue.other"] = TOTAL_REVENUE
    document["onTheBooks"] = _books(heading, values)
    return Transformed(document, sources, tuple(_gaps(document, values, sources)))


def _segment(group: str, code: str, values: Values) -> Document:
    figures = {name: values.get(f"{_DBRS}{code}_{name}") for name in ("rooms", "revenue", "adr")}
    return {"code": code, "group": group} | {name: _text(one) for name, one in figures.items() if one is not None}


def _books(heading: Heading, values: Values) -> Document:
    """What is on the books as of the night, and the groups that the auditor typed."""
    return {
        "asOf": heading.books_as_of.isoformat() if heading.books_as_of else None,
        "days": [
            {
                "stayDate": one.stay_date.isoformat(),
                "available": one.available,
                "rooms": one.rooms,
                "revenue": money_text(one.revenue),
                **one.by_group,
            }
            for one in heading.books
        ],
        "groups": [
            {"label": line["label"], "rooms": line["rooms"]}
            for line in values.get("dbrs.dbrs_otb_data") or ()
            if line.get("label") and line.get("rooms") is not None
        ],
    }


def _gaps(document: Document, values: Values, sources: Mapping[str, str]) -> Iterator[Gap]:
    """What lacks, then what does not foot: rooms, revenue and segments against the Jour."""
    for place in NEEDED:
        if values.get(sources[place]) is None:
            yield Gap("Chiffre absent", None, None, (sources[place],))
    daily = f"{_DBRS}daily_"
    yield from _apart("Chambres des segments et chambres louées", values, f"{daily}rooms", ROOMS_SOLD)
    yield from _apart("Revenu du DBRS et revenu des chambres", values, f"{_DBRS}grand_total", ROOM_REVENUE)
    for name, read in (("rooms", int), ("revenue", Decimal)):
        every = [one[name] for one in document["segments"] if name in one]
        whole = values.get(f"{daily}{name}")
        if whole is not None and every:
            yield from _gap("Somme des segments", sum(map(read, every)), whole, (f"{daily}{name}",))
    parts = [values.get(f"{_DBRS}{name}") for name in ("daily_revenue", "allowance")]
    grand = values.get(f"{_DBRS}grand_total")
    if grand is not None and None not in parts:
        classed = sum(parts, values.get(NO_SHOW) or ZERO)  # type: ignore[arg-type]
        yield from _gap("Charges de chambre non classées", classed, grand, (f"{_DBRS}grand_total", NO_SHOW))


def _apart(label: str, values: Values, ours: str, theirs: str) -> Iterator[Gap]:
    if values.get(ours) is not None and values.get(theirs) is not None:
        yield from _gap(label, values[ours], values[theirs], (ours, theirs))


def _gap(label: str, ours: Decimal | int, theirs: Decimal | int, fields: Sequence[str]) -> Iterator[Gap]:
    """Rooms are one or are not; two amounts may differ by a cent of rounding."""
    allowed = CENT if isinstance(theirs, Decimal) else ZERO
    if abs(Decimal(ours - theirs)) > allowed:
        yield Gap(label, ours, theirs, fields)


def _text(value: Decimal | int) -> str | int:
    """Amounts as text, counts as integers."""
    return value if isinstance(value, int) else money_text(value)
