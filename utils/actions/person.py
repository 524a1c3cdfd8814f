"""Who acts: the account, its role and the hotel it works in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

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


NOBODY: Final = 0
"""The account of what the product does by itself."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The product itself at work in a hotel: no account, every right that an action may ask for."""

    property_id: int
    label: str = "système"
    user_id: int = NOBODY
    role: str = ""

    def may(self, *actions: str) -> bool:  # noqa: ARG002 - the protocol of a person
        """Always."""
        return True


def actor(person: Person) -> Actor:
    """The person as the journal names it."""
    return Actor(person.user_id or None, person.label)
