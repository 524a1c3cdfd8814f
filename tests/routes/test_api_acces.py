"""For every address of the map and every role: the expected refusal; and nothing of a hotel is seen from another."""

import json

import pytest
from sqlalchemy import select

from database.base import db
from database.transaction import read
from routes.erreurs import CSRF_SENTENCE
from tests.utils.actions.addresses import ALL, EXPECTED, PUBLIC, SIGNED, addresses
from tests.utils.actions.nights import DAY, PEOPLE, Person, after, book, new_account, rows, set_policy

LOGIN = "/connexion"
MARK = "Marque secrète de la démonstration"
ALONE = ("POST /verrou", "POST /profil/seances/fin", "POST /deconnexion")
"""What ends or locks the very session that asks."""


@pytest.fixture
def app(app_sqlite):
    """One engine is enough: who may do what is asked before the book."""
    return app_sqlite


@pytest.fixture
def told(capsys):
    """Print a count although the test passes."""

    def tell(*words):
        with capsys.disabled():
            print("\n   ", *words)  # noqa: T201 - a figure is told

    return tell


def is_json(url):
    return url.startswith("/api/")


def test_every_address_is_expected_and_every_expectation_is_an_address(app):
    assert {name for name, _, _ in addresses(app)} == set(EXPECTED)


def test_without_session_every_address_refuses(app, told):
    visitor = app.test_client()
    visitor.read_token()
    refused = 0
    for name, method, url in addresses(app):
        answer = visitor.open(url, method=method)
        if EXPECTED[name] is PUBLIC:
            assert "suite=" not in (answer.location or ""), name
            assert answer.status_code < 500, name
            continue
        refused += 1
        if is_json(url):
            assert (answer.status_code, answer.content_type) == (401, "application/problem+json"), name
        else:
            assert (answer.status_code, answer.location.partition("?")[0]) == (302, LOGIN), name
        assert_says_nothing(answer, name)
    told(f"Sans session : {refused} adresses refusées sur {len(EXPECTED)}")


def assert_says_nothing(answer, name):
    """A refusal shows nothing of the book."""
    for word in ("Traceback", "sqlalchemy", "demo.hotel"):
        assert word not in answer.text, name


@pytest.mark.parametrize("who", PEOPLE)
def test_each_role_hears_the_refusal_it_must_and_no_other(app, told, who):
    """A write without its token: whoever may hears of the token, whoever may not of the role; nothing is written."""
    one = Person(app, who)
    before = book(app)
    counted = {True: 0, False: 0}
    for name, method, url in addresses(app):
        may = EXPECTED[name] is PUBLIC or who in EXPECTED[name]
        headers = {"X-CSRFToken": None} if method != "GET" else {}
        answer = one.client.open(url, method=method, headers=headers)
        counted[may] += 1
        if not may:
            assert answer.status_code == 403, (name, answer.status_code)
            assert_says_nothing(answer, name)
        elif name in SIGNED:
            assert answer.status_code in (401, 404, 415), (name, answer.status_code)
        elif method == "GET":
            assert answer.status_code in (200, 302, 303, 404), (name, answer.status_code)
        else:
            assert answer.status_code == 400, (name, answer.status_code)
            assert CSRF_SENTENCE in answer.text, name
    drawn = "user_sessions"  # the page of the second factor keeps in the session the secret it draws, sealed
    assert {**book(app), drawn: None} == {**before, drawn: None}
    told(f"{who} : {counted[True]} permises, {counted[False]} refusées")


def test_no_write_passes_without_the_hotel_of_its_page_or_with_another_one(app, told):
    admin = Person(app, "admin")
    new_account(app, "voisin@autre.hotel", "admin", "AUTRE")
    both = Person(app, "superviseur")
    give_role(app, "superviseur@demo.hotel", "AUTRE", "admin")
    before = book(app)
    tried = 0
    for name, method, url in addresses(app):
        if EXPECTED[name] is PUBLIC:
            continue
        if method != "GET":
            assert admin.client.open(url, method=method, headers={"X-Hotel": None}).status_code == 400, name
        for code, status in (("AUTRE", 404), ("INCONNU", 404), ("demo", 404), ("D\x01MO", 404)):
            answer = admin.client.open(url, method=method, headers={"X-Hotel": code})
            assert answer.status_code == status, (name, code, answer.status_code)
            tried += 1
        assert both.client.open(url, method=method, headers={"X-Hotel": "AUTRE"}).status_code == 409, name
    assert book(app) == before
    told(f"Autre hôtel : {tried} requêtes refusées")


def give_role(app, email, code, role):
    """Give an account a role in another hotel."""
    from database import properties, users  # noqa: PLC0415
    from database.transaction import write  # noqa: PLC0415

    with app.app_context(), write() as connection:
        hotel = properties.property_by_code(connection, code)
        users.give_role(connection, users.account_by_email(connection, email).id, hotel.id, role)


# one hotel from another


@pytest.fixture
def demo(app):
    """The demonstration with a mark wherever a text is kept: the night, its lines, its reasons, its settings."""
    anne, denis = Person(app).open(), Person(app, "directeur")
    anne.save("controle", {"notes": MARK, "auditor_name": MARK})
    anne.save("sd", {"sd_entries": [{"id": "ligne-aa", "name": MARK, "amount": "12345.67", "note": MARK}]})
    anne.save("recap", {"cash_ls_lecture": "76543.21", "recap_corr_notes": MARK})
    set_policy(app, staff=[MARK])
    assert anne.submit(chk_sd_personne=MARK, en_attente=True).status_code == 200
    denis.reopen(MARK)
    return anne


@pytest.fixture
def neighbour(app, demo):
    """The administrator of another hotel, where the same night is open and empty."""
    new_account(app, "voisin@autre.hotel", "admin", "AUTRE")
    return Person(app, "voisin", domain="autre.hotel")


def belonging(app, code):
    """Every row of a hotel, of its nights and of its people."""
    [(hotel,)] = rows(app, "SELECT id FROM properties WHERE code = :c", c=code)
    nights = {row.id for row in rows(app, "SELECT id FROM night_audit_sessions WHERE property_id = :p", p=hotel)}
    people = {row.user_id for row in rows(app, "SELECT user_id FROM memberships WHERE property_id = :p", p=hotel)}
    keys = {"property_id": {hotel}, "night_id": nights, "user_id": people}
    found = {}
    with app.app_context(), read() as connection:
        for table in db.metadata.sorted_tables:
            key = "property_id" if "property_id" in table.c else next((key for key in keys if key in table.c), None)
            key, wanted = ("id", people) if table.name == "users" else (key, keys.get(key))
            if key and table.name != "memberships":
                kept = [row for row in connection.execute(select(table)).mappings() if row[key] in wanted]
                found[table.name] = sorted(map(repr, kept))
    return found


def test_nothing_of_a_hotel_is_read_from_another(app, demo, neighbour, told):
    asked = 0
    for opened in (False, True):
        if opened:
            neighbour.open()
        for tab in ("sd", "controle"):
            for name, method, url in addresses(app, onglet=tab, champ="sd.sd_total_amount", compte=1, seance=1):
                if method == "GET":
                    answer = neighbour.client.get(url)
                    asked += 1
                    assert answer.status_code < 500, name
                    for mark in (MARK, json.dumps(MARK)[1:-1], "12345.67", "76543.21", "12\xa0345,67", "76\xa0543,21"):
                        assert mark not in answer.text, (name, mark)
                    assert "@demo.hotel" not in answer.text, name
    assert MARK in demo.client.get(f"/rj/native/{DAY}/sd").text
    told(f"Lectures d'un autre hôtel : {asked}, rien vu")


FORM = {
    "email": "x@y.z", "courriel": "x@y.z", "password": "mot de passe assez long", "nom": "Autre", "role": "admin",
    "actif": "non", "vers": "DEMO", "code": "NEUF", "name": "Neuf", "graphie": MARK, "personne": "Autre", "rooms": "3",
    "motif": "essai", "theme": "dark", "onglet": "recap", "cause": "essai", "texte": "essai", "hotel": "AUTRE",
    "des_le": DAY, "jour_new_balance": "1,00",
}  # fmt: skip
BODIES = {
    "PATCH": {"version": 1, "values": {"cash_ls_lecture": "1.00"}},
    "soumettre": {"motifs": {}, "en_attente": True},
    "derogations": {"check": "chk_recap", "motif": "un essai de plus"},
    "rouvrir": {"motif": "un essai de plus"},
    "reprise": {"jour_new_balance": "1.00"},
    "trancher": {"case": "recap.cash_ls_lecture", "choix": "garder", "version": 1},
}


@pytest.mark.parametrize("opened", [False, True], ids=["closed there", "open there"])
def test_nothing_of_a_hotel_is_written_from_another(app, demo, neighbour, told, opened):
    """Every write of the map, by the administrator next door, on the same date and on the ids of the demonstration."""
    if opened:
        neighbour.open()
    people = [row.id for row in rows(app, "SELECT id FROM users WHERE email LIKE '%@demo.hotel'")]
    sessions = [row.id for row in rows(app, "SELECT id FROM user_sessions")]
    before = belonging(app, "DEMO")
    assert before["changes"]
    assert before["users"]
    tried, passed = 0, 0
    for account, seat in ((people[0], sessions[0]), (people[-1], sessions[1])):
        for name, method, url in addresses(app, compte=account, seance=seat, code="DEMO"):
            if method == "GET" or name in ALONE or EXPECTED[name] is PUBLIC:
                continue
            body = BODIES.get(method) or BODIES.get(url.rpartition("/")[2], {})
            sent = {"json": body} if is_json(url) else {"data": FORM}
            answer = neighbour.client.open(url, method=method, **sent)
            assert answer.status_code < 500, (name, answer.text)
            tried, passed = tried + 1, passed + (answer.status_code < 400)
    assert belonging(app, "DEMO") == before
    assert passed, "nothing was written next door either: it proves nothing"
    told(f"Écritures d'un autre hôtel : {tried}, dont {passed} chez lui, 0 ici")


def test_two_hotels_keep_two_nights_of_one_date(app, demo, neighbour):
    neighbour.open().save("recap", {"cash_ls_lecture": "1.00"})
    assert neighbour.values("recap") == {"cash_ls_lecture": "1.00"}
    assert demo.values("recap")["cash_ls_lecture"] == "76543.21"
    assert [entry["par"] for entry in neighbour.story()] == ["Voisin", "Voisin"]
    next_night = neighbour.on(after(DAY)).open()
    assert next_night.whole()["precedente"] == {}
    heads = rows(app, "SELECT property_id, seq FROM journal_heads ORDER BY property_id")
    assert len(heads) == 2


def test_the_memory_of_a_process_never_mixes_hotels(app, demo, neighbour):
    """Both hotels read and write the same date in turn: each always sees its own."""
    neighbour.open()
    for number in range(1, 6):
        neighbour.save("recap", {"cash_pos_lecture": f"{number}.00"})
        assert MARK in demo.get("/controle").text
        assert MARK not in neighbour.get("/controle").text
        assert "cash_pos_lecture" not in demo.values("recap")


# reading writes nothing


@pytest.mark.parametrize(("who", "day", "tab"), [("auditeur", DAY, "recap"), ("admin", after(DAY), "sd")])
def test_reading_changes_no_row(app, demo, told, who, day, tab):
    """Every address that is read, in full and by its head: not a row moves, not even when a session was last seen."""
    reader = Person(app, who)
    reader.client.get("/profil/second-facteur")  # the first look draws a secret, kept sealed: the others show it
    before = book(app, "no column left out")
    asked = 0
    for name, method, url in addresses(app, jour=day, onglet=tab):
        if method == "GET":
            answer = reader.client.get(url)
            assert answer.status_code < 500, name
            assert reader.client.head(url).status_code == answer.status_code, name
            asked += 2
    assert book(app, "no column left out") == before
    told(f"{who} : {asked} lectures, 0 ligne changée")


def test_who_may_ask_for_what_is_no_more_than_the_seven_accounts():
    assert all(who is PUBLIC or who <= ALL for who in EXPECTED.values())
    assert set(PEOPLE) == ALL
