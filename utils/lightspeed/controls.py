"""What the PMS says beside the night: shown with the field it is held against, never written in it.

Two definitions are never a difference: a ratio of the PMS is held against our figures on the PMS's own base, and our
ratio stands beside with its base.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from utils.lightspeed import reports as r
from utils.lightspeed.codes import CASHED_OUT, GROUPS
from utils.lightspeed.doubts import lacks_of
from utils.lightspeed.figures import Value, kept, left_by, summed
from utils.lightspeed.lack import Lack
from utils.money import ZERO, r2


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


def controls_of(report: object, lacks: Sequence[Lack] | None = None) -> list[dict[str, Any]]:
    """What a report says that is only shown; ``lacks``: those of the report, when they are known."""
    doubted = left_by(lacks_of(report) if lacks is None else lacks)
    shown = ((one, one.read(report)) for one in CONTROLS if one.report is type(report) and one.label not in doubted)
    return [_told(one, report, value) for one, value in shown if value is not None]


def _told(control: Control, report: object, value: Decimal | int) -> dict[str, Any]:
    told: dict[str, Any] = {"libelle": control.label, "pms": kept(value), "genre": control.kind}
    told["champs"] = [control.ours] if control.ours else list(control.beside)
    over = control.over(report) if control.over else 1
    if control.beside and over:
        told |= {"compare": list(control.beside), "sur": kept(over), "fois": control.times}
    if control.base:
        told["base"] = control.base(report)
    if control.ours:
        told["notre_base"] = control.our_base
    return told


def same_base(control: Mapping[str, Any], values: Mapping[str, Any]) -> Decimal | int | None:
    """Our figure as the PMS counts its own, from the figures of the night; ``None`` when there is nothing alike."""
    found = next((values[name] for name in control.get("compare", ()) if values.get(name) is not None), None)
    if found is None:
        return None
    over, times = Decimal(str(control["sur"])), control["fois"]
    whole: Decimal | int = found if over == times == 1 else r2(found * times / over)
    return whole


def _segment(group: str, name: str) -> Callable[[r.MarketSegments], Value]:
    return lambda report: sum((getattr(one, name) for one in report.segments if one.group == group), _NIL[name])


def _outlets(report: r.DailyRevenue) -> Value:
    return summed(report.fb_revenue.values())


def _cash_out(brand: str) -> Callable[[r.CashierReport], Value]:
    return lambda report: report.totals.cards.get(brand)


def _american(report: r.CashierReport) -> Value:
    tenders = [one for shift in report.shifts for one in shift.tenders if (one.type, one.currency) == ("cash", "USD")]
    return summed(one.received for one in tenders)


def _available(report: r.RoomStatistics) -> Value:
    return report.inventory.available


def _on_available(report: r.RoomStatistics) -> str:
    return f"sur {report.inventory.available} chambres disponibles au PMS"


def _on_sold(report: r.RoomStatistics) -> str:
    return f"revenu brut, sur {report.sold} chambres vendues au PMS"


def _charged(_report: r.DailyRevenue) -> str:
    return "porté au PMS; le reste des ventes n’est qu’au POSitouch"


_NIL: Final[Mapping[str, Any]] = {"rooms": 0, "revenue": ZERO}
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
        *("Nourriture et boisson au PMS", r.DailyRevenue, _outlets),
        base=_charged,
        ours="jour.jour_total_fb",
        our_base="ventes de la nuit",
    ),
    Control(
        *("Moyenne par chambre", r.RoomStatistics, lambda report: report.adr, ("jour.jour_room_revenue_brut",)),
        over=lambda report: report.sold,
        base=_on_sold,
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
