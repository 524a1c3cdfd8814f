"""Two people on one night: what merges, what quarrels, what a request sent twice does. On both engines."""

import pytest

from tests.utils.actions.nights import DAY, book, problems, rows

A, B = "ligne-aa", "ligne-bb"
ENTRY = {"id": A, "name": "Réceptionniste 1", "amount": "100.00", "verified": "101.00"}


def conflicts(answer):
    """Both values of each conflict, by path."""
    assert answer.status_code == 409, answer.text
    assert answer.content_type == "application/problem+json"
    return {found["chemin"]: (found["votre"], found["actuelle"]) for found in answer.json["conflits"]}


# fields


def test_different_fields_of_one_tab_merge(anne, benoit):
    anne.save("recap", {"cash_ls_lecture": "100.00"}, version=1)
    benoit.save("recap", {"cash_pos_lecture": "50.00"}, version=1)
    assert anne.values("recap") == {"cash_ls_lecture": "100.00", "cash_pos_lecture": "50.00"}
    assert benoit.tab("recap")["computed"]["recap_total_recettes"] == "150.00"


def test_different_tabs_merge(anne, benoit):
    anne.save("recap", {"cash_ls_lecture": "100.00"}, version=1)
    answer = benoit.save("internet", {"internet_ls_361": "20.00"}, version=1)
    assert answer["version"] == 3
    assert anne.values("recap") == {"cash_ls_lecture": "100.00"}


def test_the_same_field_shows_both_values_and_keeps_nothing(shared, anne, benoit):
    anne.save("recap", {"cash_ls_lecture": "100.00"}, version=1)
    before = book(shared)
    answer = benoit.patch("recap", {"cash_ls_lecture": "90.00", "cash_pos_lecture": "50.00"}, version=1)
    assert conflicts(answer) == {"recap.cash_ls_lecture": ("90.00", "100.00")}
    assert answer.json["conflits"][0]["par"] == "Auditeur de démonstration"
    assert answer.json["version"] == 2
    assert "erreurs" in answer.json
    assert book(shared) == before


def test_whoever_has_seen_the_other_value_may_replace_it(anne, benoit):
    anne.save("recap", {"cash_ls_lecture": "100.00"}, version=1)
    version = benoit.patch("recap", {"cash_ls_lecture": "90.00"}, version=1).json["version"]
    benoit.save("recap", {"cash_ls_lecture": "90.00"}, version=version)
    assert anne.values("recap") == {"cash_ls_lecture": "90.00"}


def test_a_text_quarrels_as_a_value_does(anne, benoit):
    anne.save("recap", saisies={"cash_ls_lecture": "=60+40"}, version=1)
    answer = benoit.patch("recap", saisies={"cash_ls_lecture": "=50+40"}, version=1)
    assert conflicts(answer) == {"recap.cash_ls_lecture": ("90.00", "100.00")}


def test_emptying_a_field_that_another_changed_is_a_conflict(anne, benoit):
    anne.save("recap", {"cash_ls_lecture": "100.00"}, version=1)
    answer = benoit.patch("recap", {"cash_ls_lecture": None, "cash_pos_lecture": None}, version=1)
    assert answer.status_code == 409
    assert conflicts(answer) == {"recap.cash_ls_lecture": (None, "100.00")}


def test_a_field_that_another_emptied_is_a_conflict(anne, benoit):
    version = anne.save("recap", {"cash_ls_lecture": "100.00"})["version"]
    anne.save("recap", {"cash_ls_lecture": None})
    answer = benoit.patch("recap", {"cash_ls_lecture": "90.00"}, version=version)
    assert conflicts(answer) == {"recap.cash_ls_lecture": ("90.00", None)}


def test_two_people_who_read_the_same_value_agree(anne, benoit):
    anne.save("recap", {"cash_ls_lecture": "100.00"}, version=1)
    answer = benoit.save("recap", {"cash_ls_lecture": "100.00"}, version=1)
    assert answer["version"] == 2


def test_one_s_own_earlier_save_in_another_window_quarrels_too(anne):
    anne.save("recap", {"cash_ls_lecture": "100.00"}, version=1)
    answer = anne.patch("recap", {"cash_ls_lecture": "90.00"}, version=1)
    assert conflicts(answer) == {"recap.cash_ls_lecture": ("90.00", "100.00")}


def test_a_version_that_does_not_exist_yet_is_refused(shared, anne):
    before = book(shared)
    answer = anne.patch("recap", {"cash_ls_lecture": "90.00"}, version=2)
    assert (answer.status_code, list(problems(answer))) == (422, ["version"])
    assert book(shared) == before


# maps


def batches(card, **amounts):
    return {"transelect_restaurant": {card: {"terminals": amounts}}}


def test_a_map_merges_by_key(anne, benoit):
    anne.save("transelect", batches("visa", bar_a="10.00"), version=1)
    benoit.save("transelect", batches("visa", bar_b="20.00"), version=1)
    assert anne.values("transelect") == batches("visa", bar_a="10.00", bar_b="20.00")


def test_the_same_key_of_a_map_is_a_conflict(anne, benoit):
    anne.save("transelect", batches("visa", bar_a="10.00"), version=1)
    answer = benoit.patch("transelect", batches("visa", bar_a="11.00", bar_b="20.00"), version=1)
    path = "transelect.transelect_restaurant.visa.terminals.bar_a"
    assert conflicts(answer) == {path: ("11.00", "10.00")}
    assert anne.values("transelect") == batches("visa", bar_a="10.00")


def test_null_empties_one_key_of_a_map(anne):
    anne.save("transelect", batches("visa", bar_a="10.00", bar_b="20.00"))
    anne.save("transelect", batches("visa", bar_a=None))
    assert anne.values("transelect") == batches("visa", bar_b="20.00")
    assert anne.tab("transelect")["origines"].keys() == {"transelect_restaurant.visa.terminals.bar_b"}


def test_an_opened_card_counts_zero_and_is_noted(anne):
    answer = anne.save("transelect", batches("discover"))
    assert answer["values"] == batches("discover")
    assert answer["computed"]["transelect_total1_discover"] == "0.00"
    assert answer["recalcules"]["transelect.transelect_total1_discover"] == "0.00"
    assert anne.story()[-1]["champ"] == "transelect_restaurant.discover.terminals"


def test_an_opened_card_can_be_closed_again(anne):
    anne.save("transelect", batches("discover"))
    answer = anne.save("transelect", {"transelect_restaurant": {"discover": {"terminals": None}}})
    assert answer["values"] == {}
    assert answer["recalcules"]["transelect.transelect_total1_discover"] is None


def test_null_for_a_whole_map_empties_it_and_the_journal_says_of_what(anne):
    anne.save("transelect", batches("visa", bar_a="10.00", bar_b="20.00"))
    anne.save("transelect", {"transelect_restaurant": {"visa": {"terminals": None}}})
    tab = anne.tab("transelect")
    assert (tab["values"], tab["origines"], tab["saisies"]) == ({}, {}, {})
    told = {entry["champ"]: (entry["avant"], entry["apres"]) for entry in anne.story()[-2:]}
    assert told == {
        "transelect_restaurant.visa.terminals.bar_a": ('"10.00"', None),
        "transelect_restaurant.visa.terminals.bar_b": ('"20.00"', None),
    }


def test_null_for_a_whole_map_quarrels_with_a_key_changed_since(anne, benoit):
    version = anne.save("transelect", batches("visa", bar_a="10.00", bar_b="20.00"))["version"]
    anne.save("transelect", batches("visa", bar_a="11.00"))
    nothing = {"transelect_restaurant": {"visa": {"terminals": None}}}
    answer = benoit.patch("transelect", nothing, version=version)
    assert conflicts(answer) == {
        "transelect.transelect_restaurant.visa.terminals": (None, {"bar_a": "11.00", "bar_b": "20.00"})
    }


def test_a_key_of_a_map_that_another_emptied_whole_is_a_conflict(anne, benoit):
    version = anne.save("transelect", batches("visa", bar_a="10.00"))["version"]
    anne.save("transelect", {"transelect_restaurant": {"visa": {"terminals": None}}})
    answer = benoit.patch("transelect", batches("visa", bar_a="11.00"), version=version)
    assert conflicts(answer) == {"transelect.transelect_restaurant.visa.terminals.bar_a": ("11.00", None)}


def test_null_for_a_group_empties_all_of_it(anne):
    anne.save("geac", {"geac_balance_sheet": {"prev_dr": "1.00", "prev_gl": "2.00"}, "geac_ar_charges": "3.00"})
    anne.save("geac", {"geac_balance_sheet": None})
    assert anne.values("geac") == {"geac_ar_charges": "3.00"}
    assert {entry["champ"] for entry in anne.story()[-2:]} == {
        "geac_balance_sheet.prev_dr",
        "geac_balance_sheet.prev_gl",
    }


# lines


def test_two_lines_of_one_list_merge(anne, benoit):
    anne.save("sd", {"sd_entries": [ENTRY]}, version=1)
    benoit.save("sd", {"sd_entries": [ENTRY | {"id": B, "name": "Réceptionniste 2"}]}, version=1)
    assert [line["id"] for line in anne.values("sd")["sd_entries"]] == [A, B]


def test_two_lines_of_one_person_each_merge_in_the_due_backs(anne, benoit):
    anne.save("dueback", {"dueback_entries": [{"id": A, "name": "Un", "nouveau": "10.00"}]}, version=1)
    benoit.save("dueback", {"dueback_entries": [{"id": B, "name": "Deux", "nouveau": "20.00"}]}, version=1)
    assert anne.tab("dueback")["computed"]["dueback_total"] == "30.00"


def test_two_columns_of_one_line_merge(anne, benoit):
    version = anne.save("sd", {"sd_entries": [ENTRY]})["version"]
    anne.save("sd", {"sd_entries": [{"id": A, "amount": "110.00"}]}, version=version)
    answer = benoit.save("sd", {"sd_entries": [{"id": A, "verified": "112.00"}]}, version=version)
    assert answer["values"]["sd_entries"] == [ENTRY | {"amount": "110.00", "verified": "112.00"}]
    assert answer["recalcules"][f"sd.sd_entries.{A}.variance"] == "2.00"


def test_the_same_column_of_one_line_is_a_conflict(anne, benoit):
    version = anne.save("sd", {"sd_entries": [ENTRY]})["version"]
    anne.save("sd", {"sd_entries": [{"id": A, "amount": "110.00"}]}, version=version)
    answer = benoit.patch("sd", {"sd_entries": [{"id": A, "amount": "120.00"}]}, version=version)
    assert conflicts(answer) == {f"sd.sd_entries.{A}.amount": ("120.00", "110.00")}


def test_a_line_changed_after_another_removed_it_is_a_conflict_and_stays_removed(anne, benoit):
    version = anne.save("sd", {"sd_entries": [ENTRY]})["version"]
    anne.save("sd", {"sd_entries": [{"id": A, "_supprimer": True}]}, version=version)
    answer = benoit.patch("sd", {"sd_entries": [{"id": A, "amount": "120.00"}]}, version=version)
    assert conflicts(answer)[f"sd.sd_entries.{A}.amount"] == ("120.00", None)
    assert anne.values("sd") == {}


def test_a_line_removed_after_another_changed_it_is_a_conflict_and_stays(anne, benoit):
    version = anne.save("sd", {"sd_entries": [ENTRY]})["version"]
    anne.save("sd", {"sd_entries": [{"id": A, "amount": "110.00"}]}, version=version)
    answer = benoit.patch("sd", {"sd_entries": [{"id": A, "_supprimer": True}]}, version=version)
    changed = ENTRY | {"amount": "110.00"}
    assert conflicts(answer) == {f"sd.sd_entries.{A}": (None, changed)}
    assert anne.values("sd")["sd_entries"] == [changed]


def test_a_line_that_two_people_remove_is_removed_once(anne, benoit):
    version = anne.save("sd", {"sd_entries": [ENTRY]})["version"]
    first = anne.save("sd", {"sd_entries": [{"id": A, "_supprimer": True}]}, version=version)
    again = benoit.save("sd", {"sd_entries": [{"id": A, "_supprimer": True}]}, version=version)
    assert (first["version"], again["version"]) == (version + 1, version + 1)


def test_emptying_a_list_in_which_another_added_a_line_is_a_conflict(anne, benoit):
    version = anne.save("sd", {"sd_entries": [ENTRY]})["version"]
    anne.save("sd", {"sd_entries": [{"id": B, "name": "Deux", "amount": "5.00"}]}, version=version)
    answer = benoit.patch("sd", {"sd_entries": None}, version=version)
    assert answer.status_code == 409
    assert len(anne.values("sd")["sd_entries"]) == 2


def test_null_removes_every_line_and_the_journal_keeps_what_they_held(anne):
    anne.save("sd", {"sd_entries": [ENTRY, {"id": B, "name": "Deux", "amount": "5.00"}]})
    anne.save("sd", {"sd_entries": None})
    tab = anne.tab("sd")
    assert (tab["values"], tab["origines"]) == ({}, {})
    told = [entry for entry in anne.story() if entry["action"] == "retrait"]
    assert {(entry["ligne"], entry["champ"], entry["avant"]) for entry in told} == {
        (A, "sd_entries.name", '"Réceptionniste 1"'),
        (A, "sd_entries.amount", '"100.00"'),
        (A, "sd_entries.verified", '"101.00"'),
        (B, "sd_entries.name", '"Deux"'),
        (B, "sd_entries.amount", '"5.00"'),
    }


def test_null_empties_one_column_of_a_line(anne):
    anne.save("sd", {"sd_entries": [ENTRY]})
    anne.save("sd", {"sd_entries": [{"id": A, "verified": None}]})
    assert anne.values("sd")["sd_entries"] == [{"id": A, "name": "Réceptionniste 1", "amount": "100.00"}]


def test_a_line_without_id_is_given_one(anne):
    answer = anne.save("sd", {"sd_entries": [{"name": "Un", "amount": "1.00"}, {"name": "Deux"}]})
    ids = [line["id"] for line in answer["values"]["sd_entries"]]
    assert len(set(ids)) == 2
    assert f"sd.sd_entries.{ids[0]}.variance" in answer["recalcules"]


def test_a_nil_list_is_a_reading_of_zero(anne):
    answer = anne.save("sonifi", {"sonifi_unites": []})
    assert answer["values"] == {"sonifi_unites": []}
    assert answer["computed"]["sonifi_email"] == "0.00"
    assert anne.save("sonifi", {"sonifi_unites": None})["values"] == {}


def test_a_nil_list_never_removes_the_lines_of_another(anne, benoit):
    sold = [{"id": A, "prix": "22.99", "quantite": 2}]
    anne.save("sonifi", {"sonifi_unites": sold}, version=1)
    benoit.patch("sonifi", {"sonifi_unites": []}, version=1)
    assert anne.values("sonifi") == {"sonifi_unites": sold}


# a request sent twice


@pytest.mark.parametrize(
    ("tab", "values"),
    [
        ("recap", {"cash_ls_lecture": "100.00", "recap_corr_notes": "relu"}),
        ("sd", {"sd_entries": [ENTRY, ENTRY | {"id": B, "name": "Réceptionniste 2"}]}),
        ("transelect", {"transelect_restaurant": {"visa": {"terminals": {"bar_a": "1.00"}, "positouch": "2.00"}}}),
        ("transelect", batches("discover")),
        ("sonifi", {"sonifi_unites": []}),
        ("sd", {"depot_data": {"client6": {"date": DAY, "amounts": ["1.00", "2.00"]}}}),
        ("controle", {"auditor_name": "Anne", "weather_condition": "neige"}),
        ("dueback", {"dueback_entries": [{"id": A}]}),
    ],
)
def test_a_request_sent_twice_counts_once(shared, anne, tab, values):
    first = anne.save(tab, values, version=1)
    before = book(shared)
    again = anne.save(tab, values, version=1)
    assert again["values"] == first["values"]
    assert again["version"] == first["version"] == 2
    assert again["recalcules"] == {}
    assert book(shared) == before


def test_texts_sent_twice_count_once(shared, anne):
    texts = {"cash_ls_lecture": "=60+40", "cash_pos_lecture": "12,5-"}
    anne.save("recap", saisies=texts, version=1)
    before = book(shared)
    anne.save("recap", saisies=texts, version=1)
    assert book(shared) == before


def test_a_removal_sent_twice_counts_once(shared, anne):
    version = anne.save("sd", {"sd_entries": [ENTRY]})["version"]
    anne.save("sd", {"sd_entries": [{"id": A, "_supprimer": True}]}, version=version)
    before = book(shared)
    anne.save("sd", {"sd_entries": [{"id": A, "_supprimer": True}]}, version=version)
    assert book(shared) == before


def test_an_old_request_does_not_bring_back_a_line_that_was_removed_since(anne):
    anne.save("sd", {"sd_entries": [ENTRY]}, version=1)
    anne.save("sd", {"sd_entries": [{"id": A, "_supprimer": True}]})
    answer = anne.patch("sd", {"sd_entries": [ENTRY]}, version=1)
    assert answer.status_code == 409
    assert anne.values("sd") == {}


def test_a_change_that_changes_nothing_is_not_a_change(shared, anne):
    anne.save("recap", {"cash_ls_lecture": "100.00"})
    before = book(shared)
    assert anne.save("recap", {"cash_ls_lecture": "100.00", "cash_pos_lecture": None})["version"] == 2
    assert anne.save("recap", {})["version"] == 2
    assert anne.save("recap")["version"] == 2
    assert book(shared) == before


# what was typed


def test_a_sum_is_kept_as_it_was_typed(anne):
    answer = anne.save("recap", saisies={"cash_ls_lecture": "=9055,20-15,30", "cash_pos_lecture": "1 234,50"})
    assert answer["values"] == {"cash_ls_lecture": "9039.90", "cash_pos_lecture": "1234.50"}
    assert answer["saisies"] == {"cash_ls_lecture": "=9055,20-15,30"}


def test_a_sum_of_a_line_and_of_a_map_is_kept_by_its_cell(anne):
    anne.save("sd", {"sd_entries": [ENTRY]})
    answer = anne.save("sd", saisies={f"sd_entries.{A}.amount": "50+60"})
    assert answer["saisies"] == {f"sd_entries.{A}.amount": "50+60"}
    assert answer["values"]["sd_entries"][0]["amount"] == "110.00"
    cell = "transelect_restaurant.visa.terminals.bar_a"
    assert anne.save("transelect", saisies={cell: "1+2"})["saisies"] == {cell: "1+2"}


def test_the_amounts_of_a_list_are_typed_together(anne):
    cell = "depot_data.client6.amounts"
    answer = anne.save("sd", saisies={cell: "12,50; 10+5 ;"})
    assert answer["values"] == {"depot_data": {"client6": {"amounts": ["12.50", "15.00"]}}}
    assert answer["saisies"] == {cell: "12,50; 10+5 ;"}


@pytest.mark.parametrize(
    "then",
    [
        {"values": {"cash_ls_lecture": "5.00"}},
        {"saisies": {"cash_ls_lecture": "5"}},
        {"values": {"cash_ls_lecture": None}},
        {"saisies": {"cash_ls_lecture": ""}},
    ],
    ids=["value", "typed", "null", "empty"],
)
def test_the_text_of_a_sum_goes_with_its_value(anne, then):
    anne.save("recap", saisies={"cash_ls_lecture": "=60+40"})
    assert anne.save("recap", **then)["saisies"] == {}


@pytest.mark.parametrize("then", [{"values": {"cash_ls_lecture": "100.00"}}, {"saisies": {"cash_ls_lecture": "100"}}])
def test_the_text_of_a_sum_goes_even_when_the_value_stays(anne, then):
    version = anne.save("recap", saisies={"cash_ls_lecture": "=60+40"})["version"]
    answer = anne.save("recap", **then)
    assert answer["saisies"] == {}
    assert answer["version"] == version + 1


def test_a_sum_typed_over_the_same_value_is_kept(anne):
    anne.save("recap", {"cash_ls_lecture": "100.00"})
    anne.save("recap", saisies={"cash_ls_lecture": "=60+40"})
    assert anne.tab("recap")["saisies"] == {"cash_ls_lecture": "=60+40"}
    assert anne.save("recap", saisies={"cash_ls_lecture": "=70+30"})["saisies"] == {"cash_ls_lecture": "=70+30"}


def test_the_sum_of_another_field_stays(anne):
    anne.save("recap", saisies={"cash_ls_lecture": "=60+40"})
    assert anne.save("recap", {"cash_pos_lecture": "1.00"})["saisies"] == {"cash_ls_lecture": "=60+40"}


def test_the_sums_of_a_removed_line_go_with_it(anne):
    anne.save("sd", {"sd_entries": [ENTRY]})
    anne.save("sd", saisies={f"sd_entries.{A}.amount": "50+60"})
    assert anne.save("sd", {"sd_entries": [{"id": A, "_supprimer": True}]})["saisies"] == {}


def test_a_field_given_as_a_value_and_as_a_text_takes_the_text(anne):
    answer = anne.save("recap", {"cash_ls_lecture": "1.00"}, saisies={"cash_ls_lecture": "=1+1"})
    assert answer["values"] == {"cash_ls_lecture": "2.00"}
    assert [entry["apres"] for entry in anne.story() if entry["action"] == "saisie"] == ['"2.00"']


@pytest.mark.parametrize(
    ("tab", "cell", "text", "value"),
    [
        ("controle", "chambres_refaire", "3+4", 7),
        ("controle", "weather_condition", " pluie ", "pluie"),
        ("controle", "temperature", " −12 °C ", "−12 °C"),
        ("dueback", "sans_activite", "oui", True),
        ("geac", "geac_chk_nobalance", "false", False),
        ("sd", "depot_data.client6.date", "2025-12-22", "2025-12-22"),
        ("jour", "jour_nb_clients", "1 135", 1135),
        ("dbrs", "dbrs_market_rows.5", "8", 8),
    ],
)
def test_a_text_is_read_as_the_kind_of_its_field(anne, tab, cell, text, value):
    found = anne.save(tab, saisies={cell: text})["values"]
    for key in cell.split("."):
        found = found[key]
    assert found == value


# who gave what


def test_each_value_says_who_gave_it_and_when(anne, benoit):
    anne.save("recap", {"cash_ls_lecture": "100.00"})
    origins = benoit.save("recap", {"cash_pos_lecture": "1.00"})["origines"]
    assert {cell: (origin["genre"], origin["par"]) for cell, origin in origins.items()} == {
        "cash_ls_lecture": ("saisi", "Auditeur de démonstration"),
        "cash_pos_lecture": ("saisi", "Superviseur de démonstration"),
    }
    assert all(origin["a"][-6:] in ("-05:00", "-04:00") for origin in origins.values())


def test_a_save_writes_one_line_of_journal_a_value_and_moves_the_version_once(shared, anne):
    answer = anne.save("recap", {"cash_ls_lecture": "100.00", "cash_pos_lecture": "1.00"})
    assert answer["version"] == 2
    told = [(entry["champ"], entry["avant"], entry["apres"], entry["version"]) for entry in anne.story()[-2:]]
    assert told == [("cash_ls_lecture", None, '"100.00"', 2), ("cash_pos_lecture", None, '"1.00"', 2)]
    assert rows(shared, "SELECT status FROM night_audit_sessions WHERE audit_date = :d", d=anne.day) == [
        ("in_progress",)
    ]


def test_the_answer_lists_every_figure_recalculated_in_all_tabs(anne):
    answer = anne.save("recap", {"cash_ls_lecture": "100.00", "deposit_cdn": "100.00"})
    moved = answer["recalcules"]
    assert moved["recap.recap_balance"] == "0.00"
    assert moved["sommaire.chk_recap"] == "0.00"
    assert moved["sommaire.statuts.chk_recap"] == "ok"
    assert {name.partition(".")[0] for name in moved} >= {"recap", "jour", "sommaire"}
    now = anne.whole()
    assert answer["nuit"]["bande"] == now["bande"]
    assert answer["nuit"]["onglets"] == now["onglets"]
    emptied = anne.save("recap", {"cash_ls_lecture": None})["recalcules"]
    assert emptied["recap.recap_balance"] is None


def test_the_first_save_makes_a_draft_a_night_in_progress(anne):
    assert anne.whole()["etat"] == "draft"
    answer = anne.save("recap", {"cash_ls_lecture": "100.00"})
    assert (answer["nuit"]["etat"], answer["nuit"]["libelle_etat"]) == ("in_progress", "En cours")
