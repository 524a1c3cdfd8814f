"""A night typed through the API by the tests that back up, storm and attack: as few words as can be."""

from sqlalchemy import select, text

from database.base import db
from database.transaction import read
from tests.applications import login
from tests.utils.actions.nights import REASON, wanted

DAY = "2025-12-23"


def night(day=DAY, rest=""):
    """The address of a night, or of something of it."""
    return f"/api/rj/native/session/{day}{rest}"


def person(app, name="auditeur"):
    """A browser in which this account of the demonstration is signed in."""
    client = app.test_client()
    assert login(client, f"{name}@demo.hotel").status_code == 303
    return client


def opened(client, day=DAY):
    """Open a night; its version."""
    answer = client.post(night(day))
    assert answer.status_code in (200, 201), answer.text
    return answer.json["version"]


def patch(client, tab, values=None, day=DAY, **more):
    """Send a change of a tab at the present version; the answer, whatever it is."""
    version = client.get(night(day)).json["version"]
    return client.patch(night(day, f"/{tab}"), json={"version": version, "values": values} | more)


def save(client, tab, values=None, day=DAY, **more):
    """The same, which must succeed."""
    answer = patch(client, tab, values, day, **more)
    assert answer.status_code == 200, answer.text
    return answer.json


def whole(client, day=DAY):
    """The whole night."""
    return client.get(night(day)).json


def locked(client, day=DAY):
    """Submit a night, answering all that is asked; the hotel then locks it by itself."""
    demands = whole(client, day)["demandes"]
    motifs = dict.fromkeys(wanted(demands), REASON)
    answer = client.post(night(day, "/soumettre"), json={"motifs": motifs, "en_attente": False})
    assert (answer.status_code, answer.json["etat"]) == (200, "locked"), answer.text


def reopened(client, day=DAY):
    """Open a correction."""
    assert client.post(night(day, "/rouvrir"), json={"motif": REASON}).status_code == 200


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
