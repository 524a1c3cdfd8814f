"""For every route of administration and every role: the expected answer, from the map of addresses."""

import pytest

from database import setup
from routes.access import ACTIONS
from tests.applications import login

BLUEPRINTS = ("utilisateurs", "profil", "parametres", "hotels", "journal_hotel", "partage", "verrou", "second_facteur")
ADMIN, ALL, WRITE, OVERRIDE, EXPORT = ("administrer",), (), ("remplir", "corriger"), ("deroger",), ("exporter",)
READ = ("lire",)
PUBLIC = "public"
EXPECTED = {
    **dict.fromkeys(["creer", "deblocage", "etat", "fiche", "lien", "liste", "mot_de_passe", "nom"], ADMIN),
    **dict.fromkeys(["personnel", "reunir", "role", "second_facteur", "separer", "desinviter", "fermer"], ADMIN),
}
EXPECTED = {f"utilisateurs.{name}": rule for name, rule in EXPECTED.items()} | {
    **dict.fromkeys([f"parametres.{name}" for name in ("sommaire", "lire", "changer")], ADMIN),
    **{"hotels.liste": ADMIN, "hotels.creer": ADMIN, "hotels.travailler": ALL},
    **{"journal_hotel.chercher": READ, "journal_hotel.exporter": EXPORT},
    **{
        "partage.lire": READ,
        "partage.ici": READ,
        "partage.vu": READ,
        "partage.releve": WRITE,
        "partage.enveloppes": WRITE,
    },
    **{"partage.signature": OVERRIDE, "verrou.fermer": ALL, "verrou.page": PUBLIC, "verrou.ouvrir": PUBLIC},
    **{"second_facteur.page": PUBLIC, "second_facteur.entrer": PUBLIC},
    **{"profil.reinitialiser": PUBLIC, "profil.choisir": PUBLIC},
    **dict.fromkeys([f"profil.{name}" for name in ("page", "mot_de_passe", "changer_mot_de_passe", "theme")], ALL),
    **dict.fromkeys([f"profil.{name}" for name in ("terminer", "terminer_autres", "second_facteur")], ALL),
    **dict.fromkeys([f"profil.{name}" for name in ("confirmer", "retirer", "accepter", "refuser")], ALL),
}
VALUES = {
    "compte": 999,
    "seance": 999,
    "invitation": 999,
    "section": "lune",
    "code": "LUNE",
    "jour": "2025-01-01",
    "jeton": "x",
}


def routes(app):
    """Every address of administration with each of its methods."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if rule.endpoint.partition(".")[0] in BLUEPRINTS:
                given = {name: VALUES[name] for name in rule.arguments}
                for method in sorted(rule.methods & {"GET", "POST"}):
                    yield rule.endpoint, method, adapter.build(rule.endpoint, given, method=method)


def test_every_route_says_who_may(app_sqlite):
    said = {endpoint: app_sqlite.view_functions[endpoint] for endpoint, _, _ in routes(app_sqlite)}
    rules = {name: PUBLIC if getattr(view, "public", False) else view.requires for name, view in said.items()}
    assert rules == EXPECTED


def test_without_session_nothing_opens(app_sqlite, record_property):
    visitor = app_sqlite.test_client()
    visitor.read_token()
    closed = [one for one in routes(app_sqlite) if EXPECTED[one[0]] != PUBLIC]
    answers = {path: visitor.open(path, method=method) for _, method, path in closed}
    assert [path for path, answer in answers.items() if not (answer.location or "").startswith("/connexion")] == []
    record_property("refusals", len(closed))


@pytest.mark.parametrize(("email", "role"), [(email, role) for email, _, role in setup.DEMO_PEOPLE])
def test_each_role_opens_what_it_may_and_no_more(app_sqlite, email, role):
    """Who may reaches the view, which finds nothing of these names; who may not hears 403, always."""
    person = app_sqlite.test_client()
    login(person, email)
    for endpoint, method, path in routes(app_sqlite):
        rule = EXPECTED[endpoint]
        if rule == PUBLIC or endpoint in ("verrou.fermer", "profil.terminer_autres"):
            continue
        answer = person.open(path, method=method)
        allowed = not rule or any(role in ACTIONS[action] for action in rule)
        assert (answer.status_code != 403) is allowed, (method, path, answer.status_code)
        assert answer.status_code < 500, (method, path)


def test_without_its_token_or_its_hotel_no_write_is_made(app_sqlite):
    admin = app_sqlite.test_client()
    login(admin, "admin@demo.hotel")
    for endpoint, method, path in routes(app_sqlite):
        if method == "POST":
            assert admin.post(path, headers={"X-CSRFToken": None}).status_code == 400, path
            if EXPECTED[endpoint] != PUBLIC:
                assert admin.post(path, headers={"X-Hotel": None}).status_code == 400, path
                assert admin.post(path, headers={"X-Hotel": "AILLEURS"}).status_code == 404, path
