"""Where each thing of a night is typed, by the words that stand on its page."""

from tests.utils.presentation.shown import NIGHT
from utils.presentation.places import NIL_BOX, REPRISE, places_of


def test_a_cell_is_found_under_its_label_and_a_list_under_its_title():
    found = places_of(NIGHT, ["dueback"])
    assert found["dueback.dueback_entries"] == "Fonds gardés par les réceptionnistes"
    assert found["dueback.sans_activite"] == NIL_BOX
    assert set(found) == {"dueback.dueback_entries", "dueback.sans_activite"}


def test_what_is_calculated_is_typed_nowhere():
    found = places_of(NIGHT, ["recap"])
    assert found["recap.cash_ls_lecture"] == "Comptant LightSpeed, lecture"
    assert found["recap.cash_ls_corr"] == "Comptant LightSpeed, correction"
    assert "recap.cash_ls_net" not in found
    assert "recap.recap_balance" not in found


def test_sealed_envelopes_are_found_by_the_column_they_stand_in():
    found = places_of(NIGHT, ["sd"])
    assert found["sd.depot_data.client6.amounts"] == "Enveloppes scellées du dépôt, Client 6"
    assert found["sd.sd_entries"] == "Une ligne par enveloppe"


def test_tables_side_by_side_are_looked_through():
    found = places_of(NIGHT, ["dbrs"])
    assert found["dbrs.dbrs_market_rows.14"] == "Market Segment, ligne 14"


def test_the_closing_figures_typed_once_have_their_places_too():
    found = places_of(NIGHT, [REPRISE])
    assert found["previous.jour_new_balance"] == "Nouvelle balance de la veille"
    assert found["previous.dueback"] == "Fonds encore chez les réceptionnistes"
    assert found["previous.mtd"] == "Mois à date, jusqu’à la veille"
    assert found["previous.dueback.1.name"] == "Réceptionniste 1"


def test_several_tabs_are_asked_at_once_and_none_says_nothing():
    assert places_of(NIGHT, []) == {}
    both = places_of(NIGHT, ["recap", "dueback"])
    assert both == places_of(NIGHT, ["recap"]) | places_of(NIGHT, ["dueback"])
