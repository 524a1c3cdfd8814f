"""Draw every page into ``documentation/captures``: wide and narrow, light and dark. ``make captures`` runs it.

The golden night is typed into the night of today, so that the first page has one to show.
"""

import os
import subprocess
import sys
import tempfile
from base64 import b64decode
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.applications import Browser, demonstration, prepared
from tests.e2e.courriels import MAILS, written_mails
from tests.e2e.postes import AUDITOR, House, Post, ready
from tests.navigateur import chromium_options
from tests.pages import KEYS, auditor, type_night
from utils import dates

FOLDER = Path(__file__).parents[2] / "documentation" / "captures"
TODAY = dates.current_business_date(dates.now(), "America/Montreal").isoformat()
NIGHT = f"/rj/native/{TODAY}"
ADMIN = "admin@demo.hotel"
SIZES = {"ordinateur": {"width": 1440, "height": 900}, "telephone": {"width": 390, "height": 844}}
THEMES = {"clair": "light", "sombre": "dark"}
QUALITY = 60
JOURNEY = "parcours"
TALLEST = 3000
"""CSS pixels: a longer page, the journal above all, goes on in the same way."""


NIGHT_PAGES = {f"nuit-{position:02}-{key}": f"{NIGHT}/{key}" for position, key in enumerate(KEYS, 1)}
AUDITOR_PAGES = {
    **{"accueil": "/", **NIGHT_PAGES, "nuit-journal": f"{NIGHT}/journal", "nuit-papier": f"{NIGHT}/recap/imprimer"},
    **{"historique": "/historique", "aide": "/aide", "profil": "/profil", "papiers": f"/papiers/{TODAY}"},
}
ADMIN_PAGES = {
    **{"parametres": "/parametres", "parametres-terminaux": "/parametres/terminaux", "utilisateurs": "/utilisateurs"},
    **{"hotels": "/hotels", "journal": "/journal", "lightspeed": f"/lightspeed/?jour={TODAY}"},
    **{"marsha": "/marsha", "automatismes": "/automatismes", "notifications": "/notifications"},
    **{"notifications-reglages": "/notifications/reglages", "notifications-budgets": "/notifications/budgets"},
}
POSTS = ((None, {"connexion": "/connexion"}), (AUDITOR, AUDITOR_PAGES), (ADMIN, ADMIN_PAGES))


@contextmanager
def filled_house():
    """A hotel at the end of its golden night."""
    with tempfile.TemporaryDirectory() as folder:
        model = demonstration(Path(folder) / "modele")
        prepared(model)
        house = House(model.instance_dir / "rj.db", Path(folder) / "maison")
        house.app.test_client_class = Browser
        client = auditor(house.app)
        try:
            type_night(client, TODAY)
            yield house
        finally:
            house.stop()


def draw(page, name):
    """One image of the page, from its top."""
    page.evaluate("document.fonts.ready")
    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": min(height, TALLEST), "scale": 1}
    asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip}
    image = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    (FOLDER / f"{name}.webp").write_bytes(b64decode(image["data"]))


def visit(browser, house, email, pages, wanted):
    """The pages of one person, on each screen and in each theme."""
    for size, viewport in SIZES.items():
        context = browser.new_context(viewport=viewport, locale="fr-CA", timezone_id="America/Montreal")
        post = Post(house, context, email)
        if email:
            post.sign_in()
        for theme, chosen in THEMES.items():
            context.add_cookies([{"name": "theme", "value": chosen, "url": house.url}])
            for name, path in pages.items():
                if wanted in name:
                    post.page.goto(house.url + path)
                    if name in NIGHT_PAGES:
                        ready(post.page)
                    draw(post.page, f"{name}-{size}-{theme}")
        context.close()


def draw_mails(browser, wanted):
    """The mails, as a phone and a computer show them, in each theme."""
    if not any(wanted in name for name in MAILS):
        return
    mails = {name: html for name, html in written_mails().items() if wanted in name}
    for size, width in (("ordinateur", 700), ("telephone", 390)):
        for theme, chosen in THEMES.items():
            context = browser.new_context(viewport={"width": width, "height": 500}, color_scheme=chosen)
            page = context.new_page()
            for name, html in mails.items():
                page.set_content(html)
                draw(page, f"{name}-{size}-{theme}")
            context.close()


def draw_the_journey():
    """The screens of documentation/parcours.md: the test of the whole audit takes them on its way."""
    words = ("-m", "pytest", "-q", "-m", "long", "tests/e2e/test_full_audit_workflow.py")
    subprocess.run([sys.executable, *words], env={**os.environ, "PARCOURS": "oui"}, check=True)


def main(wanted=""):
    """Draw the pages whose name contains this."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if wanted in ("", JOURNEY):
        draw_the_journey()
    if wanted != JOURNEY:
        draw_pages(wanted)
    drawn = sorted(FOLDER.glob("*.webp"))
    print(f"{len(drawn)} images, {sum(path.stat().st_size for path in drawn) / 1e6:.1f} Mo")  # noqa: T201


def draw_pages(wanted):
    """The mails and the pages of each person."""
    with filled_house() as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options())
        draw_mails(browser, wanted)
        for email, pages in POSTS:
            visit(browser, house, email, pages, wanted)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
