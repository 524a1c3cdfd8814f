"""The attacks that anybody would try: none succeeds, and how many were tried is told.

Each test counts its attempts; a success fails it and is shown.
"""

import time
from datetime import date
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import pytest

from database import properties, setup, users
from database.journal import Actor
from database.properties import Described
from database.transaction import write
from tests.applications import PASSWORD, login
from tests.pages import without_token
from tests.saisie import DAY, book, night, opened, person, rows, save
from utils import dates
from utils.accounts import passwords
from utils.actions.cells import TERMINALS
from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.declaration import TEXT

MARKUP = (
    "<rjx onrjx=1>", '"><rjx onrjx=1>', "'><rjx>", "</script><rjx>", "</textarea></title></style><rjx>",
    '" onrjx="1', "' onrjx='1", "` onrjx=`1", "<!--<rjx>", "<svg/onrjx=1>", "&lt;rjx&gt;<rjx/>", "javascript:rjx(1)",
)  # fmt: skip
TEMPLATES = ("{{7191*7}}", "${7191*7}", "{% print(7191*7) %}", "#{7191*7}", "<%= 7191*7 %>", "{{config}}")
SQL = (
    "' OR '1'='1", "'; DROP TABLE users; --", '" OR ""="', "1); DELETE FROM changes; --", "%' ESCAPE '!' --", "\\",
    "') UNION SELECT password_hash FROM users --", "%00", "1/**/OR/**/1", "$$; --", "::text", "%s %(x)s :p ?",
)  # fmt: skip
PATHS = ("../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/main.py", "....//main.py", "/etc/passwd",
         "..\\..\\main.py", "%00/main.py", "file:///etc/passwd", "instance/rj.db", ".env", ".git/config")  # fmt: skip
ELSEWHERE = (
    "https://mal.example", "//mal.example", "///mal.example", "/\\mal.example", "\\\\mal.example", "http:mal.example",
    "https:/mal.example", "/\t/mal.example", "/\n/mal.example", "//mal.example/%2f..", "javascript:alert(1)",
    "data:text/html,x", " //mal.example", "%2f%2fmal.example", "/%09/mal.example", "//demo.hotel@mal.example",
    "mal.example",
)  # fmt: skip


SECOND = Described("AUTRE", "L’autre hôtel", "CAD", "America/Toronto", date(2024, 12, 1), demo=True)


class Seen(HTMLParser):
    """What a browser makes of a page: is anything of ours an element, a handler or a link that runs?"""

    def __init__(self, page):
        super().__init__()
        self.bad = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        names = {name for name, _ in attrs}
        runs = any(
            name in {"href", "src", "action"} and (value or "").strip().startswith("javascript:")
            for name, value in attrs
        )
        if tag == "rjx" or "onrjx" in names or runs:
            self.bad.append((tag, attrs))


def shows(answer):
    """What went through on a page: markup that lives, a template that was calculated, a fault of ours."""
    html = answer.mimetype == "text/html"
    found = Seen(answer.text).bad if html else []
    return [*found, *(["calculé"] if "50337" in answer.text else []), *(["500"] if answer.status_code == 500 else [])]


def tell(capsys, what, count):
    """Say how many were tried."""
    with capsys.disabled():
        print(f"\n    {what} : {count} essais, 0 réussite")  # noqa: T201 - a count is told


@pytest.fixture
def app(app_sqlite):
    return app_sqlite


@pytest.fixture
def admin(app):
    client = person(app, "admin")
    opened(client)
    return client


def texts(payloads, turn):
    """One document a tab in which every text holds a payload: (tab, values, how many)."""
    number = turn
    for tab in BY_KEY:
        values = {}
        for field in [FIELDS[f"{tab}.{one.key}"] for one in BY_KEY[tab] if one.typed and one.key != "audit_date"]:
            number += 1
            if field.columns and any(column.kind == TEXT and column.formula is None for column in field.columns):
                keys = [column.key for column in field.columns if column.kind == TEXT and column.formula is None]
                needed = {"id": "t1", "group": "pos"} if field.key == TERMINALS else {}
                values[field.key] = [{key: payloads[number % len(payloads)] for key in keys} | needed]
            elif field.kind == TEXT and not field.items and "." not in field.key:
                values[field.key] = payloads[number % len(payloads)]
        if values:
            yield tab, values


def test_markup_and_metacharacters_stored_in_every_text_stay_text(app, admin, capsys):
    """Typed in every text of the night, then every page that shows it is read as a browser reads it."""
    payloads, tried = (*MARKUP, *TEMPLATES, *SQL), 0
    for turn in range(0, len(payloads), 10):
        for tab, values in texts(payloads, turn):
            for key, value in values.items():
                save(admin, tab, {key: value})
                tried += 1
        pages = [f"/rj/native/{DAY}/{tab}" for tab in BY_KEY] + [
            f"/rj/native/{DAY}/imprimer",
            f"/rj/native/{DAY}/journal",
        ]
        for path in [*pages, "/", "/historique", "/journal"]:
            answer = admin.get(path)
            assert (answer.status_code, shows(answer)) == (200, []), path
    assert len(rows(app, "SELECT id FROM users")) == len(setup.DEMO_PEOPLE)
    assert app.test_cli_runner().invoke(args=["rj", "journal", "verifier"]).exit_code == 0
    tell(capsys, "Balisage, gabarits et SQL gardés en texte", tried)


def test_what_is_reflected_stays_text(app, admin, capsys):
    """In every address and parameter that a page may repeat, signed in and not."""
    tried, visitor = 0, app.test_client()
    before = book(app, "user_sessions")
    for payload in (*MARKUP, *TEMPLATES, *SQL, *PATHS):
        text = quote(payload, safe="")
        for client in (admin, visitor):
            for path in (
                f"/{text}", f"/connexion?suite={text}", f"/rj/native/{text}", f"/rj/native/{DAY}/{text}",
                f"/historique?mois={text}&du={text}&au={text}", f"/journal?personne={text}&champ={text}",
                f"/journal?nuit={text}&page={text}",
                f"/api/rj/native/session/{text}", f"/api/rj/native/session/{DAY}/{text}", f"/utilisateurs/{text}",
                f"/api/rj/native/session/{DAY}/pourquoi/{text}", f"/reinitialisation/{text}", f"/parametres/{text}",
            ):  # fmt: skip
                assert shows(client.get(path)) == [], path
                tried += 1
        visitor.read_token()
        form = {"csrf_token": visitor.token, "email": payload, "password": payload, "suite": payload}
        assert shows(visitor.post("/connexion", data=form)) == []
        tried += 1
    assert book(app, "user_sessions", "login_throttles") == {k: v for k, v in before.items() if k != "login_throttles"}
    tell(capsys, "Balisage et métacaractères reflétés", tried)


def test_no_path_leaves_the_files_that_are_served(app, admin, capsys):
    tried = 0
    for path in PATHS:
        for prefix in ("/static/x/", "/static/", "/", "/rj/native/", "/static/x/css/"):
            answer = admin.get(prefix + path)
            assert answer.status_code in {302, 303, 308, 400, 404, 422}, prefix + path
            assert "root:" not in answer.text
            assert "create_app" not in answer.text
            tried += 1
    tell(capsys, "Traversée de chemins", tried)


def test_no_link_sends_people_elsewhere(app, capsys):
    client = app.test_client()
    for suite in ELSEWHERE:
        client.read_token()
        form = {"csrf_token": client.token, "email": "admin@demo.hotel", "password": PASSWORD, "suite": suite}
        answer = client.post("/connexion", data=form)
        parts = urlsplit(answer.headers["Location"])
        assert (parts.scheme, parts.netloc) == ("", ""), suite
        assert not answer.headers["Location"].startswith(("//", "/\\"))
        client.read_token("/")
        client.hotel = "DEMO"
        client.post("/deconnexion")
    tell(capsys, "Redirections ouvertes", len(ELSEWHERE))


def test_a_forged_host_is_repeated_nowhere(app, admin, capsys):
    hosts = ("mal.example", "mal.example:80", "localhost@mal.example", "mal.example/x", "a\tb")
    paths, tried = ("/", "/connexion", "/historique", "/utilisateurs", "/rien", f"/rj/native/{DAY}/jour"), 0
    for host in hosts:
        for headers in ({"Host": host}, {"X-Forwarded-Host": host, "X-Forwarded-Proto": "javascript"}):
            for client in (admin, app.test_client()):
                for path in paths:
                    answer = client.get(path, headers=headers)
                    assert "mal.example" not in answer.text + str(answer.headers), (host, path)
                    tried += 1
    tell(capsys, "En-tête Host", tried)


def test_a_session_planted_or_kept_opens_nothing(app, capsys):
    """A cookie planted before log-in, one kept after log-out, one after a change of password, one altered."""
    tried, planted = 0, app.test_client()
    planted.read_token()
    before = planted.get_cookie("rj_session").value
    victim = app.test_client()
    victim.set_cookie("rj_session", before)
    login(victim, "auditeur@demo.hotel")
    assert victim.get_cookie("rj_session").value != before
    kept = victim.get_cookie("rj_session").value
    victim.post("/deconnexion")
    half = len(kept) // 2
    altered = [kept[:place] + ("A" if kept[place] != "A" else "B") + kept[place + 1 :] for place in range(0, half, 7)]
    for cookie in [before, kept, *altered, "", "eyJfdXNlcl9pZCI6IjEifQ", kept.split(".")[0], "../../x"]:
        thief = app.test_client()
        thief.set_cookie("rj_session", cookie)
        assert thief.get("/api/moi").status_code == 401
        tried += 1
    tell(capsys, "Fixation et rejeu de session", tried)


def test_guessing_passwords_stops_early_and_from_any_address(app, capsys):
    """A hundred guesses, the right one among the last, with addresses that lie about themselves."""
    opened_doors, heard = 0, []
    for number in range(100):
        client = app.test_client()
        client.read_token()
        guess = PASSWORD if number > 20 else f"essai numéro {number}"
        form = {"csrf_token": client.token, "email": "admin@demo.hotel", "password": guess}
        answer = client.post("/connexion", data=form, headers={"X-Forwarded-For": f"192.0.2.{number}"})
        heard.append(answer.status_code)
        opened_doors += answer.status_code == 303
    assert opened_doors == 0
    assert heard.count(401) <= 5
    assert set(heard) == {401, 429}
    tell(capsys, "Force brute", len(heard))


def without(text, *words):
    """A page without these words: that of a demonstration names its accounts to everybody."""
    for word in words:
        text = text.replace(word, "")
    return text


def test_nobody_learns_who_has_an_account(app, capsys):
    """By the words, then by the work done: the processor's time of a refusal is the same within a third."""
    known = [email for email, _, _ in setup.DEMO_PEOPLE]
    unknown = [f"quidam{number}@demo.hotel" for number in range(len(known))]
    spent, said = {True: 0.0, False: 0.0}, {True: set(), False: set()}
    for pair in zip(known, unknown, strict=True):
        for email in pair:
            client = app.test_client()
            client.read_token()
            form = {"csrf_token": client.token, "email": email, "password": "une phrase qui n’est pas la bonne"}
            begun = time.process_time()
            answer = client.post("/connexion", data=form)
            spent[email in known] += time.process_time() - begun
            said[email in known].add(without_token(without(answer.text, *known, email)))
    assert said[True] == said[False]
    assert len(said[True]) == 1
    assert 0.67 < spent[True] / spent[False] < 1.5
    tell(capsys, f"Énumération des comptes (temps × {spent[True] / spent[False]:.2f})", 2 * len(known))


@pytest.fixture
def neighbour(app):
    """Somebody who administers another hotel and knows every id of this one."""
    with app.app_context(), write() as connection:
        hotel = properties.create_property(connection, SECOND, Actor(None, "essai"), dates.now())
        given = ("voisin@autre.hotel", "Voisin", passwords.hashed(PASSWORD), dates.now())
        user = users.create_account(connection, *given, must_change_password=False)
        users.give_role(connection, user, hotel.id, "admin")
    client = app.test_client()
    login(client, "voisin@autre.hotel")
    return client


def values_for(rule):
    """An address of this rule that means something in the demonstration."""
    named = {"jour": DAY, "onglet": "recap", "champ": "recap.cash_ls_lecture", "compte": 1, "seance": 1, "code": "DEMO"}
    named |= {"section": "chambres", "jeton": "x", "version": "x", "filename": "x", "tache": "synchro"}
    return {name: named.get(name, 1) for name in rule.arguments}


def doors(app, methods):
    """Every address that answers to one of these methods: (method, path)."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=str):
        for method in sorted(rule.methods & methods):
            yield method, adapter.build(rule.endpoint, values_for(rule), method=method)


OPEN = ("/connexion", "/mot-de-passe-oublie", "/reinitialisation", "/verrou")
"""Doors that are for everybody: what they do asks for a password or a token of its own."""

SIGNED = ("/webhooks/lightspeed", "/webhooks/marsha/validation", "/notifications/desabonnement/")
"""Doors of programs: what comes through is signed, or refused by its own tests."""


def test_another_hotel_is_another_world(app, admin, neighbour, capsys):
    """Every write of the application aimed at the demonstration by an administrator of another hotel."""
    save(admin, "recap", {"cash_ls_lecture": "731.09"})
    mine, tried = book(app, "user_sessions"), 0
    for method, path in doors(app, {"POST", "PUT", "PATCH", "DELETE"}):
        if path.startswith((*OPEN, *SIGNED)) or path == "/deconnexion":
            continue
        for body in (
            {"json": {"version": 1, "values": {"cash_ls_lecture": "1.00"}}},
            {"data": {"hotel": "DEMO", "vers": "DEMO"}},
        ):
            answer = neighbour.open(path, method=method, headers={"X-Hotel": "DEMO"}, **body)
            assert answer.status_code == 404, (method, path, answer.status_code)
            tried += 1
    for method, path in doors(app, {"GET"}):
        answer = neighbour.open(path, method=method)
        assert "731.09" not in answer.text, path
        assert "731,09" not in answer.text, path
        tried += 1
    assert book(app, "user_sessions") == mine
    tell(capsys, "Identifiants d’un autre hôtel", tried)


def test_a_post_from_elsewhere_writes_nothing(app, admin, capsys):
    """With the cookie of somebody signed in but no token of the page: as a form, as plain text, as JSON in disguise."""
    mine, tried = book(app, "user_sessions"), 0
    shapes = (
        {"data": {"a": "b"}},
        {"data": '{"version": 1}', "content_type": "text/plain"},
        {"data": '{"version": 1, "values": {"cash_ls_lecture": "1.00"}}', "content_type": "application/json"},
        {"data": "<x/>", "content_type": "text/xml"},
    )
    for method, path in doors(app, {"POST", "PUT", "PATCH", "DELETE"}):
        for shape in shapes if not path.startswith(SIGNED) else ():
            for token in (None, "faux", app.test_client().read_token()):
                origin = {"Origin": "https://mal.example", "Referer": "https://mal.example/x", "X-CSRFToken": token}
                answer = admin.open(path, method=method, headers=origin, **shape)
                assert answer.status_code == 400, (method, path, answer.status_code)
                tried += 1
    assert book(app, "user_sessions") == mine
    assert admin.get("/api/moi").status_code == 200
    tell(capsys, "Écritures d’une autre origine ou en texte", tried)


def test_a_write_that_names_more_than_it_may_changes_nothing_else(app, admin, capsys):
    """Columns of the tables slipped into every document that is read."""
    extra = {"status": "locked", "property_id": 2, "revision": 9, "auditor_id": 7, "checksum": "x", "role": "admin",
             "is_fully_balanced": True, "origins": {}, "user_id": 1, "demo": False, "__proto__": {"x": 1}}  # fmt: skip
    night_before, tried = rows(app, "SELECT * FROM night_audit_sessions"), 0
    for key, value in extra.items():
        for method, rest, document in (
            ("patch", "/recap", {"version": 1, "values": {}, key: value}),
            ("patch", "/recap", {"version": 1, "values": {key: value}}),
            ("patch", "/sd", {"version": 1, "values": {"sd_entries": [{"name": "x", key: value}]}}),
            ("post", "/soumettre", {"motifs": {}, key: value}),
            ("put", "/reprise", {key: value}),
        ):
            answer = getattr(admin, method)(night(rest=rest), json=document)
            assert answer.status_code == 422, (key, rest, answer.status_code)
            tried += 1
    assert rows(app, "SELECT * FROM night_audit_sessions") == night_before
    tell(capsys, "Affectation en masse", tried)


def test_bodies_that_are_too_large_or_too_deep(app, admin, capsys):
    huge = b'{"version": 1, "values": {"x": "' + b"a" * 2_100_000 + b'"}}'
    deep = b'{"version": 1, "values": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001
    bombs = {
        413: [huge, huge * 3],
        422: [b'{"version": 1, "values": {"cash_ls_lecture": ' + b"9" * 100_000 + b"}}", b'{"version": 1e999}', b"[]"],
    }
    tried = 0
    for status, bodies in bombs.items():
        for body in bodies:
            answer = admin.patch(night(rest="/recap"), data=body, content_type="application/json")
            assert answer.status_code == status, answer.text[:300]
            tried += 1
    for body in (deep, b"[" * 100_000, b"\xff\xfe" * 10, b'{"version"' * 1000, b""):
        answer = admin.patch(night(rest="/recap"), data=body, content_type="application/json")
        assert answer.status_code in {400, 422}
        tried += 1
    form = {"csrf_token": admin.token, "hotel": "DEMO", "x": "a" * 2_100_000}
    assert admin.post(f"/rj/native/{DAY}/reprise", data=form).status_code == 413
    tell(capsys, "Corps démesurés", tried + 1)
