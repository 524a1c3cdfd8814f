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
    connection: Connection, hotel: Hotel, draft: Draft, reader: Recipient, at: datetime, leaves_at: datetime
) -> bool:
    """Write a mail to a person in the outbox, in this transaction; false when it was written before."""
    try:
        subject, text, html = composed(hotel, draft, reader)
        whole = True
    except Exception:  # what cannot be composed has failed, and undoes nothing of its cause
        log.exception("courriel impossible à composer", genre=draft.kind, gabarit=draft.template)
        subject, text, html, whole = _subject(hotel, draft), "", "", False
    mail = outbox.NewMail(
        property_id=hotel.id,
        key=f"{draft.key}/{reader.id}",
        kind=draft.kind,
        audit_date=draft.day,
        alert_id=draft.alert_id,
        user_id=reader.id,
        email=reader.email,
        name=one_line(reader.name),
        subject=subject,
        body_text=text,
        body_html=html,
        sealed=draft.sealed,
        leave_url=_leaving(hotel, draft, reader),
        message_id=f"<{secrets.token_hex(16)}@{sender_domain()}>",
        created_at=at,
        next_at=leaves_at,
        status=WAITING if whole else FAILED,
        error=None if whole else _NOT_COMPOSED,
    )
    return outbox.add(connection, mail)


def composed(hotel: Hotel, draft: Draft, reader: Recipient) -> tuple[str, str, str]:
    """Subject, text and HTML of a mail as this person gets it; raises what its template raises."""
    kind = KINDS.get(draft.kind)
    common = {"hotel": hotel, "personne": reader, "sujet": draft.subject, "adresse": public_address()}
    leaving = {"genre": kind.label if kind else "", "desabonnement": _leaving(hotel, draft, reader)}
    text, html = (rendered(f"{draft.template}.{end}", {**draft.shown, **common, **leaving}) for end in ("txt", "html"))
    return _subject(hotel, draft), text, html


def _subject(hotel: Hotel, draft: Draft) -> str:
    return one_line(f"[{hotel.code}{' démo' if hotel.demo else ''}] {draft.subject}")


def _leaving(hotel: Hotel, draft: Draft, reader: Recipient) -> str | None:
    """The address that stops this kind of mail for this person; nothing for what cannot be stopped."""
    return leave_url(Leaving(hotel.id, reader.id, draft.kind)) if draft.kind in KINDS else None


def rendered(template: str, shown: Mapping[str, object]) -> str:
    """A template of a mail; HTML is escaped, text is not."""
    return str(current_app.jinja_env.get_template(f"emails/{template}").render(**shown)).strip() + "\n"
