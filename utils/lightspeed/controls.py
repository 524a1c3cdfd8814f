"""What the PMS says beside the night: shown with the field it is held against, never written in it.

Two definitions are never a difference: a ratio of the PMS is held against our figures on the PMS's own base, and our
ratio stands beside with its base.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from utils.lightspeed import reports as r
from utils.lightspeed.codes import CASHED_OUT, GROUPS
from utils.lightspeed.doubts import lacks_of
from utils.lightspeed.figures import Value, kept, left_by, summed
from utils.lightspeed.lack import Lack
from utils.money import ZERO, r2
from utils.shapes import Document, Values


@dataclass(frozen=True, slots=True)
class Control:
    """A figure of the PMS shown beside a field of the night that means the same, or alone.

    ``over`` divides our field as the PMS divides its own (``times`` it, 100 for a percent); ``base`` says on what the
    PMS counts. ``ours`` is our figure of another definition, never compared, and ``our_base`` what it counts on.
    """

    label: str
    report: type
    read: Callable[[Any], Value]
    beside: tuple[str, ...] = ()
    kind: str = "money"
    over: Callable[[Any], Value] | None = None
    times: int = 1
    base: Callable[[Any], str] | None = None
    ours: str = ""
    our_base: str = ""

    def told(self, report: object, value: Decimal | int) -> Told:
        """What a report that gives this value says for it."""
        over = self.over(report) if self.over else 1
        return Told(
            self.label,
            kept(value),
            self.kind,
            [self.ours] if self.ours else self.beside,
            self.beside if over else (),
            kept(over) if over else 1,
            self.times,
            self.base(report) if self.base else None,
            self.our_base if self.ours else None,
        )


class Told(NamedTuple):
    """What a report said for a control, as a reading keeps it.

    ``fields``: ours that may stand beside. ``compared``: those that mean the same once multiplied by ``times`` and
    divided by ``over``; none when nothing is alike. ``base`` and ``our_base``: on what each counts, if it is said.
    """

    label: str
    value: str | int
    kind: str
    fields: Sequence[str]
    compared: Sequence[str] = ()
    over: str | int = 1
    times: int = 1
    base: str | None = None
    our_base: str | None = None

    def as_json(self) -> Document:
        """As the book keeps it: what is not said has no key."""
        told: Document = {"libelle": self.label, "pms": self.value, "genre": self.kind, "champs": list(self.fields)}
        if self.compared:
            told |= {"compare": list(self.compared), "sur": self.over, "fois": self.times}
        more = {"base": self.base, "notre_base": self.our_base}
        return told | {name: words for name, words in more.items() if words is not None}

    @classmethod
    def read(cls, kept: Document) -> Told:
        """From what the book keeps."""
        return cls(
            kept["libelle"],
            kept["pms"],
            kept["genre"],
            kept["champs"],
            kept.get("compare", ()),
            kept.get("sur", 1),
            kept.get("fois", 1),
            kept.get("base"),
            kept.get("notre_base"),
        )


def controls_of(report: object, lacks: Sequence[Lack] | None = None) -> list[Told]:
    """What a report says that is only shown; ``lacks``: those of the report, when they are known."""
    doubted = left_by(lacks_of(report) if lacks is None else lacks)
    shown = ((one, one.read(report)) for one in CONTROLS if one.report is type(report) and one.label not in doubted)
    return [one.told(report, value) for one, value in shown if value is not None]


def same_base(control: Told, values: Values) -> Decimal | int | None:
    """Our figure as the PMS counts its own, from the figures of the night; ``None`` when there is nothing alike."""
    found = next((values[name] for name in control.compared if values.get(name) is not None), None)
    if found is None:
        return None
    over, times = Decimal(str(control.over)), control.times
    whole: Decimal | int = found if over == times == 1 else r2(found * times / over)
    return whole


def _segment(group: str, name: str) -> Callable[[r.MarketSegments], Value]:
    return lambda report: sum((getattr(one, name) for one in report.segments if one.group == group), _NIL[name])


def _cash_out(brand: str) -> Callable[[r.CashierReport], Value]:
    return lambda report: report.totals.cards.get(brand)


def _american(report: r.CashierReport) -> Value:
    tenders = [one for shift in report.shifts for one in shift.tenders if (one.type, one.currency) == ("cash", "USD")]
    return summed(one.received for one in tenders)


def _available(report: r.RoomStatistics) -> Value:
    return report.inventory.available


def _on_available(report: r.RoomStatistics) -> str:
    return f"sur {report.inventory.available} chambres disponibles au PMS"


_NIL: Final[Mapping[str, Decimal | int]] = {"rooms": 0, "revenue": ZERO}
_FIELDS: Final = {
    "transient": "dbrs.dbrs_total_transient",
    "group": "dbrs.dbrs_total_group",
    "contract": "dbrs.dbrs_contract",
}
_GROUPS: Final = tuple((group, GROUPS[group], field) for group, field in _FIELDS.items())
_TOTAL: Final = "geac.geac_cashout_total_"

CONTROLS: Final[tuple[Control, ...]] = (
    Control("Comptant américain des caisses", r.CashierReport, _american, ("recap.deposit_us",)),
    *(
        Control(f"Total Cash Out — {card}", r.CashierReport, _cash_out(brand), (f"{_TOTAL}{card}",))
        for card, brand in CASHED_OUT.items()
        if brand != "diners"  # nobody takes it any more; a total of it is said by ``doubts``
    ),
    Control(
        *("Nourriture et boisson au PMS", r.DailyRevenue, lambda report: summed(report.fb_revenue.values())),
        base=lambda _: "porté au PMS; le reste des ventes n’est qu’au POSitouch",
        ours="jour.jour_total_fb",
        our_base="ventes de la nuit",
    ),
    Control(
        *("Moyenne par chambre", r.RoomStatistics, lambda report: report.adr, ("jour.jour_room_revenue_brut",)),
        over=lambda report: report.sold,
        base=lambda report: f"revenu brut, sur {report.sold} chambres vendues au PMS",
        ours="jour.jour_adr",
        our_base="revenu net, sur {jour.jour_rooms_louees} chambres louées",
    ),
    Control(
        *("REVCD", r.RoomStatistics, lambda report: report.revpar, ("jour.jour_room_revenue_brut",)),
        over=_available,
        base=_on_available,
        ours="jour.jour_revpar",
        our_base="revenu net, sur {jour.jour_rooms_disponibles} chambres",
    ),
    Control(
        *("Occupation", r.RoomStatistics, lambda report: report.occupancy, ("jour.jour_rooms_louees",), "percent"),
        over=_available,
        times=100,
        base=_on_available,
        ours="jour.jour_occupancy_rate",
        our_base="sur {jour.jour_rooms_disponibles} chambres",
    ),
    Control("Clients", r.RoomStatistics, lambda report: report.house_count, ("jour.jour_nb_clients",), "count"),
    Control("Arrivées du jour", r.RoomStatistics, lambda report: report.arrivals, (), "count"),
    Control("Comptes à recevoir par âge", r.ArAging, lambda report: report.totals.total, ("geac.geac_ar_new_balance",)),
    *(
        Control(f"{label} — chambres", r.MarketSegments, _segment(group, "rooms"), (f"{field}_rooms",), "count")
        for group, label, field in _GROUPS
    ),
    *(
        Control(f"{label} — revenu", r.MarketSegments, _segment(group, "revenue"), (f"{field}_revenue",))
        for group, label, field in _GROUPS
    ),
)
"""What the PMS says beside the night."""
