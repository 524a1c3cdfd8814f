"""Read and keep what people choose: thresholds, recipients, silence and escalation of a hotel; channels of a person.

What is given is kept whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from database import journal, notifications, properties
from database.journal import Entry
from database.transaction import read, write
from database.types import canonical
from utils.actions.notifications.audience import Audience, read_audience
from utils.actions.notifications.given import Amount, Choices, Given, Preferences
from utils.actions.person import Person, actor
from utils.money import money_text, read_json_money
from utils.notifications import recipients
from utils.notifications.chosen import Chosen, read_chosen
from utils.notifications.kinds import KINDS, MAILS, UNLEAVABLE
from utils.shapes import Document

EVERY_KIND: Final = KINDS
"""The kinds, for who shows them."""

BY_MAIL_ONLY: Final = MAILS
CHANNEL_WORDS: Final = {
    "les_deux": "Courriel et application",
    "courriel": "Courriel",
    "application": "Application",
    "aucun": "Aucun avis",
}
_LAST: Final = (
    "Vous êtes la dernière personne que « {label} » joint par courriel : quelqu’un d’autre doit l’être d’abord."
)


def chosen_of(person: Person) -> tuple[Audience, Chosen]:
    """The people of a hotel and what is in force there."""
    with read() as connection:
        audience = read_audience(connection, person.property_id)
    return audience, audience.chosen


def document_of(chosen: Chosen) -> Document:
    """What a hotel has, chosen or not, in the shape in which it is given."""
    kinds = {}
    for key, choice in chosen.kinds.items():
        amounts = {"seuil": choice.threshold, "critique": choice.critical}
        kinds[key] = {
            "actif": choice.active,
            "roles": sorted(choice.roles),
            "personnes": sorted(choice.people),
            **{name: money_text(amount) for name, amount in amounts.items() if amount is not None},
        }
    silence = chosen.silence and {"de": f"{chosen.silence[0]:%H:%M}", "a": f"{chosen.silence[1]:%H:%M}"}
    minutes = int(chosen.escalation_after.total_seconds()) // 60
    return {
        "kinds": kinds,
        "silence": silence,
        "escalade": {"roles": sorted(chosen.escalation_roles), "minutes": minutes},
    }


def save_choices(person: Person, given: Any, at: datetime, amount: Amount = read_json_money) -> Chosen:
    """Keep the parts of a document that are given, the others staying as they were; each change is in the journal."""
    with write() as connection:
        audience = read_audience(connection, person.property_id)
        changes = Choices(frozenset(one.id for one in audience.people), amount).read(given)
        before = notifications.config(connection, person.property_id)
        after = properties.merged(before, changes)
        chosen = read_chosen(after)
        _refuse_unsound(chosen, audience)
        old, new = dict(_leaves(before)), dict(_leaves(after))
        entries = [
            Entry("reglage", field=f"notifications.{path}", old=old.get(path), new=new.get(path))
            for path in sorted(old.keys() | new.keys())
            if old.get(path) != new.get(path)
        ]
        if entries:
            notifications.write_config(connection, person.property_id, after, person.user_id, at)
            journal.append(connection, person.property_id, actor(person), at, entries)
    return chosen


class Preferred(NamedTuple):
    """How a person wants to be told of a kind: channel, threshold of their own as text.

    ``concerned``: whether the hotel tells this person at all.
    """

    kind: str
    label: str
    channel: str
    threshold: str | None
    concerned: bool

    def as_json(self) -> Document:
        """As the API tells it."""
        return dict(zip(("genre", "libelle", "canal", "seuil", "concerne"), self, strict=True))


def preferences_of(person: Person) -> list[Preferred]:
    """Each kind: how a person wants to be told, and whether the hotel tells this person at all."""
    with read() as connection:
        audience = read_audience(connection, person.property_id)
    told = {key: recipients.concerned(choice, audience.people) for key, choice in audience.chosen.kinds.items()}
    mine = {key: audience.preferences.get((person.user_id, key), recipients.Preference()) for key in KINDS}
    return [
        Preferred(
            key,
            kind.label,
            shown_channel(key, mine[key].channel),
            None if (threshold := mine[key].threshold) is None else money_text(threshold),
            any(one.id == person.user_id for one in told[key]),
        )
        for key, kind in KINDS.items()
    ]


def save_preferences(person: Person, given: Any, at: datetime, amount: Amount = read_json_money) -> None:
    """Keep how a person wants to be told of some kinds."""
    wanted = Preferences(amount).read(given)
    with write() as connection:
        audience = read_audience(connection, person.property_id)
        reading = Given()
        for kind, (channel, _) in wanted.items():
            told = recipients.concerned(audience.chosen.kinds[kind], audience.people)
            mailed = channel in (recipients.MAIL, recipients.BOTH)
            if not mailed and not recipients.may_leave(kind, person.user_id, told, audience.preferences):
                reading.refuse(f"preferences.{kind}", _LAST.format(label=KINDS[kind].label))
        reading.finish()
        for kind, (channel, threshold) in wanted.items():
            _prefer(connection, person.property_id, person.user_id, kind, (channel, threshold), at)


def _prefer(
    connection: Connection, property_id: int, user_id: int, kind: str, how: tuple[str, Decimal | None], at: datetime
) -> None:
    values = {"property_id": property_id, "user_id": user_id, "kind": kind, "updated_at": at}
    notifications.write_preference(connection, values | {"channel": how[0], "threshold": how[1]})


def stop_mails(connection: Connection, property_id: int, user_id: int, kind: str, at: datetime) -> bool:
    """Keep telling a person of a kind, but no longer by mail; false when nobody else would be reached."""
    audience = read_audience(connection, property_id)
    told = recipients.concerned(audience.chosen.kinds[kind], audience.people)
    if not recipients.may_leave(kind, user_id, told, audience.preferences):
        return False
    mine = audience.preferences.get((user_id, kind), recipients.Preference())
    left = {recipients.BOTH: recipients.IN_APP, recipients.MAIL: recipients.NONE}.get(mine.channel, mine.channel)
    _prefer(connection, property_id, user_id, kind, (left, mine.threshold), at)
    return True


def shown_channel(kind: str, channel: str) -> str:
    """A letter comes by mail or not at all, whatever was chosen."""
    if kind not in MAILS:
        return channel
    return recipients.MAIL if channel in (recipients.MAIL, recipients.BOTH) else recipients.NONE


def _refuse_unsound(after: Chosen, audience: Audience) -> None:
    """What is given is read beside what stays: a critical threshold is never under the ordinary one.

    A kind that must reach somebody keeps running and keeps one person.
    """
    reading = Given()
    for kind, choice in after.kinds.items():
        if choice.critical is not None and choice.threshold is not None and choice.critical < choice.threshold:
            reading.refuse(f"kinds.{kind}.critique", "Le seuil critique ne peut pas être sous le seuil.")
    reading.finish()
    for kind in UNLEAVABLE:
        label, choice = KINDS[kind].label, after.kinds[kind]
        if not choice.active:
            reading.refuse(f"kinds.{kind}.actif", f"« {label} » ne se coupe pas.")
        elif not recipients.concerned(choice, audience.people):
            reading.refuse(f"kinds.{kind}.roles", f"« {label} » doit joindre au moins une personne de l’hôtel.")
    reading.finish()


def _leaves(document: Document, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and value of each choice, as the journal writes them."""
    for key, value in document.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{path}{key}.")
        elif value is not None:
            yield f"{path}{key}", canonical(value)
