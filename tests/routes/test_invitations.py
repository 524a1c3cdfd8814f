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
