"""The papers of a night: every demonstration hotel's, and nobody else's."""

from datetime import date

import pytest
from sqlalchemy import text

from database.transaction import migrate
from database.triggers import drop, install
from tests.pages import Page
from tests.utils.actions.nights import PEOPLE, Person
from utils.actions.demonstration import exercise
from utils.actions.person import Machine


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_of_a_demonstration_reads_them(app_sqlite, who):
    page = Person(app_sqlite, who).client.get("/papiers/2026-03-08")
    assert page.status_code == 200
    for title in ("Feuille du coffre", "Sales Journal for Entire House", "Lot du terminal Bar A", "Films de la nuit"):
        assert title in page.text


def test_each_line_leads_to_a_place_that_exists(app_sqlite):
    client = Person(app_sqlite).client
    client.post("/api/rj/native/session/2026-03-08")
    links = [link.attributes["href"].split("#") for link in Page(client.get("/papiers/2026-03-08").text).all("a")]
    found = [(path, name) for path, *anchor in links for name in anchor if path]
    pages = {path: Page(client.get(path).text).with_attribute("id") for path, _ in found}
    known = {(path, one.attributes["id"]) for path, elements in pages.items() for one in elements}
    assert len(found) > 80
    assert set(found) - known == set()


def test_a_first_night_has_the_paper_of_its_reprise_and_no_other_night(app_sqlite):
    client = Person(app_sqlite).client
    assert "Reprise de la veille" in client.get("/papiers/2026-03-08").text
    client.post("/api/rj/native/session/2026-03-08")
    assert "Reprise de la veille" in client.get("/papiers/2026-03-08").text
    assert "Reprise de la veille" not in client.get("/papiers/2026-03-09").text


@pytest.mark.parametrize("day", ["2023-12-31", "2024-01-01", "hier", "2026-02-30"])
def test_no_papers_of_a_date_that_has_none(app_sqlite, day):
    assert Person(app_sqlite).client.get(f"/papiers/{day}").status_code == 404


def test_a_real_hotel_has_none(app_sqlite):
    one = Person(app_sqlite)
    with app_sqlite.app_context(), migrate() as connection:
        drop(connection)
        connection.execute(text("UPDATE properties SET demo = 0"))
        install(connection)
    assert one.client.get("/papiers/2026-03-08").status_code == 404


def apart(night):
    """The tabs whose amount of the band is not nil."""
    return {one["onglet"] for one in night["bande"] if one["valeur"] not in (None, "0.00")}


def test_an_exercise_is_a_night_almost_done_with_two_errors_that_can_be_found(app_sqlite):
    person = Person(app_sqlite, day="2026-03-09")
    client, papers = person.client, "/papiers/2026-03-09"
    assert "deux erreurs à trouver" in client.get(papers).text
    assert "deux erreurs à trouver" in client.get("/rj/native/2026-03-09").text
    begun = client.post(f"{papers}/exercice")
    assert (begun.status_code, begun.location) == (303, "/rj/native/2026-03-09/sommaire")
    assert "0 corrigée" in client.get(papers).text
    night = person.whole()
    assert night["etat"] == "in_progress"
    assert night["lightspeed"]["statut"] == "complete"
    assert apart(night) >= {"jour", "transelect"}
    again = client.post(f"{papers}/exercice")
    assert again.status_code == 409
    assert "rien n’est tapé" in again.text
    with app_sqlite.app_context():
        found = exercise.exercise_of(Machine(1, "essai"), date(2026, 3, 9))
    for one in found:
        for name, right, _ in one.hidden.cells:
            tab, *keys = name.split(".")
            value = right
            for key in reversed(keys):
                value = {key: value}
            person.save(tab, value)
    assert "2 corrigées" in client.get(papers).text
    assert apart(person.whole()) == set()


def test_an_exercise_is_for_those_who_fill_and_for_a_demonstration_only(app_sqlite):
    assert Person(app_sqlite, "comptable").client.post("/papiers/2026-03-09/exercice").status_code == 403
    with app_sqlite.app_context(), migrate() as connection:
        drop(connection)
        connection.execute(text("UPDATE properties SET demo = 0"))
        install(connection)
    assert Person(app_sqlite).client.post("/papiers/2026-03-09/exercice").status_code == 404
