"""What must not lengthen an answer is done a moment later, and what goes wrong with it is logged."""

from types import SimpleNamespace

import pytest
from flask import Flask, current_app

from utils.accounts import later
from utils.accounts.later import evenly, run, settle


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


def test_beyond_so_many_the_rest_is_dropped(app, monkeypatch):
    seen = []
    monkeypatch.setattr(later, "_MOST", 0)
    later.later(lambda: seen.append("fait"))
    settle()
    assert seen == []


@pytest.mark.parametrize(("lasted", "slept"), [(0.1, 0.3), (0.5, 0.0)])
def test_what_follows_an_answer_lasts_as_long_whatever_it_does(app, monkeypatch, lasted, slept):
    clock, pauses = iter([10.0, 10.0 + lasted]), []
    monkeypatch.setattr(later, "EVEN_S", 0.4)
    monkeypatch.setattr(later.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(later.time, "sleep", pauses.append)
    evenly(app, lambda: None)
    assert pauses == [pytest.approx(slept)]
