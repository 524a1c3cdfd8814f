"""What the last synchronisation changed since the one before, and what each one asked of the PMS."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from database.lightspeed import Asked
from tests.utils.actions.lightspeed.synchro import WHEN, auditor, sync
from tests.utils.actions.lightspeed.test_synchronisation_personnes import CASH, place  # noqa: F401 - the fixture
from tests.utils.actions.lightspeed.test_synchronisation_personnes import corrected as correct
from tests.utils.actions.nights import DAY, rows
from utils import dates
from utils.actions import retention
from utils.actions.lightspeed import coverage, standing
from utils.actions.lightspeed.changed import changed_since
from utils.actions.person import Machine
from utils.actions.reading import night_view
from utils.presentation.lightspeed_history import runs_told
from utils.presentation.revisions import marked, synced

READER = Machine(1, "essai")


def asked(app):
    return rows(app, "SELECT run_id, path, status, size, revision FROM sync_requests ORDER BY run_id, number")


def test_what_changed_is_told_cell_by_cell_after_the_second_time_only(place):  # noqa: F811
    app, running, person = place
    sync(app)
    with app.app_context():
        assert changed_since(night_view(READER, WHEN)) is None
    before = person.values("recap")[CASH.partition(".")[2]]
    correct(running, more="9.00")
    sync(app)
    with app.app_context():
        found = changed_since(night_view(READER, WHEN))
        told = synced(found.since, found.entries, "America/Toronto", f"/rj/native/{DAY}")
    assert [one["champ"] for one in found.entries] == ["cash_ls_lecture"]
    assert told.title.startswith("Changé par Lightspeed depuis ")
    assert (told.changes[0].href, len(told.changes)) == (f"/rj/native/{DAY}/recap#{CASH}", 1)
    shown = marked(told, "recap")
    assert shown.keys() == {CASH}
    assert shown[CASH].replace("\u202f", "").replace("\xa0", " ") == f"{before} $".replace(".", ",")
    page = person.client.get(f"/rj/native/{DAY}/recap").text
    assert "data-change-pms" in page
    assert CASH in page.partition('id="nuit">')[2].partition('"changes"')[2]
    sync(app)
    with app.app_context():
        assert changed_since(night_view(READER, WHEN)) is None  # the last one changed nothing


def test_each_synchronisation_keeps_what_it_asked_and_never_a_body(place):  # noqa: F811
    app, running, person = place
    sync(app)
    sync(app)
    running.fault("status", detail="503", report="NoShows")
    sync(app)
    found = asked(app)
    runs = sorted({run for run, *_ in found})
    first, again, failed = ([one for one in found if one[0] == run] for run in runs)
    assert {path for _, path, *_ in first} >= {"/reports/Cashier", "/rooms", "/receivables", "/reports/OnTheBooks"}
    assert all("?" not in path and "accounts" not in path for _, path, *_ in found)
    assert {status for _, _, status, *_ in first} == {200}
    assert all(size > 0 and revision == 1 for *_, size, revision in first)
    assert {status for _, _, status, *_ in again} == {304}
    assert {status for _, path, status, *_ in failed if path.endswith("NoShows")} == {503}
    with app.app_context():
        told = standing.runs_with_requests(READER, WHEN)
        assert [len(requests) for _, requests in told] == [len(failed), len(again), len(first)]
        words = runs_told(told, "America/Toronto")
        given = coverage.coverage(READER, WHEN)
    assert words[1].requests[0].state.word == "304, inchangé"
    assert words[0].said.startswith("Lightspeed, à son heure; ")
    cash = next(one for one in given if (one.tab, one.report) == ("recap", "CashierReport"))
    assert (cash.received, cash.usual, cash.nights[-1]) == (2, None, (WHEN, "pleine"))
    no_shows = next(one for one in given if one.report == "NoShows")
    assert no_shows.nights[-1] == (WHEN, "vide")
    pages = [person.client.get(f"/lightspeed/historique{end}").text for end in ("", f"/{DAY}")]
    assert "/reports/Cashier" in pages[1]
    assert f"/lightspeed/historique/{DAY}" in pages[0]


def test_requests_are_kept_ninety_days_then_their_runs_stay(place):  # noqa: F811
    app, *_ = place
    sync(app)
    with app.app_context():
        retention.purge(dates.now() + timedelta(days=91))
        ((_, requests),) = standing.runs_with_requests(READER, WHEN)
    assert requests == []
    assert asked(app) == []


def test_the_demonstration_tells_what_it_read_though_nothing_left(app_sqlite):
    person = auditor(app_sqlite)
    result = person.client.post(f"/api/lightspeed/sync/{DAY}", json={}).json
    assert result["requetes"] == 0
    with app_sqlite.app_context():
        ((_, requests),) = standing.runs_with_requests(READER, WHEN)
    assert {one.status for one in requests} == {200}
    assert all(one.size > 100 for one in requests)
    assert "rien n’est sorti" in person.client.get(f"/lightspeed/historique/{DAY}").text


@pytest.mark.parametrize("status", [None, 200, 304, 404, 503])
def test_a_status_has_its_word(status):
    at = dates.now()
    run = SimpleNamespace(started_at=at, actor=None, cause="personne", status="complete", message=None)
    ((request,),) = (one.requests for one in runs_told([(run, [Asked(at, "", status, 5, 0, None)])], "UTC"))
    good = status in (200, 304)
    assert request.state.meaning == ("ok" if good else "diff")
    assert request.path == "/"
