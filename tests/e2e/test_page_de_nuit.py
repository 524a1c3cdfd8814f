"""What the page of a night shows beside its cells, and what it never does."""

import pytest
from playwright.sync_api import expect

from tests.e2e.postes import CONTROLLER, SUPERVISOR, cell, figure, note, ready, status, type_in
from utils.rj.catalogue import TABS

pytestmark = pytest.mark.e2e

LS = "recap.cash_ls_lecture"
MARKUP = "<img src=x onerror=\"document.title='volé'\"><script>document.title='volé'</script>'\"&lt;b&gt;{{7*7}}"


def saved(page):
    expect(status(page)).to_contain_text("Enregistré à")


def test_the_strip_the_rail_and_the_completeness_follow_and_are_said_aloud(post, night):
    page = post.go(night)
    for name in ("cash_ls", "cash_pos", "remb_gratuite", "remb_client"):
        type_in(page, f"recap.{name}_lecture", "-5" if name.startswith("remb") else "10")
    type_in(page, "recap.deposit_cdn", "9,75")
    expect(page.locator("[data-bande=recap] .st")).to_contain_text("en attente : ")
    for name in ("dueback_reception", "dueback_nb", "surplus_deficit"):
        type_in(page, f"recap.{name}_lecture", "0")
    recap = page.locator("[data-bande=recap]")
    expect(recap).to_contain_text("0,25")
    expect(recap.locator(".st")).to_have_text("écart")
    expect(page.locator("[data-annonce]")).to_contain_text("Recap : écart, 0,25\u00a0$.")
    expect(page.locator("[data-onglet-etat=recap]")).to_have_text("écart")
    type_in(page, "recap.deposit_cdn", "10")
    expect(recap.locator(".st")).to_have_text("équilibré")
    expect(page.locator("[data-annonce]")).to_contain_text("Recap : équilibré")
    expect(page.locator("[data-onglet-etat=recap]")).to_have_text("équilibré")
    expect(page.locator("output[data-completude]")).to_have_text("1 sur 14")
    shown = page.locator("[data-bande], [data-onglet-etat], [data-completude], [data-chiffre], [data-origine]")
    before = [text.split() for text in shown.all_inner_texts()]
    page.reload()
    ready(page)
    assert [text.split() for text in shown.all_inner_texts()] == before


def test_what_the_page_redraws_is_what_the_server_draws(post, night):
    """After a save, every figure, mark, note and state reads as on a page just loaded."""
    page = post.go(night)
    for name, text in (
        ("cash_ls_lecture", "=712,45-16,40"),
        ("cash_ls_corr", "-1"),
        ("remb_client_lecture", "5"),
        ("deposit_cdn", "1"),
    ):
        type_in(page, f"recap.{name}", text)
    saved(page)
    page.wait_for_timeout(400)
    sheet = page.locator(".feuille")
    before = " ".join(sheet.inner_text().split())
    page.reload()
    ready(page)
    assert " ".join(sheet.inner_text().split()) == before
    assert "Le remboursement doit être négatif." in before
    assert "Une correction demande un motif." in before


def test_a_total_that_changes_is_underlined_briefly(post, night):
    page = post.go(night)
    type_in(page, LS, "10")
    total = figure(page, "recap.recap_total_recettes")
    expect(total).to_have_class("change")
    expect(total).not_to_have_class("change")


def test_why_opens_the_formula_and_leads_to_the_fields(post, night):
    page = post.go(night)
    type_in(page, LS, "521,20")
    saved(page)
    why = page.locator('button.link[data-pourquoi="recap.recap_total_recettes"]')
    why.focus()
    page.keyboard.press("Enter")
    margin = page.locator("[data-marge]")
    expect(margin).to_be_focused()
    expect(margin).to_contain_text("Pourquoi 521,20")
    expect(why).to_have_attribute("aria-expanded", "true")
    margin.get_by_role("link", name="Comptant LightSpeed — net").click()
    expect(figure(page, "recap.cash_ls_net")).to_be_focused()
    type_in(page, LS, "600")
    expect(margin).to_contain_text("Pourquoi 600,00")
    margin.focus()
    page.keyboard.press("Escape")
    expect(margin).to_be_hidden()
    expect(why).to_be_focused()


def test_two_figures_are_shown_until_one_is_chosen(post, night):
    post.save(night, "dueback", {"dueback_entries.11111111.nouveau": "653,10"})
    page = post.go(night)
    due = "recap.dueback_reception_lecture"
    expect(cell(page, due)).to_have_value("653,10")
    type_in(page, due, "600")
    asked = note(page, due, "choix")
    expect(asked).to_contain_text("53,10\u00a0$ d’écart")
    expect(asked).to_contain_text("La source donne 653,10\u00a0$")
    asked.get_by_role("button", name="Prendre").click()
    expect(asked).to_have_count(0)
    expect(cell(page, due)).to_have_value("653,10")
    type_in(page, due, "600")
    asked.get_by_role("button", name="Garder").click()
    expect(asked).to_have_count(0)
    expect(cell(page, due)).to_have_value("600,00")


def test_yesterday_s_float_is_confirmed_by_a_press(posts):
    post = posts()
    first = "2026-02-01"
    post.api("POST", first)
    post.save(first, "dueback", {"dueback_entries.11111111.name": "Zoé", "dueback_entries.11111111.nouveau": "300"})
    post.api("POST", "2026-02-02")
    page = post.go("2026-02-02", "dueback")
    page.get_by_role("button", name="Confirmer").or_(page.locator("[data-ligne-valeurs]")).first.click()
    saved(page)
    page.keyboard.press("Tab")
    expect(page.locator("[data-case$='.previous']")).to_have_value("\N{MINUS SIGN}300,00")
    expect(page.locator("[data-case$='.name']")).to_have_value("Zoé")
    expect(page.locator("[data-ligne-valeurs], [data-proposer]")).to_have_count(0)


def test_submitted_with_what_it_asks_for_corrected_and_locked_again(posts):
    post, controller = posts(), posts(CONTROLLER)
    night = post.open_night()
    post.save(night, "recap", {"cash_ls_lecture": "10", "cash_ls_corr": "1"})
    page = post.go(night, "sommaire")
    page.get_by_role("button", name="Soumettre la nuit").click()
    reason = page.locator("textarea[data-motif]").first
    expect(reason).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-reponse]").last).to_contain_text("demande un motif à chaque avertissement")
    for asked in page.locator("textarea[data-motif]").all():
        asked.fill("vérifié au papier")
    page.get_by_role("button", name="Soumettre la nuit").click()
    expect(page.locator("[data-etat-nuit]")).to_have_text("Verrouillée")
    there = controller.go(night, "sommaire")
    there.get_by_role("button", name="Ouvrir une correction").click()
    expect(there.locator(".error")).to_contain_text("motif")
    there.locator("textarea[data-motif]").last.fill("chèque oublié")
    there.get_by_role("button", name="Ouvrir une correction").click()
    expect(there.locator("[data-etat-nuit]")).to_have_text("En correction")


def test_nothing_is_submitted_while_a_value_waits(post, night):
    post.save(night, "recap", {"cash_pos_lecture": "10"})
    page = post.go(night, "sommaire")
    page.evaluate("sessionStorage.clear()")
    other = post.go(night, "recap", post.another())
    type_in(other, LS, "abc")
    expect(note(other, LS)).to_be_visible()
    expect(status(page)).to_have_text("1 valeur à revoir")
    page.get_by_role("button", name="Soumettre la nuit").click()
    expect(page.locator("[data-reponse]").last).to_contain_text("1 valeur n’est pas encore enregistrée")
    assert post.api("GET", night)["etat"] != "locked"


def test_markup_typed_anywhere_stays_text(posts):
    post, reader = posts(), posts(SUPERVISOR)
    night = post.open_night()
    for tab, cells in (
        ("controle", {"auditor_name": MARKUP, "notes": MARKUP, "temperature": MARKUP}),
        ("recap", {"recap_corr_notes": MARKUP}),
        ("sd", {"sd_entries.11111111.name": MARKUP, "sd_entries.11111111.note": MARKUP}),
    ):
        page = post.go(night, tab)
        for key, text in cells.items():
            name = f"{tab}.{key}"
            if ".11111111." in key and not cell(page, name).count():
                post.save(night, tab, {key: "x"})
                page.reload()
                ready(page)
            type_in(page, name, text, leave=None)
            page.keyboard.press("Tab")
        saved(page)
        seen = reader.go(night, tab)
        for key in cells:
            assert cell(seen, f"{tab}.{key}").input_value() == MARKUP
        assert [page.title(), seen.title()] != ["volé", "volé"]
        assert "volé" not in page.title() + seen.title()
        assert seen.locator("img[src=x]").count() == 0
    page = post.go(night, "controle")
    here, there = "controle.auditor_name", reader.go(night, "controle")
    type_in(there, here, f"{MARKUP}2")
    saved(there)
    type_in(page, here, f"{MARKUP}3")
    expect(note(page, here)).to_contain_text(MARKUP)
    assert page.locator("img[src=x]").count() == 0
    assert "volé" not in page.title()


def test_every_tab_loads_quietly_from_one_host(post, house, night):
    sizes = {}
    for tab in (tab.key for tab in TABS):
        page = post.go(night, tab)
        page.wait_for_load_state("networkidle")
        sizes[tab] = page.evaluate("document.querySelectorAll('[data-case]').length")
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), tab
    assert [url for url in post.asked if not url.startswith((house.url, "data:"))] == []
    assert sizes["transelect"] > 80


def test_the_theme_is_kept_and_followed_by_the_other_pages(post, night):
    page, other = post.go(night), post.go(night, "controle", post.another())
    before = page.evaluate("document.documentElement.dataset.theme ?? ''")
    page.get_by_role("button", name="Thème").click()
    chosen = page.evaluate("document.documentElement.dataset.theme")
    assert chosen in ("light", "dark")
    assert chosen != before
    other.wait_for_function(f"document.documentElement.dataset.theme === '{chosen}'")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == chosen
