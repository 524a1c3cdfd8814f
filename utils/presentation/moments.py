"""The three moments of a night that matter, each in one quiet sentence: synchronised, balanced, sealed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from utils import french
from utils.dates import local
from utils.presentation.night_page import Standing
from utils.rj.calculate import Night
from utils.rj.check import OK
from utils.rj.merge import SYNCED
from utils.rj.summary import check_results
from utils.rj.verdict import BALANCED


class Moment(NamedTuple):
    """A moment that the night has reached: its key, what is said of it."""

    key: str
    sentence: str


def moments(night: Night, standing: Standing) -> tuple[Moment, ...]:
    """The moments reached, in their order: each with its figures and its time on the hotel's clock."""
    said = (
        Moment("synchronisee", _synchronised(standing)),
        Moment("equilibree", _balanced(night, standing)),
        Moment("scellee", _sealed(night, standing)),
    )
    return tuple(one for one in said if one.sentence)


def figures_of(night: Night) -> str:
    """« total des revenus 43 504,01 $, 171 chambres louées, dépôt 1 284,35 $ »: what is known of them."""
    revenue, sold = night.values.get("jour.jour_total_revenue"), night.values.get("jour.jour_rooms_louees")
    deposit = night.values.get("recap.deposit_cdn")
    said = (
        "" if revenue is None else f"total des revenus {french.money(revenue)}",
        "" if sold is None else french.counted(sold, "chambre louée", "chambres louées"),
        "" if deposit is None else f"dépôt {french.money(deposit)}",
    )
    return ", ".join(filter(None, said))


def _synchronised(standing: Standing) -> str:
    tabs = Counter(name.partition(".")[0] for name, origin in standing.marks.origins.items() if origin.kind == SYNCED)
    if standing.synced_at is None or not tabs:
        return ""
    figures = french.counted(tabs.total(), "chiffre", "chiffres")
    where = french.counted(len(tabs), "onglet", "onglets")
    return f"Synchronisée {_moment(standing.synced_at, standing)} : {figures} de Lightspeed dans {where}."


def _balanced(night: Night, standing: Standing) -> str:
    """When a night balances, its last figure is what made it, or what left it, so."""
    if standing.verdict is None or standing.verdict.code != BALANCED or standing.saved_at is None:
        return ""
    passed = french.counted(
        sum(one.status == OK for one in check_results(night)), "contrôle réussi", "contrôles réussis"
    )
    difference = night.values.get("jour.jour_diff_caisse")
    cash = "" if difference is None else f", différence de caisse {french.money(difference)}"
    return f"Équilibrée, dernier chiffre {_moment(standing.saved_at, standing)} : {passed}{cash}."


def _sealed(night: Night, standing: Standing) -> str:
    closed = standing.submission
    if closed is None:
        return ""
    by = f" par {closed.by}" if closed.by else ""
    figures = figures_of(night)
    word = "Scellée" if closed.locked else "Soumise"
    return f"{word} {_moment(closed.at, standing)}{by}{f' : {figures}' if figures else ''}."


def _moment(at: datetime, standing: Standing) -> str:
    """« à 05:12:44 »; with its date when it is neither of the night nor of the morning that ends it."""
    here = local(at, standing.marks.zone)
    clock = f"à {french.clock(here)}"
    return clock if here.date() - standing.day in (timedelta(), timedelta(days=1)) else f"le {here.date()} {clock}"
