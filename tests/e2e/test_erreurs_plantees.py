"""Five errors planted in a night: what the page says at once, what the Sommaire says, what the direction's phone says.

Each is typed by keyboard in the night of the demonstration on which it was first tried, the papers around it being
right. What is said must be true: nothing balanced while an amount is unexplained, nobody accused.
"""

import shutil
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from database import properties
from database.transaction import read
from tests.e2e.postes import AUDITOR, House, Post, cell, ready, status, type_in
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
BEFORE = 29
"""Nights of the book: the Friday of the errors has four others behind it."""

AT_WORK = datetime(2026, 11, 28, 8, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 28, 12, tzinfo=UTC)
REASON = "vu au papier avec le superviseur"


@pytest.fixture(scope="module")
def filled(sqlite_template, tmp_path_factory):
    """The folder of a demonstration with four weeks of nights behind it."""
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
        """Type cells; what the page says at once: notes, verdict, band, what the figure usually is, the margin."""
        page = self.post.page
        for name, text in cells.items():
            type_in(page, name, text)
        expect(status(page)).to_contain_text("Enregistré à")
        cell(page, next(iter(cells))).focus()
        expect(page.locator("[data-sept]")).to_contain_text("d’habitude")
        page.wait_for_timeout(600)
        return texts(page.locator("[data-note], .verdict, .strip a, [data-habitude], aside .sum tr"))

    def finish(self):
        """Type the papers of the tabs that follow; what the Sommaire says, its passed checks folded."""
        for key in self.rest:
            self._papers(key)
        page = self.post.go(DAY, "sommaire")
        return texts(
            page.locator(
                "[data-bloc=verdict], .porte .check, .porte .bloc-porte, .porte .phrase, .strip a, aside .sum tr"
            )
        )

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
    people = {line["name"] for line in told.tabs["sd"]["sd_entries"]}
    assert not [name for name in people if name in " ".join(phone)], "an error of typing accuses nobody"
    assert not [one for one in phone if one.startswith("Onglets incomplets")], "every tab was filled"
    return " | ".join(once), " | ".join(sommaire), " | ".join(phone)


def says(text, *sentences):
    """Every sentence stands in a text; which do not."""
    assert [one for one in sentences if one not in text] == [], text


def test_a_due_back_typed_negative(told):
    once, sommaire, phone = readings(told, "recap", {"recap.dueback_nb_lecture": "-300,87"})
    says(once, "Due back N/B — lecture : Le montant doit être positif.")
    says(sommaire, "Balance du Recap bloque, −601,74 $", "signe des remboursements et du due back N/B")
    says(sommaire, "Onglet 3, Recap Due back N/B — lecture : Le montant doit être positif.", "dont Recap −601,74")
    says(phone, "1 contrôle bloquant, 1 avertissement", "Balance du Recap : −601,74 $")
    says(phone, f"Différence de caisse inexpliquée : −601,74 $ Motif « {REASON} »")
    assert "équilibrée" not in sommaire + phone


def test_a_decimal_point_one_place_too_far(told):
    once, sommaire, phone = readings(told, "recap", {"recap.cash_pos_lecture": "8329,80"})
    says(once, "Hier 615,89", "vendredi, d’habitude", "au plus 1 119,02")
    says(sommaire, "Balance du Recap bloque, 7 496,82 $. Le Recap ne balance pas. Relisez les lignes Comptant")
    says(sommaire, "dont Recap 7 496,82", "propre au Jour 0,00")
    says(phone, "1 contrôle bloquant, 1 avertissement", "Balance du Recap : 7 496,82 $")
    assert "équilibrée" not in sommaire + phone


def test_a_terminal_forgotten(told):
    lots = told.tabs["transelect"]["transelect_restaurant"]
    left = [f"transelect.transelect_restaurant.{card}.terminals.bar_c" for card in lots]
    last = "transelect.transelect_restaurant.amex.terminals.room_e"
    once, sommaire, phone = readings(told, "transelect", {last: "18,63"}, left)
    says(once, "Bar C n’a pas de lot; il en avait un 14 nuits sur 14. Banquet")
    says(once, "Transelect −1 483,99 $ écart")
    says(sommaire, "Variance générale des cartes (X20) −1 483,99 $", "un lot manquant")
    says(phone, "1 avertissement", f"Variance générale des cartes (X20) : −1 483,99 $ Motif « {REASON} »")
    assert "équilibrée" not in sommaire + phone


def test_two_digits_put_one_for_the_other(told):
    once, sommaire, phone = readings(told, "jour", {"jour.jour_pos_piazza_nourriture": "4717,01"})
    says(once, "Diff. caisse 54,00 $ à expliquer", "vendredi, d’habitude")
    says(sommaire, "Différence de caisse inexpliquée 54,00 $", "avec 1 avertissement : 54,00 $ inexpliqués")
    says(phone, "1 avertissement", f"Différence de caisse inexpliquée : 54,00 $ Motif « {REASON} »")
    assert "équilibrée" not in sommaire + phone


def test_two_outlets_put_one_for_the_other(told):
    """Every total is right, so no check can tell: what does is its habit, and the total of each outlet."""
    names = ("jour.jour_pos_spesa_nourriture", "jour.jour_pos_chambres_svc_nourriture")
    once, sommaire, phone = readings(told, "jour", dict(zip(names, ("565,95", "404,35"), strict=True)))
    says(once, "vendredi, d’habitude", "Hier", "La Spesa", "Service aux chambres")
    says(sommaire, "La nuit est en cours, équilibrée.")
    says(phone, "Verrouillée : équilibrée", "Aucun contrôle hors tolérance")
