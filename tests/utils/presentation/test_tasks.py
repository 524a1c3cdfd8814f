"""What is left to do of a night: in the order of the work, each with its minutes and its button."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.utils.presentation.shown import NIGHT, fr
from tests.utils.rj.build import night
from utils.presentation.marks import Marks
from utils.presentation.papers import Paper
from utils.presentation.sommaire import Ask
from utils.presentation.tasks import WORK, tasks
from utils.rj.calculate import recalculate
from utils.rj.catalogue import TABS
from utils.rj.standing import TabStanding

BASE = "/rj/native/2025-12-23"
EVEN = night()


def standing(marks=None, **states):
    """The tabs of a night, all complete but those given."""
    tabs = {tab.key: TabStanding(states.get(tab.key, "complet"), "ok", "manual") for tab in TABS}
    return SimpleNamespace(tabs=tabs, marks=marks or Marks())


def made(of=EVEN, asks=(), batches=(), **states):
    return tasks(of, standing(**states), asks, BASE, batches)


def test_every_tab_but_the_sommaire_has_its_work():
    assert set(WORK) == {tab.key for tab in TABS} - {"sommaire"}


def test_a_night_in_order_is_to_be_submitted():
    (task,) = made()
    assert (task.title, task.said, task.href) == ("Relire et soumettre", "Tout est en ordre.", f"{BASE}/sommaire")
    assert (task.minutes, task.waits) == (16, "")


def test_who_may_only_read_is_asked_to_do_nothing():
    assert tasks(EVEN, standing(Marks(editable=False)), (), BASE, ()) == []


def test_tabs_come_in_the_order_of_the_work_and_what_follows_another_says_so():
    found = made(recap="en_cours", setd="vide", sd="vide", jour="vide")
    assert [(one.title, one.minutes, one.waits) for one in found] == [
        ("Compter les enveloppes du coffre", 20, ""),
        ("Remplir le Recap", 5, ""),
        ("Répartir le surplus", 5, "après la 1"),
        ("Saisir le Sales Journal", 25, ""),
        ("Relire et soumettre", 16, "à la fin"),
    ]
    assert found[1].said.startswith("Commencé.")
    assert (found[0].verb, found[0].href) == ("Compter", f"{BASE}/sd")
    assert made(setd="vide")[0].waits == ""


def test_a_batch_that_lacks_comes_before_the_tabs_with_its_first_cell():
    cell = f"{BASE}/transelect#transelect.transelect_restaurant.debit.terminals.bar_c"
    first, *_ = made(batches=[Paper("lot de Bar C", "14 nuits sur 14", "4, Transelect", cell, came=False)], jour="vide")
    assert (first.title, first.said) == (
        "Saisir le lot de Bar C",
        "4, Transelect. Attendu : il y était 14 nuits sur 14.",
    )
    assert (first.minutes, first.href) == (3, cell)


def test_what_must_be_explained_leads_to_the_check_or_to_the_tab():
    asks = (
        Ask("chk_transelect_x20", "Variance générale des cartes (X20)", "Les terminaux…", must=False),
        Ask("hp_admin.hp_admin_entries[0].raison", "Onglet 8, HP / Admin", "Motif obligatoire.", must=True),
    )
    first, second, _ = made(NIGHT, asks)
    assert (first.title, first.said, first.verb, first.meaning) == (
        *("Variance générale des cartes (X20)", "Les terminaux…", "Voir", "wait"),
    )
    assert first.href == f"{BASE}/transelect#transelect.transelect_restaurant.visa.positouch"
    assert (second.title, second.said, second.verb, second.href) == (
        *("Motif obligatoire.", "Onglet 8, HP / Admin.", "Ouvrir HP / Admin", f"{BASE}/hp_admin"),
    )


def test_what_blocks_comes_first():
    of, _ = recalculate(NIGHT, {"recap.deposit_cdn": Decimal("400.00")})
    found = made(of, geac="vide")
    assert [task.title for task in found if task.meaning == "diff"] == [task.title for task in found[:-2]]
    assert (found[0].title, found[0].verb) == ("Balance du Recap", "Ouvrir le champ")
    assert fr("59,40 $") in found[0].said
    assert found[0].href == f"{BASE}/recap#recap.deposit_cdn"
    assert [task.title for task in found[-2:]] == ["Vérifier le GEAC", "Relire et soumettre"]


@pytest.mark.parametrize("state", ["complet", "sans_activite"])
def test_what_is_finished_is_no_task(state):
    assert [one.title for one in made(dbrs=state)] == ["Relire et soumettre"]
