"""A value typed is never lost, and « Enregistré » is never said before the server did: each mishap of a night."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from tests.e2e.postes import AUDITOR, CONTROLLER, SUPERVISOR, cell, figure, note, ready, status, type_in
from tests.utils.actions.nights import REASON, wanted

pytestmark = pytest.mark.e2e

LS, POS, NB = "recap.cash_ls_lecture", "recap.cash_pos_lecture", "recap.dueback_nb_lecture"
NAME = "controle.auditor_name"


def saved(page):
    """Everything typed on this page is on the server."""
    expect(status(page)).to_contain_text("Enregistré à")


def test_a_sum_is_kept_shown_again_and_recalculated(post, night):
    page = post.go(night)
    type_in(page, LS, "=9055,20-15,30-36,25")
    saved(page)
    expect(cell(page, LS)).to_have_value("9\u00a0003,65")
    expect(figure(page, "recap.cash_ls_net")).to_have_text("9\u00a0003,65")
    cell(page, LS).focus()
    expect(cell(page, LS)).to_have_value("=9055,20-15,30-36,25")
    page.keyboard.press("Tab")
    expect(cell(page, LS)).to_have_value("9\u00a0003,65")
    assert post.value(night, LS) == "9003.65"


def test_enregistre_waits_for_the_server(post, night):
    page = post.go(night)
    held = []
    page.route(
        "**/session/**", lambda route: held.append(route) if route.request.method == "PATCH" else route.continue_()
    )
    type_in(page, LS, "12,50")
    expect(status(page)).to_have_text("Enregistrement…")
    type_in(page, POS, "1,25")
    page.wait_for_timeout(150)
    assert len(held) == 1, "one request at a time for a night"
    assert "Enregistré" not in status(page).inner_text()
    with page.expect_request(lambda one: one.method == "PATCH"):
        held[0].continue_()
    expect(status(page)).to_have_text("Enregistrement…")
    page.wait_for_timeout(150)
    held[1].continue_()
    saved(page)
    assert (post.value(night, LS), post.value(night, POS)) == ("12.50", "1.25")


def test_two_tabs_edited_within_half_a_second(post, night):
    first, second = post.go(night), post.go(night, "controle", post.another())
    cell(first, LS).focus()
    cell(second, NAME).focus()
    first.keyboard.insert_text("521,20")
    first.keyboard.press("Enter")
    second.keyboard.insert_text("Zoé")
    second.keyboard.press("Enter")
    saved(first)
    saved(second)
    assert (post.value(night, LS), post.value(night, NAME)) == ("521.20", "Zoé")


def test_one_tab_then_the_next_within_half_a_second(post, night):
    page = post.go(night, "controle")
    type_in(page, NAME, "Zoé", leave=None)
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url("**/dueback")
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url("**/recap")
    ready(page)
    type_in(page, LS, "521,20", leave=None)
    page.keyboard.press("Alt+PageUp")
    page.wait_for_url("**/dueback")
    ready(page)
    post.go(night)
    expect(cell(page, LS)).to_have_value("521,20")
    assert (post.value(night, LS), post.value(night, NAME)) == ("521.20", "Zoé")


@pytest.mark.parametrize("leave", ["Enter", None], ids=["validé", "sans quitter la case"])
def test_the_page_closed_50_ms_after_typing(post, night, leave):
    page = post.go(night)
    type_in(page, LS, "9055,20", leave)
    page.wait_for_timeout(50)
    page.close()
    again = post.go(night, page=post.another())
    expect(cell(again, LS)).to_have_value("9\u00a0055,20")
    assert post.value(night, LS) == "9055.20"


@pytest.mark.parametrize("leave", ["Enter", None], ids=["validé", "sans quitter la case"])
def test_the_page_closed_while_the_network_is_cut(post, night, leave):
    page, other = post.go(night), post.another()
    post.context.set_offline(True)
    type_in(page, LS, "9055,20", leave)
    page.wait_for_timeout(50)
    page.close()
    post.context.set_offline(False)
    post.go(night, page=other)
    saved(other)
    expect(cell(other, LS)).to_have_value("9\u00a0055,20")
    assert post.value(night, LS) == "9055.20"


def test_the_network_cut_then_back(post, night):
    page = post.go(night)
    post.context.set_offline(True)
    for name, text in ((LS, "521,20"), (POS, "=712,45-16,40"), (NB, "667,61")):
        type_in(page, name, text)
    expect(status(page)).to_have_text("3 modifications en attente : hors ligne")
    expect(cell(page, POS)).to_have_value("=712,45-16,40")
    post.context.set_offline(False)
    saved(page)
    expect(cell(page, POS)).to_have_value("696,05")
    assert [post.value(night, name) for name in (LS, POS, NB)] == ["521.20", "696.05", "667.61"]


def test_the_session_expired_while_typing(post, night):
    page = post.go(night)
    type_in(page, LS, "521,20", leave=None)
    post.context.clear_cookies()
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Se connecter de nouveau")
    expect(form).to_be_visible()
    expect(status(page)).to_have_text("1 modification en attente : session expirée")
    form.get_by_label("Adresse courriel").fill(post.email)
    form.get_by_label("Mot de passe").fill("pas celui-là")
    form.get_by_role("button", name="Se connecter").click()
    expect(form.get_by_role("alert")).to_contain_text("incorrect")
    form.get_by_label("Mot de passe").fill("demo-RJ-2026")
    form.get_by_role("button", name="Se connecter").click()
    expect(form).to_have_count(0)
    saved(page)
    expect(cell(page, LS)).to_have_value("521,20")
    type_in(page, POS, "1,00")
    saved(page)
    assert (post.value(night, LS), post.value(night, POS)) == ("521.20", "1.00")


def test_the_night_locked_meanwhile(post, posts, night):
    page = post.go(night)
    type_in(page, LS, "521,20", leave=None)
    other = posts()
    other.save(night, "controle", {"notes": "rien à dire"})
    reasons = dict.fromkeys(wanted(other.api("GET", night)["demandes"]), REASON)
    other.api("POST", f"{night}/soumettre", {"motifs": reasons})
    page.keyboard.press("Enter")
    expect(note(page, LS)).to_contain_text("« 521,20 » n’est pas enregistré")
    expect(note(page, LS).get_by_label("Valeur à copier")).to_have_value("521,20")
    expect(status(page)).to_have_text("1 valeur à revoir")
    expect(cell(page, POS)).to_have_attribute("readonly", "")
    expect(page.locator("[data-etat-nuit]")).to_have_text("Verrouillée")
    page.reload()
    ready(page)
    expect(note(page, LS)).to_contain_text("« 521,20 » n’est pas enregistré")
    posts(CONTROLLER).api("POST", f"{night}/rouvrir", {"motif": "chèque oublié"})
    assert post.value(night, LS) is None
    note(page, LS).get_by_role("button", name="Oublier").click()
    expect(note(page, LS)).to_have_count(0)
    expect(cell(page, LS)).to_have_value("")


def test_two_browsers_on_different_fields(posts, night):
    first, second = posts(), posts(SUPERVISOR)
    here, there = first.go(night), second.go(night)
    type_in(here, LS, "521,20")
    type_in(there, POS, "696,05")
    saved(here)
    saved(there)
    here.evaluate("dispatchEvent(new Event('focus'))")
    expect(cell(here, POS)).to_have_value("696,05")
    expect(figure(here, "recap.recap_total_recettes")).to_have_text("1\u00a0217,25")
    assert (first.value(night, LS), first.value(night, POS)) == ("521.20", "696.05")


@pytest.mark.parametrize("mine", [True, False], ids=["garder la mienne", "prendre l'autre"])
def test_two_browsers_on_the_same_field(posts, night, mine):
    first, second = posts(), posts(SUPERVISOR)
    here, there = first.go(night), second.go(night)
    type_in(here, LS, "521,20")
    saved(here)
    type_in(there, LS, "512,20")
    asked = note(there, LS)
    expect(asked).to_contain_text("La vôtre 512,20\u00a0$")
    expect(asked).to_contain_text("521,20\u00a0$")
    expect(status(there)).to_have_text("1 valeur à revoir")
    assert first.value(night, LS) == "521.20"
    asked.get_by_role("button", name="Garder la mienne" if mine else "Prendre l’autre").click()
    expect(asked).to_have_count(0)
    expect(cell(there, LS)).to_have_value("512,20" if mine else "521,20")
    expect(status(there)).not_to_contain_text("à revoir")
    expect(figure(there, "recap.cash_ls_net")).to_have_text("512,20" if mine else "521,20")
    assert first.value(night, LS) == ("512.20" if mine else "521.20")


def test_a_value_arrives_from_elsewhere_while_it_is_being_typed(posts, night):
    here, other = posts(), posts(SUPERVISOR)
    page = here.go(night)
    type_in(page, LS, "521,2", leave=None)
    other.save(night, "recap", {"cash_ls_lecture": "600", "cash_pos_lecture": "7"})
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(cell(page, POS)).to_have_value("7,00")
    expect(note(page, LS, "arrivee")).to_contain_text("600,00\u00a0$")
    expect(cell(page, LS)).to_have_value("521,2")
    page.keyboard.insert_text("5")
    page.keyboard.press("Enter")
    expect(note(page, LS)).to_contain_text("La vôtre 521,25\u00a0$")
    assert here.value(night, LS) == "600.00"
    note(page, LS).get_by_role("button", name="Garder la mienne").click()
    saved(page)
    assert here.value(night, LS) == "521.25"


@pytest.mark.parametrize("before", ["", "4,00"])
def test_a_calculated_figure_that_moves_under_the_cursor_is_not_typed(posts, night, before):
    here, other = posts(), posts(SUPERVISOR)
    other.save(night, "jour", {"jour_tps_pms": before})
    page = here.go(night, "jour")
    cell(page, "jour.jour_tps").focus()
    other.save(night, "jour", {"jour_tps_pms": "5,00"})
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(cell(page, "jour.jour_tps")).to_have_value("5,00")
    page.keyboard.press("Tab")
    type_in(page, "jour.jour_tps_autres", "0,22")
    saved(page)
    expect(cell(page, "jour.jour_tps")).to_have_value("5,22")
    assert here.value(night, "jour.jour_tps") is None


def test_escape_takes_the_value_that_arrived(posts, night):
    here, other = posts(), posts(SUPERVISOR)
    page = here.go(night)
    type_in(page, LS, "521,2", leave=None)
    other.save(night, "recap", {"cash_ls_lecture": "600"})
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(note(page, LS, "arrivee")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(cell(page, LS)).to_have_value("600,00")
    expect(note(page, LS, "arrivee")).to_have_count(0)


def test_the_server_restarted(post, house, night):
    page = post.go(night)
    house.stop()
    type_in(page, LS, "521,20")
    expect(status(page)).to_have_text("1 modification en attente : hors ligne")
    house.start()
    saved(page)
    assert post.value(night, LS) == "521.20"


def test_a_busy_server_is_asked_again_when_it_said(post, night):
    page = post.go(night)
    busy = {"status": 503, "headers": {"Retry-After": "1", "Content-Type": "application/problem+json"}, "body": "{}"}
    page.route("**/session/*/recap", lambda route: route.fulfill(**busy), times=1)
    type_in(page, LS, "521,20")
    expect(status(page)).to_have_text("1 modification en attente : serveur occupé")
    saved(page)
    assert post.value(night, LS) == "521.20"


def test_a_page_of_another_kind_is_no_answer(post, night):
    page = post.go(night)
    page.route("**/session/*/recap", lambda route: route.fulfill(body="<p>Bienvenue au WiFi</p>"), times=1)
    type_in(page, LS, "521,20")
    expect(status(page)).to_have_text("1 modification en attente : hors ligne")
    saved(page)
    assert post.value(night, LS) == "521.20"


def test_an_answer_that_was_lost_makes_no_quarrel_with_oneself(post, night):
    page = post.go(night)
    page.route("**/session/*/recap", lambda route: (route.fetch(), route.abort()), times=1)
    type_in(page, LS, "521,20")
    expect(status(page)).to_have_text("1 modification en attente : hors ligne")
    type_in(page, LS, "521,25")
    saved(page)
    assert post.value(night, LS) == "521.25"


def test_a_refused_value_stays_in_place_and_is_sent_no_more(post, night):
    page = post.go(night)
    type_in(page, LS, "2O,00")
    expect(cell(page, LS)).to_have_value("2O,00")
    expect(cell(page, LS)).to_have_attribute("aria-invalid", "true")
    expect(note(page, LS)).to_contain_text("« 2O,00 » contient « O »")
    assert cell(page, LS).get_attribute("aria-describedby") == f"{LS}-avis"
    expect(status(page)).to_have_text("1 valeur à revoir")
    page.reload()
    ready(page)
    expect(cell(page, LS)).to_have_value("2O,00")
    expect(note(page, LS)).to_be_visible()
    type_in(page, LS, "20,00")
    saved(page)
    expect(note(page, LS)).to_have_count(0)
    expect(cell(page, LS)).not_to_have_attribute("aria-invalid", "true")


def test_what_only_the_server_refuses_is_said_under_its_own_row(post, night):
    page = post.go(night, "controle")
    type_in(page, NAME, "Zoé")
    type_in(page, "controle.chambres_refaire", "=2-5")
    expect(note(page, "controle.chambres_refaire")).to_contain_text("ne peut pas être négatif")
    expect(cell(page, "controle.chambres_refaire")).to_have_value("=2-5")
    expect(status(page)).to_have_text("1 valeur à revoir")
    assert post.value(night, NAME) == "Zoé"


def test_somebody_else_s_unsent_values_are_not_sent_in_her_place(post, house, night):
    page = post.go(night)
    house.stop()
    type_in(page, LS, "521,20")
    expect(status(page)).to_contain_text("en attente")
    page.goto("about:blank")
    house.start()
    post.context.clear_cookies()
    post.email = SUPERVISOR
    post.sign_in()
    post.go(night)
    left = page.locator(".oubliees")
    expect(left).to_contain_text("a laissé 1 valeur non enregistrée dans ce navigateur")
    assert "521,20" not in page.content()
    expect(cell(page, LS)).to_have_value("")
    type_in(page, LS, "77,00")
    saved(page)
    assert post.value(night, LS) == "77.00"
    post.context.clear_cookies()
    post.email = AUDITOR
    post.sign_in()
    post.go(night)
    expect(note(page, LS)).to_contain_text("La vôtre 521,20")
    note(page, LS).get_by_role("button", name="Garder la mienne").click()
    saved(page)
    origin = post.api("GET", f"{night}/recap")["origines"]["cash_ls_lecture"]
    assert (post.value(night, LS), origin["par"]) == ("521.20", "Auditeur de démonstration")


def test_a_page_of_one_person_never_signs_with_the_session_of_another(post, house, night):
    page = post.go(night)
    post.context.clear_cookies()
    post.email = SUPERVISOR
    post.sign_in()
    type_in(page, LS, "521,20")
    expect(status(page)).to_contain_text("Cette page est celle d’une autre personne")
    assert post.value(night, LS) is None
    page.reload()
    ready(page)
    expect(page.locator(".oubliees")).to_contain_text("a laissé 1 valeur")
    expect(cell(page, LS)).to_have_value("")


def test_signing_in_as_somebody_else_on_the_spot_gives_her_a_page_of_her_own(post, night):
    page = post.go(night)
    type_in(page, LS, "521,20", leave=None)
    post.context.clear_cookies()
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Se connecter de nouveau")
    form.get_by_label("Adresse courriel").fill(SUPERVISOR)
    form.get_by_label("Mot de passe").fill("demo-RJ-2026")
    form.get_by_role("button", name="Se connecter").click()
    expect(page.locator(".oubliees")).to_contain_text("a laissé 1 valeur", timeout=30_000)
    ready(page)
    expect(cell(page, LS)).to_have_value("")
    post.email = SUPERVISOR
    assert post.value(night, LS) is None


def test_signing_out_right_after_typing_loses_nothing(post, house, night):
    page = post.go(night)
    type_in(page, LS, "521,20", leave=None)
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/connexion*")
    house.states.clear()
    expect(page.locator(".oubliees")).to_have_count(0)
    post.sign_in_again()
    origin = post.api("GET", f"{night}/recap")["origines"]["cash_ls_lecture"]
    assert (post.value(night, LS), origin["par"]) == ("521.20", "Auditeur de démonstration")


def test_a_night_left_behind_is_announced_on_every_page(post, house, night):
    page = post.go(night)
    house.stop()
    type_in(page, LS, "521,20")
    expect(status(page)).to_contain_text("en attente")
    house.start()
    page.route("**/session/**", lambda route: route.abort())
    page.goto(f"{house.url}/")
    left = page.get_by_role("link", name=f"Nuit du {night}")
    expect(left).to_be_visible()
    page.unroute("**/session/**")
    left.click()
    ready(page)
    saved(page)


@pytest.mark.parametrize("leave", ["Enter", None], ids=["validé", "sans quitter la case"])
def test_the_browser_killed_and_reopened(chromium, house, post, night, tmp_path, leave):
    kind, options = chromium
    profile = tmp_path / "profil"
    context = kind.launch_persistent_context(profile, **options)
    try:
        context.add_cookies(post.context.cookies())
        page = context.pages[0]
        page.goto(f"{house.url}/rj/native/{night}/recap")
        ready(page)
        house.stop()
        type_in(page, LS, "9055,20", leave)
        page.wait_for_timeout(50)
        kill(profile)
    finally:
        house.start()
        with suppress(Error):  # the driver may have seen it die already
            context.close()
    for lock in profile.glob("Singleton*"):
        lock.unlink()
    context = kind.launch_persistent_context(profile, **options)
    try:
        context.add_cookies(post.context.cookies())
        page = context.pages[0]
        page.goto(f"{house.url}/rj/native/{night}/recap")
        ready(page)
        if leave is None:
            expect(note(page, LS)).to_contain_text("Texte retrouvé, pas encore enregistré : « 9055,20 »")
            assert post.value(night, LS) is None
            note(page, LS).get_by_role("button", name="Enregistrer").click()
        saved(page)
        expect(cell(page, LS)).to_have_value("9\u00a0055,20")
        assert post.value(night, LS) == "9055.20"
    finally:
        context.close()


def kill(profile):
    """Kill every process of the browser that uses this profile, as a power cut does."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--user-data-dir={profile}" in (process / "cmdline").read_text("utf-8"):
                os.kill(int(process.name), signal.SIGKILL)


@pytest.mark.parametrize(
    "fault",
    [
        "IDBObjectStore.prototype.put = () => { throw new Error('plein'); }",
        "indexedDB.open = () => { throw new DOMException('interdit', 'SecurityError'); }",
        "addEventListener('keydown', () => indexedDB.deleteDatabase('rj'), { once: true })",
        "indexedDB.open = () => ({})",
        "IDBObjectStore.prototype.getAll = () => ({})",
        "for (const s of ['localStorage', 'sessionStorage']) Object.defineProperty(window, s, { get() { throw 1; } })",
        "Storage.prototype.setItem = () => { throw new DOMException('plein', 'QuotaExceededError'); }",
    ],
    ids=[
        *("disque plein", "mémoire interdite", "données du site effacées", "ouverture sans réponse"),
        *("lecture sans réponse", "rangement interdit", "rangement plein"),
    ],
)
def test_a_browser_that_keeps_nothing_still_saves(post, night, fault):
    post.context.add_init_script(fault)
    page = post.go(night)
    type_in(page, LS, "521,20")
    type_in(page, POS, "1,00")
    saved(page)
    expect(cell(page, POS)).to_have_value("1,00")
    assert (post.value(night, LS), post.value(night, POS)) == ("521.20", "1.00")
    cell(page, POS).focus()
    page.keyboard.press("Control+Z")
    expect(cell(page, POS)).to_have_value("")
    saved(page)
    assert post.value(night, POS) is None


def test_a_page_left_alone_asks_nothing_more_then_catches_up(posts, night):
    here, other = posts(), posts(SUPERVISOR)
    here.page.clock.install()
    page = here.go(night)
    for _ in range(25):
        page.clock.run_for(15_000)
    before = len(here.asked)
    page.clock.run_for(600_000)
    assert len(here.asked) == before, "an empty chair does not prolong its session"
    other.save(night, "recap", {"cash_ls_lecture": "600"})
    page.keyboard.press("Shift")
    expect(cell(page, LS)).to_have_value("600,00")
