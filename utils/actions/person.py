"""Who acts: the account, its role and the hotel it works in."""

from __future__ import annotations

from typing import Protocol

from database.journal import Actor


class Person(Protocol):
    """What an action needs to know of the one who asks."""

    @property
    def user_id(self) -> int:
        """The account."""

    @property
    def label(self) -> str:
        """The person's name, as the journal writes it."""

    @property
    def property_id(self) -> int:
        """The hotel; every read and write is scoped to it."""

    @property
    def role(self) -> str:
        """The role in that hotel."""

    def may(self, *actions: str) -> bool:
        """Whether the role allows at least one of these actions."""


def actor(person: Person) -> Actor:
    """The person as the journal names it."""
    return Actor(person.user_id, person.label)
