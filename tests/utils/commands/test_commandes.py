"""Accounts, hotels and the journal, from the command line."""

import pytest
from sqlalchemy import text

from database import members, properties, users
from database.transaction import read
from tests.applications import login
from tests.utils.actions.nights import tamper

CREER = ["utilisateur", "creer", "--courriel", "Nuit@Hotel.ca", "--role", "night_auditor", "--hotel"]
LAVAL = ["hotel", "creer", "--code", "LAVAL", "--nom", "Hôtel de Laval", "--chambres", "252", "--ouverture"]


@pytest.fixture
def run(app):
    """Run a command; what it said and its exit code."""

    def invoke(*words, given=None):
        result = app.test_cli_runner().invoke(args=words, input=given)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.output.strip(), result.exit_code

    return invoke


def test_an_account_created_can_sign_in_and_must_change_its_password(run, app, client):
    said = run(*CREER, "DEMO", "--nom", "Nuit Blanche", given="une phrase assez longue\n")
    assert said == ("Le compte Nuit@Hotel.ca est créé.", 0)
    assert login(client, "nuit@hotel.ca", "une phrase assez longue").status_code == 303
    assert client.get("/api/moi").json["nom"] == "Nuit Blanche"
    with app.app_context(), read() as connection:
        found = connection.execute(text("SELECT must_change_password FROM users WHERE email = 'nuit@hotel.ca'"))
        assert found.scalar_one() in (True, 1)


def test_an_account_that_exists_is_given_a_role_and_keeps_its_password(run, app, client):
    assert run(*LAVAL, "2025-01-01")[1] == 0
    assert run(*CREER, "DEMO", given="une phrase assez longue\n")[1] == 0
    said = run(*CREER, "LAVAL", given="jamais lue, car le compte existe\n")
    assert said == ("Le compte Nuit@Hotel.ca existait : son rôle est donné.", 0)
    assert login(client, "nuit@hotel.ca", "une phrase assez longue").status_code == 303
    with app.app_context(), read() as connection:
        account = users.account_by_email(connection, "nuit@hotel.ca")
        assert [role.role for role in members.hotels_of(connection, account.id)] == ["night_auditor"] * 2


@pytest.mark.parametrize(
    ("words", "given", "sentence"),
    [
        ([*CREER, "DEMO"], "court\n", "Le mot de passe doit avoir au moins 12 caractères."),
        ([*CREER, "DEMO"], "é" * 101, "Le mot de passe ne peut pas dépasser 200 octets."),
        ([*CREER, "DEMO"], "motdepasse123\n", "trop facile à deviner"),
        ([*CREER, "AILLEURS"], "x", "Aucun hôtel n’a le code « AILLEURS »."),
        (
            ["utilisateur", "creer", "--courriel", "x", "--role", "gm", "--hotel", "DEMO"],
            "",
            "L’adresse courriel s’écrit comme nom@hotel.ca.",
        ),
        (["utilisateur", "creer", "--courriel", "a@b.ca", "--role", "roi", "--hotel", "DEMO"], "", "'roi' is not one"),
        ([*LAVAL, "1999-12-31"], None, "La date d’ouverture est entre 2000 et 2099."),
        ([*LAVAL, "2025-01-01", "--fuseau", "Lune/Mer"], None, "Le fuseau horaire « Lune/Mer » n’existe pas"),
        ([*LAVAL, "2025-01-01", "--devise", "dollar"], None, "La devise s’écrit en trois majuscules"),
        ([*LAVAL, "2025-01-01", "--code", "l"], None, "Le code a de 2 à 20 majuscules"),
        ([*LAVAL, "2025-01-01", "--code", "DEMO"], None, "Le code « DEMO » est déjà pris."),
        ([*LAVAL, "2025-01-01", "--nom", " "], None, "Le nom de l’hôtel a de 1 à 120 caractères."),
        (["rj", "journal", "verifier", "--hotel", "X"], None, "Aucun hôtel n’a le code « X »."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_created(run, app, words, given, sentence):
    said, code = run(*words, given=given)
    assert sentence in said
    assert code != 0
    with app.app_context(), read() as connection:
        assert users.account_by_email(connection, "nuit@hotel.ca") is None
        assert [hotel.code for hotel in properties.all_properties(connection)] == ["DEMO"]


def test_a_hotel_created_is_complete(run, app):
    assert run(*LAVAL, "2025-01-01") == ("L’hôtel LAVAL est créé.", 0)
    with app.app_context(), read() as connection:
        hotel = properties.property_by_code(connection, "LAVAL")
        settings = properties.settings_document(connection, hotel.id, hotel.opening_date)
    assert (hotel.name, hotel.currency, hotel.time_zone, hotel.demo) == (
        "Hôtel de Laval",
        "CAD",
        "America/Toronto",
        False,
    )
    assert settings.values == {"rooms": 252}


def test_an_intact_journal_is_said_hotel_by_hotel(run):
    run(*LAVAL, "2025-01-01")
    said = ("DEMO : le journal est intact.\nLAVAL : le journal est intact.", 0)
    assert run("rj", "journal", "verifier") == said
    assert run("rj", "journal", "verifier", "--hotel", "LAVAL") == ("LAVAL : le journal est intact.", 0)


def test_a_row_changed_is_named_with_exit_code_1(run, app):
    run(*LAVAL, "2025-01-01")
    tamper(app, "UPDATE changes SET action = 'autre' WHERE property_id = 1 AND seq = 2")
    said, code = run("rj", "journal", "verifier")
    first, *others = said.splitlines()
    assert first == "DEMO, ligne 2 : La ligne a été modifiée."
    assert [one for one in others if "écrits le 20" not in one] == [
        "DEMO, réglages du 2024-12-01 : « rooms » n’est pas ce que dit le journal : modifié hors de RJ Natif.",
        "LAVAL : le journal est intact.",
    ]
    assert code == 1
    assert run("rj", "journal", "verifier", "--hotel", "LAVAL")[1] == 0
