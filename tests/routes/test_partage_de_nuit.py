"""What is shared of a night: notes of hand-over, presence, envelopes with their witness, signatures."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
import time_machine
from sqlalchemy import text

from database import properties
from database.transaction import read
from database.verification import verify
from tests.applications import login
from tests.routes.test_api_nuit import DAY, NIGHT
from utils.actions.state import NightState

SHARED = f"/rj/native/{DAY}/partage"
JSON = {"Accept": "application/json"}


@pytest.fixture
def auditor(client):
    """The auditor, on a night just opened."""
    login(client, "auditeur@demo.hotel")
    assert client.post(NIGHT).status_code == 201
    return client


@pytest.fixture
def supervisor(app):
    """The supervisor, signed in."""
    other = app.test_client()
    login(other, "superviseur@demo.hotel")
    return other


def version(app):
    """The version of the night, and what verifying the journal says."""
    with app.app_context(), read() as connection:
        assert verify(connection, properties.property_by_code(connection, "DEMO").id) == []
        return connection.execute(text("SELECT version FROM night_audit_sessions ORDER BY audit_date")).scalars().all()


def out_by(client, amount, **more):
    """One line of the SD out by an amount; its id."""
    line = {"name": "Jo", "currency": "CDN", "amount": "100.00", "verified": amount, "note": "recompté"} | more
    now = client.get(NIGHT).json["version"]
    answer = client.patch(f"{NIGHT}/sd", json={"version": now, "values": {"sd_entries": [line]}})
    assert answer.status_code == 200, answer.text
    return client.get(NIGHT).json["tabs"]["sd"]["values"]["sd_entries"][0]["id"]


def test_a_note_is_read_by_the_next_shift(app, auditor, supervisor):
    before = version(app)
    answer = auditor.post(f"{SHARED}/releve", data={"texte": "Coffre <b>bloqué</b>, clé au bureau", "onglet": "sd"})
    assert answer.location == f"/rj/native/{DAY}/sd#partage"
    assert version(app) == before, "a note changes no figure"
    assert supervisor.post("/api/rj/native/session/2025-12-24").status_code == 201
    [note] = supervisor.get("/rj/native/2025-12-24/partage", headers=JSON).json["notes"]
    assert (note["nuit"], note["par"]) == (DAY, "Auditeur de démonstration")
    page = supervisor.get("/rj/native/2025-12-24/controle").text
    assert "Coffre &lt;b&gt;bloqué&lt;/b&gt;, clé au bureau" in page
    assert "Relève : 1 note<" in page


@pytest.mark.parametrize("texte", ["", "  ", "x" * 2001])
def test_a_note_says_something(auditor, texte):
    answer = auditor.post(f"{SHARED}/releve", json={"texte": texte})
    assert (answer.status_code, answer.json["erreurs"][0]["chemin"]) == (422, "texte")


def test_who_only_reads_leaves_nothing(app, auditor):
    reader = app.test_client()
    login(reader, "adjoint@demo.hotel")
    for path in ("releve", "enveloppes", "signature"):
        assert reader.post(f"{SHARED}/{path}", json={}).status_code == 403, path
    assert "Laisser la note" not in reader.get(f"/rj/native/{DAY}/controle").text
    assert auditor.post(f"{SHARED}/releve", json={"texte": "x"}, headers={"X-CSRFToken": None}).status_code == 400
    assert auditor.post("/rj/native/2025-11-11/partage/releve", json={"texte": "x"}).status_code == 404
    assert auditor.post("/rj/native/hier/partage/releve", json={"texte": "x"}).status_code == 404


def test_others_on_the_night_are_seen_for_a_while(auditor, supervisor):
    with time_machine.travel(datetime.now().astimezone(), tick=False) as clock:
        assert auditor.post(f"{SHARED}/presence").json == {"presents": []}
        assert supervisor.post(f"{SHARED}/presence").json == {"presents": ["Auditeur de démonstration"]}
        assert supervisor.post("/rj/native/2025-12-24/partage/presence").json == {"presents": []}
        assert auditor.post(f"{SHARED}/presence").json == {"presents": ["Superviseur de démonstration"]}
        clock.shift(timedelta(seconds=91))
        assert auditor.post(f"{SHARED}/presence").json == {"presents": []}


def test_envelopes_are_counted_by_two(app, auditor):
    answer = auditor.post(f"{SHARED}/enveloppes", json={"nombre": 12, "temoin": "Ana"})
    [count] = answer.json["enveloppes"]
    assert (count["nombre"], count["temoin"], count["par"]) == (12, "Ana", "Auditeur de démonstration")
    assert "12 enveloppes, Auditeur de démonstration devant Ana" in auditor.get(f"/rj/native/{DAY}/sd").text
    version(app)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"nombre": "douze", "temoin": "Ana"}, "nombre"),
        ({"nombre": "501", "temoin": "Ana"}, "nombre"),
        ({"nombre": True, "temoin": "Ana"}, "nombre"),
        ({"nombre": "12", "temoin": ""}, "temoin"),
        ({"nombre": "12", "temoin": "auditeur de démonstration"}, "temoin"),
        ({"nombre": "12", "temoin": ["Ana"]}, "temoin"),
    ],
)
def test_a_count_without_witness_is_none(auditor, given, field):
    answer = auditor.post(f"{SHARED}/enveloppes", json=given)
    assert (answer.status_code, answer.json["erreurs"][0]["chemin"]) == (422, field)


def test_a_variance_above_the_limit_is_signed_by_the_supervision(app, auditor, supervisor):
    line = out_by(auditor, "92.50")
    assert "attend la signature de la supervision" in auditor.get(f"/rj/native/{DAY}/sd").text
    assert auditor.post(f"{SHARED}/signature", json={"ligne": line}).status_code == 403
    assert supervisor.post(f"{SHARED}/signature", json={"ligne": "absente"}).status_code == 409
    [signed] = supervisor.post(f"{SHARED}/signature", json={"ligne": line}).json["signatures"]
    assert (signed["variance"], signed["par"]) == ("-7.50", "Superviseur de démonstration")
    assert "signé par Superviseur de démonstration" in auditor.get(f"/rj/native/{DAY}/sd").text
    out_by(auditor, "90.00", id=line)
    [again] = auditor.get(SHARED, headers=JSON).json["signatures"]
    assert (again["variance"], again["par"]) == ("-10.00", None), "a signature is given for a variance"
    out_by(auditor, "95.00", id=line)
    assert auditor.get(SHARED, headers=JSON).json["signatures"] == []
    version(app)


def test_nobody_signs_for_a_night_audited_oneself(supervisor):
    assert supervisor.post(NIGHT).status_code == 201
    line = out_by(supervisor, "50.00")
    assert supervisor.post(f"{SHARED}/signature", json={"ligne": line}).status_code == 403


def test_a_page_left_open_does_not_keep_its_session_alive(app, client):
    with time_machine.travel(datetime(2025, 12, 24, 8, tzinfo=UTC), tick=False) as clock:
        login(client, "auditeur@demo.hotel")
        minutes = app.config["SETTINGS"].idle_minutes
        for _ in range(4):
            clock.shift(timedelta(minutes=minutes / 3))
            last = client.post(f"{SHARED}/presence")
        assert last.status_code == 302
        assert client.get("/api/moi").status_code == 401


def test_json_that_cannot_be_read_is_refused_as_everywhere(auditor):
    answer = auditor.post(f"{SHARED}/releve", data='{"texte": "Coffre', content_type="application/json")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert "JSON bien formé" in answer.json["detail"]
    numbers = auditor.post(f"{SHARED}/enveloppes", data='{"nombre": 12.0}', content_type="application/json")
    assert (numbers.status_code, numbers.json["erreurs"][0]["chemin"]) == (422, "nombre")


def test_the_night_is_seen_once_by_each_when_it_is_submitted(app, auditor):
    director = app.test_client()
    login(director, "directeur@demo.hotel")
    assert director.post(f"{SHARED}/vu", json={}).status_code == 409
    with mock.patch.object(NightState, "editable", property(lambda _: False)):
        for _ in range(2):
            assert director.post(f"{SHARED}/vu", json={}).location == "/"
    told = auditor.get(f"/rj/native/{DAY}/journal").text
    assert told.count("Nuit vue") == 1
    version(app)
