"""What a night is, and why: one sentence on the page, the paper, the mail, the alert and a telephone.

A real browser types the reasons, those that say nothing being refused; a real SMTP server receives « RJ soumis ».
"""

import pytest
from playwright.sync_api import expect

from tests.utils.notifications.conftest import set_mail
from tests.utils.notifications.smtp_server import Mailbox, smtp_server
from utils import dates
from utils.actions import notifications
from utils.rj.sheets import SHEETS

pytestmark = pytest.mark.e2e

TELEPHONE = {"width": 390, "height": 844}
MANAGER = "directeur@demo.hotel"
CASH = "Chèque d'un client de 54 $ : retrouvé \"après l'audit\"; déposé demain?"
RECAP = "Enveloppe pas encore comptée, c'est pour 9 h"
REST = "vérifié au papier"
"""As a keyboard writes them, straight quotes included: what was typed is quoted, never corrected."""


@pytest.fixture
def mailbox(house):
    """The mails that leave the house, received."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        set_mail(house.app, port)
        yield mailbox


def words(text):
    """A text, its spaces made one."""
    return " ".join(text.split())


def begun(post):
    """A night 54 dollars short of which only the Jour is begun; its date."""
    day = post.open_night()
    expect(post.go(day, "sommaire").locator("[data-onglet-etat=sommaire]")).to_have_text("vide")
    amounts = {"jour_opening_balance": "0.00", "jour_guest_ledger": "0.00", "jour_deposit_on_hand": "54.00"}
    post.api("PATCH", f"{day}/jour", {"version": post.api("GET", day)["version"], "values": amounts})
    return day


def answered(page, cash, recap):
    """Type each reason that is asked, then submit."""
    for one in page.locator("textarea[data-motif]").all():
        one.fill({"chk_diff_caisse": cash, "onglets.recap": recap}.get(one.get_attribute("data-motif"), REST))
    page.locator("[data-action=soumettre]").click()


def refused(page):
    """Reasons that say nothing: each is told under its own field, by its name."""
    answered(page, "asdfasdfasdf", "... .... ....")
    for key, name in (
        ("chk_diff_caisse", "Différence de caisse inexpliquée"),
        ("onglets.recap", "3, Recap (onglet laissé)"),
    ):
        box = page.locator(f'textarea[data-motif="{key}"]')
        expect(box).to_have_attribute("aria-invalid", "true")
        said = page.locator(f'[id="{box.get_attribute("aria-describedby")}"]')
        expect(said).to_have_text(f"Motif de « {name} » : il faut dix caractères et deux mots au moins.")
    assert page.locator("p.error").count() == 2


def submitted(page):
    """Reasons that say why: the night is locked at once; taken back, submitted again, it leaves without waiting."""
    expect(page.locator(".phrase")).to_contain_text("Rien ne quitte l’hôtel avant 5 minutes")
    answered(page, CASH, RECAP)
    expect(page.locator("[data-etat-nuit]")).to_have_text("Verrouillée")
    page.get_by_role("button", name="Reprendre la nuit").click()
    expect(page.locator("[data-etat-nuit]")).to_have_text("En cours")
    missing = page.locator("[data-manque]")
    expect(missing).to_contain_text("motifs manquent")
    answered(page, CASH, RECAP)
    expect(page.locator("[data-moment=scellee]")).to_contain_text("Scellée le ")
    page.get_by_role("button", name="Envoyer maintenant").click()
    expect(page.get_by_role("button", name="Reprendre la nuit")).to_have_count(0)
    expect(page.locator("[data-onglet-etat=sommaire]")).to_have_text("verrouillée")


def received(house, mailbox, browser):
    """The mail of the submission as its reader sees it: its text, its HTML on a telephone."""
    with house.app.app_context():
        notifications.drain(dates.now)
    [mail] = [one for one in mailbox.to(MANAGER) if "RJ soumis" in one["Subject"]]
    page = browser.new_page(viewport=TELEPHONE)
    page.set_content(mail.get_body(("html",)).get_content())
    seen = page.inner_text("body")
    page.close()
    return mail.get_body(("plain",)).get_content(), seen


def shown(post, day):
    """What the page of the Sommaire says that the night is, once submitted."""
    page = post.go(day, "sommaire")
    return words(page.locator("[data-bloc=verdict]").inner_text()), words(page.inner_text("main"))


def printed(post, address):
    """What the paper says."""
    page = post.another()
    page.emulate_media(media="print")
    page.goto(f"{post.house.url}{address}")
    return words(page.inner_text("main"))


def test_one_sentence_and_one_reason_wherever_the_night_is_said(house, mailbox, posts, browser):
    auditor, manager, telephone = posts(), posts(MANAGER), posts(MANAGER, viewport=TELEPHONE)
    day = begun(auditor)
    refused(auditor.go(day, "sommaire"))
    submitted(auditor.page)
    sentence, page = shown(manager, day)
    said = sentence.removeprefix("La nuit ")
    assert said.startswith(f"est soumise incomplète ({len(SHEETS)} onglets sur {len(SHEETS) + 1} à finir : ")
    assert said.endswith(f"avec 1 avertissement : −54,00 $ inexpliqués, motif « {CASH} ».")
    assert f"Recap, motif « {RECAP} »" in said
    assert shown(telephone, day)[0] == sentence
    night = f"/rj/native/{day}"
    places = {
        "page": page,
        "téléphone": shown(telephone, day)[1],
        "feuille": printed(manager, f"{night}/sommaire/imprimer"),
        "nuit imprimée": printed(manager, f"{night}/imprimer"),
        "alerte": printed(manager, "/notifications"),
    }
    places |= dict(zip(("texte", "html"), map(words, received(house, mailbox, browser)), strict=True))
    for place, text in places.items():
        assert said in text, place
        assert "équilibrée" not in text, place
        for reason in (CASH, RECAP, REST):
            assert reason in text, place
