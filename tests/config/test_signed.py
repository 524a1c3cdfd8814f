"""People who are signed in have threads of their own, whatever the name of their cookie."""

import pytest

from config import signed
from config.signed import RecentSessions
from routes.access import REFRESH
from tests.pages import auditor
from utils import dates


def head(cookie):
    return f"GET / HTTP/1.1\r\nHost: x\r\nCookie: theme=dark; {cookie}\r\n".encode()


@pytest.mark.parametrize("name", ["rj_session", "__Host-rj_session"])
def test_a_session_that_was_let_pass_is_known_for_a_while(monkeypatch, name):
    known, token = RecentSessions(), "eyJ0b2tlbiI6ImEifQ.aaaaaa.bbbbbbbbbb"
    assert not known.bears(head(f"{name}={token}"))
    known.note(token)
    assert known.bears(head(f"{name}={token}"))
    assert not known.bears(head(f"{name}={token}x"))
    assert not known.bears(b"GET / HTTP/1.1\r\nHost: x\r\n")
    later = signed.time.monotonic() + signed.LASTING_S + 1
    monkeypatch.setattr(signed.time, "monotonic", lambda: later)
    assert not known.bears(head(f"{name}={token}"))


def test_only_so_many_are_kept_and_the_last_to_ask_stay(monkeypatch):
    monkeypatch.setattr(signed, "MOST", 2)
    known, tokens = RecentSessions(), [letter * 30 for letter in "abc"]
    for token in (tokens[0], tokens[1], tokens[0], tokens[2]):
        known.note(token)
    assert [known.bears(head(f"rj_session={token}")) for token in tokens] == [True, False, True]


def test_the_application_says_whom_it_lets_pass(app_sqlite, monkeypatch):
    noted = RecentSessions()
    monkeypatch.setattr("routes.access.RECENT", noted)
    monkeypatch.setattr("routes.securite.RECENT", noted)
    stranger = app_sqlite.test_client()
    stranger.get("/connexion")
    anne = auditor(app_sqlite)
    cookie = anne.get_cookie("rj_session").value
    assert noted.bears(head(f"rj_session={cookie}"))
    assert not noted.bears(head(f"rj_session={stranger.get_cookie('rj_session').value}"))


def test_the_cookie_that_an_answer_gives_is_known_before_it_comes_back(app_sqlite, monkeypatch):
    """Once a minute it is another one: nobody signed in waits behind strangers for that."""
    noted = RecentSessions()
    monkeypatch.setattr("routes.securite.RECENT", noted)
    anne = auditor(app_sqlite)
    assert noted.bears(head(f"rj_session={anne.get_cookie('rj_session').value}"))
    later = dates.now() + REFRESH
    monkeypatch.setattr("utils.dates.now", lambda: later)
    anne.get("/")
    assert noted.bears(head(f"rj_session={anne.get_cookie('rj_session').value}"))
