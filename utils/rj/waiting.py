"""What a check still waits for: « absent » counts zero in a sum, so a sum is judged only once its papers are there.

Nothing here changes a figure or a status: it is read beside them. What a check needs is drawn from the formulas it
reads, down to what is typed: the required fields of the tabs it reads whole, and both sides of every comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from utils.rj.calculate import Night, qualifier
from utils.rj.catalogue import BY_KEY, FIELDS, TABS
from utils.rj.check import Check
from utils.rj.checks import CHECKS
from utils.rj.declaration import FLAG
from utils.rj.expression import Calculation, Expression, Qualify, Term, Total, term_compiled, term_reads
from utils.shapes import Values

# what stands on a paper of its own inside a tab, else the tab in short
PAPERS: Final = {
    "transelect.transelect_restaurant.": "Transelect restaurant",
    "transelect.transelect_reception.": "Transelect réception",
    "sd.depot_data.": "Enveloppes du dépôt",
    "hp_admin.": "HP / Admin",
    "geac.": "GEAC",
    "sd.": "SD",
}
# a line that says one of these says the other: until then its gap is the whole of the first
TOGETHER: Final = {"sd.sd_entries": ("amount", "verified")}
_COUNTS_WHAT_IS_MISSING: Final = "chk_completude"
_OUTSIDE: Final = ("previous.", "property.", "entered.", "sommaire.")
_ORDER: Final = {name: position for position, name in enumerate(FIELDS)}


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: how it is calculated, and the inputs that feed it."""

    term: Term
    qualify: Qualify
    known: Calculation
    leaves: frozenset[str]

    @classmethod
    def of(cls, term: Term, qualify: Qualify, typed: frozenset[str]) -> _Side:
        """The side that a term is."""
        read = [name for name in term_reads(term, qualify) if not name.startswith(_OUTSIDE)]
        leaves: frozenset[str] = frozenset().union(*(_leaves(name, typed) for name in read))
        return cls(term, qualify, term_compiled(term, qualify), leaves)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two sides or more that mean something only together."""

    sides: tuple[_Side, ...]
    mine: tuple[_Side, ...]


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a check needs: fields that must have a value, comparisons to be fed on every side, lists to be whole.

    ``partly`` are the proofs of other tabs of which the check reads one side only: one of each must be there.
    """

    required: tuple[str, ...]
    comparisons: tuple[_Comparison, ...]
    partly: tuple[tuple[_Comparison, ...], ...]
    lists: tuple[str, ...]


def waiting(night: Night) -> dict[str, tuple[str, ...]]:
    """The papers that each check waits for, by key of the check, in the order of the tabs; none when it has all."""
    if "waiting" not in night.memo:
        typed = frozenset(name for name in night.inputs if name in _DIRECT)
        lacking = {check.key: sorted(set(_lacking(check, night, typed)), key=_ORDER.__getitem__) for check in CHECKS}
        night.memo["waiting"] = {key: tuple(dict.fromkeys(map(paper_of, names))) for key, names in lacking.items()}
    return night.memo["waiting"]


def waits_for_nothing(night: Night) -> None:
    """Say that a night came closed, from a workbook: no paper of it will ever be waited for."""
    night.memo["waiting"] = {check.key: () for check in CHECKS}


def is_half_fed(key: str, night: Night, tab: str) -> bool:
    """Whether a check waits for a paper of this tab that gave other figures to it: one side of it stands alone."""
    typed = frozenset(name for name in night.inputs if name in _DIRECT)
    own = {name for name in _leaves(f"sommaire.{key}", typed) if _tab(name) == tab}
    known = own & night.values.keys()
    return bool(known) and not {paper_of(name) for name in own - known}.isdisjoint(waiting(night)[key])


def _lacking(check: Check, night: Night, typed: frozenset[str]) -> Iterator[str]:
    if check.key == _COUNTS_WHAT_IS_MISSING:
        return
    needs, values = _needs(check.key, typed), night.values
    if f"sommaire.{check.key}" not in values:
        yield from _absent_of(check.formula, _qualifier("sommaire"), values, typed)
    for name in needs.required:
        if name not in values:
            yield from _absent(name, values, typed)
    for comparison in needs.comparisons:
        yield from _unfed(comparison, values, typed)
    for proof in needs.partly:
        yield from _unread(proof, values, typed)
    for name in needs.lists:
        together = set(TOGETHER[name])
        if any(0 < len(together & line.keys()) < len(together) for line in values.get(name, ())):
            yield name


def _unfed(comparison: _Comparison, values: Values, typed: frozenset[str]) -> Iterator[str]:
    """Inputs of the sides that are absent while another side is there."""
    absent = [side for side in comparison.sides if side.known(values) is None]
    if absent and any(side.leaves and side not in absent for side in comparison.sides):
        for side in absent:
            yield from _absent_of(side.term, side.qualify, values, typed)


def _unread(proof: tuple[_Comparison, ...], values: Values, typed: frozenset[str]) -> Iterator[str]:
    """Inputs of the side read: all absent, or absent where what proves it is there."""
    missing = [one for one in proof if all(side.known(values) is None for side in one.mine)]
    proven = [one for one in missing if any(side.known(values) is not None for side in one.sides)]
    for one in missing if len(missing) == len(proof) else proven:
        for side in one.mine:
            yield from _absent_of(side.term, side.qualify, values, typed)


def _absent(name: str, values: Values, typed: frozenset[str]) -> Iterator[str]:
    """Inputs for want of which a figure is absent; what no paper of tonight can give is not waited for."""
    if name in values or name.startswith(_OUTSIDE):
        return
    field = FIELDS[name]
    if field.formula is None or name in typed:
        if field.kind != FLAG and not values.get(f"{_tab(name)}.sans_activite"):
            yield name
        return
    yield from _absent_of(field.formula, _qualify_in(name), values, typed)


def _absent_of(term: Term, qualify: Qualify, values: Values, typed: frozenset[str]) -> Iterator[str]:
    if isinstance(term, str):
        yield from _absent(qualify(term), values, typed)
    elif isinstance(term, Total) and not term.strict:
        needed = [name for name in term.needs if qualify(name) not in values]
        # any term would do: the first is the reading, the others complete it
        for one in needed or (*term.needs_one, *term.plus, *term.minus)[:1]:
            yield from _absent_of(one, qualify, values, typed)
    else:
        for name in term_reads(term, qualify):
            yield from _absent(name, values, typed)


def paper_of(name: str) -> str:
    """The paper that gives a field: « Transelect restaurant », « SD »."""
    return next((paper for prefix, paper in PAPERS.items() if name.startswith(prefix)), BY_KEY[_tab(name)].short)


# What a check needs, once for each set of figures typed in place of their source.

_DIRECT: Final = frozenset(name for name, field in FIELDS.items() if field.formula is not None and field.typed)


def _tab(name: str) -> str:
    return name.partition(".")[0]


@lru_cache(maxsize=len(TABS))
def _qualifier(tab: str) -> Qualify:
    return qualifier(BY_KEY[tab])


def _qualify_in(name: str) -> Qualify:
    return _qualifier(_tab(name))


@lru_cache(maxsize=4096)
def _closure(name: str, typed: frozenset[str]) -> frozenset[str]:
    """The figure and all it is made of; a figure typed in place of its source is made of nothing."""
    found, waiting_for = {name}, [name]
    while waiting_for:
        here = waiting_for.pop()
        formula = FIELDS[here].formula
        if formula is None or here in typed:
            continue
        for read in term_reads(formula, _qualify_in(here)):
            if read not in found and not read.startswith(_OUTSIDE):
                found.add(read)
                waiting_for.append(read)
    return frozenset(found)


@lru_cache(maxsize=4096)
def _leaves(name: str, typed: frozenset[str]) -> frozenset[str]:
    """The inputs a figure is made of."""
    return frozenset(one for one in _closure(name, typed) if FIELDS[one].formula is None or one in typed)


@lru_cache(maxsize=2048)
def _needs(key: str, typed: frozenset[str]) -> _Needs:
    check, name = _BY_NAME[key], f"sommaire.{key}"
    closure, leaves = _closure(name, typed), _leaves(name, typed)
    asked = [
        f"{tab}.{field}"
        for tab in sorted({_tab(one) for one in closure} - {"sommaire"})
        for field in BY_KEY[tab].required
    ]
    copied = {_leaves(one, typed - {one}) for one in closure & typed}
    whole = [
        one
        for one in asked
        # figures of the paper typed further on, in place of their source, stand for the paper
        if _leaves(one, typed) <= leaves and (one in closure or _leaves(one, typed) not in copied)
    ]
    # the comparisons of a required figure of which these inputs feed a side
    proofs = (
        tuple(found for found in _comparisons(_closure(one, typed), leaves, typed) if found.mine)
        for one in asked
        if one not in whole
    )
    return _Needs(
        required=(*whole, *(one for one in check.needs if one in leaves)),
        comparisons=tuple(_comparisons(closure, leaves, typed)),
        partly=tuple(proof for proof in proofs if proof),
        lists=tuple(one for one in TOGETHER if one in leaves),
    )


def _comparisons(names: Iterable[str], leaves: frozenset[str], typed: frozenset[str]) -> Iterator[_Comparison]:
    for name in sorted(names):
        formula = FIELDS[name].formula
        if formula is None or name in typed:
            continue
        for found in _strict(formula):
            sides = tuple(_Side.of(term, _qualify_in(name), typed) for term in found.plus + found.minus)
            yield _Comparison(sides, tuple(side for side in sides if side.leaves and side.leaves <= leaves))


def _strict(formula: Any) -> Iterator[Total]:
    """The comparisons written in a formula."""
    if isinstance(formula, tuple):
        for part in formula:
            yield from _strict(part)
    elif isinstance(formula, Expression):
        if isinstance(formula, Total) and formula.strict:
            yield formula
        for name in getattr(formula, "__dataclass_fields__", ()):
            yield from _strict(getattr(formula, name))


_BY_NAME: Final = {check.key: check for check in CHECKS}
