"""A grid like Excel: choose cells, add them up, copy, fill, empty; the tape; the lines of the night before."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.postes import cell, figure, note, ready, status, type_in

pytestmark = pytest.mark.e2e

LS, POS, AR = "recap.cash_ls_lecture", "recap.cash_pos_lecture", "recap.cheque_ar_lecture"
LIST = "sd.sd_entries"
COPIED = """() => {
  const clipboardData = new DataTransfer();
  document.activeElement.dispatchEvent(new ClipboardEvent("copy", {clipboardData, bubbles: true, cancelable: true}));
  return clipboardData.getData("text/plain");
}"""


def saved(page):
    expect(status(page)).to_contain_text("Enregistré à")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def here(page):
    return page.evaluate("document.activeElement.dataset.case ?? document.activeElement.dataset.proposer")


def test_chosen_cells_are_added_up_copied_and_emptied_at_once(post, night):
    page = post.go(night)
    for name, text in ((LS, "1000,50"), (POS, "=2*10"), (AR, "-0,25")):
        type_in(page, name, text)
    saved(page)
    cell(page, LS).focus()
    press(page, "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight", "Shift+ArrowLeft")
    total = page.locator("[data-selection]")
    expect(total).to_have_text("Somme 1\u00a0020,253 nombres, moyenne 340,08")
    assert page.evaluate(COPIED) == "1000,50\n20,00\n-0,25"
    cell(page, f"{LS[:-7]}corr").click(modifiers=["Shift"])
    assert page.evaluate(COPIED) == "1000,50\t"
    cell(page, AR).click(modifiers=["Shift"])
    press(page, "Delete")
    saved(page)
    expect(figure(page, "recap.recap_total_recettes")).to_have_text("")
    press(page, "Control+Z")
    expect(figure(page, "recap.recap_total_recettes")).to_have_text("1\u00a0020,25")
    press(page, "Escape")
    expect(total).to_be_hidden()


def test_a_text_that_is_corrected_keeps_its_own_selection(post, night):
    page = post.go(night)
    type_in(page, LS, "12,50")
    saved(page)
    cell(page, LS).focus()
    press(page, "F2", "Shift+ArrowLeft")
    assert page.evaluate("getSelection().toString()") == "0"
    expect(page.locator("td.choisi")).to_have_count(0)


def test_ctrl_d_and_the_corner_of_a_cell_fill_the_column(post, night):
    page = post.go(night)
    type_in(page, LS, "=3*4")
    press(page, "Control+D")
    saved(page)
    expect(cell(page, AR)).to_have_value("")
    expect(figure(page, "recap.cash_pos_net")).to_have_text("12,00")
    cell(page, POS).focus()
    corner, below = page.locator(".poignee").bounding_box(), cell(page, "recap.cheque_dr_lecture").bounding_box()
    page.mouse.move(corner["x"] + 4, corner["y"] + 4)
    page.mouse.down()
    page.mouse.move(below["x"] + 20, below["y"] + 10, steps=4)
    page.mouse.up()
    expect(figure(page, "recap.recap_total_recettes")).to_have_text("48,00")
    press(page, "Control+Z")
    expect(figure(page, "recap.recap_total_recettes")).to_have_text("24,00")
    saved(page)
    assert post.value(night, POS) == "12.00"


def test_the_tape_is_kept_and_journaled_with_its_figure(post, night):
    page = post.go(night)
    cell(page, LS).focus()
    press(page, "F9")
    page.keyboard.type("12,50+3,10-4*2")
    press(page, "Enter")
    expect(page.locator(".ruban li")).to_have_count(3)
    page.keyboard.type("abc")
    press(page, "Enter")
    expect(page.locator("dialog .error")).to_contain_text("« abc »")
    for _ in "abc":
        press(page, "Backspace")
    press(page, "Enter")
    saved(page)
    expect(cell(page, LS)).to_be_focused()
    expect(cell(page, LS)).to_have_value("=12,50+3,10-4*2")
    expect(page.locator(f'[data-origine="{LS}"]')).to_contain_text("=12,50+3,10-4*2")
    assert post.value(night, LS) == "7.60"
    (row,) = [row for row in post.api("GET", f"{night}/journal")["entrees"] if row["action"] == "saisie"]
    assert (row["apres"], row["motif"]) == ('"7.60"', "=12,50+3,10-4*2")
    press(page, "F9", "Backspace")
    expect(page.locator(".ruban li")).to_have_count(2)
    press(page, "Escape", "Tab")
    expect(cell(page, LS)).to_have_value("7,60")


@pytest.fixture
def habit(post, night):
    """The night after one where two persons had an envelope; its date."""
    lines = [{"id": f"ligne-00{n}", "name": name, "amount": "1.00"} for n, name in enumerate(("Zoé", "Léa"))]
    post.api("PATCH", f"{night}/sd", {"version": 1, "values": {"sd_entries": lines}})
    post.save(night, "recap", {"cash_pos_lecture": "5", "cheque_ar_lecture": "6"})
    after = (date.fromisoformat(night) + timedelta(days=1)).isoformat()
    post.api("POST", after)
    return after


def test_a_line_of_the_night_before_counts_once_a_figure_is_typed(post, habit):
    page = post.go(habit, "sd")
    faint = page.locator("[data-fantome]")
    expect(faint).to_have_count(2)
    assert post.value(habit, LIST) is None
    faint.first.locator("[data-case$='.amount']").focus()
    page.keyboard.type("abc")
    press(page, "Tab")
    expect(faint).to_have_count(2)
    press(page, "Shift+Tab", "Escape")
    page.keyboard.type("12,5")
    press(page, "Tab")
    saved(page)
    expect(faint).to_have_count(1)
    (line,) = post.value(habit, LIST)
    assert (line["name"], line["amount"]) == ("Zoé", "12.50")
    press(page, "Control+Z")
    expect(page.locator(f'[data-ligne="{line["id"]}"]:visible')).to_have_count(0)
    saved(page)
    assert post.value(habit, LIST) in (None, [])


def test_enter_follows_the_usual_cells_from_tab_to_tab(post, habit):
    page = post.go(habit)
    press(page, "F8")
    while here(page) != POS:
        press(page, "Enter")
    page.keyboard.type("1")
    press(page, "Enter")
    assert here(page) == AR
    page.keyboard.type("2")
    for _ in range(9):
        if "/recap" in page.url:
            press(page, "Enter")
            page.wait_for_timeout(100)
    page.wait_for_url("**/transelect")
    ready(page)
    assert post.value(habit, AR) == "2.00"
    page = post.go(habit, "sd")
    expect(page.locator("[data-parcours]")).to_be_checked()
    cell(page, f"{LIST}.{page.locator('[data-fantome]').first.get_attribute('data-ligne')}.amount").focus()
    press(page, "Enter")
    assert here(page).endswith(".amount")
    press(page, "Control+Enter")
    assert here(page).startswith(LIST)
    press(page, "F8")


def test_the_search_finds_what_the_page_does(post, night):
    page = post.go(night)
    press(page, "Control+k")
    page.keyboard.type("imprim")
    page.wait_for_selector(".resultats a >> text=Imprimer")
    press(page, "Enter")
    page.wait_for_url("**/recap/imprimer")


def test_a_choice_shown_stays_when_the_server_answers_for_another_cell(post, night):
    page = post.go(night, "controle")
    held = []
    page.route("**/session/*/controle", lambda route: held.append(route))  # noqa: PLW0108 - the driver marks it
    type_in(page, "controle.temperature", "3")
    page.wait_for_timeout(100)
    cell(page, "controle.weather_condition").focus()
    page.keyboard.type("neige")
    held.pop(0).continue_()
    page.wait_for_timeout(300)
    expect(cell(page, "controle.weather_condition")).to_have_value("neige")
    page.unroute("**/session/*/controle")
    saved(page)
    expect(cell(page, "controle.weather_condition")).to_have_value("neige")
    assert note(page, "controle.weather_condition").count() == 0
