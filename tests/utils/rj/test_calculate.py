"""The order of the night, derived from what each formula reads; what a change reaches and what it moves."""

import pytest

from tests.utils.rj.build import figure, night
from tests.utils.rj.golden import COMPLETE
from tests.utils.rj.golden import night as golden
from utils.rj.calculate import ORDER, POSITION, _nodes, _ordered, dependents, recalculate
from utils.rj.catalogue import FIELDS
from utils.rj.expression import Copie, Total, bare, ecart, term_compiled
from utils.rj.lines import own


def test_every_calculated_field_has_its_place_after_what_it_reads():
    columns = {f"{name}[].{c.key}" for name, f in FIELDS.items() for c in f.columns if c.formula is not None}
    assert {node.name for node in ORDER} == {name for name, f in FIELDS.items() if f.formula is not None} | columns
    late = [(n.name, read) for n in ORDER for read in n.reads if POSITION.get(read, -1) >= POSITION[n.name]]
    assert late == []


def test_a_formula_that_reads_an_unknown_name_fails_at_once():
    nodes = _nodes()
    name = "recap.cash_ls_net"
    nodes[name] = type(nodes[name])(name, frozenset({"recap.inconnu"}), nodes[name].calculation, typed=False)
    with pytest.raises(LookupError, match=r"recap\.cash_ls_net reads recap\.inconnu, which no tab declares"):
        _ordered(nodes)


def reached(name):
    return {ORDER[position].name for position in dependents(name)}


def test_the_jour_never_feeds_the_recap():
    """There is no cycle: SetD and Z read the Jour, never the reverse."""
    assert not any(name.startswith(("recap.", "transelect.", "geac.")) for name in reached("jour.jour_argent_recu"))
    assert {"setd.setd_rj_balance", "sommaire.chk_setd"} <= reached("jour.jour_surplus_deficit")
    assert "dueback.dueback_z" in reached("dueback.dueback_entries")


def test_a_note_reaches_nothing():
    assert reached("controle.notes") == set()


def test_what_moves_is_named_and_nothing_else():
    before = golden(COMPLETE)
    after, moved = recalculate(before, {"recap.cash_ls_lecture": before.inputs["recap.cash_ls_lecture"] + 1})
    assert moved == {
        *("recap.cash_ls_lecture", "recap.cash_ls_net", "recap.recap_total_recettes", "recap.recap_total_apres_remb"),
        *("recap.recap_total_a_deposer", "recap.recap_depot_net", "recap.recap_depot_cdn_calcule"),
        *("recap.recap_depot_controle", "recap.recap_argent_recu", "recap.recap_balance", "jour.jour_argent_recu"),
        *("jour.jour_total_debits_colonnes", "jour.jour_total_debit", "jour.jour_diff_caisse", "jour.jour_depot_cdn"),
        *(
            "jour.jour_diff_caisse_residu",
            "jour.jour_mtd_diff_caisse",
            "jour.jour_total_credit",
            "jour.jour_net_banque",
        ),
        *("quasimodo.quasi_cash_cdn", "quasimodo.quasi_total", "quasimodo.quasi_rj_total", "sommaire.chk_recap"),
        *("sommaire.statuts.chk_recap", "sommaire.is_recap_balanced", "sommaire.nb_bloquants"),
        *("sommaire.chk_diff_caisse", "sommaire.statuts.chk_diff_caisse", "sommaire.nb_avertissements"),
    }
    assert figure(after, "recap.recap_balance") == "1.00"
    assert figure(before, "recap.recap_balance") == "0.00"


def test_a_typed_value_equal_to_its_source_can_be_taken_away_without_moving_anything():
    envelope = {"currency": "US", "verified": "5.00"}
    given = night(recap={"deposit_us": "5.00", "cash_ls_lecture": "1.00"}, sd={"sd_entries": [envelope]})
    after, moved = recalculate(given, {"recap.deposit_us": None})
    assert moved == frozenset()
    assert (figure(after, "recap.deposit_us"), after.sources) == ("5.00", {})


def test_the_source_behind_a_typed_value_follows_what_it_reads():
    given = night(recap={"deposit_us": "5.00"})
    assert given.sources == {}
    entries = ({"currency": "US", "verified": given.values["recap.deposit_us"] + 1},)
    after, _ = recalculate(given, {"sd.sd_entries": entries})
    assert after.sources["recap.deposit_us"] == 6
    back, _ = recalculate(after, {"sd.sd_entries": None})
    assert back.sources == {}


# Expressions, alone


def run(expression, **values):
    return term_compiled(expression, own)(values)


@pytest.mark.parametrize(
    ("values", "total", "gap"),
    [
        ({}, None, None),
        ({"a": 1}, 1, None),
        ({"b": 2}, 2, None),
        ({"c": 4}, -4, None),
        ({"a": 1, "b": 2}, 3, None),
        ({"a": 1, "c": 4}, -3, None),
        ({"a": 1, "b": 2, "c": 4}, -1, -1),
        ({"a": 0, "b": 0, "c": 0}, 0, 0),
    ],
)
def test_a_sum_passes_over_what_is_absent_and_a_comparison_does_not(values, total, gap):
    assert run(Total(("a", "b"), ("c",)), **values) == total
    assert run(ecart(("a", "b"), ("c",)), **values) == gap
    mixed = (Copie("a"), "b"), (Copie("c"),)
    assert run(Total(*mixed), **values) == total
    assert run(ecart(*mixed), **values) == gap
    assert run(Total((), (Copie("c"), Copie("a"))), **values) == run(Total((), ("c", "a")), **values)


def test_what_a_sum_needs():
    assert run(Total(("a",), needs=("b",)), a=1) is None
    assert run(Total(("a",), needs=("b",)), a=1, b=0) == 1
    assert run(Total(("a",), needs_one=("b", "c")), a=1) is None
    assert run(Total(("a",), needs_one=("b", "c")), a=1, c=0) == 1


@pytest.mark.parametrize(("flag", "found"), [(True, 0), (False, None), ((), None), ({}, 0), ("x", 0)])
def test_what_makes_a_sum_nil(flag, found):
    """A declared flag, a line, an opened map; neither a flag put back to no nor an empty list."""
    assert run(Total(("a",), zero_when=("nil",)), nil=flag) == found


def test_an_opposite():
    assert run(Copie("a", -1), a=5) == -5
    assert run(Copie("a", -1)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("(1 + 2)", "1 + 2"), ("(1) + (2)", "(1) + (2)"), ("1 + 2", "1 + 2"), ("((1))", "(1)"), ("", "")],
)
def test_parentheses_around_the_whole_are_taken_off_once(text, found):
    assert bare(text) == found
