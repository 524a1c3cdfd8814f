"""A person erased by command: the name is nowhere, the figures and the proof are where they were. On both engines."""

from unicodedata import normalize

import pytest

from database import alerts, outbox, properties, users
from database.alerts import NewAlert
from database.transaction import write
from tests.applications import login
from tests.saisie import book, opened, person, rows, save
from tests.utils.notifications.mails import mail
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


def write_mails(app):
    """One to the person, one to somebody else that names them."""
    with app.app_context(), write() as connection:
        me = users.account_by_email(connection, "auditeur@demo.hotel")
        hotel, now = properties.property_by_code(connection, "DEMO").id, dates.now()
        outbox.add(connection, mail(hotel, "a", now, user_id=me.id, email=me.email, name=me.name))
        other = users.account_by_email(connection, "admin@demo.hotel")
        for key, name in enumerate(
            (me.name, normalize("NFD", me.name), me.name.upper(), me.name.replace(" ", "\u3000"))
        ):
            outbox.add(connection, mail(hotel, f"b{key}", now, user_id=other.id, body_text=f"Préparée par {name}."))
        outbox.add(connection, mail(hotel, "c", now, user_id=other.id, body_html="<p>Personne d’autre.</p>"))


def test_the_name_goes_and_the_proof_stays(app, run):
    client = person(app)
    opened(client)
    save(client, "recap", {"cash_ls_lecture": "100.00"})
    figures = book(app)["night_tabs"]
    write_mails(app)
    close_account(app, "auditeur@demo.hotel")
    said, code = run(*EFFACER, "auditeur@demo.hotel")
    assert (code, said.startswith("Effacé : le compte, et la personne dans ")) == (0, True), said
    kept = book(app)
    assert "auditeur@demo.hotel" not in str(kept)
    assert "Auditeur de démonstration" not in str(kept)
    assert kept["night_tabs"] == figures
    assert len(kept["outbox_messages"]) == 5
    assert str(kept["outbox_messages"]).count("Préparée par") == 0
    assert str(kept["outbox_messages"]).count("Personne d’autre.") == 1
    assert run("rj", "journal", "verifier") == ("DEMO : le journal est intact.", 0)
    assert login(app.test_client(), "auditeur@demo.hotel").status_code == 401
    assert client.get("/api/moi").status_code == 401


def test_the_alerts_forget_the_person_and_no_other(app, run):
    at = dates.now()
    with app.app_context(), write() as connection:
        me = users.account_by_email(connection, "auditeur@demo.hotel")
        hotel = properties.property_by_code(connection, "DEMO").id
        sentences = {
            f"appareil {me.id}": f"{me.name} s’est connecté dans un navigateur nouveau.",
            f"droit donné {me.id}": "Son nom d’avant a un rôle nouveau.",
            "appareil 7": f"{normalize('NFD', me.name.upper())} et un autre.",
            f"appareil {me.id}7": "Quelqu’un d’autre s’est connecté.",
        }
        said = {"kind": "securite", "audit_date": at.date(), "severity": "info", "audience": [7], "raised_at": at}
        for cause, sentence in sentences.items():
            alerts.raise_alert(connection, NewAlert(**said, property_id=hotel, cause=cause, sentence=sentence))
    close_account(app, "auditeur@demo.hotel")
    assert run(*EFFACER, "auditeur@demo.hotel")[1] == 0
    kept = rows(app, "SELECT sentence FROM alerts ORDER BY id")
    assert [row.sentence.startswith("Ce que disait cette alerte") for row in kept][-4:] == [True, True, True, False]
    assert me.name.casefold() not in str(kept).casefold()
    assert run("rj", "journal", "verifier") == ("DEMO : le journal est intact.", 0)


def test_an_account_that_is_open_or_unknown_is_left_alone(app, run):
    before = book(app)
    assert run(*EFFACER, "auditeur@demo.hotel") == ("Ce compte est actif : le désactiver d’abord.", 1)
    assert run(*EFFACER, "quidam@demo.hotel") == ("Aucun compte n’a l’adresse quidam@demo.hotel.", 1)
    assert book(app) == before
