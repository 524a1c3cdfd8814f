"""The pages of a night: opening it, its *reprise*, who may change it, its journal, paper, theme, other nights."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from database.transaction import read
from tests.pages import DAY, NIGHT, Page, auditor, type_night
from tests.utils.actions.nights import REASON, wanted
from utils.actions.notifications.morning import digest_of
from utils.dates import read_date
from utils.rj.catalogue import TABS

API = f"/api/rj/native/session/{DAY}"
MARKUP = '<img src=x onerror=alert(1)>"><script>alert(2)</script>'


@pytest.fixture
def anne(app_sqlite):
    """The night auditor."""
    return auditor(app_sqlite)


@pytest.fixture
def typed(anne):
    """The night auditor on the golden night."""
    return type_night(anne)


def post(client, path, **form):
    return client.post(path, data={"csrf_token": client.token, "hotel": "DEMO", **form})


@pytest.mark.parametrize("path", ["/rj/native/", NIGHT, f"{NIGHT}/recap", "/historique", "/aide", f"{NIGHT}/imprimer"])
def test_a_page_without_session_asks_to_sign_in(app_sqlite, path):
    response = app_sqlite.test_client().get(path)
    assert response.status_code == 302
    assert response.location == f"/connexion?suite={path}"


@pytest.mark.parametrize("path", ["/rj/native/2025-02-30", "/rj/native/hier", f"{NIGHT}/caisse", "/historique?mois=13"])
def test_what_does_not_exist_is_said_in_french(anne, path):
    response = anne.get(path)
    assert response.status_code == 404
    assert "Revenir à l’accueil" in response.text


def test_the_night_asked_for_by_default_is_that_of_the_hour(anne):
    with time_machine.travel(datetime(2025, 12, 24, 8, 0, tzinfo=UTC), tick=False):
        assert auditor(anne.application).get("/rj/native/").location == NIGHT
    with time_machine.travel(datetime(2025, 12, 24, 20, 0, tzinfo=UTC), tick=False):
        assert auditor(anne.application).get("/rj/native/").location == "/rj/native/2025-12-24"


def test_a_first_night_is_opened_with_its_reprise(anne):
    page = anne.get(NIGHT).text
    assert "Aucune nuit ne précède celle-ci." in page
    form = {
        "jour_new_balance": "−3 554 670,64",
        "jour_guest_ledger": "-3268484.66",
        "mtd.rooms_louees": "4 240",
        "dueback.1.name": "Réceptionniste 11",
        "dueback.1.nouveau": "300,00",
        "dueback.2.name": "Sans montant",
    }
    response = post(anne, f"{NIGHT}/reprise", **form)
    assert (response.status_code, response.location) == (303, NIGHT)
    assert anne.get(API).json["precedente"] == {
        "jour_new_balance": "-3554670.64",
        "jour_guest_ledger": "-3268484.66",
        "mtd": {"rooms_louees": 4240},
        "dueback": [{"name": "Réceptionniste 11", "nouveau": "300.00"}],
    }
    again = Page(anne.get(f"{NIGHT}/reprise").text)
    values = {e.attributes["name"]: e.attributes["value"] for e in again.all("input") if "value" in e.attributes}
    assert values["jour_new_balance"] == "−3 554 670,64"
    assert values["dueback.1.name"] == "Réceptionniste 11"


def test_a_reprise_that_cannot_be_read_keeps_what_was_typed(anne):
    response = post(anne, f"{NIGHT}/reprise", jour_new_balance="1,234.56", jour_guest_ledger="10,00")
    assert response.status_code == 422
    page = Page(response.text)
    fields = {e.attributes.get("name"): e.attributes for e in page.all("input")}
    assert fields["jour_new_balance"]["value"] == "1,234.56"
    assert fields["jour_new_balance"]["aria-invalid"] == "true"
    assert fields["jour_guest_ledger"]["value"] == "10,00"
    assert "plus d’un séparateur décimal" in response.text
    assert anne.get(API).status_code == 404


def test_a_night_is_opened_by_its_button_and_its_pages_follow(anne):
    response = post(anne, f"{NIGHT}/ouvrir")
    assert (response.status_code, response.location) == (303, NIGHT)
    assert anne.get(NIGHT).location == f"{NIGHT}/controle"
    assert "Préparé par" in anne.get(f"{NIGHT}/controle").text


def test_a_night_of_the_future_is_refused_with_a_sentence(anne):
    response = post(anne, "/rj/native/2090-01-01/ouvrir")
    assert response.status_code == 422
    assert "ne peut pas être dans le futur" in response.text


def test_who_may_not_fill_reads_only(typed):
    reader = auditor(typed.application, "adjoint@demo.hotel")
    page = Page(reader.get(f"{NIGHT}/recap").text)
    inputs = [e.attributes for e in page.all("input") if "data-case" in e.attributes]
    assert inputs
    assert all("readonly" in one for one in inputs)
    assert "rien ne s’y change avec votre rôle" in reader.get(f"{NIGHT}/recap").text
    assert reader.get(f"{NIGHT}/sd").text.count("data-ajouter") == 0
    assert post(reader, "/rj/native/2025-12-24/ouvrir").status_code == 403


def test_a_submitted_night_is_shown_and_no_longer_changed(typed):
    motifs = dict.fromkeys(wanted(typed.get(API).json["demandes"]), REASON)
    assert typed.post(f"{API}/soumettre", json={"motifs": motifs}).status_code == 200
    paper = " ".join(Page(typed.get(f"{NIGHT}/sommaire/imprimer").text).words())
    assert re.search(r"Soumise le .{5,40} par Auditeur de démonstration\.", paper)
    assert paper.count(f"Motif « {REASON} »") == 2 + 1 + 5, "two checks, seven lines of one list, five tabs left"
    assert ": Factures HP / Administration (7 lignes) : Motif «" in paper
    assert not any(key in paper for key in motifs), "each under its French name"
    with typed.application.app_context(), read() as connection:
        listed = [point.words for point in digest_of(connection, 1, read_date(DAY)).left]
    assert len(listed) == len(set(listed)) == 1 + 5
    assert all(words in paper for words in listed), "the digest says the lines of the paper"
    page = typed.get(f"{NIGHT}/sommaire").text
    [stop] = re.findall(r'<a [^>]*data-onglet="sommaire".*?</a>', page)
    assert "verrouillée" in stop
    assert "en cours" not in stop
    assert typed.get(API).json["onglets"]["sommaire"]["etat"] == "verrouillee"
    assert "Verrouillée : rien ne s’y change." in page
    assert 'data-action="soumettre"' not in page
    assert 'data-action="rouvrir"' not in page
    assert "disabled" in typed.get(f"{NIGHT}/dueback").text
    boss = auditor(typed.application, "controleur@demo.hotel")
    assert 'data-action="rouvrir"' in boss.get(f"{NIGHT}/sommaire").text


def test_what_submission_asks_is_asked_once_for_all_alike(typed):
    page = Page(typed.get(f"{NIGHT}/sommaire").text)
    asked = [e.attributes["data-motif"] for e in page.with_attribute("data-motif")]
    assert asked[0] == "chk_transelect_x20"
    assert asked[1] == "chk_hp_motif"
    assert len(asked[2].split()) == 7
    assert "Aucun contrôle ne bloque encore, mais 5 onglets ne sont pas terminés" in page.source
    assert asked[3:] == [f"onglets.{tab}" for tab in ("controle", "sd", "internet", "sonifi", "dbrs")]


def test_a_blocking_check_offers_to_wait_and_to_whom_may_to_let_pass(typed):
    version = typed.get(API).json["version"]
    values = {"values": {"deposit_cdn": "400.00"}, "version": version}
    assert typed.patch(f"{API}/recap", json=values).status_code == 200
    page = typed.get(f"{NIGHT}/sommaire").text
    assert "data-en-attente" in page
    assert 'data-action="deroger"' not in page
    boss = auditor(typed.application, "superviseur@demo.hotel").get(f"{NIGHT}/sommaire").text
    assert 'data-check="chk_recap"' in boss


def test_two_figures_for_one_cell_are_shown_with_both_choices(typed):
    version = typed.get(API).json["version"]
    assert typed.patch(f"{API}/jour", json={"values": {"jour_tvq": "2800.00"}, "version": version}).status_code == 200
    page = Page(typed.get(f"{NIGHT}/jour").text)
    choices = [(e.attributes["data-choix"], e.attributes["data-pour"]) for e in page.with_attribute("data-choix")]
    assert choices == [("garder", "jour.jour_tvq"), ("prendre", "jour.jour_tvq")]
    text = typed.get(f"{NIGHT}/jour").text
    assert "1 chiffre à trancher" in text
    assert "23,28 $</b> d’écart" in text
    assert "Trancher : TVQ" in typed.get("/").text or typed.get("/").status_code == 200


def test_a_float_to_carry_is_proposed_beside_the_person_or_as_a_line(anne):
    anne.put(
        f"{API}/reprise", json={"dueback": [{"name": "Un", "nouveau": "300.00"}, {"name": "Deux", "nouveau": "5.00"}]}
    )
    version = anne.get(API).json["version"]
    line = {"dueback_entries": [{"id": "ligne-un", "name": "Un", "nouveau": "10.00"}]}
    assert anne.patch(f"{API}/dueback", json={"values": line, "version": version}).status_code == 200
    page = Page(anne.get(f"{NIGHT}/dueback").text)
    beside = [
        (e.attributes["data-proposer"], e.attributes["data-valeur"]) for e in page.with_attribute("data-proposer")
    ]
    assert beside == [("dueback.dueback_entries.ligne-un.previous", "-300.00")]
    added = [e.attributes["data-ligne-valeurs"] for e in page.with_attribute("data-ligne-valeurs")]
    assert added == ['{"name": "Deux", "previous": "-5.00"}']
    assert "Solde à reprendre : 300,00" in anne.get(f"{NIGHT}/dueback").text


def test_markup_typed_anywhere_stays_text(typed):
    version = typed.get(API).json["version"]
    for tab, values in {
        "controle": {"auditor_name": MARKUP, "notes": MARKUP},
        "sd": {"sd_entries": [{"name": MARKUP, "note": MARKUP, "verified": "1.00"}]},
        "dbrs": {"dbrs_otb_data": [{"label": MARKUP}]},
    }.items():
        assert typed.patch(f"{API}/{tab}", json={"values": values, "version": version}).status_code == 200
    for path in ("controle", "sd", "setd", "dbrs", "journal", "imprimer", "sommaire"):
        text = typed.get(f"{NIGHT}/{path}").text
        assert "<img src=x" not in text
        assert "<script>alert" not in text
    assert "&lt;img src=x" in typed.get(f"{NIGHT}/controle").text


def test_the_journal_is_told_in_words(typed):
    text = typed.get(f"{NIGHT}/journal").text
    assert "Nuit ouverte" in text
    assert ">Comptant LightSpeed — lecture</a>" in text
    assert "521,20 $" in text
    assert "Auditeur de démonstration" in text


def test_the_paper_has_every_tab_and_nothing_to_fill(typed):
    page = Page(typed.get(f"{NIGHT}/imprimer").text)
    assert [e for e in page.all("input", "select", "textarea") if e.attributes.get("type") != "hidden"] == []
    assert len(page.all("article")) == len(TABS)
    assert len(Page(typed.get(f"{NIGHT}/recap/imprimer").text).all("article")) == 1


def test_every_night_is_found_by_its_month(typed):
    page = typed.get("/historique?mois=2025-12").text
    assert "Décembre 2025" in page
    assert re.search(r"mardi 23 décembre 2025, .{0,200}en cours</span>", page)
    assert "−9 609,77" in page
    assert "2025-11" in page


def test_the_search_knows_every_field_and_answers_once(anne):
    first = anne.get("/rj/native/champs")
    assert ["recap.cash_ls_lecture", "Comptant LightSpeed — lecture"] in first.json
    again = anne.get("/rj/native/champs", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(("hour", "theme"), [(3, "dark"), (4, "dark"), (12, ""), (20, "")])
def test_the_night_is_dark_by_default(anne, hour, theme):
    with time_machine.travel(datetime(2025, 12, 24, hour, 0, tzinfo=UTC), tick=False):
        page = auditor(anne.application).get("/aide").text
    assert (f'data-theme="{theme}"' if theme else '<html lang="fr-CA">') in page


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_a_theme_that_was_chosen_stays(anne, chosen):
    anne.set_cookie("theme", chosen)
    assert f'data-theme="{chosen}"' in anne.get("/aide").text


def test_the_menu_shows_what_one_may_open(anne):
    assert "/utilisateurs" not in anne.get("/aide").text
    page = Page(anne.get("/aide").text)
    here = [e.attributes["href"] for e in page.all("a") if e.attributes.get("aria-current") == "page"]
    assert set(here) == {"/aide"}


def test_a_file_carries_no_header_that_governs_pages(anne):
    style = next(
        e.attributes["href"]
        for e in Page(anne.get("/aide").text).all("link")
        if e.attributes["href"].endswith("livre.css")
    )
    headers = anne.get(style).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in headers
    assert "X-Request-ID" not in headers
