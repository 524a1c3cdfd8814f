"""A real browser before a real server, both of this machine."""

import re
from threading import Thread

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from tests.e2e.postes import AUDITOR, PATIENCE, House, Post

expect.set_options(timeout=PATIENCE)

REPEATED = re.compile(
    r"""
    /test_lightspeed_etats | in_both_themes\[(dark|light-telephone) | two_shifts_share\[telephone
    | waits_and_says_so\[telephone | (is_for_everybody|by_everybody_and_in_french)\[telephone
    | a_cell_stays_in_it\[[^/?=]\] | into_another_table\[(Shift|Arrow|Enter-(recap|setd))
    | read_again_at_once\[(resume|prerenderingchange) | killed_and_reopened\[sans | network_is_cut\[Enter
    | under_the_cursor_is_not_typed\[4 | /test_papier.*A4
    """,
    re.VERBOSE,
)
"""Tests that try again, on another screen, key or sheet, what a neighbour tries each time: ``make test-long`` does."""


def pytest_collection_modifyitems(items):
    """Leave to the long run what only repeats."""
    for item in items:
        if REPEATED.search(item.nodeid):
            item.add_marker(pytest.mark.long(reason="the same again, on another screen, key or sheet"))


@pytest.fixture
def served(bare_app):
    """The address of the application, served for the length of a test."""
    server = make_server("127.0.0.1", 0, bare_app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["large", "telephone"])
def page(request, browser, served):
    """A page of the browser, wide then narrow; whatever it complains of in its console fails the test."""
    size = {"width": 1440, "height": 900} if request.param == "large" else {"width": 390, "height": 844}
    context = browser.new_context(base_url=served, viewport=size, locale="fr-CA")
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def house(sqlite_template, tmp_path_factory):
    """The demonstration, served for the tests of a module."""
    house = House(sqlite_template, tmp_path_factory.mktemp("maison") / "instance")
    yield house
    house.stop()


@pytest.fixture
def posts(house, browser):
    """Posts where people work, each in a browser of its own; a complaint of any of their consoles fails the test."""
    made = []

    def open_post(email=AUDITOR, **options):
        size = {"width": 1440, "height": 900}
        context = browser.new_context(**{"viewport": size, "locale": "fr-CA", **options})
        context.set_default_timeout(PATIENCE)
        made.append(Post(house, context, email).sign_in())
        return made[-1]

    yield open_post
    for post in made:
        post.context.close()
    assert [complaint for post in made for complaint in post.complaints] == []


@pytest.fixture
def post(posts):
    """The night auditor before her browser."""
    return posts()


@pytest.fixture
def night(post):
    """The date of a night just opened, for one test only."""
    return post.open_night()
