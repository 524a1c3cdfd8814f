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


class _Alert(Protocol):
    """An alert of the book."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def audit_date(self) -> date: ...
    @property
    def raised_at(self) -> datetime: ...
    @property
    def acknowledged_at(self) -> datetime | None: ...
    @property
    def escalated_at(self) -> datetime | None: ...
    @property
    def resolved_at(self) -> datetime | None: ...


class _Preferred(Protocol):
    """How a person wants to be told of a kind."""

    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def threshold(self) -> str | None: ...
    @property
    def concerned(self) -> bool: ...


class _Mail(Protocol):
    """A mail of the outbox."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def sent_at(self) -> datetime | None: ...
    @property
    def attempts(self) -> int: ...
    @property
    def error(self) -> str | None: ...
    @property
    def body_text(self) -> str | None: ...


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


def alert_line(alert: _Alert, taken_by: str | None, labels: Mapping[str, str]) -> AlertLine:
    """An alert as the page shows it."""
    return AlertLine(
        alert.id,
        labels.get(alert.kind, alert.kind),
        SEVERITIES[alert.severity],
        alert.sentence,
        alert.audit_date,
        alert.raised_at,
        alert.acknowledged_at,
        taken_by or "",
        alert.escalated_at,
        alert.resolved_at,
    )


def mail_line(mail: _Mail, labels: Mapping[str, str]) -> MailLine:
    """A mail as the page shows it."""
    return MailLine(
        mail.id,
        labels.get(mail.kind, mail.kind),
        mail.subject,
        mail.name,
        mail.email,
        MAILS[mail.status],
        mail.status == "echoue",
        mail.created_at,
        mail.sent_at,
        mail.attempts,
        mail.error or "",
        mail.body_text or "",
    )


def preference_rows(
    preferences: Iterable[_Preferred], form: Mapping[str, str], kinds: Mapping[str, Declared]
) -> list[dict[str, Any]]:
    """The kinds that concern a person, each with what was chosen, or typed when it was refused."""
    rows = []
    for one in preferences:
        key, kind = one.kind, kinds[one.kind]
        threshold = form.get(f"{key}__seuil", typed_again(one.threshold))
        row = {"key": key, "label": one.label, "help": kind.help, "channel": form.get(key, one.channel)}
        row |= {"threshold": threshold, "unit": kind.unit if kind.own else ""}
        if one.concerned:
            rows.append(row)
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


def typed_again(text: str | None) -> str:
    """An amount as it stands in a field."""
    return "" if text is None else french.number(Decimal(text))
