"""The connection of a hotel with MARSHA as people handle it: connect, come back from its page, disconnect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from database import journal, properties
from database.journal import Entry
from database.nights import as_text
from database.properties import Hotel
from database.transaction import read, write
from utils import dates
from utils.actions.marsha.clients import free_budget, installation
from utils.actions.person import Person, actor
from utils.actions.refusals import Conflict, Unavailable, Unreadable
from utils.lightspeed import storage as shared
from utils.lightspeed import webhooks
from utils.lightspeed.errors import LightspeedConfigError
from utils.lightspeed.tokens import TokenKeeper
from utils.lightspeed.transport import is_plain_loopback, verified
from utils.lightspeed.trial import trial_keeper
from utils.marsha import signing, storage
from utils.marsha.client import MarshaClient
from utils.marsha.errors import MarshaConfigError, MarshaError, understood
from utils.marsha.storage import MarshaConnection, MarshaStore
from utils.rj.reading import Problem
from utils.shapes import Document

TEXTS: Final = ("client_id", "client_secret", "tenant", "property_code", "signing_key", "signing_key_id")
OPTIONS: Final = ("webhook_secret",)
SWITCHED_OFF: Final = "MARSHA est arrêté par un réglage de l’installation (MARSHA_ENABLED=non)."
NO_ADDRESS: Final = "L’adresse de MARSHA (MARSHA_BASE_URL) n’est pas réglée dans cette installation."
DEMO_STAYS: Final = "Un hôtel de démonstration ne se relie qu’à un simulateur de cette machine."
_CODE: Final = re.compile(r"[A-Z0-9]{3,12}", re.ASCII)
_LONGEST: Final = {"tenant": 64, "signing_key_id": 64, "client_id": 200}
_MOST: Final = 500


def connect(person: Person, given: Any, session: str) -> Document:
    """Verify a connection, then keep it sealed: the property that answers, or the page where somebody must consent.

    Client and property code emptied together, the whole connection is forgotten. Raises ``Unreadable``, ``Conflict``,
    ``Unavailable``.
    """
    texts = _read(given)
    with read() as database:
        hotel = properties.property_by_id(database, person.property_id)
    if texts.get("property_code") == "" and texts.get("client_id") == "":
        _forget(hotel)
        _journaled(person, "reglages", {"liaison": "oubliée"})
        return {"auth_url": None, "hotel": None, "oubliee": True}
    if not installation().enabled:
        raise Conflict(SWITCHED_OFF)
    connection = _connection(hotel, texts)
    said = None
    with refused():
        if connection.grant_type == "client_credentials":
            said = MarshaClient(trial_keeper(connection), free_budget()).test()
        with understood():
            storage.configure(hotel.id, connection)
    with write() as database:
        if texts.get("webhook_secret"):
            shared.choose(database, hotel.id, {"webhook_secret": texts["webhook_secret"]}, storage.PROVIDER)
    told = {"code": connection.account, "client": connection.client_id, "tenant": connection.tenant}
    # of a secret the journal only keeps that it changed
    told |= {name: "changé" for name in ("client_secret", "signing_key", "webhook_secret") if texts.get(name)}
    _journaled(person, "reglages", told)
    page = None
    if connection.grant_type != "client_credentials":
        with refused(), understood():
            page = TokenKeeper(MarshaStore(hotel.id)).begin(session)
    return {"auth_url": page, "hotel": said, "oubliee": False}


def come_back(person: Person, callback: Mapping[str, str], session: str) -> None:
    """Finish what the authorization page began."""
    with refused(), understood():
        TokenKeeper(MarshaStore(person.property_id)).finish(callback, session)
    _journaled(person, "lien", "établi")


def disconnect(person: Person) -> bool:
    """Revoke, then forget the whole connection, secrets included; whether MARSHA said that it revoked."""
    with read() as database:
        hotel = properties.property_by_id(database, person.property_id)
        known = storage.is_set(database, hotel.id)
    if not known:
        raise Conflict("MARSHA n’est pas relié à cet hôtel.")
    revoked = _forget(hotel)
    _journaled(person, "lien", "coupé")
    return revoked


def _forget(hotel: Hotel) -> bool:
    store = MarshaStore(hotel.id)
    with refused(), understood():
        kept, revoked = store.load(), False
        if kept is not None:
            if installation().enabled or kept.tokens is None:
                revoked = TokenKeeper(store).disconnect()
            store.erase()
    return revoked


def _read(given: Any) -> dict[str, str]:
    """The texts of the form; raises ``Unreadable`` with every problem."""
    if not isinstance(given, dict):
        raise Unreadable("La liaison ne peut pas être lue.", [Problem("", "Un objet JSON est attendu.")])
    problems = [Problem(name, "Champ inconnu.") for name in given if name not in (*TEXTS, *OPTIONS)]
    texts = {name: one.strip() for name, one in given.items() if isinstance(one, str)}
    problems += [Problem(name, "Un texte est attendu.") for name, one in given.items() if not isinstance(one, str)]
    problems += list(flaws(texts))
    if problems:
        raise Unreadable("La liaison ne peut pas être acceptée.", problems)
    return texts


def flaws(texts: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with the texts of a connection."""
    for name, text in texts.items():
        if len(text) > _LONGEST.get(name, _MOST) or not text.isprintable():
            yield Problem(name, "Ce texte est trop long, ou contient un caractère invisible.")
    if "property_code" not in texts:
        yield Problem("property_code", "Le code de l’hôtel est nécessaire.")
    code, client = texts.get("property_code", ""), texts.get("client_id", "")
    if bool(code) != bool(client):
        missing = "client_id" if code else "property_code"
        yield Problem(missing, "Le code de l’hôtel et l’identifiant du client vont ensemble.")
    if code and not _CODE.fullmatch(code):
        yield Problem("property_code", "Le code de l’hôtel a de 3 à 12 majuscules et chiffres.")
    if texts.get("signing_key") and not signing.is_key(texts["signing_key"]):
        yield Problem("signing_key", "La clé de signature a au moins 32 octets, en base64.")
    if texts.get("webhook_secret") and not webhooks.is_secret(texts["webhook_secret"]):
        yield Problem("webhook_secret", "Un secret d’avis commence par « whsec_ » et finit en base64.")


def _connection(hotel: Hotel, texts: Mapping[str, str]) -> MarshaConnection:
    """The connection that the texts describe; a secret left empty is the one that is kept for the same client."""
    here = installation()
    if not here.base_url:
        raise Conflict(NO_ADDRESS)
    if hotel.demo and not is_plain_loopback(here.base_url):
        raise Conflict(DEMO_STAYS)
    with refused(), understood():
        for url in (here.base_url, here.auth_url or here.base_url):
            verified(url)
        kept = MarshaStore(hotel.id).load()
    known = kept.connection if kept is not None and kept.connection.client_id == texts["client_id"] else None
    secrets = {
        name: texts.get(name) or (getattr(known, name) if known else "")
        for name in ("client_secret", "signing_key", "signing_key_id")
    }
    if not secrets["client_secret"]:
        raise Unreadable("Il manque un secret.", [Problem("client_secret", "Le secret du client est nécessaire.")])
    return storage.installed(
        here.base_url,
        here.auth_url,
        redirect_uri=here.redirect_uri,
        account=texts["property_code"],
        client_id=texts["client_id"],
        grant_type=here.grant,
        tenant=texts.get("tenant", ""),
        **secrets,
    )


@contextmanager
def refused() -> Iterator[None]:
    """Turn what the client raises into refusals that say when to ask again."""
    try:
        yield
    except LightspeedConfigError as error:
        raise Conflict(str(MarshaConfigError(error.kind))) from None
    except MarshaError as error:
        later = error.kind in ("occupe", "serveur", "reseau", "delai")
        minutes = 5 if error.retry_after is None else max(1, -(-error.retry_after // 60))
        kind = Unavailable if later else Conflict
        raise kind(str(error), more={"retry_in_minutes": minutes if later else None}) from None


def _journaled(person: Person, what: str, said: Any) -> None:
    with write() as database:
        entry = Entry("liaison", field=f"marsha {what}", new=as_text(said))
        journal.append(database, person.property_id, actor(person), dates.now(), [entry])
