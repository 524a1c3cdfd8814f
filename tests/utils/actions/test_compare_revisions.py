"""What changed from one revision of a night to another: figure, before, after, who, why."""

import pytest

from tests.pages import Page
from tests.utils.actions.nights import DAY, Person, good

GREEN = {"cash_ls_lecture": "100.00", "cash_pos_lecture": "1.00", "deposit_cdn": "101.00"}


@pytest.fixture
def anne(app):
    anne = Person(app).open()
    anne.save("recap", GREEN)
    anne.save("sd", {"sd_entries": [{"id": "ligne-aa", "name": "Un", "amount": "1.00", "verified": "1.00"}]})
    return anne.lock()


@pytest.fixture
def claire(app, anne):
    """The accountant, who corrected the night twice; the first figure that she corrects she puts back."""
    claire = Person(app, "comptable", DAY).reopen("chèque du 22 oublié")
    claire.save("recap", {"cash_ls_lecture": "110.00", "deposit_cdn": "111.00", "cheque_dr_lecture": "5.00"})
    claire.save("recap", {"cheque_dr_lecture": None})
    claire.save("sd", {"sd_entries": [{"id": "ligne-aa", "amount": "2.00", "verified": "2.00"}]})
    claire.lock().reopen("erreur de la comptable")
    claire.save("recap", {"deposit_cdn": "121.00"}, saisies={"cash_ls_lecture": "=100+20"})
    claire.save("recap", saisies={"cash_ls_lecture": "=60+60"})  # other operands, the same figure
    return claire.lock()


def moved(found):
    """Label, before and after of each change."""
    return {one["libelle"]: (one["avant"], one["apres"]) for one in found["changements"]}


def test_a_night_that_was_never_corrected_has_one_revision(anne):
    [only] = good(anne.get("/revisions"))["revisions"]
    assert (only["numero"], only["par"], only["motif"]) == (1, "Auditeur de démonstration", None)
    assert anne.get("/revisions/1/2").status_code == 404
    assert anne.get("/revisions/1/1").status_code == 404


def test_each_revision_says_who_submitted_it_and_why_it_was_opened(claire):
    found = good(claire.get("/revisions"))["revisions"]
    assert [one["numero"] for one in found] == [1, 2, 3]
    assert [one["motif"] for one in found] == [None, "chèque du 22 oublié", "erreur de la comptable"]
    assert [one["par"].partition(" ")[0] for one in found] == ["Auditeur", "Comptable", "Comptable"]


def test_between_two_revisions_each_figure_that_ends_otherwise(claire):
    found = good(claire.get("/revisions/1/2"))
    assert moved(found) == {
        "Comptant LightSpeed — lecture": ('"100.00"', '"110.00"'),
        "Dépôt canadien (compté)": ('"101.00"', '"111.00"'),
        "Employés — Montant": ('"1.00"', '"2.00"'),
        "Employés — Montant vérifié": ('"1.00"', '"2.00"'),
    }
    assert {one["motif"] for one in found["changements"]} == {"chèque du 22 oublié"}
    figures = {one["champ"]: (one["avant"], one["apres"]) for one in found["chiffres"]}
    assert figures["recap.deposit_cdn"] == ("101.00", "111.00")


def test_any_two_are_compared_in_either_order(claire):
    whole = good(claire.get("/revisions/3/1"))
    assert (whole["de"], whole["a"]) == (1, 3)
    assert moved(whole)["Comptant LightSpeed — lecture"] == ('"100.00"', '"120.00"')
    last = good(claire.get("/revisions/2/3"))
    assert moved(last)["Comptant LightSpeed — lecture"] == ('"110.00"', '"120.00"')
    assert {one["motif"] for one in last["changements"]} == {"erreur de la comptable"}


def test_the_page_the_sommaire_and_the_paper_say_it(claire):
    base = f"/rj/native/{DAY}"
    for place in ("revisions", "sommaire", "sommaire/imprimer"):
        words = " ".join(Page(claire.client.get(f"{base}/{place}").text).words())
        assert "Ce qui a changé depuis la révision 1" in words, place
        assert "Comptant LightSpeed — lecture" in words
        assert "erreur de la comptable" in words
    assert "depuis la révision 2" in claire.client.get(f"{base}/revisions?de=2&a=3").text
    assert "Choisir deux révisions différentes" in claire.client.get(f"{base}/revisions?de=2&a=2").text
    assert claire.client.get(f"{base}/revisions?de=un").status_code == 404
    assert claire.client.get(f"{base}/revisions?de=2&a=9").status_code == 404
