"""The Sommaire: the checks with their state and the field each leads to; the cash difference; what submission asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from utils.presentation.blocks import Sum, Term
from utils.presentation.cells import Cell, json_text
from utils.presentation.moments import figures_of
from utils.presentation.night_page import short
from utils.presentation.states import CHECK_STATES, State
from utils.presentation.words import figure, typographic
from utils.rj.answers import answers
from utils.rj.calculate import Night
from utils.rj.cash_difference import Decomposition, decompose
from utils.rj.catalogue import BY_KEY, FIELDS, NUMBERS
from utils.rj.check import BLOCKING, INFO, NOT_APPLICABLE, OK, WAITING, WARNING
from utils.rj.declaration import FACTOR, MONEY
from utils.rj.reason import RULE
from utils.rj.remarks import Remark
from utils.rj.summary import CheckResult, check_results
from utils.rj.verdict import TAB, Given, Verdict
from utils.rj.writing import WRITERS

_PARTS: Final = (
    ("Bloquants", {BLOCKING}),
    ("À voir", {WARNING, INFO}),
    ("En attente de papiers", {WAITING}),
    ("Réussis", {OK}),
    ("Sans objet", {NOT_APPLICABLE}),
)
_QUIET: Final = frozenset({OK, NOT_APPLICABLE})
"""What asks for nothing is folded on the page; paper shows it all."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check as the page shows it: its value and tolerance, its state, its sentence, where it leads."""

    key: str
    label: str
    cell: Cell
    decimals: int
    tolerance: str
    state: State
    sentence: str
    href: str
    leads: str
    said: str = ""
    passed: bool = False

    @property
    def amount(self) -> str:
        """Its value with its unit; nothing when absent."""
        return f"{self.cell.text}\N{NO-BREAK SPACE}$" if self.cell.text and self.cell.kind == MONEY else self.cell.text


@dataclass(frozen=True, slots=True)
class CheckPart:
    """Checks of one kind under a heading that counts them."""

    title: str
    lines: tuple[CheckLine, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A reason that somebody gave for a tab or a cell: what it speaks of, the reason with who and when, the tab."""

    label: str
    said: str
    href: str


class Needed(Protocol):
    """What the submission of the night asks for now."""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The remarks that wait for an answer."""

    @property
    def tabs(self) -> tuple[str, ...]:
        """The tabs that are not finished."""

    @property
    def begun(self) -> bool:
        """Whether anything of the night is begun."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A reason that submission waits for; ``keys`` are all it answers for; ``href`` leads to ``place``."""

    keys: str
    label: str
    said: str
    must: bool
    href: str = ""
    place: str = ""
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The fourteenth tab."""

    parts: tuple[CheckPart, ...]
    said: str
    verdict: str
    given: tuple[Said, ...]
    difference: Sum | None
    sentence: str
    blocking: tuple[CheckLine, ...]
    asks: tuple[Ask, ...]
    left: tuple[Ask, ...]
    begun: bool
    facts: str
    rule: str = RULE

    @property
    def waived(self) -> tuple[CheckLine, ...]:
        """The checks that somebody let pass."""
        return tuple(line for part in self.parts for line in part.lines if line.passed)

    @property
    def asked(self) -> int:
        """How many reasons the submission waits for."""
        return len(self.asks) + (len(self.left) if self.begun else 0)


def summary(
    night: Night, base: str, needed: Needed, given: Given, verdict: Verdict, *, settled: bool = False
) -> Summary:
    """Everything the Sommaire shows: what is asked, what was given for it, and what the night is in words.

    A night that is ``settled`` (submitted) waits for no paper any more: what is red stays red.
    """
    results = check_results(night)
    shown = {result.check.key: result.standing(settled=settled) for result in results}
    lines = {key: _line(one, shown[key], base, given) for one in results if (key := one.check.key)}
    parts = tuple(
        CheckPart(f"{title} ({len(found)})", tuple(lines[one.check.key] for one in found), statuses <= _QUIET)
        for title, statuses in _PARTS
        if (found := [result for result in results if shown[result.check.key] in statuses])
    )
    whole = decompose(night, settled=settled)
    return Summary(
        parts=parts,
        said=_said(tuple(shown.values())),
        verdict=sentence(verdict),
        given=tuple(Said(one.label, one.reason.stated, f"{base}/{one.tab}") for one in answers(given)),
        difference=difference(whole, base),
        sentence=typographic(whole.sentence) if whole else "",
        blocking=tuple(lines[r.check.key] for r in results if r.status == BLOCKING and not lines[r.check.key].passed),
        asks=(*_warnings(results, lines), *_answers(needed.remarks, base)),
        left=tuple(
            Ask(TAB + tab, _place(tab), "", must=True, href=f"{base}/{tab}", place=_place(tab)) for tab in needed.tabs
        ),
        begun=needed.begun,
        facts=figures_of(night),
    )


def sentence(verdict: Verdict) -> str:
    """What the night is, as a sentence: « La nuit est soumise avec 1 avertissement : … »."""
    return f"La nuit est {verdict.sentence}."


def _line(result: CheckResult, shown: str, base: str, given: Given) -> CheckLine:
    """A check: what it waits for, else what to do when it is out of tolerance; the reason given, and the override."""
    check, declared = result.check, FIELDS[f"sommaire.{result.check.key}"]
    value = None if result.value is None else json_text(WRITERS[declared.kind](result.value))
    name, kind = f"sommaire.{check.key}", declared.kind
    cell = Cell(name, kind, typographic(check.label), figure(kind, result.value), value, why=value is not None)
    tab = check.leads_to.partition(".")[0]
    advice = f"{check.message} {check.advice}" if result.is_red else ""
    reasons = [given.reasons[check.key].stated] if check.key in given.reasons else []
    reasons += [f"Dérogation, {given.passed[check.key].signed}"] if check.key in given.passed else []
    return CheckLine(
        key=check.key,
        label=typographic(check.label),
        cell=cell,
        decimals={MONEY: 2, FACTOR: 3}.get(kind, 0),
        tolerance=figure(kind, result.tolerance if kind in (MONEY, FACTOR) else int(result.tolerance)),
        state=CHECK_STATES[shown],
        sentence=typographic(result.said(settled=False) if shown == WAITING else advice),
        href=f"{base}/{tab}#{check.leads_to}",
        leads=_place(tab),
        said=". ".join(reasons) + "." if reasons else "",
        passed=check.key in given.passed,
    )


def _place(tab: str) -> str:
    """« 3, Recap »."""
    return f"{NUMBERS[tab]}, {short(BY_KEY[tab])}"


def _said(found: Sequence[str]) -> str:
    """« 35 contrôles : 22 réussis, 2 avertissements, 1 information, 10 en attente, aucun bloquant ».

    That none blocks is said of those that compare something: a check without anything to compare is no success.
    """

    def many(status: str, one: str, several: str) -> str:
        number = found.count(status)
        return f"{number} {several if number > 1 else one}"

    words = (
        *(many(OK, "réussi", "réussis"), many(WARNING, "avertissement", "avertissements")),
        *(many(INFO, "information", "informations"), many(WAITING, "en attente", "en attente")),
        many(NOT_APPLICABLE, "sans objet", "sans objet"),
        *((many(BLOCKING, "bloquant", "bloquants"),) if BLOCKING in found else ()),
    )
    comparing = len(found) - found.count(NOT_APPLICABLE) - found.count(WAITING)
    among = f"; aucun bloquant parmi les {comparing} qui comparent quelque chose"
    none = "" if BLOCKING in found else ", aucun bloquant" if comparing == len(found) else among
    return f"{len(found)} contrôles : {', '.join(words)}{none}."


def difference(found: Decomposition | None, base: str) -> Sum | None:
    """The cash difference: its causes, what remains."""
    if found is None:
        return None
    minus, name, rest_name = "\N{MINUS SIGN}", "jour.jour_diff_caisse", "jour.jour_diff_caisse_residu"
    causes = tuple(
        Term(minus, typographic(cause.label), _amount(cause.field, cause.amount), _leads(base, cause.field))
        for cause in found.causes
    )
    whole = Term("", "Différence de caisse", _amount(name, found.difference), _leads(base, name))
    rest = Term("=", "Reste à expliquer", _amount(rest_name, found.remainder), result=True)
    parts = (
        ()
        if found.recap is None
        else (("dont Recap", found.recap, "recap.recap_balance"), ("propre au Jour", found.own, name))
    )
    told = tuple(Term("", label, _amount(of, part), f"{base}/{of.partition('.')[0]}#{of}") for label, part, of in parts)
    explained = "expliquee" if found.difference else "equilibre"
    state = WAITING if found.waits else explained if found.explained else "a_expliquer"
    return Sum("Différence de caisse", (whole, *causes, rest, *told), typographic(found.sentence), state)


def _leads(base: str, name: str) -> str:
    """Where a figure of the Jour stands; a line of a list leads to the list."""
    return f"{base}/jour#{name.partition('[')[0]}"


def _amount(name: str, value: Decimal) -> Cell:
    return Cell(name, MONEY, "", figure(MONEY, value), json_text(WRITERS[MONEY](value)), anchor=False)


def _warnings(results: Iterable[CheckResult], lines: Mapping[str, CheckLine]) -> tuple[Ask, ...]:
    return tuple(
        Ask(
            result.check.key,
            typographic(result.check.label),
            typographic(result.sentence()),
            must=result.check.key == "chk_diff_caisse",
            href=(line := lines[result.check.key]).href,
            place=line.leads,
            figure=line.amount,
        )
        for result in results
        if result.status == WARNING
    )


def _answers(remarks: Iterable[Remark], base: str) -> tuple[Ask, ...]:
    """Remarks that wait for a word, one box for those that say the same thing of the same tab."""
    alike: dict[tuple[str, str], list[str]] = {}
    for remark in remarks:
        alike.setdefault((remark.field.partition(".")[0], remark.message), []).append(remark.field)
    return tuple(
        Ask(
            " ".join(fields),
            f"Onglet {_place(tab)}",
            typographic(message) + (f" ({len(fields)} lignes)" if len(fields) > 1 else ""),
            must=True,
            href=f"{base}/{tab}#{fields[0]}",
            place=_place(tab),
        )
        for (tab, message), fields in alike.items()
    )
