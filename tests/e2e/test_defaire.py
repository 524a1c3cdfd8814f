"""Undoing leaves nothing of what it undoes: no line, no origin, no remark, no text; and it never overwrites anybody."""

import pytest
from playwright.sync_api import expect

from tests.e2e.postes import SUPERVISOR, cell, figure, note, status, type_in

pytestmark = pytest.mark.e2e

LIST, LS = "sd.sd_entries", "recap.cash_ls_lecture"


def saved(page):
    expect(status(page)).to_contain_text("Enregistré à")


def add_line(page):
    page.locator(f'[data-ajouter="{LIST}"]:not([data-ligne-valeurs])').click()
    return lines(page).last.get_attribute("data-ligne")


def lines(page):
    return page.locator(f'[data-liste="{LIST}"] [data-ligne]:not([data-fantome]):visible')


def test_a_line_added_then_undone_leaves_nothing(post, night):
    page = post.go(night, "sd")
    line = add_line(page)
    type_in(page, f"{LIST}.{line}.name", "Zoé", leave="Tab")
    type_in(page, f"{LIST}.{line}.amount", "=60+40", leave="Tab")
    saved(page)
    expect(figure(page, "sd.sd_total_amount")).to_have_text("100,00")
    page.keyboard.press("Control+Z")
    expect(figure(page, "sd.sd_total_amount")).to_have_text("0,00")
    page.keyboard.press("Control+Z")
    expect(lines(page)).to_have_count(0)
    saved(page)
    tab = post.api("GET", f"{night}/sd")
    assert (tab["values"], tab["origines"], tab["saisies"]) == ({}, {}, {})
    assert [remark for remark in post.api("GET", night)["remarques"] if remark["champ"].startswith("sd.")] == []
    told = [(one["action"], one["avant"], one["apres"]) for one in post.api("GET", f"{night}/journal")["entrees"][-2:]]
    assert told == [("saisie", '"100.00"', None), ("retrait", '"Zoé"', None)]
    page.keyboard.press("Control+Y")
    expect(cell(page, f"{LIST}.{line}.name")).to_have_value("Zoé")
    expect(lines(page)).to_have_count(1)


def test_a_block_pasted_in_a_list_goes_in_one_press(post, night):
    page = post.go(night, "sd")
    line = add_line(page)
    cell(page, f"{LIST}.{line}.name").evaluate(
        """(one) => {
          one.focus();
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "Zoé\\tCDN\\t1\\nLéa\\tCDN\\t2\\nAna\\tCDN\\t3");
          one.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }"""
    )
    expect(figure(page, "sd.sd_total_amount")).to_have_text("6,00")
    page.keyboard.press("Control+Z")
    expect(lines(page)).to_have_count(0)
    saved(page)
    tab = post.api("GET", f"{night}/sd")
    assert (tab["values"], tab["origines"]) == ({}, {})


def test_undoing_before_anything_left_writes_nothing(post, night):
    page = post.go(night, "sd")
    before = len(post.api("GET", f"{night}/journal")["entrees"])
    post.context.set_offline(True)
    line = add_line(page)
    type_in(page, f"{LIST}.{line}.amount", "5", leave="Tab")
    page.keyboard.press("Control+Z")
    expect(lines(page)).to_have_count(0)
    post.context.set_offline(False)
    expect(status(page)).not_to_contain_text("en attente")
    assert post.api("GET", f"{night}/sd")["values"] == {}
    assert len(post.api("GET", f"{night}/journal")["entrees"]) == before


def test_what_was_typed_over_a_calculated_figure_gives_it_back(post, night):
    post.save(night, "dueback", {"dueback_entries.11111111.nouveau": "653,10"})
    page = post.go(night)
    due = "recap.dueback_reception_lecture"
    expect(cell(page, due)).to_have_value("653,10")
    type_in(page, due, "600")
    saved(page)
    page.keyboard.press("Control+Z")
    expect(cell(page, due)).to_have_value("653,10")
    expect(note(page, due, "choix")).to_have_count(0)
    saved(page)
    tab = post.api("GET", f"{night}/recap")
    assert (tab["values"], tab["origines"]) == ({}, {})
    post.save(night, "dueback", {"dueback_entries.11111111.nouveau": "700"})
    assert post.api("GET", f"{night}/recap")["computed"]["dueback_reception_lecture"] == "700.00"


def test_the_figure_of_somebody_else_given_back_stays_hers(posts, night):
    post, other = posts(), posts(SUPERVISOR)
    other.save(night, "recap", {"cash_ls_lecture": "=40+2"})
    was = other.api("GET", f"{night}/recap")
    page = post.go(night)
    type_in(page, LS, "50")
    saved(page)
    page.keyboard.press("Control+Z")
    expect(figure(page, "recap.cash_ls_net")).to_have_text("42,00")
    saved(page)
    now = post.api("GET", f"{night}/recap")
    assert (now["origines"], now["saisies"]) == (was["origines"], was["saisies"])


def test_a_line_removed_by_oneself_comes_back_unless_somebody_changed_it(posts, night):
    post, other = posts(), posts(SUPERVISOR)
    page = post.go(night, "sd")
    line = add_line(page)
    type_in(page, f"{LIST}.{line}.name", "Zoé", leave="Tab")
    saved(page)
    other.save(night, "sd", {f"sd_entries.{line}.amount": "9"})
    page.keyboard.press("Control+Z")
    expect(note(page, f"{LIST}.{line}")).to_contain_text("Laquelle garder")
    expect(lines(page)).to_have_count(1)
    assert post.value(night, LIST)[0]["amount"] == "9.00"
