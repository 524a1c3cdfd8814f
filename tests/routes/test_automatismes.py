"""The page `/automatismes` and its API: where each job stands, and a person who has it done now."""

import html
import re
from datetime import UTC, datetime

import pytest
import time_machine

from tests.applications import login
from tests.utils.scheduler.clock import Clock, created, runs, turn
from utils.scheduler import server
from utils.scheduler.jobs import JOBS
from utils.scheduler.runner import Runner
from utils.scheduler.server import JobServer

JSON = {"Accept": "application/json"}
AFTERNOON = datetime(2026, 1, 15, 19, tzinfo=UTC)
"""14:00 in Toronto."""


def signed_in(app, who):
    client = app.test_client()
    assert login(client, f"{who}@demo.hotel").status_code == 303
    return client


@pytest.fixture(autouse=True)
def afternoon(app):
    with time_machine.travel(AFTERNOON, tick=False):
        with app.app_context():
            created(datetime(2026, 1, 1, tzinfo=UTC))
        yield


@pytest.fixture
def manager(app):
    return signed_in(app, "directeur")


@pytest.fixture
def admin(app):
    return signed_in(app, "admin")


def words(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_page_names_every_job_and_when_it_comes(manager):
    said = words(manager.get("/automatismes").text)
    for job in JOBS.values():
        assert job.label in said
    assert "2026-01-16 03:00:00" in said
    assert "Rien ne s’est encore fait tout seul." in said
    assert 'class="refus"' not in manager.get("/automatismes").text


def test_only_managers_have_the_button_and_only_they_may_launch(app):
    for who in ("auditeur", "comptable", "adjoint"):
        client = signed_in(app, who)
        assert "Lancer maintenant" not in client.get("/automatismes").text
        assert client.post("/api/automatismes/synchro/lancer").status_code == 403
    with app.app_context():
        assert runs() == []


def test_a_manager_launches_by_the_page_and_reads_what_it_came_to(app, manager):
    answer = manager.post("/automatismes/synchro/lancer")
    assert (answer.status_code, answer.location) == (303, "/automatismes?fait=synchro")
    said = words(manager.get(answer.location).text)
    assert "Synchronisation de la nuit : fait. " in said
    assert "Directeur de démonstration" in said
    with app.app_context():
        [run] = runs()
    assert (run["job"], str(run["business_date"]), run["cause"], run["attempts"]) == (
        "synchro",
        "2026-01-14",
        "personne",
        1,
    )


def test_what_concerns_every_hotel_is_for_who_administers(app, manager, admin):
    refused = manager.post("/api/automatismes/sauvegarde/lancer")
    assert refused.status_code == 403
    assert "tous les hôtels" in refused.json["detail"]
    for count in (1, 2):
        done = admin.post("/api/automatismes/sauvegarde/lancer")
        assert (done.status_code, done.json["etat"]) == (200, "faite"), done.text
        kept = sorted((app.config["SETTINGS"].instance_dir / "sauvegardes").iterdir())
        assert len(kept) == count, "a second backup of the same night never writes over the first"
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)
    told = admin.get("/api/automatismes").json
    [one] = [job for job in told["taches"] if job["cle"] == "sauvegarde"]
    assert (one["dernier"]["etat"], one["dernier"]["par"], one["dernier"]["essais"]) == (
        *("faite", "Administrateur de démonstration", 2),
    )
    assert set(one["dernier"]["etapes"]) == {"ecrire", "relire", "elaguer"}


def test_a_job_that_goes_on_is_not_begun_twice(app, admin):
    with app.app_context():
        runner = Runner(JOBS, Clock(AFTERNOON))
        runner.tick()
        from database import job_runs  # noqa: PLC0415
        from database.job_runs import Key  # noqa: PLC0415
        from database.transaction import write  # noqa: PLC0415

        key = Key(1, "synchro", datetime(2026, 1, 14).date())  # noqa: DTZ001 - a date
        with write() as connection:
            begun = job_runs.Begun(AFTERNOON, "heure", None)
            assert job_runs.claim(connection, key, begun, runner.owner, AFTERNOON)
    page = admin.post("/automatismes/synchro/lancer")
    assert (page.status_code, "Ce travail est déjà en cours." in words(page.text)) == (409, True)
    answer = admin.post("/api/automatismes/synchro/lancer")
    assert (answer.status_code, answer.json["detail"]) == (409, "Ce travail est déjà en cours.")
    assert "en cours" in words(admin.get("/automatismes").text)
    assert "Ce travail est déjà en cours." in admin.get("/automatismes").text


def test_an_unknown_job_is_not_found(admin):
    assert admin.post("/api/automatismes/lune/lancer").status_code == 404
    assert admin.post("/automatismes/lune/lancer").status_code == 404


def test_ready_says_when_the_clock_of_the_server_is_silent_or_a_job_did_not_start(app, monkeypatch):
    clock = Clock(datetime(2026, 1, 15, 17, tzinfo=UTC))
    automation = JobServer(app, Runner(JOBS, clock))
    app.extensions[server.EXTENSION] = automation
    asked = app.test_client()
    assert asked.get("/readyz", headers=JSON).json["erreurs"] == [
        {"chemin": "automatismes", "message": "Les automatismes sont arrêtés."}
    ]
    automation._scheduler.start(paused=True)
    try:
        with app.app_context():
            turn(automation.runner)
        assert asked.get("/readyz", headers=JSON).json == {"etat": "pret"}
        clock.at = datetime(2026, 1, 16, 8, 5, tzinfo=UTC)
        with app.app_context():
            automation.runner.tick()
        with time_machine.travel(datetime(2026, 1, 16, 8, 11, tzinfo=UTC), tick=False):
            late = asked.get("/readyz", headers=JSON)
            assert late.status_code == 503
            assert late.json["erreurs"][0]["message"] == "N’a pas démarré à son heure : Synchronisation de la nuit."
        monkeypatch.setattr(server, "SILENCE_S", -1)
        silent = asked.get("/readyz", headers=JSON)
        assert silent.json["erreurs"][0]["message"] == "Les automatismes ne donnent plus signe de vie."
    finally:
        server.stop(app)
    assert asked.get("/readyz", headers=JSON).status_code == 200


def test_what_had_no_hour_to_miss_is_not_late(app, admin):
    """A server installed at 14:00: the mails were due since midnight, the backup since noon; neither was missed."""
    with app.app_context():
        turn(Runner({"courriels": JOBS["courriels"]}))
    page = admin.get("/automatismes")
    token = re.search('name="csrf-token" content="([^"]+)"', page.text)[1]
    form = {"csrf_token": token, "hotel": "DEMO"}
    assert admin.post("/automatismes/sauvegarde/lancer", data=form).status_code == 303
    said = words(admin.get("/automatismes").text)
    assert "rattrapé" not in said
    assert "dû à" not in said
    assert "à son heure" in said


def test_only_a_server_starts_it_and_a_setting_keeps_it_still(app):
    assert server.EXTENSION not in app.extensions
    server.start(object())
    assert server.troubles_of(app) == []
