"""What waits leaves, once: claimed, sent as it was written, its receipt kept; then its validation is asked after.

Beginning again after a death at any place sends the same bytes under the same key: MARSHA answers with the receipt
that it gave, or would have given.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection

from database import marsha, properties, proven
from database.marsha import Exchange, Sent
from database.models.marsha import ACCEPTED, RECEIVED, REFUSED, REJECTED, SUPERSEDED, WAITING
from database.properties import Hotel
from database.transaction import read, write
from utils.actions.marsha.clients import client_of
from utils.actions.marsha.events import REJECTED as REJECTED_KIND
from utils.actions.marsha.events import UNSENT, say_standing, settle_alerts, tell_refused, write_on_night
from utils.actions.marsha.market import keep_market
from utils.marsha.client import MarshaClient, Receipt
from utils.marsha.errors import ALTERED, MarshaError
from utils.shapes import Document

BACK_OFF: Final = tuple(timedelta(seconds=seconds) for seconds in (20, 60, 120, 300, 600, 900, 1800, 3600))
"""How long a submission waits after each try that failed; the last one repeats."""

IN_DOUBT: Final = timedelta(hours=24)
"""How long after it was written a submission that was tried is asked after before it is sent again."""

PATIENCE_S: Final = 0.5
"""How long a worker waits for its turn in the budget: longer, it does something else."""

_ASKED: Final = ((timedelta(minutes=1), 15), (timedelta(minutes=15), 60), (timedelta(hours=2), 600))
_LATEST_S: Final = 3600
DENIED_AFTER: Final = timedelta(hours=24)
"""How long MARSHA may not know a submission whose receipt it gave before a person is told, who may send it again."""

ASKED_FOR: Final = timedelta(days=7)
"""How long a validation is asked after: then a person is told, and only a signed notice is still awaited."""

DENIED: Final = "MARSHA ne connaît plus cet envoi, dont il avait donné le reçu."
UNDECIDED: Final = (
    "MARSHA n’a rien décidé de cet envoi en sept jours : il n’est plus questionné, son avis reste attendu."
)
_STATES: Final = {"accepted": ACCEPTED, "rejected": REJECTED}
_log = structlog.get_logger(__name__)

ClientOf = Callable[[Hotel], MarshaClient]


def _patient(hotel: Hotel) -> MarshaClient:
    return client_of(hotel, patience_s=PATIENCE_S)


@dataclass
class Came:
    """What a round came to: submissions received, validations heard, put off, given up."""

    received: int = 0
    heard: int = 0
    delayed: int = 0
    refused: int = 0
    busy: set[int] = field(default_factory=set)

    @property
    def sentence(self) -> str:
        """In French, for the page of the jobs."""
        counts = (
            ("reçus", self.received),
            ("validés", self.heard),
            ("remis à plus tard", self.delayed),
            ("refusés", self.refused),
        )
        said = ", ".join(f"{word} : {count}" for word, count in counts if count)
        return f"DBRS {said}." if said else "Rien n’attend."


def send_due(clock: Callable[[], datetime], clients: ClientOf = _patient) -> Came:
    """Send everything whose hour has come, then ask after what was received; a hotel that must wait holds no other."""
    came, owner = Came(), secrets.token_hex(16)
    with read() as connection:
        if not marsha.anything_due(connection, clock()):
            return came
    while True:
        with write() as connection:
            claimed = marsha.claim(connection, owner, clock(), came.busy)
        if claimed is None:
            break
        _Sending(claimed, owner, clock, came).run(clients)
    while True:
        with read() as connection:
            asked = marsha.awaiting(connection, clock(), came.busy)
        if asked is None:
            return came
        _ask(asked, clock, came, clients)


class _Sending:
    """One submission on its way."""

    def __init__(self, submission: Sent, owner: str, clock: Callable[[], datetime], came: Came) -> None:
        self._it, self._owner, self._clock, self._came = submission, owner, clock, came
        self._began = clock()

    def run(self, clients: ClientOf) -> None:
        """Send it, and keep what came of it."""
        try:
            with read() as connection:
                hotel = properties.property_by_id(connection, self._it.property_id)
                if not proven.submitted(connection, self._it):
                    raise MarshaError(ALTERED)
            receipt = self._receipt(clients(hotel))
        except MarshaError as error:
            self._failed(error)
            return
        self._keep(receipt)

    def _receipt(self, client: MarshaClient) -> Receipt:
        """The receipt of these bytes, and of nothing else; asked for when they may be there already."""
        it = self._it
        assert it.body is not None and it.digest is not None  # noqa: S101, PT018 - only what has bytes is claimed
        if it.attempts > 1 and self._began - it.created_at > IN_DOUBT:
            found = client.find(it.business_date, it.sequence)
            if found is not None and found.digest == it.digest:
                return found
        try:
            receipt = client.submit(it.body.encode(), it.idempotency_key)
        except MarshaError as error:
            found = client.find(it.business_date, it.sequence) if error.kind == "conflit" else None
            if found is None or found.digest != it.digest:
                raise
            return found
        if receipt.digest != it.digest:
            raise MarshaError("inattendu")
        return receipt

    def _keep(self, receipt: Receipt) -> None:
        at, it = self._clock(), self._it
        status = _STATES.get(receipt.status, RECEIVED)
        values = {
            "status": status,
            "marsha_id": receipt.id,
            "source": "demo" if receipt.source == "demo" else it.source,
            "received_at": receipt.received_at or at,
            "error": None,
            "errors": [one.as_json() for one in receipt.errors],
            "next_at": at + timedelta(seconds=_ASKED[0][1]),
            "settled_at": at if status != RECEIVED else None,
        }
        with write() as connection:
            if not marsha.settle(connection, it, self._owner, **values):
                return  # the lease passed to another process, which keeps the same receipt
            say_standing(connection, it.property_id, marsha.supersede(connection, it), SUPERSEDED, at)
            write_on_night(connection, it, status, receipt.id, at)
            settle_alerts(connection, it.property_id, it.business_date, (UNSENT, REJECTED_KIND), at)
            if status == REJECTED:
                _tell(connection, it, values["errors"], at)  # type: ignore[arg-type]
            word = "rejoue" if receipt.replayed else receipt.status[:20]
            marsha.log(connection, self._exchange(word, at, receipt.body))
            if receipt.benchmarks is not None:
                keep_market(connection, it.property_id, it.revision, receipt.benchmarks, None, at)
        self._came.received += 1

    def _failed(self, error: MarshaError) -> None:
        """Put it off, or give it up when only a person can help; the bytes stay as they are."""
        at, it = self._clock(), self._it
        wait = BACK_OFF[min(it.attempts, len(BACK_OFF)) - 1]
        if error.retry_after is not None:
            wait = max(wait if error.status else timedelta(), timedelta(seconds=error.retry_after))
        values = {"status": REFUSED if error.lasting else WAITING, "next_at": at + wait, "error": str(error)}
        with write() as connection:
            if marsha.settle(connection, it, self._owner, **values):
                marsha.log(connection, self._exchange(str(error.status or error.kind), at, None, str(error)))
                if error.lasting:
                    if error.kind != ALTERED:  # what somebody else wrote stays unsaid, and is named
                        say_standing(connection, it.property_id, (it,), REFUSED, at)
                    sentence = f"DBRS du {it.business_date.isoformat()}, envoi {it.sequence} : {error}"
                    tell_refused(connection, it.property_id, it.business_date, sentence, at)
        if error.lasting:
            self._came.refused += 1
        else:
            self._came.delayed += 1
            self._came.busy.add(it.property_id)

    def _exchange(self, status: str, at: datetime, response: str | None, error: str | None = None) -> Exchange:
        it, size = self._it, len((self._it.body or "").encode())
        told = ("sortant", "dbrs", status, size, response, error, self._began, at)
        return Exchange(it.property_id, it.business_date, it.sequence, *told)


def _ask(submission: Sent, clock: Callable[[], datetime], came: Came, clients: ClientOf) -> None:
    """Ask what MARSHA decided of a submission that it received: its message may never come."""
    began, found, said = clock(), None, None
    try:
        with read() as connection:
            hotel = properties.property_by_id(connection, submission.property_id)
        found = clients(hotel).status(submission.marsha_id or "")
        status = found.status if found else "404"
    except MarshaError as error:
        came.busy.add(submission.property_id)
        status, said = str(error.status or error.kind), str(error)
    at, it = clock(), submission
    with write() as connection:
        asked = ("sortant", "statut", status[:20], 0, found.body if found else None, said, began, at)
        marsha.log(connection, Exchange(it.property_id, it.business_date, it.sequence, *asked))
        decided = _STATES.get(found.status) if found and found.digest == submission.digest else None
        if decided is not None:
            decide(connection, it, decided, [one.as_json() for one in found.errors] if found else [], at)
            came.heard += 1
            return
        # when it was received, by the clock of MARSHA unless that one contradicts ours
        told = it.received_at
        age = at - (told if told is not None and it.created_at < told <= at else it.created_at)
        if status == "404" and age >= DENIED_AFTER:
            _stop(connection, it, REFUSED, DENIED, at)
        elif age >= ASKED_FOR:
            _stop(connection, it, RECEIVED, UNDECIDED, at)
        else:
            wait = next((seconds for most, seconds in _ASKED if age < most), _LATEST_S)
            marsha.ask_later(connection, it, at + timedelta(seconds=wait))


def _stop(connection: Connection, it: Sent, status: str, why: str, at: datetime) -> None:
    """Ask no more, and tell people."""
    if marsha.stop_asking(connection, it, status, why, at):
        write_on_night(connection, it, status, it.marsha_id, at)
        sentence = f"DBRS du {it.business_date.isoformat()}, envoi {it.sequence} : {why}"
        tell_refused(connection, it.property_id, it.business_date, sentence, at)


def decide(connection: Connection, submission: Sent, status: str, errors: list[Document], at: datetime) -> bool:
    """Keep what MARSHA decided of a submission; false for one that counts no more, or that stood so already."""
    if submission.status == status or not marsha.validate(connection, submission, status, errors, at):
        return False
    write_on_night(connection, submission, status, submission.marsha_id, at)
    settle_alerts(connection, submission.property_id, submission.business_date, (REJECTED_KIND,), at)
    if status == REJECTED:
        _tell(connection, submission, errors, at)
    return True


def _tell(connection: Connection, submission: Sent, errors: list[Document], at: datetime) -> None:
    day, first = submission.business_date, errors[0] if errors else {}
    why = f"{first.get('message', '')} ({first.get('pointer', '')})" if first else "sans motif donné"
    more = f", et {len(errors) - 1} autre(s)" if len(errors) > 1 else ""
    sentence = f"MARSHA rejette le DBRS du {day.isoformat()}, envoi {submission.sequence} : {why}{more}."
    tell_refused(connection, submission.property_id, day, sentence, at)
