"""The pages of the notifications: alerts, mails, preferences, choices and budgets in words, and forms read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Protocol

from utils import french
from utils.presentation.states import State

SEVERITIES: Final = {
    "info": State("dash", "Information"),
    "avertissement": State("warn", "Avertissement", "wait"),
    "critique": State("warn", "Critique", "diff"),
}
MAILS: Final = {
    "en_attente": State("wait", "en attente", "wait"),
    "en_envoi": State("half", "en cours d’envoi", "wait"),
    "envoye": State("ok", "envoyé", "ok"),
    "echoue": State("warn", "refusé", "diff"),
    "consigne": State("ok", "gardé ici", "ok"),
}


class Declared(Protocol):
    """What is shown of a kind of notification."""

    @property
    def label(self) -> str:
        """What it is called."""

    @property
    def help(self) -> str:
        """When it is told."""

    @property
    def threshold(self) -> Decimal | None:
        """Above what it is told."""

    @property
    def critical(self) -> Decimal | None:
        """Above what it is critical."""

    @property
    def unit(self) -> str:
        """The unit of both."""

    @property
    def own(self) -> bool:
        """Whether a person may have a threshold of their own."""


class BudgetRow(Protocol):
    """A month or a day of a budget."""

    @property
    def span(self) -> str:
        """``mois`` or ``jour``."""

    @property
    def day(self) -> date:
        """Its date."""

    @property
    def fields(self) -> list[tuple[str, str, Decimal | None]]:
        """Name, label and amount of each field."""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert: what it says, of which night, who took it in charge."""

    id: int
    label: str
    severity: State
    sentence: str
    night: date
    raised: datetime
    taken: datetime | None
    taken_by: str
    escalated: datetime | None
    resolved: datetime | None

    @property
    def waits(self) -> bool:
        """Whether it asks for somebody who takes it in charge."""
        return self.severity is not SEVERITIES["info"] and self.taken is None and self.resolved is None


@dataclass(frozen=True, slots=True)
class MailLine:
    """A mail and what became of it."""

    id: int
    label: str
    subject: str
    name: str
    email: str
    state: State
    failed: bool
    created: datetime
    sent: datetime | None
    attempts: int
    error: str
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A field of a form: its name, its label, what stands in it."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A month or a day of the form of the budgets."""

    day: date
    whole_month: bool
    fields: tuple[Typed, ...]


def alert_line(row: Mapping[str, Any], labels: Mapping[str, str]) -> AlertLine:
    """An alert as the page shows it."""
    return AlertLine(
        row["id"],
        labels.get(row["kind"], row["kind"]),
        SEVERITIES[row["severity"]],
        row["sentence"],
        row["audit_date"],
        row["raised_at"],
        row["acknowledged_at"],
        row["par"] or "",
        row["escalated_at"],
        row["resolved_at"],
    )


def mail_line(row: Mapping[str, Any], labels: Mapping[str, str]) -> MailLine:
    """A mail as the page shows it."""
    return MailLine(
        row["id"],
        labels.get(row["kind"], row["kind"]),
        row["subject"],
        row["name"],
        row["email"],
        MAILS[row["status"]],
        row["status"] == "echoue",
        row["created_at"],
        row["sent_at"],
        row["attempts"],
        row["error"] or "",
        row.get("body_text") or "",
    )


def preference_rows(
    preferences: Iterable[Mapping[str, Any]], form: Mapping[str, str], kinds: Mapping[str, Declared]
) -> list[dict[str, Any]]:
    """The kinds that concern a person, each with what was chosen, or typed when it was refused."""
    rows = []
    for one in preferences:
        key, kind = one["genre"], kinds[one["genre"]]
        threshold = form.get(f"{key}__seuil", _typed(one["seuil"]))
        row = {"key": key, "label": one["libelle"], "help": kind.help, "channel": form.get(key, one["canal"])}
        row |= {"threshold": threshold, "unit": kind.unit if kind.own else ""}
        if one["concerne"]:
            rows.append(row)
    return rows


def choices_given(form: Any, kinds: Mapping[str, Declared]) -> dict[str, Any]:  # noqa: ANN401 - a multi-dict
    """The document that the form of the settings holds, read no further."""
    given = {}
    for key, kind in kinds.items():
        people = [int(one) if one.isdecimal() else one for one in form.getlist(f"{key}__personnes")]
        one: dict[str, Any] = {
            "actif": f"{key}__actif" in form,
            "roles": form.getlist(f"{key}__roles"),
            "personnes": people,
        }
        for name, has in (("seuil", kind.threshold), ("critique", kind.critical)):
            if has is not None:
                one[name] = form.get(f"{key}__{name}", "").strip() or None
        given[key] = one
    hours = {name: form.get(f"silence__{name}", "").strip() for name in ("de", "a")}
    minutes = form.get("escalade__minutes", "").strip()
    return {
        "kinds": given,
        "silence": hours if any(hours.values()) else None,
        "escalade": {
            "roles": form.getlist("escalade__roles"),
            "minutes": int(minutes) if minutes.isdecimal() and minutes.isascii() else minutes,
        },
    }


def kind_rows(kinds: Mapping[str, Declared], document: Mapping[str, Any], *, typed: bool) -> list[dict[str, Any]]:
    """Each kind with what the hotel chose; ``typed`` amounts are shown as they stand."""
    rows = []
    for key, kind in kinds.items():
        one = document["kinds"][key]
        fields = [
            Typed(f"{key}__{name}", f"{label} ({kind.unit})", one[name] or "" if typed else _typed(one[name]))
            for name, label in (("seuil", "Seuil"), ("critique", "Critique au-dessus de"))
            if name in one
        ]
        rows.append({"key": key, "label": kind.label, "help": kind.help, "fields": fields, **one})
    return rows


def budget_rows(rows: Iterable[BudgetRow], form: Mapping[str, str]) -> list[BudgetLine]:
    """The month, then its days, with what is known or, when it was refused, what was typed."""
    return [
        BudgetLine(
            row.day,
            row.span == "mois",
            tuple(
                Typed(name, label, form.get(name, "" if amount is None else french.number(amount)))
                for name, label, amount in row.fields
            ),
        )
        for row in rows
    ]


def _typed(text: str | None) -> str:
    """An amount as it stands in a field."""
    return "" if text is None else french.number(Decimal(text))
