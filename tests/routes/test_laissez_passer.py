"""What spares a password or a code: copied, replayed, or after any ending, it spares nothing."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pyotp
import pytest
import time_machine
from sqlalchemy import text

from database.journal import Actor
from database.transaction import read
from tests.applications import PASSWORD, login
from tests.routes.test_profil import change, enrolled
from tests.routes.test_utilisateurs import ids
from utils.accounts import passwords, reset
from utils.accounts.attempts import Origin
from utils.accounts.create import AccountError

HER, ADMIN = "auditeur@demo.hotel", "admin@demo.hotel"
NIGHT = datetime(2025, 12, 24, 3, 10, tzinfo=UTC)
CHOSEN = "une phrase que je choisis"


@pytest.fixture
def clock():
    with time_machine.travel(NIGHT, tick=False) as clock:
        yield clock


@pytest.fixture
def desk(app, clock):
    """Her desk, locked a moment after her second factor was given; its recovery codes."""
    desk = app.test_client()
    login(desk, HER)
    desk.key, desk.codes = enrolled(desk)
    clock.shift(timedelta(minutes=1))
    desk.post("/verrou")
    desk.read_token("/verrou")
    return desk


def elsewhere(app, codes, password=PASSWORD):
    """Another session of hers, her code given."""
    other = app.test_client()
    login(other, HER, password)
    other.read_token("/connexion/code")
    assert other.post("/connexion/code", data={"code": codes.pop()}).status_code == 303
    other.read_token("/profil")
    other.hotel = "DEMO"
    return other


def back(client, password=PASSWORD):
    """Where the password of the locked desk leads."""
    answer = client.post("/verrou/ouverture", data={"password": password, "suite": "/historique"})
    return answer.status_code, (answer.location or "").partition("?")[0]


OPENED, ASKED = (303, "/historique"), (303, "/connexion/code")


def test_it_serves_once(app, desk):
    cookie = desk.get_cookie("rj_session").value
    assert back(desk) == OPENED
    desk.set_cookie("rj_session", cookie)
    assert back(desk) == ASKED, "replayed"


def test_the_cookie_copied_to_another_browser_spares_nothing(app, desk):
    thief = app.test_client()
    thief.set_cookie("rj_session", desk.get_cookie("rj_session").value)
    thief.token = desk.token
    assert back(thief) == ASKED
    assert back(desk) == OPENED, "hers is still good"


def test_it_does_not_last(desk, clock):
    clock.shift(timedelta(minutes=31))
    assert back(desk) == ASKED


def test_locking_again_does_not_prolong_the_code_for_ever(app, desk, clock):
    hours = app.config["SETTINGS"].session_hours
    for _ in range(3 * hours):
        clock.shift(timedelta(minutes=20))
        found = back(desk)
        if found != OPENED:
            break
        desk.read_token("/profil")
        desk.post("/verrou")
        desk.read_token("/verrou")
    assert found == ASKED


def _others(app, desk):
    elsewhere(app, desk.codes).post("/profil/seances/fin")


def _locked_one(app, desk):
    with app.app_context(), read() as connection:
        found = connection.execute(text("SELECT max(session_id) FROM access_passes")).scalar_one()
    elsewhere(app, desk.codes).post(f"/profil/seances/{found}/fin")


def _removed(app, desk):
    other = elsewhere(app, desk.codes)
    assert other.post("/profil/second-facteur/retrait", data={"actuel": PASSWORD}).status_code == 303
    enrolled(other)


def _by_admin(app, desk):
    admin = app.test_client()
    login(admin, ADMIN)
    assert admin.post(f"/utilisateurs/{ids(app)[HER]}/second-facteur").status_code == 303
    new = app.test_client()
    assert login(new, HER).location == "/"
    enrolled(new)


def _closed(app, _):
    admin = app.test_client()
    login(admin, ADMIN)
    for active in ("non", "oui"):
        assert admin.post(f"/utilisateurs/{ids(app)[HER]}/etat", data={"actif": active}).status_code == 303


@pytest.mark.parametrize("ending", [_others, _locked_one, _removed, _by_admin, _closed])
def test_every_ending_ends_it(app, desk, ending):
    ending(app, desk)
    assert back(desk) == ASKED


def test_a_new_password_ends_it(app, desk):
    assert change(elsewhere(app, desk.codes)).status_code == 303
    assert back(desk)[0] == 401
    assert back(desk, CHOSEN) == ASKED


def test_a_session_opened_without_a_code_leaves_none(app, clock):
    old, new = app.test_client(), app.test_client()
    login(old, HER)
    login(new, HER)
    enrolled(new)
    assert old.get("/api/moi").status_code == 401, "a new device ends the other sessions"


def test_a_password_typed_before_a_change_serves_no_more(app, clock):
    me, waiting = app.test_client(), app.test_client()
    login(me, HER)
    key, _ = enrolled(me)
    clock.shift(timedelta(minutes=1))
    assert login(waiting, HER).location.startswith("/connexion/code")
    waiting.read_token("/connexion/code")
    assert change(me).status_code == 303
    clock.shift(timedelta(minutes=1))
    answer = waiting.post("/connexion/code", data={"code": pyotp.TOTP(key).now()})
    assert answer.location == "/connexion"
    assert waiting.get("/api/moi").status_code == 401


def test_the_awaited_code_is_not_awaited_in_another_browser(app, desk):
    waiting, thief = app.test_client(), app.test_client()
    login(waiting, HER)
    waiting.read_token("/connexion/code")
    thief.set_cookie("rj_session", waiting.get_cookie("rj_session").value)
    thief.token = waiting.token
    assert thief.post("/connexion/code", data={"code": desk.codes[0]}).location == "/connexion"
    assert waiting.post("/connexion/code", data={"code": desk.codes[0]}).status_code == 303


def test_a_device_asks_the_password_and_its_secret_is_never_in_the_cookie(app, clock):
    me = app.test_client()
    login(me, HER)
    key = me.get("/profil/second-facteur").text.split("data-cle>")[1].split("<")[0].replace(" ", "")
    with me.session_transaction() as session:
        assert key not in str(dict(session))
    with app.app_context(), read() as connection:
        kept = str(connection.execute(text("SELECT pending_secret FROM user_sessions")).all())
    assert "v1." in kept
    assert key not in kept
    code = pyotp.TOTP(key).now()
    for given in ({}, {"actuel": ""}, {"actuel": "faux"}):
        answer = me.post("/profil/second-facteur", data={"code": code} | given)
        assert (answer.status_code, "mot de passe actuel est incorrect" in answer.text) == (422, True)
    clock.shift(timedelta(minutes=16))
    late = {"actuel": PASSWORD, "code": pyotp.TOTP(key).now()}
    assert me.post("/profil/second-facteur", data=late).location == "/profil", "it waited too long"
    other = app.test_client()
    login(other, HER)
    assert other.get("/api/moi").status_code == 200
    enrolled(me)
    assert other.get("/api/moi").status_code == 401, "the other sessions end"
    with app.app_context(), read() as connection:
        told = connection.execute(text("SELECT body_text FROM outbox_messages WHERE kind = 'compte'")).scalars().all()
        left = connection.execute(text("SELECT count(*) FROM user_sessions WHERE pending_secret IS NOT NULL")).scalar()
    assert ["second facteur a été ajouté" in one for one in told] == [True]
    assert left == 0


def test_the_secret_of_a_device_is_drawn_once_until_it_waited_too_long(app, clock):
    me, drawn = app.test_client(), []
    login(me, HER)
    for minutes in (0, 1, 13, 2, 1):
        clock.shift(timedelta(minutes=minutes))
        drawn.append(me.get("/profil/second-facteur").text.split("data-cle>")[1].split("<")[0])
    assert len(set(drawn[:3])) == 1
    assert len(set(drawn[2:])) == 2
    other = app.test_client()
    login(other, HER)
    assert other.get("/profil/second-facteur").text.split("data-cle>")[1].split("<")[0] not in drawn


def test_of_two_changes_at_once_one_is_refused(app, monkeypatch):
    clients, answers, gate = [app.test_client() for _ in range(2)], {}, Barrier(2)
    for one in clients:
        login(one, HER)
    hashed = passwords.hashed

    def together(password):
        made = hashed(password)
        gate.wait(20)
        return made

    monkeypatch.setattr(passwords, "hashed", together)

    def act(number):
        new = f"{CHOSEN} numéro {number}"
        answers[number] = change(clients[number], nouveau=new, encore=new).status_code

    threads = [Thread(target=act, args=(number,)) for number in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    monkeypatch.undo()
    assert sorted(answers.values()) in ([303, 422], [303, 401])
    winner = next(number for number, status in answers.items() if status == 303)
    assert login(app.test_client(), HER, f"{CHOSEN} numéro {winner}").status_code == 303


def test_of_two_uses_of_a_link_at_once_one_is_refused(app, monkeypatch):
    with app.app_context():
        token = reset.make_link(Actor(ids(app)[ADMIN], "essai"), 1, ids(app)[HER])
    hashed, gate, heard = passwords.hashed, Barrier(2), []

    def together(password):
        made = hashed(password)
        gate.wait(20)
        return made

    monkeypatch.setattr(passwords, "hashed", together)

    def use(number):
        with app.app_context():
            try:
                reset.use_link(token, f"{CHOSEN} numéro {number}", Origin("192.0.2.7"))
            except AccountError:
                heard.append("mort")
            else:
                heard.append(number)

    threads = [Thread(target=use, args=(number,)) for number in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    monkeypatch.undo()
    assert heard.count("mort") == 1, heard
    [winner] = [one for one in heard if one != "mort"]
    assert login(app.test_client(), HER, f"{CHOSEN} numéro {winner}").status_code == 303


def test_a_password_that_everybody_tries_is_refused_at_each_door(app):
    """The profile and the link; the command has its own test."""
    her = app.test_client()
    login(her, HER)
    answer = change(her, nouveau="motdepasse123", encore="motdepasse123")
    assert (answer.status_code, "trop facile à deviner" in answer.text) == (422, True)
    with app.app_context():
        token = reset.make_link(Actor(ids(app)[ADMIN], "essai"), 1, ids(app)[HER])
    her.read_token(f"/reinitialisation/{token}")
    data = {"nouveau": "motdepasse123", "encore": "motdepasse123"}
    answer = her.post(f"/reinitialisation/{token}", data=data)
    assert (answer.status_code, "trop facile à deviner" in answer.text) == (422, True)
    assert login(app.test_client(), HER).status_code == 303


def test_a_stolen_session_does_not_guess_the_password_for_ever(app):
    """Without the cookie of the browser, each request would else be a new one."""
    her, thief = app.test_client(), app.test_client()
    login(her, HER)
    thief.set_cookie("rj_session", her.get_cookie("rj_session").value)
    thief.token, thief.hotel = her.token, her.hotel
    heard = [change(thief, actuel=f"essai {number}").text for number in range(8)]
    assert ["Trop de tentatives" in one for one in heard] == [False] * 5 + [True] * 3
    other = app.test_client()
    login(other, HER)
    assert change(other).status_code == 303, "another session of hers is not kept from changing it"
