"""The links of the mails: signed, for one person and one kind, at the address where people find us."""

from types import SimpleNamespace

import pytest
from flask import Flask

from utils.notifications.links import PATH, Leaving, leave_url, public_address, read_leaving, reset_url

LEAVING = Leaving(1, 7, "anomaly")


@pytest.fixture(autouse=True)
def app():
    """Settings without an application around them."""
    made = Flask(__name__)
    settings = SimpleNamespace(adresse_publique="https://rj.hotel.example/", host="127.0.0.1", port=5000)
    made.config.update(SECRET_KEY="une clé", SETTINGS=settings)
    with made.app_context():
        yield made


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://rj.hotel.example/", "https://rj.hotel.example"),
        ("https://rj.hotel.example", "https://rj.hotel.example"),
        ("", "http://127.0.0.1:5000"),
        (None, "http://127.0.0.1:5000"),
    ],
)
def test_people_find_us_at_the_public_address_else_where_we_listen(app, address, found):
    app.config["SETTINGS"].adresse_publique = address
    assert public_address() == found
    assert reset_url("jeton") == f"{found}/reinitialisation/jeton"


def test_a_link_says_who_leaves_what():
    url = leave_url(LEAVING)
    assert url.startswith(f"https://rj.hotel.example{PATH}")
    assert read_leaving(url.rpartition("/")[2]) == LEAVING


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: "x" + token, lambda _: "", lambda _: "é.b.c"]
)
def test_a_link_that_we_did_not_sign_speaks_of_nobody(app, change):
    assert read_leaving(change(leave_url(LEAVING).rpartition("/")[2])) is None


def test_a_link_of_another_installation_is_none_of_ours(app):
    token = leave_url(LEAVING).rpartition("/")[2]
    app.config["SECRET_KEY"] = "une autre"
    assert read_leaving(token) is None


def test_two_people_have_two_links(app):
    assert leave_url(LEAVING) != leave_url(LEAVING._replace(user_id=8))
    assert leave_url(LEAVING) == leave_url(LEAVING)
