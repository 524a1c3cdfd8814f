"""The five errors that a reader planted in a night: what the page says at once, the Sommaire, and the direction's phone.

Each is typed by keyboard in the night of the demonstration on which it was first tried, the papers around it being
right. What is said must be true: nothing balanced while an amount is unexplained, nobody accused.
"""

import shutil
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from database import properties
from database.transaction import read
from tests.e2e.postes import AUDITOR, House, Post, cell, note, ready, status, type_in
from tests.utils.scheduler.clock import Clock
from utils import dates
from utils.actions.demonstration.fill_nights import fill_nights
from utils.demo.bundle import papers_of
from utils.demo.papers import typed
from utils.lightspeed.clients import demo_hotel
from utils.rj.sheets import SHEETS

pytestmark = [pytest.mark.e2e, pytest.mark.long(reason="a night for each error")]

DIRECTOR, TELEPHONE = "directeur@demo.hotel", {"width": 390, "height": 844}
DAY = "2026-11-27"
BEFORE = 36
"""Nights of the book: the fifth Friday has four others behind it."""

AT_WORK = datetime(2026, 11, 28, 8, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 28, 12, tzinfo=UTC)
REASON = "vu au papier avec le superviseur"
NORMAL = {
    "recap": {"recap.dueback_nb_lecture": "300,87", "recap.cash_pos_lecture": "832,98"},
    "jour": {
        "jour.jour_pos_piazza_nourriture": "4771,01",
        "jour.jour_pos_spesa_nourriture": "404,35",
        "jour.jour_pos_chambres_svc_nourriture": "565,95",
    },
}
"""What the papers say where an error is planted."""


@pytest.fixture(scope="module")
def filled(sqlite_template, tmp_path_factory):
    """The folder of a demonstration with five weeks of nights behind it."""
    house = House(sqlite_template, tmp_path_factory.mktemp("pleine") / "instance")
    with house.app.app_context():
        assert fill_nights(datetime.fromisoformat(f"{DAY}T20:00").replace(tzinfo=UTC), BEFORE) == BEFORE
        with read() as connection:
            known = demo_hotel(properties.property_by_code(connection, "DEMO"))
    house.stop()
    return house.instance, typed(papers_of(known, date.fromisoformat(DAY)))


class Told:
    """What somebody reads of a night: at once on the page, at the Sommaire, on the direction's phone."""

    def __init__(self, filled, browser, tmp_path, clock):
        self.instance, self.tabs = filled
        self.browser, self.clock = browser, clock
        shutil.copytree(self.instance, tmp_path / "instance")
        self.house = House(self.instance / "rj.db", tmp_path / "instance")
        self.post = self.at(AUDITOR, {"width": 1920, "height": 1000})

    def at(self, email, size):
        """A post, whose hands wait as long as the machine asks."""
        context = self.browser.new_context(viewport=size, locale="fr-CA")
        context.set_default_timeout(30000)
        return Post(self.house, context, email).sign_in()

    def leave(self):
        """Close the house."""
        assert self.post.complaints == []
        self.post.context.close()
        self.house.stop()

    def begin(self, tab, left):
        """Open the night, synchronise it, type its papers up to a tab, but for the cells that are left."""
        self.post.api("POST", DAY)
        page = self.post.go(DAY, "controle")
        with page.expect_navigation():
            page.keyboard.press("Shift+F9")
        ready(page)
        keys = [one.key for one in SHEETS]
        self.rest = keys[keys.index(tab) + 1 :]
        for key in keys[: keys.index(tab) + 1]:
            self._papers(key, left)
        return self.post.go(DAY, tab)

    def _papers(self, key, left=frozenset()):
        values = self.tabs.get(key)
        if values is None:
            return
        kept = without(values, {one.removeprefix(f"{key}.") for one in left if one.startswith(f"{key}.")})
        self.post.api("PATCH", f"{DAY}/{key}", {"version": self.post.api("GET", DAY)["version"], "values": kept})

    def type(self, cells):
        """Type cells; what the page says at once: notes under them, the verdict of the tab, the band."""
        page = self.post.page
        for name, text in cells.items():
            type_in(page, name, text)
        expect(status(page)).to_contain_text("Enregistré à")
        cell(page, next(iter(cells))).focus()
        expect(page.locator("[data-habitude]")).to_contain_text("hier")
        said = [one for name in cells for kind in ("avis", "remarque") for one in texts(note(page, name, kind))]
        return said + texts(page.locator(".sect h2 + p, .verdict, .strip a, [data-habitude]"))

    def finish(self):
        """Type the papers of the tabs that follow; what the Sommaire says, its passed checks folded."""
        for key in self.rest:
            self._papers(key)
        page = self.post.go(DAY, "sommaire")
        return texts(page.locator("[data-bloc=verdict], .porte .check, .porte .bloc-porte, .porte .phrase, .strip a, aside .sum tr"))

    def submit(self):
        """Answer what is asked, submit, waiting for a waiver when something blocks."""
        page = self.post.page
        for one in page.locator("textarea[data-motif]:not([data-motif=''])").all():
            one.fill(REASON)
        with page.expect_navigation():
            page.locator("[data-action=soumettre]").click()
        ready(page)

    def phone(self):
        """What the direction reads on a phone the next morning; its page goes beyond no side."""
        self.clock.at = MORNING
        post = self.at(DIRECTOR, TELEPHONE)
        post.page.goto(f"{self.house.url}/")
        assert post.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        said = texts(post.page.locator("h1, .verdict, .voir li, .vu"))
        post.context.close()
        return said


def without(values, left):
    """Values without some cells, at whatever depth they stand."""
    return {
        key: without(one, {name.removeprefix(f"{key}.") for name in left if name.startswith(f"{key}.")})
        if isinstance(one, dict)
        else one
        for key, one in values.items()
        if key not in left
    }


def texts(places):
    """The words of each place that is shown, their spaces made one."""
    return [" ".join(text.split()) for one in places.all() if one.is_visible() and (text := one.inner_text())]


@pytest.fixture
def told(filled, browser, tmp_path, monkeypatch):
    """A night on which one error is to be typed."""
    clock = Clock(AT_WORK)
    monkeypatch.setattr(dates, "now", clock)
    told = Told(filled, browser, tmp_path, clock)
    yield told
    told.leave()


def readings(told, tab, cells, left=()):
    """The three readings of an error; printed, so that whoever doubts may read them."""
    told.begin(tab, {*cells, *left})
    once = told.type(cells)
    sommaire = told.finish()
    told.submit()
    phone = told.phone()
    for where, said in (("aussitôt", once), ("Sommaire", sommaire), ("direction", phone)):
        print(f"--- {where}", *said, sep="\n")  # noqa: T201
    return " | ".join(once), " | ".join(sommaire), " | ".join(phone)


def test_a_due_back_typed_negative(told):
    assert readings(told, "recap", {"recap.dueback_nb_lecture": "-300,87"})


def test_a_decimal_point_one_place_too_far(told):
    assert readings(told, "recap", {"recap.cash_pos_lecture": "8329,80"})


def test_a_terminal_forgotten(told):
    lots = told.tabs["transelect"]["transelect_restaurant"]
    left = [f"transelect.transelect_restaurant.{card}.terminals.bar_c" for card in lots]
    amex = "transelect.transelect_restaurant.amex.terminals.room_e"
    assert readings(told, "transelect", {amex: "18,63"}, left)


def test_two_digits_put_one_for_the_other(told):
    assert readings(told, "jour", {"jour.jour_pos_piazza_nourriture": "4717,01"})


def test_two_outlets_put_one_for_the_other(told):
    names = ("jour.jour_pos_spesa_nourriture", "jour.jour_pos_chambres_svc_nourriture")
    assert readings(told, "jour", dict(zip(names, ("565,95", "404,35"), strict=True)))
