"""Faults of the PMS during a synchronisation: no wrong figure is kept, the other tabs are filled, people are told."""

import html
import re
from datetime import date

import pytest

from database.transaction import read
from tests.utils.actions.lightspeed.synchro import WHEN, auditor, book, sync, synthetic_hotel
from tests.utils.actions.nights import DAY
from tests.utils.lightspeed.conftest import ACCOUNT, demo_hotel
from utils.actions.lightspeed.words import LABELS
from utils.actions.state import need_night
from utils.lightspeed import reports as r
from utils.lightspeed import storage
from utils.lightspeed.figures import MAPPED, figures_of
from utils.lightspeed.night import read_report
from utils.simulators.faults import RETRY_AFTER

OURS = {one.name for one in MAPPED if one.report is r.DailyRevenue}
LOST = [
    *(("throttle", {"detail": form}) for form in RETRY_AFTER),
    *(("status", {"detail": str(status)}) for status in (400, 403, 404, 500, 502, 503)),
    *((kind, {}) for kind in ("html", "truncated", "redirect", "reset", "cut")),
    *((kind, {}) for kind in ("missing", "nan", "decimals", "currency", "date")),
    ("drip", {"detail": "200"}),
]
HARMLESS = ["latency", "sunset", "extra", "enum", "number", "corrected", "unbalanced"]


@pytest.fixture
def place(app_sqlite):
    """An open night in front of a simulator that is whole, and what its reports say of it."""
    with synthetic_hotel(app_sqlite) as running:
        running.inside.buckets.enforced = False
        auditor(app_sqlite)
        with app_sqlite.app_context():
            client = storage.client_for(demo_hotel())
            said = {}
            for kind in LABELS:
                said |= figures_of(read_report(client, kind, WHEN, None))
        yield app_sqlite, running, said


def kept(app):
    """What the night holds of the PMS, by cell."""
    with app.app_context(), read() as connection:
        state = need_night(connection, demo_hotel().id, WHEN)
    return {
        f"{tab}.{cell}": stored.inputs[cell]
        for tab, stored in state.tabs.items()
        for cell in stored.inputs
        if stored.origins.cells[cell].kind == "lightspeed"
    }


def page_of(app, email="auditeur"):
    """The words of the page of Lightspeed on that night."""
    text = auditor(app, name=email).client.get(f"/lightspeed/?jour={DAY}").text
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def impatient():
    """The client of the hotel, which waits one second for a report."""
    client = storage.client_for(demo_hotel())
    client._report_s = 1.5
    return client


@pytest.mark.parametrize(("kind", "given"), LOST, ids=[f"{kind} {more.get('detail', '')}" for kind, more in LOST])
def test_a_report_that_fails_takes_nothing_from_the_others(place, kind, given):
    app, running, said = place
    running.fault(kind, report="DailyRevenue", **given)
    with app.app_context():
        client = impatient() if kind in ("drip", "throttle") else None
    result = sync(app, client=client)
    assert kept(app) == {name: value for name, value in said.items() if name not in OURS}
    assert result.status == "partielle"
    assert result.tabs["recap"]["etat"] == "synchronise"
    assert result.tabs["transelect"]["etat"] == "partiel"
    message = result.reports["DailyRevenue"]["message"]
    assert message.startswith(("Lightspeed", "Réponse inattendue de Lightspeed", "La réponse", "Trop de"))
    assert message in page_of(app)
    running.admin("DELETE", f"accounts/{ACCOUNT}/faults")
    again = sync(app)
    assert again.status == "complete", again.message
    assert kept(app) == said


@pytest.mark.parametrize("kind", HARMLESS)
def test_an_oddity_leaves_every_figure_as_it_was_said(place, kind):
    app, running, said = place
    running.fault(kind, report="DailyRevenue")
    result = sync(app)
    found = kept(app)
    lost = {"jour.jour_room_revenue_brut"} if kind == "enum" else set()
    assert found == {name: value for name, value in said.items() if name not in lost}
    told = {"number": "Ligne ROOM_CHRG", "unbalanced": "Contrôle d’équilibre", "sunset": "annonce la fin"}
    told["enum"] = "Lignes d’un service inconnu, revenu des chambres laissé de côté : ROOM_CHRG_"
    if kind in told:
        assert told[kind] in result.tabs["jour"]["message"]
        assert told[kind] in page_of(app)


def test_a_token_killed_in_the_middle_is_renewed_and_the_night_is_whole(place):
    app, running, said = place
    running.fault("unauthorized", times=1, report="Receivables")
    assert sync(app).status == "complete"
    assert kept(app) == said


def test_a_grant_that_is_lost_writes_nothing_more_and_says_who_can_help(app_sqlite):
    with synthetic_hotel(app_sqlite) as running:
        auditor(app_sqlite)
        for client in running.inside.authority.clients.values():
            client.client_secret = "un autre secret"
        running.inside.authority.grants.clear()
        before = book(app_sqlite, "property_integrations")
        result = sync(app_sqlite)
        assert (result.status, result.retry_in_minutes) == ("echouee", None)
        told = ("night_audit_sessions", "changes", "journal_heads", "night_seals")
        assert book(app_sqlite, "property_integrations", *told) == {
            name: rows for name, rows in before.items() if name not in told
        }
        assert (
            sum(running.inside.served.values()) < 3
        )  # what connected, and one report: a dead grant is not insisted on
        assert all(one["message"] for one in result.reports.values())


def test_a_pms_that_never_answers_is_not_waited_for_eight_times(place):
    app, running, _ = place
    running.fault("reset")
    running.inside.served.clear()
    result = sync(app)
    assert (result.status, result.retry_in_minutes) == ("echouee", 5)
    assert sum(running.inside.served.values()) == 6  # two reports, three times each
    assert "Lightspeed ne répond pas." in page_of(app)


def test_everything_down_keeps_the_night_and_says_when_to_ask_again(place):
    app, running, _ = place
    sync(app)
    before = kept(app)
    running.fault("status", detail="503")
    person = auditor(app)
    answer = person.client.post(f"/api/lightspeed/sync/{DAY}", json={})
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert answer.json["retry_in_minutes"] == 1
    assert answer.headers["Retry-After"] == "60"
    assert kept(app) == before
    assert "Lightspeed demande d’attendre." in page_of(app)


def test_a_date_that_is_open_is_only_shown(place):
    app, running, said = place
    running.fault("open")
    before = book(app, "pms_readings", "integration_etags")
    result = sync(app)
    assert (result.status, result.retry_in_minutes, result.written) == ("apercu", 5, 0)
    assert book(app, "pms_readings", "integration_etags") == before
    assert kept(app) == {}
    page = page_of(app)
    assert "Aperçu d’une date qui n’est pas fermée" in page
    assert "Rien de ceci n’est écrit dans la nuit." in page
    running.admin("DELETE", f"accounts/{ACCOUNT}/faults")
    assert sync(app).status == "complete"
    assert kept(app) == said


def test_one_report_that_is_open_holds_back_its_own_figures_only(place):
    app, running, said = place
    running.fault("open", report="DailyRevenue")
    result = sync(app)
    assert result.status == "partielle"
    assert kept(app) == {name: value for name, value in said.items() if name not in OURS}
    assert "n’a pas encore fermé cette date" in result.tabs["jour"]["message"]


def test_a_report_that_changes_while_it_is_read_is_read_again(place):
    app, running, said = place
    running.fault("revision", report="ArAging", times=1)
    result = sync(app)
    assert result.status in ("complete", "partielle")
    assert kept(app) == said


def test_a_night_that_was_never_opened_is_not_opened_by_the_pms(place):
    app, _, _ = place
    person = auditor(app)
    before = book(app)
    answer = person.client.post("/api/lightspeed/sync/2025-06-01", json={})
    assert (answer.status_code, book(app)) == (404, before)
    assert person.client.post("/api/lightspeed/sync/demain", json={}).status_code == 422
    assert date.fromisoformat(DAY) == WHEN
