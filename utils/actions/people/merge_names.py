"""A person spelt two ways: one name stands for the other in statements; the nights keep what they wrote."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from database import journal, people
from database.journal import Entry
from database.people import Spelling
from database.transaction import read, write
from database.types import canonical
from utils.actions.person import Person, actor
from utils.actions.refusals import Conflict, Unreadable
from utils.text import person_key, spelled

VARIANCES: Final = {("sd", "variance"): "sd", ("setd", "amount"): "setd", ("dueback", "net"): "dueback"}


class Statement(NamedTuple):
    """What one person's lines add up to over a period; absent when there was no line."""

    person: str
    sd: Decimal | None = None
    setd: Decimal | None = None
    dueback: Decimal | None = None


def names(person: Person) -> tuple[list[Spelling], dict[str, str]]:
    """The names that the hotel's lines carry, and those that stand for another."""
    with read() as connection:
        listed = people.spellings(connection, person.property_id)
        apart = people.aliases(connection, person.property_id).items()
    standing = {person_key(one): whom for one, whom in apart}
    return listed, {one.name: whom for one in listed if (whom := standing.get(person_key(one.name)))}


def statements(person: Person, start: date, end: date) -> list[Statement]:
    """The variances by person over a period, spellings of one person together."""
    with read() as connection:
        found = people.amounts(connection, person.property_id, start, end)
    sums: dict[str, dict[str, Decimal]] = {}
    for one in found:
        if column := VARIANCES.get((one.tab, one.measure)):
            sums.setdefault(one.person, {})[column] = one.amount
    told = [Statement(name, by.get("sd"), by.get("setd"), by.get("dueback")) for name, by in sums.items()]
    return sorted(told, key=lambda one: one.person.casefold())


def merge(person: Person, spelling: str, into: str, at: datetime) -> None:
    """Let ``spelling`` stand for ``into`` in every statement from now on."""
    with write() as connection:
        known = {person_key(one.name): one.name for one in people.spellings(connection, person.property_id)}
        standing = {person_key(one): whom for one, whom in people.aliases(connection, person.property_id).items()}
        spelling, into = (known.get(person_key(name), spelled(name)) for name in (spelling, into))
        target = standing.get(person_key(into), into)
        if person_key(spelling) not in known or person_key(target) not in known:
            raise Unreadable("Choisir deux noms de la liste.")
        if person_key(target) == person_key(spelling):
            raise Unreadable("Choisir deux noms différents.")
        if whom := standing.get(person_key(spelling)):
            raise Conflict(f"« {spelling} » est déjà réuni à « {whom} » : les séparer d’abord.")
        people.add_alias(connection, person.property_id, (spelling, target), person.user_id, at)
        entry = Entry("personne", field="réunion", old=canonical(spelling), new=canonical(target))
        journal.append(connection, person.property_id, actor(person), at, [entry])


def separate(person: Person, spelling: str, at: datetime) -> None:
    """Let a spelling stand for itself again."""
    with write() as connection:
        apart = people.aliases(connection, person.property_id)
        for one in (one for one in apart if person_key(one) == person_key(spelling)):
            people.remove_alias(connection, person.property_id, one)
            entry = Entry("personne", field="séparation", old=canonical(apart[one]), new=canonical(one))
            journal.append(connection, person.property_id, actor(person), at, [entry])
