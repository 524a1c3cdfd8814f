"""The measures measure: percentiles, ratios, goals, and a server that is really loaded."""

import json
import time

import pytest

from bench import floors, report
from bench.load import get, serve
from bench.measure import Measure, repeated
from bench.report import FLOORS, Goal, Results

BARE = FLOORS["a"]


def measure(median_ms, per_second=100.0):
    return Measure(median_ms, 2 * median_ms, 3 * median_ms, per_second, 10)


@pytest.fixture
def run():
    """A run of two benches and one value."""
    results = Results()
    results.measures[BARE, 1] = measure(0.5, 2000)
    results.measures["Nuit en JSON", 1] = measure(1.25, 800)
    results.values["Prêt à répondre (s)"] = 1.5
    return results


def test_percentiles_come_from_the_durations():
    result = Measure.of([each / 1000 for each in range(100, 0, -1)], elapsed=2.0)
    assert (result.median_ms, result.p95_ms, result.p99_ms) == (50, 95, 99)
    assert result.per_second == 50


def test_a_call_is_repeated():
    result = repeated(lambda: time.sleep(0.001), count=5, warmup=1)
    assert result.count == 5
    assert 1 <= result.median_ms < 100


def test_a_line_stands_beside_the_floor(run):
    line = report.line("Nuit en JSON", 1, run)
    assert "1,250 ms" in line
    assert "800" in line
    assert line.split()[-3:] == ["2,50", "—", "—"]


def test_a_goal_says_whether_it_is_met(run):
    share = Goal("Part d’une vue nue", lambda of: of.share("Nuit en JSON", BARE), at_least=0.4)
    ready = Goal("Prêt", lambda of: of.values["Prêt à répondre (s)"], at_most=1.0)
    assert share.shown(run) == (0.4, True)
    assert report.goal_line(share, share.shown(run)) == "atteint     Part d’une vue nue : 0,40 (au moins 0,4)"
    assert report.goal_line(ready, ready.shown(run)) == "NON ATTEINT Prêt : 1,50 (au plus 1)"
    assert Goal("Autre", lambda of: of.median("Non mesurée"), at_most=1).shown(run) is None


def test_a_run_is_kept(run, tmp_path):
    report.write(tmp_path / "bench.json", run, [Goal("Prêt", lambda of: of.values["Prêt à répondre (s)"], at_most=2)])
    kept = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert [one["nom"] for one in kept["mesures"]] == [BARE, "Nuit en JSON"]
    assert kept["objectifs"] == [{"objectif": "Prêt", "valeur": 1.5, "atteint": True}]


def test_a_commit_is_measured(monkeypatch, tmp_path):
    monkeypatch.setattr(floors, "INSTANCE", tmp_path)
    monkeypatch.setattr(floors, "COMMITS", 16)
    assert {each: one.count for each, one in floors.durable_commit().items()} == {1: 16, 8: 16}


def test_a_real_server_is_loaded(monkeypatch, tmp_path):
    monkeypatch.setattr("bench.load.INSTANCE", tmp_path)
    with serve("bench.floors:bare()", prepare=False) as server:
        result = server.under(get("/"), concurrency=2, seconds=0.2)
        assert result.count > 2
        assert 10 < server.worker_mb() < 200
        assert server.ready_s < 30
        with pytest.raises(RuntimeError, match="/absent : 404"):
            server.under(get("/absent"), concurrency=1)
    assert list(tmp_path.iterdir()) == []
