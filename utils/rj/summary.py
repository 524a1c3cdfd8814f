"""The Sommaire as a person reads it: each check with its value, tolerance, sentence and the field it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS
from utils.rj.check import BLOCKING, INFO, OK, WARNING, Check
from utils.rj.checks import CHECKS
from utils.rj.explain import shown
from utils.rj.writing import written


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check of tonight."""

    check: Check
    status: str
    value: Any
    tolerance: Any

    @property
    def is_red(self) -> bool:
        """True when it is outside its tolerance."""
        return self.status in (INFO, WARNING, BLOCKING)

    def sentence(self) -> str:
        """What it says, with its amount; « ok » and « sans objet » in one word."""
        if self.status == OK:
            return "Équilibré."
        if not self.is_red:
            return "Sans objet : rien à comparer."
        amount = shown(FIELDS[f"sommaire.{self.check.key}"], self.value)
        return f"{self.check.message} Écart : {amount}. {self.check.advice}"

    def as_json(self) -> dict[str, Any]:
        """Keys as the API shows them."""
        field = FIELDS[f"sommaire.{self.check.key}"]
        return {
            "cle": self.check.key,
            "libelle": self.check.label,
            "statut": self.status,
            "valeur": None if self.value is None else written(field, self.value),
            "tolerance": f"{self.tolerance}",
            "phrase": self.sentence(),
            "mene_a": self.check.leads_to,
        }


def check_results(night: Night) -> tuple[CheckResult, ...]:
    """The thirty-five checks in the order of the paper."""
    values = night.values
    return tuple(
        CheckResult(
            check,
            values[f"sommaire.statuts.{check.key}"],
            values.get(f"sommaire.{check.key}"),
            night.settings.tolerances[check.tolerance],
        )
        for check in CHECKS
    )


def blocking(night: Night) -> tuple[CheckResult, ...]:
    """The checks that stop a submission."""
    return tuple(result for result in check_results(night) if result.status == BLOCKING)


def warnings(night: Night) -> tuple[CheckResult, ...]:
    """The checks that ask to be acknowledged at submission."""
    return tuple(result for result in check_results(night) if result.status == WARNING)
