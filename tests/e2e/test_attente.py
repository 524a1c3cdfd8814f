"""A night only synchronised, in a browser: what waits, what the button says it did, what is expected."""

import pytest
from playwright.sync_api import expect

from tests.e2e.postes import AUDITOR, violations

pytestmark = pytest.mark.e2e

SHOWN = {"large": {"width": 1440, "height": 900}, "telephone": {"width": 390, "height": 844}}


@pytest.mark.parametrize("size", SHOWN)
def test_a_night_only_synchronised_waits_and_says_so(posts, size):
    auditor = posts(AUDITOR, viewport=SHOWN[size])
    day = auditor.open_night()
    page = auditor.go(day, "transelect")
    page.get_by_role("button", name="Synchroniser", exact=True).click()
    answer = page.locator("[data-formulaire=synchroniser] [data-reponse]")
    expect(answer).to_contain_text("chiffres écrits dans")
    expect(answer).to_contain_text("0 à trancher")
    expect(answer.get_by_role("link", name="Transelect")).to_have_attribute("href", f"/rj/native/{day}/transelect")
    expect(page.locator("[data-annonce]")).to_contain_text("chiffres écrits dans")
    cards = page.locator("[data-bande=transelect]")
    for key in ("recap", "transelect", "diff_caisse", "quasimodo"):
        expect(page.locator(f"[data-bande={key}] .st")).to_contain_text("en attente : ")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="Synchroniser", exact=True).click()
    expect(answer).to_contain_text("Rien n’a changé depuis")
    assert violations(page) == []
    cell = page.locator('[data-case="transelect.transelect_restaurant.visa.terminals.bar_a"]')
    cell.fill("10,00")
    cell.press("Tab")
    expect(page.locator("[data-sauvegarde]")).to_contain_text("Enregistré")
    expect(cards.locator(".st")).to_contain_text("en attente : ")
    expect(cards.locator("[data-attend]")).to_have_text("Transelect restaurant")
    assert auditor.complaints == []
