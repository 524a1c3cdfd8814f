"""What a check is by itself: the figure of a tab that it judges, or none."""

from tests.utils.rj.golden import COMPLETE, night
from utils.rj.checks import CHECKS

BY_KEY = {check.key: check for check in CHECKS}


def test_a_check_that_copies_a_figure_judges_it():
    assert BY_KEY["chk_recap"].judges == "recap.recap_balance"
    assert BY_KEY["chk_diff_caisse"].judges == "jour.jour_diff_caisse_residu"
    values = night(COMPLETE).values
    judged = {check.key: check.judges for check in CHECKS if check.judges}
    assert {key: values.get(f"sommaire.{key}") for key in judged} == {
        key: values.get(name) for key, name in judged.items()
    }


def test_a_check_that_compares_figures_judges_none_of_them():
    assert {BY_KEY[key].judges for key in ("chk_ouverture", "chk_sd_depot", "chk_dueback_report")} == {""}
