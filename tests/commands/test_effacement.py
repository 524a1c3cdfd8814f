"""A person erased by command: the name is nowhere, the figures and the proof are where they were. On both engines."""

import pytest

from database import users
from database.transaction import write
from tests.applications import login
from tests.saisie import book, opened, person, save
from utils import dates

EFFACER = ["utilisateur", "effacer", "--oui", "--courriel"]


@pytest.fixture
def run(app):
    """Run a command; what it said and its exit code."""

    def invoke(*words):
        result = app.test_cli_runner().invoke(args=words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.output.strip(), result.exit_code

    return invoke


def close_account(app, email):
    with app.app_context(), write() as connection:
        account = users.account_by_email(connection, email)
        users.set_active(connection, account.id, dates.now(), active=False)


def test_the_name_goes_and_the_proof_stays(app, run):
    client = person(app)
    opened(client)
    save(client, "recap", {"cash_ls_lecture": "100.00"})
    figures = book(app)["night_tabs"]
    close_account(app, "auditeur@demo.hotel")
    said, code = run(*EFFACER, "auditeur@demo.hotel")
    assert (code, said.startswith("Effacé : le compte, et la personne dans ")) == (0, True), said
    kept = book(app)
    assert "auditeur@demo.hotel" not in str(kept)
    assert "Auditeur de démonstration" not in str(kept)
    assert kept["night_tabs"] == figures
    assert run("rj", "journal", "verifier") == ("DEMO : le journal est intact.", 0)
    assert login(app.test_client(), "auditeur@demo.hotel").status_code == 401
    assert client.get("/api/moi").status_code == 401


def test_an_account_that_is_open_or_unknown_is_left_alone(app, run):
    before = book(app)
    assert run(*EFFACER, "auditeur@demo.hotel") == ("Ce compte est actif : le désactiver d’abord.", 1)
    assert run(*EFFACER, "quidam@demo.hotel") == ("Aucun compte n’a l’adresse quidam@demo.hotel.", 1)
    assert book(app) == before
