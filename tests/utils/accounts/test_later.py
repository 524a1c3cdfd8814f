"""What must not lengthen an answer is done a moment later, and what goes wrong with it is logged."""

from types import SimpleNamespace

import pytest
from flask import Flask, current_app

from tests.applications import settle
from utils.accounts import later
from utils.accounts.later import run


@pytest.fixture
def app():
    """An application with a name of its own."""
    made = Flask("essai")
    with made.app_context():
        yield made


def fails():
    raise ValueError("cassé")


def test_it_is_done_in_the_application_of_now(app):
    seen = []
    later.later(lambda: seen.append(current_app.name))
    settle()
    assert seen == ["essai"]


def test_things_are_done_in_the_order_they_were_put_off(app):
    seen = []
    for number in range(5):
        later.later(lambda number=number: seen.append(number))
    settle()
    assert seen == [0, 1, 2, 3, 4]


def test_what_raises_is_logged_and_takes_nothing_with_it(app, monkeypatch):
    seen, lines = [], []
    monkeypatch.setattr(later, "log", SimpleNamespace(exception=lines.append))
    run(app, fails)
    run(app, lambda: seen.append("fait"))
    assert lines == ["suite impossible à donner"]
    assert seen == ["fait"]


def test_beyond_so_many_the_rest_is_dropped_and_the_log_says_so(app, monkeypatch):
    seen, lines = [], []
    monkeypatch.setattr(later, "_MOST", 0)
    monkeypatch.setattr(later, "log", SimpleNamespace(error=lines.append))
    later.later(lambda: seen.append("fait"))
    settle()
    assert (seen, lines) == ([], ["suite abandonnée : trop attendent"])


def test_however_many_wait_none_waits_past_its_own_instant(app, monkeypatch):
    """Two hundred put off together: each sleeps until its instant, none after the sleep of the others."""
    slept, clock = [], [100.0]
    monkeypatch.setattr(later, "SHORTEST_MS", 500)
    monkeypatch.setattr(later, "SPREAD_MS", 2500)

    def sleep(seconds):
        slept.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(later, "time", SimpleNamespace(monotonic=lambda: clock[0], sleep=sleep))
    dues = []
    monkeypatch.setattr(later._WORKER, "submit", lambda do, *given: dues.append((do, given)))
    for _ in range(200):
        later.later(lambda: None)
    for do, given in dues:
        do(*given)
    assert 0.5 <= sum(slept) < 3
