"""The page of Lightspeed in each of its states: readable by everybody, in French, on every screen, in both themes."""

from datetime import date
from decimal import Decimal
from itertools import chain

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from database.lightspeed import NewRun, begin_run
from database.transaction import migrate, write
from database.triggers import drop, install
from tests.applications import Browser
from tests.e2e.postes import AUDITOR, CONTROLLER, House, violations
from tests.templates.test_langue import foreign
from tests.utils.actions.lightspeed.synchro import WHEN, connect, sync
from tests.utils.actions.lightspeed.test_synchronisation_personnes import Corrected, corrected
from tests.utils.actions.nights import DAY, Person
from tests.utils.lightspeed.conftest import ACCOUNT, demo_hotel, simulator
from utils import dates
from utils.actions.lightspeed import LightspeedSync

pytestmark = pytest.mark.e2e

SIZES = {"large": {"width": 1440, "height": 900}, "telephone": {"width": 390, "height": 844}}
WORDS = "main :is(h1, h2, h3, p, th, td, dt, dd, button, label, caption, option, legend)"


@pytest.fixture
def house(sqlite_template, tmp_path):
    """A house of its own for each theme: its hotel changes its nature in the end."""
    house = House(sqlite_template, tmp_path / "instance")
    yield house
    house.stop()


def told(house, statement, **values):
    """Change the book beside the page."""
    with house.app.app_context(), write() as connection:
        connection.execute(text(statement), values)


def connections(house, running):
    """Each state of the connection: what the page says of it."""
    yield "démonstration", "/lightspeed/"
    connect(house.app, running)
    yield "relié", "/lightspeed/"
    told(house, "UPDATE property_integrations SET expires_at = :then", then="2026-01-01 00:00:00.000000")
    yield "Le jeton est échu", "/lightspeed/"
    told(house, "UPDATE property_integrations SET reauth_reason = 'revoque'")
    yield "à rétablir", "/lightspeed/"
    told(house, "UPDATE property_integrations SET reauth_reason = NULL, sealed_access_token = NULL")
    yield "à autoriser", "/lightspeed/"
    connect(house.app, running)
    yield "n’est pas ouverte", "/lightspeed/?jour=2026-01-05"


def synchronisations(house, running, auditor):
    """Each state of the synchronisation of a night, one after the other."""
    days = [date.fromisoformat(auditor.open_night()) for _ in range(2)]
    here = f"/lightspeed/?jour={days[0]}"
    yield "jamais", here
    for kind, given, word in (
        ("open", {}, "Rien de ceci n’est écrit dans la nuit."),
        ("status", {"detail": "503"}, "échouée"),
        ("html", {"report": "NoShows"}, "partielle"),
    ):
        running.fault(kind, **given)
        sync(house.app, days[0])
        running.admin("DELETE", f"accounts/{ACCOUNT}/faults")
        yield word, here
    sync(house.app, days[0])
    yield "complète", here
    sync(house.app, days[0])
    yield "inchangée", here
    with house.app.app_context(), write() as connection:
        begin_run(connection, NewRun(demo_hotel().id, days[1], "personne", None, dates.now(), {}))
    yield "en cours", f"/lightspeed/?jour={days[1]}"
    told(house, "UPDATE sync_runs SET status = 'interrompue' WHERE status = 'en_cours'")
    yield "interrompue", f"/lightspeed/?jour={days[1]}"
    yield from closed(house, running)


def closed(house, running):
    """A closed night, of which the PMS says something else afterwards."""
    house.app.test_client_class = Browser
    person = Person(house.app).open()
    sync(house.app)
    assert person.submit(en_attente=True).status_code == 200
    corrected(running, more="9.00")
    with house.app.app_context():
        LightspeedSync(demo_hotel().id, cause="avis").read_anew(WHEN)
    yield "Corrections tardives de Lightspeed", f"/lightspeed/?jour={DAY}"


def unconnected(house):
    """A real hotel without credentials."""
    told(house, "UPDATE property_integrations SET account = ''")
    with house.app.app_context(), migrate() as connection:
        drop(connection)
        connection.execute(text("UPDATE properties SET demo = 0"))
        install(connection)
    yield "pas configuré", "/lightspeed/"


def told_by(page):
    """What one hears on the page, element by element."""
    return [" ".join(text.split()) for text in page.locator(WORDS).all_inner_texts() if text.strip()]


@pytest.mark.parametrize(
    "theme", ["light", pytest.param("dark", marks=pytest.mark.long(reason="the same states again"))]
)
def test_every_state_is_readable_by_everybody_and_in_french(house, posts, theme):
    Corrected.more, post, auditor = Decimal(0), posts(CONTROLLER), posts(AUDITOR)
    page, found, seen = post.page, {}, []
    post.context.add_cookies([{"name": "theme", "value": theme, "url": house.url}])
    with simulator({ACCOUNT: Corrected(ACCOUNT)}, credentials=True) as running:
        running.inside.buckets.enforced = False
        states = chain(connections(house, running), synchronisations(house, running, auditor), unconnected(house))
        for word, path in states:
            seen.append(word)
            for name, size in SIZES.items():
                page.set_viewport_size(size)
                page.goto(house.url + path)
                assert page.locator("html").get_attribute("data-theme") == theme
                expect(page.get_by_text(word).first).to_be_visible()
                wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                missed, words = violations(page), foreign(told_by(page))
                if wide > 0 or missed or words:
                    found[word, name] = (wide, missed, words)
    print(f"{len(seen)} états : {seen}")  # noqa: T201
    assert found == {}
