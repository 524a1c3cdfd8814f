"""Hotels do not act on one another: a role of a second hotel is accepted, and what one closes, it closes for itself."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text

from database import properties, users
from database.journal import Actor
from database.transaction import read, write
from database.verification import verify
from tests.applications import PASSWORD, login
from tests.database.test_properties import new_hotel
from tests.routes.test_utilisateurs import ids
from utils import dates
from utils.accounts import passwords
from utils.accounts.hotels import administer

HER, ADMIN, OTHER = "auditeur@demo.hotel", "admin@demo.hotel", "admin@autre.hotel"


@pytest.fixture
def other(app):
    """The administrator of a second hotel, signed in there."""
    with app.app_context():
        hotel = new_hotel("AUTRE")
        with write() as connection:
            kept = passwords.hashed(PASSWORD)
            mine = users.create_account(connection, OTHER, "Odile", kept, dates.now(), must_change_password=False)
        administer(Actor(mine, "Odile"), hotel.id)
    client = app.test_client()
    assert login(client, OTHER).status_code == 303
    return client


def invite(other):
    return other.post("/utilisateurs", data={"courriel": HER, "nom": "X", "role": "night_auditor"})


def roles(app):
    """The hotels where she has a role."""
    with app.app_context(), read() as connection:
        for hotel in properties.all_properties(connection):
            assert verify(connection, hotel.id) == []
        statement = "SELECT code, role FROM memberships JOIN properties p ON p.id = property_id WHERE user_id = :u"
        rows = connection.execute(text(f"{statement} ORDER BY code"), {"u": 1})
        return [tuple(row) for row in rows]


def signed_in(app, email=HER):
    client = app.test_client()
    login(client, email)
    client.read_token("/profil")
    return client


def answers(client):
    return re.findall(r"/profil/invitations/(\d+)/acceptation", client.get("/profil").text)


def test_a_role_elsewhere_is_offered_and_hers_once_she_accepts(app, other):
    assert ids(app)[HER] == 1
    assert invite(other).location == "/utilisateurs?fait=invitation"
    assert roles(app) == [("DEMO", "night_auditor")]
    assert HER in other.get("/utilisateurs").text
    her = signed_in(app)
    (found,) = answers(her)
    stranger = signed_in(app, "directeur@demo.hotel")
    assert stranger.post(f"/profil/invitations/{found}/acceptation").status_code == 422
    assert her.post(f"/profil/invitations/{found}/acceptation").status_code == 303
    assert roles(app) == [("AUTRE", "night_auditor"), ("DEMO", "night_auditor")]
    assert her.post(f"/profil/invitations/{found}/acceptation").status_code == 422, "once"
    with app.app_context(), read() as connection:
        told = connection.execute(text("SELECT body_text FROM outbox_messages WHERE kind = 'compte'")).scalars().all()
    assert ["vous offre un rôle" in one for one in told] == [True]


@pytest.mark.parametrize("end", ["refus", "retrait", "temps"])
def test_refused_withdrawn_or_old_it_gives_nothing(app, other, end):
    at = datetime(2026, 3, 1, 15, tzinfo=UTC)
    with time_machine.travel(at, tick=False) as clock:
        other = signed_in(app, OTHER)
        other.hotel = "AUTRE"
        invite(other)
        her = signed_in(app)
        (found,) = answers(her)
        if end == "refus":
            assert her.post(f"/profil/invitations/{found}/refus").status_code == 303
        elif end == "retrait":
            assert other.post("/utilisateurs/1/invitation/retrait").status_code == 303
        else:
            clock.shift(timedelta(days=15))
            her = signed_in(app)
        assert her.post(f"/profil/invitations/{found}/acceptation").status_code == 422
        assert answers(her) == []
    assert roles(app) == [("DEMO", "night_auditor")]


FORGED = {
    "ajoutée": "INSERT INTO invitations (user_id, property_id, role, invited_by, created_at)"
    " SELECT 1, id, 'admin', NULL, :at FROM properties WHERE code = 'AUTRE'",
    "rôle": "UPDATE invitations SET role = 'admin'",
    "auteur": "UPDATE invitations SET invited_by = 1",
    "heure": "UPDATE invitations SET created_at = :at",
}


@pytest.mark.parametrize("forged", FORGED)
def test_one_that_the_journal_does_not_say_is_named_gives_nothing_and_is_heard(app, other, forged):
    if forged != "ajoutée":
        invite(other)
    with app.app_context(), write() as connection:
        at = (dates.now() - timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
        given = {"at": at} if ":at" in FORGED[forged] else {}
        assert connection.execute(text(FORGED[forged]), given).rowcount == 1
    her = signed_in(app)
    (found,) = answers(her)
    told = her.post(f"/profil/invitations/{found}/acceptation")
    assert told.status_code == 422
    assert "n’est pas celle que dit le journal" in told.text
    with app.app_context(), read() as connection:
        held = connection.execute(text("SELECT count(*) FROM memberships WHERE user_id = 1")).scalar_one()
        heard = connection.execute(text("SELECT DISTINCT property_id FROM alerts WHERE cause LIKE 'invitation alt%'"))
        assert (held, len(heard.all())) == (1, 2)
        hotel = properties.property_by_code(connection, "AUTRE").id
        assert {one.place for one in verify(connection, hotel)} == {"invitations"}


def test_one_that_was_answered_does_not_come_back(app, other):
    invite(other)
    her = signed_in(app)
    (found,) = answers(her)
    with app.app_context(), read() as connection:
        row = connection.execute(text("SELECT * FROM invitations")).mappings().one()
    assert her.post(f"/profil/invitations/{found}/refus").status_code == 303
    with app.app_context(), write() as connection:
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO invitations ({names}) VALUES ({values})"), dict(row))  # noqa: S608 - ours
    assert her.post(f"/profil/invitations/{found}/acceptation").status_code == 422


def test_one_whose_person_is_erased_goes_with_them_and_the_journal_of_the_hotel_says_so(app, other):
    invite(other)
    admin = signed_in(app, ADMIN)
    assert admin.post("/utilisateurs/1/etat", data={"actif": "non"}).status_code == 303
    erased = app.test_cli_runner().invoke(args=["utilisateur", "effacer", "--oui", "--courriel", HER])
    assert erased.exit_code == 0, erased.output
    assert roles(app) == [("DEMO", "night_auditor")]
    with app.app_context(), read() as connection:
        assert connection.execute(text("SELECT count(*) FROM invitations")).scalar_one() == 0


def test_before_she_answers_her_hotel_keeps_its_hand_on_the_account(app, other):
    invite(other)
    admin = signed_in(app, ADMIN)
    assert admin.post("/utilisateurs/1/nom", data={"nom": "Auditrice"}).status_code == 303
    assert admin.post("/utilisateurs/1/etat", data={"actif": "non"}).status_code == 303
    assert other.get("/utilisateurs/1").status_code == 404
    assert other.post("/utilisateurs/1/etat", data={"actif": "oui"}).status_code == 404


def test_closed_for_a_hotel_its_role_and_its_sessions_end_and_no_other(app, other):
    invite(other)
    here, there = signed_in(app), signed_in(app)
    assert here.post(f"/profil/invitations/{answers(here)[0]}/acceptation").status_code == 303
    assert there.post("/hotels/AUTRE/travail").status_code == 303
    assert there.get("/api/moi").json["hotel"] == "AUTRE"
    admin = signed_in(app, ADMIN)
    assert "Fermer pour cet hôtel" in admin.get("/utilisateurs/1").text
    assert admin.post("/utilisateurs/1/etat", data={"actif": "non"}).status_code == 422
    assert admin.post("/utilisateurs/1/fermeture").status_code == 303
    assert here.get("/api/moi").status_code == 401, "her session of this hotel ended"
    assert there.get("/api/moi").json["hotel"] == "AUTRE", "that of the other goes on"
    assert roles(app) == [("AUTRE", "night_auditor")]
    again = signed_in(app)
    assert again.get("/api/moi").json["hotel"] == "AUTRE"


def test_nobody_closes_their_own(app):
    admin = signed_in(app, ADMIN)
    assert admin.post(f"/utilisateurs/{ids(app)[ADMIN]}/fermeture").status_code == 422


def test_the_same_administrator_everywhere_needs_no_answer(app):
    with app.app_context():
        hotel = new_hotel("AUTRE")
        with read() as connection:
            admin_id = users.account_by_email(connection, ADMIN).id
        administer(Actor(admin_id, "Administration"), hotel.id)
    admin = signed_in(app, ADMIN)
    admin.post("/hotels/AUTRE/travail")
    admin.hotel = "AUTRE"
    answer = admin.post("/utilisateurs", data={"courriel": HER, "nom": "X", "role": "night_auditor"})
    assert "avait déjà un compte" in answer.text
    assert roles(app) == [("AUTRE", "night_auditor"), ("DEMO", "night_auditor")]
