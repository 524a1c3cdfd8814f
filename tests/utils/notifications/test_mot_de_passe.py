"""A forgotten password: the link leaves by mail, opens once, is nowhere in clear, and says nothing of who exists."""

import re
from datetime import timedelta

import pytest

from tests.applications import PASSWORD, login, settle
from tests.saisie import rows
from utils import dates
from utils.actions.notifications import drain

DOOR = "/mot-de-passe-oublie"
AUDITOR = "auditeur@demo.hotel"
NEW = "une phrase longue et nouvelle"
LINK = re.compile(r"https://rj\.hotel\.example(/reinitialisation/\S+)")


def ask(app, email=AUDITOR):
    client = app.test_client()
    client.read_token()
    answer = client.post(DOOR, data={"email": email, "csrf_token": client.token})
    said = answer.text
    answer.close()
    settle()
    return answer, re.sub(r'content="[^"]+"', "", said)


def sent(app):
    with app.app_context():
        return drain(lambda: dates.now() + timedelta(seconds=1))


def choose(app, path):
    client = app.test_client()
    client.read_token()
    data = {"nouveau": NEW, "encore": NEW, "csrf_token": client.token}
    return client.post(path, data=data).status_code


def test_the_link_comes_by_mail_and_opens_once(mailing, mailbox):
    answer, said = ask(mailing)
    assert answer.status_code == 200
    assert "Si cette adresse a un compte" in said
    assert sent(mailing).sent == 1
    message = mailbox.to(AUDITOR)[0]
    assert "Choisir un nouveau mot de passe" in message["Subject"]
    assert message["List-Unsubscribe"] is None
    path = LINK.search(message.get_body(("plain",)).get_content())[1]
    assert path in message.get_body(("html",)).get_content()
    assert choose(mailing, path) == 303
    assert login(mailing.test_client(), AUDITOR, NEW).status_code == 303
    assert login(mailing.test_client(), AUDITOR, PASSWORD).status_code == 401
    assert choose(mailing, path) == 422


def test_the_link_is_never_in_clear_in_the_book(mailing, mailbox):
    """Sealed while it waits, gone once it has left; the journal says that it was asked for, not what it is."""
    ask(mailing)
    waiting = rows(mailing, "SELECT body_text, body_html FROM outbox_messages")[0]
    assert not any("reinitialisation" in body for body in waiting)
    sent(mailing)
    assert tuple(rows(mailing, "SELECT body_text, body_html FROM outbox_messages")[0]) == ("", "")
    path = LINK.search(mailbox.to(AUDITOR)[0].get_body(("plain",)).get_content())[1]
    token = path.rpartition("/")[2]
    journal = [row[0] for row in rows(mailing, "SELECT new FROM changes WHERE action = 'compte'")]
    assert '"lien de réinitialisation demandé"' in journal
    assert not any(token in (one or "") for one in journal)


def test_a_link_whose_key_is_gone_is_refused_and_holds_nobody_back(mailing, mailbox):
    ask(mailing)
    mailing.config.update(SECRET_KEY="une clé nouvelle, aussi longue que l’ancienne")
    ask(mailing, "directeur@demo.hotel")
    drained = sent(mailing)
    assert (drained.failed, drained.sent) == (1, 1)
    assert [message["To"] for message in mailbox.messages if AUDITOR in message["To"]] == []
    errors = rows(mailing, "SELECT error FROM outbox_messages WHERE status = 'echoue'")
    assert [error for (error,) in errors] == ["Ce courriel scellé ne s’ouvre plus : la clé de l’installation a changé."]


@pytest.mark.parametrize("email", ["personne@demo.hotel", "", "x\x7fy@demo.hotel", "a" * 300])
def test_nobody_learns_who_has_an_account(mailing, mailbox, email):
    _, known = ask(mailing)
    answer, said = ask(mailing, email)
    assert (answer.status_code, said) == (200, known)
    assert sent(mailing).sent == 1


def test_a_closed_account_is_written_nothing(mailing, mailbox):
    admin = mailing.test_client()
    login(admin, "admin@demo.hotel")
    number = rows(mailing, "SELECT id FROM users WHERE email = :e", e=AUDITOR)[0][0]
    assert admin.post(f"/utilisateurs/{number}/etat", data={"actif": "non"}).status_code in (200, 303)
    assert rows(mailing, "SELECT active FROM users WHERE id = :i", i=number)[0][0] in (0, False)
    ask(mailing)
    assert sent(mailing).sent == 0


def test_too_many_requests_wait(mailing):
    assert [ask(mailing)[0].status_code for _ in range(4)] == [200, 200, 200, 429]
    refused, said = ask(mailing, AUDITOR.upper())
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Trop de demandes" in said
    assert ask(mailing, "comptable@demo.hotel")[0].status_code == 200


def test_the_administrator_sends_it_too_and_sees_it_no_more(mailing, mailbox):
    admin = mailing.test_client()
    login(admin, "admin@demo.hotel")
    number = rows(mailing, "SELECT id FROM users WHERE email = :e", e=AUDITOR)[0][0]
    page = admin.post(f"/utilisateurs/{number}/lien")
    assert page.status_code == 200
    assert "part dans la minute à auditeur@demo.hotel" in page.text
    assert "/reinitialisation/" not in page.text
    assert sent(mailing).sent == 1
    path = LINK.search(mailbox.to(AUDITOR)[0].get_body(("plain",)).get_content())[1]
    assert choose(mailing, path) == 303


def test_without_a_mail_server_one_asks_the_administrator(app):
    answer, said = ask(app)
    assert answer.status_code == 200
    assert "l’administration de l’hôtel remet un lien" in said
    assert rows(app, "SELECT id FROM outbox_messages") == []
