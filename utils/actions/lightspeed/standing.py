"""Where a hotel stands with the PMS: its connection, the synchronisation of a night, the last thirty nights."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from database import lightspeed, nights, properties, users
from database.lightspeed import Asked, Run
from database.models import RUNNING
from database.properties import Hotel
from database.transaction import read
from utils import dates
from utils.actions.filling import SUCCESS, attempt_of
from utils.actions.lightspeed.clients import client_of, installation
from utils.actions.lightspeed.progress import Progress, advance, as_json, removed_from
from utils.actions.lightspeed.proposals import proposals
from utils.actions.lightspeed.seed import told_of_settings
from utils.actions.person import Person
from utils.actions.state import NightState, need_night
from utils.dates import local
from utils.lightspeed import storage
from utils.lightspeed.controls import Told, same_base
from utils.lightspeed.storage import PropertyStore
from utils.lightspeed.tokens import UNREADABLE, is_complete
from utils.rj.catalogue import FIELDS
from utils.rj.writing import WRITERS, written
from utils.shapes import Document

_NAMED: Final = re.compile(r"\{([a-z_.]+)\}")
HISTORY: Final = 30
"""How many nights the history goes back."""

RUNS: Final = 20
"""How many synchronisations of one night are shown with their requests."""


def connection_standing(person: Person) -> Document:
    """The connection as it is kept; asks nobody and shows no secret."""
    with read() as database:
        hotel = properties.property_by_id(database, person.property_id)
        last, good = lightspeed.last_run(database, hotel.id), lightspeed.last_run(database, hotel.id, statuses=SUCCESS)
        options = storage.options_of(database, hotel.id)
    enabled = installation().enabled
    kept = PropertyStore(hotel.id).load()
    lost = kept is not None and kept.reauth_reason == UNREADABLE
    known = kept if kept is not None and (lost or is_complete(kept.connection)) else None
    tokens = known.tokens if known else None
    client = client_of(hotel)
    expired = tokens is not None and tokens.expires_at is not None and tokens.expires_at <= dates.now()
    return {
        "enabled": enabled,
        "message": None if enabled else storage.SWITCHED_OFF,
        "configured": client.is_configured() or known is not None,
        "connected": client.is_connected(),
        "token_expired": expired,
        "requires_re_auth": bool(known and known.reauth_reason),
        "secrets_lost": lost,
        "last_sync": _moment(hotel, good.ended_at) if good else None,
        "last_sync_night": good.audit_date.isoformat() if good else None,
        "last_attempt": _moment(hotel, last.ended_at or last.started_at) if last else None,
        "last_attempt_status": attempt_of(last, dates.now()) if last else None,
        "mode": "demo" if client.is_demo else "aucun" if known is None else "live" if enabled else "arrete",
        "compte": known.connection.account if known else None,
        "etablissement": hotel.name,
        "auto_sync": options.auto_sync,
    }


def chosen(person: Person) -> Document:
    """What the form of the configuration shows: never a secret, only whether there is one."""
    with read() as database:
        options = storage.options_of(database, person.property_id)
    kept = PropertyStore(person.property_id).load()
    connection = kept.connection if kept else None
    return {
        "installation": told_of_settings(person.property_id),
        "base_url": installation().base_url,
        "account": connection.account if connection else "",
        "client_id": connection.client_id if connection else "",
        "client_secret": bool(connection and connection.client_secret),
        "grant_type": connection.grant_type if connection else "authorization_code",
        "webhook_secret": bool(options.webhook_secret),
        "auto_sync": options.auto_sync,
    }


def sync_standing(person: Person, day: date) -> Document:
    """How far the synchronisation of a night is, or how the last one ended; raises ``NoSuchNight``."""
    with read() as database:
        state = need_night(database, person.property_id, day)
        run = lightspeed.last_run(database, person.property_id, day)
        readings = lightspeed.readings(database, person.property_id, day)
    values = state.night.values
    # what the PMS says beside the night, with ours on its base (`nuit`) and, apart, on our own (`notre`)
    controls: list[Document] = []
    for told in (Told.read(one) for reading in readings.values() for one in reading.controls):
        mine = same_base(told, values)
        shown: Document = {"libelle": told.label, "pms": told.value, "genre": told.kind, "base": told.base or ""}
        shown["nuit"] = None if mine is None else WRITERS[told.kind](mine)
        ours = next((name for name in told.fields if values.get(name) is not None), None)
        if ours is not None and told.our_base is not None:
            base = _NAMED.sub(lambda found: f"{values.get(found[1], '?')}", told.our_base)
            shown |= {"notre": written(FIELDS[ours], values[ours]), "notre_base": base}
        controls.append(shown)
    return {
        "date": day.isoformat(),
        **_run(state, run),
        "modifiable": state.editable,
        # what the PMS says of a date that it has not closed: shown, never kept in the night
        "apercu": [
            {"champ": name, "libelle": FIELDS[name].label, "pms": value}
            for reading in readings.values()
            if not reading.final
            for name, value in reading.figures.items()
        ],
        "controles": controls,
        "propositions": proposals(state, readings),
    }


def _run(state: NightState, run: Run | None) -> Document:
    """The latest run as the API tells it; the tabs as they wait when there was none."""
    if run is None:
        tabs = as_json(Progress.first_tabs())
        told = {"en_cours": False, "statut": None, "onglets": tabs, "rapports": {}, **advance(tabs, {})}
        return told | dict.fromkeys(("debut", "fin", "par", "message", "retry_in_minutes"))
    return {
        **advance(run.tabs, run.reports),
        "en_cours": run.status == RUNNING
        and dates.holds(run.started_at + lightspeed.LONGEST, dates.now(), lightspeed.LONGEST),
        "statut": attempt_of(run, dates.now()),
        "onglets": run.tabs,
        "rapports": run.reports,
        "debut": _moment(state.hotel, run.started_at),
        "fin": _moment(state.hotel, run.ended_at),
        "par": run.actor,
        "message": run.message,
        "retry_in_minutes": run.retry_minutes,
        "requetes": run.requests,
        "duree_ms": run.duration_ms,
        "ecrits": run.written,
        "retires": removed_from(run.tabs),
        "a_cote": run.beside,
    }


def _moment(hotel: Hotel, at: Any) -> str | None:
    return None if at is None else local(at, hotel.time_zone).isoformat(timespec="seconds")


def history(person: Person) -> list[dict[str, Any]]:
    """The last thirty nights that are open: their state, and how far their latest synchronisation came."""
    with read() as database:
        hotel = properties.property_by_id(database, person.property_id)
        days = [night.audit_date for night in nights.nights_of(database, hotel.id)][-HISTORY:]
        if not days:
            return []
        rows = nights.list_nights(database, hotel.id, days[0], days[-1])
        runs = lightspeed.last_runs(database, hotel.id, days[0], days[-1])
        names = users.names(database, {row.auditor_id for row in rows if row.auditor_id})
    told = {
        day: {**run._asdict(), "etat": attempt_of(run, dates.now()), "avancement": advance(run.tabs, run.reports)}
        for day, run in runs.items()
    }
    return [
        {"nuit": row, "run": told.get(row.audit_date), "auditeur": names.get(row.auditor_id or 0, "")} for row in rows
    ]


def month_states(person: Person, first: date, last: date) -> dict[date, str | None]:
    """How the latest synchronisation of each open night of a period came out; nothing of one that had none."""
    with read() as database:
        runs = lightspeed.last_runs(database, person.property_id, first, last)
        open_ones = nights.list_nights(database, person.property_id, first, last)
    at = dates.now()
    return {
        row.audit_date: attempt_of(runs[row.audit_date], at) if row.audit_date in runs else None for row in open_ones
    }


def runs_with_requests(person: Person, day: date) -> list[tuple[Run, list[Asked]]]:
    """The synchronisations of a date, latest first, each with what it asked of the PMS as long as that is kept."""
    with read() as database:
        runs = lightspeed.runs_of(database, person.property_id, day, RUNS)
        asked = lightspeed.requests_of(database, person.property_id, [run.id for run in runs])
    at = dates.now()
    return [(run._replace(status=attempt_of(run, at)), asked.get(run.id, [])) for run in runs]
