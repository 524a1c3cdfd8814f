"""A mail as it will leave: subject, text and HTML, made from the templates of ``templates/emails``."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import Connection

from database import outbox
from database.properties import Hotel
from utils.notifications.kinds import KINDS
from utils.notifications.links import Leaving, leave_url, public_address
from utils.notifications.recipients import Reader
from utils.notifications.smtp import one_line, sender_address


class Letter(NamedTuple):
    """What is written to several people: the kind, the night, the key that tells it from others, what is shown.

    ``template`` names two files, ``.html`` and ``.txt``; ``shown`` is what they read.
    """

    kind: str
    day: date | None
    key: str
    subject: str
    template: str
    shown: Mapping[str, Any]
    alert_id: int | None = None
    sealed: bool = False


def post(
    connection: Connection, hotel: Hotel, letter: Letter, reader: Reader, at: datetime, leaves_at: datetime
) -> bool:
    """Write a letter to a person in the outbox, in this transaction; false when it was written before."""
    leaving = leave_url(Leaving(hotel.id, reader.id, letter.kind)) if letter.kind in KINDS else None
    shown = {
        **letter.shown,
        "hotel": hotel,
        "personne": reader,
        "sujet": letter.subject,
        "adresse": public_address(),
        "genre": KINDS[letter.kind].label if letter.kind in KINDS else "",
        "desabonnement": leaving,
    }
    domain = sender_address().rpartition("@")[2] or "rj"
    values = {
        "property_id": hotel.id,
        "key": f"{letter.key}/{reader.id}",
        "kind": letter.kind,
        "audit_date": letter.day,
        "alert_id": letter.alert_id,
        "user_id": reader.id,
        "email": reader.email,
        "name": one_line(reader.name),
        "subject": one_line(f"[{hotel.code}{' démo' if hotel.demo else ''}] {letter.subject}"),
        "body_text": rendered(f"{letter.template}.txt", shown),
        "body_html": rendered(f"{letter.template}.html", shown),
        "sealed": letter.sealed,
        "leave_url": leaving,
        "message_id": f"<{secrets.token_hex(16)}@{domain}>",
        "status": "en_attente",
        "created_at": at,
        "next_at": leaves_at,
    }
    return outbox.add(connection, values)


def rendered(template: str, shown: Mapping[str, Any]) -> str:
    """A template of a mail; HTML is escaped, text is not."""
    return str(current_app.jinja_env.get_template(f"emails/{template}").render(**shown)).strip() + "\n"
