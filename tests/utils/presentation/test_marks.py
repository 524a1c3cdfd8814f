"""Where figures come from, and what stands beside them, told to a person."""

from dataclasses import replace
from decimal import Decimal

import pytest

from database.origins import Beside, Origin
from tests.utils.rj import golden
from utils.presentation.marks import Marks
from utils.presentation.night_page import tab_page
from utils.presentation.notes import notes_of
from utils.presentation.sheet import Sheet
from utils.presentation.states import strip_state, tab_state
from utils.presentation.words import figure, typographic
from utils.rj.calculate import calculate
from utils.rj.catalogue import BY_KEY
from utils.rj.standing import StripAmount, TabStanding

NIGHT = golden.night(golden.COMPLETE)
AT = "2025-12-24T02:44:00-05:00"
BESIDE = Beside("-1042.61", "lightspeed", "2025-12-24T05:03:00-05:00", revision=5)
ORIGINS = {
    "recap.cash_ls_lecture": Origin("lightspeed", "2025-12-24T05:03:00-05:00", revision=5),
    "recap.remb_client_lecture": Origin("saisi", AT, 7, beside=BESIDE),
}
MARKS = Marks(origins=ORIGINS, names={7: "Auditrice"}, typed={"recap.cash_pos_lecture": "=712,45-16,40"})


def cell(key, tab="recap", marks=MARKS, night=NIGHT):
    return Sheet.of(night, BY_KEY[tab], marks).cell(key)


@pytest.mark.parametrize(
    ("key", "letter", "word", "detail"),
    [
        ("cash_ls_lecture", "L", "Lightspeed", "rév. 5 à 05:03"),
        ("remb_client_lecture", "S", "Saisi", "02:44, Auditrice"),
        ("cash_pos_lecture", "S", "Saisi", ""),
        ("dueback_reception_lecture", "R", "Reporté", "de l’onglet 2"),
        ("recap_depot_net", "=", "Calculé", ""),
    ],
)
def test_each_figure_says_where_it_comes_from(key, letter, word, detail):
    mark = cell(key).mark
    assert (mark.letter, mark.word, mark.detail) == (letter, word, detail)


def test_what_is_carried_says_from_where():
    assert cell("jour_opening_balance", "jour").mark.detail == "de la veille"
    assert cell("transelect_esc_pct_visa", "transelect").mark.detail == "d’un réglage"
    assert cell("cheque_ar_lecture").mark is None


def test_a_sum_is_shown_again_as_it_was_typed():
    assert cell("cash_pos_lecture").saisie == "=712,45-16,40"


def test_two_figures_for_one_cell_are_both_shown_until_settled():
    (note,) = [one for one in notes_of(NIGHT, MARKS, "recap") if one.sides]
    assert note.name == "recap.remb_client_lecture"
    assert note.gap == "25,00\N{NO-BREAK SPACE}$"
    assert [(side.source, side.figure, side.choice) for side in note.sides] == [
        ("Saisi 02:44, Auditrice", "\N{MINUS SIGN}1\N{NO-BREAK SPACE}067,61\N{NO-BREAK SPACE}$", "garder"),
        ("Lightspeed rév. 5 à 05:03", "\N{MINUS SIGN}1\N{NO-BREAK SPACE}042,61\N{NO-BREAK SPACE}$", "prendre"),
    ]
    assert cell("remb_client_lecture").state == "ask"


def typed_over(value, marks=MARKS):
    night = calculate(NIGHT.day, NIGHT.settings, NIGHT.previous, {**NIGHT.inputs, "jour.jour_tvq": Decimal(value)})
    return [note for note in notes_of(night, marks, "jour") if note.sides]


def test_a_figure_typed_over_its_source_is_settled_once_kept():
    assert [note.name for note in typed_over("2800.00")] == ["jour.jour_tvq"]
    assert typed_over("2823.28") == []
    kept = replace(MARKS, origins={"jour.jour_tvq": Origin("saisi", AT, kept="2823.28")})
    assert typed_over("2800.00", kept) == []
    moved = replace(MARKS, origins={"jour.jour_tvq": Origin("saisi", AT, kept="2824.00")})
    assert [note.name for note in typed_over("2800.00", moved)] == ["jour.jour_tvq"]


def test_a_value_beside_a_column_or_a_key_finds_its_cell():
    origins = {
        "transelect.transelect_restaurant.visa.terminals.bar_a": Origin("saisi", AT, beside=BESIDE),
        "dueback.dueback_entries.ligne-000.nouveau": Origin("saisi", AT, beside=BESIDE._replace(value="300.00")),
    }
    marks = Marks(origins=origins)
    (batch,) = [note for note in notes_of(NIGHT, marks, "transelect") if note.sides]
    assert batch.sides[0].figure == "673,64\N{NO-BREAK SPACE}$"
    (line,) = [note for note in notes_of(NIGHT, marks, "dueback") if note.sides]
    assert line.gap == "23,42\N{NO-BREAK SPACE}$"


def test_a_proposal_waits_to_be_confirmed_and_only_where_one_may_write():
    marks = Marks(proposals={"geac.geac_balance_sheet.prev_gl": "3268484.66"})
    (note,) = [one for one in notes_of(NIGHT, marks, "geac") if one.proposal]
    assert note.text == "Proposé : 3\N{NO-BREAK SPACE}268\N{NO-BREAK SPACE}484,66\N{NO-BREAK SPACE}$."
    assert (note.proposal.cell, note.proposal.value) == ("geac.geac_balance_sheet.prev_gl", "3268484.66")
    assert [one for one in notes_of(NIGHT, replace(marks, editable=False), "geac") if one.proposal] == []


def test_a_share_of_the_variance_is_proposed_to_who_has_none():
    night = golden.night("sd-2025-11-01")
    lists = [block for block in tab_page(night, BY_KEY["setd"], Marks()).blocks if hasattr(block, "proposals")]
    sentences = [proposal.sentence for block in lists for proposal in block.proposals]
    assert "Employé 5 : écart au SD, 740,72\N{NO-BREAK SPACE}$." in sentences


@pytest.mark.parametrize(
    ("axes", "state"),
    [
        (("complet", "ecart", "manual"), "ecart"),
        (("en_cours", "a_expliquer", "manual"), "a_expliquer"),
        (("vide", "na", "planned"), "vide"),
        (("sans_activite", "ok", "manual"), "sans_activite"),
        (("en_cours", "ok", "synced"), "en_cours"),
        (("complet", "ok", "manual"), "equilibre"),
        (("complet", "na", "synced"), "synchronise"),
        (("complet", "na", "manual"), "complet"),
        (("complet", "ok", "error"), "erreur"),
        (("soumise", "na", "auto"), "soumise"),
        (("verrouillee", "na", "auto"), "verrouillee"),
    ],
)
def test_the_rail_shows_one_state_of_three_axes(axes, state):
    assert tab_state(TabStanding(*axes)) == state


@pytest.mark.parametrize(
    ("key", "value", "state", "shown"),
    [
        ("recap", "0.00", "ok", "equilibre"),
        ("diff_caisse", "-9609.77", "ok", "expliquee"),
        ("diff_caisse", "0.00", "ok", "equilibre"),
        ("quasimodo", None, "na", "na"),
        ("geac", "222.22", "ecart", "ecart"),
    ],
)
def test_the_strip_says_how_each_amount_stands(key, value, state, shown):
    assert strip_state(StripAmount(key, key, "", "", value, state)) == shown


def test_words():
    assert typographic("La date d'audit") == "La date d’audit"
    assert figure("percent", Decimal("29.37")) == "29,37"
    assert figure("flag", True) == "oui"
    assert figure("money", None) == ""


def test_a_variance_of_accounts_receivable_can_be_sent_to_accounting():
    inputs = {"geac.geac_ar_previous": Decimal(10), "geac.geac_ar_new_balance": Decimal(5)}
    night = calculate(NIGHT.day, NIGHT.settings, {}, inputs)
    margin = tab_page(night, BY_KEY["geac"], Marks()).margin
    links = [pointer.href for block in margin if hasattr(block, "pointers") for pointer in block.pointers]
    assert any(link.startswith("mailto:?subject=Comptes") for link in links)
