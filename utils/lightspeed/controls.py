"""What the PMS says beside the night: shown with the field it is held against, never written in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from utils.lightspeed import reports as r
from utils.lightspeed.codes import CASHED_OUT, GROUPS
from utils.lightspeed.doubts import Lack, lacks_of
from utils.lightspeed.figures import Value, kept, left_by, summed
from utils.money import ZERO


@dataclass(frozen=True, slots=True)
class Control:
    """A figure of the PMS shown beside the sum of some fields of the night, or alone."""

    label: str
    report: type
    read: Callable[[Any], Value]
    beside: tuple[str, ...] = ()
    kind: str = "money"


def controls_of(report: object, lacks: Sequence[Lack] | None = None) -> list[dict[str, Any]]:
    """What a report says that is only shown; ``lacks``: those of the report, when they are known."""
    doubted = left_by(lacks_of(report) if lacks is None else lacks)
    shown = ((one, one.read(report)) for one in CONTROLS if one.report is type(report) and one.label not in doubted)
    return [
        {"libelle": one.label, "pms": kept(value), "champs": list(one.beside), "genre": one.kind}
        for one, value in shown
        if value is not None
    ]


def _segment(group: str, name: str) -> Callable[[r.MarketSegments], Value]:
    return lambda report: sum((getattr(one, name) for one in report.segments if one.group == group), _NIL[name])


def _outlets(report: r.DailyRevenue) -> Value:
    return summed(report.fb_revenue.values())


def _cash_out(brand: str) -> Callable[[r.CashierReport], Value]:
    return lambda report: report.totals.cards.get(brand)


def _american(report: r.CashierReport) -> Value:
    tenders = [one for shift in report.shifts for one in shift.tenders if (one.type, one.currency) == ("cash", "USD")]
    return summed(one.received for one in tenders)


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
    Control("Nourriture et boisson au PMS", r.DailyRevenue, _outlets, ("jour.jour_total_fb",)),
    Control("Moyenne par chambre", r.RoomStatistics, lambda report: report.adr, ("jour.jour_adr",)),
    Control("REVCD", r.RoomStatistics, lambda report: report.revpar, ("jour.jour_revpar",)),
    Control("Occupation", r.RoomStatistics, lambda report: report.occupancy, ("jour.jour_occupancy_rate",), "percent"),
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
