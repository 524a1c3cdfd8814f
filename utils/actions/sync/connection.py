"""The connection of a hotel to the PMS as people handle it: configure, test, authorise, disconnect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from database import journal, properties
from database.journal import Entry
from database.nights import as_text
from database.transaction import read, write
from utils import dates
from utils.actions.person import Person, actor
from utils.actions.refusals import Conflict, Unavailable, Unreadable
from utils.actions.sync.clients import client_of, installation
from utils.lightspeed import storage, webhooks
from utils.lightspeed.client import LightspeedClient
from utils.lightspeed.clients import Client
from utils.lightspeed.errors import LightspeedAPIError, LightspeedAuthError, LightspeedError
from utils.lightspeed.legible import legible
from utils.lightspeed.oauth import Connection
from utils.lightspeed.reports import Account
from utils.lightspeed.storage import PropertyStore
from utils.lightspeed.tokens import TokenKeeper
from utils.lightspeed.trial import trial_client
from utils.rj.reading import Problem

GRANTS: Final = ("authorization_code", "client_credentials")
PATIENCE_MIN: Final = 5
_ACCOUNT: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_LONGEST: Final = 500
_FIELDS: Final = ("account", "client_id", "client_secret", "grant_type", "webhook_secret", "auto_sync")


def configure(person: Person, given: Any) -> str | None:
    """Keep the connection of the hotel; what there is to say of it, if anything. Raises ``Unreadable``.

    What is not given stays as it is. An empty secret leaves the one that is kept, ``null`` forgets that of the notices;
    account and client emptied together, the whole connection is forgotten.
    """
    values, hotel_id = _read(given), person.property_id
    if "account" in values and not values["account"]:
        _erase(hotel_id)
    elif (connection := _connection(hotel_id, values)) is not None:
        with _understood():
            storage.configure(hotel_id, connection)
    chosen: dict[str, Any] = {name: values[name] for name in ("auto_sync", "webhook_secret") if name in values}
    with write() as database:
        storage.choose(database, hotel_id, chosen)
        _journaled(database, person, "reglages", _said(values))
    return None if installation().enabled else storage.SWITCHED_OFF


def tell_seeded(person: Person, settings: Mapping[str, Any]) -> None:
    """Write in the journal that the settings of the installation gave the connection."""
    said = {"account": settings["property_id"], "client_id": settings["client_id"], "client_secret": "changé"}
    with write() as database:
        _journaled(database, person, "reglages", said | {"grant_type": settings["grant"]})


def test(person: Person, given: Any) -> dict[str, Any]:
    """Try the connection without keeping anything: the account that answers. Raises ``Conflict``, ``Unavailable``."""
    values = _read(given) if given else None
    with read() as database:
        hotel = properties.property_by_id(database, person.property_id)
    connection = _connection(hotel.id, values) if values else None
    with _understood():
        kept = PropertyStore(hotel.id, enabled=installation().enabled).load()
        if connection is None or (kept and kept.tokens and connection == kept.connection):
            return _told(client_of(hotel).get_account())
        if connection.grant_type == GRANTS[0]:
            raise Conflict("Enregistrez, puis autorisez l’accès : cette liaison passe par la page de Lightspeed.")
        return _told(trial_client(connection, hotel.currency).authenticate())


def authorize(person: Person, session: str) -> dict[str, Any]:
    """The address of the authorization page; or, without a page, the account that answers once connected."""
    client = _client(person)
    with _understood():
        kept = PropertyStore(person.property_id, enabled=installation().enabled).load()
        if kept is None or kept.connection.grant_type == GRANTS[0]:
            return {"auth_url": client.authorization_url(session)}
        return {"auth_url": None, "compte": _connected(person, client, None, session)}


def come_back(person: Person, callback: Mapping[str, str], session: str) -> dict[str, Any]:
    """Finish what the authorization page began. A grant for another account or currency is given back."""
    client = _client(person)
    if not isinstance(client, LightspeedClient):
        raise Conflict("Ce retour de Lightspeed n’est pas attendu : cet hôtel n’a pas de liaison.")
    with _understood():
        return _connected(person, client, callback, session)


def disconnect(person: Person) -> bool:
    """Revoke, then forget the whole connection, secrets included; whether Lightspeed said that it revoked.

    The hotel is cut in any case, even while the installation has Lightspeed switched off: then nobody is told.
    """
    revoked = _erase(person.property_id)
    if revoked is None:
        raise Conflict("Lightspeed n’est pas configuré pour cet hôtel.")
    with write() as database:
        _journaled(database, person, "lien", "coupé")
    return revoked


def _erase(property_id: int) -> bool | None:
    """Revoke what was granted and forget the connection; whether it was revoked, nothing when there was none."""
    with _understood():
        kept = PropertyStore(property_id).load()
        if kept is None or not kept.connection.account:
            return None
        told = installation().enabled or kept.tokens is None
        revoked = TokenKeeper(PropertyStore(property_id)).disconnect() if told else False
        PropertyStore(property_id).erase()
    return revoked


def _connected(person: Person, client: Client, callback: Mapping[str, str] | None, session: str) -> dict[str, Any]:
    try:
        account = client.authenticate(callback, session)
    except LightspeedAPIError as error:
        if error.kind == "inattendu":
            client.disconnect()
            raise Conflict("Ce compte de Lightspeed n’est pas celui de l’hôtel, ou n’a pas sa devise.") from None
        raise
    with write() as database:
        _journaled(database, person, "lien", "établi")
    return _told(account)


def _client(person: Person) -> Client:
    with read() as database:
        hotel = properties.property_by_id(database, person.property_id)
    return client_of(hotel)


def _told(account: Account) -> dict[str, Any]:
    """What a person needs to see that it is the right hotel."""
    return {
        "nom": legible(account.name),
        "compte": account.account_id,
        "devise": account.currency,
        "date_ouverte": account.current_business_date.isoformat(),
    }


def _read(given: Any) -> dict[str, Any]:
    """The fields of the form; raises ``Unreadable`` with every problem."""
    if not isinstance(given, dict):
        raise Unreadable("Les réglages ne peuvent pas être lus.", [Problem("reglages", "Un objet est attendu.")])
    texts = {name: given[name] for name in _FIELDS if name in given and name != "auto_sync"}
    forgotten = "webhook_secret" in texts and texts["webhook_secret"] is None
    if forgotten:
        texts["webhook_secret"] = ""
    problems = [Problem(name, "Un texte est attendu.") for name, text in texts.items() if not isinstance(text, str)]
    problems += [Problem(name, "Champ inconnu.") for name in given if name not in _FIELDS]
    if not isinstance(given.get("auto_sync", False), bool):
        problems.append(Problem("auto_sync", "Oui ou non est attendu."))
    if problems:
        raise Unreadable("Les réglages ne peuvent pas être lus.", problems)
    values: dict[str, Any] = {name: text.strip() for name, text in texts.items()}
    if found := list(flaws({**dict.fromkeys(_FIELDS, ""), **values})):
        raise Unreadable("Un réglage ne peut pas être accepté.", found)
    values |= {"auto_sync": given["auto_sync"]} if "auto_sync" in given else {}
    if forgotten:
        values["webhook_secret"] = None
    elif not values.get("webhook_secret"):
        values.pop("webhook_secret", None)
    return values


def flaws(values: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the fields of a connection, all of them texts, empty when they are not given."""
    for name in ("account", "client_id", "client_secret", "webhook_secret"):
        if len(values[name]) > _LONGEST or not values[name].isprintable():
            yield Problem(name, "Ce texte est trop long, ou contient un caractère invisible.")
    if values["account"] and not _ACCOUNT.fullmatch(values["account"]):
        yield Problem("account", "L’identifiant du compte n’a que des lettres, des chiffres, « - » et « _ ».")
    if bool(values["account"]) != bool(values["client_id"]):
        missing = "client_id" if values["account"] else "account"
        yield Problem(missing, "Le compte et l’identifiant du client vont ensemble.")
    if values["client_secret"] and not values["account"] and not values["client_id"]:
        yield Problem("client_secret", "Un secret va avec le compte et l’identifiant du client.")
    if values["grant_type"] and values["grant_type"] not in GRANTS:
        yield Problem("grant_type", f"Façons possibles : {', '.join(GRANTS)}.")
    if values["webhook_secret"] and not webhooks.is_secret(values["webhook_secret"]):
        yield Problem("webhook_secret", "Un secret d’avis commence par « whsec_ » et finit en base64.")


def _connection(property_id: int, values: Mapping[str, Any]) -> Connection | None:
    """The connection that the form describes, its secret taken from what is kept; nothing for an empty form."""
    if not values.get("account"):
        return None
    kept = PropertyStore(property_id).load()
    secret = values.get("client_secret") or (kept.connection.client_secret if kept else "")
    if not secret:
        raise Unreadable("Il manque un secret.", [Problem("client_secret", "Le secret du client est nécessaire.")])
    grant = values.get("grant_type") or (kept.connection.grant_type if kept else GRANTS[0])
    return replace(
        storage.installed(installation().base_url, installation().auth_url),
        redirect_uri=installation().redirect_uri,
        account=values["account"],
        client_id=values["client_id"],
        client_secret=secret,
        grant_type=grant,
    )


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal keeps of a change: never a secret, only that it changed."""
    said = {key: values[key] for key in ("account", "client_id", "grant_type", "auto_sync") if key in values}
    said |= {key: "changé" for key in ("client_secret", "webhook_secret") if values.get(key)}
    return said | ({"webhook_secret": "oublié"} if values.get("webhook_secret", "") is None else {})


@contextmanager
def _understood() -> Iterator[None]:
    """Turn what the client raises into refusals that say when to ask again."""
    try:
        yield
    except LightspeedAPIError as error:
        minutes = PATIENCE_MIN if error.retry_after is None else max(1, -(-error.retry_after // 60))
        raise Unavailable(str(error), more={"retry_in_minutes": minutes}) from None
    except LightspeedError as error:
        lost = isinstance(error, LightspeedAuthError)
        raise Conflict(str(error), more={"retry_in_minutes": None, "requires_re_auth": lost}) from None


def _journaled(database: Any, person: Person, what: str, said: Any) -> None:
    entry = Entry("liaison", field=what, new=as_text(said))
    journal.append(database, person.property_id, actor(person), dates.now(), [entry])
