"""A whole night by itself: the PMS fills it at 03:00, one envelope is short, the digest of 08:00 says what is shown.

A real browser, a simulator of the PMS, a real SMTP server; only the clock is the test's, and it drives the whole table
of jobs.
"""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.e2e.mains import Keyboard
from tests.e2e.postes import AUDITOR, House, cell, status
from tests.e2e.test_nuit_complete import fill
from tests.utils.actions.lightspeed.synchro import connect
from tests.utils.lightspeed.conftest import ACCOUNT, simulator
from tests.utils.notifications.conftest import set_mail
from tests.utils.notifications.smtp_server import Mailbox, smtp_server
from tests.utils.scheduler.clock import Clock, created, runs, turn
from utils import dates, french
from utils.demo.bundle import papers_of
from utils.demo.papers import typed
from utils.demo.reprise import reprise_of
from utils.scheduler.jobs import JOBS
from utils.scheduler.mails import tell
from utils.scheduler.runner import Runner
from utils.simulators.synthetic import SyntheticHotel

pytestmark = [pytest.mark.e2e, pytest.mark.long(reason="a whole night by itself, half a minute")]

DAY = "2025-12-01"
"""The first of a month: its figures are also those of the month so far."""

WHEN = date.fromisoformat(DAY)
EVENING = datetime(2025, 12, 2, 4, tzinfo=UTC)
"""23:00 in Toronto."""

DONE = ("courriels", "marsha", "synchro", "synchro_reservations", "rj_attendu", "marsha_reperes", "digest")
HALF_MINUTE, MINUTE = timedelta(seconds=30), timedelta(minutes=1)
SHORT = Decimal("62.00")
READERS = ("adjoint@demo.hotel", "controleur@demo.hotel", "directeur@demo.hotel")

SHOWN_AS = {
    "Chambres": "jour.jour_room_revenue",
    "Nourriture et boisson": "jour.jour_total_fb",
    "Total des revenus": "jour.jour_total_revenue",
    "% louées": "jour.jour_occupancy_rate",
    "Chambres louées": "jour.jour_rooms_louees",
    "Chambres disponibles": "jour.jour_rooms_disponibles",
    "Moyenne/chambre (ADR)": "jour.jour_adr",
    "REVCD (RevPAR)": "jour.jour_revpar",
    "TRevPAR": "jour.jour_trevpar",
    "Balance du Recap": "recap.recap_balance",
    "Quasimodo": "quasimodo.quasi_variance",
    "X20, variance des cartes": "transelect.transelect_variance",
    "Variance des comptes à recevoir": "geac.geac_ar_variance",
    "Différence de caisse": "jour.jour_diff_caisse",
    "Due backs de la nuit": "dueback.dueback_total",
    "Surplus ou déficit": "recap.surplus_deficit_net",
    "Nouveau solde": "jour.jour_new_balance",
    "Dépôt canadien": "recap.deposit_cdn",
    "Dépôt US": "jour.jour_depot_us",
    "Débit": "jour.jour_carte_debit",
    "Visa": "jour.jour_carte_visa",
    "MasterCard": "jour.jour_carte_mc",
    "Discover": "jour.jour_carte_discover",
    "Amex, réception": "jour.jour_carte_amex_elavon",
    "Amex, restaurant": "jour.jour_carte_amex_global",
    "Net à la banque": "jour.jour_net_banque",
}
"""Each line of the digest, and the figure of the screen that it must equal."""

MONTH_AS = {
    "Chambres": "jour.jour_mtd_room_revenue",
    "Nourriture et boisson": "jour.jour_mtd_total_fb",
    "Total des revenus": "jour.jour_mtd_total_revenue",
    "% louées": "jour.jour_mtd_occupancy_rate",
    "Chambres louées": "jour.jour_mtd_rooms_louees",
    "Moyenne/chambre (ADR)": "jour.jour_mtd_adr",
    "REVCD (RevPAR)": "jour.jour_mtd_revpar",
}
"""The same for the month so far."""

REASON = "Recompté deux fois, incident signalé"
TOLD_OF_THE_ENVELOPE = [f"{name}@demo.hotel" for name in ("auditeur", "comptable", "directeur", "superviseur")]
TOLD_BEFORE_THE_DIGEST = 9
"""Mails: four of the envelope, three of the submission, two of the low occupancy."""

FIGURES = "(places) => places.map((place) => [place.dataset.chiffre ?? place.dataset.case, place.value])"
HEAD = re.compile(r"Tête du journal : (\w+:\w+)")
FIGURE = "((?:\N{MINUS SIGN}?[\\d\N{NO-BREAK SPACE}]*\\d(?:,\\d+)?(?:\N{NO-BREAK SPACE}[$%])?)|—)"
LINE = re.compile(rf"(.+?)(?: : |\t){FIGURE}(?:(?:; mois à date |\t){FIGURE})?")


class Night:
    """The hotel, its PMS, its mail, the clock, and the process that does everything by itself."""

    def __init__(self, house, mailbox, clock):
        self.house, self.mailbox, self.clock = house, mailbox, clock
        with house.app.app_context():
            created(EVENING - timedelta(days=1))
            self.runner = Runner(JOBS, clock, tell)
            turn(self.runner)

    def until(self, hour, minute, every=timedelta(minutes=10)):
        """Let the clock turn up to a minute of the morning."""
        end = datetime(2025, 12, 2, hour + 5, minute, tzinfo=UTC)
        with self.house.app.app_context():
            while self.clock.at < end:
                self.clock.at = min(self.clock.at + every, end)
                turn(self.runner)

    def ended(self):
        """How each run of the night ended."""
        with self.house.app.app_context():
            return {run["job"]: run["status"] for run in runs() if str(run["business_date"]) == DAY}

    def received(self, subject):
        """Who received the mails of a subject, and each mail once."""
        found = [message for message in self.mailbox.messages if subject in message["Subject"]]
        return {message["To"].addresses[0].addr_spec: message for message in found}, len(found)


@pytest.fixture
def clock(monkeypatch):
    """The instant that everything reads: the application, its PMS, its automation."""
    clock = Clock(EVENING)
    monkeypatch.setattr(dates, "now", clock)
    return clock


@pytest.fixture
def house(sqlite_template, tmp_path):
    """The demonstration, for this night only."""
    house = House(sqlite_template, tmp_path / "instance")
    yield house
    house.stop()


@pytest.fixture
def night(clock, house):
    """The night about to begin, the hotel connected to its PMS and to its mail."""
    mailbox = Mailbox()
    with simulator(credentials=True) as pms, smtp_server(mailbox) as port:
        set_mail(house.app, port)
        connect(house.app, pms)
        yield Night(house, mailbox, clock)


def test_a_night_by_itself_from_the_pms_to_the_digest(night, posts, browser):
    post = posts(AUDITOR)
    post.api("POST", DAY)
    post.api("PUT", f"{DAY}/reprise", reprise_of(SyntheticHotel(ACCOUNT), WHEN))
    fills_by_itself(night, post)
    name = papers_with_a_short_envelope(night, post)
    submitted_and_locked(post)
    night.until(7, 59)
    assert len(night.mailbox.messages) == TOLD_BEFORE_THE_DIGEST
    night.until(8, 0)
    night.until(8, 1, every=HALF_MINUTE)
    digests, count = night.received("Bilan du")
    assert (sorted(digests), count) == (sorted(READERS), len(READERS))
    shown, head = everything_shown(post)
    mailbox = browser.new_page(viewport={"width": 390, "height": 844})
    for digest in digests.values():
        for words in read_as_its_reader_does(mailbox, digest):
            says_what_the_screen_shows(words, shown, head)
            assert name not in words
    mailbox.close()
    done = dict.fromkeys(DONE, "faite")
    assert night.ended() == done | {"synchro_avis": "sans_objet"}


def fills_by_itself(night, post):
    """03:00: on a page that nobody reloads, the figures of the PMS arrive."""
    night.until(2, 55)
    post.sign_in_again()
    page = post.go(DAY, "recap")
    night.until(2, 59, every=MINUTE)
    expect(cell(page, "recap.cash_ls_lecture")).to_have_value("")
    night.until(3, 0)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(cell(page, "recap.cash_ls_lecture")).to_have_value("600,10")
    tabs = post.api("GET", DAY)["tabs"]
    filled = [tab for tab, one in tabs.items() if any(o["genre"] == "lightspeed" for o in one["origines"].values())]
    assert filled == ["recap", "transelect", "geac", "jour", "dbrs"]


def papers_with_a_short_envelope(night, post):
    """The papers, those of the safe by keyboard; who must know of the 62.00 $ has a mail within the minute."""
    name, tabs = papers()
    for tab, values in tabs.items():
        if tab != "sd":
            post.api("PATCH", f"{DAY}/{tab}", {"version": post.api("GET", DAY)["version"], "values": values})
    night.until(3, 20)
    page = post.go(DAY, "sd")
    fill(Keyboard(page), "sd", tabs["sd"])
    expect(status(page)).to_contain_text("Enregistré à")
    night.until(3, 21, every=HALF_MINUTE)
    told, count = night.received("Écart d’une personne")
    assert (sorted(told), count) == (TOLD_OF_THE_ENVELOPE, 4)
    for message in told.values():
        for kind in ("plain", "html"):
            text = message.get_body((kind,)).get_content()
            assert name in text
            assert french.money(SHORT) in text
    return name


def papers():
    """Who is short, and the papers of the night: an envelope 62.00 $ short wherever it is counted."""
    tabs = typed(papers_of(SyntheticHotel(ACCOUNT), WHEN))
    spread = tabs["setd"]["setd_personnel"][0]
    envelope = next(one for one in tabs["sd"]["sd_entries"] if one["name"] == spread["name"])
    bag = tabs["sd"]["depot_data"]["client6"]["amounts"]
    counted = str(Decimal(envelope["amount"]) - SHORT)
    bag[bag.index(envelope["verified"])] = envelope["verified"] = counted
    spread["amount"] = str(-SHORT)
    return spread["name"], tabs


def submitted_and_locked(post):
    """Each reason that is asked, then the night goes; a demonstration locks it at once."""
    page = post.go(DAY, "sommaire")
    reasons = page.locator("textarea[data-motif]")
    assert reasons.count()
    for one in reasons.all():
        one.fill(REASON)
    page.locator("[data-action=soumettre]").click()
    expect(page.locator("[data-etat-nuit]")).to_have_text("Verrouillée")


def everything_shown(post):
    """The figures that the pages of the night show, by name, and the head of the journal on its paper."""
    post.sign_in_again()
    shown = {}
    for tab in sorted({name.partition(".")[0] for name in (*SHOWN_AS.values(), *MONTH_AS.values())}):
        page = post.go(DAY, tab)
        shown |= dict(page.eval_on_selector_all("[data-chiffre], [data-case]", FIGURES))
    shown["sommaire"] = page.locator("output[data-completude]").inner_text()
    page.goto(f"{post.house.url}/rj/native/{DAY}/sommaire/imprimer")
    return shown, HEAD.search(page.inner_text("main"))[1]


def read_as_its_reader_does(mailbox, digest):
    """The words of its text, then those of its HTML on a telephone, where nothing stands aside."""
    mailbox.set_content(digest.get_body(("html",)).get_content())
    assert mailbox.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return digest.get_body(("plain",)).get_content(), mailbox.inner_text("body")


def says_what_the_screen_shows(words, shown, head):
    """Each figure of the digest equals the one of the screen, and none of ours is missing."""
    nights, months = figures_of(words)
    assert nights.pop("Complétude") == "100,00"
    assert shown["sommaire"] == "14 sur 14"
    assert nights == {label: bare(shown[name]) for label, name in SHOWN_AS.items()}
    assert months == {label: bare(shown[name]) for label, name in MONTH_AS.items()}
    assert HEAD.search(words)[1] == head
    assert "Nuit verrouillée" in words
    assert f"Motif « {REASON} »" in words


def figures_of(words):
    """The figures of a digest by their label: those of the night, those of the month so far."""
    found = {one[1]: one for line in words.splitlines() if (one := LINE.match(line.strip()))}
    nights = {label: bare(one[2]) for label, one in found.items() if label in (*SHOWN_AS, "Complétude")}
    return nights, {label: bare(found[label][3]) for label in MONTH_AS}


def bare(text):
    """A figure without its unit; an absent one is empty on the screen and a dash in the digest."""
    return re.sub(r"[\s$%]", "", text).replace("—", "")
