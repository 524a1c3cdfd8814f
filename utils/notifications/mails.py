"""A mail as it will leave: subject, text and HTML, made from the templates of ``templates/emails``."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

import structlog
from flask import current_app
from sqlalchemy import Connection

from database import outbox
from database.models.notification import FAILED, WAITING
from database.properties import Hotel
from utils.notifications.kinds import KINDS
from utils.notifications.links import Leaving, leave_url, public_address
from utils.notifications.recipients import Recipient
from utils.notifications.smtp import one_line, sender_domain

_NOT_COMPOSED: Final = "Ce courriel n’a pas pu être composé. Le journal technique dit pourquoi."

log = structlog.get_logger("rj.courriel")


class Draft(NamedTuple):
    """What is written to several people: the kind, the night, the key that tells it from others, what is shown.

    ``template`` names two files, ``.html`` and ``.txt``; ``shown`` is what they read.
    """

    kind: str
    day: date | None
    key: str
    subject: str
    template: str
    shown: Mapping[str, object]
    alert_id: int | None = None
    sealed: bool = False


def enqueue(
    connection: Connection, hotel: Hotel, letter: Draft, reader: Recipient, at: datetime, leaves_at: datetime
) -> bool:
    """Write a letter to a person in the outbox, in this transaction; false when it was written before."""
    try:
        subject, text, html = composed(hotel, letter, reader)
        whole = True
    except Exception:  # what cannot be composed has failed, and undoes nothing of its cause
        log.exception("courriel impossible à composer", genre=letter.kind, gabarit=letter.template)
        subject, text, html, whole = _subject(hotel, letter), "", "", False
    mail = outbox.NewMail(
        property_id=hotel.id,
        key=f"{letter.key}/{reader.id}",
        kind=letter.kind,
        audit_date=letter.day,
        alert_id=letter.alert_id,
        user_id=reader.id,
        email=reader.email,
        name=one_line(reader.name),
        subject=subject,
        body_text=text,
        body_html=html,
        sealed=letter.sealed,
        leave_url=_leaving(hotel, letter, reader),
        message_id=f"<{secrets.token_hex(16)}@{sender_domain()}>",
        created_at=at,
        next_at=leaves_at,
        status=WAITING if whole else FAILED,
        error=None if whole else _NOT_COMPOSED,
    )
    return outbox.add(connection, mail)


def composed(hotel: Hotel, letter: Draft, reader: Recipient) -> tuple[str, str, str]:
    """Subject, text and HTML of a letter as this person gets it; raises what its template raises."""
    kind = KINDS.get(letter.kind)
    common = {"hotel": hotel, "personne": reader, "sujet": letter.subject, "adresse": public_address()}
    leaving = {"genre": kind.label if kind else "", "desabonnement": _leaving(hotel, letter, reader)}
    text, html = (
        rendered(f"{letter.template}.{end}", {**letter.shown, **common, **leaving}) for end in ("txt", "html")
    )
    return _subject(hotel, letter), text, html


def _subject(hotel: Hotel, letter: Draft) -> str:
    return one_line(f"[{hotel.code}{' démo' if hotel.demo else ''}] {letter.subject}")


def _leaving(hotel: Hotel, letter: Draft, reader: Recipient) -> str | None:
    """The address that stops this kind of letter for this person; nothing for what cannot be stopped."""
    return leave_url(Leaving(hotel.id, reader.id, letter.kind)) if letter.kind in KINDS else None


def rendered(template: str, shown: Mapping[str, object]) -> str:
    """A template of a mail; HTML is escaped, text is not."""
    return str(current_app.jinja_env.get_template(f"emails/{template}").render(**shown)).strip() + "\n"
