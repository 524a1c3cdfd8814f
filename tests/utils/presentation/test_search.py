"""What `/` finds: each field once, under the label that its page gives it."""

from utils.presentation.search import as_json, searched
from utils.rj.catalogue import FIELDS


def test_each_field_is_found_once_under_its_own_name():
    names = [name for name, _ in searched()]
    assert len(names) == len(set(names))
    assert set(names) <= set(FIELDS)


def test_states_and_entries_of_maps_are_not_looked_for():
    names = {name for name, _ in searched()}
    assert not any(name.startswith(("sommaire.statuts.", "sommaire.onglets.")) for name in names)
    assert "dbrs.dbrs_market_rows" not in names
    assert "transelect.transelect_restaurant.visa.terminals" not in names


def test_a_list_of_lines_is_looked_for():
    found = dict(searched())
    assert found["dueback.dueback_entries"] == FIELDS["dueback.dueback_entries"].label
    assert "sd.sd_entries" in found


def test_a_label_has_the_french_apostrophe():
    assert dict(searched())["controle.audit_date"] == "Date d’audit"
    assert not any("'" in label for _, label in searched())


def test_the_page_receives_pairs_in_the_same_order():
    assert as_json()[:3] == [list(one) for one in searched()[:3]]
    assert len(as_json()) == len(searched())
