"""Where a hotel stands with MARSHA: its connection, the board of its nights, a submission, the set beside ours."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from database import marsha, nights, properties
from database.marsha import Benchmark, Sent
from database.models.marsha import RECEIVED
from database.properties import Hotel
from database.transaction import read
from utils.actions.marsha.clients import installation, is_linked
from utils.actions.marsha.connection import SWITCHED_OFF
from utils.actions.marsha.documents import AUTO
from utils.actions.person import Person
from utils.actions.state import NightState, need_night
from utils.dates import local
from utils.lightspeed import storage as shared
from utils.lightspeed.tokens import UNREADABLE
from utils.marsha.benchmarks import Indices, Trio, exact, indices, rooms_to_100
from utils.marsha.storage import PROVIDER, MarshaConnection, MarshaStore
from utils.money import money_text, r2
from utils.shapes import Document

NIGHTS: Final = 30


class BoardLine(NamedTuple):
    """A night of the board: its state, the submissions of its date, latest first."""

    day: date
    status: str
    submissions: tuple[Sent, ...]


class Compared(NamedTuple):
    """Our night beside the set: figures in percents and dollars, indices in points; absent ones absent."""

    day: date
    kept: Benchmark
    ours: Trio
    indices: Indices
    rooms_to_100: Decimal | None
    gap: Decimal | None
    """Revenue of a night that would bring the RGI to 100, in dollars."""


def connection_standing(person: Person) -> Document:
    """The connection as it is kept; asks nobody and shows no secret."""
    here = installation()
    with read() as connection:
        hotel = properties.property_by_id(connection, person.property_id)
        linked, options = is_linked(connection, hotel), shared.options_of(connection, hotel.id, PROVIDER)
        auto = bool(properties.settings_document(connection, hotel.id, date.max).values.get(AUTO, True))
    kept = MarshaStore(hotel.id).load()
    link = kept.connection if kept is not None and kept.connection.account else None
    lost = kept is not None and kept.reauth_reason == UNREADABLE
    own = link if isinstance(link, MarshaConnection) else None
    return {
        "enabled": here.enabled,
        "message": None if here.enabled else SWITCHED_OFF,
        "mode": "arrete" if not here.enabled else "relie" if own else "simulation" if hotel.demo else "aucun",
        "linked": linked,
        "authorized": own is None or here.grant == "client_credentials" or bool(kept and kept.tokens),
        "requires_re_auth": bool(own and kept and kept.reauth_reason),
        "secrets_lost": lost,
        "base_url": here.base_url,
        "property_code": own.account if own else "",
        "client_id": own.client_id if own else "",
        "tenant": own.tenant if own else "",
        "signing_key": bool(own and own.signing_key),
        "signing_key_id": own.signing_key_id if own else "",
        "webhook_secret": bool(options.webhook_secret),
        "etablissement": hotel.name,
        "demo": hotel.demo,
        "auto": auto,
    }


def status_of(person: Person, day: date) -> Document:
    """Where the submission of a date stands, with every sequence of it; raises ``NoSuchNight``."""
    with read() as connection:
        state = need_night(connection, person.property_id, day)
        found = marsha.of_date(connection, person.property_id, day)
    return {
        "date": day.isoformat(),
        "nuit": state.status,
        "simulation": bool(found) and found[0].source == "demo",
        **(told(found[0], state.hotel) if found else {"etat": None}),
        "envois": [told(one, state.hotel) for one in found],
    }


def of_night(state: NightState) -> Document:
    """Where the DBRS of a night stands, for its own page; nothing of a night that was never locked."""
    if state.row["locked_at"] is None:
        return {"etat": None}
    with read() as connection:
        found = marsha.of_date(connection, state.hotel.id, state.day)
    if not found:
        return {"etat": None}
    return {"etat": found[0].status, "sequence": found[0].sequence, "simulation": found[0].source == "demo"}


def told(sent: Sent, hotel: Hotel) -> Document:
    """A submission as the API tells it."""
    return {
        "etat": sent.status,
        "sequence": sent.sequence,
        "revision": sent.revision,
        "marsha_response_id": sent.marsha_id,
        "cle": sent.idempotency_key,
        "empreinte": sent.digest,
        "essais": sent.attempts,
        "recu_a": _moment(hotel, sent.received_at),
        "decide_a": _moment(hotel, None if sent.status == RECEIVED else sent.settled_at),
        "erreur": sent.error,
        "motifs": list(sent.errors),
        "source": sent.source,
    }


def board(person: Person, last: date) -> list[BoardLine]:
    """The last thirty nights, latest first, with what left of each."""
    start = last - timedelta(days=NIGHTS - 1)
    with read() as connection:
        found = marsha.between(connection, person.property_id, start, last)
        rows = nights.list_nights(connection, person.property_id, start, last)
    by_day: dict[date, list[Sent]] = {}
    for one in found:
        by_day.setdefault(one.business_date, []).append(one)
    return [BoardLine(row.audit_date, row.status, tuple(by_day.get(row.audit_date, ()))) for row in rows]


def compared(connection: Connection, property_id: int, start: date, end: date) -> list[Compared]:
    """The nights of a period that have a set, beside it, latest first."""
    ours = {row.audit_date: row for row in nights.list_nights(connection, property_id, start, end)}
    found = []
    for kept in marsha.benchmarks(connection, property_id, start, end):
        row = ours.get(kept.business_date)
        mine = exact(row.rooms_sold, row.rooms_available, row.room_revenue) if row else Trio(None, None, None)
        available = row.rooms_available if row else None
        theirs = Trio(kept.occupancy, kept.adr, kept.revpar)
        gap = None
        if available and kept.revpar is not None and mine.revpar is not None:
            gap = r2((kept.revpar - mine.revpar) * available)
        needed = rooms_to_100(mine, theirs, available) if available else None
        shown = Trio(*(None if one is None else r2(one) for one in mine))
        found.append(Compared(kept.business_date, kept, shown, indices(mine, theirs), needed, gap))
    return found


def compared_day(person: Person, day: date) -> Compared | None:
    """A night beside its set, or nothing while there is none."""
    with read() as connection:
        need_night(connection, person.property_id, day)
        return next(iter(compared(connection, person.property_id, day, day)), None)


def benchmarks_of(person: Person, day: date) -> Document:
    """The set of a date beside our night, as the API tells it; amounts as text."""
    found = compared_day(person, day)
    if found is None:
        return {"date": day.isoformat(), "statut": "absent"}
    kept = found.kept
    return {
        "date": day.isoformat(),
        "statut": kept.status,
        "montre": kept.shown,
        "simulation": kept.source == "demo",
        "ensemble": {"taille": kept.set_size, "comprend_hotel": kept.includes_subject},
        "marche": _texts(occupation=kept.occupancy, adr=kept.adr, revpar=kept.revpar),
        "notre": _texts(occupation=found.ours.occupancy, adr=found.ours.adr, revpar=found.ours.revpar),
        "indices": _texts(**found.indices._asdict()),
        "recus": _texts(mpi=kept.mpi, ari=kept.ari, rgi=kept.rgi),
        "concordent": found.indices.agree,
    }


def position_of(person: Person, day: date) -> Document:
    """Our rank of a date, received and never worked out."""
    found = compared_day(person, day)
    rank = found.kept if found is not None and found.kept.shown and found.kept.rank is not None else None
    return {
        "date": day.isoformat(),
        "rang": rank.rank if rank else None,
        "sur": rank.rank_of if rank else None,
        "mesure": rank.metric if rank else None,
        "simulation": bool(rank and rank.source == "demo"),
    }


def _texts(**figures: Decimal | None) -> Document:
    return {name: None if one is None else money_text(r2(one)) for name, one in figures.items()}


def _moment(hotel: Hotel, at: Any) -> str | None:
    return None if at is None else local(at, hotel.time_zone).isoformat(timespec="seconds")
