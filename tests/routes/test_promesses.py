"""What is emptied is forgotten, what is switched off says so, a button that would refuse is no button."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from database import triggers
from database.transaction import migrate, read
from routes.gabarits import MENU
from tests.routes.test_lightspeed import CONNECT, HOOK, SETTINGS, STATUS, manager, told
from tests.utils.actions.nights import DAY, Person, good, problems
from tests.utils.lightspeed.conftest import simulator
from utils.lightspeed.storage import SWITCHED_OFF

SETUP = "/api/notifications/setup"


def kept(app):
    """What the row of the connection holds: account, client, and the secrets that are there."""
    columns = "account, client_id, sealed_client_secret, sealed_access_token, sealed_webhook_secret, auto_sync"
    with app.app_context(), read() as database:
        row = database.execute(text(f"SELECT {columns} FROM property_integrations")).one()  # noqa: S608
    return (*row[:2], *map(bool, row[2:]))


def connected(app, running):
    """A manager of a demonstration hotel that is connected."""
    told(app, running)
    client = manager(app)
    given = SETTINGS | {"grant_type": "client_credentials", "webhook_secret": HOOK}
    good(client.post(CONNECT, json={"reglages": given}))
    assert kept(app)[2:] == (True, True, True, False)
    return client


@pytest.mark.parametrize("how", ["cut", "emptied"])
def test_what_is_emptied_is_forgotten_and_the_demonstration_has_its_figures_again(app, how):
    with simulator(credentials=True) as running:
        client = connected(app, running)
        assert good(client.get(STATUS))["mode"] == "live"
        if how == "cut":
            assert good(client.post("/api/lightspeed/disconnect", json={}))["revoked"] is True
        else:
            emptied = {"action": "enregistrer", "reglages": {"account": "", "client_id": ""}}
            good(client.post(CONNECT, json=emptied))
        assert kept(app) == ("", "", False, False, False, False)
        assert good(client.get(STATUS))["mode"] == "demo"
        served = running.inside.served.copy()
        auditor = Person(app, "auditeur").open()
        assert good(auditor.client.post(f"/api/lightspeed/sync/{DAY}", json={}))["statut"] == "complete"
        assert running.inside.served == served, "the simulator is asked nothing any more"


def test_a_part_that_is_not_given_stays_and_a_secret_given_as_null_goes(app_sqlite):
    with simulator(credentials=True) as running:
        client = connected(app_sqlite, running)
        good(client.post(CONNECT, json={"action": "enregistrer", "reglages": {"auto_sync": True}}))
        assert kept(app_sqlite)[2:] == (True, True, True, True)
        page = client.get("/lightspeed/").text
        assert "Oublier le secret des avis" in page
        good(client.post(CONNECT, json={"action": "enregistrer", "reglages": {"webhook_secret": None}}))
        assert kept(app_sqlite)[2:] == (True, True, False, True)
        alone = client.post(CONNECT, json={"action": "enregistrer", "reglages": {"client_secret": "x"}})
        assert problems(alone).keys() == {"client_secret"}


def test_lightspeed_switched_off_is_said_wherever_one_would_look(app_sqlite):
    with simulator(credentials=True) as running:
        client = connected(app_sqlite, running)
        with app_sqlite.app_context(), migrate() as database:
            triggers.drop(database)
            database.execute(text("UPDATE properties SET demo = FALSE"))
        app_sqlite.config["SETTINGS"] = replace(app_sqlite.config["SETTINGS"], lightspeed_enabled=False)
        status = good(client.get(STATUS))
        assert (status["enabled"], status["mode"], status["configured"]) == (False, "arrete", True)
        assert status["message"] == SWITCHED_OFF
        assert SWITCHED_OFF in client.get("/lightspeed/").text
        saved = client.post(CONNECT, json={"action": "enregistrer", "reglages": {"auto_sync": False}})
        assert good(saved)["message"] == SWITCHED_OFF
        for action in ("autoriser", "tester"):
            refused = client.post(CONNECT, json={"action": action})
            assert (refused.status_code, refused.json["detail"]) == (409, SWITCHED_OFF), action
        auditor = Person(app_sqlite, "auditeur").open()
        assert auditor.client.post(f"/api/lightspeed/sync/{DAY}", json={}).json["detail"] == SWITCHED_OFF
        cut = good(client.post("/api/lightspeed/disconnect", json={}))
        assert cut["revoked"] is False, "nobody was told"
        assert kept(app_sqlite)[:4] == ("", "", False, False)


def test_automation_switched_off_is_said(app_sqlite):
    client = Person(app_sqlite, "directeur").client
    assert "AUTOMATISMES=non" not in client.get("/automatismes").text
    app_sqlite.config["SETTINGS"] = replace(app_sqlite.config["SETTINGS"], automatismes=False)
    for path in ("/automatismes", "/notifications"):
        assert "AUTOMATISMES=non" in client.get(path).text
    assert "AUTOMATISMES=non" in client.get("/api/automatismes").json["arret"]


def test_mail_and_second_factor_that_are_off_say_so(app_sqlite):
    client = Person(app_sqlite, "directeur").client
    for path in ("/notifications", "/notifications/reglages"):
        assert "MAIL_SERVER" in client.get(path).text
    assert "une démonstration, non" in client.get("/profil").text
    client.set_cookie("__Host-rj_session", client.get_cookie("rj_session").value)
    app_sqlite.config["DEMO"] = False
    app_sqlite.config["SETTINGS"] = replace(app_sqlite.config["SETTINGS"], demo=False, second_facteur=False)
    assert "SECOND_FACTEUR=non" in client.get("/profil").text


def test_a_job_that_would_refuse_has_its_reason_in_the_place_of_its_button(app_sqlite):
    client = Person(app_sqlite, "admin").client
    page = client.get("/automatismes").text
    jobs = {one["cle"]: one for one in client.get("/api/automatismes").json["taches"]}
    assert any(one["refus"] for one in jobs.values())
    for key, one in jobs.items():
        assert (f"/automatismes/{key}/lancer" in page) == (one["refus"] is None), key
        if one["refus"]:
            refused = client.post(f"/api/automatismes/{key}/lancer", json={})
            assert (refused.status_code, refused.json["detail"]) == (409, one["refus"])


@pytest.mark.parametrize(
    ("given", "shown"), [(75.0, "75.00"), (75, "75.00"), (12.5, "12.50"), ("75.00", "75.00"), (0, "0.00")]
)
def test_a_threshold_is_a_text_or_a_number(app_sqlite, given, shown):
    client = Person(app_sqlite, "directeur").client
    answer = good(client.post(SETUP, json={"kinds": {"diff_caisse": {"seuil": given}}}))
    assert answer["kinds"]["diff_caisse"]["seuil"] == shown
    mine = {"genre": "receptionist_variance", "canal": "courriel", "seuil": given}
    told = good(client.post("/api/notifications/preferences", json={"preferences": [mine]}))["preferences"]
    assert next(one["seuil"] for one in told if one["genre"] == "receptionist_variance") == shown


@pytest.mark.parametrize("number", ["75.001", "-1.0", "NaN", "Infinity", "1e400", "true", "[75]"])
def test_a_number_that_is_no_amount_is_refused(app_sqlite, number):
    client = Person(app_sqlite, "directeur").client
    body = f'{{"kinds": {{"diff_caisse": {{"seuil": {number}}}}}}}'
    answer = client.post(SETUP, data=body, content_type="application/json")
    assert answer.status_code == 422, number


def test_a_part_of_a_choice_leaves_the_others(app_sqlite):
    client = Person(app_sqlite, "directeur").client
    good(client.post(SETUP, json={"kinds": {"diff_caisse": {"roles": ["gm"], "seuil": "20.00"}}}))
    good(client.post(SETUP, json={"escalade": {"roles": ["gm"]}}))
    answer = good(client.post(SETUP, json={"kinds": {"diff_caisse": {"seuil": None}}, "escalade": {"minutes": 30}}))
    assert answer["kinds"]["diff_caisse"]["roles"] == ["gm"]
    assert answer["kinds"]["diff_caisse"]["seuil"] != "20.00"
    assert answer["escalade"] == {"roles": ["gm"], "minutes": 30}


def test_the_sign_in_page_of_a_demonstration_opens_its_accounts(app_sqlite):
    client = app_sqlite.test_client()
    token = client.read_token()
    page = client.get("/connexion").text
    names = ("auditeur", "superviseur", "comptable", "controleur", "adjoint", "directeur", "admin")
    for name in names:
        assert f'value="{name}@demo.hotel"' in page
    answer = client.post("/connexion", data={"compte": "directeur@demo.hotel", "csrf_token": token})
    assert answer.status_code == 303
    assert client.get("/api/moi").json["courriel"] == "directeur@demo.hotel"


def test_a_real_installation_names_no_account_and_no_button_opens_one(app_sqlite):
    app_sqlite.config["DEMO"] = False
    client = app_sqlite.test_client()
    token = client.read_token()
    assert "demo.hotel" not in client.get("/connexion").text
    data = {"compte": "directeur@demo.hotel", "csrf_token": token}
    assert client.post("/connexion", data=data).status_code == 401


def test_the_home_opens_a_night_in_one_press_when_one_precedes_it(app_sqlite, monkeypatch):
    person = Person(app_sqlite, "auditeur").open()
    monkeypatch.setattr("routes.accueil.dates.current_business_date", lambda *_: date(2025, 12, 24))
    page = person.client.get("/").text
    assert 'action="/rj/native/2025-12-24/ouvrir"' in page


def test_the_history_of_lightspeed_leads_to_the_night(app_sqlite):
    Person(app_sqlite, "auditeur").open()
    page = manager(app_sqlite).get("/lightspeed/historique").text
    assert f'<a href="/rj/native/{DAY}">{DAY}</a>' in page
    assert f'href="/lightspeed/?jour={DAY}"' in page


def test_every_entry_of_the_menu_leads_somewhere(app_sqlite):
    client = Person(app_sqlite, "admin").client
    for entry in MENU:
        assert client.get(entry.path).status_code in (200, 302), entry.path
