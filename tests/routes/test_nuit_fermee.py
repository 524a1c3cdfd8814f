"""A night that was closed with remarks on the lines of its lists is still shown, by every page and every address."""

from datetime import date

import pytest

from tests.utils.actions.nights import Person, good, set_policy

PAGES = ("/sommaire", "/sd", "/jour", "/hp_admin", "/setd", "/dueback", "/imprimer", "/journal")


@pytest.fixture
def closed(shared):
    """A night whose lists hold lines that are remarked: no note, no reason, the same person twice."""
    set_policy(shared, date(2020, 1, 1), verrouillage_auto=False)
    night = Person(shared, "auditeur").open()
    people = [{"id": "ligne-aa", "name": "Jean Roy", "amount": "100.00", "verified": "60.00"}]
    people += [{"id": "ligne-bb", "name": "JEAN  ROY", "amount": "10.00", "verified": "10.00"}]
    night.save("sd", {"sd_entries": people})
    night.save("hp_admin", {"hp_admin_entries": [{"id": "ligne-cc", "nourriture": "12.00"}]})
    night.save("jour", {"jour_adj_notes": [{"id": "ligne-dd", "montant": "3.00"}]})
    night.save("setd", {"setd_personnel": [{"id": "ligne-ee", "name": "Jean Roy", "amount": "5.00"}]})
    return night


def test_every_page_and_every_address_of_a_closed_night_answers(closed):
    assert len([name for name in closed.whole()["demandes"]["remarques"] if "ligne-" in name["champ"]]) > 3
    direction = Person(closed.app, "admin", closed.day)
    steps = {
        "submitted": lambda: closed.submit(en_attente=True),
        "locked": lambda: direction.post("/verrouiller"),
        "correcting": lambda: direction.post("/rouvrir", {"motif": "chèque du groupe oublié"}),
    }
    for state, step in steps.items():
        assert good(step())["etat"] == state
        for page in PAGES:
            answer = closed.client.get(f"/rj/native/{closed.day}{page}")
            assert answer.status_code == 200, (state, page, answer.text[:200])
        for tab in ("sd", "hp_admin", "jour", "setd", "sommaire"):
            good(closed.get(f"/{tab}"))
