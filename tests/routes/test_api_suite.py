"""One night after another: what is carried, gaps, past dates, the first night, sums to date, corrections seen later."""

from datetime import date

import pytest

from tests.utils.actions.nights import DAY, Person, after, book, clock, good, problems, set_policy

EVE = after(DAY, -1)
CLOSING = {
    "jour": {"jour_guest_ledger": "-500.00", "jour_deposit_on_hand": "100.00", "jour_opening_balance": "-590.00"},
    "geac": {"geac_balance_sheet": {"newbal_gl": "500.00"}, "geac_ar_previous": "5.00", "geac_ar_new_balance": "7.00",
             "geac_ar_charges": "2.00"},
    "dueback": {"dueback_entries": [
        {"name": "Réceptionniste 1", "nouveau": "300.00"},
        {"name": "Réceptionniste 2", "nouveau": "0.00"},
        {"name": "Réceptionniste 3", "previous": "-20.00"},
    ]},
    "sd": {"sd_entries": [{"name": "Un", "amount": "1.00", "verified": "1.00", "note": "vu"}]},
    "setd": {"setd_personnel": [{"name": "Un", "amount": "4.00"}]},
    "hp_admin": {"hp_admin_entries": [{"area": "piazza", "paiement": "promotion", "nourriture": "3.00"}]},
    "recap": {"cash_ls_lecture": "1.00", "recap_corr_notes": "note", "cash_ls_corr": "1.00"},
    "controle": {"auditor_name": "Anne", "notes": "note", "chambres_refaire": 2},
    "dbrs": {"dbrs_market_rows": {"5": 8}},
    "sonifi": {"sans_activite": True},
}  # fmt: skip


@pytest.fixture
def anne(app):
    """The auditor, in front of the night of the 22nd."""
    return Person(app, day=EVE)


def rooms(revenue, sold, **more):
    """What a night brings to the sums to date."""
    return {"jour_room_revenue": revenue, "jour_rooms_simple": sold, "jour_nb_clients": sold, **more}


# what is carried


def test_a_night_carries_what_is_written_and_starts_the_rest_empty(anne):
    anne.open()
    for tab, values in CLOSING.items():
        anne.save(tab, values)
    anne.save("transelect", {"transelect_terminals": [{"id": "bar_z", "label": "Bar Z", "group": "pos"}]})
    tonight = anne.on(DAY).open()
    night = tonight.whole()
    assert night["precedente"] == {
        "jour_new_balance": "-600.00",
        "jour_guest_ledger": "-500.00",
        "jour_diff_caisse_residu": "-8.00",
        "geac_newbal_gl": "500.00",
        "geac_ar_new_balance": "7.00",
        "dueback": [{"name": "Réceptionniste 1", "nouveau": "300.00"}],
        "transelect_terminals": [{"id": "bar_z", "label": "Bar Z", "group": "pos"}],
    }
    assert all(tab["values"] == {} for tab in night["tabs"].values())
    assert all(tab["origines"] == tab["saisies"] == {} for tab in night["tabs"].values())
    assert (night["etat"], night["version"], night["revision"]) == ("draft", 1, 0)
    assert night["tabs"]["jour"]["computed"]["jour_opening_balance"] == "-600.00"
    assert night["tabs"]["geac"]["computed"]["geac_ar_previous"] == "7.00"
    assert [terminal["id"] for terminal in night["tabs"]["transelect"]["computed"]["transelect_terminals"]] == ["bar_z"]
    assert night["propositions"] == {
        "geac.geac_balance_sheet.prev_gl": "500.00",
        "dueback": [{"name": "Réceptionniste 1", "previous": "-300.00"}],
        "controle.auditor_name": "Auditeur de démonstration",
    }
    assert "dueback_total" not in night["tabs"]["dueback"]["computed"]
    assert "geac_var_prev" not in night["tabs"]["geac"]["computed"]


def test_a_float_stays_open_until_its_person_comes_back(anne):
    anne.open().save("dueback", CLOSING["dueback"])
    second = anne.on(DAY).open()
    second.save("dueback", {"dueback_entries": [{"name": "Réceptionniste 4", "nouveau": "40.00"}]})
    third = anne.on(after(DAY)).open()
    floats = [("Réceptionniste 4", "40.00"), ("Réceptionniste 1", "300.00")]
    assert [(line["name"], line["nouveau"]) for line in third.whole()["precedente"]["dueback"]] == floats
    third.save("dueback", {"dueback_entries": [{"name": "Réceptionniste 1", "previous": "-300.00"}]})
    fourth = anne.on(after(DAY, 2)).open()
    assert fourth.whole()["precedente"]["dueback"] == [{"name": "Réceptionniste 4", "nouveau": "40.00"}]


def test_a_proposal_counts_once_confirmed_and_goes(anne):
    anne.open()
    anne.save("dueback", CLOSING["dueback"])
    anne.save("geac", CLOSING["geac"])
    tonight = anne.on(DAY).open()
    tonight.save("dueback", {"dueback_entries": [{"name": "Réceptionniste 1", "previous": "-300.00"}]})
    tonight.save("geac", {"geac_balance_sheet": {"prev_gl": "500.00"}})
    assert tonight.computed("dueback")["dueback_total"] == "-300.00"
    assert tonight.computed("geac")["geac_var_veille"] == "0.00"
    assert tonight.whole()["propositions"].keys() == {"controle.auditor_name"}


def test_a_hotel_may_propose_no_float(app, anne):
    set_policy(app, dueback_report="jamais")
    anne.open().save("dueback", CLOSING["dueback"])
    assert "dueback" not in anne.on(DAY).open().whole()["propositions"]


# dates


def test_a_night_that_exists_is_shown_again(app, anne):
    created = anne.post()
    assert created.status_code == 201
    superviseur = Person(app, "superviseur", EVE)
    before = book(app)
    again = anne.post()
    assert (again.status_code, again.json) == (200, created.json)
    assert superviseur.post().status_code == 200
    assert book(app) == before


@pytest.mark.parametrize(
    ("moment", "day", "status"),
    [
        ("2025-12-24T03:00:00-05:00", "2025-12-23", 201),
        ("2025-12-24T03:00:00-05:00", "2025-12-24", 201),
        ("2025-12-24T03:00:00-05:00", "2025-12-25", 422),
        ("2025-12-23T23:59:00-05:00", "2025-12-24", 422),
        ("2025-12-24T04:59:00+00:00", "2025-12-24", 422),
        ("2025-12-24T05:01:00+00:00", "2025-12-24", 201),
        ("2025-12-24T03:00:00-05:00", "2099-12-31", 422),
    ],
)
def test_yesterday_opens_and_tomorrow_does_not(app, moment, day, status):
    with clock(moment):
        anne = Person(app, day=day)
        before = book(app)
        answer = anne.post()
    assert answer.status_code == status, answer.text
    if status == 422:
        assert problems(answer) == {"audit_date": "La date d'audit ne peut pas être dans le futur."}
        assert book(app) == before


@pytest.mark.parametrize(("day", "status"), [("2024-12-01", 201), ("2024-11-30", 422), ("2000-01-01", 422)])
def test_no_night_comes_before_the_hotel_s_opening(app, day, status):
    anne = Person(app, day=day)
    before = book(app)
    answer = anne.post()
    assert answer.status_code == status
    if status == 422:
        assert problems(answer) == {"audit_date": "L'hôtel a ouvert le 2024-12-01 : aucune nuit avant cette date."}
        assert book(app) == before


def test_a_gap_is_announced_and_carries_all_the_same(anne):
    anne.open().save("jour", CLOSING["jour"])
    later = anne.on(after(EVE, 3)).open()
    assert f"Il y a un trou : la nuit du {after(EVE, 2)} n'existe pas." in later.remarks()
    assert later.computed("jour")["jour_opening_balance"] == "-600.00"
    assert not any("trou" in remark for remark in anne.remarks())


def test_a_gap_that_is_filled_is_no_longer_announced(anne):
    anne.open().save("jour", CLOSING["jour"])
    later = anne.on(after(EVE, 2)).open()
    assert any("trou" in remark for remark in later.remarks())
    between = anne.on(DAY).open()
    assert between.computed("jour")["jour_opening_balance"] == "-600.00"
    assert not any("trou" in remark for remark in later.remarks())


def test_a_past_date_before_others_opens_and_changes_none_of_them(anne):
    later = anne.on(DAY).open()
    later.save("jour", CLOSING["jour"])
    before = later.whole()
    anne.open().save("jour", {"jour_guest_ledger": "-9.00", "jour_deposit_on_hand": "1.00"})
    now = later.whole()
    assert now["tabs"] == before["tabs"]
    assert (now["version"], now["precedente"]) == (before["version"], before["precedente"])


def test_a_locked_night_does_not_move_when_an_earlier_one_is_opened(anne):
    later = anne.on(DAY).open()
    later.save("jour", CLOSING["jour"] | rooms("1000.00", 10))
    later.lock()
    before = later.whole()
    anne.open().save("jour", rooms("500.00", 5))
    now = later.whole()
    assert {**now, "remarques": 0} == {**before, "remarques": 0}


# the next night says aloud that its opening differs


def test_a_correction_of_last_night_is_said_and_changes_nothing_by_itself(app, anne):
    anne.open().save("jour", CLOSING["jour"])
    anne.lock()
    tonight = anne.on(DAY).open()
    tonight.save("jour", {"jour_guest_ledger": "-450.00", "jour_deposit_on_hand": "100.00"})
    tonight.lock()
    denis = Person(app, "directeur", EVE).reopen("avance oubliée")
    assert denis.patch("jour", {"jour_deposit_on_hand": "200.00"}).status_code == 200
    good(denis.submit())
    said = f"L'ouverture diffère de la fermeture corrigée du {EVE} (écart −100,00\N{NO-BREAK SPACE}$)."
    assert said in tonight.remarks()
    assert tonight.computed("jour")["jour_opening_balance"] == "-600.00"
    assert tonight.whole()["etat"] == "locked"
    assert tonight.post("/reprendre-veille").status_code == 423
    corrected = denis.on(DAY).reopen("ouverture corrigée la veille")
    assert good(corrected.post("/reprendre-veille"))["etat"] == "correcting"
    assert corrected.computed("jour")["jour_opening_balance"] == "-700.00"
    assert said not in corrected.remarks()
    entry = corrected.story()[-1]
    assert (entry["action"], entry["champ"], entry["origine"]) == ("reprise", "previous", "repris")
    assert '"jour_new_balance":"-600.00"' in entry["avant"]
    assert '"jour_new_balance":"-700.00"' in entry["apres"]


def test_a_night_opened_before_the_eve_was_closed_carries_again(anne):
    anne.open()
    tonight = anne.on(DAY).open()
    assert "jour_opening_balance" not in tonight.computed("jour")
    anne.save("jour", CLOSING["jour"])
    assert f"La nuit du {EVE} a maintenant sa fermeture : reprenez la veille." in tonight.remarks()
    good(tonight.post("/reprendre-veille"))
    assert tonight.computed("jour")["jour_opening_balance"] == "-600.00"
    assert not any("reprenez" in remark for remark in tonight.remarks())


def test_an_eve_closed_late_is_offered_again_whatever_it_leaves(anne):
    anne.open().save("jour", CLOSING["jour"])
    tonight = anne.on(DAY).open()
    offered = 'data-action="veille"'
    for tab in ("geac", "dueback"):
        anne.save(tab, CLOSING[tab])
    assert not any("Reprenez" in remark for remark in tonight.remarks())  # the eve is not closed: it may change again
    anne.lock()
    words = "différence de caisse à suivre, solde du grand livre, solde des comptes à recevoir, due backs"
    said = f"La nuit du {EVE} se ferme autrement qu'elle n'a été reprise ({words}). Reprenez la veille."
    assert said in tonight.remarks()
    assert all(offered in tonight.client.get(f"/rj/native/{DAY}/{tab}").text for tab in ("geac", "sommaire"))
    good(tonight.post("/reprendre-veille"))
    assert said not in tonight.remarks()
    assert offered not in tonight.client.get(f"/rj/native/{DAY}/geac").text
    assert tonight.whole()["precedente"]["geac_newbal_gl"] == "500.00"


def test_an_opening_typed_by_hand_against_the_eve_is_a_blocking_check(anne):
    anne.open().save("jour", CLOSING["jour"])
    tonight = anne.on(DAY).open()
    tonight.save("jour", {"jour_opening_balance": "-599.00"})
    assert [check["cle"] for check in tonight.submit().json["controles"]] == ["chk_ouverture"]


# the first night


def test_the_first_night_takes_its_reprise_and_says_so_in_the_journal(anne):
    answer = anne.client.put(f"/api/rj/native/session/{EVE}/reprise", json={"jour_new_balance": "-10.00"})
    assert good(answer)["etat"] == "draft"
    assert anne.actions() == ["ouverture", "reprise"]
    assert anne.computed("jour")["jour_opening_balance"] == "-10.00"
    assert anne.story()[-1]["apres"] == '{"jour_new_balance":"-10.00"}'


def test_a_reprise_sent_twice_counts_once_and_may_be_typed_again(app, anne):
    anne.take_over(jour_new_balance="-10.00")
    before = book(app)
    anne.take_over(jour_new_balance="-10.00")
    assert book(app) == before
    anne.take_over(jour_new_balance="-11.00")
    assert anne.computed("jour")["jour_opening_balance"] == "-11.00"
    assert anne.actions() == ["ouverture", "reprise", "reprise"]


def test_carrying_again_does_not_erase_the_reprise_of_a_first_night(app, anne):
    anne.take_over(jour_new_balance="-10.00")
    before = book(app)
    good(anne.post("/reprendre-veille"))
    assert book(app) == before


def test_there_is_no_reprise_once_an_earlier_night_exists(app, anne):
    anne.open()
    tonight = anne.on(DAY)
    before = book(app)
    answer = tonight.send("PUT", "/reprise", json={"jour_new_balance": "-10.00"})
    assert (answer.status_code, EVE in answer.json["detail"]) == (409, True)
    assert book(app) == before
    tonight.open()
    assert tonight.send("PUT", "/reprise", json={"jour_new_balance": "-10.00"}).status_code == 409


def test_the_reprise_of_a_night_in_the_future_opens_nothing(app):
    anne = Person(app, day="2099-01-01")
    before = book(app)
    assert anne.send("PUT", "/reprise", json={}).status_code == 422
    assert book(app) == before


# month and year to date, from the sums of the nights


def to_date(person):
    """Month and year to date of rooms revenue, tonight included."""
    figures = person.computed("jour")
    return figures.get("jour_mtd_room_revenue"), figures.get("jour_ytd_room_revenue")


def fill(person, revenue, sold=10):
    person.open().save("jour", rooms(revenue, sold))
    return person


def test_the_month_and_the_year_add_up_night_after_night(app):
    anne = Person(app, day="2025-01-30")
    expected = {
        "2025-01-30": ("100.00", "100.00"),
        "2025-01-31": ("300.00", "300.00"),
        "2025-02-01": ("400.00", "700.00"),
        "2025-02-02": ("1200.00", "1500.00"),
        "2025-02-04": (None, None),  # the 3rd is not there
        "2025-03-01": ("1600.00", None),
    }
    set_policy(app)
    amounts = ("100.00", "200.00", "400.00", "800.00", "800.00", "1600.00")
    anne.take_over(mtd={"room_revenue": "0.00", "rooms_louees": 0}, ytd_avant_mois={"room_revenue": "0.00"})
    for (day, figures), amount in zip(expected.items(), amounts, strict=True):
        assert to_date(fill(anne.on(day), amount)) == figures
    assert [to_date(anne.on(day)) for day in expected] == list(expected.values())


def test_a_new_year_starts_at_zero(app):
    anne = fill(Person(app, day="2024-12-01"), "100.00")
    assert to_date(anne) == ("100.00", "100.00")
    assert to_date(fill(anne.on("2024-12-02"), "200.00")) == ("300.00", "300.00")
    assert to_date(fill(anne.on("2024-12-31"), "200.00")) == (None, None)  # nights are not there
    assert to_date(fill(anne.on("2025-01-01"), "400.00")) == ("400.00", "400.00")
    assert to_date(fill(anne.on("2025-01-02"), "800.00")) == ("1200.00", "1200.00")
    assert to_date(fill(anne.on("2026-01-01"), "1600.00")) == ("1600.00", "1600.00")


def test_averages_to_date_are_ratios_of_sums(app):
    anne = fill(Person(app, day="2025-12-01"), "1000.00", 10)
    tonight = fill(anne.on("2025-12-02"), "100.00", 2)
    figures = tonight.computed("jour")
    assert figures["jour_mtd_rooms_louees"] == 12
    assert figures["jour_mtd_adr"] == "91.67"
    assert figures["jour_adr"] == "50.00"


def test_a_correction_of_an_earlier_night_moves_the_sums_of_those_still_open(app):
    anne = fill(Person(app, day="2025-12-01"), "100.00").lock()
    second = fill(anne.on("2025-12-02"), "200.00").lock()
    third = fill(anne.on("2025-12-03"), "400.00")
    denis = Person(app, "directeur", "2025-12-01").reopen()
    denis.save("jour", {"jour_room_revenue": "110.00"})
    assert to_date(second)[0] == "300.00"
    assert to_date(third)[0] == "710.00"
    denis.on("2025-12-02").reopen()
    assert to_date(second)[0] == "310.00"


def test_a_reprise_in_the_middle_of_a_month_is_the_base(app):
    anne = Person(app, day="2025-11-29").take_over(
        mtd={"room_revenue": "1000.00", "rooms_louees": 100},
        ytd_avant_mois={"room_revenue": "9000.00", "rooms_louees": 900},
    )
    assert to_date(fill(anne, "10.00")) == ("1010.00", "10010.00")
    assert to_date(fill(anne.on("2025-11-30"), "20.00")) == ("1030.00", "10030.00")
    december = fill(anne.on("2025-12-01"), "40.00")
    assert to_date(december) == ("40.00", "10070.00")
    assert december.computed("jour")["jour_ytd_rooms_louees"] == 1030
    assert to_date(fill(anne.on("2026-01-01"), "80.00")) == ("80.00", "80.00")


def test_a_reprise_typed_again_moves_the_sums_of_the_nights_that_follow(app):
    anne = Person(app, day="2025-11-15").take_over(mtd={"room_revenue": "1000.00"})
    fill(anne, "10.00")
    second = fill(anne.on("2025-11-16"), "20.00")
    assert to_date(second)[0] == "1030.00"
    anne.take_over(mtd={"room_revenue": "2000.00"})
    assert to_date(second)[0] == "2030.00"


def test_a_base_that_nobody_knows_is_not_counted_from_zero(app):
    anne = fill(Person(app, day="2025-11-15"), "10.00")
    second = fill(anne.on("2025-11-16"), "20.00")
    assert to_date(second) == (None, None)
    assert "Mois à date inconnu : il manque le cumul de la veille." in second.remarks()
    december = fill(anne.on("2025-12-01"), "40.00")
    assert to_date(december) == ("40.00", None)


def test_a_figure_missing_in_the_reprise_is_unknown_in_the_year_too(app):
    anne = Person(app, day="2025-11-30").take_over(
        mtd={"rooms_louees": 100}, ytd_avant_mois={"room_revenue": "9000.00", "rooms_louees": 900}
    )
    fill(anne, "10.00")
    december = fill(anne.on("2025-12-01"), "40.00").computed("jour")
    assert december["jour_ytd_rooms_louees"] == 1020
    assert "jour_ytd_room_revenue" not in december


def test_a_night_opened_before_the_reprise_does_not_make_the_month_unknown(app):
    """What was taken over already holds the nights before it."""
    anne = Person(app, day="2025-11-15").take_over(
        mtd={"room_revenue": "1000.00"}, ytd_avant_mois={"room_revenue": "9000.00"}
    )
    fill(anne, "10.00")
    second = fill(anne.on("2025-11-16"), "20.00")
    fill(anne.on("2025-11-10"), "5.00")
    assert to_date(second) == ("1030.00", "10030.00")
    assert to_date(anne) == ("1010.00", "10010.00")


def test_a_night_without_rooms_sold_leaves_the_month_unknown_until_it_is_filled(app):
    anne = fill(Person(app, day="2025-12-01"), "100.00")
    anne.on("2025-12-02").open()
    third = fill(anne.on("2025-12-03"), "200.00")
    assert to_date(third)[0] is None
    fill(anne.on("2025-12-02"), "50.00")
    assert to_date(third)[0] == "350.00"


def test_settings_of_a_date_begin_on_it(app):
    anne = Person(app, day="2025-12-01").open()
    set_policy(app, date(2025, 12, 2), rooms=100)
    assert anne.computed("controle")["property_rooms"] == 252
    assert anne.on("2025-12-02").open().computed("controle")["property_rooms"] == 100
