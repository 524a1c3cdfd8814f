"""A person over time: due backs, variances of the SD and shares of the SetD, night by night."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from database import people
from database.transaction import read
from utils.actions.person import Person
from utils.text import person_key

COLUMNS: Final = {
    ("dueback", "previous"): "repris",
    ("dueback", "nouveau"): "nouveau",
    ("dueback", "net"): "net",
    ("sd", "variance"): "sd",
    ("setd", "amount"): "setd",
}
"""What is followed, by the tab and the measure that lines keep."""


class Followed(NamedTuple):
    """A night of a person, in dollars by the words of ``COLUMNS``; a measure without line is not there."""

    day: date
    amounts: dict[str, Decimal]


def follow(person: Person, name: str, start: date, end: date) -> tuple[list[Followed], dict[str, Decimal]]:
    """The nights of a person over a period, latest first, and the sum of each column; all spellings together."""
    with read() as connection:
        standing = {person_key(one): whom for one, whom in people.aliases(connection, person.property_id).items()}
        wanted = person_key(standing.get(person_key(name), name))
        keys = {wanted, *(key for key, whom in standing.items() if person_key(whom) == wanted)}
        written = people.written(connection, person.property_id, start, end)
        mine = [one for one in written if person_key(one) in keys]
        rows = people.by_day(connection, person.property_id, mine, start, end)
    nights: dict[date, dict[str, Decimal]] = {}
    sums: dict[str, Decimal] = {}
    for one in rows:
        if column := COLUMNS.get((one.tab, one.measure)):
            nights.setdefault(one.day, {})[column] = one.amount
            sums[column] = sums.get(column, Decimal(0)) + one.amount
    return [Followed(day, amounts) for day, amounts in nights.items()], sums
