"""Who is told, and how: the roles and people of the hotel, less those who do not want it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from utils.notifications.chosen import Choice
from utils.notifications.kinds import UNLEAVABLE

MAIL, IN_APP, BOTH, NONE = "courriel", "application", "les_deux", "aucun"
DEFAULT: Final = BOTH


@dataclass(frozen=True, slots=True)
class Recipient:
    """An open account of the hotel."""

    id: int
    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class Preference:
    """How a person wants to be told of a kind; ``threshold`` is their own, in the unit of the kind."""

    channel: str = DEFAULT
    threshold: Decimal | None = None


Preferences = Mapping[tuple[int, str], Preference]
"""By account and kind."""


def concerned(choice: Choice, people: Iterable[Recipient]) -> list[Recipient]:
    """Everybody whom the hotel wants told of a kind, whatever they prefer."""
    return [one for one in people if one.role in choice.roles or one.id in choice.people]


def by_mail(
    kind: str, told: Iterable[Recipient], preferences: Preferences, size: Decimal | None = None
) -> list[Recipient]:
    """Those of them who get a mail; of a kind that must keep one recipient, everybody when nobody is left."""
    told = list(told)
    wanted = [one for one in told if _channel(one, kind, preferences) in (MAIL, BOTH)]
    if not wanted and kind in UNLEAVABLE:
        return told
    if size is None:
        return wanted
    chosen = {one.id: preferences.get((one.id, kind)) for one in wanted}
    limits = {person: None if found is None else found.threshold for person, found in chosen.items()}
    return [one for one in wanted if (limit := limits[one.id]) is None or size > limit]


def in_application(kind: str, told: Iterable[Recipient], preferences: Preferences) -> list[Recipient]:
    """Those of them who see it in the application."""
    return [one for one in told if _channel(one, kind, preferences) in (IN_APP, BOTH)]


def may_leave(kind: str, user_id: int, told: Iterable[Recipient], preferences: Preferences) -> bool:
    """Whether a person may stop the mails of a kind: not the last one whom the hotel still reaches."""
    if kind not in UNLEAVABLE:
        return True
    left = [one.id for one in told if _channel(one, kind, preferences) in (MAIL, BOTH)]
    return left != [user_id]


def _channel(person: Recipient, kind: str, preferences: Preferences) -> str:
    found = preferences.get((person.id, kind))
    return found.channel if found else DEFAULT
