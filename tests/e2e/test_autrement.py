"""What no key typed is saved too; and a page never shows an older figure as the present one."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.postes import SUPERVISOR, cell, figure, ready, status, type_in
from utils.dates import local, machine_now

pytestmark = pytest.mark.e2e

LS, POS = "recap.cash_ls_lecture", "recap.cash_pos_lecture"
ENTER = """([name, text, kind, focus]) => {
  const field = document.querySelector(`[data-case="${name}"]`);
  if (focus) field.focus();
  field.value = text;
  field.dispatchEvent(kind === null ? new Event("input", { bubbles: true })
    : new InputEvent("input", { bubbles: true, inputType: kind }));
}"""
DROP = """([name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.setData("text/plain", text);
  document.querySelector(`[data-case="${name}"]`)
    .dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""


def saved(page):
    expect(status(page)).to_contain_text("Enregistré à")


@pytest.mark.parametrize(
    ("kind", "focus"),
    [
        *(("insertFromPaste", True), ("insertReplacementText", True), (None, True), ("historyUndo", True)),
        *((None, False), ("insertText", False), ("insertFromDrop", False), ("historyUndo", False)),
    ],
)
def test_a_value_that_no_key_typed_is_saved_without_leaving(post, night, kind, focus):
    page = post.go(night)
    page.evaluate(ENTER, [LS, "521,20", kind, focus])
    saved(page)
    assert post.value(night, LS) == "521.20"


def test_a_fill_that_only_says_changed_is_saved(post, night):
    page = post.go(night)
    cell(page, LS).evaluate(
        "one => { one.value = '12,50'; one.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    saved(page)
    assert post.value(night, LS) == "12.50"


def test_a_text_dropped_takes_the_place_of_the_figure(post, night):
    page = post.go(night)
    type_in(page, LS, "1")
    saved(page)
    page.evaluate(DROP, [LS, "521,20"])
    expect(figure(page, "recap.cash_ls_net")).to_have_text("521,20")
    page.evaluate(DROP, [LS, "2,00\t\n3,00\t"])
    expect(cell(page, POS)).to_have_value("3,00")
    saved(page)
    assert (post.value(night, LS), post.value(night, POS)) == ("2.00", "3.00")


def test_a_paste_then_typed_further_is_one_value(post, night):
    page = post.go(night)
    cell(page, LS).focus()
    page.evaluate(ENTER, [LS, "12", "insertFromPaste", True])
    page.keyboard.type(",50")
    page.keyboard.press("Enter")
    saved(page)
    assert [entry["apres"] for entry in post.api("GET", f"{night}/journal")["entrees"] if entry["champ"]] == ['"12.50"']


def test_a_link_pressed_right_after_typing_takes_the_value_along(post, night):
    page = post.go(night)
    type_in(page, LS, "521,20", leave=None)
    page.locator("a[data-onglet=controle]").click()
    page.wait_for_url("**/controle")
    ready(page)
    post.go(night)
    expect(cell(page, LS)).to_have_value("521,20")


def test_back_shows_the_present_figures_at_once(posts, night):
    post, other = posts(), posts(SUPERVISOR)
    post.save(night, "recap", {"cash_ls_lecture": "81,81"})
    page = post.go(night)
    page.goto(f"{post.house.url}/historique")
    other.save(night, "recap", {"cash_ls_lecture": "31"})
    page.route("**/api/**", lambda route: route.abort())
    page.go_back()
    expect(cell(page, LS)).to_have_value("31,00")
    page.unroute("**/api/**")


@pytest.mark.parametrize("path", ["/", "/historique", "/notifications", "/journal"])
def test_no_page_of_figures_is_kept_by_the_browser(post, path):
    answer = post.context.request.get(f"{post.house.url}{path}")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("event", ["resume", "prerenderingchange", "visibilitychange"])
def test_a_page_come_back_to_is_read_again_at_once(posts, night, event):
    post, other = posts(), posts(SUPERVISOR)
    page = post.go(night)
    other.save(night, "recap", {"cash_ls_lecture": "31"})
    page.evaluate("(event) => document.dispatchEvent(new Event(event))", event)
    expect(cell(page, LS)).to_have_value("31,00")


def hours():
    """The hour of the hotel now, and a minute before, as a page says it."""
    now = local(machine_now(), "America/Toronto")
    return "|".join(f"{now - timedelta(minutes=minutes):%H:%M}" for minutes in (0, 1))


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Pacific/Auckland"])
def test_the_hour_of_a_save_is_the_hotel_s_whatever_the_clock_of_the_post(posts, night, zone):
    post = posts(timezone_id=zone)
    page = post.go(night)
    for typed in ("31", ""):
        with page.expect_response("**/session/*/recap"):
            type_in(page, LS, typed)
        expect(status(page)).to_have_text(re.compile(f"^Enregistré à (?:{hours()}):[0-5][0-9]$"))


@pytest.mark.parametrize("reread", [False, True])
def test_figures_that_could_not_be_read_again_say_the_hour_of_the_hotel(posts, night, reread):
    post = posts(timezone_id="Asia/Tokyo")
    post.page.clock.install()
    page = post.go(night)
    if reread:
        with page.expect_response(f"**/session/{night}"):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    post.context.set_offline(True)
    for _ in range(5):
        page.clock.run_for(15_000)
    expect(status(page)).to_contain_text(re.compile(f"chiffres lus à (?:{hours()}):"))


def test_figures_that_could_not_be_read_again_say_their_hour(post, night):
    post.page.clock.install()
    page = post.go(night)
    post.context.set_offline(True)
    for _ in range(5):
        page.clock.run_for(15_000)
    expect(status(page)).to_contain_text("chiffres lus à")
    post.context.set_offline(False)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(status(page)).not_to_contain_text("chiffres lus à")
