"""The last tab, Sommaire: the checks with their status, the state of each tab, and whether the night balances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from utils.rj.arithmetic import Arrondi, Computed, Constante, Quotient
from utils.rj.check import BLOCKING, OK, WARNING, status, status_shown
from utils.rj.checks import CHECKS
from utils.rj.declaration import CHOICE, COUNT, FLAG, LINES, PERCENT, Tab, computed
from utils.rj.expression import Calculation, Expression, Page, Qualify
from utils.rj.sheets import SHEETS, TABS_OF_A_NIGHT
from utils.shapes import Values

COMPLETE, IN_PROGRESS, EMPTY, NIL = "complet", "en_cours", "vide", "sans_activite"
FINISHED = (COMPLETE, NIL)

_STATUSES = tuple(f"statuts.{check.key}" for check in CHECKS)
_STATES = tuple(f"onglets.{tab.key}" for tab in SHEETS)


@dataclass(frozen=True, slots=True)
class TabState(Expression):
    """State of a tab: declared nil and without lines, complete, in progress when something is given, else empty."""

    tab: Tab

    def _required(self) -> tuple[str, ...]:
        return tuple(f"{self.tab.key}.{key}" for key in self.tab.required)

    def _given(self) -> tuple[str, ...]:
        """The mark of a tab in which something was entered; for one where nothing is typed, its linked figures."""
        if any(field.typed for field in self.tab):
            return (f"entered.{self.tab.key}",)
        return tuple(f"{self.tab.key}.{field.key}" for field in self.tab if field.kind != "factor")

    def _lines(self) -> tuple[str, ...]:
        return tuple(f"{self.tab.key}.{field.key}" for field in self.tab if field.kind == LINES)

    def reads(self, qualify: Qualify) -> Iterator[str]:  # noqa: ARG002 - names are already whole
        """Required fields, lines, the nil flag and the mark of entry."""
        yield from (*self._required(), *self._lines(), *self._given())
        if any(field.key == NIL for field in self.tab):
            yield f"{self.tab.key}.{NIL}"

    def compiled(self, qualify: Qualify) -> Calculation:  # noqa: ARG002
        """The state."""
        required, lines, given, nil = self._required(), self._lines(), self._given(), f"{self.tab.key}.{NIL}"

        def run(values: Values) -> str:
            if values.get(nil) and not any(values.get(name) for name in lines):
                return NIL
            if all(name in values for name in required):
                return COMPLETE
            return IN_PROGRESS if any(name in values for name in given) else EMPTY

        return run

    def words(self, qualify: Qualify, page: Page) -> str:  # noqa: ARG002
        """What makes the tab complete."""
        labels = ", ".join(page.label(name) for name in self._required())
        return f"complet quand ces champs sont connus : {labels}"

    def figures(self, qualify: Qualify, page: Page) -> str:  # noqa: ARG002
        """« déclaré sans activité », else each required field, known or not, and whether anything is given."""
        if page.value(f"{self.tab.key}.{NIL}") and not any(page.value(name) for name in self._lines()):
            return "déclaré sans activité, sans ligne"
        known = (f"{page.label(n)} {'connu' if page.value(n) is not None else 'vide'}" for n in self._required())
        begun = any(page.value(name) is not None for name in self._given())
        return "; ".join((*known, "commencé" if begun else "pas commencé"))


def _counting(names: tuple[str, ...], wanted: tuple[str, ...], said: str) -> Computed:
    """How many of the named statuses are among ``wanted``."""

    def counted(*found: str) -> int:
        return sum(1 for state in found if state in wanted)

    def shown(*found: str) -> str:
        return " + ".join("1" if state in wanted else "0" for state in found)

    return Computed(counted, names, said, shown)


def _is_ok(state: str) -> bool:
    return state == OK


def _is_ok_shown(state: str) -> str:
    return f"statut {state}"


def _night_balances(recap: bool, cards: bool, receivable: bool, blocking: int) -> bool:
    return recap and cards and receivable and blocking == 0


def _night_balances_shown(recap: bool, cards: bool, receivable: bool, blocking: int) -> str:
    flags = ", ".join("vrai" if flag else "faux" for flag in (recap, cards, receivable))
    return f"{flags}; contrôles bloquants : {blocking}"


def _sommaire_state(*found: str) -> str:
    """Complete when all the others are finished and no check blocks; empty while all the others are."""
    states, statuses = found[: len(SHEETS)], found[len(SHEETS) :]
    if all(state in FINISHED for state in states) and BLOCKING not in statuses:
        return COMPLETE
    return EMPTY if all(state == EMPTY for state in states) else IN_PROGRESS


def _sommaire_shown(*found: str) -> str:
    states, statuses = found[: len(SHEETS)], found[len(SHEETS) :]
    finished = sum(1 for state in states if state in FINISHED)
    counts = f"{finished} onglets sur {len(SHEETS)} terminés, {states.count(EMPTY)} vides"
    return f"{counts}; contrôles bloquants : {statuses.count(BLOCKING)}"


_FLAGS = (
    ("is_recap_balanced", "Recap balancé", "chk_recap"),
    ("is_transelect_balanced", "Transelect balancé", "chk_transelect_reception"),
    ("is_ar_balanced", "Comptes à recevoir balancés", "chk_ar"),
)

SOMMAIRE = Tab(
    "sommaire",
    "Sommaire",
    (
        *(computed(check.key, check.label, check.formula, kind=check.kind) for check in CHECKS),
        *(
            computed(
                f"statuts.{check.key}",
                f"Statut : {check.label}",
                Computed(
                    status,
                    (check.key, f"property.tolerances.{check.tolerance}", f"property.severities.{check.key}"),
                    f"ok quand |{check.label}| ≤ tolérance, sinon la sévérité",
                    status_shown,
                ),
                kind=CHOICE,
                listed="statuts[*]",
                listed_label="Statut du contrôle",
            )
            for check in CHECKS
        ),
        *(
            computed(
                f"onglets.{tab.key}",
                f"État de l'onglet {tab.title}",
                TabState(tab),
                kind=CHOICE,
                listed="onglets[*]",
                listed_label="État de l'onglet",
            )
            for tab in SHEETS
        ),
        computed(
            "onglets.sommaire",
            "État de l'onglet Sommaire",
            Computed(
                _sommaire_state,
                (*_STATES, *(name for name in _STATUSES if name != "statuts.chk_completude")),
                f"complet quand les {len(SHEETS)} autres sont terminés et qu'aucun contrôle ne bloque",
                _sommaire_shown,
            ),
            kind=CHOICE,
            listed="onglets[*]",
            listed_label="État de l'onglet",
        ),
        computed(
            "onglets_complets",
            "Onglets complets",
            _counting((*_STATES, "onglets.sommaire"), FINISHED, "nombre d'onglets complets ou sans activité"),
            kind=COUNT,
        ),
        computed(
            "completude",
            "Complétude",
            Arrondi(Quotient("onglets_complets", Constante(TABS_OF_A_NIGHT), 100)),
            kind=PERCENT,
        ),
        computed(
            "nb_bloquants",
            "Contrôles bloquants",
            _counting(_STATUSES, (BLOCKING,), "nombre de contrôles bloquants"),
            kind=COUNT,
        ),
        computed(
            "nb_avertissements",
            "Avertissements",
            _counting(_STATUSES, (WARNING,), "nombre d'avertissements"),
            kind=COUNT,
        ),
        *(
            computed(
                key,
                label,
                Computed(_is_ok, (f"statuts.{check}",), "vrai quand le contrôle est ok", _is_ok_shown),
                kind=FLAG,
            )
            for key, label, check in _FLAGS
        ),
        computed(
            "is_fully_balanced",
            "Nuit balancée",
            Computed(
                _night_balances,
                (*(key for key, _, _ in _FLAGS), "nb_bloquants"),
                "vrai quand les trois indicateurs sont vrais et qu'aucun contrôle ne bloque",
                _night_balances_shown,
            ),
            kind=FLAG,
        ),
    ),
    required=(),
    badge="automatique",
)
