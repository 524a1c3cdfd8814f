"""Nobody keeps a person out: who knows her address blocks neither her browser, nor her link, nor her desk."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text

from database import throttles, users
from database.transaction import read, write
from tests.applications import PASSWORD, login, settle
from tests.routes.test_profil import enrolled
from tests.routes.test_utilisateurs import ids, secret
from tests.utils.actions.lightspeed.synchro import synthetic_hotel
from tests.utils.scheduler.clock import created, runs, turn
from utils import dates
from utils.accounts import attempts, reset
from utils.scheduler.jobs import JOBS
from utils.scheduler.mails import tell
from utils.scheduler.runner import Runner

HER, ADMIN = "auditeur@demo.hotel", "admin@demo.hotel"
NIGHT = datetime(2025, 12, 24, 7, 50, tzinfo=UTC)
CHOSEN = "une phrase que je choisis"


def rows(app, statement):
    settle()
    with app.app_context(), read() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def guess(app, email=HER, address="203.0.113.1", password="faux"):  # noqa: S107 - a wrong one
    """An attempt of a stranger, from an address; its status."""
    stranger = app.test_client()
    stranger.environ_base["REMOTE_ADDR"] = address
    return login(stranger, email, password).status_code


def browser(app, email=HER, address="192.0.2.7"):
    """A browser that the account knows, signed out."""
    known = app.test_client()
    known.environ_base["REMOTE_ADDR"] = address
    assert login(known, email).status_code == 303
    assert known.post("/deconnexion").status_code == 303
    return known


@pytest.mark.parametrize("addresses", [1, 20])
def test_under_attack_from_ten_to_three_her_browser_lets_her_in(app, addresses):
    with time_machine.travel(NIGHT, tick=False) as clock:
        hers = browser(app)
        for number in range(60):
            guess(app, address=f"203.0.113.{number % addresses}")
            clock.shift(timedelta(seconds=30))
        assert login(hers, HER).status_code == 303
        hers.post("/verrou")
        hers.read_token("/verrou")
        assert hers.post("/verrou/ouverture", data={"password": PASSWORD}).status_code == 303


def test_one_address_spends_its_own_allowance_and_not_that_of_the_account(app):
    with time_machine.travel(NIGHT, tick=False) as clock:
        for _ in range(200):
            guess(app)
            clock.shift(timedelta(minutes=1))
        assert guess(app, address="198.51.100.4", password=PASSWORD) == 303


def test_many_addresses_are_stopped_all_the_same(app_sqlite):
    heard = [guess(app_sqlite, address=f"203.0.113.{number}") for number in range(40)]
    assert heard.count(401) == 25
    assert guess(app_sqlite, address="198.51.100.4", password=PASSWORD) == 429


def test_a_known_browser_that_guesses_waits_too(app):
    hers = browser(app)
    assert [login(hers, HER, "faux").status_code for _ in range(6)] == [401] * 5 + [429]
    assert login(hers, HER).status_code == 429


def test_a_cookie_of_elsewhere_or_altered_is_no_known_browser(app_sqlite):
    hers, other = browser(app_sqlite), browser(app_sqlite, ADMIN)
    kept = hers.get_cookie("rj_poste").value
    for cookie in (other.get_cookie("rj_poste").value, kept[:-2] + "xx", "", "rj", f"{kept}."):
        with app_sqlite.app_context(), write() as connection:
            connection.execute(text("DELETE FROM login_throttles"))
        for _ in range(5):
            guess(app_sqlite)
        stranger = app_sqlite.test_client()
        stranger.environ_base["REMOTE_ADDR"] = "203.0.113.1"
        stranger.set_cookie("rj_poste", cookie)
        assert login(stranger, HER).status_code == 429, cookie


def test_a_shared_address_refuses_no_browser_that_is_known_there(app):
    people = (HER, "superviseur@demo.hotel")
    desk = [browser(app, email, "203.0.113.1") for email in people]
    for number in range(30):
        guess(app, f"quidam{number}@demo.hotel")
    assert guess(app, ADMIN, password=PASSWORD) == 429
    assert [login(one, email).status_code for one, email in zip(desk, people, strict=True)] == [303, 303]


def test_an_address_that_is_refused_touches_no_account(app_sqlite):
    for number in range(25):
        guess(app_sqlite, f"quidam{number}@demo.hotel")
    before = rows(app_sqlite, "SELECT count(*) FROM login_throttles")
    assert guess(app_sqlite) == 429
    assert rows(app_sqlite, "SELECT count(*) FROM login_throttles") == before


def test_a_link_that_was_used_lifts_what_it_proves(app):
    admin = app.test_client()
    login(admin, ADMIN)
    for number in range(30):
        guess(app, address=f"203.0.113.{number}")
    new = app.test_client()
    link = secret(admin.post(f"/utilisateurs/{ids(app)[HER]}/lien")).removeprefix("http://localhost")
    assert login(new, HER).status_code == 429
    new.read_token(link)
    assert new.post(link, data={"nouveau": CHOSEN, "encore": CHOSEN}).status_code == 303
    for number in range(60):
        guess(app, address=f"203.0.113.{number}")
    assert login(new, HER, CHOSEN).status_code == 303, "the browser of the link is known"


def test_codes_refused_elsewhere_do_not_keep_her_out(app):
    with time_machine.travel(NIGHT, tick=False) as clock:
        hers = app.test_client()
        login(hers, HER)
        _, codes = enrolled(hers)
        hers.post("/deconnexion")
        clock.shift(timedelta(minutes=1))
        thief = app.test_client()
        thief.environ_base["REMOTE_ADDR"] = "203.0.113.1"
        login(thief, HER)
        thief.read_token("/connexion/code")
        for _ in range(8):
            assert thief.post("/connexion/code", data={"code": "123456"}).status_code == 401
        login(hers, HER)
        hers.read_token("/connexion/code")
        assert hers.post("/connexion/code", data={"code": codes[0]}).status_code == 303


def test_a_clock_ahead_then_right_blocks_nobody(app):
    with time_machine.travel(NIGHT + timedelta(days=365), tick=False):
        for _ in range(8):
            guess(app)
    with time_machine.travel(NIGHT, tick=False):
        assert guess(app, password=PASSWORD) == 303


def test_nothing_in_the_table_names_anybody(app_sqlite):
    guess(app_sqlite)
    kept = str(rows(app_sqlite, "SELECT * FROM login_throttles"))
    assert "auditeur" not in kept
    assert "203.0.113" not in kept


def test_refusals_that_repeat_are_logged_and_alerted_once(app, caplog):
    with time_machine.travel(NIGHT, tick=False):
        for _ in range(9):
            guess(app)
        found = rows(app, "SELECT sentence, audience FROM alerts WHERE kind = 'securite'")
    assert len(found) == 1
    assert "est visé par des refus répétés" in found[0][0]
    with app.app_context(), read() as connection:
        told = {users.account_by_email(connection, one).id for one in ("directeur@demo.hotel", ADMIN)}
    assert set(json.loads(found[0][1]) if isinstance(found[0][1], str) else found[0][1]) == told
    lines = caplog.text
    assert lines.count("tentative refusée") == 9
    assert f"'compte': {ids(app)[HER]}" in lines
    assert "203.0.113.1" not in lines
    assert HER not in lines


def test_a_night_under_attack_is_filled_worked_and_told(app_sqlite):
    """02:50 to 03:20, twenty addresses that know hers: the 03:00 job runs, she signs in, management hears of it."""
    began = datetime(2025, 12, 24, 7, 50, tzinfo=UTC)
    with time_machine.travel(began, tick=False) as clock, synthetic_hotel(app_sqlite):
        hers = browser(app_sqlite)
        with app_sqlite.app_context():
            created(began - timedelta(days=30))
            runner = Runner(JOBS, dates.now, tell)
        for minute in range(0, 30, 5):
            for number in range(20):
                guess(app_sqlite, address=f"203.0.113.{number}")
            settle()
            with app_sqlite.app_context():
                turn(runner)
            if minute in (5, 15, 25):
                assert login(hers, HER).status_code == 303, minute
                hers.post("/deconnexion")
            clock.shift(timedelta(minutes=5))
        with app_sqlite.app_context():
            ended = {run["job"]: run["status"] for run in runs()}
    assert ended["synchro"] == "faite"
    told = rows(app_sqlite, "SELECT count(*) FROM alerts WHERE kind = 'securite' AND sentence LIKE '%refus répétés%'")
    assert told == [(1,)]
    [(status,)] = rows(app_sqlite, "SELECT ls_sync_status FROM night_audit_sessions WHERE audit_date = '2025-12-23'")
    assert status == "complete"


def test_each_refusal_and_each_key_that_served_is_heard(app, caplog):
    """Refused code, forgotten password, present password; device, recovery code, link: no address nor secret in it."""
    with time_machine.travel(NIGHT, tick=False) as clock:
        hers, admin = app.test_client(), app.test_client()
        login(hers, HER)
        login(admin, ADMIN)
        hers.post("/profil/mot-de-passe", data={"actuel": "faux", "nouveau": CHOSEN, "encore": CHOSEN})
        _, codes = enrolled(hers)
        hers.post("/deconnexion")
        clock.shift(timedelta(minutes=1))
        login(hers, HER)
        hers.read_token("/connexion/code")
        assert hers.post("/connexion/code", data={"code": "123456"}).status_code == 401
        assert hers.post("/connexion/code", data={"code": codes[0]}).status_code == 303
        link = secret(admin.post(f"/utilisateurs/{ids(app)[HER]}/lien")).removeprefix("http://localhost")
        hers.read_token(link)
        assert hers.post(link, data={"nouveau": CHOSEN, "encore": CHOSEN}).status_code == 303
        with app.app_context():
            for _ in range(4):
                reset.count_request(HER, attempts.Origin("203.0.113.9"), dates.now())
    said = " ".join(one for (one,) in rows(app, "SELECT sentence FROM alerts WHERE kind = 'securite'"))
    lines = caplog.text
    assert [word in said for word in ("second facteur", "code de récupération", "par un lien")] == [True] * 3, said
    told = ("mot de passe actuel refusé", "'quoi': 'code'", "'quoi': 'oubli'", "lien utilisé")
    assert [word in lines for word in told] == [True] * 4
    assert not any(one in lines for one in (HER, "203.0.113.9", codes[0], CHOSEN))


def test_requests_from_elsewhere_do_not_stop_her_own(app):
    """Somebody asks for her link three times; she may ask for hers."""
    with time_machine.travel(NIGHT, tick=False), app.app_context():
        for _ in range(4):
            refused = reset.count_request(HER, attempts.Origin("203.0.113.9"), dates.now())
        assert refused
        assert reset.count_request(HER, attempts.Origin("192.0.2.7"), dates.now()) is None


def test_a_new_browser_and_a_new_right_are_alerted(app):
    browser(app)
    assert rows(app, "SELECT count(*) FROM alerts") == [(0,)]
    browser(app)
    admin = app.test_client()
    login(admin, ADMIN)
    admin.post(f"/utilisateurs/{ids(app)[HER]}/role", data={"role": "gm"})
    said = [one for (one,) in rows(app, "SELECT sentence FROM alerts WHERE kind = 'securite' ORDER BY id")]
    assert ["navigateur nouveau" in said[0], "a changé de rôle" in said[1], len(said)] == [True, True, 2]


def test_the_table_forgets_after_a_quiet_hour(app_sqlite):
    with time_machine.travel(NIGHT, tick=False) as clock:
        for _ in range(8):
            guess(app_sqlite)
        clock.shift(throttles.FORGET_AFTER + timedelta(seconds=1))
        assert [guess(app_sqlite) for _ in range(5)] == [401] * 5
