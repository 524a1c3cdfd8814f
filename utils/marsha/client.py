"""The client of MARSHA: one POST of the bytes that the outbox keeps, and readings; every request is signed.

No database and no Flask here: tokens and rate come from outside, and so does the way to the server, which is the
network or, for a demonstration hotel, the simulator inside this process.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlencode

import structlog

from utils import dates
from utils.lightspeed import mapping, transport
from utils.lightspeed.budget import Budget
from utils.lightspeed.legible import legible
from utils.lightspeed.retry import retry_after
from utils.lightspeed.tokens import Granted, TokenKeeper
from utils.lightspeed.transport import Answer, BoundedAdapter, Deadline
from utils.marsha import signing
from utils.marsha.benchmarks import Benchmarks, Indices, Trio
from utils.marsha.errors import MarshaError, understood
from utils.marsha.storage import MarshaConnection
from utils.shapes import Document

CALL_S: Final = 40.0
"""Bound of a call, its turn in the budget included: less than a lease of the outbox."""

SOURCE, SIMULATED = "X-Source", "simulation"
"""The header by which a simulator says that it is one."""

MOST_ERRORS: Final = 50
_BOUNDS: Final = (("pointer", 80), ("code", 40), ("message", 300))
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_AMOUNT: Final = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,6})?", re.ASCII)
_BUSY, _PASSING, _OK = (429, 503), (408, 500, 502, 504), (200, 201)
_log = structlog.get_logger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """What MARSHA reproaches a submission: where, a code, its words (from outside: shown escaped, cut short)."""

    pointer: str
    code: str
    message: str

    def as_json(self) -> Document:
        """As the book keeps it."""
        return {"pointer": self.pointer, "code": self.code, "message": self.message}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What MARSHA says of a submission that it holds. ``digest``: of the bytes that it received."""

    id: str
    status: str
    digest: str
    received_at: datetime | None
    errors: Sequence[Fault]
    replayed: bool
    source: str
    """``demo`` when a simulator gave it, ``live`` otherwise."""

    benchmarks: Benchmarks | None
    body: str


class MarshaClient:
    """MARSHA of one hotel; everything raises ``MarshaConfigError`` or ``MarshaError``."""

    def __init__(
        self, keeper: TokenKeeper, budget: Budget, *, inside: BoundedAdapter | None = None, patience_s: float = CALL_S
    ) -> None:
        self._keeper = keeper
        self._budget = budget
        self._adapter = inside or BoundedAdapter()
        self._patience_s = patience_s

    def test(self) -> str:
        """The name of the property that answers: what a new connection is tried with."""
        return legible(str(self._json(self._asked("", {})).get("name", "")))

    def submit(self, body: bytes, key: str) -> Receipt:
        """Send these bytes under this key: the receipt, were it that of an earlier try."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": f'"{key}"'}
        answer = self._exchanged("POST", "/dbrs", {}, headers, body)
        if answer.status in _OK:
            return self._receipt(answer)
        document = self._problem(answer)
        held = document.get("code") in ("already-final", "idempotency-mismatch")
        if answer.status in (409, 422) and held:
            raise MarshaError("conflit", status=answer.status)
        if answer.status == 409:  # noqa: PLR2004 - the same key is being received
            raise MarshaError("occupe", status=409, retry_after=5)
        raise self._failure(answer, document)

    def find(self, day: date, sequence: int) -> Receipt | None:
        """The receipt of a sequence of a date, asked for; nothing when MARSHA holds none."""
        params = {"businessDate": day.isoformat(), "submissionSeq": str(sequence)}
        return self._maybe("/dbrs", params, self._receipt)

    def status(self, submission_id: str) -> Receipt | None:
        """What MARSHA says of a submission now."""
        return self._maybe(f"/dbrs/{submission_id}", {}, self._receipt)

    def benchmarks(self, day: date) -> Benchmarks | None:
        """The comp set of a date; nothing while MARSHA has none, which is no error."""
        return self._maybe(
            "/comp-set/benchmarks",
            {"businessDate": day.isoformat()},
            lambda answer: read_benchmarks(self._json(answer), day, _source(answer)),
        )

    def position(self, day: date) -> tuple[int, int, str] | None:
        """Our rank, among how many, by what; as received."""
        return self._maybe("/market-position", {"businessDate": day.isoformat()}, self._position)

    def _maybe(self, path: str, params: Mapping[str, str], read: Callable[[Answer], T]) -> T | None:
        try:
            return read(self._asked(path, params))
        except MarshaError as error:
            if error.kind == "absent":
                return None
            raise

    def _asked(self, path: str, params: Mapping[str, str]) -> Answer:
        answer = self._exchanged("GET", path, params, {}, None)
        if answer.status != 200:  # noqa: PLR2004 - HTTP
            raise self._failure(answer, self._problem(answer))
        return answer

    def _exchanged(
        self, method: str, path: str, params: Mapping[str, str], headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        """One exchange, its token renewed once if it is refused; each try has a signature of its own."""
        deadline = Deadline(CALL_S)
        with understood():
            granted = self._keeper.ensure()
            answer = self._sent(granted, method, (path, params), headers, body, deadline)
            if answer.status == 401 and self._problem(answer).get("code") == "invalid-token":  # noqa: PLR2004
                granted = self._keeper.renew(granted.version)
                answer = self._sent(granted, method, (path, params), headers, body, deadline)
        return answer

    def _sent(
        self,
        granted: Granted,
        method: str,
        where: tuple[str, Mapping[str, str]],
        headers: Mapping[str, str],
        body: bytes | None,
        deadline: Deadline,
    ) -> Answer:
        link = cast("MarshaConnection", granted.connection)
        path, params = where
        query = f"?{urlencode(params)}" if params else ""
        url = f"{link.base_url.rstrip('/')}/api/v1/properties/{link.account}{path}{query}"
        told = {"Accept": "application/json", "X-Request-Id": secrets.token_hex(8), "X-Marsha-Tenant": link.tenant}
        self._budget.acquire(Deadline(min(self._patience_s, deadline.left())))
        told |= {**headers, **signing.signed(method, url, headers, body, link.key(), dates.now())}
        token = granted.tokens.access_token
        request = transport.asked(url, {}, told, token, body)
        return transport.exchange(self._adapter, request, deadline)

    def _failure(self, answer: Answer, document: Document) -> MarshaError:
        """What a status means; the text of the answer is never repeated."""
        status, code = answer.status, document.get("code")
        _log.info("marsha.refus", status=status, code=str(code)[:40])
        wait = retry_after(answer.headers.get("Retry-After"), dates.now())
        kinds = {401: "signature" if code == "bad-signature" else "reconnecter", 403: "portee", 404: "absent"}
        kind = kinds.get(status, "requete")
        if status in _BUSY:
            kind = "occupe"
        elif status in _PASSING:
            kind = "serveur"
        return MarshaError(kind, status=status, retry_after=wait)

    @staticmethod
    def _problem(answer: Answer) -> Document:
        """The problem that an answer tells; empty when it tells none."""
        try:
            with understood():
                return mapping.load(answer.body)
        except MarshaError:
            return {}

    @staticmethod
    def _json(answer: Answer) -> Document:
        if answer.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            raise MarshaError("inattendu", status=answer.status)
        with understood():
            return mapping.load(answer.body)

    def _receipt(self, answer: Answer) -> Receipt:
        document = self._json(answer)
        submission, status = document.get("id"), document.get("status")
        if not isinstance(submission, str) or not _ID.fullmatch(submission) or not isinstance(status, str):
            raise MarshaError("inattendu", status=answer.status)
        found = document.get("benchmarks")
        day = _day(document.get("businessDate"))
        return Receipt(
            submission,
            status,
            str(document.get("bodyDigest", "")),
            _instant(document.get("receivedAt")),
            faults(document.get("errors")),
            answer.headers.get("Idempotent-Replayed") == "true",
            _source(answer),
            read_benchmarks(found, day, _source(answer)) if isinstance(found, dict) and day else None,
            legible(answer.body.decode("utf-8", "replace"), 2000),
        )

    def _position(self, answer: Answer) -> tuple[int, int, str]:
        document = self._json(answer)
        rank, among = document.get("rank"), document.get("of")
        if type(rank) is not int or type(among) is not int or not 1 <= rank <= among:
            raise MarshaError("inattendu", status=answer.status)
        return rank, among, legible(str(document.get("metric", "")))


def faults(given: Any) -> tuple[Fault, ...]:  # noqa: ANN401 - JSON
    """The reproaches of an answer or a notice, each text bounded."""
    lines = given if isinstance(given, list) else []
    told = [one for one in lines[:MOST_ERRORS] if isinstance(one, dict)]
    return tuple(Fault(*(legible(str(one.get(name, "")), most) for name, most in _BOUNDS)) for one in told)


def read_benchmarks(document: Document, day: date, source: str) -> Benchmarks:
    """A set as the contract writes it: only what is of the whole set is read, never a member’s own figure."""
    status, compset = str(document.get("status", "")), document.get("compSet")
    size = compset.get("size") if isinstance(compset, dict) else None
    if status not in ("final", "preliminary", "unavailable") or _day(document.get("businessDate", str(day))) != day:
        raise MarshaError("inattendu")
    given = document.get("indices")
    given = given if isinstance(given, dict) else {}
    return Benchmarks(
        day,
        status if type(size) is int else "unavailable",
        size if type(size) is int and size >= 0 else 0,
        bool(compset.get("includesSubject", False)) if isinstance(compset, dict) else False,
        Trio(*(_figure(document.get(name)) for name in Trio._fields)),
        Indices(*(_figure(given.get(name)) for name in Indices._fields)),
        source,
    )


def _source(answer: Answer) -> str:
    return "demo" if answer.headers.get(SOURCE) == SIMULATED else "live"


def _figure(value: Any) -> Decimal | None:  # noqa: ANN401 - JSON
    """An amount, a percent or an index; nothing for what is none."""
    text = value if isinstance(value, str) else str(value) if isinstance(value, Decimal | int) else ""
    return Decimal(text) if _AMOUNT.fullmatch(text) else None


def _day(value: Any) -> date | None:  # noqa: ANN401 - JSON
    try:
        return dates.read_date(value if isinstance(value, str) else "")
    except dates.DateError:
        return None


def _instant(value: Any) -> datetime | None:  # noqa: ANN401 - JSON
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
