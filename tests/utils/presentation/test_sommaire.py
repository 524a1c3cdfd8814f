"""The fourteenth tab: checks by kind, the cash difference, the reasons that submission waits for."""

from types import SimpleNamespace

import pytest

from tests.utils.presentation.shown import NIGHT, fr
from tests.utils.rj.build import night
from utils.presentation.sommaire import sentence, summary
from utils.rj.remarks import Remark, remarks
from utils.rj.verdict import Given, Reason, Verdict

BASE = "/rj/native/2025-12-23"
OPEN = Verdict("incomplete", "1 onglet à finir", "en cours : 1 onglet à finir")
RED = night(recap={"cash_ls_lecture": "100.00", "deposit_cdn": "40.00"}, jour={"jour_room_revenue": "1.00"})


def needed(found=(), tabs=(), *, begun=True):
    return SimpleNamespace(remarks=found, tabs=tabs, begun=begun)


def made(of=NIGHT, asked=None, given=None, **more):
    return summary(of, BASE, asked or needed(), given or Given(), OPEN, **more)


def line(found, key):
    return next(one for part in found.parts for one in part.lines if one.key == key)


def test_checks_are_counted_under_their_kind_and_a_kind_without_any_is_left_out():
    assert [part.title for part in made().parts] == [
        *("À voir (3)", "En attente de papiers (9)", "Réussis (22)", "Sans objet (1)"),
    ]
    assert sum(len(part.lines) for part in made().parts) == 35


def test_the_checks_are_told_in_one_sentence():
    assert made().said == (
        "35 contrôles : 22 réussis, 2 avertissements, 1 information, 9 en attente, 1 sans objet; "
        "aucun bloquant parmi les 25 qui comparent quelque chose."
    )


def test_a_check_shows_its_figure_its_tolerance_and_where_to_look():
    found = line(made(), "chk_transelect_x20")
    assert (found.cell.text, found.tolerance, found.state.word) == (fr("-9 609,77"), "0,01", "avertissement")
    assert found.sentence.startswith("Les terminaux et les ventes diffèrent. Peut-être")
    assert found.href == f"{BASE}/transelect#transelect.transelect_restaurant.visa.positouch"
    assert found.leads == "4, Transelect"
    assert found.cell.why


@pytest.mark.parametrize(
    ("key", "decimals", "tolerance"), [("chk_recap", 2, "0,01"), ("chk_tvq_tps", 3, "0,050"), ("chk_chambres", 0, "0")]
)
def test_a_tolerance_is_written_as_its_figure_is(key, decimals, tolerance):
    found = line(made(), key)
    assert (found.decimals, found.tolerance) == (decimals, tolerance)


def test_a_check_that_waits_names_its_paper_until_the_night_is_settled():
    waits = line(made(), "chk_internet")
    assert (waits.state.word, waits.sentence, waits.cell.why) == ("en attente", "En attente : Internet.", False)
    red = line(made(RED), "chk_recap")
    settled = line(made(RED, settled=True), "chk_recap")
    assert (red.state.word, red.sentence) == ("en attente", "En attente : Due back, Recap, SD.")
    assert settled.state.word == "bloquant"


def test_a_check_that_passed_says_nothing():
    assert line(made(), "chk_recap").sentence == ""


def test_a_blocking_check_is_counted_and_listed_apart():
    found = made(RED, settled=True)
    blocked = [one.key for one in found.blocking]
    assert "chk_recap" in blocked
    assert found.parts[0].title == f"Bloquants ({len(blocked)})"
    assert f"{len(blocked)} bloquant" in found.said
    assert "aucun bloquant" not in found.said


def test_a_blocking_check_that_was_let_pass_blocks_no_more_and_keeps_its_reason():
    given = Given({}, {"chk_recap": Reason("Enveloppe recomptée", "Contrôleuse", "06:10")})
    found = made(RED, given=given, settled=True)
    assert "chk_recap" not in [one.key for one in found.blocking]
    one = line(found, "chk_recap")
    assert one.passed
    assert one.said == "Dérogation, motif « Enveloppe recomptée », par Contrôleuse, 06:10."


def test_an_acknowledgement_is_signed_beside_its_check():
    given = Given({"chk_hp_motif": Reason("Factures de la veille", "Auditrice", "03:00")}, {})
    assert line(made(given=given), "chk_hp_motif").said == "Motif « Factures de la veille », par Auditrice, 03:00."
    assert line(made(), "chk_hp_motif").said == ""


def test_a_check_may_have_both():
    reason = Reason("Vu au dépôt")
    found = line(made(given=Given({"chk_recap": reason}, {"chk_recap": reason})), "chk_recap")
    assert found.said == "Motif « Vu au dépôt ». Dérogation, motif « Vu au dépôt »."


def test_reasons_for_tabs_and_cells_lead_to_their_tab():
    (said,) = made(given=Given({"onglets.recap": Reason("Coffre fermé à clé", "Auditrice")}, {})).given
    assert (said.label, said.said, said.href) == (
        *("3, Recap (onglet laissé)", "Motif « Coffre fermé à clé », par Auditrice", f"{BASE}/recap"),
    )


def test_the_cash_difference_shows_only_its_causes_and_what_is_left():
    found = made().difference
    assert [(term.sign, term.label, term.cell.text) for term in found.terms] == [
        ("", "Différence de caisse", fr("-9 609,77")),
        (fr("-"), "Variance des cartes", fr("-9 609,77")),
        ("=", "Reste à expliquer", "0,00"),
    ]
    assert found.state == "expliquee"
    assert found.terms[1].href == f"{BASE}/jour#jour.jour_diff_caisse_transelect"
    assert "est expliquée par la variance des cartes" in made().sentence


def test_what_of_the_remainder_comes_from_the_recap_stands_under_it():
    line = {"name": "A", "amount": "112.40", "verified": "112.40"}
    papers = {
        "sd": {"sd_entries": [line], "depot_data": {"client6": {"amounts": ["112.40"]}}},
        "dueback": {"dueback_entries": [{"name": "A", "previous": "-10.00", "nouveau": "10.00"}]},
    }
    jour = {"jour_opening_balance": "0.00", "jour_new_balance": "41.60"}
    of = night(recap={"cash_ls_lecture": "100.00"}, jour=jour, **papers)
    *_, rest, recap, own = made(of, settled=True).difference.terms
    assert (rest.label, recap.label, own.label) == ("Reste à expliquer", "dont Recap", "propre au Jour")
    assert (recap.cell.text, own.cell.text) == (fr("-12,40"), fr("154,00"))
    assert recap.href == f"{BASE}/recap#recap.recap_balance"


def test_what_was_let_pass_and_what_succeeds_are_told_apart_from_what_asks():
    found = made()
    assert [part.folded for part in found.parts if part.title.startswith(("Réussis", "Sans objet"))] == [True, True]
    assert not any(part.folded for part in found.parts if part.title.startswith(("Bloquants", "À voir", "En attente")))
    passed = made(given=Given({}, {"chk_recap": Reason("Entendu avec la direction", "Claire")}))
    assert [line.key for line in passed.waived] == ["chk_recap"]
    assert found.waived == ()


def test_without_figures_there_is_no_difference():
    found = made(night(), needed(begun=False))
    assert (found.difference, found.sentence, found.begun) == (None, "", False)


def test_what_must_be_answered_is_asked_once_for_lines_that_say_the_same():
    said = remarks(NIGHT)
    first, second, third = made(asked=needed(said)).asks
    assert [(one.keys, one.must) for one in (first, second)] == [("chk_transelect_x20", False), ("chk_hp_motif", False)]
    assert third.must
    assert third.label == "Onglet 8, HP / Admin"
    assert third.said == "Motif et autorisation obligatoires. (7 lignes)"
    assert len(third.keys.split()) == 7


def test_one_remark_is_not_counted():
    (*_, asked) = made(asked=needed((Remark("recap.deposit_cdn", "L'enveloppe manque."),))).asks
    assert (asked.keys, asked.said) == ("recap.deposit_cdn", "L’enveloppe manque.")


def test_a_tab_that_is_left_asks_why():
    (left,) = made(asked=needed(tabs=("hp_admin",))).left
    assert (left.keys, left.label, left.must) == ("onglets.hp_admin", "8, HP / Admin", True)
    assert (left.place, left.href) == ("8, HP / Admin", f"{BASE}/hp_admin")


def test_what_the_night_is_is_a_sentence():
    assert made().verdict == sentence(OPEN) == "La nuit est en cours : 1 onglet à finir."
