"""What a night is, in words: the one function that mails, alerts, digest, pages, paper and API take them from.

« équilibrée » is said only when nothing is unexplained and nothing waits. Reasons are quoted as they were typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from utils.french import money, number, typographic
from utils.rj.calculate import Night
from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.check import BLOCKING, INFO, NOT_APPLICABLE, OK, WARNING
from utils.rj.declaration import MONEY
from utils.rj.tabs.sommaire import FINISHED, SHEETS

TAB: Final = "onglets."
"""What precedes the key of a tab in the reasons of a submission: ``onglets.recap``."""

CASH: Final = "chk_diff_caisse"
COMPLETENESS: Final = "chk_completude"
BALANCED, WARNED, INCOMPLETE, WAIVED, WAITING, RED = (
    *("equilibree", "avertissements", "incomplete", "derogation", "en_attente", "bloquee"),
)
_BLOCKS: Final = ("contrôle bloquant", "contrôles bloquants")
_TO_EXPLAIN: Final = ("avertissement à expliquer", "avertissements à expliquer")
_UNFED: Final = ("contrôle en attente", "contrôles en attente")
_KNOWN: Final = (OK, INFO, WARNING, BLOCKING, NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that somebody gave: its text as typed, who, and when on the hotel's clock (both may be unknown)."""

    text: str
    by: str = ""
    at: str = ""

    @property
    def quoted(self) -> str:
        """« motif « Enveloppe recomptée » »."""
        return f"motif « {self.text} »"

    @property
    def signed(self) -> str:
        """The same with who gave it and when."""
        return ", ".join((self.quoted, *(f"par {self.by}" for _ in self.by[:1]), *(self.at for _ in self.at[:1])))

    @property
    def stated(self) -> str:
        """The same at the beginning of a line."""
        return self.signed[:1].upper() + self.signed[1:]


@dataclass(frozen=True, slots=True)
class Given:
    """What people said of a night: reasons by check, tab (``onglets.…``) or cell; overrides by check."""

    reasons: Mapping[str, Reason] = field(default_factory=dict)
    passed: Mapping[str, Reason] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a night is: a code, a short word, and what follows « La nuit est »."""

    code: str
    word: str
    sentence: str

    def as_json(self) -> dict[str, str]:
        """Keys as the API shows them."""
        return {"code": self.code, "mot": self.word, "phrase": self.sentence}


def tabs_left(night: Night) -> tuple[str, ...]:
    """The tabs to fill that are not finished, in the order of the paper; the Sommaire follows from them."""
    return tuple(tab.key for tab in SHEETS if night.values[f"sommaire.onglets.{tab.key}"] not in FINISHED)


def is_begun(night: Night) -> bool:
    """Whether a figure or a text was given in any tab, by a person or by the PMS.

    Neither what is carried from the eve nor « Aucune activité » alone begins a night.
    """
    tabs = {tab.key for tab in SHEETS}
    return any(name.partition(".")[0] in tabs and not name.endswith(".sans_activite") for name in night.inputs)


def closed(checks: Iterable[Mapping[str, Any]], given: Given) -> Verdict:
    """What a submitted night is, from its checks as the submission kept them and the reasons that were given."""
    found = list(checks)
    red = [one for one in found if one["statut"] == BLOCKING]
    waits = [one for one in red if one["cle"] not in given.passed]
    waived = [one for one in red if one["cle"] in given.passed]
    warned = [one for one in found if one["statut"] == WARNING]
    unfed = [one for one in found if one["statut"] not in _KNOWN]
    left = _left(found, given)
    said = (
        (WAITING, _count(len(waits), *_BLOCKS), _waits(waits)),
        (INCOMPLETE, "incomplète" if left else "", _incomplete(left, given)),
        (INCOMPLETE, _count(len(unfed), *_UNFED), _unfed(unfed)),
        (WAIVED, _count(len(waived), "dérogation", "dérogations"), _waived(waived, given.passed)),
        (WARNED, _count(len(warned), "avertissement", "avertissements"), _warned(warned, given.reasons)),
    )
    kept = [one for one in said if one[2]]
    if not kept:
        return Verdict(BALANCED, "équilibrée", "soumise, équilibrée")
    return Verdict(kept[0][0], ", ".join(one[1] for one in kept), "soumise " + "; ".join(one[2] for one in kept))


def still_open(night: Night, checks: Iterable[Mapping[str, Any]], passed: Iterable[str], state: str) -> Verdict:
    """What a night that people still fill is; ``state`` is its state in words, ``passed`` the checks let pass."""
    if not is_begun(night):
        return Verdict(INCOMPLETE, "rien n’est commencé", f"{state} : rien n’est commencé")
    let, found, left = set(passed), list(checks), tabs_left(night)
    red = [one for one in found if one["statut"] == BLOCKING and one["cle"] not in let]
    counts = (
        (RED, _count(len(red), *_BLOCKS)),
        (INCOMPLETE, _count(len(left), "onglet à finir", "onglets à finir")),
        (WARNED, _count(sum(one["statut"] == WARNING for one in found), *_TO_EXPLAIN)),
        (INCOMPLETE, _count(sum(one["statut"] not in _KNOWN for one in found), *_UNFED)),
        (WAIVED, _count(len(let), "dérogation", "dérogations")),
    )
    kept = [one for one in counts if one[1]]
    if not kept:
        return Verdict(BALANCED, "équilibrée", f"{state}, équilibrée")
    words = ", ".join(one[1] for one in kept)
    return Verdict(kept[0][0], words, f"{state} : {words}")


def counted(blocking: int, warnings: int) -> Verdict:
    """What a night that people still fill is in a list, by the numbers that its row keeps."""
    words = _count(blocking, *_BLOCKS) or _count(warnings, *_TO_EXPLAIN)
    return Verdict(RED if blocking else WARNED if warnings else BALANCED, words, words)


def _count(number_of: int, one: str, several: str) -> str:
    """« 2 avertissements », nothing for none."""
    return f"{number_of} {several if number_of > 1 else one}" if number_of else ""


def is_check(key: str) -> bool:
    """Whether a reason answers for a check, rather than for a tab or a cell."""
    return key.startswith("chk_")


def tab_name(key: str) -> str:
    """The short name of a tab."""
    return typographic(BY_KEY[key].short)


def _left(checks: Iterable[Mapping[str, Any]], given: Given) -> list[str] | int:
    """The tabs that were left, by the reasons given for them; only their number for a night submitted before."""
    named = [tab.key for tab in SHEETS if TAB + tab.key in given.reasons]
    if named:
        return named
    lacking = next((one["valeur"] for one in checks if one["cle"] == COMPLETENESS), None)
    return max(0, int(lacking or 0) - 1)


def _incomplete(left: list[str] | int, given: Given) -> str:
    if not left:
        return ""
    if isinstance(left, int):
        return f"incomplète ({_count(left, 'onglet', 'onglets')} sur 14 à finir)"
    alike: dict[str, list[str]] = {}
    for key in left:
        alike.setdefault(given.reasons[TAB + key].quoted, []).append(tab_name(key))
    listed = "; ".join(f"{', '.join(names)}, {quoted}" for quoted, names in alike.items())
    return f"incomplète ({_count(len(left), 'onglet', 'onglets')} sur 14 à finir : {listed})"


def _waits(checks: Sequence[Mapping[str, Any]]) -> str:
    return f"en attente d’une dérogation : {_listed(checks, {})}" if checks else ""


def _unfed(checks: Sequence[Mapping[str, Any]]) -> str:
    names = ", ".join(typographic(one["libelle"]) for one in checks)
    return f"avec {_count(len(checks), *_UNFED)} : {names}" if checks else ""


def _waived(checks: Sequence[Mapping[str, Any]], passed: Mapping[str, Reason]) -> str:
    by = ", ".join(dict.fromkeys(passed[one["cle"]].by for one in checks if passed[one["cle"]].by))
    said = f"avec {_count(len(checks), 'dérogation', 'dérogations')}{f' de {by}' if by else ''}"
    return f"{said} : {_listed(checks, passed)}" if checks else ""


def _warned(checks: Sequence[Mapping[str, Any]], reasons: Mapping[str, Reason]) -> str:
    said = f"avec {_count(len(checks), 'avertissement', 'avertissements')}"
    return f"{said} : {_listed(checks, reasons)}" if checks else ""


def _listed(checks: Iterable[Mapping[str, Any]], reasons: Mapping[str, Reason]) -> str:
    """Each check with its amount and its reason: « 54,00 $ inexpliqués, motif « … » »."""
    return "; ".join(
        what_of(one) + (f", {reasons[one['cle']].quoted}" if one["cle"] in reasons else "") for one in checks
    )


def what_of(check: Mapping[str, Any]) -> str:
    """A check and by how much it is out: « 54,00 $ inexpliqués », « Balance du Recap 40,00 $ »."""
    amount = _amount(check)
    if check["cle"] == CASH:
        return f"{amount} inexpliqués"
    return f"{typographic(check['libelle'])} {amount}"


def _amount(check: Mapping[str, Any]) -> str:
    name, read = f"sommaire.{check['cle']}", Decimal(str(check["valeur"]))
    return money(read) if name in FIELDS and FIELDS[name].kind == MONEY else number(read, 0)
