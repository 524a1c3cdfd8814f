"""Tonight: what to do now in order, and what was typed last."""

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from database.origins import Beside, Origin
from tests.utils.presentation.shown import NIGHT, fr
from tests.utils.rj.build import night
from utils.presentation.marks import Marks
from utils.presentation.sommaire import Ask
from utils.presentation.tonight import LATEST, label_of, latest, tasks
from utils.rj.calculate import recalculate
from utils.rj.catalogue import TABS
from utils.rj.standing import TabStanding

BASE = "/rj/native/2025-12-23"
EVEN = night()


def standing(marks=None, **states):
    """The tabs of a night, all complete but those given."""
    tabs = {tab.key: TabStanding(states.get(tab.key, "complet"), "ok", "manual") for tab in TABS}
    return SimpleNamespace(tabs=tabs, marks=marks or Marks())


def titles(of, where, asks=()):
    return [task.title for task in tasks(of, where, asks, BASE)]


def test_a_night_in_order_is_to_be_submitted():
    (task,) = tasks(EVEN, standing(), (), BASE)
    assert (task.title, task.said, task.href) == ("Soumettre la nuit", "Tout est en ordre.", f"{BASE}/sommaire")


def test_who_may_only_read_is_asked_to_do_nothing():
    assert tasks(EVEN, standing(Marks(editable=False)), (), BASE) == ()


@pytest.mark.parametrize(
    ("left", "title", "verb"),
    [
        (("recap",), "Remplir Recap", "Ouvrir Recap"),
        (("recap", "geac"), "Remplir Recap et GEAC", "Ouvrir Recap"),
        (("hp_admin", "dueback", "sd"), "Remplir Due back, SD et HP / Admin", "Ouvrir Due back"),
    ],
)
def test_tabs_to_fill_are_one_task_in_the_order_of_the_paper(left, title, verb):
    (task,) = tasks(EVEN, standing(**dict.fromkeys(left, "vide")), (), BASE)
    assert (task.title, task.verb) == (title, verb)
    assert task.said == "Ou déclarer « Aucune activité » là où il n’y en a pas eu."


def test_the_sommaire_is_never_to_be_filled():
    assert titles(EVEN, standing(sommaire="en_cours")) == ["Soumettre la nuit"]


def test_two_figures_for_a_cell_are_to_be_settled():
    beside = Beside("450.00", "lightspeed", revision=2)
    marks = Marks(origins={"recap.deposit_cdn": Origin("saisi", beside=beside)})
    task = tasks(NIGHT, standing(marks), (), BASE)[0]
    assert task.title == "Trancher : Dépôt canadien (compté)"
    assert task.said == f"Recap. Saisi {fr('459,40 $')}, Lightspeed rév. 2 {fr('450,00 $')}."
    assert (task.href, task.meaning) == (f"{BASE}/recap#recap.deposit_cdn", "wait")


def test_what_must_be_explained_leads_to_the_check_or_to_the_tab():
    asks = (
        Ask("chk_transelect_x20", "Variance générale des cartes (X20)", "Les terminaux…", must=False),
        Ask("hp_admin.hp_admin_entries[0].raison", "Onglet 8, HP / Admin", "Motif obligatoire.", must=True),
    )
    first, second = tasks(NIGHT, standing(), asks, BASE)
    assert (first.title, first.said, first.verb, first.meaning) == (
        *("Variance générale des cartes (X20)", "Les terminaux…", "Voir", "wait"),
    )
    assert first.href == f"{BASE}/transelect#transelect.transelect_restaurant.visa.positouch"
    assert (second.title, second.said, second.href) == (
        *("Motif obligatoire.", "Onglet 8, HP / Admin.", f"{BASE}/hp_admin"),
    )


def test_what_blocks_comes_first():
    of, _ = recalculate(NIGHT, {"recap.deposit_cdn": Decimal("400.00")})
    found = tasks(of, standing(geac="vide"), (), BASE)
    assert [task.title for task in found if task.meaning == "diff"] == [task.title for task in found[:-1]]
    assert (found[0].title, found[0].verb) == ("Balance du Recap", "Ouvrir le champ")
    assert fr("59,40 $") in found[0].said
    assert found[0].href == f"{BASE}/recap#recap.deposit_cdn"
    assert found[-1].title == "Remplir GEAC"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("recap.deposit_cdn", "Dépôt canadien (compté)"),
        ("controle.audit_date", "Date d’audit"),
        ("dueback.dueback_entries.ligne-000.nouveau", "Nouveau (2e ligne), Réceptionniste 11"),
        ("dueback.dueback_entries.partie.nouveau", "Nouveau (2e ligne)"),
        ("dueback.dueback_entries.ligne-001.inconnu", "inconnu, Réceptionniste 21"),
        ("recap.disparu", "recap.disparu"),
        ("nulle.part.du.tout", "nulle.part.du.tout"),
    ],
)
def test_a_cell_is_called_by_its_label_and_the_person_of_its_line(name, label):
    assert label_of(NIGHT, name) == label


def test_a_key_of_a_map_is_called_by_its_map():
    assert label_of(NIGHT, "transelect.transelect_restaurant.visa.terminals.bar_a").endswith(", bar_a")


def typed(at):
    return Origin("saisi", datetime(2025, 12, 24, *at, tzinfo=UTC).isoformat())


def test_the_last_figures_typed_come_latest_first_and_no_more_than_five():
    keys = ("cash_ls_lecture", "cash_pos_lecture", "remb_gratuite_lecture", "remb_client_lecture", "deposit_cdn")
    origins = {f"recap.{key}": typed((7, minute)) for minute, key in enumerate(keys)}
    origins["jour.jour_adultes"] = typed((7, 59))
    found = latest(NIGHT, Marks(origins=origins), BASE)
    assert len(found) == LATEST
    assert found[0].label == "Jour, Adultes"
    assert (found[0].figure, found[0].said, found[0].href) == ("129", "02:59:00", f"{BASE}/jour#jour.jour_adultes")
    assert [one.label for one in found][1] == "Recap, Dépôt canadien (compté)"


def test_what_no_person_typed_is_not_among_them():
    origins = {
        "recap.deposit_cdn": typed((7, 0))._replace(kind="lightspeed"),
        "recap.deposit_us": typed((7, 1)),
        "recap.disparu": typed((7, 2)),
        "recap.cash_ls_lecture": Origin("saisi"),
    }
    assert latest(NIGHT, Marks(origins=origins), BASE) == ()


def test_a_sum_says_how_it_was_typed_and_a_list_its_amounts():
    origins = {"recap.cash_pos_lecture": typed((7, 0)), "sd.depot_data.client6.amounts": typed((6, 0))}
    marks = Marks(origins=origins, typed={"recap.cash_pos_lecture": "=712,45-16,40"})
    first, second = latest(NIGHT, marks, BASE)
    assert first.said == "02:00:00 · =712,45-16,40"
    assert second.figure == "106,70 + 18,70 + 67,60 + 72,80 + 128,10 + 65,50"
