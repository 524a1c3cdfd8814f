"""Signed notices of MARSHA: a DBRS was accepted, or rejected with its lines."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import Connection

from database import lightspeed, marsha
from database.marsha import Exchange
from database.models.marsha import ACCEPTED, REJECTED
from database.transaction import read, write
from utils import dates
from utils.actions.marsha.send import decide
from utils.lightspeed import mapping, webhooks
from utils.lightspeed import storage as shared
from utils.lightspeed.errors import LightspeedAPIError
from utils.marsha.client import faults
from utils.marsha.storage import PROVIDER
from utils.shapes import Document

KINDS: Final = {"dbrs.validated": ACCEPTED, "dbrs.rejected": REJECTED}
REPEATED, ACCEPTED_STATUS, IGNORED, REFUSED = 200, 200, 202, 401
_KIND_MOST: Final = 60


def receive(headers: Mapping[str, str], body: bytes) -> int:
    """The status to answer: 401 for whatever is not signed for the property it names, 200 once heard, 202 ignored.

    The identifier of the notice and its effect are one transaction: what was heard is never heard twice.
    """
    at = dates.now()
    if not webhooks.plausible(headers, at):
        return REFUSED
    with read() as connection:
        listening = shared.hotels_that_listen(connection, PROVIDER)
        hotels = [(*one, shared.options_of(connection, one[0], PROVIDER)) for one in listening]
    # the hotel of each property code whose secret signed these bytes, before anything is read in them
    signers = {
        code: hotel
        for hotel, code, options in reversed(hotels)
        if webhooks.verified(options.webhook_secret or "", headers, body, at)
    }
    message = None
    if signers:
        with suppress(LightspeedAPIError):
            message = mapping.load(body)
    data = message.get("data") if message is not None else None
    property_id = signers.get(str(data.get("propertyCode"))) if isinstance(data, dict) else None
    if property_id is None or message is None or not isinstance(data, dict):
        return REFUSED
    kind = str(message.get("type", ""))
    with write() as connection:
        known = kind if kind in KINDS else ""
        if not lightspeed.receive(
            connection, lightspeed.Message(property_id, PROVIDER, headers["webhook-id"], known, at)
        ):
            return REPEATED
        return _heard(connection, property_id, kind, data, len(body)) if kind in KINDS else IGNORED


def _heard(connection: Connection, property_id: int, kind: str, data: Document, size: int) -> int:
    """The effect of a notice: only on the very bytes that it names, in order, and on a submission that still stands."""
    at = dates.now()
    submission = marsha.by_marsha_id(connection, property_id, str(data.get("submissionId", "")))
    if submission is None or data.get("bodyDigest") != submission.digest:
        return IGNORED
    if str(data.get("businessDate")) != submission.business_date.isoformat():
        return IGNORED
    order: Any = data.get("sequence")
    errors = [one.as_json() for one in faults(data.get("errors"))]
    in_order = type(order) is int and marsha.hear(connection, submission, order)
    done = in_order and decide(connection, submission, KINDS[kind], errors, at)
    told = ("entrant", "avis", KINDS[kind] if done else "ignore", size, None, None, at, at)
    marsha.log(connection, Exchange(property_id, submission.business_date, submission.sequence, *told))
    return ACCEPTED_STATUS if done else IGNORED
