"""What the digest of a night says: every figure as the screen shows it, absent ones said to be absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import dropwhile
from typing import Any, Final, NamedTuple

from dateutil.relativedelta import relativedelta
from sqlalchemy import Connection

from database import alerts, notifications
from database.journal_head import read_head
from utils import french
from utils.actions.filling import filling_of
from utils.actions.notifications.brand import dbrs_words, market_words
from utils.actions.notifications.bulletin import Digest, Measure, Point
from utils.actions.notifications.chart import ABSENT, chart
from utils.actions.notifications.facts import TOTAL, YEAR, DayPlan
from utils.actions.state import LABELS, LOCKED, SUBMITTED, NightState, find_night
from utils.actions.verdicts import given_of, verdict_of
from utils.money import r2
from utils.notifications.kinds import SECURITY
from utils.notifications.rules import gap, signed
from utils.rj.answers import answers, named
from utils.rj.cash_difference import decompose
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import MONEY
from utils.rj.explain import shown as in_words
from utils.rj.history import (
    Gap,
    absent_parts,
    lacking_words,
    month_lacks,
    tonight_lacks,
    tonight_words,
    whole,
    whole_tonight,
)
from utils.rj.summary import check_results
from utils.rj.tabs.jour import SUM_PARTS
from utils.shapes import Values

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
_CARDS_VARIANCE: Final = "transelect.transelect_variance"
"""The X20 of the workbook: it waits for the papers of Transelect."""

_OF_SUM: Final = {"trevpar": "total_revenue"}
"""A ratio of the night whose sum may lack a part."""

_TONIGHT_ONLY: Final = "se calcule pour la nuit seulement"
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
    ("X20, variance des cartes", _CARDS_VARIANCE),
    ("Variance des comptes à recevoir", "geac.geac_ar_variance"),
    ("Différence de caisse", "jour.jour_diff_caisse"),
    ("Due backs de la nuit", "dueback.dueback_total"),
    ("Surplus ou déficit", "recap.surplus_deficit_net"),
    ("Nouveau solde", "jour.jour_new_balance"),
)
_CARDS: Final = frozenset(name for _, name in BANK if name.startswith("jour.jour_carte_")) | {"jour.jour_net_banque"}
"""What the cards of the night make: unknown as long as Transelect waits for its papers."""

PERSONAL: Final = "receptionist_variance"
QUIET: Final = ("rj_submitted", "correction_opened", PERSONAL, SECURITY)
"""Kinds that the digest does not repeat word for word: it says what the night is, and counts persons."""


def text_of(name: str, value: Any) -> str:
    """A figure of the night as a person reads it."""
    return ABSENT if value is None else in_words(FIELDS[name], value)


def digest_of(connection: Connection, property_id: int, day: date) -> Digest:
    """Everything that the digest of a date shows; a night that was never opened says so."""
    state = find_night(connection, property_id, day)
    # the alerts of the night; persons are counted, not named
    open_ones = [one for one in alerts.of_night(connection, property_id, day) if one.resolved_at is None]
    told = [one.sentence for one in open_ones if one.kind not in QUIET]
    people = len({one.cause for one in open_ones if one.kind == PERSONAL})
    if people:
        plural = "s" if people > 1 else ""
        told.append(f"{people} personne{plural} au-dessus du seuil d’écart au SD : voir l’onglet SD de la nuit.")
    digest = Digest(
        day,
        state_words(state),
        filling_of(connection, property_id, day).sentence,
        list(dropwhile(lambda bar: bar.figure == ABSENT, chart(connection, property_id, day))),
        read_head(connection, property_id),
        told,
    )
    return digest if state is None else _of_night(connection, state, digest)


def _of_night(connection: Connection, state: NightState, digest: Digest) -> Digest:
    values, day, hotel = state.night.values, state.day, state.hotel.id
    plan = DayPlan(connection, hotel, day)
    past = notifications.figures_of_days(connection, hotel, [day - YEAR, same_date(day)])
    known = _Known(state, {one.day: one.values for one in past}, day)
    *revenues, total = (_compared(row, known) for row in REVENUES)
    # the figures of a night that people still fill whose papers are not there: nothing says yet what they are
    waits = {one.check.judges for one in check_results(state.night) if state.editable and one.waits}
    waits |= _CARDS if _CARDS_VARIANCE in waits else frozenset()
    causes, given = decompose(state.night, settled=not state.editable), given_of(state)
    judged = check_results(state.night) if state.status in (SUBMITTED, LOCKED) else ()
    return replace(
        digest,
        missing=False,
        locked=state.status == LOCKED,
        verdict=f"La nuit est {verdict_of(state).sentence}.",
        auditor=state.names.get(state.row["auditor_id"]),
        completeness=text_of("sommaire.completude", values.get("sommaire.completude")),
        cash=french.typographic(causes.sentence) if causes else None,
        revenues=[*revenues, _planned(total, values, plan)],
        indicators=[_compared(row, known) for row in INDICATORS],
        bank=[(label, text_of(name, None if name in waits else values.get(name))) for label, name in BANK],
        balances=[(label, text_of(name, None if name in waits else values.get(name))) for label, name in BALANCES],
        checks=[
            Point(
                named(one.check.key),
                french.typographic(one.sentence()),
                why.stated if (why := given.reasons.get(one.check.key)) else None,
            )
            for one in judged
            if one.is_red
        ],
        overrides=[Point(named(check), "", reason.stated) for check, reason in given.passed.items()],
        left=[Point(one.label, "", one.reason.stated) for one in answers(given)],
        labour=_labour(plan, values),
        dbrs=dbrs_words(connection, hotel, day),
        market=market_words(connection, hotel, day),
    )


class _Known(NamedTuple):
    """A night, and by date the figures of last year that it is held against."""

    state: NightState
    before: Mapping[date, Values]
    day: date


def _compared(row: tuple[str, str, str, str], known: _Known) -> Measure:
    """A figure tonight, month to date, and last year: on the same weekday, on the same date."""
    (label, column, key, month), (state, before, day) = row, known
    name, values = f"jour.{key}", state.night.values
    value, money = values.get(name), FIELDS[name].kind == MONEY
    years = (("même jour l’an dernier", day - YEAR), ("même date l’an dernier", same_date(day)))
    compared = whole_tonight(key.removeprefix("jour_"), values) if money else None
    bases = [(words, when, past) for words, when in years if (past := before.get(when, {})).get(column) is not None]
    return Measure(
        label,
        text_of(name, value),
        text_of(f"jour.{month}", values.get(f"jour.{month}")) if month else ABSENT,
        (
            *_lacks(state, key.removeprefix("jour_"), month.removeprefix("jour_mtd_")),
            *(
                f"{words} {text_of(name, base)}{gap_words(compared, base)}"
                if (base := whole(column, past)) is not None
                else f"{words} : {lacking_words([Gap(when, absent_parts((column,), past))])}"
                for words, when, past in bases
            ),
        ),
    )


def _lacks(state: NightState, key: str, month: str) -> Iterator[str]:
    """What keeps a figure of the night from being whole, when it is told all the same.

    Then why that of the month to date is absent: « mois à date : il manque la nuit du 2025-12-02 ».
    """
    values, sum_ = state.night.values, _OF_SUM.get(key, key)
    if f"jour.jour_{key}" in values and sum_ in SUM_PARTS and (parts := tonight_lacks((sum_,), values)):
        yield tonight_words(parts)
    why = month_lacks(month, values, state.lacking) if month else _TONIGHT_ONLY
    if why:
        yield f"mois à date : {why}"


def _planned(revenue: Measure, values: Values, plan: DayPlan) -> Measure:
    """Total revenue, held against the budget of the day and of the month so far as well."""
    known = (
        ("budget du jour", plan.revenue, whole_tonight(TOTAL, values)),
        ("budget du mois à date", plan.to_date, values.get("jour.jour_mtd_total_revenue")),
    )
    said = (f"{words} {french.money(base)}{gap_words(value, base)}" for words, base, value in known if base is not None)
    return replace(revenue, against=(*said, *revenue.against))


def gap_words(value: Decimal | None, base: Decimal) -> str:
    """How far an amount is from another one, in brackets; nothing when nobody can say."""
    return "" if value is None or base <= 0 else f" ({signed(gap(value, base))})"


def _labour(plan: DayPlan, values: Values) -> list[tuple[str, str]]:
    """Labour, where somebody gave it; its share of a revenue that is whole."""
    if plan.labour_cost is None and plan.labour_budget is None:
        return []
    revenue, why = whole_tonight(TOTAL, values), tonight_words(tonight_lacks((TOTAL,), values))
    share = f"{ABSENT} ({why})" if why else ABSENT
    if plan.labour_cost is not None and revenue:
        share = french.percent(r2(plan.labour_cost / revenue * 100))
    planned = plan.labour_share
    return [
        ("Coût de la main-d’œuvre", ABSENT if plan.labour_cost is None else french.money(plan.labour_cost)),
        ("Budget de la main-d’œuvre", ABSENT if plan.labour_budget is None else french.money(plan.labour_budget)),
        ("Part des revenus", share),
        ("Part prévue", ABSENT if planned is None else french.percent(planned)),
    ]


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
    return day - relativedelta(years=1)
