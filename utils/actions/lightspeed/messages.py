"""Signed messages that the PMS sends: a date was closed, a report was corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Final

from database import lightspeed
from database.transaction import read, write
from utils import dates
from utils.actions.lightspeed.background import after_message
from utils.lightspeed import mapping, storage, webhooks
from utils.lightspeed.errors import LightspeedAPIError

KINDS: Final = ("businessdate.closed", "report.revised")
_ACCOUNT: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_KIND: Final = re.compile(r"[a-z0-9_.-]{1,60}", re.ASCII)
REPEATED, ACCEPTED, IGNORED, REFUSED = 200, 202, 202, 401


def receive(headers: Mapping[str, str], body: bytes) -> int:
    """The status to answer: 401 for whatever is not signed by the PMS of a hotel, 200 for a repetition, else 202."""
    if not webhooks.plausible(headers, dates.now()):
        return REFUSED
    with read() as database:
        known = [(*one, storage.options_of(database, one[0])) for one in storage.hotels_that_listen(database)]
    at = dates.now()
    # the hotel of each account whose secret signed these bytes, before anything is read in them
    signers = {
        account: hotel
        for hotel, account, options in reversed(known)
        if webhooks.verified(options.webhook_secret or "", headers, body, at)
    }
    message = None
    if signers:
        with suppress(LightspeedAPIError):
            message = mapping.load(body)  # not believed to be for the account that it names
    data = (message or {}).get("data")
    account = data.get("accountId") if isinstance(data, dict) else None
    property_id = signers.get(account if isinstance(account, str) and _ACCOUNT.fullmatch(account) else "")
    if property_id is None or message is None:
        return REFUSED
    message_id = headers["webhook-id"]
    kind = str(message.get("type", ""))
    day: date | None = None
    with suppress(dates.DateError):
        day = dates.read_date(str(message.get("data", {}).get("businessDate", "")))
    at = dates.now()
    with write() as database:
        said = kind if _KIND.fullmatch(kind) else ""
        if not lightspeed.receive(database, lightspeed.Message(property_id, storage.PROVIDER, message_id, said, at)):
            return REPEATED
    if kind not in KINDS or day is None:
        return IGNORED
    after_message(property_id, day)
    return ACCEPTED
