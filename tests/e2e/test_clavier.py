"""The keyboard does everything, as in Excel, and never gets in the way of a text being typed."""

import pytest
from playwright.sync_api import expect

from tests.e2e.postes import SUPERVISOR, cell, figure, note, ready, status, type_in

pytestmark = pytest.mark.e2e

LS, LS_CORR = "recap.cash_ls_lecture", "recap.cash_ls_corr"
POS, GRATUITE = "recap.cash_pos_lecture", "recap.remb_gratuite_lecture"


def here(page):
    """The name of the cell one is in."""
    return page.evaluate("document.activeElement.dataset.case")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def saved(page):
    expect(status(page)).to_contain_text("Enregistré à")


def test_enter_and_arrows_walk_the_column_and_the_row(post, night):
    page = post.go(night)
    cell(page, LS).focus()
    walked = []
    for key in ("Enter", "ArrowDown", "Shift+Enter", "ArrowUp", "ArrowRight", "ArrowLeft", "Tab"):
        page.keyboard.press(key)
        walked.append(here(page).removeprefix("recap."))
    assert walked == [
        *("cash_pos_lecture", "cheque_ar_lecture", "cash_pos_lecture", "cash_ls_lecture"),
        *("cash_ls_corr", "cash_ls_lecture", "cash_ls_corr"),
    ]


def test_the_column_passes_over_totals_and_headings(post, night):
    page = post.go(night)
    cell(page, "recap.cheque_dr_lecture").focus()
    page.keyboard.press("Enter")
    assert here(page) == GRATUITE


def test_f2_edits_and_the_arrows_then_move_in_the_text(post, night):
    page = post.go(night)
    type_in(page, LS, "521,20")
    saved(page)
    cell(page, LS).focus()
    press(page, "F2", "ArrowLeft", "ArrowLeft", "Backspace", "9", "Enter")
    saved(page)
    expect(cell(page, LS)).to_have_value("521920,00".replace("521920", "521\u00a0920"))


def test_escape_restores_the_value(post, night):
    page = post.go(night)
    type_in(page, LS, "521,20")
    saved(page)
    type_in(page, LS, "999", leave="Escape")
    expect(cell(page, LS)).to_have_value("521,20")
    page.keyboard.press("Tab")
    expect(cell(page, LS)).to_have_value("521,20")
    type_in(page, LS, "abc")
    expect(note(page, LS)).to_be_visible()
    cell(page, LS).focus()
    page.keyboard.press("Escape")
    expect(note(page, LS)).to_have_count(0)
    page.keyboard.press("Tab")
    expect(cell(page, LS)).to_have_value("521,20")
    assert post.value(night, LS) == "521.20"


def test_ctrl_z_undoes_what_was_saved_from_one_page_to_the_next(post, night):
    page = post.go(night)
    for text in ("1", "=2+3", ""):
        cell(page, LS).focus()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete") if not text else page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
        saved(page)
    expect(cell(page, LS)).to_have_value("")
    page.keyboard.press("Control+Z")
    expect(figure(page, "recap.cash_ls_net")).to_have_text("5,00")
    saved(page)
    page.reload()
    ready(page)
    page.keyboard.press("Control+Z")
    expect(figure(page, "recap.cash_ls_net")).to_have_text("1,00")
    page.keyboard.press("Control+Z")
    expect(figure(page, "recap.cash_ls_net")).to_have_text("")
    saved(page)
    assert post.value(night, LS) is None


def test_ctrl_z_in_a_text_being_typed_belongs_to_the_text(post, night):
    page = post.go(night)
    type_in(page, LS, "521,20")
    saved(page)
    cell(page, POS).focus()
    page.keyboard.type("12")
    page.keyboard.press("Control+Z")
    expect(cell(page, POS)).not_to_have_value("12")
    assert post.value(night, LS) == "521.20"


def test_undoing_what_somebody_else_changed_since_asks(posts, night):
    post, other = posts(), posts(SUPERVISOR)
    page = post.go(night)
    type_in(page, LS, "1")
    saved(page)
    type_in(page, LS, "2")
    saved(page)
    expect(cell(page, LS)).to_have_value("2,00")
    other.save(night, "recap", {"cash_ls_lecture": "600"})
    page.keyboard.press("Control+Z")
    expect(note(page, LS)).to_contain_text("La vôtre 1,00")
    assert post.value(night, LS) == "600.00"


def test_ctrl_s_saves_without_leaving(post, night):
    page = post.go(night)
    type_in(page, LS, "521,20", leave="Control+S")
    saved(page)
    assert (here(page), post.value(night, LS)) == (LS, "521.20")


def test_alt_page_goes_from_tab_to_tab_ready_to_type(post, night):
    page = post.go(night, "dueback")
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url("**/recap")
    ready(page)
    assert here(page) == LS
    page.keyboard.press("Alt+PageUp")
    page.wait_for_url("**/dueback")


def test_the_search_finds_a_tab_or_a_field(post, night):
    page = post.go(night)
    cell(page, LS).focus()
    page.keyboard.press("Control+k")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    page.keyboard.type("4")
    expect(page.locator(".resultats a")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/transelect")
    ready(page)
    page.keyboard.press("/")
    page.keyboard.type("remb gratuite")
    page.wait_for_selector(".resultats a >> text=lecture")
    press(page, "ArrowDown", "Enter")
    page.wait_for_url(f"**/recap#{GRATUITE}")
    ready(page)
    expect(cell(page, GRATUITE)).to_be_focused()
    page.keyboard.press("F5")
    expect(search).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, GRATUITE)).to_be_focused()
    expect(cell(page, GRATUITE)).to_have_value("")


def test_a_slash_typed_in_a_cell_divides(post, night):
    page = post.go(night)
    cell(page, LS).focus()
    page.keyboard.type("=10/4")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Enter")
    saved(page)
    expect(cell(page, LS)).to_have_value("2,50")
    cell(page, LS).focus()
    expect(cell(page, LS)).to_have_value("=10/4")
    assert post.value(night, LS) == "2.50"


def test_looking_for_something_never_commits_the_cell(post, night):
    page = post.go(night)
    cell(page, LS).focus()
    page.keyboard.type("=10")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    assert post.value(night, LS) is None
    expect(cell(page, LS)).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("÷4")
    page.keyboard.press("Tab")
    saved(page)
    assert post.value(night, LS) == "2.50"


def test_f1_lists_the_keys_and_so_does_the_question_mark_outside_a_cell(post, night):
    page = post.go(night)
    page.keyboard.press("?")
    expect(page.locator("dialog[data-dialogue=touches]")).to_be_visible()
    page.keyboard.press("Escape")
    cell(page, LS).focus()
    page.keyboard.press("F1")
    keys = page.locator("dialog[data-dialogue=touches]")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Ctrl + Z")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(cell(page, LS)).to_be_focused()


@pytest.mark.parametrize("key", list("?/1a=+*()"))
def test_a_key_typed_in_a_cell_stays_in_it(post, night, key):
    page = post.go(night)
    cell(page, LS).focus()
    page.keyboard.type(f"1{key}2")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(cell(page, LS)).to_be_focused()
    expect(cell(page, LS)).to_have_value(f"1{key}2")


def grid(page, name):
    """Where a cell stands: which table of the page, its column, its row."""
    return page.evaluate(
        """(name) => {
          const place = document.querySelector(`[data-case="${name}"]`).closest("td");
          return [[...document.querySelectorAll("table")].indexOf(place.closest("table")), place.cellIndex];
        }""",
        name,
    )


@pytest.mark.parametrize("tab", ["transelect", "recap", "jour", "setd"])
@pytest.mark.parametrize("key", ["Enter", "Shift+Enter", "ArrowDown", "ArrowUp"])
def test_no_key_leads_into_another_table(post, night, tab, key):
    page = post.go(night, tab)
    names = page.eval_on_selector_all(
        "main table", "tables => tables.map(one => one.querySelector('[data-case]:not([disabled])')?.dataset.case)"
    )
    for name in filter(None, names):
        cell(page, name).first.focus()
        table = grid(page, name)[0]
        for _ in range(12):
            page.keyboard.press(key)
            assert grid(page, here(page))[0] == table, name


def test_enter_at_the_foot_of_a_column_goes_to_the_top_of_the_next(post, night):
    page = post.go(night, "transelect")
    first = page.locator("table.dense").first.locator("[data-case]:visible").first.get_attribute("data-case")
    table, column = grid(page, first)
    cell(page, first).focus()
    rows = page.locator("table.dense").first.locator(f"tbody td:nth-child({column + 1}) [data-case]").count()
    for _ in range(rows):
        page.keyboard.press("Enter")
    assert grid(page, here(page)) == [table, column + 1]
    assert here(page).split(".")[2:3] == first.split(".")[2:3] or here(page) != first
    page.keyboard.press("Shift+Enter")
    assert grid(page, here(page)) == [table, column]


def test_enter_after_a_row_of_tabs_comes_back_under_the_first(post, night):
    page = post.go(night, "transelect")
    first = page.locator("table.dense").first.locator("[data-case]:visible").first
    first.focus()
    column = grid(page, here(page))[1]
    press(page, "Tab", "Tab", "Tab")
    assert grid(page, here(page))[1] > column
    press(page, "Enter")
    assert grid(page, here(page))[1] == column
    assert here(page) != first.get_attribute("data-case")


def test_enter_with_nowhere_to_go_saves_and_stays(post, night):
    page = post.go(night)
    last = "recap.deposit_cdn"
    cell(page, last).focus()
    page.keyboard.insert_text("12,50")
    press(page, *["Enter"] * 3)
    saved(page)
    assert post.value(night, last) == "12.50"


def test_ctrl_y_does_again_what_ctrl_z_undid(post, night):
    page = post.go(night)
    type_in(page, LS, "1")
    saved(page)
    page.keyboard.press("Control+Z")
    expect(figure(page, "recap.cash_ls_net")).to_have_text("")
    page.keyboard.press("Control+Y")
    expect(figure(page, "recap.cash_ls_net")).to_have_text("1,00")
    page.keyboard.press("Control+Z")
    expect(figure(page, "recap.cash_ls_net")).to_have_text("")
    page.keyboard.press("Control+Shift+Z")
    saved(page)
    expect(figure(page, "recap.cash_ls_net")).to_have_text("1,00")


def test_a_calculated_figure_says_why_nothing_can_be_typed(post, night):
    page = post.go(night)
    figure(page, "recap.cash_ls_net").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    page.keyboard.press("5")
    expect(note(page, "recap.cash_ls_net", "calcule")).to_contain_text("calculé")


def test_no_shortcut_fires_in_a_text(post, night):
    page = post.go(night, "controle")
    cell(page, "controle.auditor_name").focus()
    page.keyboard.type("Zoé / de nuit ?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Enter")
    saved(page)
    assert post.value(night, "controle.auditor_name") == "Zoé / de nuit ?"
    cell(page, "controle.notes").focus()
    page.keyboard.type("une\n/ deux ?")
    page.keyboard.press("Tab")
    expect(cell(page, "controle.notes")).to_have_value("une\n/ deux ?")
    saved(page)
    assert post.value(night, "controle.notes") == "une\n/ deux ?"


def test_choices_and_flags_are_saved_when_they_change(post, night):
    page = post.go(night, "controle")
    cell(page, "controle.weather_condition").focus()
    page.keyboard.type("neige")
    saved(page)
    assert post.value(night, "controle.weather_condition") == "neige"
    page = post.go(night, "internet")
    cell(page, "internet.sans_activite").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-onglet-etat=internet]")).to_have_text("sans activité")
    expect(cell(page, "internet.sans_activite")).to_be_checked()
    assert post.value(night, "internet.sans_activite") is True
    page.keyboard.press("Space")
    expect(cell(page, "internet.sans_activite")).not_to_be_checked()
    expect(page.locator("[data-onglet-etat=internet]")).to_have_text("vide")
    expect(cell(page, "internet.sans_activite")).not_to_be_checked()
    assert not post.value(night, "internet.sans_activite")
