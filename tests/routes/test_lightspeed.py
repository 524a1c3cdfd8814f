"""Lightspeed over HTTP: what the API answers, what it never shows, and who hears no."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from database.models import SyncRun
from database.transaction import write
from tests.utils.actions.lightspeed.synchro import WHEN, synthetic_hotel
from tests.utils.actions.nights import DAY, SECOND, Person, book, good, problems, rows
from tests.utils.lightspeed.conftest import ACCOUNT, RETURN, SECRET, consent, simulator
from utils import dates
from utils.lightspeed import storage
from utils.rj.catalogue import TABS

HOOK = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CONNECT, STATUS = "/api/lightspeed/connect", "/api/lightspeed/status"
SETTINGS = {"account": ACCOUNT, "client_id": "rj", "client_secret": SECRET}


def manager(app):
    return Person(app, "controleur").client


def told(app, running):
    """The installation, told where its PMS is."""
    storage._budgets.clear()
    app.config["SETTINGS"] = replace(
        app.config["SETTINGS"], lightspeed_base_url=running.address, lightspeed_redirect_uri=RETURN
    )


@pytest.fixture(params=[False, True], ids=["by the page", "by credentials"])
def place(request, app):
    """An installation before a simulator, and whether hotels connect without a page."""
    with simulator(credentials=request.param) as running:
        told(app, running)
        yield app, running, "client_credentials" if request.param else "authorization_code"


def test_configure_test_connect_and_cut(place):
    app, running, grant = place
    client, settings = manager(app), SETTINGS | {"grant_type": grant, "webhook_secret": HOOK, "auto_sync": True}
    tried = client.post(CONNECT, json={"action": "tester", "reglages": settings})
    if grant == "client_credentials":
        assert good(tried)["compte"]["compte"] == ACCOUNT
        assert rows(app, "SELECT count(*) FROM property_integrations") == [(0,)]  # trying keeps nothing
    else:
        assert tried.status_code == 409
    assert good(client.post(CONNECT, json={"action": "enregistrer", "reglages": settings})) == {
        **{"auth_url": None, "compte": None}
    }
    before = good(client.get(STATUS))
    assert (before["configured"], before["connected"], before["auto_sync"]) == (True, False, True)
    answer = good(client.post(CONNECT, json={}))
    if grant == "authorization_code":
        back = client.get("/api/lightspeed/callback", query_string=consent(answer["auth_url"]))
        assert (back.status_code, back.location) == (303, "/lightspeed/?retour=oui")
    else:
        assert answer["auth_url"] is None
    after = good(client.get(STATUS))
    assert (after["connected"], after["token_expired"], after["requires_re_auth"]) == (True, False, False)
    assert good(client.post(CONNECT, json={"action": "tester"}))["compte"]["devise"] == "CAD"
    cut = good(client.post("/api/lightspeed/disconnect", json={}))
    assert (cut["connected"], cut["revoked"]) == (False, True)
    said = [line for (line,) in rows(app, "SELECT new FROM changes WHERE action = 'liaison' ORDER BY seq")]
    assert said[1:] == ['"établi"', '"coupé"']
    assert SECRET not in said[0]
    assert HOOK not in said[0]
    assert running.inside.authority.grants


def test_a_secret_never_comes_back(app):
    with simulator() as running:
        told(app, running)
        client = manager(app)
        good(client.post(CONNECT, json={"action": "enregistrer", "reglages": SETTINGS | {"webhook_secret": HOOK}}))
        good(client.post(CONNECT, json={"action": "enregistrer", "reglages": {**SETTINGS, "client_secret": ""}}))
        for path in ("/lightspeed/", STATUS):
            text = client.get(path).text
            assert SECRET not in text
            assert HOOK not in text
        assert "auth_url" in good(client.post(CONNECT, json={}))  # the secret that was kept still serves
        assert SECRET not in str(rows(app, "SELECT * FROM property_integrations"))


def test_after_a_lost_key_the_page_says_what_to_do_and_the_secrets_are_typed_again(app):
    with simulator(credentials=True) as running:
        told(app, running)
        settings = SETTINGS | {"grant_type": "client_credentials", "webhook_secret": HOOK}
        good(manager(app).post(CONNECT, json={"reglages": settings}))
        app.config.update(SECRET_KEY="une clé nouvelle, aussi longue que l’ancienne")
        client = manager(app)
        before = good(client.get(STATUS))
        assert (before["configured"], before["connected"], before["requires_re_auth"]) == (True, False, True)
        assert "les secrets gardés ne s’ouvrent plus" in client.get("/lightspeed/").text
        assert "ne s’ouvrent plus" in client.post(CONNECT, json={}).json["detail"]
        kept = {"action": "enregistrer", "reglages": {**settings, "client_secret": ""}}
        assert problems(client.post(CONNECT, json=kept)) == {"client_secret": "Le secret du client est nécessaire."}
        assert good(client.post(CONNECT, json={"reglages": settings}))["compte"]["compte"] == ACCOUNT
        after = good(client.get(STATUS))
        assert (after["connected"], after["requires_re_auth"]) == (True, False)


def test_a_demonstration_without_credentials_expects_nobody_back(app):
    client = manager(app)
    before = book(app)
    answer = client.get("/api/lightspeed/callback", query_string={"state": "x", "code": "y"})
    assert answer.location == "/lightspeed/?retour=etat"
    assert client.post("/api/lightspeed/disconnect", json={}).status_code == 409
    assert book(app) == before


@pytest.mark.parametrize("how", ["state", "refused", "nothing", "somebody else"])
def test_a_return_that_is_not_ours_connects_nobody(app, how):
    with simulator() as running:
        told(app, running)
        client = manager(app)
        good(client.post(CONNECT, json={"reglages": SETTINGS}))
        url = good(client.post(CONNECT, json={}))["auth_url"]
        given = {} if how == "nothing" else consent(url, "non" if how == "refused" else "oui")
        if how == "state":
            given["state"] = "x"
        other = Person(app, "directeur").client if how == "somebody else" else client
        answer = other.get("/api/lightspeed/callback", query_string=given)
        assert answer.location == f"/lightspeed/?retour={'refus' if how == 'refused' else 'etat'}"
        assert good(client.get(STATUS))["connected"] is False


def test_an_account_of_another_hotel_is_given_back(app):
    with simulator() as running:
        told(app, running)
        running.inside.hotels[ACCOUNT] = replace(running.inside.hotels[ACCOUNT], currency="USD")
        client = manager(app)
        good(client.post(CONNECT, json={"reglages": SETTINGS}))
        url = good(client.post(CONNECT, json={}))["auth_url"]
        answer = client.get("/api/lightspeed/callback", query_string=consent(url))
        assert answer.location == "/lightspeed/?retour=autre"
        assert good(client.get(STATUS))["connected"] is False


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"account": "a b", "client_id": "x"}, {"account"}),
        ({"account": "A"}, {"client_id"}),
        ({"client_id": "x"}, {"account"}),
        ({"account": "A", "client_id": "x"}, {"client_secret"}),
        ({"grant_type": "password"}, {"grant_type"}),
        ({"webhook_secret": "whsec_court"}, {"webhook_secret"}),
        ({"client_secret": "a\nb"}, {"client_secret"}),
        ({"account": 1, "auto_sync": "oui", "de_trop": ""}, {"account", "auto_sync", "de_trop"}),
        ([], {"reglages"}),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_its_field(app_sqlite, given, fields):
    client = manager(app_sqlite)
    before = book(app_sqlite)
    answer = client.post(CONNECT, json={"action": "enregistrer", "reglages": given})
    assert answer.status_code == 422
    assert problems(answer).keys() == fields
    assert book(app_sqlite) == before


def test_bodies_that_are_no_request(app_sqlite):
    client = manager(app_sqlite)
    for body in ([], {"action": "danser"}, {"autre": 1}):
        assert client.post(CONNECT, json=body).status_code == 422, body
    assert client.post(CONNECT, data="{").status_code == 415


def test_the_status_of_a_night_before_during_and_after(app):
    with synthetic_hotel(app) as running:
        running.inside.buckets.enforced = False
        person = Person(app, "auditeur").open()
        address = f"/api/lightspeed/sync/status/{DAY}"
        before = good(person.client.get(address))
        assert (before["statut"], before["en_cours"], len(before["onglets"])) == (None, False, len(TABS))
        assert before["onglets"]["sonifi"]["message"].startswith("Reste à la main")
        done = good(person.client.post(f"/api/lightspeed/sync/{DAY}", json={}))
        assert done.keys() >= {"statut", "onglets", "completude", "retry_in_minutes", "requetes", "duree_ms"}
        after = good(person.client.get(address))
        assert (after["statut"], after["par"]) == ("complete", "Auditeur de démonstration")
        assert after["requetes"] == done["requetes"] == 8
        assert {one["libelle"] for one in after["controles"]} >= {"Moyenne par chambre", "Arrivées du jour"}
        kept = person.whole()["lightspeed"]
        assert (kept["statut"], kept["onglets"]["recap"]["revision"]) == ("complete", 1)


def test_others_are_shown_a_clear_refusal(app_sqlite):
    for name in ("comptable", "adjoint"):
        client = Person(app_sqlite, name).client
        page = client.get("/lightspeed/", headers={"Accept": "text/html"})
        assert page.status_code == 403
        assert "Votre rôle dans cet hôtel ne permet pas de faire cela." in page.text
        assert "/lightspeed/" not in client.get("/").text


def test_an_auditor_sees_the_connection_and_configures_nothing(app_sqlite):
    person = Person(app_sqlite, "auditeur")
    page = person.client.get("/lightspeed/").text
    assert "1 · Compte" in page
    assert "data-reglages" not in page
    assert person.client.post(CONNECT, json={}).status_code == 403


def test_a_real_hotel_without_credentials_is_not_connected(app_sqlite):
    from database import properties, users  # noqa: PLC0415
    from database.journal import Actor  # noqa: PLC0415
    from database.transaction import write  # noqa: PLC0415
    from utils import dates  # noqa: PLC0415

    with app_sqlite.app_context(), write() as connection:
        hotel = properties.create_property(connection, SECOND._replace(demo=False), Actor(None, "essai"), dates.now())
        users.give_role(connection, users.account_by_email(connection, "admin@demo.hotel").id, hotel.id, "admin")
    admin = Person(app_sqlite, "admin").client
    admin.post("/hotel", data={"vers": "AUTRE"})
    admin.hotel = "AUTRE"
    status = good(admin.get(STATUS))
    assert (status["configured"], status["connected"], status["mode"]) == (False, False, "aucun")
    assert "rien n’est inventé" in admin.get("/lightspeed/").text
    assert admin.post(f"/api/rj/native/session/{DAY}").status_code == 201
    answer = admin.post(f"/api/lightspeed/sync/{DAY}", json={})
    assert (answer.status_code, answer.json["retry_in_minutes"]) == (409, None)
    assert rows(app_sqlite, "SELECT count(*) FROM pms_readings") == [(0,)]


def test_the_last_success_is_not_the_last_attempt(app_sqlite):
    person = Person(app_sqlite).open()
    began = dates.now().replace(microsecond=0) - timedelta(hours=5)
    document = {"audit_date": WHEN, "cause": "personne", "actor_id": None, "reports": {}, "tabs": {}}
    document |= dict.fromkeys(("requests", "duration_ms", "written", "beside"), 0)
    seen = []
    for number, status in enumerate(("complete", "echouee", "partielle", "interrompue", "en_cours")):
        at = began + timedelta(hours=number)
        ended = None if status == "en_cours" else at + timedelta(minutes=1)
        run = {"property_id": 1, "status": status, "started_at": at, "ended_at": ended}
        with app_sqlite.app_context(), write() as connection:
            connection.execute(insert(SyncRun).values(**document | run))
        told_now = good(person.client.get(STATUS))
        assert datetime.fromisoformat(told_now["last_attempt"]) == (ended or at)
        seen.append((datetime.fromisoformat(told_now["last_sync"]), told_now["last_attempt_status"]))
    statuses = ("complete", "echouee", "partielle", "interrompue", "interrompue")  # the last one has gone on too long
    assert seen == [(began + timedelta(minutes=1), status) for status in statuses]
    page = person.client.get("/lightspeed/").text
    assert "Dernière réussite" in page
    assert "Dernier essai" in page
