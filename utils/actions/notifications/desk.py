"""What the page of the notifications shows and does: alerts taken in charge, mails read again, a trial, a way out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final, NamedTuple, Protocol

from sqlalchemy import Connection

from database import alerts, members, outbox, properties
from database.alerts import Answered, RaisedAlert
from database.outbox import Mail
from database.properties import Hotel
from database.transaction import read, write
from utils import dates
from utils.actions.notifications.audience import read_audience
from utils.actions.notifications.choices import stop_mails
from utils.actions.person import Person
from utils.actions.refusals import Conflict, Refusal, Unreadable
from utils.notifications import smtp
from utils.notifications.kinds import ACCOUNT, KINDS, PASSWORD, TEST
from utils.notifications.links import Leaving, read_leaving, reset_url
from utils.notifications.mails import Draft, enqueue
from utils.notifications.recipients import Recipient

SHOWN: Final = 40
"""How many alerts, and how many mails, the page shows."""

RULES: Final = "regler_avis"
"""The action that lets somebody see and set what concerns the whole hotel."""

KIND_WORDS: Final[Mapping[str, str]] = {
    **{key: kind.label for key, kind in KINDS.items()},
    PASSWORD: "Mot de passe",
    ACCOUNT: "Compte",
    TEST: "Essai",
}


class NotFound(Refusal):
    """The hotel has no such thing, or it is not for this person."""

    status = 404


class Departure(NamedTuple):
    """A link that stops a kind: the hotel it speaks of, what stops."""

    leaving: Leaving
    hotel: Hotel
    label: str


def alerts_for(person: Person) -> list[Answered]:
    """The latest alerts that a person sees, latest first."""
    with read() as connection:
        found = alerts.latest(connection, person.property_id)
    now = dates.now()
    return [one for one in found if one.alert.raised_at <= now and _sees(person, one.alert)][:SHOWN]


def take_charge(person: Person, alert_id: int, at: datetime) -> None:
    """Take an alert in charge; somebody else having done it before is said."""
    with write() as connection:
        alert = alerts.one(connection, person.property_id, alert_id)
        if alert is None or not _sees(person, alert):
            raise NotFound("Il n’y a pas d’alerte à cette adresse.")
        if not alerts.acknowledge(connection, person.property_id, alert_id, person.user_id, at):
            raise Conflict("Cette alerte est déjà prise en charge.")


def mails_for(person: Person) -> list[Mail]:
    """The latest mails: one's own, or those of the hotel for who sets its notifications."""
    with read() as connection:
        found = outbox.listed(connection, person.property_id)
    return [mail for mail in found if _reads(person, mail)][:SHOWN]


def mail_for(person: Person, mail_id: int) -> Mail:
    """One of them, with its text and its HTML; those of a sealed mail stay closed."""
    with read() as connection:
        mail = outbox.one(connection, person.property_id, mail_id)
    if mail is None or not _reads(person, mail):
        raise NotFound("Il n’y a pas de courriel à cette adresse.")
    return mail


def send_again(person: Person, mail_id: int, at: datetime) -> None:
    """Try a mail that failed once more."""
    with write() as connection:
        if not outbox.send_again(connection, person.property_id, mail_id, at):
            raise Conflict("Seul un courriel refusé se renvoie.")


def send_test(person: Person, at: datetime) -> str:
    """Write a trial to the one who asks, at most one a minute; returns the address it goes to."""
    minute = at.replace(second=0, microsecond=0).isoformat()
    letter = Draft(TEST, None, f"essai/{minute}", "Essai des courriels", "essai", {"instant": at})
    with write() as connection:
        audience = read_audience(connection, person.property_id)
        reader = next((one for one in audience.people if one.id == person.user_id), None)
        if reader is None:
            raise Unreadable("Ce compte n’a pas d’adresse dans cet hôtel.")
        if not enqueue(connection, audience.hotel, letter, reader, at, at):
            raise Conflict("Un essai est déjà parti cette minute : attendre la suivante.")
    return reader.email


class Asked(Protocol):
    """A link for a new password: whose, from which hotel."""

    @property
    def property_id(self) -> int:
        """The hotel that writes."""

    @property
    def user_id(self) -> int:
        """The account."""

    @property
    def email(self) -> str:
        """Its address."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def token(self) -> str:
        """What the link holds; it is sealed as long as the mail waits, and erased once it has left."""


def mail_link(connection: Connection, asked: Asked) -> None:
    """Write the mail of a link for a new password, in the transaction that makes the link."""
    at = dates.now()
    hotel = properties.property_by_id(connection, asked.property_id)
    key = f"{PASSWORD}/{sha256(asked.token.encode()).hexdigest()[:32]}"
    shown = {"lien": reset_url(asked.token)}
    letter = Draft(PASSWORD, None, key, "Choisir un nouveau mot de passe", "mot_de_passe", shown, sealed=True)
    enqueue(connection, hotel, letter, Recipient(asked.user_id, asked.name, asked.email, ""), at, at)


def sends_mail() -> bool:
    """Whether mails leave this installation; otherwise they are kept and shown."""
    return smtp.configured()


def departure(token: str) -> Departure:
    """What a link of a mail would stop; raises ``NotFound`` for one that we did not sign or that means nothing now."""
    leaving = read_leaving(token)
    if leaving is None or leaving.kind not in KINDS:
        raise NotFound("Ce lien n’est pas valide : il a été coupé ou modifié.")
    with read() as connection:
        if members.member(connection, leaving.property_id, leaving.user_id) is None:
            raise NotFound("Ce compte n’appartient plus à cet hôtel : rien ne lui est écrit.")
        hotel = properties.property_by_id(connection, leaving.property_id)
    return Departure(leaving, hotel, KINDS[leaving.kind].label)


def leave(token: str, at: datetime) -> Departure:
    """Stop the mails that a link speaks of; doing it again changes nothing."""
    found = departure(token)
    with write() as connection:
        if not stop_mails(connection, *found.leaving, at):
            raise Conflict(
                f"« {found.label} » doit joindre quelqu’un par courriel, et il n’y a plus que vous. "
                "Une autre personne doit être désignée d’abord, à la page Notifications."
            )
    return found


def _sees(person: Person, alert: RaisedAlert) -> bool:
    return person.may(RULES) or person.user_id in alert.audience


def _reads(person: Person, mail: Mail) -> bool:
    return person.may(RULES) or mail.user_id == person.user_id
