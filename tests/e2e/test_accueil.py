"""The first page, as a person meets it."""

import pytest

from tests.e2e.postes import violations

pytestmark = pytest.mark.e2e


def test_the_first_page_is_readable_by_everybody(page):
    page.goto("/connexion")
    assert page.title() == "Connexion · RJ Natif"
    assert page.locator("h1").inner_text() == "Connexion"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []


def test_the_keyboard_goes_straight_to_the_contents(page):
    page.goto("/connexion")
    page.locator(".skip").focus()
    assert page.locator(":focus").bounding_box()["x"] >= 0
    assert page.locator(":focus").inner_text() == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_nothing_is_asked_of_another_host(page, served):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/connexion", wait_until="networkidle")
    assert len(asked) >= 3
    assert [url for url in asked if not url.startswith((served, "data:"))] == []
