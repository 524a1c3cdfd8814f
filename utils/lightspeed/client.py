"""The client of the PMS: ten reports, each for one business date, and the connection of the hotel.

No database and no Flask here: tokens and rate come from outside (``storage.client_for`` puts them together), so that
another source of the same reports can take this place.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypeVar

import structlog

from utils import dates
from utils.lightspeed import invariants, mapping, transport
from utils.lightspeed import reports as r
from utils.lightspeed.budget import Budget
from utils.lightspeed.errors import LightspeedAPIError, LightspeedAuthError, LightspeedConfigError, LightspeedUnchanged
from utils.lightspeed.exchanges import PATHS, Exchange
from utils.lightspeed.mapping import unexpected
from utils.lightspeed.retry import persistent
from utils.lightspeed.tokens import UNREADABLE, Granted, TokenKeeper
from utils.lightspeed.transport import Answer, BoundedAdapter, Deadline
from utils.shapes import Document

SCHEMA: Final = 2
"""Version of ``reports``: an ETag kept under another one is not used."""

SOURCE: Final = "X-Source"
"""The header by which a simulator says that its figures are invented."""

REPORT_S: Final = 45.0
HEADERS: Final = {"Accept": "application/json", "X-Api-Version": "1"}
LIMIT: Final = 200
PAGES: Final = 60
_PLAIN: Final = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)
"""What a cursor and an ETag may be."""


T = TypeVar("T")
_log = structlog.get_logger(__name__)


class LightspeedClient:
    """The PMS of one hotel. Every ``get_…`` raises ``LightspeedConfigError``, ``LightspeedAuthError`` or
    ``LightspeedAPIError``, and ``LightspeedUnchanged`` when it was given an ``etag`` that is still good.

    Amounts are ``Decimal`` dollars; ``about.breaches`` tells what does not hold in a closed date.
    """  # noqa: D205 - one sentence

    is_demo = False
    """Whether its figures are made up."""

    def __init__(self, keeper: TokenKeeper, budget: Budget, currency: str, *, report_s: float = REPORT_S) -> None:
        self._keeper = keeper
        self._budget = budget
        self._currency = currency
        self._report_s = report_s
        self._local = threading.local()
        self.exchanges: list[Exchange] = []
        """What was asked since this client was made, what was asked again included."""

    @property
    def requests(self) -> int:
        """How many requests were sent since this client was made, those asked again included."""
        return len(self.exchanges)

    def is_configured(self) -> bool:
        """Whether client, secret and account were given, even if they do not open any more; asks nobody."""
        try:
            self._keeper.kept()
        except LightspeedConfigError as error:
            return error.kind == UNREADABLE
        return True

    def is_connected(self) -> bool:
        """Whether there is a grant that was not lost; asks nobody."""
        try:
            kept = self._keeper.kept()
        except LightspeedConfigError:
            return False
        return kept.tokens is not None and kept.reauth_reason is None

    def authorization_url(self, person: str) -> str:
        """Where to send a person so that she grants access; ``person`` is an opaque text of her session."""
        return self._keeper.begin(person)

    def authenticate(self, callback: Mapping[str, str] | None = None, person: str = "") -> r.Account:
        """Connect, and read the account to see that it is the right one.

        With the parameters of the return from the authorization page, or without for an account that is set to
        client credentials.
        """
        if callback is None:
            self._keeper.connect_by_credentials()
        else:
            self._keeper.finish(callback, person)
        return self.get_account()

    def refresh_token(self) -> None:
        """Renew the tokens now, once however many ask: what keeps a grant alive that is used once a day."""
        self._keeper.renew(self._keeper.kept().version)

    def disconnect(self) -> bool:
        """Revoke, then forget; whether the server said that it did. The hotel is cut in any case."""
        return self._keeper.disconnect()

    def get_account(self) -> r.Account:
        """The account: its name, currency, zone and current business date."""
        answer = self._get("", {}, None, Deadline(self._report_s))
        account = mapping.read(r.Account, self._json(answer))
        if account.account_id != answer.account or account.currency != self._currency:
            raise unexpected("accountId, currency")
        return account

    def get_daily_revenue(self, business_date: date, etag: str | None = None) -> r.DailyRevenue:
        """Revenue lines, taxes, receipts and balances."""
        return self._report(r.DailyRevenue, business_date, etag)

    def get_room_statistics(self, business_date: date, etag: str | None = None) -> r.RoomStatistics:
        """Rooms, guests, ADR, RevPAR."""
        return self._report(r.RoomStatistics, business_date, etag)

    def get_ar_balance(self, business_date: date, etag: str | None = None) -> r.ArBalance:
        """The three ledgers."""
        return self._report(r.ArBalance, business_date, etag)

    def get_ar_aging(self, business_date: date, etag: str | None = None) -> r.ArAging:
        """Accounts receivable by age, every page."""
        return self._paged(r.ArAging, "accounts", business_date, etag)

    def get_cashier_report(self, business_date: date, etag: str | None = None) -> r.CashierReport:
        """The drawers of the cashiers."""
        return self._report(r.CashierReport, business_date, etag)

    def get_card_settlements(self, business_date: date, etag: str | None = None) -> r.CardSettlements:
        """The batches of the card terminals; never a card number."""
        return self._report(r.CardSettlements, business_date, etag)

    def get_house_guests(self, business_date: date, etag: str | None = None) -> r.HouseGuests:
        """Guests in the house, every page: personal data, to count and not to keep."""
        return self._paged(r.HouseGuests, "guests", business_date, etag)

    def get_no_shows(self, business_date: date, etag: str | None = None) -> r.NoShows:
        """Reservations that nobody came for."""
        return self._report(r.NoShows, business_date, etag)

    def get_market_segments(self, business_date: date, etag: str | None = None) -> r.MarketSegments:
        """Rooms and revenue by market segment."""
        return self._report(r.MarketSegments, business_date, etag)

    def get_on_the_books(self, business_date: date, etag: str | None = None) -> r.OnTheBooks:
        """What is booked for each night from this one to a year later."""
        return self._report(r.OnTheBooks, business_date, etag)

    def _report(self, kind: type[T], day: date, etag: str | None) -> T:
        answer = self._get(PATHS[kind], {"businessDate": day.isoformat()}, etag, Deadline(self._report_s))
        document = self._json(answer)
        return invariants.checked(mapping.read(kind, document, about=self._about(document, answer, day)))

    def _paged(self, kind: type[T], items: str, day: date, etag: str | None) -> T:
        """Every page of a report; begun again once when it changed meanwhile."""
        deadline = Deadline(self._report_s)
        for _ in range(2):
            try:
                answer, document = self._pages(PATHS[kind], items, day, etag, deadline)
            except _SnapshotChanged:
                continue
            return invariants.checked(mapping.read(kind, document, about=self._about(document, answer, day)))
        raise LightspeedAPIError("Le rapport change pendant qu’on le lit.", "revision", status=409, retry_after=60)

    def _pages(self, path: str, items: str, day: date, etag: str | None, deadline: Deadline) -> tuple[Answer, Document]:
        params = {"businessDate": day.isoformat(), "limit": str(LIMIT)}
        first = answer = self._get(path, params, etag, deadline)
        whole = document = self._json(answer)
        seen: set[str] = set()
        revision, every = document.get("revision"), list(_items(document, items))
        while (cursor := _cursor(document)) is not None:
            if cursor in seen or len(seen) >= PAGES:
                raise unexpected("page.nextCursor")
            seen.add(cursor)
            answer = self._get(path, {**params, "cursor": cursor}, None, deadline)
            document = self._json(answer)
            self._about(document, answer, day)
            if document.get("revision") != revision:
                raise _SnapshotChanged
            every += _items(document, items)
        return first, {**whole, items: every}

    def _get(self, path: str, params: Mapping[str, str], etag: str | None, deadline: Deadline) -> Answer:
        """One GET, its token renewed once if it is refused; an answer that is not 200 raises."""
        granted = self._keeper.ensure()
        answer = self._sent(path, params, etag, granted, deadline)
        if answer.status == 401:  # noqa: PLR2004 - HTTP
            granted = self._keeper.renew(granted.version)
            answer = self._sent(path, params, etag, granted, deadline)
        if answer.status != 200:  # noqa: PLR2004 - HTTP
            raise _failure(answer, asked=etag is not None)
        return answer

    def _sent(
        self, path: str, params: Mapping[str, str], etag: str | None, granted: Granted, deadline: Deadline
    ) -> Answer:
        connection = granted.connection
        url = f"{connection.base_url.rstrip('/')}/accounts/{connection.account}{path}"
        headers = {**HEADERS, "X-Request-Id": secrets.token_hex(8)}
        if etag is not None:
            headers["If-None-Match"] = etag
        adapter: BoundedAdapter | None = getattr(self._local, "adapter", None)
        if adapter is None:  # the open connections of this thread
            adapter = self._local.adapter = BoundedAdapter()
        request = transport.asked(url, params, headers, granted.tokens.access_token)

        def send() -> Answer:
            self._budget.acquire(deadline)
            exchange = self._local.exchange = Exchange(path, dates.now())
            self.exchanges.append(exchange)
            began = time.monotonic()
            try:
                answer = transport.exchange(adapter, request, deadline)
                exchange.status, exchange.size = answer.status, len(answer.body)
            finally:
                exchange.milliseconds = int(1000 * (time.monotonic() - began))
            return answer

        return replace(persistent(send, deadline), account=connection.account)

    @staticmethod
    def _json(answer: Answer) -> Document:
        if answer.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            raise unexpected("Content-Type")
        return mapping.load(answer.body)

    def _about(self, document: Document, answer: Answer, day: date) -> r.About:
        """The envelope, held against what was asked: an answer about something else is not believed."""
        about = mapping.read(r.About, document)
        if about.business_date != day:
            raise unexpected("businessDate")
        if about.account_id != answer.account:
            raise unexpected("accountId")
        if about.currency != self._currency:
            raise unexpected("currency")
        if about.revision < 1:
            raise unexpected("revision")
        self._local.exchange.revision = about.revision
        notices = [name for name in ("Sunset", "Deprecation") if name in answer.headers]
        told = ("Lightspeed annonce la fin de cette version de ses rapports.",) if notices else ()
        source = "demo" if answer.headers.get(SOURCE) == "demo" else "live"
        etag = answer.headers.get("ETag", "")  # kept if it is one that may be sent again
        return replace(about, source=source, etag=etag if _PLAIN.fullmatch(etag) else None, warnings=told)


class _SnapshotChanged(Exception):
    """The report changed between two pages."""


def _failure(answer: Answer, *, asked: bool) -> Exception:
    """What a status means; the text of the answer is never repeated."""
    status, request_id = answer.status, answer.headers.get("X-Request-Id")
    _log.info("lightspeed.refus", status=status, demande=(request_id or "")[:64])
    if status == 304 and asked:  # noqa: PLR2004 - HTTP
        return LightspeedUnchanged()
    if status == 401:  # noqa: PLR2004
        return LightspeedAuthError("Lightspeed refuse la liaison : un gestionnaire doit la rétablir.", "reconnecter")
    if status == 403:  # noqa: PLR2004
        return LightspeedAuthError("Lightspeed n’accorde pas ce rapport : rétablir la liaison.", "portee")
    if status == 404:  # noqa: PLR2004
        return LightspeedAPIError(
            "Lightspeed n’a pas ce rapport pour cette date.", "absent", status=status, request_id=request_id
        )
    if status == 409:  # noqa: PLR2004
        return _SnapshotChanged()
    return LightspeedAPIError("Lightspeed refuse la demande.", "requete", status=status, request_id=request_id)


def _items(document: Document, name: str) -> list[Any]:
    items = document.get(name)
    if not isinstance(items, list):
        raise unexpected(name)
    return items


def _cursor(document: Document) -> str | None:
    """The cursor of the next page: only it is used, never an address that the server would give."""
    page = document.get("page")
    if not isinstance(page, dict) or "nextCursor" not in page:
        raise unexpected("page")
    cursor = page["nextCursor"]
    if cursor is not None and not (isinstance(cursor, str) and _PLAIN.fullmatch(cursor)):
        raise unexpected("page.nextCursor")
    return cursor
