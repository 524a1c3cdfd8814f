"""An account or none: the same work, counted rather than timed, so that no clock can tell them apart.

What is counted is what the answer waits for: passwords tried, statements of the database in their order, letters.
"""

import threading
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine, event

from tests.applications import PASSWORD, settle
from tests.saisie import person, rows
from tests.utils.notifications.conftest import set_mail
from utils.accounts import later, passwords

HERS, CLOSED = "auditeur@demo.hotel", "comptable@demo.hotel"
STRANGERS = ("personne@demo.hotel", "", "x\x7fy@demo.hotel", "a" * 300, "auditeur@demo.hotel.ca")
WRONG = "un mot de passe qui n’est pas le sien"


@contextmanager
def counted(monkeypatch):
    """What the thread that answers does meanwhile: each use of argon2 and each statement, in order."""
    done, me, hasher = [], threading.get_ident(), passwords._HASHER

    def noted(name):
        return lambda *given: (done.append(name), getattr(hasher, name)(*given))[1]

    def statement(_connection, _cursor, said, *_):
        if threading.get_ident() == me:
            done.append(said)

    counting = SimpleNamespace(**{name: noted(name) for name in ("verify", "hash", "check_needs_rehash")})
    event.listen(Engine, "before_cursor_execute", statement)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(passwords, "_HASHER", counting)
            yield done
    finally:
        event.remove(Engine, "before_cursor_execute", statement)


def post(app, monkeypatch, path, form):
    """The status that a new browser hears, and the work that was done before and after it was told."""
    client = app.test_client()
    client.read_token()
    with counted(monkeypatch) as done:
        answer = client.post(path, data=form | {"csrf_token": client.token})
        before = list(done)
        answer.close()
    return answer.status_code, before, done[len(before) :]


def sign_in(app, monkeypatch, email, password=WRONG):
    status, work, after = post(app, monkeypatch, "/connexion", {"email": email, "password": password})
    assert after == []
    return status, work


@pytest.fixture
def app(app):
    """One of its accounts is closed."""
    number = rows(app, "SELECT id FROM users WHERE email = :e", e=CLOSED)[0][0]
    assert person(app, "admin").post(f"/utilisateurs/{number}/etat", data={"actif": "non"}).status_code in (200, 303)
    return app


def test_a_wrong_password_and_no_account_are_the_same_work(app, monkeypatch):
    """Until both wait; a closed account and its right password too."""
    sign_in(app, monkeypatch, "avant@demo.hotel")
    heard = [sign_in(app, monkeypatch, HERS) for _ in range(7)]
    assert [status for status, _ in heard] == [401] * 5 + [429] * 2
    assert [work.count("verify") for _, work in heard] == [1] * 5 + [0] * 2
    assert [sign_in(app, monkeypatch, STRANGERS[0]) for _ in range(7)] == heard


@pytest.mark.parametrize("email", STRANGERS)
def test_any_stranger_is_the_same_work(app, monkeypatch, email):
    sign_in(app, monkeypatch, "avant@demo.hotel")
    assert sign_in(app, monkeypatch, email) == sign_in(app, monkeypatch, HERS)
    assert sign_in(app, monkeypatch, CLOSED, PASSWORD) == sign_in(app, monkeypatch, f"{email}.", PASSWORD)


@pytest.mark.parametrize("email", [HERS, STRANGERS[0]])
def test_the_first_of_a_process_is_no_exception(app, monkeypatch, email):
    """The hash that nobody has is made for whoever comes first, not for the first stranger."""
    passwords._nobody.cache_clear()
    _, work = sign_in(app, monkeypatch, email)
    assert (work.count("hash"), work.count("verify")) == (1, 1)


@pytest.mark.parametrize("email", [*STRANGERS, CLOSED])
def test_a_forgotten_password_is_the_same_work_before_the_answer_and_is_put_off_alike(app, monkeypatch, email):
    set_mail(app, 9)
    slept = []
    monkeypatch.setattr(later, "time", SimpleNamespace(monotonic=later.time.monotonic, sleep=slept.append))
    asked = [post(app, monkeypatch, "/mot-de-passe-oublie", {"email": one}) for one in (email, HERS)]
    (status, before, _), (hers, before_hers, _) = asked
    assert (status, before) == (hers, before_hers)
    assert all("outbox" not in said for said in before)
    settle()
    assert len(slept) == 2
    assert rows(app, "SELECT count(*) FROM outbox_messages")[0][0] == 1
