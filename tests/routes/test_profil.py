"""One's own account: password, sessions, second factor, a desk left alone."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine

from tests.applications import PASSWORD, login
from tests.routes.test_utilisateurs import ids, journal, secret

AUDITEUR, DIRECTEUR = "auditeur@demo.hotel", "directeur@demo.hotel"
NIGHT = datetime(2025, 12, 24, 3, 10, tzinfo=UTC)
CHOSEN = "une phrase que je choisis"


@pytest.fixture
def me(client):
    """The auditor, signed in."""
    login(client, AUDITEUR)
    return client


def change(client, actuel=PASSWORD, nouveau=CHOSEN, encore=CHOSEN):
    return client.post("/profil/mot-de-passe", data={"actuel": actuel, "nouveau": nouveau, "encore": encore})


def enrolled(client):
    """Set a device up; its secret and the recovery codes."""
    page = client.get("/profil/second-facteur").text
    key = re.search(r"data-cle>([^<]+)<", page)[1].replace(" ", "")
    assert 'src="data:image/svg+xml' in page
    assert client.post("/profil/second-facteur", data={"actuel": PASSWORD, "code": "000000"}).status_code == 422
    answer = client.post("/profil/second-facteur", data={"actuel": PASSWORD, "code": pyotp.TOTP(key).now()})
    assert answer.status_code == 200, answer.text
    return key, re.findall(r"<code>([^<]+)</code>", answer.text)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(app, me):
    other = app.test_client()
    login(other, AUDITEUR)
    assert change(me).status_code == 303
    assert me.get("/api/moi").json["hotel"] == "DEMO"
    assert other.get("/api/moi").status_code == 401
    assert login(other, AUDITEUR).status_code == 401
    assert login(other, AUDITEUR, CHOSEN).status_code == 303
    assert '"mot de passe changé"' in str(journal(app))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"actuel": "faux"}, "Le mot de passe actuel est incorrect."),
        ({"encore": "autre chose ici"}, "n’est pas le même les deux fois"),
        ({"nouveau": "court", "encore": "court"}, "au moins 12 caractères"),
        ({"nouveau": PASSWORD, "encore": PASSWORD}, "le même que l’ancien"),
    ],
)
def test_a_password_that_cannot_be_is_refused(me, given, sentence):
    answer = change(me, **given)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert me.get("/api/moi").status_code == 200


def test_who_guesses_the_current_password_waits(me):
    for _ in range(6):
        change(me, actuel="faux")
    assert "Trop de tentatives." in change(me).text


def test_the_theme_is_kept(me):
    assert me.post("/profil/theme", data={"theme": "dark"}).status_code == 303
    assert 'value="dark" selected' in me.get("/profil").text
    assert me.post("/profil/theme", data={"theme": "rose"}).status_code == 422


def test_sessions_are_ended_one_by_one_or_all_at_once(app, me):
    others = [app.test_client() for _ in range(3)]
    for other in others:
        login(other, AUDITEUR)
    stranger = app.test_client()
    login(stranger, DIRECTEUR)
    found = re.findall(r"/profil/seances/(\d+)/fin", me.get("/profil").text)
    assert len(found) == 3
    assert stranger.post(f"/profil/seances/{found[0]}/fin").status_code == 303
    assert [one.get("/api/moi").status_code for one in others] == [200] * 3
    assert me.post(f"/profil/seances/{found[0]}/fin").status_code == 303
    assert sorted(one.get("/api/moi").status_code for one in others) == [200, 200, 401]
    me.post("/profil/seances/fin")
    assert [one.get("/api/moi").status_code for one in others] == [401] * 3
    assert me.get("/api/moi").status_code == 200
    assert stranger.get("/api/moi").status_code == 200


def test_with_a_device_the_password_alone_opens_nothing(app, me):
    with time_machine.travel(NIGHT, tick=False) as clock:
        login(me, AUDITEUR)
        key, codes = enrolled(me)
        assert len(codes) == 10
        clock.shift(timedelta(minutes=1))
        other = app.test_client()
        answer = login(other, AUDITEUR)
        assert answer.location.startswith("/connexion/code")
        assert other.get("/api/moi").status_code == 401
        other.read_token("/connexion/code")
        assert other.post("/connexion/code", data={"code": "123456"}).status_code == 401
        good = pyotp.TOTP(key).now()
        assert other.post("/connexion/code", data={"code": f"{good[:3]} {good[3:]}"}).status_code == 303
        assert other.get("/api/moi").json["courriel"] == AUDITEUR
        third = app.test_client()
        login(third, AUDITEUR)
        third.read_token("/connexion/code")
        assert third.post("/connexion/code", data={"code": good}).status_code == 401, "a code serves once"
        assert third.post("/connexion/code", data={"code": codes[0].upper()}).status_code == 303
        fourth = app.test_client()
        login(fourth, AUDITEUR)
        fourth.read_token("/connexion/code")
        assert fourth.post("/connexion/code", data={"code": codes[0]}).status_code == 401, "so does a recovery code"
        assert "9 codes de récupération" in third.get("/profil").text
        clock.shift(timedelta(minutes=11))
        assert fourth.post("/connexion/code", data={"code": codes[1]}).location == "/connexion"


def test_who_guesses_codes_waits(app, me):
    with time_machine.travel(NIGHT, tick=False) as clock:
        login(me, AUDITEUR)
        key, _ = enrolled(me)
        clock.shift(timedelta(minutes=1))
        other = app.test_client()
        login(other, AUDITEUR)
        other.read_token("/connexion/code")
        for _ in range(5):
            other.post("/connexion/code", data={"code": "123456"})
        answer = other.post("/connexion/code", data={"code": pyotp.TOTP(key).now()})
        assert (answer.status_code, "Trop de codes refusés" in answer.text) == (401, True)


def test_the_secret_of_a_device_is_sealed_in_the_base(app, me):
    key, codes = enrolled(me)
    with app.app_context():
        from sqlalchemy import text  # noqa: PLC0415 - one use

        from database.transaction import read  # noqa: PLC0415 - one use

        with read() as connection:
            kept = str(connection.execute(text("SELECT secret FROM second_factors")).all())
            kept += str(connection.execute(text("SELECT code_hash FROM recovery_codes")).all())
    assert "v1." in kept
    assert key not in kept
    assert not any(code in kept for code in codes)


def test_a_device_lives_through_a_new_key_of_the_installation(app, me):
    with time_machine.travel(NIGHT, tick=False) as clock:
        login(me, AUDITEUR)
        key, _ = enrolled(me)
        old = app.config["SECRET_KEY"]
        for secret, fallbacks in [
            ("une nouvelle clé, longue et variée", [old]),
            ("une nouvelle clé, longue et variée", []),
        ]:
            app.config.update(SECRET_KEY=secret, FORMER_KEYS=fallbacks)
            clock.shift(timedelta(minutes=1))
            other = app.test_client()
            login(other, AUDITEUR)
            other.read_token("/connexion/code")
            assert other.post("/connexion/code", data={"code": pyotp.TOTP(key).now()}).status_code == 303


def test_a_device_is_removed_with_the_password_or_by_the_administrator(app, me):
    enrolled(me)
    assert me.post("/profil/second-facteur/retrait", data={"actuel": "faux"}).status_code == 422
    assert me.post("/profil/second-facteur/retrait", data={"actuel": PASSWORD}).status_code == 303
    assert login(app.test_client(), AUDITEUR).location == "/"
    enrolled(me)
    admin = app.test_client()
    login(admin, "admin@demo.hotel")
    one = ids(app)[AUDITEUR]
    assert admin.post(f"/utilisateurs/{one}/second-facteur").status_code == 303
    assert me.get("/api/moi").status_code == 401
    assert login(me, AUDITEUR).location == "/"


def test_a_real_installation_asks_it_of_those_who_govern(app, client):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], demo=False)
    login(client, DIRECTEUR)
    assert client.get("/historique").location == "/profil/second-facteur"
    assert client.get("/api/rj/native/session/2025-12-23").status_code == 403
    enrolled(client)
    assert client.get("/historique").location != "/profil/second-facteur"
    assert client.post("/profil/second-facteur/retrait", data={"actuel": PASSWORD}).status_code == 422
    auditor = app.test_client()
    login(auditor, AUDITEUR)
    assert auditor.get("/historique").location != "/profil/second-facteur"


def test_it_can_be_switched_off(app, client):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], demo=False, second_facteur=False)
    login(client, DIRECTEUR)
    assert client.get("/historique").location != "/profil/second-facteur"


def test_a_desk_left_alone_is_locked_and_the_same_person_comes_back(app, me):
    cookie = me.get_cookie("rj_session").value
    answer = me.post("/verrou", data={"suite": "/rj/native/2025-12-23/recap"})
    assert answer.location == "/verrou?suite=/rj/native/2025-12-23/recap"
    assert me.get("/api/moi").status_code == 401
    thief = app.test_client()
    thief.set_cookie("rj_session", cookie)
    assert thief.get("/api/moi").status_code == 401
    page = me.get(answer.location).text
    assert "Auditeur de démonstration travaillait ici" in page
    me.read_token("/verrou")
    wrong = me.post("/verrou/ouverture", data={"password": "faux", "suite": "/historique"})
    assert (wrong.status_code, 'value="/historique"' in wrong.text) == (401, True)
    good = me.post("/verrou/ouverture", data={"password": PASSWORD, "suite": "/rj/native/2025-12-23/recap"})
    assert (good.status_code, good.location) == (303, "/rj/native/2025-12-23/recap")
    assert me.get("/api/moi").json["courriel"] == AUDITEUR
    assert app.test_client().get("/verrou").location == "/connexion"


def test_the_code_is_not_asked_again_at_the_same_desk(me):
    enrolled(me)
    me.post("/verrou", data={"suite": "/historique"})
    me.read_token("/verrou")
    assert me.post("/verrou/ouverture", data={"password": PASSWORD, "suite": "/historique"}).location == "/historique"


def test_a_link_of_an_administrator_is_dead_after_a_day(app, client):
    with time_machine.travel(NIGHT, tick=False) as clock:
        login(client, "admin@demo.hotel")
        link = secret(client.post(f"/utilisateurs/{ids(app)[AUDITEUR]}/lien")).removeprefix("http://localhost")
        clock.shift(timedelta(hours=25))
        assert app.test_client().get(link).status_code == 404
