"""When people are told, by the figures of a night: pure functions of what is known of it.

A rule sees absent figures as absent: it says nothing of what it cannot compare. Amounts are dollars, shares points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from utils import french
from utils.money import r2
from utils.notifications.chosen import Choice, Chosen
from utils.notifications.kinds import CRITICAL, INFO, KINDS, WARNING
from utils.shapes import Values
from utils.text import person_key

HISTORY: Final = 14
"""Nights of the same weekday needed before a figure may be called unusual."""

SIGMAS: Final = 3
WATCHED: Final = {
    "total_revenue": "Le total des revenus",
    "adr": "La moyenne par chambre",
    "total_fb": "La nourriture et boisson",
    "occupancy": "Le % louées",
}
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Found:
    """An alert that a rule raises: kind, cause that tells it from the others of the night, severity, sentence, size.

    ``size`` is what a person's own threshold is held against, ``None`` when the kind has no threshold.
    """

    kind: str
    cause: str
    severity: str
    sentence: str
    size: Decimal | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the other alerts of its night: kind, cause, severity."""
        return self.kind, self.cause, self.severity


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules see of a night; figures that nobody knows are absent.

    ``values``: the figures of the night by ``tab.field``. ``people``: name and variance of each line of the SD.
    ``history``: for each earlier night of the same weekday its figures by name. ``taxes``: sentences of the tax
    checks that are out of their band. ``cash_reason``: what was said of the cash difference.
    ``labour``: cost of the day and share (points) of the budget.
    """

    values: Values
    people: Sequence[tuple[str, Decimal]] = ()
    budget: Decimal | None = None
    last_year: Decimal | None = None
    labour_cost: Decimal | None = None
    labour_budget_share: Decimal | None = None
    history: Sequence[Values] = ()
    taxes: Sequence[str] = ()
    cash_reason: str = ""
    figures: Values = field(default_factory=dict)


def evaluate(facts: Facts, chosen: Chosen) -> tuple[Found, ...]:
    """Every alert that the figures of a night raise, in the order of the rules; a kind turned off raises none."""
    active = [(key, chosen.kinds[key]) for key in RULES if chosen.kinds[key].active]
    return tuple(found for key, choice in active for found in RULES[key](facts, choice))


def receptionist_variance(facts: Facts, choice: Choice) -> Iterator[Found]:
    """A person's variance beyond the threshold, short or over; two lines of one person count together."""
    names: dict[str, str] = {}
    totals: dict[str, Decimal] = {}
    for spelling, one in facts.people:
        name = names.setdefault(person_key(spelling), spelling)
        totals[name] = totals.get(name, Decimal(0)) + one
    for name, variance in totals.items():
        severity = _severity(abs(variance), choice)
        if severity:
            word = "il manque" if variance < 0 else "il y a de trop"
            limit = "" if choice.threshold is None else french.money(choice.threshold)
            sentence = f"SD, {name} : {word} {french.money(abs(variance))} (seuil {limit})."
            cause = f"personne {person_key(name)}"[:200]
            yield Found("receptionist_variance", cause, severity, sentence, abs(variance))


def quasimodo_variance(facts: Facts, choice: Choice) -> Iterator[Found]:
    """The global proof is out."""
    variance = facts.values.get("quasimodo.quasi_variance")
    if variance is not None and (severity := _severity(abs(variance), choice)):
        sentence = f"Quasimodo : {french.money(variance)} d’écart entre les cartes et le net du RJ."
        yield Found("quasimodo_variance", "quasimodo", severity, sentence, abs(variance))


def diff_caisse(facts: Facts, choice: Choice) -> Iterator[Found]:
    """What remains unexplained of the cash difference."""
    rest = facts.values.get("jour.jour_diff_caisse_residu")
    if rest is not None and (severity := _severity(abs(rest), choice)):
        whole = facts.values["jour.jour_diff_caisse"]
        of = "" if whole == rest else f" de {french.money(whole)}"
        why = f", {facts.cash_reason}" if facts.cash_reason else ""
        sentence = f"Différence de caisse{of} : reste à expliquer {french.money(rest)}{why}."
        yield Found("diff_caisse", "reste", severity, sentence, abs(rest))


def revenue_variance(facts: Facts, choice: Choice) -> Iterator[Found]:
    """Total revenue against the budget of the day, else against the same weekday of last year."""
    revenue = facts.values.get("jour.jour_total_revenue")
    base, words = (
        (facts.budget, "au budget du jour") if facts.budget else (facts.last_year, "au même jour l’an dernier")
    )
    if revenue is None or not base or base <= 0:
        return
    share = gap(revenue, base)
    severity = _severity(abs(share), choice)
    if severity:
        sentence = f"Revenus de {french.money(revenue)}, {signed(share)} par rapport {words} ({french.money(base)})."
        yield Found("revenue_variance", "revenus", severity, sentence, abs(share))


def labour_variance(facts: Facts, choice: Choice) -> Iterator[Found]:
    """The share of labour in revenue above the share of the budget by more than the threshold."""
    revenue, planned = facts.values.get("jour.jour_total_revenue"), facts.labour_budget_share
    if facts.labour_cost is None or not revenue or revenue <= 0 or not planned:
        return
    share = r2(facts.labour_cost / revenue * _HUNDRED)
    above = gap(share, planned)
    severity = _severity(above, choice)
    if severity:
        sentence = (
            f"Main-d’œuvre : {french.percent(share)} des revenus pour {french.percent(planned)} prévus "
            f"({signed(above)})."
        )
        yield Found("labour_variance", "main-d’œuvre", severity, sentence, above)


def occupation_low(facts: Facts, choice: Choice) -> Iterator[Found]:
    """The share of rooms sold below the threshold."""
    rate = facts.values.get("jour.jour_occupancy_rate")
    if rate is not None and choice.threshold is not None and rate < choice.threshold:
        sentence = f"Occupation de {french.percent(rate)}, sous {french.percent(choice.threshold)}."
        yield Found("occupation_low", "occupation", KINDS["occupation_low"].severity, sentence)


def anomaly(facts: Facts, choice: Choice) -> Iterator[Found]:  # noqa: ARG001 - the shape of a rule
    """A figure far from those of its weekday, a tax out of its band, more rooms than the hotel has."""
    for key, label in WATCHED.items():
        value = facts.figures.get(key)
        known = [night[key] for night in facts.history if night.get(key) is not None]
        if value is not None and len(known) >= HISTORY and (z := z_score(value, known)) is not None and abs(z) > SIGMAS:
            word = "au-dessus" if z > 0 else "au-dessous"
            sentence = (
                f"{label} ({french.number(value)}) est à {french.number(abs(z), 1)} écarts-types {word} "
                f"de {len(known)} nuits du même jour de semaine."
            )
            yield Found("anomaly", key, INFO, sentence)
    for number, sentence in enumerate(facts.taxes):
        yield Found("anomaly", f"taxe {number}", INFO, sentence)
    occupied, rooms = facts.values.get("jour.jour_rooms_occupees"), facts.values.get("jour.jour_rooms_disponibles")
    closed = facts.values.get("jour.jour_rooms_hors_usage") or 0
    if occupied is not None and rooms is not None and occupied + closed > rooms:
        sentence = f"{occupied} chambres occupées et {closed} hors d’usage pour {rooms} chambres."
        yield Found("anomaly", "chambres", INFO, sentence)


def gap(value: Decimal, base: Decimal) -> Decimal:
    """How far a value is from a base, in points of it."""
    return r2((value - base) / base * _HUNDRED)


def z_score(value: Decimal, known: Sequence[Decimal]) -> Decimal | None:
    """How many standard deviations (of a sample) a value lies from the mean; ``None`` when nothing ever varies.

    >>> z_score(Decimal(7), [Decimal(1), Decimal(2), Decimal(3)])
    Decimal('5')
    """
    mean = sum(known, Decimal(0)) / len(known)
    variance = sum(((one - mean) ** 2 for one in known), Decimal(0)) / (len(known) - 1)
    return (value - mean) / variance.sqrt() if variance else None


def _severity(size: Decimal, choice: Choice) -> str | None:
    """How serious a size is: nothing up to the threshold included."""
    if choice.critical is not None and size > choice.critical:
        return CRITICAL
    return WARNING if choice.threshold is not None and size > choice.threshold else None


def signed(share: Decimal) -> str:
    """Points with their sign: ``+8,73 %``."""
    return ("+" if share > 0 else "") + french.percent(share)


RULES: Final[Mapping[str, Callable[[Facts, Choice], Iterator[Found]]]] = {
    "receptionist_variance": receptionist_variance,
    "quasimodo_variance": quasimodo_variance,
    "diff_caisse": diff_caisse,
    "revenue_variance": revenue_variance,
    "labour_variance": labour_variance,
    "occupation_low": occupation_low,
    "anomaly": anomaly,
}
"""The rules that look at figures; the others are events, told by whoever causes them."""
