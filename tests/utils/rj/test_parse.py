"""Tabs to inputs: the fields given, in a night file and in a change."""

from utils.rj.catalogue import FIELDS
from utils.rj.parse import columns_of, given_leaves, leaves, read_map, read_tab, refuse_long_lists
from utils.rj.reading import MAX_LINES, Reader

PEOPLE = FIELDS["dueback.dueback_entries"]
BATCHES = FIELDS["transelect.transelect_restaurant.visa.terminals"]
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
    assert [key for key, _, _ in columns_of(PEOPLE)] == ["name", "previous", "nouveau"]
    assert columns_of(FIELDS["sd.sd_entries"])[2] == ("currency", "choice", ("CDN", "US"))


def told(reader):
    """Path and sentence of each problem."""
    return [(problem.path, problem.message) for problem in reader.problems]


def test_a_map_keeps_the_key_in_its_one_spelling_and_passes_over_what_is_empty():
    reader = Reader()
    given = {" bar  a ": "1.00", "bar b": None, "bar c": ""}
    assert read_map(BATCHES, given, reader, "lots") == {"bar a": 1}
    assert told(reader) == []


def test_two_spellings_of_one_key_are_refused_rather_than_added():
    reader = Reader()
    assert read_map(BATCHES, {"bar a": "1.00", "bar  a": "2.00"}, reader, "lots") == {"bar a": 1}
    assert told(reader) == [("lots.bar a", "La clé « bar a » est donnée deux fois.")]


def test_a_map_has_as_many_keys_as_a_list_has_lines():
    reader = Reader()
    whole = {f"bar {number}": "1.00" for number in range(MAX_LINES)}
    assert len(read_map(BATCHES, whole, reader, "lots")) == MAX_LINES
    assert told(reader) == []
    assert read_map(BATCHES, whole | {"bar de trop": "1.00"}, reader, "lots") == {}
    assert told(reader) == [("lots", "La liste « Lots Visa » a au plus 500 lignes; 501 sont données.")]


def of_length(before, after):
    """The problems of a change from one length of the list of persons to another."""
    reader = Reader()
    name = f"dueback.{PEOPLE.key}"
    refuse_long_lists({name: ({},) * before} if before else {}, {name: ({},) * after}, reader)
    return told(reader)


def test_a_list_does_not_grow_beyond_its_bound_and_one_already_longer_may_be_shortened():
    refusal = "La liste « Réceptionnistes » a au plus 500 lignes; {} sont données."
    assert of_length(0, MAX_LINES) == of_length(MAX_LINES - 1, MAX_LINES) == []
    assert of_length(0, 501) == of_length(MAX_LINES, 501) == [("dueback.dueback_entries", refusal.format(501))]
    assert of_length(600, 599) == of_length(600, 600) == []
    assert of_length(600, 601) == [("dueback.dueback_entries", refusal.format(601))]


def test_a_map_is_bounded_likewise_and_a_text_is_no_list():
    reader = Reader()
    name = f"transelect.{BATCHES.key}"
    long = {f"bar {number}": 1 for number in range(501)}
    refuse_long_lists({}, {name: long, "recap.recap_corr_notes": "a" * 501}, reader)
    assert [path for path, _ in told(reader)] == [name]
