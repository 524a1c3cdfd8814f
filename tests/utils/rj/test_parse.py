"""Tabs to inputs: the fields given, in a night file and in a change."""

from utils.rj.catalogue import FIELDS
from utils.rj.parse import columns_of, given_leaves, is_amount, leaves, read_tab
from utils.rj.reading import Reader

CHANGE = {"cash_ls_lecture": None, "cash_pos_lecture": "", "cheque_ar_lecture": "1.00", "cash_ls_net": "1.00"}


def test_in_a_night_file_what_is_empty_is_passed_over():
    found = [(field.key, value, path) for field, value, path in leaves("recap", CHANGE, Reader(), "tabs.recap")]
    assert found == [("cheque_ar_lecture", "1.00", "tabs.recap.cheque_ar_lecture")]


def test_in_a_change_null_empties_a_field():
    reader = Reader()
    found = [(field.key, value) for field, value, _ in given_leaves("recap", CHANGE, reader, "values")]
    assert found == [("cash_ls_lecture", None), ("cash_pos_lecture", ""), ("cheque_ar_lecture", "1.00")]
    assert [problem.path for problem in reader.problems] == ["values.cash_ls_net"]


def test_an_object_of_the_night_file_leads_to_its_fields():
    given = {"geac_balance_sheet": {"prev_dr": "1.00", "prev_gl": None}, "geac_cashout": None}
    assert dict(read_tab("geac", given, Reader(), "tabs.geac")) == {"geac.geac_balance_sheet.prev_dr": 1}


def test_the_columns_a_person_may_fill():
    assert [key for key, _, _ in columns_of(FIELDS["dueback.dueback_entries"])] == ["name", "previous", "nouveau"]
    assert columns_of(FIELDS["sd.sd_entries"])[2] == ("currency", "choice", ("CDN", "US"))


def test_an_amount_is_a_field_of_one_amount():
    amounts = ("recap.cash_ls_lecture", "jour.jour_adr")
    others = ("jour.jour_adultes", "sd.depot_data.client6.amounts", "transelect.transelect_restaurant.visa.terminals")
    assert all(is_amount(FIELDS[name]) for name in amounts)
    assert not any(is_amount(FIELDS[name]) for name in others)
