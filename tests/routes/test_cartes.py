"""A card number is refused wherever one can type; it is stored nowhere and no log repeats it. On both engines."""

import logging

import pytest

from config.logging import json_formatter
from tests.saisie import DAY, book, night, opened, person, save
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import TEXT

CARD = "4111 1111-1111 1111"
NAKED_CARD = "4111111111111111"
NAKED = ("4111 1111", "41111111", "1111-1111")


@pytest.fixture
def client(app):
    client = person(app, "admin")
    opened(client)
    return client


@pytest.fixture
def logged(caplog):
    """All that the logs would write."""
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(map(json_formatter().format, caplog.records))


def refused(answer, path):
    assert answer.status_code == 422, answer.text
    assert [error["chemin"] for error in answer.json["erreurs"]] == [path]
    assert "numéro de carte" in answer.json["detail"]
    assert not any(part in answer.text for part in NAKED)


def texts():
    """A document that fills each text of the night with a card: (tab, path, values)."""
    for name, field in FIELDS.items():
        tab, _, key = name.partition(".")
        if not field.typed or key == "audit_date":
            continue
        for column in field.columns:
            if column.kind == TEXT and column.formula is None:
                yield tab, f"values.{key}[0].{column.key}", {key: [{column.key: f"voir {CARD}"}]}
        if field.kind == TEXT and not field.items:
            yield tab, f"values.{key}", {key: f"voir {CARD}"}


def test_every_text_of_a_night_refuses_it_and_the_book_stays(app, client, logged):
    before, tried = book(app), 0
    for tab, path, values in texts():
        answer = client.patch(night(rest=f"/{tab}"), json={"version": 1, "values": values})
        refused(answer, path)
        tried += 1
    assert tried >= 10
    assert book(app) == before
    assert not any(part in logged() for part in NAKED)


@pytest.mark.parametrize(
    ("method", "rest", "document", "path"),
    [
        ("patch", "/recap", {"version": 1, "saisies": {"cash_ls_lecture": CARD}}, "saisies.cash_ls_lecture"),
        (
            "patch",
            "/recap",
            {"version": 1, "values": {"cash_ls_lecture": "4111111111111111"}},
            "values.cash_ls_lecture",
        ),
        ("post", "/soumettre", {"motifs": {"chk_diff_caisse": CARD}}, "motifs.chk_diff_caisse"),
        ("post", "/derogations", {"check": "chk_diff_caisse", "motif": CARD}, "motif"),
        ("post", "/rouvrir", {"motif": f"\n{CARD}"}, "motif"),
        ("post", "/trancher", {"case": "recap.x", "choix": CARD, "version": 1}, "choix"),
        ("put", "/reprise", {"ar_noms": {CARD: "1.00"}}, "ar_noms"),
    ],
)
def test_every_door_of_the_api_refuses_it(app, client, method, rest, document, path):
    before = book(app)
    refused(getattr(client, method)(night(rest=rest), json=document), path)
    assert book(app) == before


def test_digits_written_as_escapes_are_seen(app, client):
    body = '{"version": 1, "values": {"note": "\\u0034111111111111111"}}'
    answer = client.patch(night(rest="/sd"), data=body, content_type="application/json")
    refused(answer, "values.note")


def test_forms_of_pages_refuse_it_too(app, client):
    before = book(app, "user_sessions")
    answer = client.post(
        f"/rj/native/{DAY}/reprise", data={"solde": CARD, "hotel": "DEMO"}, headers={"Accept": "application/json"}
    )
    refused(answer, "solde")
    page = client.post(f"/rj/native/{DAY}/reprise", data={"solde": CARD, "hotel": "DEMO"})
    assert page.status_code == 422
    assert "numéro de carte" in page.text
    assert CARD not in page.text
    assert book(app, "user_sessions") == before


def test_whoever_may_not_write_hears_that_first(app):
    answer = app.test_client().patch(night(rest="/sd"), json={"version": 1, "values": {"x": CARD}})
    assert answer.status_code == 401


def test_last_four_digits_and_amounts_are_welcome(client):
    save(client, "recap", {"cash_ls_lecture": "123456789012.34"})
    save(client, "sd", {"sd_entries": [{"name": "Visa 1111, lot 004111", "amount": "4111.11"}]})
