"""Submitting, letting a check pass, locking, correcting: what is asked, what is kept, what falls."""

import json
from datetime import date

import pytest

from tests.utils.actions.nights import REASON, Person, after, book, good, known, problems, rows, set_policy
from utils.rj.catalogue import TABS

RED = {"cash_ls_lecture": "100.00", "cash_pos_lecture": "1.00", "deposit_cdn": "90.00"}
GREEN = RED | {"deposit_cdn": "101.00"}
ROOMS = {"jour_rooms_simple": 126, "jour_room_revenue": "1000.00"}
TWO_RED = {"geac_ar_previous": "10.00", "geac_ar_new_balance": "11.00"}
WARNS = {"sd_entries": [{"id": "ligne-aa", "name": "Un", "amount": "1.00", "verified": "50.00"}]}


def kept(app, table, day):
    """The rows of a table about a night, oldest first."""
    of_night = "night_id = (SELECT id FROM night_audit_sessions WHERE audit_date = :d)"
    return rows(app, f"SELECT * FROM {table} WHERE {of_night} ORDER BY id", d=day)  # noqa: S608


# what a submission asks for


@pytest.mark.parametrize("waits", [False, True])
def test_a_night_of_which_nothing_is_begun_is_refused(shared, anne, waits):
    before = book(shared)
    answer = anne.submit(en_attente=waits)
    assert (answer.status_code, answer.json["detail"]) == (
        409, f"La nuit est vide : aucun de ses {len(TABS)} onglets n’est commencé. Il n’y a rien à soumettre.",
    )  # fmt: skip
    assert anne.whole()["demandes"]["commencee"] is False
    assert book(shared) == before


def test_what_is_carried_from_the_eve_begins_nothing(app):
    anne = Person(app).open()
    anne.save("jour", {"jour_opening_balance": "-10.00", "jour_guest_ledger": "-5.00", "jour_deposit_on_hand": "1.00"})
    tonight = anne.on(after(anne.day)).open()
    assert "jour_opening_balance" in tonight.computed("jour")
    assert tonight.submit().status_code == 409


def test_what_was_emptied_again_begins_nothing(anne):
    anne.save("recap", {"cash_ls_lecture": "1.00"})
    anne.save("recap", {"cash_ls_lecture": None})
    assert anne.submit().status_code == 409


def test_a_declaration_of_no_activity_alone_begins_nothing(anne):
    anne.save("internet", {"sans_activite": True})
    assert anne.submit().status_code == 409


def test_every_tab_left_asks_a_reason_of_its_own(shared, anne):
    anne.save("controle", {"auditor_name": "Anne"})
    anne.save("dueback", {"sans_activite": True})
    left = [tab["onglet"] for tab in anne.whole()["demandes"]["onglets"]]
    assert len(left) == len(TABS) - 3
    assert not {"controle", "dueback", "sommaire"} & set(left)
    before = book(shared)
    answer = anne.post("/soumettre", {"motifs": {"onglets.sd": "court", "onglets.recap": "x" * 12}})
    assert set(problems(answer)) == {"motifs.onglets.sd", "motifs.onglets.recap"}
    answer = anne.post("/soumettre", {})
    assert set(problems(answer)) == {f"motifs.onglets.{tab}" for tab in left}
    assert "L’onglet Recap n’est pas terminé" in problems(answer)["motifs.onglets.recap"]
    assert book(shared) == before
    motifs = {f"onglets.{tab}": f"Panne du poste, onglet {tab}" for tab in left}
    answer = good(anne.post("/soumettre", {"motifs": motifs}))
    assert (answer["etat"], answer["libelle_etat"], answer["modifiable"]) == ("locked", "Verrouillée", False)
    whole = anne.whole()
    assert whole["verdict"]["code"] == "incomplete"
    assert f"incomplète ({len(TABS) - 3} onglets sur {len(TABS)} à finir : Recap" in whole["verdict"]["phrase"]
    assert {one["cle"]: one["motif"] for one in whole["motifs"]} == motifs
    assert {one["par"] for one in whole["motifs"]} == {"Auditeur de démonstration"}


def test_a_reason_typed_in_a_cell_that_says_nothing_is_asked_again(anne):
    explained = {"cause": "autre", "montant": "5.00", "note": "x"}
    anne.save("jour", {"diff_caisse_entries": [{"id": "ligne-aa", **explained}]})
    anne.save("recap", {"cash_ls_corr": "1.00", "recap_corr_notes": "ok"})
    asked = {one["champ"]: one["message"] for one in anne.whole()["demandes"]["remarques"]}
    assert asked["recap.recap_corr_notes"] == (
        "Motif des corrections : « ok » ne dit pas pourquoi, il faut dix caractères et deux mots au moins."
    )
    assert "jour.diff_caisse_entries.ligne-aa.note" in asked
    anne.save("recap", {"recap_corr_notes": "Chèque du 22 compté deux fois"})
    assert "recap.recap_corr_notes" not in {one["champ"] for one in anne.whole()["demandes"]["remarques"]}


def test_a_blocking_check_refuses_and_names_itself(shared, anne):
    anne.save("recap", RED)
    before = book(shared)
    answer = anne.submit()
    assert answer.status_code == 409
    assert [check["cle"] for check in answer.json["controles"]] == ["chk_recap"]
    assert answer.json["controles"][0]["valeur"] == "11.00"
    assert answer.json["controles"][0]["statut"] == "bloquant"
    [(path, sentence)] = problems(answer).items()
    assert path == "sommaire.chk_recap"
    assert sentence.startswith("Le Recap ne balance pas.")
    assert answer.json["detail"].startswith("1 contrôle bloque la soumission")
    assert book(shared) == before


def test_every_blocking_check_is_named(anne):
    anne.save("recap", RED)
    anne.save("geac", TWO_RED)
    answer = anne.submit()
    assert {check["cle"] for check in answer.json["controles"]} == {"chk_recap", "chk_ar"}
    assert answer.json["detail"].startswith("2 contrôles bloquent la soumission")


def test_a_warning_asks_for_a_word_and_a_remark_for_its_answer(shared, anne):
    anne.save("sd", WARNS)
    demands = anne.whole()["demandes"]
    assert {result["cle"] for result in demands["avertissements"]} == {"chk_sd_personne"}
    assert [remark["champ"] for remark in demands["remarques"]] == ["sd.sd_entries.ligne-aa.note"]
    before = book(shared)
    answer = anne.post("/soumettre", {"motifs": {}})
    assert answer.status_code == 422
    tabs = {tab["cle"]: REASON for tab in demands["onglets"]}
    assert set(problems(answer)) == {
        *("motifs.chk_sd_personne", "motifs.sd.sd_entries.ligne-aa.note"),
        *(f"motifs.{tab}" for tab in tabs),
    }
    short = {"chk_sd_personne": "   ", "sd.sd_entries.ligne-aa.note": "signé par elle"}
    answer = anne.post("/soumettre", {"motifs": tabs | short})
    assert set(problems(answer)) == {"motifs.chk_sd_personne"}
    assert book(shared) == before
    motifs = tabs | {"chk_sd_personne": "enveloppe recomptée", "sd.sd_entries.ligne-aa.note": "signé par elle"}
    assert good(anne.post("/soumettre", {"motifs": motifs}))["etat"] == "locked"
    told = {entry["champ"]: entry["motif"] for entry in anne.story() if entry["action"] == "motif"}
    assert told == motifs


def test_unknown_fields_are_named_in_the_order_they_were_given(anne):
    strange = {"zeta": 1, "alpha": 1, "moteur": 1, "beta": 1}
    assert list(problems(anne.post("/soumettre", strange))) == list(strange)
    answer = anne.send("PATCH", "/recap", json={"version": anne.whole()["version"], **strange})
    assert list(problems(answer)) == list(strange)


def test_a_reason_put_off_is_refused_once_for_each_check(anne):
    anne.save("sd", WARNS)
    names = {"chk_sd_personne", "onglets.recap", "onglets.geac"}
    said = problems(anne.post("/soumettre", {"motifs": dict.fromkeys(names, "à voir demain")}))
    assert said.keys() == {f"motifs.{name}" for name in names}
    assert said["motifs.onglets.recap"] == (
        "Motif de « 3, Recap (onglet laissé) » : « à voir demain » ne dit pas pourquoi, "
        "il faut la cause, ou ce qui a été vérifié."
    )


def test_the_alert_of_the_cash_difference_shows_the_reason_of_the_submission(shared, anne):
    anne.save("jour", {"jour_opening_balance": "0.00", "jour_guest_ledger": "54.00", "jour_deposit_on_hand": "1.00"})
    good(anne.submit(chk_diff_caisse="Chèque oublié au coffre"))
    [sentence] = rows(shared, "SELECT sentence FROM alerts WHERE kind = 'diff_caisse' AND audit_date = :d", d=anne.day)
    assert sentence[0] == ("Différence de caisse : reste à expliquer 53,00\xa0$, motif « Chèque oublié au coffre ».")


def test_the_cash_difference_asks_for_a_note(anne):
    anne.save("jour", {"jour_opening_balance": "0.00", "jour_guest_ledger": "10.00", "jour_deposit_on_hand": "1.00"})
    demands = anne.whole()["demandes"]
    assert "chk_diff_caisse" in {result["cle"] for result in demands["avertissements"]}
    answer = anne.post("/soumettre", {})
    assert problems(answer)["motifs.chk_diff_caisse"].endswith(
        "Une note est obligatoire : dix caractères et deux mots au moins."
    )


def test_what_was_submitted_is_kept_with_its_checks_and_its_reasons(shared, anne):
    anne.save("sd", WARNS)
    good(anne.submit(chk_sd_personne="recomptée à deux"))
    [submission] = kept(shared, "submissions", anne.day)
    checks = json.loads(submission.checks)
    assert len(checks) == 35
    assert checks["chk_sd_personne"]["statut"] == "avertissement"
    kept_motifs = {key: text for key, text in json.loads(submission.motifs).items() if not key.startswith("onglets.")}
    assert kept_motifs == {"chk_sd_personne": "recomptée à deux", "sd.sd_entries.ligne-aa.note": REASON}
    assert (submission.revision, bool(submission.en_attente)) == (0, False)


def test_who_submits_and_when_is_kept(shared, anne):
    anne.save("controle", {"auditor_name": "Anne"})
    good(anne.submit())
    [row] = rows(
        shared,
        "SELECT u.email, n.submitted_at, n.locked_at, n.locked_by FROM night_audit_sessions n"
        " JOIN users u ON u.id = n.submitted_by WHERE n.audit_date = :d",
        d=anne.day,
    )
    assert row.email == "auditeur@demo.hotel"
    assert row.submitted_at is not None
    assert row.locked_at is not None


# letting a check pass


def test_somebody_entitled_lets_a_check_pass_for_a_reason_that_is_kept(shared, anne, denis):
    anne.save("recap", RED)
    answer = good(denis.override("chk_recap", "  chèque du 22, voir dossier  "))
    assert answer["etat"] == "in_progress"
    [override] = kept(shared, "overrides", anne.day)
    assert (override.check_key, override.value, override.motif) == (
        "chk_recap", "11.00", "chèque du 22, voir dossier",
    )  # fmt: skip
    entry = anne.story()[-1]
    assert (entry["action"], entry["champ"], entry["motif"], entry["par"]) == (
        "derogation", "chk_recap", "chèque du 22, voir dossier", "Directeur de démonstration",
    )  # fmt: skip
    assert anne.whole()["derogations"][0]["motif"] == "chèque du 22, voir dossier"
    assert good(anne.submit())["etat"] == "locked"


def test_an_override_falls_when_the_value_moves_and_holds_when_it_comes_back(anne, denis):
    anne.save("recap", RED)
    good(denis.override("chk_recap"))
    anne.save("recap", {"deposit_cdn": "89.00"})
    assert [check["cle"] for check in anne.submit().json["controles"]] == ["chk_recap"]
    assert [check["cle"] for check in anne.whole()["demandes"]["bloquants"]] == ["chk_recap"]
    anne.save("recap", {"deposit_cdn": "90.00"})
    assert anne.whole()["demandes"]["bloquants"] == []
    assert good(anne.submit())["etat"] == "locked"


def test_one_override_is_not_two(shared, anne, denis):
    anne.save("recap", RED)
    anne.save("geac", TWO_RED)
    good(denis.override("chk_recap"))
    before = book(shared)
    assert denis.override("chk_recap").status_code == 409
    assert book(shared) == before
    assert [check["cle"] for check in anne.submit().json["controles"]] == ["chk_ar"]
    good(denis.override("chk_ar"))
    assert good(anne.submit())["etat"] == "locked"


@pytest.mark.parametrize("check", ["chk_ar", "chk_sd_personne", "chk_completude"])
def test_there_is_nothing_to_let_pass_where_nothing_blocks(shared, anne, denis, check):
    anne.save("recap", RED)
    anne.save("sd", WARNS)
    before = book(shared)
    assert denis.override(check).status_code == 409
    assert book(shared) == before


def test_nobody_lets_pass_a_check_of_the_night_they_audited(shared, day):
    mine = known(shared, "superviseur", day).open()
    mine.save("recap", RED)
    before = book(shared)
    answer = mine.override("chk_recap")
    assert (answer.status_code, "que vous avez auditée" in answer.json["detail"]) == (403, True)
    assert mine.submit(chk_recap="je le laisse passer ce soir").status_code == 409
    assert book(shared) == before


def test_whoever_submits_and_may_override_does_both_with_a_reason(shared, anne):
    anne.save("recap", RED)
    superviseur = known(shared, "superviseur", anne.day)
    assert good(superviseur.submit(chk_recap="compté deux fois"))["etat"] == "locked"
    reasons = ["motif"] * (1 + len(anne.whole()["demandes"]["onglets"]))
    assert anne.actions() == ["ouverture", *["saisie"] * 3, "derogation", "soumission", *reasons, "verrouillage"]
    assert [row.motif for row in kept(shared, "overrides", anne.day)] == ["compté deux fois"]


def test_an_auditor_s_reason_lets_no_check_pass(anne):
    anne.save("recap", RED)
    assert anne.submit(chk_recap="je le laisse passer ce soir").status_code == 409


def test_a_refused_submission_keeps_no_override_of_the_way(shared, anne):
    """A supervisor lets one check pass but another one blocks: nothing of the request stays."""
    anne.save("recap", RED)
    anne.save("geac", TWO_RED)
    superviseur = known(shared, "superviseur", anne.day)
    before = book(shared)
    assert superviseur.submit(chk_recap="compté deux fois").status_code == 409
    assert book(shared) == before
    assert [check["cle"] for check in anne.whole()["demandes"]["bloquants"]] == ["chk_recap", "chk_ar"]


# waiting


def test_a_night_waits_for_its_override_and_is_locked_by_it(shared, anne, denis, claire):
    anne.save("recap", RED)
    anne.save("geac", TWO_RED)
    answer = good(anne.submit(en_attente=True))
    assert (answer["etat"], answer["modifiable"]) == ("submitted", False)
    assert "soumission en attente" in anne.actions()
    assert claire.post("/verrouiller").status_code == 409
    assert anne.patch("recap", {"cash_ls_lecture": "1.00"}).status_code == 423
    assert good(denis.override("chk_recap"))["etat"] == "submitted"
    assert claire.post("/verrouiller").status_code == 409
    assert good(claire.override("chk_ar"))["etat"] == "locked"
    assert anne.actions()[-4:] == ["derogation", "derogation", "dérogations complètes", "verrouillage"]
    assert [bool(row.en_attente) for row in kept(shared, "submissions", anne.day)] == [True]


def test_a_night_that_needs_nothing_does_not_wait(anne):
    anne.save("recap", GREEN)
    assert good(anne.submit(en_attente=True))["etat"] == "locked"
    assert "soumission en attente" not in anne.actions()


def test_warnings_are_answered_before_waiting_too(anne):
    anne.save("recap", RED)
    anne.save("sd", WARNS)
    answer = anne.post("/soumettre", {"en_attente": True})
    assert (answer.status_code, "motifs.chk_sd_personne" in problems(answer)) == (422, True)


def test_a_waiting_night_is_taken_back_by_a_correction(anne, denis):
    anne.save("recap", RED)
    good(anne.submit(en_attente=True))
    denis.reopen("le dépôt était mal lu")
    denis.save("recap", {"deposit_cdn": "101.00"})
    assert good(denis.submit())["etat"] == "locked"


# settings that change who may and what happens


def test_a_hotel_may_lock_by_hand(app):
    set_policy(app, verrouillage_auto=False)
    anne = Person(app).open()
    anne.save("recap", RED)
    denis, claire = Person(app, "directeur"), Person(app, "controleur")
    assert good(anne.submit(en_attente=True))["etat"] == "submitted"
    assert good(denis.override("chk_recap"))["etat"] == "submitted"
    assert anne.actions()[-1] == "dérogations complètes"
    assert good(claire.post("/verrouiller"))["etat"] == "locked"


def test_a_hotel_says_who_may_override_and_lock(app):
    set_policy(app, verrouillage_auto=False, roles={"deroger": ["gsm"], "verrouiller": ["night_auditor"]})
    anne = Person(app).open()
    anne.save("recap", RED)
    people = {name: Person(app, name) for name in ("superviseur", "comptable", "controleur", "directeur", "admin")}
    for one in people.values():
        assert one.override("chk_recap").status_code == 403
    assert good(Person(app, "adjoint").override("chk_recap"))["etat"] == "in_progress"
    good(anne.submit())
    for one in people.values():
        assert one.post("/verrouiller").status_code == 403
    assert good(anne.post("/verrouiller"))["etat"] == "locked"


def test_a_hotel_with_one_person_on_duty_lets_the_auditor_override(app):
    set_policy(app, derogation_par_auditeur=True)
    superviseur = Person(app, "superviseur").open()
    superviseur.save("recap", RED)
    assert good(superviseur.submit(chk_recap="seule personne de garde"))["etat"] == "locked"


def test_a_hotel_says_what_blocks_and_from_how_much(app):
    set_policy(
        app, tolerances={"recap": "100.00"}, severities={"chk_sd_personne": "bloquant", "chk_sd_surplus": "info"}
    )
    anne = Person(app).open()
    anne.save("recap", RED)
    anne.save("sd", WARNS)
    assert [check["cle"] for check in anne.submit().json["controles"]] == ["chk_sd_personne"]


# corrections


def test_a_correction_keeps_the_night_as_it_was_and_shows_before_and_after(shared, anne, denis):
    anne.save("recap", GREEN)
    anne.lock()
    before = anne.whole()
    denis.reopen("le chèque manquait")
    assert denis.whole()["revision"] == 1
    denis.save("recap", {"cheque_dr_lecture": "10.00", "deposit_cdn": "111.00"})
    assert good(denis.submit())["etat"] == "locked"
    entry = next(e for e in anne.story() if e["action"] == "reouverture")
    assert (entry["motif"], entry["avant"], entry["apres"]) == ("le chèque manquait", '"locked"', '"correcting"')
    changed = {
        e["champ"]: (e["avant"], e["apres"]) for e in anne.story() if e["revision"] == 1 and e["onglet"] == "recap"
    }
    assert changed == {"cheque_dr_lecture": (None, '"10.00"'), "deposit_cdn": ('"101.00"', '"111.00"')}
    revisions = kept(shared, "night_revisions", anne.day)
    assert [(row.revision, row.cause, row.reason) for row in revisions] == [
        (0, "lock", None),
        (0, "correction", "le chèque manquait"),
        (1, "lock", None),
    ]
    first, opened, last = (json.loads(row.snapshot) for row in revisions)
    assert first["tabs"]["recap"] == opened["tabs"]["recap"] == before["tabs"]["recap"]["values"]
    assert first["valeurs"]["recap.recap_depot_net"] == "101.00"
    assert last["tabs"]["recap"]["deposit_cdn"] == "111.00"
    assert last["valeurs"]["recap.recap_depot_net"] == "111.00"


def test_an_override_does_not_outlive_its_revision(anne, denis):
    anne.save("recap", RED)
    good(denis.override("chk_recap"))
    good(anne.submit())
    denis.reopen()
    assert [check["cle"] for check in denis.submit().json["controles"]] == ["chk_recap"]
    good(denis.override("chk_recap"))
    assert good(denis.submit())["etat"] == "locked"


def test_corrections_follow_one_another(shared, anne, denis):
    anne.save("recap", GREEN)
    anne.lock()
    for number in range(1, 4):
        denis.reopen(f"correction numéro {number}")
        denis.save("recap", {"cheque_dr_lecture": f"{number}.00", "deposit_cdn": f"{101 + number}.00"})
        assert good(denis.submit())["revision"] == number
    causes = [(row.revision, row.cause) for row in kept(shared, "night_revisions", anne.day)]
    assert causes == [(0, "lock")] + [(n + d, c) for n in range(3) for d, c in ((0, "correction"), (1, "lock"))]


def test_a_submitted_night_that_was_never_locked_keeps_its_figures_too(app):
    set_policy(app, verrouillage_auto=False)
    anne, denis = Person(app).open(), Person(app, "directeur")
    anne.save("recap", GREEN)
    good(anne.submit())
    denis.reopen("oubli du chèque")
    [revision] = kept(app, "night_revisions", anne.day)
    assert (revision.cause, revision.reason) == ("correction", "oubli du chèque")
    assert json.loads(revision.snapshot)["tabs"]["recap"] == GREEN


def test_carrying_again_what_has_not_changed_is_no_change(app):
    """Also after a lock, which keeps the sums to date with what was carried."""
    anne, denis = Person(app, day="2025-12-01").open(), Person(app, "directeur", "2025-12-02")
    anne.save("jour", ROOMS | {"jour_guest_ledger": "-5.00", "jour_deposit_on_hand": "1.00"})
    later = anne.on("2025-12-02").open()
    later.save("controle", {"auditor_name": "Anne"})
    later.lock()
    assert later.whole()["precedente"]["mtd"]["room_revenue"] == "1000.00"
    denis.reopen()
    before = book(app)
    good(denis.post("/reprendre-veille"))
    assert book(app) == before


# frozen figures


def test_a_closed_night_keeps_its_figures_and_rates_when_the_settings_change(app):
    anne = Person(app).open()
    visa = {"terminals": {"bar_a": "100.00"}, "positouch": "100.00"}
    anne.save("transelect", {"transelect_restaurant": {"visa": visa}})
    anne.save("jour", ROOMS)
    open_one = anne.on(after(anne.day)).open()
    open_one.save("transelect", {"transelect_restaurant": {"visa": visa}})
    open_one.save("jour", ROOMS)
    assert open_one.computed("jour")["jour_occupancy_rate"] == "50.00"
    good(anne.submit())
    before = anne.whole()
    set_policy(app, rooms=200, rates={"transelect": {"visa": "3.00"}}, tolerances={"recap": "5.00"})
    assert anne.whole() == before
    assert anne.computed("transelect")["transelect_esc_visa"] == "1.75"
    assert anne.computed("controle")["property_rooms"] == 252
    assert open_one.computed("transelect")["transelect_esc_visa"] == "3.00"
    assert open_one.computed("jour")["jour_occupancy_rate"] == "63.00"


def test_settings_dated_tomorrow_do_not_move_tonight(app):
    anne = Person(app).open()
    anne.save("transelect", {"transelect_restaurant": {"visa": {"terminals": {"bar_a": "100.00"}}}})
    tomorrow = anne.on(after(anne.day)).open()
    tomorrow.save("transelect", {"transelect_restaurant": {"visa": {"terminals": {"bar_a": "100.00"}}}})
    set_policy(app, date.fromisoformat(tomorrow.day), rates={"transelect": {"visa": "3.00"}})
    assert anne.computed("transelect")["transelect_esc_visa"] == "1.75"
    assert tomorrow.computed("transelect")["transelect_esc_visa"] == "3.00"


def test_the_columns_of_a_locked_night_are_its_frozen_figures(app):
    """Settings that move between the last save and the lock move the figures: the columns follow."""
    anne = Person(app).open()
    anne.save("jour", ROOMS)
    set_policy(app, rooms=200)
    good(anne.submit())
    assert anne.computed("jour")["jour_occupancy_rate"] == "63.00"
    found = rows(app, "SELECT rooms_available, occupancy FROM night_audit_sessions")
    assert [tuple(row) for row in found] == [(200, 6300)]


def test_what_a_lock_keeps(shared, anne):
    anne.save("recap", GREEN)
    anne.lock()
    statement = "SELECT * FROM night_audit_sessions WHERE audit_date = :d"
    [row] = rows(shared, statement, d=anne.day)
    frozen = json.loads(row.frozen)
    assert {"saisies", "valeurs", "reglages", "controles", "versions", "regles"} <= frozen.keys()
    assert frozen["regles"] == row.rules_version
    assert frozen["tabs"]["recap"] == GREEN
    assert len(frozen["controles"]) == 35
    assert len(row.checksum) == 64
