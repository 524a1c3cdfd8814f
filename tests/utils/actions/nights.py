"""A night through the API, as short as a test can say it; and the whole book, row by row."""

from contextlib import contextmanager
from datetime import date
from unittest import mock

from sqlalchemy import select, text

from database import properties, users
from database.base import db
from database.journal import Actor
from database.transaction import migrate, read, write
from database.triggers import drop, install
from tests.applications import login
from utils import dates
from utils.accounts import passwords

DAY = "2025-12-23"
PEOPLE = {
    "auditeur": "night_auditor",
    "superviseur": "front_desk_supervisor",
    "comptable": "accounting",
    "controleur": "controller",
    "adjoint": "gsm",
    "directeur": "gm",
    "admin": "admin",
}
"""The demonstration's accounts and their roles."""


def night(day=DAY, rest=""):
    """The address of a night, or of something of it."""
    return f"/api/rj/native/session/{day}{rest}"


def person(app, name="auditeur", domain="demo.hotel"):
    """A browser in which this account is signed in."""
    client = app.test_client()
    assert login(client, f"{name}@{domain}").status_code == 303
    return client


def opened(client, day=DAY):
    """Open a night; its version."""
    answer = client.post(night(day))
    assert answer.status_code in (200, 201), answer.text
    return answer.json["version"]


def patch(client, tab, values=None, *, saisies=None, version=None, day=DAY):
    """Send a change of a tab, read at this version or at the present one; the answer, whatever it is."""
    version = client.get(night(day)).json["version"] if version is None else version
    given = {"values": values, "saisies": saisies}
    return client.patch(
        night(day, f"/{tab}"), json={"version": version} | {k: v for k, v in given.items() if v is not None}
    )


def save(client, tab, values=None, **more):
    """The same, which must succeed; the document of the answer."""
    answer = patch(client, tab, values, **more)
    assert answer.status_code == 200, answer.text
    return answer.json


def tab_of(client, tab, day=DAY):
    """One tab as the API shows it."""
    return client.get(night(day, f"/{tab}")).json


def values_of(client, tab, day=DAY):
    """The values of a tab."""
    return tab_of(client, tab, day)["values"]


def whole(client, day=DAY):
    """The whole night."""
    answer = client.get(night(day))
    assert answer.status_code == 200, answer.text
    return answer.json


def story(client, day=DAY):
    """The journal of a night."""
    return client.get(night(day, "/journal")).json["entrees"]


def actions(client, day=DAY):
    """The actions of the journal of a night, in order."""
    return [entry["action"] for entry in story(client, day)]


def submit(client, day=DAY, *, en_attente=False, **motifs):
    """Ask for a submission; a reason for every check or remark that asks for one is added to those given."""
    demands = whole(client, day)["demandes"]
    asked = [result["cle"] for result in demands["avertissements"]] + [r["champ"] for r in demands["remarques"]]
    document = {"motifs": dict.fromkeys(asked, "vu") | motifs, "en_attente": en_attente}
    return client.post(night(day, "/soumettre"), json=document)


def locked(client, day=DAY):
    """Submit a night which the hotel then locks by itself."""
    answer = submit(client, day)
    assert (answer.status_code, answer.json["etat"]) == (200, "locked"), answer.text


def reopened(client, day=DAY, motif="relecture"):
    """Open a correction."""
    answer = client.post(night(day, "/rouvrir"), json={"motif": motif})
    assert (answer.status_code, answer.json["etat"]) == (200, "correcting"), answer.text


def problems(answer):
    """Paths of a refusal with their sentences."""
    assert answer.content_type == "application/problem+json", answer.text
    return {error["chemin"]: error["message"] for error in answer.json["erreurs"]}


def book(app, *without):
    """Every row of every table, but for the tables named."""
    with app.app_context(), read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in db.metadata.sorted_tables
            if table.name not in without
        }


def rows(app, statement, **parameters):
    """The rows of a statement."""
    with app.app_context(), read() as connection:
        return connection.execute(text(statement), parameters).all()


def tamper(app, statement, **parameters):
    """Run a statement as somebody who has the database in hand; how many rows it changed."""
    with app.app_context(), migrate() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            return connection.execute(text(statement), parameters).rowcount
        drop(connection)
        changed = connection.execute(text(statement), parameters).rowcount
        install(connection)
        return changed


def set_policy(app, day=date(2024, 12, 1), code="DEMO", **document):
    """Put settings of a hotel in force from a day."""
    with app.app_context(), write() as connection:
        hotel = properties.property_by_code(connection, code)
        properties.write_settings(connection, hotel.id, day, document, Actor(None, "essai"), dates.now())


SECOND = {
    "code": "AUTRE",
    "name": "L'autre hôtel",
    "currency": "CAD",
    "time_zone": "America/Toronto",
    "opening_date": date(2024, 12, 1),
    "demo": True,
}


def second_hotel(app, name="voisin", role="admin"):
    """Another hotel, with an account that works only there."""
    hashed = passwords.hashed("demo-RJ-2026")
    with app.app_context(), write() as connection:
        hotel = properties.property_by_code(connection, "AUTRE")
        hotel = hotel or properties.create_property(connection, SECOND, Actor(None, "essai"), dates.now())
        more = {"must_change_password": False}
        user = users.create_account(connection, f"{name}@autre.hotel", name.title(), hashed, dates.now(), **more)
        users.give_role(connection, user, hotel.id, role)
    return person(app, name, "autre.hotel")


@contextmanager
def clock(moment):
    """The product's clock stands at this instant (text with its offset)."""
    with mock.patch.object(dates, "now", return_value=dates.read_instant(moment)):
        yield
