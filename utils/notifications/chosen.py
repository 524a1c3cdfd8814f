"""What a hotel chose of its notifications, over what the kinds say by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from utils.dates import instant, local
from utils.notifications.kinds import ESCALATION_MINUTES, ESCALATION_ROLES, KINDS
from utils.shapes import Document


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind as a hotel has it: whether it runs, thresholds, roles and accounts that are told."""

    active: bool
    threshold: Decimal | None
    critical: Decimal | None
    roles: frozenset[str]
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices of a hotel; ``silence`` is a pair of local hours, or nothing."""

    kinds: Mapping[str, Choice]
    silence: tuple[time, time] | None
    escalation_roles: frozenset[str]
    escalation_after: timedelta

    def spoken_at(self, at: datetime, zone: str) -> datetime:
        """The first instant from ``at`` that is not in the hours of silence of the hotel's clock."""
        if self.silence is None:
            return at
        start, end = self.silence
        today = local(at, zone).date()
        for day in (today - timedelta(days=1), today):
            finish = instant(day if start < end else day + timedelta(days=1), end, zone)
            if instant(day, start, zone) <= at < finish:
                return finish
        return at


def read_chosen(document: Document) -> Chosen:
    """The choices of a document of the table ``notification_config``, already validated when it was written."""
    kinds, silence = document.get("kinds", {}), document.get("silence") or {}
    escalation = document.get("escalade", {})
    hours = (time.fromisoformat(silence["de"]), time.fromisoformat(silence["a"])) if silence else None
    return Chosen(
        {
            key: Choice(
                given.get("actif", True),
                _limit(given, "seuil", kind.threshold),
                _limit(given, "critique", kind.critical),
                frozenset(given.get("roles", kind.roles)),
                frozenset(given.get("personnes", ())),
            )
            for key, kind in KINDS.items()
            for given in (kinds.get(key, {}),)
        },
        hours,
        frozenset(escalation.get("roles", ESCALATION_ROLES)),
        timedelta(minutes=escalation.get("minutes", ESCALATION_MINUTES)),
    )


def _limit(given: Document, name: str, default: Decimal | None) -> Decimal | None:
    return Decimal(given[name]) if default is not None and given.get(name) is not None else default
