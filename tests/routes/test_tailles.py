"""How much a request may carry: little from a stranger, what a view says, then what the setting says."""

import pytest

from routes.tailles import LONGEST_ADDRESS, OF_A_STRANGER
from tests.pages import auditor


@pytest.mark.parametrize("path", ["/connexion", "/mot-de-passe-oublie", "/rien-de-tel"])
def test_a_stranger_sends_sixteen_kibibytes_at_most(app_sqlite, path):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    stranger = app_sqlite.test_client()
    assert stranger.post(path, data=b"a" * (OF_A_STRANGER + 1), headers=form).status_code == 413
    assert stranger.post(path, data=b"a" * OF_A_STRANGER, headers=form).status_code != 413


def test_whoever_is_signed_in_sends_what_the_setting_says(app_sqlite):
    anne, most = auditor(app_sqlite), app_sqlite.config["MAX_CONTENT_LENGTH"]
    path = "/api/rj/native/session/2025-12-23/sd"
    json = {"Content-Type": "application/json"}
    assert anne.patch(path, data=b" " * most, headers=json).status_code == 400
    assert anne.patch(path, data=b" " * (most + 1), headers=json).status_code == 413


def test_a_stranger_hears_who_she_is_before_anything_is_read(app_sqlite):
    answer = app_sqlite.test_client().patch("/api/rj/native/session/2025-12-23/sd", data=b"{" * 1_000_000)
    assert answer.status_code == 401


def test_a_view_that_keeps_no_text_is_searched_for_no_card(app_sqlite, monkeypatch):
    monkeypatch.setattr("routes.cartes.cards_in", lambda *_: pytest.fail("the body was read"))
    headers = {"Content-Type": "application/json"}
    card = b'{"a": "4111 1111 1111 1111"}'
    assert app_sqlite.test_client().post("/webhooks/lightspeed", data=card, headers=headers).status_code == 401


def test_an_address_has_an_end(app_sqlite):
    assert app_sqlite.test_client().get("/connexion?suite=/" + "a" * LONGEST_ADDRESS).status_code == 414
