"""Signing in and out, and what a session lets one do."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median
from unittest.mock import ANY

import pytest
import time_machine
from sqlalchemy import text

from database import properties, setup, throttles, users
from database.journal import SYSTEM
from database.transaction import Busy, read, write
from routes import access
from routes.access import ACTIONS, Access, current_access, public, requires
from routes.erreurs import ApiError
from tests.applications import PASSWORD, login
from tests.database.test_properties import new_hotel
from utils import dates

AUDITEUR, ADMIN = "auditeur@demo.hotel", "admin@demo.hotel"
WRONG = "L’adresse courriel ou le mot de passe est incorrect."
NIGHT = datetime(2025, 12, 24, 3, 10, tzinfo=UTC)


@pytest.fixture
def app(app):
    """The application with views of our own: one for each action, and a few that are out of the ordinary."""

    def add(path, view):
        app.add_url_rule(path, f"essai:{path}", view, methods=["GET", "POST"])

    def view(*actions):
        return requires(*actions)(lambda: {"hotel": current_access().code, "role": current_access().role})

    for action in ACTIONS:
        add(f"/essai/{action}", view(action))
        add(f"/api/essai/{action}", view(action))
    add("/api/plusieurs", view("administrer", "remplir"))
    add("/api/oubli", lambda: "ouvert")
    add("/api/public", public(lambda: "ouvert"))
    return app


@pytest.fixture
def auditor(client):
    """A browser where the auditor is signed in."""
    login(client, AUDITEUR)
    return client


@pytest.fixture
def other_hotel(app):
    """A second hotel, where the administrator has a role and the auditor has none."""
    with app.app_context():
        hotel = new_hotel("AUTRE")
        with write() as connection:
            users.give_role(connection, users.account_by_email(connection, ADMIN).id, hotel.id, "accounting")
    return hotel


def run(app, statement):
    """One statement on the database."""
    with app.app_context(), write() as connection:
        result = connection.execute(text(statement))
        return result.scalar() if result.returns_rows else result.rowcount


def test_the_form_is_in_french_and_carries_its_token(client):
    page = client.get("/connexion")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    for part in ('<input type="hidden" name="csrf_token" value="', "Adresse courriel", "Mot de passe", "Se connecter"):
        assert part in page.text


@pytest.mark.parametrize(("email", "role"), [(email, role) for email, _, role in setup.DEMO_PEOPLE])
def test_each_person_of_the_demonstration_signs_in(client, email, role):
    response = login(client, email)
    assert (response.status_code, response.location) == (303, "/")
    assert client.get("/api/moi").json == {"courriel": email, "nom": ANY, "role": role, "hotel": "DEMO"}


def test_capitals_of_an_address_do_not_matter(client):
    assert login(client, " Auditeur@Demo.Hotel ").status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (AUDITEUR, "faux"),
        ("inconnu@demo.hotel", PASSWORD),
        ("", ""),
        (AUDITEUR, "x" * 5000),
        ("a\x7fb@demo.hotel", "x"),
    ],
)
def test_a_wrong_pair_is_refused_without_saying_which_half(client, email, password):
    response = login(client, email, password)
    assert response.status_code == 401
    assert WRONG in response.text
    assert client.get("/api/moi").status_code == 401


def test_a_closed_account_is_refused_in_the_same_words(app, client):
    run(app, "UPDATE users SET active = FALSE WHERE id = 1")
    response = login(client, AUDITEUR)
    assert (response.status_code, WRONG in response.text) == (401, True)


def test_an_account_without_hotel_is_told_so(app, client):
    run(app, "DELETE FROM memberships")
    response = login(client, AUDITEUR)
    assert response.status_code == 403
    assert "Ce compte n’a accès à aucun hôtel." in response.text
    assert client.get("/api/moi").status_code == 401


def test_without_its_token_the_form_is_refused(client):
    client.get("/connexion")
    response = client.post("/connexion", data={"email": AUDITEUR, "password": PASSWORD})
    assert response.status_code == 400
    assert client.get("/api/moi").status_code == 401


def test_what_was_typed_comes_back_as_text(client):
    response = login(client, '"><script>alert(1)</script>', "faux")
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert" in response.text
    assert "faux" not in response.text


@pytest.mark.parametrize("path", ["/rj/native/2025-12-23/recap", "/?a=1&b=2"])
def test_one_comes_back_to_the_page_one_wanted(client, path):
    client.read_token()
    data = {"email": AUDITEUR, "password": PASSWORD, "csrf_token": client.token, "suite": path}
    response = client.post("/connexion", data=data)
    assert (response.status_code, response.location) == (303, path)


ELSEWHERE = [
    "https://ailleurs.ca/", "//ailleurs.ca/", "/\\ailleurs.ca", "\\\\ailleurs.ca", "javascript:alert(1)", "ailleurs.ca",
    "/\n/ailleurs.ca", "/\t/ailleurs.ca", " //ailleurs.ca", "http:ailleurs.ca", "///ailleurs.ca", "/\x7f",
]  # fmt: skip


@pytest.mark.parametrize("suite", ELSEWHERE)
def test_a_link_does_not_send_people_elsewhere(client, suite):
    client.read_token()
    data = {"email": AUDITEUR, "password": PASSWORD, "csrf_token": client.token, "suite": suite}
    assert client.post("/connexion", data=data).location == "/"
    assert client.get("/connexion", query_string={"suite": suite}).location == "/"


def test_who_is_signed_in_is_not_asked_again(auditor):
    response = auditor.get("/connexion?suite=/historique")
    assert (response.status_code, response.location) == (303, "/historique")


def test_a_session_is_new_at_log_in_and_the_old_token_is_worth_nothing(client):
    old = client.read_token()
    with client.session_transaction() as before:
        before["piege"] = "posé avant la connexion"
    cookie = client.get_cookie("rj_session").value
    login(client, AUDITEUR)
    with client.session_transaction() as after:
        assert "piege" not in after
    assert client.get_cookie("rj_session").value != cookie
    assert client.post("/deconnexion", headers={"X-CSRFToken": old}).status_code == 400
    client.set_cookie("rj_session", cookie)
    assert client.get("/api/moi").status_code == 401


def test_a_cookie_kept_from_before_log_out_opens_nothing(app, auditor):
    cookie = auditor.get_cookie("rj_session").value
    response = auditor.post("/deconnexion")
    assert (response.status_code, response.location) == (303, "/connexion")
    assert auditor.get("/api/moi").status_code == 401
    thief = app.test_client()
    thief.set_cookie("rj_session", cookie)
    assert thief.get("/api/moi").status_code == 401


def test_a_new_password_ends_every_session(app, auditor):
    second = app.test_client()
    login(second, AUDITEUR)
    with app.app_context(), write() as connection:
        account = users.account_by_email(connection, AUDITEUR)
        users.change_password(connection, account.id, account.password_hash, dates.now())
    assert (auditor.get("/api/moi").status_code, second.get("/api/moi").status_code) == (401, 401)


def test_the_cookie_holds_no_account_and_no_password(auditor):
    with auditor.session_transaction() as session:
        assert set(session) == {"_fresh", "_id", "_permanent", "_user_id", "csrf_token", "hotel", "vu"}
        assert len(session["_user_id"]) == 43


def test_a_session_left_idle_closes(app, client):
    minutes = app.config["SETTINGS"].idle_minutes
    with time_machine.travel(NIGHT, tick=False) as clock:
        login(client, AUDITEUR)
        for _ in range(3):
            clock.shift(timedelta(minutes=minutes - 1))
            assert client.get("/api/moi").status_code == 200
        clock.shift(timedelta(minutes=minutes + 1))
        assert client.get("/api/moi").status_code == 401


def test_a_session_does_not_outlive_its_hours(app, client):
    settings = app.config["SETTINGS"]
    with time_machine.travel(NIGHT, tick=False) as clock:
        login(client, AUDITEUR)
        for _ in range(settings.session_hours):
            assert client.get("/api/moi").status_code == 200
            clock.shift(timedelta(hours=1))
        assert client.get("/api/moi").status_code == 401


def test_reading_writes_nothing_and_working_is_noted(app, client):
    seen = "SELECT CAST(MAX(seen_at) AS VARCHAR) FROM user_sessions"
    with time_machine.travel(NIGHT, tick=False) as clock:
        login(client, AUDITEUR)
        before = run(app, seen)
        clock.shift(timedelta(minutes=10))
        assert "Set-Cookie" in client.get("/api/moi").headers
        assert "Set-Cookie" not in client.get("/api/moi").headers
        assert run(app, seen) == before
        clock.shift(timedelta(minutes=10))
        client.post("/hotel", data={"vers": "DEMO"})
        assert run(app, seen) > before


def test_too_many_failures_make_an_account_wait_even_with_the_right_password(app, client):
    with time_machine.travel(NIGHT, tick=False) as clock:
        for _ in range(5):
            assert login(client, AUDITEUR, "faux").status_code == 401
        refused = login(client, AUDITEUR)
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "30"
        assert "Trop de tentatives. Réessayer dans une minute." in refused.text
        assert login(app.test_client(), ADMIN).status_code == 303
        clock.shift(timedelta(seconds=30))
        assert login(client, AUDITEUR).status_code == 303
        assert login(app.test_client(), AUDITEUR, "faux").status_code == 401


def test_an_unknown_account_waits_as_well(client):
    said = [login(client, "inconnu@demo.hotel", "faux").status_code for _ in range(6)]
    assert said == [401] * 5 + [429]


def test_too_many_failures_make_an_address_wait(app, client, monkeypatch):
    monkeypatch.setattr("utils.accounts.passwords.matches", lambda *_: False)
    with time_machine.travel(NIGHT, tick=False):
        said = [login(client, f"inconnu{n}@demo.hotel", "faux").status_code for n in range(21)]
        assert said == [401] * 20 + [429]
        monkeypatch.undo()
        assert login(client, AUDITEUR).status_code == 429


def test_good_log_ins_are_no_failures(app, client):
    with time_machine.travel(NIGHT, tick=False):
        assert {login(app.test_client(), AUDITEUR).status_code for _ in range(7)} == {303}
    assert run(app, "SELECT count(*) FROM login_throttles WHERE failures > 0") == 0


def test_the_count_is_forgotten_with_time(client):
    with time_machine.travel(NIGHT, tick=False) as clock:
        for _ in range(5):
            login(client, AUDITEUR, "faux")
        clock.shift(throttles.FORGET_AFTER)
        assert [login(client, AUDITEUR, "faux").status_code for _ in range(4)] == [401] * 4


def test_an_unknown_account_takes_as_long_as_a_known_one(app_sqlite, monkeypatch):
    monkeypatch.setattr("utils.accounts.attempts.count", lambda *_: None)
    client = app_sqlite.test_client()

    def duration(email):
        start = time.process_time()
        assert login(client, email, "un faux mot de passe").status_code == 401
        return time.process_time() - start

    duration("inconnu@demo.hotel")
    known, unknown = zip(*((duration(AUDITEUR), duration("inconnu@demo.hotel")) for _ in range(9)), strict=True)
    assert 0.6 < median(known) / median(unknown) < 1.6


def test_a_program_without_session_hears_401_and_a_person_sees_the_form(client):
    response = client.get("/api/moi")
    assert (response.status_code, response.content_type) == (401, "application/problem+json")
    assert response.json["detail"].startswith("La session est terminée")
    assert client.post("/deconnexion").location == "/connexion"


def test_a_page_without_session_leads_to_the_form_and_back(client):
    path = "/essai/lire"
    response = client.get(f"{path}?jour=1")
    assert (response.status_code, response.location) == (302, f"/connexion?suite={path}?jour%3D1")
    assert client.post(path).location == "/connexion"
    client.read_token()
    data = {"email": AUDITEUR, "password": PASSWORD, "csrf_token": client.token, "suite": f"{path}?jour=1"}
    assert client.post("/connexion", data=data).location == f"{path}?jour=1"


@pytest.mark.parametrize(("email", "role"), [(email, role) for email, _, role in setup.DEMO_PEOPLE])
def test_each_role_may_do_what_the_table_says(client, email, role):
    login(client, email)
    said = {action: client.get(f"/api/essai/{action}").status_code for action in ACTIONS}
    assert said == {action: 200 if role in roles else 403 for action, roles in ACTIONS.items()}


def test_the_table_is_the_one_of_the_hotel():
    """Columns: auditor, supervisor, accounting, controller, gsm, gm, admin."""
    written = {
        "lire": "1111111",
        "remplir": "1100001",
        "synchroniser": "1101011",
        "soumettre": "1100001",
        "deroger": "0111011",
        "verrouiller": "0011011",
        "corriger": "0111011",
        "ecarts_personnel": "1111011",
        "exporter": "0011111",
        "connexion_pms": "0001011",
        "connexion_marsha": "0001011",
        "envoyer_marsha": "1111011",
        "lancer": "0000011",
        "regler_avis": "0000011",
        "budgeter": "0011011",
        "importer": "0011011",
        "administrer": "0000001",
    }
    columns = [role for _, _, role in setup.DEMO_PEOPLE]
    assert written == {
        action: "".join("1" if role in roles else "0" for role in columns) for action, roles in ACTIONS.items()
    }


def test_a_refused_page_says_so_in_french(auditor):
    page = auditor.get("/essai/administrer", headers={"Accept": "text/html"})
    assert page.status_code == 403
    assert "Votre rôle dans cet hôtel ne permet pas de faire cela." in page.text
    problem = auditor.get("/api/essai/administrer")
    assert (problem.status_code, problem.json["title"]) == (403, "Accès refusé")


def test_one_of_several_actions_is_enough(auditor):
    assert auditor.get("/api/plusieurs").json == {"hotel": "DEMO", "role": "night_auditor"}


def test_an_unknown_action_is_a_fault_seen_at_start():
    with pytest.raises(ValueError, match="danser"):
        requires("danser")


def test_a_view_is_opened_once():
    view = requires("lire")(lambda: "")
    with pytest.raises(ValueError, match="already"):
        requires("administrer")(view)
    with pytest.raises(ValueError, match="already"):
        public(view)


def test_a_view_that_says_nothing_is_closed(app, auditor):
    assert auditor.get("/api/oubli").status_code == 403
    assert app.test_client().get("/api/oubli").status_code == 403
    assert app.test_client().get("/api/public").text == "ouvert"


def test_every_view_of_the_application_says_who_may_ask(bare_app):
    views = bare_app.view_functions.items()
    silent = [name for name, view in views if not (hasattr(view, "public") or hasattr(view, "requires"))]
    assert silent == []


def test_a_write_names_its_hotel(auditor, other_hotel):
    path = "/api/essai/remplir"
    assert auditor.post(path).json == {"hotel": "DEMO", "role": "night_auditor"}
    assert auditor.post(path, headers={"X-Hotel": None}).status_code == 400
    assert auditor.post(path, headers={"X-Hotel": "AUTRE"}).status_code == 404
    assert auditor.post(path, headers={"X-Hotel": "INEXISTANT"}).status_code == 404
    assert auditor.post(path, headers={"X-Hotel": None}, data={"hotel": "DEMO"}).status_code == 200
    assert auditor.get(path, headers={"X-Hotel": "AUTRE"}).status_code == 404


def test_a_page_of_another_hotel_of_mine_is_a_conflict_until_i_go_there(client, other_hotel):
    path = "/api/essai/lire"
    login(client, ADMIN)
    refused = client.post(path, headers={"X-Hotel": "AUTRE"})
    assert refused.status_code == 409
    assert refused.json["detail"] == (
        "La page est celle de l’hôtel AUTRE, mais la session travaille dans l’hôtel DEMO."
    )
    assert client.post("/hotel", data={"vers": "AUTRE", "suite": "/historique"}).location == "/historique"
    assert client.post(path, headers={"X-Hotel": "AUTRE"}).json == {"hotel": "AUTRE", "role": "accounting"}
    assert client.post(path).status_code == 409
    assert client.get("/api/moi").json["hotel"] == "AUTRE"


@pytest.mark.parametrize("code", ["AUTRE", "INEXISTANT", "", "\x7f"])
def test_one_cannot_go_to_a_hotel_that_is_not_one_s_own(auditor, other_hotel, code):
    assert auditor.post("/hotel", data={"vers": code}).status_code == 404
    assert auditor.get("/api/moi").json["hotel"] == "DEMO"


def test_a_role_taken_away_is_lost_at_once(app, auditor):
    path = "/api/essai/remplir"
    assert auditor.get(path).status_code == 200
    run(app, "UPDATE memberships SET role = 'gsm' WHERE role = 'night_auditor'")
    assert auditor.get(path).status_code == 403
    run(app, "DELETE FROM memberships WHERE user_id = 1")
    assert auditor.get(path).status_code == 401


def test_a_hotel_chooses_who_overrides_and_who_locks(app, auditor):
    path, fill = "/api/essai/verrouiller", "/api/essai/remplir"
    assert auditor.get(path).status_code == 403
    with app.app_context(), write() as connection:
        hotel = properties.property_by_code(connection, "DEMO")
        chosen = {"roles": {"verrouiller": ["night_auditor"], "remplir": ["gm"]}}
        who = SYSTEM
        properties.write_settings(connection, hotel.id, hotel.opening_date, chosen, who, dates.now())
    assert (auditor.get(path).status_code, auditor.get(fill).status_code) == (200, 200)
    comptable = app.test_client()
    login(comptable, "comptable@demo.hotel")
    assert comptable.get(path).status_code == 403


def test_who_asks_is_known_inside_the_view(app, auditor):
    with auditor:
        auditor.get("/api/essai/lire")
        me = current_access()
        assert (me.user_id, me.label, me.property_id, me.code) == (1, "Auditeur de démonstration", 1, "DEMO")
        assert me.may("remplir")
        with pytest.raises(ApiError) as refused:
            me.demand("administrer")
    assert refused.value.code == 403


def test_nobody_is_known_outside_a_session(app):
    with app.test_request_context("/"), pytest.raises(ApiError) as refused:
        current_access()
    assert refused.value.code == 401


def test_a_write_without_token_is_refused_even_signed_in(auditor):
    response = auditor.post("/deconnexion", headers={"X-CSRFToken": None, "Accept": "application/json"})
    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert auditor.get("/api/moi").status_code == 200


def test_without_session_a_write_hears_401_before_any_word_of_a_token(client):
    assert client.post("/api/essai/lire").status_code == 401


def test_a_busy_book_does_not_close_the_session(app_sqlite, monkeypatch):
    client = app_sqlite.test_client()
    with time_machine.travel(NIGHT, tick=False) as clock:
        login(client, AUDITEUR)
        clock.shift(timedelta(minutes=5))
        monkeypatch.setattr("database.sessions.touch_session", busy)
        assert client.post("/hotel", data={"vers": "DEMO"}).status_code == 303


def busy(*_):
    """What a book held by somebody else answers."""
    raise Busy


def test_the_access_of_a_request_cannot_be_changed(app, auditor):
    with app.app_context(), read() as connection:
        account = users.account_by_email(connection, AUDITEUR)
    assert account.active
    with pytest.raises(AttributeError):
        Access("x", None).token = "y"
    assert ACTIONS.keys() >= access.SETTABLE
