"""A person at work on a night through the API, as short as a test can say it; and the whole book, row by row."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from unittest import mock
from weakref import WeakKeyDictionary

from sqlalchemy import text

from database import properties, users
from database.base import db
from database.journal import Actor
from database.properties import Described
from database.transaction import migrate, read, write
from database.triggers import drop, install
from tests.applications import PASSWORD, login
from utils import dates
from utils.accounts import passwords

DAY = "2025-12-23"
DEMO = "demo.hotel"
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

SECOND = Described("AUTRE", "L'autre hôtel", "CAD", "America/Toronto", date(2024, 12, 1), demo=True)
"""Another hotel."""


def night(day=DAY, rest=""):
    """The address of a night, or of something of it."""
    return f"/api/rj/native/session/{day}{rest}"


def after(day, days=1):
    """The date so many days after a date."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def problems(answer):
    """Paths of a refusal with their sentences."""
    assert answer.content_type == "application/problem+json", answer.text
    return {error["chemin"]: error["message"] for error in answer.json["erreurs"]}


def good(answer, status=200):
    """The document of an answer that must be a success."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    return answer.json


REASON = "vérifié au papier"
"""What is answered wherever a reason is asked."""


def wanted(demands):
    """What a submission wants a reason for, as ``motifs`` names it."""
    checks = [result["cle"] for result in demands["avertissements"]]
    return checks + [r["champ"] for r in demands["remarques"]] + [tab["cle"] for tab in demands["onglets"]]


class Person:
    """Somebody signed in, in front of one night."""

    def __init__(self, app, name="auditeur", day=DAY, domain=DEMO, client=None):
        self.app, self.name, self.day = app, name, day
        self.client = client or app.test_client()
        if client is None:
            assert login(self.client, f"{name}@{domain}").status_code == 303

    def on(self, day):
        """The same person, in front of another night."""
        return Person(self.app, self.name, day, client=self.client)

    def get(self, rest=""):
        return self.client.get(night(self.day, rest))

    def post(self, rest="", document=None):
        return self.client.post(night(self.day, rest), json=document)

    def send(self, method, rest="", **request):
        return self.client.open(night(self.day, rest), method=method, **request)

    def open(self):
        """Open the night; returns the person."""
        answer = self.post()
        assert answer.status_code in (200, 201), answer.text
        return self

    def take_over(self, **previous):
        """Give the *reprise*; returns the person."""
        good(self.client.put(night(self.day, "/reprise"), json=previous))
        return self

    def patch(self, tab, values=None, *, saisies=None, version=None):
        """Send a change of a tab, read at this version or at the present one; the answer, whatever it is."""
        version = self.whole()["version"] if version is None else version
        given = {"values": values, "saisies": saisies}
        document = {"version": version} | {key: value for key, value in given.items() if value is not None}
        return self.client.patch(night(self.day, f"/{tab}"), json=document)

    def save(self, tab, values=None, **more):
        """The same, which must succeed; the document of the answer."""
        return good(self.patch(tab, values, **more))

    def whole(self):
        """The whole night."""
        return good(self.get())

    def tab(self, tab):
        """One tab."""
        return good(self.get(f"/{tab}"))

    def values(self, tab):
        """The values of a tab."""
        return self.tab(tab)["values"]

    def computed(self, tab):
        """The figures of a tab."""
        return self.tab(tab)["computed"]

    def story(self):
        """The journal of the night."""
        return good(self.get("/journal"))["entrees"]

    def actions(self):
        """The actions of the journal, in order."""
        return [entry["action"] for entry in self.story()]

    def remarks(self):
        """What the night says aloud."""
        return [remark["message"] for remark in self.whole()["remarques"]]

    def submit(self, *, en_attente=False, **motifs):
        """Ask for a submission, with a reason wherever one is asked; the answer, whatever it is."""
        names = wanted(self.whole()["demandes"])
        document = {"motifs": dict.fromkeys(names, REASON) | motifs, "en_attente": en_attente}
        return self.post("/soumettre", document)

    def lock(self):
        """Submit the night, which the hotel then locks by itself; returns the person."""
        assert good(self.submit())["etat"] == "locked"
        return self

    def override(self, check, motif="entendu avec la direction"):
        return self.post("/derogations", {"check": check, "motif": motif})

    def reopen(self, motif="relecture du dossier"):
        """Open a correction; returns the person."""
        assert good(self.post("/rouvrir", {"motif": motif}))["etat"] == "correcting"
        return self


_browsers = WeakKeyDictionary()


def known(app, name, day):
    """Somebody of the demonstration, signed in once an application."""
    signed_in = _browsers.setdefault(app, {})
    if name not in signed_in:
        signed_in[name] = Person(app, name).client
    return Person(app, name, day, client=signed_in[name])


NIGHTS = frozenset(
    {
        *("night_audit_sessions", "night_tabs", "night_lines", "night_revisions", "submissions", "overrides"),
        *("changes", "journal_heads", "property_settings"),
    }
)
"""The tables that hold the nights, their journal and the settings."""


def book(app, *without, only=frozenset()):
    """Every row of every table or of some in the order of their keys, as the database gives it, but for some columns.

    By default the moment a session was last seen is left out.
    """
    without = without or ("seen_at",)
    with app.app_context(), read() as connection:
        return {
            table.name: list(map(tuple, connection.execute(plain(table, without)).all()))
            for table in db.metadata.sorted_tables
            if not only or table.name in only
        }


def plain(table, without):
    """What reads a table without interpreting its columns: a hundred nights are read before and after each refusal."""
    columns = ", ".join(f'"{column.name}"' for column in table.c if column.name not in without)
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    return text(f"SELECT {columns} FROM {table.name} ORDER BY {keys}")  # noqa: S608


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


def new_account(app, email, role, code="DEMO"):
    """Create an account, and the hotel when it is the second one."""
    hashed = passwords.hashed(PASSWORD)
    with app.app_context(), write() as connection:
        hotel = properties.property_by_code(connection, code)
        hotel = hotel or properties.create_property(connection, SECOND, Actor(None, "essai"), dates.now())
        name = email.partition("@")[0].title()
        user = users.create_account(connection, email, name, hashed, dates.now(), must_change_password=False)
        users.give_role(connection, user, hotel.id, role)


@contextmanager
def clock(moment):
    """The product's clock stands at this instant (text with its offset)."""
    with mock.patch.object(dates, "now", return_value=datetime.fromisoformat(moment)):
        yield
