"""The connection of a hotel to the PMS as people handle it: configure, test, authorise, disconnect."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from database import journal, properties
from database.journal import Entry
from database.nights import as_text
from database.transaction import read, write
from utils import dates
from utils.actions.lightspeed.clients import client_of, installation
from utils.actions.lightspeed.words import LABELS
from utils.actions.person import Person, actor
from utils.actions.refusals import Conflict, Unavailable, Unreadable
from utils.lightspeed import storage, webhooks
from utils.lightspeed.client import LightspeedClient
from utils.lightspeed.clients import Client
from utils.lightspeed.errors import LightspeedAPIError, LightspeedAuthError, LightspeedError
from utils.lightspeed.legible import legible
from utils.lightspeed.night import read_report
from utils.lightspeed.oauth import Connection
from utils.lightspeed.reports import Account
from utils.lightspeed.storage import PropertyStore
from utils.lightspeed.tokens import TokenKeeper
from utils.lightspeed.trial import trial_client
from utils.rj.reading import Problem
from utils.shapes import Document

GRANTS: Final = ("authorization_code", "client_credentials")
PATIENCE_MIN: Final = 5
_ACCOUNT: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of the form; what is not given is ``None``, and stays as it is kept."""

    account: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    grant_type: str | None = None
    webhook_secret: str | None = None
    auto_sync: bool | None = None
    forgets_webhook: bool = False
    """Whether the secret of the notices is to be forgotten (``null``)."""

    def said(self) -> Document:
        """What the journal keeps of a change: never a secret, only that it changed."""
        texts = {"account": self.account, "client_id": self.client_id, "grant_type": self.grant_type}
        said: Document = {
            key: value for key, value in (*texts.items(), ("auto_sync", self.auto_sync)) if value is not None
        }
        said |= {"client_secret": "changé"} if self.client_secret else {}
        webhook = "oublié" if self.forgets_webhook else "changé" if self.webhook_secret else None
        return said | ({"webhook_secret": webhook} if webhook else {})


@dataclass(frozen=True, slots=True)
class Tried:
    """What a trial came to: the account, how long it took to answer, the reports of a closed date that were read.

    ``failures``: why, by the French name of each report that could not be.
    """

    account: Document
    account_ms: int
    day: date
    asked: int
    read: int
    failures: Mapping[str, str]
    reports_ms: int


_TEXTS: Final = ("account", "client_id", "client_secret", "grant_type", "webhook_secret")


def configure(person: Person, given: Any) -> str | None:
    """Keep the connection of the hotel; what there is to say of it, if anything. Raises ``Unreadable``.

    What is not given stays as it is. An empty secret leaves the one that is kept, ``null`` forgets that of the notices;
    account and client emptied together, the whole connection is forgotten.
    """
    form, hotel_id = _read(given), person.property_id
    if form.account == "":
        _erase(hotel_id)
    elif (connection := _connection(hotel_id, form)) is not None:
        with _understood():
            storage.configure(hotel_id, connection)
    chosen: Document = {} if form.auto_sync is None else {"auto_sync": form.auto_sync}
    if form.webhook_secret or form.forgets_webhook:
        chosen["webhook_secret"] = form.webhook_secret
    with write() as database:
        storage.choose(database, hotel_id, chosen)
        _journaled(database, person, "reglages", form.said())
    return None if installation().enabled else storage.SWITCHED_OFF


def tell_seeded(person: Person, form: Form) -> None:
    """Write in the journal that the settings of the installation gave the connection."""
    with write() as database:
        _journaled(database, person, "reglages", form.said())


def test(person: Person, given: Any) -> Tried:
    """Try the connection without keeping anything. Raises ``Conflict``, ``Unavailable`` when the account is not heard.

    The reports are those of the last date that is closed; one that cannot be read is told and stops nothing.
    """
    form = _read(given) if given else None
    with read() as database:
        hotel = properties.property_by_id(database, person.property_id)
    connection = _connection(hotel.id, form) if form else None
    with _understood():
        kept = PropertyStore(hotel.id, enabled=installation().enabled).load()
        client: Client
        if connection is None or (kept and kept.tokens and connection == kept.connection):
            client = client_of(hotel)
            account = client.get_account()
        elif connection.grant_type == GRANTS[0]:
            raise Conflict("Enregistrez, puis autorisez l’accès : cette liaison passe par la page de Lightspeed.")
        else:
            client = trial_client(connection, hotel.currency)
            account = client.authenticate()
    answered = sum(one.milliseconds for one in client.exchanges)
    closed = account.current_business_date - timedelta(days=1)
    began, failures = time.monotonic(), dict[str, str]()
    for kind, label in LABELS.items():
        try:
            read_report(client, kind, closed)
        except LightspeedError as error:
            failures[label] = str(error)
    milliseconds = int(1000 * (time.monotonic() - began))
    return Tried(_told(account), answered, closed, len(LABELS), len(LABELS) - len(failures), failures, milliseconds)


def authorize(person: Person, session: str) -> Document:
    """The address of the authorization page; or, without a page, the account that answers once connected."""
    client = _client(person)
    with _understood():
        kept = PropertyStore(person.property_id, enabled=installation().enabled).load()
        if kept is None or kept.connection.grant_type == GRANTS[0]:
            return {"auth_url": client.authorization_url(session)}
        return {"auth_url": None, "compte": _connected(person, client, None, session)}


def come_back(person: Person, callback: Mapping[str, str], session: str) -> Document:
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


def _connected(person: Person, client: Client, callback: Mapping[str, str] | None, session: str) -> Document:
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


def _told(account: Account) -> Document:
    """What a person needs to see that it is the right hotel."""
    return {
        "nom": legible(account.name),
        "compte": account.account_id,
        "devise": account.currency,
        "date_ouverte": account.current_business_date.isoformat(),
    }


def _read(given: Any) -> Form:
    """The fields of the form; raises ``Unreadable`` with every problem."""
    if not isinstance(given, dict):
        raise Unreadable("Les réglages ne peuvent pas être lus.", [Problem("reglages", "Un objet est attendu.")])
    forgets = given.get("webhook_secret", "") is None
    texts = {name: given[name] for name in _TEXTS if name in given and not (forgets and name == "webhook_secret")}
    problems = [Problem(name, "Un texte est attendu.") for name, text in texts.items() if not isinstance(text, str)]
    problems += [Problem(name, "Champ inconnu.") for name in given if name not in (*_TEXTS, "auto_sync")]
    if not isinstance(given.get("auto_sync", False), bool):
        problems.append(Problem("auto_sync", "Oui ou non est attendu."))
    if problems:
        raise Unreadable("Les réglages ne peuvent pas être lus.", problems)
    stripped = {name: text.strip() for name, text in texts.items()}
    form = Form(**stripped, auto_sync=given.get("auto_sync"), forgets_webhook=forgets)
    if found := list(flaws(form)):
        raise Unreadable("Un réglage ne peut pas être accepté.", found)
    return form


def flaws(form: Form) -> Iterator[Problem]:
    """What is wrong with the texts of a connection."""
    for name in ("account", "client_id", "client_secret", "webhook_secret"):
        text: str = getattr(form, name) or ""
        if len(text) > _LONGEST or not text.isprintable():
            yield Problem(name, "Ce texte est trop long, ou contient un caractère invisible.")
    if form.account and not _ACCOUNT.fullmatch(form.account):
        yield Problem("account", "L’identifiant du compte n’a que des lettres, des chiffres, « - » et « _ ».")
    if bool(form.account) != bool(form.client_id):
        missing = "client_id" if form.account else "account"
        yield Problem(missing, "Le compte et l’identifiant du client vont ensemble.")
    if form.client_secret and not form.account and not form.client_id:
        yield Problem("client_secret", "Un secret va avec le compte et l’identifiant du client.")
    if form.grant_type and form.grant_type not in GRANTS:
        yield Problem("grant_type", f"Façons possibles : {', '.join(GRANTS)}.")
    if form.webhook_secret and not webhooks.is_secret(form.webhook_secret):
        yield Problem("webhook_secret", "Un secret d’avis commence par « whsec_ » et finit en base64.")


def _connection(property_id: int, form: Form) -> Connection | None:
    """The connection that the form describes, its secret taken from what is kept; nothing for an empty form."""
    if not form.account or form.client_id is None:
        return None
    kept = PropertyStore(property_id).load()
    secret = form.client_secret or (kept.connection.client_secret if kept else "")
    if not secret:
        raise Unreadable("Il manque un secret.", [Problem("client_secret", "Le secret du client est nécessaire.")])
    grant = form.grant_type or (kept.connection.grant_type if kept else GRANTS[0])
    return replace(
        storage.installed(installation().base_url, installation().auth_url),
        redirect_uri=installation().redirect_uri,
        account=form.account,
        client_id=form.client_id,
        client_secret=secret,
        grant_type=grant,
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
