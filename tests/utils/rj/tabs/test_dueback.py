"""Due back: what receptionists keep of the deposit, and what comes back of it."""

import pytest

from tests.utils.rj.build import figure, figures, night
from utils.rj.reading import Refused

TOTALS = ("dueback_total", "dueback_encours", "dueback_rj", "dueback_z")


def due(*lines, **tabs):
    return night(dueback={"dueback_entries": list(lines)}, **tabs)


def test_the_net_of_a_night_is_what_was_kept_less_what_came_back():
    of = due({"name": "A", "previous": "-300.00", "nouveau": "323.42"}, {"name": "B", "nouveau": "329.68"})
    assert figures(of, "dueback", *TOTALS) == ["353.10", "653.10", "-353.10", "0.00"]


def test_the_net_of_each_receptionist_is_calculated():
    of = due({"name": "A", "previous": "-300.00"}, {"name": "B"}, {"name": "C", "nouveau": "0.00"})
    nets = of.values["dueback.dueback_entries[].net"]
    assert [None if net is None else f"{net}" for net in nets] == ["-300.00", None, "0.00"]


def test_the_net_goes_through_the_recap_to_the_jour():
    of = due({"name": "A", "nouveau": "10.00"})
    assert figure(of, "recap.dueback_reception_lecture") == "10.00"
    assert figure(of, "jour.jour_dueback_reception") == "-10.00"


def test_a_figure_typed_over_at_the_jour_shows_in_the_control():
    of = due({"name": "A", "nouveau": "10.00"}, jour={"jour_dueback_reception": "-9.00"})
    assert figures(of, "dueback", "dueback_rj", "dueback_z") == ["-9.00", "1.00"]
    assert figure(of, "sommaire.statuts.chk_dueback") != "ok"


def test_a_receptionist_without_figures_is_nil_and_no_line_is_nothing():
    assert figures(due({"name": "A"}), "dueback", "dueback_total", "dueback_encours") == ["0.00", "0.00"]
    assert figures(due(), "dueback", *TOTALS) == [None] * 4


def test_the_same_person_twice_is_refused():
    with pytest.raises(Refused):
        due({"name": "Réceptionniste 11", "nouveau": "1.00"}, {"name": "réceptionniste 11", "nouveau": "2.00"})


@pytest.mark.parametrize(
    ("given", "state"),
    [({}, "vide"), ({"sans_activite": True}, "sans_activite"), ({"dueback_entries": [{"name": "A"}]}, "complet")],
)
def test_the_tab_is_complete_with_its_total(given, state):
    assert figure(night(dueback=given), "sommaire.onglets.dueback") == state
