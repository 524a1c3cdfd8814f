"""The nights gone by: month and year to date, two nights compared, a person followed, what is searched."""

import pytest

from tests.applications import login
from tests.utils.actions.nights import Person

DAY, AFTER = "2025-12-10", "2025-12-11"


@pytest.fixture
def anne(app_sqlite):
    """The auditor, two nights filled with a person and a note."""
    anne = Person(app_sqlite, "auditeur", DAY).open()
    anne.save("jour", {"jour_room_revenue_brut": "1000.00", "jour_rooms_total": 100})
    anne.save("dueback", {"dueback_entries": [{"name": "Zoé Tremblay", "nouveau": "200.00"}]})
    anne.save("sd", {"sd_entries": [{"department": "spesa", "name": "Ana", "currency": "CDN"}]})
    anne.on(AFTER).open()
    anne.on(AFTER).save("jour", {"jour_room_revenue_brut": "1250.50", "jour_rooms_total": 100})
    entries = [{"name": "zoé tremblay", "previous": "-200.00", "nouveau": "150.00"}]
    anne.on(AFTER).save("dueback", {"dueback_entries": entries})
    return anne


def test_the_month_says_its_sums_and_leads_to_the_rest(anne):
    page = anne.client.get("/historique?mois=2025-12").text
    assert f'au <a href="/rj/native/{AFTER}">' in page
    for address in ("/historique/comparer", "/historique/personnes", "/historique/chercher"):
        assert address in page


def test_two_nights_are_compared_figure_by_figure(anne):
    page = anne.client.get(f"/historique/comparer?une={DAY}&autre={AFTER}").text
    row = next(line for line in page.split("<tr>") if ">Chambres</th>" in line)
    for shown in ("1\u00a0000,00", "1\u00a0250,50", "250,50"):
        assert shown in row
    assert "Chambres occupées" not in page  # the same in both
    assert anne.client.get(f"/historique/comparer?une={DAY}&autre=2025-12-12").status_code == 404
    assert anne.client.get("/historique/comparer").status_code == 200


def test_a_person_is_followed_under_all_spellings(app_sqlite, anne):
    period = f"du={DAY}&au={AFTER}"
    assert "Zoé Tremblay" in anne.client.get(f"/historique/personnes?{period}").text
    page = anne.client.get(f"/historique/personnes?{period}&nom=ZOÉ TREMBLAY").text
    assert f'href="/rj/native/{DAY}"' in page
    assert f'href="/rj/native/{AFTER}"' in page
    total = page.partition("<tfoot>")[2]
    assert [one in total for one in ("\u2212200,00", "350,00", "150,00")] == [True] * 3
    assert "ne nomme Personne" in anne.client.get(f"/historique/personnes?{period}&nom=Personne").text
    assert anne.client.get(f"/historique/personnes?du={AFTER}&au={DAY}").status_code == 422
    client = app_sqlite.test_client()
    login(client, "adjoint@demo.hotel")
    assert client.get("/historique/personnes").status_code == 403
    assert "/historique/personnes" not in client.get("/historique?mois=2025-12").text


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("zoe TREMBLAY", {DAY, AFTER}),
        ("1 250,50", {AFTER}),
        ("-200", {DAY, AFTER}),
        ("100%", set()),
        ("_", set()),
        ('"', set()),
        ("rien de tel", set()),
        ("spesa", set()),  # the code of a choice
    ],
)
def test_a_text_or_an_amount_leads_to_its_nights(anne, sought, found):
    page = anne.client.get("/historique/chercher", query_string={"q": sought}).text
    assert {day for day in (DAY, AFTER) if f"/rj/native/{day}" in page} == found
