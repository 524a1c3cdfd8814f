"""What is true of any night, over two thousand five hundred; `pytest -m long` over a hundred thousand.

A failure lists seeds: `made(seed)` in tests/utils/rj/nights.py is the night.
"""

import json
import re
from datetime import date
from decimal import Decimal
from itertools import islice
from random import Random

import pytest

from tests.utils.rj.nights import changes, made
from tests.utils.rj.second_opinion import REQUIRED, Opinion
from tests.utils.rj.test_explain import check as redo
from utils.money import ZERO
from utils.rj.calculate import ORDER, calculate, dependents, recalculate
from utils.rj.carry_forward import next_block
from utils.rj.cash_difference import decompose
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import CHOICE, COUNT, FACTOR, FLAG, MONEY, PERCENT, TEXT
from utils.rj.explain import listed_names
from utils.rj.kpi import indicators
from utils.rj.night_file import calculated, read_night, write_night
from utils.rj.parse import read_tabs
from utils.rj.previous import read_previous
from utils.rj.reading import Reader
from utils.rj.remarks import remarks
from utils.rj.sheets import SHEETS
from utils.rj.summary import check_results
from utils.rj.writing import write_inputs

SHORT = [range(first, first + 250) for first in range(0, 1_000, 250)]
LONG = [range(first, first + 2_500) for first in range(1_000, 101_000, 2_500)]
OUTSIDE = ("previous.", "property.", "entered.")


@pytest.fixture(
    scope="module",
    params=[*SHORT, *(pytest.param(seeds, marks=pytest.mark.long) for seeds in LONG)],
    ids=lambda seeds: f"nuits-{seeds[0]}",
)
def nights(request):
    """Some hundreds of nights by their seed, calculated once for all the tests of this file."""
    return {seed: read_night(made(seed)) for seed in request.param}


def failing(nights, holds, every=1):
    """The seeds of the nights of which it is not true."""
    return [seed for seed, night in islice(nights.items(), 0, None, every) if not holds(seed, night)]


def same(one, other):
    """Two nights with the same figures from the same values."""
    return (one.values, one.sources, dict(one.inputs)) == (other.values, other.sources, dict(other.inputs))


def again(night, inputs):
    return calculate(night.day, night.settings, night.previous, inputs)


# Calculation


def test_a_second_calculator_finds_the_same(nights):
    def agrees(seed, night):
        opinion = Opinion(night)
        ours = {name: value for name, value in night.values.items() if not name.startswith(OUTSIDE)}
        return (ours, night.sources) == (opinion.values, opinion.sources)

    twice = "y écrire une seconde fois, le plus simplement, ce qui est calculé : une fonction de PARTS"
    assert [tab.key for tab in SHEETS if tab.key not in REQUIRED] == [], (
        f"Onglet que tests/utils/rj/second_opinion.py ne connaît pas : {twice}, une ligne de REQUIRED (et de LISTS)."
    )
    assert failing(nights, agrees) == [], f"Un champ que tests/utils/rj/second_opinion.py calcule autrement : {twice}."


def test_calculating_twice_changes_nothing(nights):
    assert failing(nights, lambda _, night: same(again(night, night.inputs), night), every=3) == []


def test_typing_again_what_is_there_moves_nothing(nights):
    def still(seed, night):
        after, moved = recalculate(night, dict(night.inputs))
        return same(after, night) and not moved

    assert failing(nights, still, every=5) == []


def test_the_order_of_entry_does_not_matter(nights):
    def whatever(seed, night):
        names, built = list(night.inputs), again(night, {})
        Random(seed).shuffle(names)
        step = 1 if seed % 99 == 0 else 1 + len(names) // 3
        for start in range(0, len(names), step):
            built, _ = recalculate(built, {name: night.inputs[name] for name in names[start : start + step]})
        return same(built, night)

    assert failing(nights, whatever, every=3) == []


def test_a_change_recalculated_is_the_night_calculated_from_scratch(nights):
    def equal(seed, night):
        changed = changes(night, seed, count=3)
        inputs = {name: value for name, value in {**night.inputs, **changed}.items() if value is not None}
        return same(recalculate(night, changed)[0], again(night, inputs))

    assert failing(nights, equal) == []


def test_a_change_in_one_field_changes_only_what_depends_on_it(nights):
    def contained(seed, night):
        (name, value), *_ = changes(night, seed).items()
        after, moved = recalculate(night, {name: value})
        tab = f"entered.{name.partition('.')[0]}"
        reached = {ORDER[position].name for position in dependents(name) | dependents(tab)} | {name}
        every = (night.values.keys() | after.values.keys()) - {tab}
        different = {each for each in every if night.values.get(each) != after.values.get(each)}
        return different == moved <= reached

    assert failing(nights, contained) == []


def test_undoing_a_change_brings_the_night_back(nights):
    def restored(seed, night):
        changed = changes(night, seed, count=2)
        after, moved = recalculate(night, changed)
        back, moved_back = recalculate(after, {name: night.inputs.get(name) for name in changed})
        return same(back, night) and moved == moved_back

    assert failing(nights, restored, every=5) == []


def test_nothing_is_invented_from_nothing(nights):
    """A figure whose every term is absent is absent, but for what only counts or judges other figures."""
    always = {"controle.jours_dans_mois"} | {name for name in FIELDS if name.startswith("sommaire.")}

    def sober(seed, night):
        shown = [node for node in ORDER if node.name in night.values and node.name not in always | night.inputs.keys()]
        return all(any(name in night.values for name in node.reads) for node in shown)

    assert failing(nights, sober, every=5) == []


# Identities


def test_lines_sum_to_totals(nights):
    """The second calculator sums the lines by itself; here, the totals against the figures of their lines."""
    pairs = {
        "dueback.dueback_total": "dueback.dueback_entries[].net",
        "sd.sd_total_variance": "sd.sd_entries[].variance",
        "hp_admin.hp_admin_total": "hp_admin.hp_admin_entries[].total",
    }

    def sums(seed, night):
        found = {total: night.values.get(lines) for total, lines in pairs.items()}
        return all(
            night.values[total] == sum((figure for figure in figures if figure is not None), ZERO)
            for total, figures in found.items()
            if figures
        )

    assert failing(nights, sums) == []


def test_every_card_batch_is_in_a_total(nights):
    def counted(seed, night):
        batches = [v for n, v in night.inputs.items() if n.endswith(".terminals") and isinstance(v, dict)]
        every = sum((amount for terminals in batches for amount in terminals.values()), ZERO)
        by_terminal = night.values.get("transelect.transelect_terminal_totals", {})
        totals = [night.values.get(f"transelect.transelect_total{group}", ZERO) for group in (1, 2)]
        return every == sum(totals) == sum(by_terminal.values(), ZERO)

    assert failing(nights, counted) == []


def test_opening_plus_credits_minus_debits_is_the_closing(nights):
    """The cash difference is the plug: with it the report always closes, and `chk_cloture` is 0.00."""

    def closes(seed, night):
        value = night.values.get
        if value("jour.jour_diff_caisse") is None:
            return value("jour.jour_balance_fermeture") is None and value("sommaire.chk_cloture") is None
        credits, debits = (value(f"jour.jour_total_{side}s_colonnes", ZERO) for side in ("credit", "debit"))
        closing = value("jour.jour_opening_balance") + credits - debits + value("jour.jour_diff_caisse")
        return closing == value("jour.jour_new_balance") == value("jour.jour_balance_fermeture")

    assert failing(nights, closes) == []
    assert failing(nights, lambda _, n: n.values["sommaire.statuts.chk_cloture"] in ("ok", "na")) == []


def test_money_received_and_refunds_make_the_canadian_deposit(nights):
    def holds(seed, night):
        value = night.values.get
        if value("recap.recap_argent_recu") is None:
            return value("recap.recap_depot_cdn_calcule") is None
        refunds = sum((value(f"recap.remb_{key}_net", ZERO) for key in ("gratuite", "client", "loterie")), ZERO)
        return value("recap.recap_argent_recu") + refunds == value("recap.recap_depot_cdn_calcule")

    assert failing(nights, holds) == []


def test_revpar_is_the_share_sold_times_the_average_rate(nights):
    """REVCD = % louées × ADR, each of the three being rounded to the cent or to the hundredth of a point."""
    half = Decimal("0.005")

    def near(seed, night):
        value = night.values.get
        rate, share, revpar = (value(f"jour.jour_{key}") for key in ("adr", "occupancy_rate", "revpar"))
        if rate is None or share is None:
            return True
        margin = half + (abs(rate) + half) * half / 100 + abs(share) * half / 100
        return abs(revpar - share * rate / 100) <= margin

    assert failing(nights, near) == []


def test_the_decomposition_sums_to_the_difference(nights):
    def sums(seed, night):
        parts = decompose(night)
        if parts is None:
            return "jour.jour_diff_caisse" not in night.values
        whole = sum((cause.amount for cause in parts.causes), parts.remainder)
        said = parts.as_json()
        return whole == parts.difference == night.values["jour.jour_diff_caisse"] and said["phrase"].endswith(".")

    assert failing(nights, sums) == []


def test_a_typed_value_wins_and_its_source_stays_beside(nights):
    def wins(seed, night):
        typed = [name for name in night.inputs if FIELDS[name].formula is not None]
        listed = {d["champ"]: d for d in write_night(night)["differences"]}
        expected = {n for n in typed if FIELDS[n].direct and night.sources.get(n, night.inputs[n]) != night.inputs[n]}
        return all(night.values[name] == night.inputs[name] for name in typed) and listed.keys() == expected

    assert failing(nights, wins, every=5) == []


def test_what_blocks_is_what_the_flags_say(nights):
    def consistent(seed, night):
        statuses = [result.status for result in check_results(night)]
        value = night.values.__getitem__
        balanced = value("sommaire.is_fully_balanced")
        counted = statuses.count("bloquant") == value("sommaire.nb_bloquants")
        return counted and (not balanced or "bloquant" not in statuses)

    assert failing(nights, consistent, every=5) == []


# Reading and writing


def test_what_is_written_then_read_is_equal(nights):
    def equal(seed, night):
        reader = Reader()
        read = read_tabs(json.loads(json.dumps(write_inputs(night.inputs))), reader)
        return read == night.inputs and not reader.problems

    assert failing(nights, equal, every=2) == []


def test_an_output_fed_back_gives_the_same_output(nights):
    def equal(seed, night):
        once = json.dumps(calculated(json.dumps(made(seed))))
        return json.dumps(calculated(once)) == once

    assert failing(nights, equal, every=10) == []


SHAPES = {
    MONEY: r"-?\d+\.\d\d",
    PERCENT: r"-?\d+\.\d\d\d?",
    FACTOR: r"-?\d+\.\d{3,}",
    COUNT: r"-?\d+",
    FLAG: r"True|False",
    CHOICE: r"[a-z_]+",
    TEXT: r".+",
}
JSON_TYPES = {COUNT: int, FLAG: bool}


def well_written(field, written):
    """Whether a figure of the output has the form that the night file asks of its kind."""
    if isinstance(written, dict):
        return bool(written) and all(well_written(field, one) for one in written.values())
    if isinstance(written, list):
        return bool(written)
    right = type(written) is JSON_TYPES.get(field.kind, str)
    return right and bool(re.fullmatch(SHAPES[field.kind], str(written))) and not re.fullmatch(r"-0\.0+", str(written))


def at(nested, key):
    for part in key.split("."):
        nested = nested.get(part) if isinstance(nested, dict) else None
    return nested


def test_every_figure_of_the_output_has_the_form_of_its_kind(nights):
    def shaped(seed, night):
        computed = write_night(night)["computed"]
        found = [(f, at(computed, name)) for name, f in FIELDS.items() if f.formula is not None]
        return all(well_written(field, written) for field, written in found if written is not None)

    assert failing(nights, shaped, every=5) == []


def test_the_next_night_reads_what_this_one_leaves(nights):
    """But for amounts beyond twelve digits, which the night file cannot carry."""

    def reads(seed, night):
        block, reader = next_block(night), Reader()
        read_previous(json.loads(json.dumps(block)), reader)
        small = all(abs(value) < 10**12 for value in night.values.values() if type(value) is Decimal)
        return date.fromisoformat(block["audit_date"]) > night.day and not (small and reader.problems)

    assert failing(nights, reads, every=2) == []


# Saying


def test_every_explanation_can_be_redone(nights):
    for night in islice(nights.values(), 0, None, 50):
        names = listed_names(night)
        assert len(names) > 50
        for name in names:
            redo(night, name)


def test_any_night_can_be_shown(nights):
    """Remarks, indicators and checks never fail, and are sentences."""

    def said(seed, night):
        sentences = [remark.message for remark in remarks(night)] + [r.sentence() for r in check_results(night)]
        figures = [indicator.as_json() for indicator in indicators(night)]
        return len(figures) == 11 and all(sentence.endswith((".", "?")) for sentence in sentences)

    assert failing(nights, said, every=5) == []
