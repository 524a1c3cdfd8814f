"""`/marsha` and its API: connect, submit, look; a demonstration speaks to the simulator inside and says so."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from database.transaction import read, write
from main import create_app
from tests.applications import Browser, close, demonstration
from tests.utils.actions.nights import REASON, Person, good, problems, wanted
from tests.utils.marsha.conftest import CODE, SECRET, simulator
from utils import dates
from utils.actions.demonstration.fill_nights import fill_nights
from utils.actions.marsha import market, send
from utils.actions.notifications.morning import digest_of


@pytest.fixture(scope="module")
def filled(sqlite_template, tmp_path_factory):
    """The demonstration with two nights, which carry the receipts they were made with."""
    instance = tmp_path_factory.mktemp("marsha")
    shutil.copy(sqlite_template, instance / "rj.db")
    app = create_app(demonstration(instance))
    app.test_client_class = Browser
    with app.app_context():
        fill_nights(dates.now(), 2)
    yield app
    close(app)


@pytest.fixture
def last(filled):
    """The date of the last night that is locked."""
    with filled.app_context(), read() as connection:
        found = connection.execute(
            text("SELECT max(audit_date) FROM night_audit_sessions WHERE locked_at IS NOT NULL")
        ).scalar_one()
    return str(found)


def person(app, name="directeur"):
    """Somebody signed in."""
    return Person(app, name)


def test_the_nights_made_at_the_start_carry_their_receipts_and_say_simulation(filled, last):
    gm = person(filled)
    status = good(gm.client.get(f"/api/marsha/status/{last}"))
    assert (status["etat"], status["sequence"], status["simulation"]) == ("accepte", 1, True)
    assert status["marsha_response_id"].startswith("dbrs_")
    page = gm.client.get(f"/marsha?jour={last}").text
    assert page.count("Simulation") >= 4
    assert "Aucune spécification publique de MARSHA n’existe" in page
    assert "Pourquoi" in page
    assert "DBRS : accepté, envoi 1 (Simulation)" in gm.client.get(f"/rj/native/{last}/sommaire").text


def test_the_set_stands_beside_our_figures_and_the_rank_is_received(filled, last):
    gm = person(filled)
    found = good(gm.client.get(f"/api/marsha/benchmarks/{last}"))
    assert found["montre"]
    assert found["concordent"]
    assert found["simulation"]
    assert set(found["indices"]) == {"mpi", "ari", "rgi"}
    assert found["ensemble"] == {"taille": 5, "comprend_hotel": False}
    rank = good(gm.client.get(f"/api/marsha/position/{last}"))
    assert 1 <= rank["rang"] <= rank["sur"] == 6


def test_asking_twice_sends_once_and_a_night_that_is_not_locked_is_refused(filled, last):
    gm = person(filled)
    answers = [gm.client.post(f"/api/marsha/submit/{last}", json={}) for _ in range(2)]
    assert [one.status_code for one in answers] == [202, 202]
    assert answers[0].json == answers[1].json
    assert answers[0].json["etat"] == "accepte"
    tomorrow = dates.next_day(date.fromisoformat(last)).isoformat()
    assert gm.client.post(f"/api/marsha/submit/{tomorrow}", json={}).status_code in (404, 423)
    person(filled, "auditeur").on(tomorrow).open()
    assert gm.client.post(f"/api/marsha/submit/{tomorrow}", json={}).status_code == 423
    assert gm.client.get("/api/marsha/status/2025-01-01").status_code == 404


def test_a_demonstration_never_reaches_a_gateway(filled, monkeypatch):
    settings = filled.config["SETTINGS"]
    monkeypatch.setitem(filled.config, "SETTINGS", _with(settings, marsha_base_url="https://marsha.exemple.ca"))
    answer = person(filled).client.post("/api/marsha/connect", json=FORM)
    assert (answer.status_code, answer.json["detail"]) == (
        409,
        "Un hôtel de démonstration ne se relie qu’à un simulateur de cette machine.",
    )


FORM = {"client_id": "rj", "client_secret": SECRET, "tenant": "essai", "property_code": CODE}


def _with(settings, **changed):
    return replace(settings, **changed)


def test_a_connection_is_verified_sealed_shown_without_its_secrets_and_forgotten(filled, monkeypatch):
    with simulator() as running:
        monkeypatch.setitem(
            filled.config, "SETTINGS", _with(filled.config["SETTINGS"], marsha_base_url=running.address)
        )
        gm = person(filled)
        wrong = gm.client.post("/api/marsha/connect", json={**FORM, "client_secret": "autre"})
        assert (wrong.status_code, "secret" in wrong.json["detail"]) == (409, True)
        assert good(gm.client.post("/api/marsha/connect", json=FORM)) == {
            "auth_url": None,
            "hotel": "Hôtel d’essai",
            "oubliee": False,
        }
        page = gm.client.get("/marsha").text
        assert CODE in page
        assert SECRET not in page
        with filled.app_context(), read() as connection:
            sealed = connection.execute(text("SELECT sealed_client_secret FROM property_integrations")).scalar_one()
            told = connection.execute(text("SELECT * FROM changes WHERE action = 'liaison'")).all()
        assert sealed.startswith("v1.")
        assert SECRET not in str(told)
        # an empty secret is the one that is kept
        good(gm.client.post("/api/marsha/connect", json={**FORM, "client_secret": ""}))
        empty = {"client_id": "", "client_secret": "", "tenant": "", "property_code": ""}
        assert good(gm.client.post("/api/marsha/connect", json=empty))["oubliee"]
        assert gm.client.post("/api/marsha/disconnect", json={}).status_code == 409
        good(gm.client.post("/api/marsha/connect", json=FORM))
        assert good(gm.client.post("/api/marsha/disconnect", json={})) == {"connected": False, "revoked": True}
    with filled.app_context(), read() as connection:
        row = connection.execute(text("SELECT account, sealed_client_secret FROM property_integrations")).one()
    assert tuple(row) == ("", None)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({**FORM, "property_code": "yul"}, "property_code"),
        ({**FORM, "client_id": ""}, "client_id"),
        ({**FORM, "signing_key": "court"}, "signing_key"),
        ({**FORM, "webhook_secret": "court"}, "webhook_secret"),
        ({**FORM, "autre": "x"}, "autre"),
        ({**FORM, "tenant": 3}, "tenant"),
        ({}, "property_code"),
    ],
)
def test_what_cannot_be_a_connection_is_refused_at_its_field(filled, given, path):
    answer = person(filled).client.post("/api/marsha/connect", json=given)
    assert answer.status_code == 422
    assert path in problems(answer)


def test_the_digest_says_where_the_dbrs_stands_and_the_indices(filled, last):
    with filled.app_context(), read() as connection:
        digest = digest_of(connection, 1, date.fromisoformat(last))
    assert digest.dbrs == "DBRS à MARSHA : accepté, envoi 1 (Simulation)."
    assert [label for label, _ in digest.market] == [
        "MPI, occupation (Simulation)",
        "ARI, moyenne par chambre (Simulation)",
        "RGI, REVCD (Simulation)",
        "Rang (Simulation)",
    ]


def test_a_corrected_night_leaves_again_as_a_new_sequence(filled, last):
    gm, auditor = person(filled).on(last), person(filled, "superviseur").on(last)
    auditor.reopen()
    assert good(gm.client.get(f"/api/marsha/status/{last}"))["etat"] == "accepte"
    assert auditor.post("/soumettre", {"motifs": _reasons(auditor)}).status_code == 200
    status = good(gm.client.get(f"/api/marsha/status/{last}"))
    assert (status["etat"], status["sequence"]) == ("a_envoyer", 2)
    with filled.app_context():
        with write() as connection:
            connection.execute(text("UPDATE night_audit_sessions SET leaves_at = submitted_at"))
        came = send.send_due(dates.now)
        assert came.received == 1
    envois = good(gm.client.get(f"/api/marsha/status/{last}"))["envois"]
    assert [(one["sequence"], one["etat"]) for one in envois] == [(2, "recu"), (1, "remplace")]


def _reasons(somebody):
    return dict.fromkeys(wanted(somebody.whole()["demandes"]), REASON)


def test_nothing_leaves_before_the_minutes_of_taking_back(filled, last):
    day = (date.fromisoformat(last) - timedelta(days=1)).isoformat()
    auditor = person(filled, "superviseur").on(day)
    auditor.reopen()
    good(auditor.post("/soumettre", {"motifs": _reasons(auditor)}))
    with filled.app_context():
        assert send.send_due(dates.now).received == 0
        assert market.fetch_market(1, date.fromisoformat(day)) == market.KEPT
    assert good(auditor.client.get(f"/api/marsha/status/{day}"))["etat"] == "a_envoyer"
