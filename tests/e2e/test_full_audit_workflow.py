"""The whole audit, to the brand and back: pulled, typed, told, submitted, locked, sent, validated, compared, digested.

A real browser, simulators of the PMS and of MARSHA on the loopback, a real SMTP server; only the clock is the test's.
``make captures SEULEMENT=parcours`` draws the screens of documentation/parcours.md on the way.
"""

import base64
import os

import pytest
from playwright.sync_api import expect

from database import books
from database.transaction import read, write
from tests.e2e.captures import draw
from tests.e2e.postes import AUDITOR, House
from tests.e2e.test_nuit_toute_seule import (
    DAY,
    HALF_MINUTE,
    READERS,
    WHEN,
    Night,
    clock,
    fills_by_itself,
    papers_with_a_short_envelope,
    submitted_and_locked,
)
from tests.utils.actions.lightspeed.synchro import connect
from tests.utils.lightspeed.conftest import ACCOUNT, demo_hotel
from tests.utils.lightspeed.conftest import simulator as pms_simulator
from tests.utils.marsha.conftest import CODE
from tests.utils.marsha.conftest import simulator as brand_simulator
from tests.utils.notifications.conftest import set_mail
from tests.utils.notifications.smtp_server import Mailbox, smtp_server
from utils.demo.reprise import reprise_of
from utils.lightspeed import storage as shared_storage
from utils.marsha import storage
from utils.simulators.synthetic import SyntheticHotel

pytestmark = [pytest.mark.e2e, pytest.mark.long(reason="a whole night, a minute and a half")]

SECRET = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"
DRAWN = bool(os.environ.get("PARCOURS"))
STEPS = ("pms", "papiers", "soumission", "envoye", "reperes", "valide")

assert clock


@pytest.fixture
def audit(clock, sqlite_template, tmp_path):
    """The night about to begin: the hotel connected to its PMS, to the brand and to its mail."""
    house, mailbox = House(sqlite_template, tmp_path / "instance"), Mailbox()
    try:
        with pms_simulator(credentials=True) as pms, brand_simulator() as brand, smtp_server(mailbox) as port:
            set_mail(house.app, port)
            connect(house.app, pms)
            brand.inside.clock = clock
            brand.fault("stuck")  # nothing but the signed message says that it was accepted
            with house.app.app_context():
                storage.configure(demo_hotel().id, brand.connection())
                with write() as connection:
                    shared_storage.choose(connection, demo_hotel().id, {"webhook_secret": SECRET}, storage.PROVIDER)
            yield Night(house, mailbox, clock), brand
    finally:
        house.stop()


@pytest.fixture
def house(audit):
    """Where the posts of this night are."""
    return audit[0].house


def seen(page, step):
    """What a person sees at a step; drawn into the documentation when asked."""
    if DRAWN:
        draw(page, f"parcours-{STEPS.index(step) + 1}-{step}")


def test_from_the_pms_at_three_to_the_digest_at_eight(audit, posts):
    night, brand = audit
    post = posts(AUDITOR)
    post.api("POST", DAY)
    post.api("PUT", f"{DAY}/reprise", reprise_of(SyntheticHotel(ACCOUNT), WHEN))
    fills_by_itself(night, post)
    seen(post.page, "pms")
    with night.house.app.app_context(), read() as connection:
        assert books.latest(connection, demo_hotel().id, WHEN).changed > 500
    papers_with_a_short_envelope(night, post)
    seen(post.page, "papiers")
    submitted_and_locked(post)
    seen(post.page, "soumission")
    nothing_leaves_before_its_minutes(night, brand)
    sent_once(night, brand, post)
    validated_by_a_signed_message(night, brand, post)
    told_in_the_digest(night)


def board(night, post):
    """The page of the brand on this night."""
    post.sign_in_again()
    post.page.goto(f"{night.house.url}/marsha?jour={DAY}")
    return post.page


def nothing_leaves_before_its_minutes(night, brand):
    """A night just locked can be taken back: the brand has heard nothing."""
    night.until(3, 24, every=HALF_MINUTE)
    assert brand.held() == []


def sent_once(night, brand, post):
    """Once the minutes are over it leaves, and its receipt is on the page."""
    night.until(3, 40, every=HALF_MINUTE)
    [(day, sequence, _)] = brand.held()
    assert (day, sequence) == (DAY, 1)
    page = board(night, post)
    expect(page.locator("main")).to_contain_text("reçu, à valider")
    expect(page.get_by_text("dbrs_")).to_be_visible()
    seen(page, "envoye")


def validated_by_a_signed_message(night, brand, post):
    """The brand says by itself that it accepts; a second saying of it changes nothing."""
    given = {"businessDate": DAY, "url": f"{night.house.url}/webhooks/marsha/validation", "secret": SECRET}
    assert brand.admin(f"accounts/{CODE}/validation", {**given, "sequence": 2}).json()["status"] == 200
    late = {"errors": [{"pointer": "/form", "code": "x", "message": "trop tard"}], "sequence": 1}
    assert brand.admin(f"accounts/{CODE}/validation", {**given, **late}).json()["status"] == 202
    page = board(night, post)
    expect(page.locator("main")).not_to_contain_text("reçu, à valider")
    expect(page.locator("tr", has_text=DAY).first).to_contain_text("accepté")
    for index in ("MPI", "ARI", "RGI"):
        expect(page.locator("section", has_text="Repères").get_by_role("row", name=index)).to_be_visible()
    seen(page, "reperes")
    expect(page.locator("main")).to_contain_text("Simulation")
    page.goto(f"{night.house.url}/rj/native/{DAY}/sommaire")
    expect(page.locator("main, header").first).to_be_visible()
    expect(page.get_by_role("link", name="DBRS : accepté, envoi 1 (Simulation)")).to_be_visible()
    seen(page, "valide")


def told_in_the_digest(night):
    """The morning's letter says where it stands, and the market beside the night."""
    night.until(8, 0)
    night.until(8, 1, every=HALF_MINUTE)
    digests, _ = night.received("Bilan du")
    assert sorted(digests) == sorted(READERS)
    for digest in digests.values():
        for kind in ("plain", "html"):
            words = digest.get_body((kind,)).get_content()
            assert "DBRS à MARSHA : accepté, envoi 1 (Simulation)." in words
            assert "RGI, REVCD (Simulation)" in words
            assert "de 6" in words
