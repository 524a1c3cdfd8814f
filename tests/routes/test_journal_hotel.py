"""The journal of a hotel: searched, paged, exported with its proof and without formulas."""

import csv
import io

import pytest
from sqlalchemy import select

from database import journal, properties
from database.journal import Actor, Entry
from database.models import JournalHead
from database.transaction import read, write
from tests.applications import login
from tests.database.conftest import NOW
from tests.routes.test_api_nuit import DAY, NIGHT, opened
from utils.presentation.spreadsheet import csv_text, harmless


@pytest.fixture
def told(app, client):
    """A night opened and typed in, and one strange reason; the controller reads."""
    auditor = app.test_client()
    login(auditor, "auditeur@demo.hotel")
    version = opened(auditor)
    values = {"deposit_cdn": "469.40", "cash_ls_lecture": "10.00"}
    assert auditor.patch(f"{NIGHT}/recap", json={"version": version, "values": values}).status_code == 200
    with app.app_context(), write() as connection:
        hotel = properties.property_by_code(connection, "DEMO").id
        entry = Entry("motif", field="essai", reason="=HYPERLINK(1)")
        journal.append(connection, hotel, Actor(None, "@intrus"), NOW, [entry])
    login(client, "controleur@demo.hotel")
    return client


def rows_of(answer):
    """The rows of an export."""
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("", ["Auditeur de démonstration", "Hôtel créé", "Réglage"], []),
        ("?qui=Auditeur de démonstration", ["Saisie"], ["HYPERLINK"]),
        ("?qui=AUDITEUR DE DE\u0301MONSTRATION", ["Saisie"], ["HYPERLINK"]),
        ("?qui=Auditeur\u3000de démonstration\u200b", ["Saisie"], ["HYPERLINK"]),
        ("?champ=recap.deposit_cdn", ["469,40"], ["HYPERLINK", ">essai<"]),
        ("?champ=DEPOSIT", ["469,40"], ["HYPERLINK"]),
        ("?champ=100%25", ["Rien ne répond"], []),
        (f"?nuit={DAY}", ["Nuit ouverte"], ["Réglage : "]),
        ("?action=saisie", ["Saisie"], ["Nuit ouverte :"]),
        ("?du=2025-12-24&au=2025-12-24", ["HYPERLINK"], ["469,40"]),
        ("?du=2099-01-01", ["Rien ne répond"], []),
        ("?qui=%00personne", ["Rien ne répond"], []),
    ],
)
def test_it_is_searched(told, query, there, absent):
    page = told.get(f"/journal{query}")
    assert page.status_code == 200
    body = page.text.partition("<tbody>")[2]
    for word in there:
        assert word in body
    for word in absent:
        assert word not in body


def test_the_person_searched_is_the_one_shown(told):
    page = told.get("/journal?qui=AUDITEUR DE DE\u0301MONSTRATION")
    assert "<option selected>Auditeur de démonstration</option>" in page.text
    assert [row for row in rows_of(told.get("/journal/export.csv?qui=auditeur de démonstration")) if "saisie" in row]


def test_a_date_that_is_none_is_refused_with_a_sentence(told):
    answer = told.get("/journal?nuit=hier")
    assert (answer.status_code, "AAAA-MM-JJ" in answer.text) == (422, True)
    assert told.get("/journal?avant=-1").status_code == 404


def test_long_journals_come_page_by_page(app, told):
    with app.app_context(), write() as connection:
        hotel = properties.property_by_code(connection, "DEMO").id
        many = [Entry("essai", field=f"champ{n}") for n in range(150)]
        journal.append(connection, hotel, Actor(None, "essai"), NOW, many)
    first = told.get("/journal?action=essai").text
    assert "champ149" in first
    assert "champ49<" not in first
    following = first.partition('href="/journal?action=essai&amp;avant=')[2].partition('"')[0]
    second = told.get(f"/journal?action=essai&avant={following}").text
    assert "champ49<" in second
    assert "champ0<" in second
    assert "Plus ancien" not in second


def test_an_export_carries_the_proof_and_no_formula(app, told):
    rows = rows_of(told.get("/journal/export.csv"))
    with app.app_context(), read() as connection:
        head = connection.execute(select(JournalHead)).one()
    assert rows[0][:4] == ["séquence", "instant", "qui", "action"]
    entries = [row for row in rows[1:] if len(row) == 14]
    assert [int(row[0]) for row in entries] == list(range(1, head.seq + 1))
    assert entries[-1][13] == head.hash
    assert (entries[-1][2], entries[-1][11]) == ("'@intrus", "'=HYPERLINK(1)")
    assert rows[-3:] == [
        ["preuve", "dernière séquence", str(head.seq)],
        ["preuve", "empreinte", head.hash],
        ["preuve", "vérification", "le journal se vérifie du début à la fin"],
    ]


def test_a_search_is_exported_as_it_was_searched(told):
    rows = rows_of(told.get("/journal/export.csv?champ=deposit_cdn"))
    assert {row[6] for row in rows[1:] if len(row) == 14} == {"deposit_cdn"}


def test_who_may_export_is_a_right(app, told):
    auditor = app.test_client()
    login(auditor, "auditeur@demo.hotel")
    assert "Exporter" not in auditor.get("/journal").text
    assert auditor.get("/journal/export.csv").status_code == 403


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\u00a0=1", "＝1", "\r1"])
def test_what_a_spreadsheet_would_calculate_becomes_text(text):
    assert harmless(text) == f"'{text}"
    [[cell]] = csv.reader(io.StringIO(csv_text([[text]]).removeprefix("\ufeff"), newline=""), delimiter=";")
    assert cell == f"'{text}"


def test_the_rest_is_left_as_it_is():
    assert [harmless(text) for text in ("12,50", "", "a=b", "l'été")] == ["12,50", "", "a=b", "l'été"]
