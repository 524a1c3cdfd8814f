"""What a night is, in words: the one function that mails, alerts, digest, pages, paper and API take them from.

« équilibrée » is said only when nothing is unexplained and nothing waits. Reasons are quoted as they were typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from utils.french import money, number, typographic
from utils.rj.calculate import Night
from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.check import BLOCKING, INFO, NOT_APPLICABLE, OK, WARNING
from utils.rj.declaration import MONEY
from utils.rj.sheets import SHEETS, TABS_OF_A_NIGHT
from utils.rj.tabs.sommaire import FINISHED
from utils.shapes import Document

TAB: Final = "onglets."
"""What precedes the key of a tab in the reasons of a submission: ``onglets.recap``."""

CASH: Final = "chk_diff_caisse"
COMPLETENESS: Final = "chk_completude"
BALANCED, WARNED, INCOMPLETE, WAIVED, WAITING, RED = (
    *("equilibree", "avertissements", "incomplete", "derogation", "en_attente", "bloquee"),
)
_BLOCKS: Final = ("contrôle bloquant", "contrôles bloquants")
_TO_EXPLAIN: Final = ("avertissement à expliquer", "avertissements à expliquer")
_WARNINGS: Final = ("avertissement", "avertissements")
_WAIVERS: Final = ("dérogation", "dérogations")
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
class Judged:
    """A check as a submission kept it: its key, its label, its status, its value in JSON (amount or count)."""

    key: str
    label: str
    status: str
    value: str | int | None

    @classmethod
    def of_json(cls, kept: Document) -> Judged:
        """From the keys that ``CheckResult.as_json`` writes."""
        return cls(kept["cle"], kept["libelle"], kept["statut"], kept["valeur"])

    @property
    def amount(self) -> str:
        """By how much it is out, in French: dollars or a count."""
        name, read = f"sommaire.{self.key}", Decimal(str(self.value))
        return money(read) if name in FIELDS and FIELDS[name].kind == MONEY else number(read, 0)

    @property
    def what(self) -> str:
        """« 54,00 $ inexpliqués », « Balance du Recap 40,00 $ »."""
        return f"{self.amount} inexpliqués" if self.key == CASH else f"{typographic(self.label)} {self.amount}"


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


def closed(checks: Iterable[Judged], given: Given) -> Verdict:
    """What a submitted night is, from its checks as the submission kept them and the reasons that were given."""
    found = list(checks)
    red = [one for one in found if one.status == BLOCKING]
    waits = [one for one in red if one.key not in given.passed]
    waived = [one for one in red if one.key in given.passed]
    warned = [one for one in found if one.status == WARNING]
    unfed = [one for one in found if one.status not in _KNOWN]
    # the tabs that were left, by the reasons given for them; only their number for a night submitted before
    lacking = next((one.value for one in found if one.key == COMPLETENESS), None)
    named = [tab.key for tab in SHEETS if TAB + tab.key in given.reasons]
    left = named if named else max(0, int(lacking or 0) - 1)
    by = ", ".join(dict.fromkeys(given.passed[one.key].by for one in waived if given.passed[one.key].by))
    warnings, waivers = _count(len(warned), *_WARNINGS), _count(len(waived), *_WAIVERS)
    lacks = _count(len(unfed), *_UNFED)
    said = (
        (WAITING, _count(len(waits), *_BLOCKS), f"en attente d’une dérogation : {_listed(waits, {})}"),
        (INCOMPLETE, "incomplète" if left else "", _incomplete(left, given)),
        (INCOMPLETE, lacks, f"avec {lacks} : {', '.join(typographic(one.label) for one in unfed)}"),
        (WAIVED, waivers, f"avec {waivers}{f' de {by}' if by else ''} : {_listed(waived, given.passed)}"),
        (WARNED, warnings, f"avec {warnings} : {_listed(warned, given.reasons)}"),
    )
    kept = [one for one in said if one[1]]
    if not kept:
        return Verdict(BALANCED, "équilibrée", "soumise, équilibrée")
    return Verdict(kept[0][0], ", ".join(one[1] for one in kept), "soumise " + "; ".join(one[2] for one in kept))


def still_open(night: Night, statuses: Mapping[str, str], passed: Iterable[str], state: str) -> Verdict:
    """What a night that people still fill is, from the status of each check by its key.

    ``state`` is its state in words, ``passed`` the checks that were let pass.
    """
    if not is_begun(night):
        return Verdict(INCOMPLETE, "rien n’est commencé", f"{state} : rien n’est commencé")
    let, left = set(passed), tabs_left(night)
    red = [key for key, status in statuses.items() if status == BLOCKING and key not in let]
    found = list(statuses.values())
    counts = (
        (RED, _count(len(red), *_BLOCKS)),
        (INCOMPLETE, _count(len(left), "onglet à finir", "onglets à finir")),
        (WARNED, _count(found.count(WARNING), *_TO_EXPLAIN)),
        (INCOMPLETE, _count(sum(one not in _KNOWN for one in found), *_UNFED)),
        (WAIVED, _count(len(let), *_WAIVERS)),
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


def _incomplete(left: list[str] | int, given: Given) -> str:
    if not left:
        return ""
    if isinstance(left, int):
        return f"incomplète ({_count(left, 'onglet', 'onglets')} sur {TABS_OF_A_NIGHT} à finir)"
    alike: dict[str, list[str]] = {}
    for key in left:
        alike.setdefault(given.reasons[TAB + key].quoted, []).append(tab_name(key))
    listed = "; ".join(f"{', '.join(names)}, {quoted}" for quoted, names in alike.items())
    return f"incomplète ({_count(len(left), 'onglet', 'onglets')} sur {TABS_OF_A_NIGHT} à finir : {listed})"


def _listed(checks: Iterable[Judged], reasons: Mapping[str, Reason]) -> str:
    """Each check with its amount and its reason: « 54,00 $ inexpliqués, motif « … » »."""
    return "; ".join(one.what + (f", {reasons[one.key].quoted}" if one.key in reasons else "") for one in checks)
