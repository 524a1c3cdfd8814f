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
from utils.lightspeed.trial import trial_client
from utils.rj.reading import Problem

GRANTS: Final = ("authorization_code", "client_credentials")
PATIENCE_MIN: Final = 5
_ACCOUNT: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_LONGEST: Final = 500
_FIELDS: Final = ("account", "client_id", "client_secret", "grant_type", "webhook_secret", "auto_sync")


def configure(person: Person, given: Any) -> None:
    """Keep the connection of the hotel; an empty secret leaves the one that is kept. Raises ``Unreadable``."""
    values = _read(given)
    connection = _connection(person.property_id, values)
    if connection is not None:
        with _understood():
            storage.configure(person.property_id, connection)
    with write() as database:
        secret = values.get("webhook_secret") or None
        storage.choose(database, person.property_id, auto_sync=bool(values["auto_sync"]), webhook_secret=secret)
        said = {key: values[key] for key in ("account", "client_id", "grant_type", "auto_sync")}
        said |= {key: "changé" for key in ("client_secret", "webhook_secret") if values.get(key)}
        _journaled(database, person, "reglages", said)


def test(person: Person, given: Any) -> dict[str, Any]:
    """Try the connection without keeping anything: the account that answers. Raises ``Conflict``, ``Unavailable``."""
    values = _read(given) if given else None
    with read() as database:
        hotel = properties.property_by_id(database, person.property_id)
    kept = PropertyStore(hotel.id, enabled=installation().enabled).load()
    connection = _connection(hotel.id, values) if values else None
    with _understood():
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
    """Revoke and forget; whether Lightspeed said that it did. The hotel is cut in any case."""
    with _understood():
        revoked = _client(person).disconnect()
    with write() as database:
        _journaled(database, person, "lien", "coupé")
    return bool(revoked)


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
    texts = {name: given.get(name, "") for name in _FIELDS if name != "auto_sync"}
    problems = [Problem(name, "Un texte est attendu.") for name, text in texts.items() if not isinstance(text, str)]
    problems += [Problem(name, "Champ inconnu.") for name in given.keys() - set(_FIELDS)]
    if not isinstance(given.get("auto_sync", False), bool):
        problems.append(Problem("auto_sync", "Oui ou non est attendu."))
    if problems:
        raise Unreadable("Les réglages ne peuvent pas être lus.", problems)
    values = {name: text.strip() for name, text in texts.items()} | {"auto_sync": given.get("auto_sync", False)}
    values["grant_type"] = values["grant_type"] or GRANTS[0]
    if found := list(_flaws(values)):
        raise Unreadable("Un réglage ne peut pas être accepté.", found)
    return values


def _flaws(values: Mapping[str, Any]) -> Iterator[Problem]:
    for name in ("account", "client_id", "client_secret", "webhook_secret"):
        if len(values[name]) > _LONGEST or not values[name].isprintable():
            yield Problem(name, "Ce texte est trop long, ou contient un caractère invisible.")
    if values["account"] and not _ACCOUNT.fullmatch(values["account"]):
        yield Problem("account", "L’identifiant du compte n’a que des lettres, des chiffres, « - » et « _ ».")
    if bool(values["account"]) != bool(values["client_id"]):
        missing = "client_id" if values["account"] else "account"
        yield Problem(missing, "Le compte et l’identifiant du client vont ensemble.")
    if values["grant_type"] not in GRANTS:
        yield Problem("grant_type", f"Façons possibles : {', '.join(GRANTS)}.")
    if values["webhook_secret"] and not webhooks.is_secret(values["webhook_secret"]):
        yield Problem("webhook_secret", "Un secret d’avis commence par « whsec_ » et finit en base64.")


def _connection(property_id: int, values: Mapping[str, Any]) -> Connection | None:
    """The connection that the form describes, its secret taken from what is kept; nothing for an empty form."""
    if not values["account"]:
        return None
    kept = PropertyStore(property_id).load()
    secret = values["client_secret"] or (kept.connection.client_secret if kept else "")
    if not secret:
        raise Unreadable("Il manque un secret.", [Problem("client_secret", "Le secret du client est nécessaire.")])
    return replace(
        storage.installed(installation().base_url, installation().auth_url),
        redirect_uri=installation().redirect_uri,
        account=values["account"],
        client_id=values["client_id"],
        client_secret=secret,
        grant_type=values["grant_type"],
    )


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
