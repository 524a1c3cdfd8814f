"""A night submitted with a warning: the same sentence and the same reason on page, paper, API, mail and alert."""

import html
import re

import pytest

from tests.saisie import DAY, night, opened, person, rows, save
from tests.utils.actions.nights import REASON, wanted
from utils import dates
from utils.actions.notifications import send_digest
from utils.dates import read_date

WHY = "Chèque de 54 $ retrouvé après l’audit, déposé demain"
PAGE = f"/rj/native/{DAY}"


def words(page):
    """The text of a page, its spaces made one."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.fixture
def submitted(app):
    """A night with 54 dollars unexplained, submitted with its reasons."""
    auditor = person(app)
    opened(auditor)
    save(
        auditor, "jour", {"jour_opening_balance": "0.00", "jour_guest_ledger": "0.00", "jour_deposit_on_hand": "54.00"}
    )
    demands = auditor.get(night()).json["demandes"]
    assert [one["cle"] for one in demands["avertissements"]] == ["chk_diff_caisse"]
    motifs = dict.fromkeys(wanted(demands), REASON) | {"chk_diff_caisse": WHY}
    assert auditor.post(night(DAY, "/soumettre"), json={"motifs": motifs}).status_code == 200
    return app, auditor


def test_the_sentence_and_the_reason_are_the_same_everywhere(submitted):
    app, auditor = submitted
    verdict = auditor.get(night()).json["verdict"]
    assert verdict["code"] == "incomplete"
    assert verdict["mot"] == "incomplète, 1 avertissement"
    sentence = verdict["phrase"].replace("\N{NO-BREAK SPACE}", " ")
    assert sentence.endswith(f"; avec 1 avertissement : −54,00 $ inexpliqués, motif « {WHY} »")
    manager = person(app, "directeur")
    with app.app_context():
        assert send_digest(1, read_date(DAY), dates.now()) == 3
    assert auditor.post(night(DAY, "/envoyer")).status_code == 200, "the alert is seen without waiting"
    [alert] = rows(app, "SELECT sentence FROM alerts WHERE kind = 'rj_submitted'")
    mails = rows(app, "SELECT body_text, body_html FROM outbox_messages WHERE kind IN ('rj_submitted', 'daily_digest')")
    assert len(mails) == 6
    seen = [manager.get(f"{PAGE}/sommaire").text, manager.get(f"{PAGE}/sommaire/imprimer").text, *alert]
    seen += [manager.get(f"{PAGE}/imprimer").text, manager.get("/notifications").text]
    for text in (*seen, *(body for mail in mails for body in mail)):
        assert f"est {sentence}." in words(text)
        assert "équilibrée" not in words(text)


def test_each_reason_stands_where_it_answers_with_who_and_when(submitted):
    _, auditor = submitted
    page = words(auditor.get(f"{PAGE}/sommaire").text)
    assert f"Motif « {WHY} », par Auditeur de démonstration, le {dates.now():%Y}" in page
    assert f"3, Recap (onglet laissé) : Motif « {REASON} », par Auditeur de démonstration" in page


def test_the_lists_say_the_words_of_the_page(submitted):
    _, auditor = submitted
    month = words(auditor.get(f"/historique?mois={DAY[:7]}").text)
    assert month.count("incomplète, 1 avertissement") >= 2
    assert "à voir" not in month


def test_the_journal_names_the_fields_of_reasons_in_french(app):
    auditor = person(app)
    opened(auditor)
    save(auditor, "recap", {"remb_client_lecture": "5.00", "cash_ls_lecture": "10.00"})
    demands = auditor.get(night()).json["demandes"]
    assert "recap.remb_client_lecture" in [one["champ"] for one in demands["remarques"]]
    motifs = dict.fromkeys(wanted(demands), REASON)
    answer = auditor.post(night(DAY, "/soumettre"), json={"motifs": motifs, "en_attente": True})
    assert answer.status_code == 200, answer.text
    for address in (f"{PAGE}/journal", "/journal", f"{PAGE}/sommaire"):
        text = words(auditor.get(address).text)
        assert "Moins remboursement client — lecture" in text
        assert "recap.remb_client_lecture" not in text
    labels = {one["champ"]: one["libelle"] for one in auditor.get(night(DAY, "/journal")).json["entrees"]}
    assert labels["recap.remb_client_lecture"] == "Moins remboursement client — lecture"
    assert labels["onglets.sd"] == "État de l'onglet SD / Dépôt"


def test_a_waived_night_is_no_blocking_one_in_the_lists(app):
    auditor, manager = person(app), person(app, "directeur")
    opened(auditor)
    save(auditor, "recap", {"cash_ls_lecture": "100.00", "cash_pos_lecture": "1.00", "deposit_cdn": "90.00"})
    given = {"check": "chk_recap", "motif": "Enveloppe retrouvée au coffre"}
    assert manager.post(night(DAY, "/derogations"), json=given).status_code == 200
    motifs = dict.fromkeys(wanted(auditor.get(night()).json["demandes"]), REASON)
    assert auditor.post(night(DAY, "/soumettre"), json={"motifs": motifs}).json["etat"] == "locked"
    phrase = auditor.get(night()).json["verdict"]["phrase"].replace("\N{NO-BREAK SPACE}", " ")
    waived = "avec 1 dérogation de Directeur de démonstration : Balance du Recap 11,00 $"
    assert f"{waived}, motif « Enveloppe retrouvée au coffre »" in phrase
    month = words(auditor.get(f"/historique?mois={DAY[:7]}").text)
    assert "1 dérogation" in month
    assert "bloquant" not in month


def test_a_difference_that_waits_for_papers_is_said_so_in_the_band_and_in_the_margin(app):
    auditor = person(app)
    opened(auditor)
    save(auditor, "jour", {"jour_opening_balance": "0.00", "jour_guest_ledger": "0.00", "jour_deposit_on_hand": "0.00"})
    page = auditor.get(f"{PAGE}/sommaire").text
    assert page.count("</svg>en attente</span>") > 1
    assert "</svg>expliquée</span>" not in page
    assert "</svg>équilibré</span>" not in page


def test_an_empty_night_is_not_said_to_have_nothing_that_blocks(app):
    auditor = person(app)
    opened(auditor)
    page = words(auditor.get(f"{PAGE}/sommaire").text)
    assert "Aucun contrôle ne bloque." not in page
    assert "aucun bloquant." not in page
    assert "Il n’y a rien à soumettre." in page
    assert 'data-action="soumettre"' not in auditor.get(f"{PAGE}/sommaire").text
