"""What the digest of a night says: every figure as the screen shows it, absent ones said to be absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import dropwhile
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from database import alerts, notifications, sync
from database.journal_head import read_head
from utils import french
from utils.actions.notifications.facts import YEAR, DayPlan
from utils.actions.state import LABELS, LOCKED, SUBMITTED, NightState, find_night
from utils.money import r2
from utils.notifications.rules import gap, signed
from utils.rj.cash_difference import decompose
from utils.rj.catalogue import FIELDS
from utils.rj.check import SEVERITIES
from utils.rj.declaration import MONEY
from utils.rj.explain import shown as in_words
from utils.rj.summary import CheckResult, check_results

ABSENT: Final = "—"
CHART_NIGHTS: Final = 14
BARS: Final = 20
"""Steps of a bar of the chart."""

REVENUES: Final = (
    ("Chambres", "room_revenue", "jour_room_revenue", "jour_mtd_room_revenue"),
    ("Nourriture et boisson", "total_fb", "jour_total_fb", "jour_mtd_total_fb"),
    ("Total des revenus", "total_revenue", "jour_total_revenue", "jour_mtd_total_revenue"),
)
INDICATORS: Final = (
    ("% louées", "occupancy", "jour_occupancy_rate", "jour_mtd_occupancy_rate"),
    ("Chambres louées", "rooms_sold", "jour_rooms_louees", "jour_mtd_rooms_louees"),
    ("Chambres disponibles", "", "jour_rooms_disponibles", "jour_mtd_rooms_disponibles"),
    ("Moyenne/chambre (ADR)", "adr", "jour_adr", "jour_mtd_adr"),
    ("REVCD (RevPAR)", "revpar", "jour_revpar", "jour_mtd_revpar"),
    ("TRevPAR", "", "jour_trevpar", ""),
)
BANK: Final = (
    ("Dépôt canadien", "recap.deposit_cdn"),
    ("Dépôt US", "jour.jour_depot_us"),
    ("Débit", "jour.jour_carte_debit"),
    ("Visa", "jour.jour_carte_visa"),
    ("MasterCard", "jour.jour_carte_mc"),
    ("Discover", "jour.jour_carte_discover"),
    ("Amex, réception", "jour.jour_carte_amex_elavon"),
    ("Amex, restaurant", "jour.jour_carte_amex_global"),
    ("Net à la banque", "jour.jour_net_banque"),
)
BALANCES: Final = (
    ("Balance du Recap", "recap.recap_balance"),
    ("Quasimodo", "quasimodo.quasi_variance"),
    ("X20, variance des cartes", "transelect.transelect_variance"),
    ("Variance des comptes à recevoir", "geac.geac_ar_variance"),
    ("Différence de caisse", "jour.jour_diff_caisse"),
    ("Due backs de la nuit", "dueback.dueback_total"),
    ("Surplus ou déficit", "recap.surplus_deficit_net"),
    ("Nouveau solde", "jour.jour_new_balance"),
)
PERSONAL: Final = "receptionist_variance"


@dataclass(frozen=True, slots=True)
class Bar:
    """A night of the chart: date, figure in words, length in steps, whether it is tonight."""

    day: date
    figure: str
    steps: int
    tonight: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure in words, the one that stands beside it (that of the month so far), what it is held against."""

    label: str
    value: str
    beside: str
    against: tuple[str, ...] = ()


class Point(NamedTuple):
    """Something to look at: what it is, what is wrong, the reason that somebody gave."""

    label: str
    sentence: str
    reason: str | None = None

    @property
    def words(self) -> str:
        """All of it on one line."""
        return f"{self.label} : {self.sentence}" + (f" Motif : « {self.reason} »" if self.reason else "")


def text_of(name: str, value: Any) -> str:
    """A figure of the night as a person reads it."""
    return ABSENT if value is None else in_words(FIELDS[name], value)


def digest_of(connection: Connection, property_id: int, day: date) -> dict[str, Any]:
    """Everything that the digest of a date shows; a night that was never opened says so."""
    state = find_night(connection, property_id, day)
    head = read_head(connection, property_id)
    shown: dict[str, Any] = {
        "jour": day,
        "etat": state_words(state),
        "absente": state is None,
        "ferme": state is not None and state.status == LOCKED,
        "auditeur": state.names.get(state.row["auditor_id"]) if state else None,
        "pms": _pms(connection, property_id, day),
        "barres_nuits": list(dropwhile(lambda bar: bar.figure == ABSENT, chart(connection, property_id, day))),
        "tete": head,
        "alertes": _alerts(connection, property_id, day),
    }
    empty: dict[str, Any] = {"completude": None, "caisse": None}
    empty |= {
        name: [] for name in ("revenus", "indicateurs", "banque", "soldes", "controles", "derogations", "main_doeuvre")
    }
    shown |= empty if state is None else _of_night(connection, state)
    to_see = _to_see(shown)
    return shown | {"a_voir": to_see, "en_ordre": shown["ferme"] and not to_see}


def _to_see(shown: Mapping[str, Any]) -> str:
    """How much there is to look at, in words; nothing when there is nothing."""
    known = (
        ("alertes", "alerte", "alertes"),
        ("controles", "contrôle hors tolérance", "contrôles hors tolérance"),
        ("derogations", "dérogation", "dérogations"),
    )
    counts = ((len(shown[name]), one, several) for name, one, several in known)
    return ", ".join(f"{count} {several if count > 1 else one}" for count, one, several in counts if count)


def _of_night(connection: Connection, state: NightState) -> dict[str, Any]:
    values, day, hotel = state.night.values, state.day, state.hotel.id
    plan = DayPlan(connection, hotel, day)
    past = notifications.figures_of_days(connection, hotel, [day - YEAR, same_date(day)])
    before = {row["audit_date"]: row for row in past}
    *revenues, total = (_compared(row, values, before, day) for row in REVENUES)
    settled = not state.editable
    causes = decompose(state.night, settled=settled)
    submission = notifications.last_submission(connection, state.stamp.id)
    reasons = submission["motifs"] if submission else {}
    return {
        "completude": text_of("sommaire.completude", values.get("sommaire.completude")),
        "revenus": [*revenues, _planned(total, values, plan)],
        "indicateurs": [_compared(row, values, before, day) for row in INDICATORS],
        "banque": [(label, text_of(name, values.get(name))) for label, name in BANK],
        "soldes": [(label, text_of(name, values.get(name))) for label, name in BALANCES],
        "caisse": french.typographic(causes.sentence) if causes else None,
        "controles": [
            _failed(one, reasons) for one in check_results(state.night) if one.standing(settled=settled) in SEVERITIES
        ],
        "derogations": [Point(_check(row.check_key), row.motif) for row in state.overrides],
        "main_doeuvre": _labour(plan, values.get("jour.jour_total_revenue")),
    }


def _compared(
    row: tuple[str, str, str, str], values: Mapping[str, Any], before: Mapping[date, Mapping[str, Any]], day: date
) -> Measure:
    """A figure tonight, month to date, and last year: on the same weekday, on the same date."""
    label, column, key, month = row
    name = f"jour.{key}"
    value, money = values.get(name), FIELDS[name].kind == MONEY
    years = (("même jour l’an dernier", day - YEAR), ("même date l’an dernier", same_date(day)))
    known = [(words, base) for words, when in years if (base := before.get(when, {}).get(column)) is not None]
    return Measure(
        label,
        text_of(name, value),
        text_of(f"jour.{month}", values.get(f"jour.{month}")) if month else ABSENT,
        tuple(f"{words} {text_of(name, base)}{gap_words(value, base) if money else ''}" for words, base in known),
    )


def _planned(revenue: Measure, values: Mapping[str, Any], plan: DayPlan) -> Measure:
    """Total revenue, held against the budget of the day and of the month so far as well."""
    known = (
        ("budget du jour", plan.revenue, "jour.jour_total_revenue"),
        ("budget du mois à date", plan.to_date, "jour.jour_mtd_total_revenue"),
    )
    said = (
        f"{words} {french.money(base)}{gap_words(values.get(name), base)}"
        for words, base, name in known
        if base is not None
    )
    return replace(revenue, against=(*said, *revenue.against))


def gap_words(value: Decimal | None, base: Decimal) -> str:
    """How far an amount is from another one, in brackets; nothing when nobody can say."""
    return "" if value is None or base <= 0 else f" ({signed(gap(value, base))})"


def _labour(plan: DayPlan, revenue: Any) -> list[tuple[str, str]]:
    """Labour, where somebody gave it."""
    if plan.labour_cost is None and plan.labour_budget is None:
        return []
    share = french.percent(_share(plan.labour_cost, revenue)) if plan.labour_cost is not None and revenue else ABSENT
    planned = plan.labour_share
    return [
        ("Coût de la main-d’œuvre", ABSENT if plan.labour_cost is None else french.money(plan.labour_cost)),
        ("Budget de la main-d’œuvre", ABSENT if plan.labour_budget is None else french.money(plan.labour_budget)),
        ("Part des revenus", share),
        ("Part prévue", ABSENT if planned is None else french.percent(planned)),
    ]


def _share(part: Any, whole: Any) -> Any:
    return r2(part / whole * 100)


def state_words(state: NightState | None) -> str:
    """Locked, preliminary or missing, plainly."""
    if state is None:
        return "Nuit absente : elle n’a pas été ouverte"
    if state.status == LOCKED:
        return "Nuit verrouillée"
    waits = ", en attente d’une dérogation" if state.row["awaiting_override"] else ""
    said = "soumise" if state.status == SUBMITTED else f"non soumise ({LABELS[state.status].lower()})"
    return f"Chiffres préliminaires : nuit {said}{waits}"


def same_date(day: date) -> date:
    """The same date a year ago; February 29th looks at the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def chart(connection: Connection, property_id: int, day: date, nights: int = CHART_NIGHTS) -> list[Bar]:
    """Total revenue of the nights up to this one, as bars that a text can draw."""
    days = [day - timedelta(days=back) for back in reversed(range(nights))]
    known = {
        row["audit_date"]: row["total_revenue"] for row in notifications.figures_of_days(connection, property_id, days)
    }
    top = max((value for value in known.values() if value is not None and value > 0), default=None)

    def bar(when: date) -> Bar:
        value = known.get(when)
        steps = int(value * BARS / top) if value is not None and value > 0 and top else 0
        return Bar(when, ABSENT if value is None else french.money(value), steps, when == day)

    return [bar(when) for when in days]


def _pms(connection: Connection, property_id: int, day: date) -> str:
    """What the last synchronisation of the night came to."""
    run = sync.last_run(connection, property_id, day)
    if run is None:
        return "Aucune synchronisation de cette nuit avec Lightspeed."
    words = {"complete": "complète", "inchangee": "complète, rien n’avait changé", "partielle": "incomplète"}
    said = words.get(run["status"], "en échec" if run["status"] in ("echouee", "interrompue") else "sans effet")
    return f"Synchronisation {said}.{' ' + run['message'] if run['message'] else ''}"


def _alerts(connection: Connection, property_id: int, day: date) -> list[str]:
    """The alerts of the night; persons are counted, not named."""
    rows = [row for row in alerts.of_night(connection, property_id, day) if row["resolved_at"] is None]
    quiet = ("rj_submitted", "correction_opened", PERSONAL)
    said = [french.typographic(row["sentence"]) for row in rows if row["kind"] not in quiet]
    people = len({row["cause"] for row in rows if row["kind"] == PERSONAL})
    if people:
        plural = "s" if people > 1 else ""
        said.append(f"{people} personne{plural} au-dessus du seuil d’écart au SD : voir l’onglet SD de la nuit.")
    return said


def _failed(result: CheckResult, reasons: Mapping[str, str]) -> Point:
    """A check out of its tolerance, and why the night was submitted with it."""
    sentence = french.typographic(result.sentence())
    return Point(_check(result.check.key), sentence, reasons.get(result.check.key))


def _check(key: str) -> str:
    name = f"sommaire.{key}"
    return french.typographic(FIELDS[name].label) if name in FIELDS else key
