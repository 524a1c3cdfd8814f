"""The Sommaire as a person reads it: each check with its value, tolerance, sentence and the field it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS
from utils.rj.check import BLOCKING, INFO, OK, WAITING, WARNING, Check
from utils.rj.checks import CHECKS
from utils.rj.explain import shown
from utils.rj.waiting import waiting
from utils.rj.writing import written
from utils.shapes import Document


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check of tonight; ``waits`` names the papers it lacks, whatever its figure says meanwhile."""

    check: Check
    status: str
    value: Any
    tolerance: Any
    waits: tuple[str, ...] = ()

    @property
    def is_red(self) -> bool:
        """True when it is outside its tolerance."""
        return self.status in (INFO, WARNING, BLOCKING)

    def standing(self, *, settled: bool) -> str:
        """Its status, or that it waits; once the night is ``settled`` (submitted), what is red is red for good."""
        return self.status if not self.waits or (settled and self.is_red) else WAITING

    def sentence(self) -> str:
        """What its figure says, with its amount; « ok » and « sans objet » in one word."""
        if self.status == OK:
            return "Équilibré."
        if not self.is_red:
            return "Sans objet : rien à comparer."
        amount = shown(FIELDS[f"sommaire.{self.check.key}"], self.value)
        return f"{self.check.message} Écart : {amount}. {self.check.advice}"

    def said(self, *, settled: bool) -> str:
        """What it waits for, else what its figure says."""
        return (
            f"En attente : {', '.join(self.waits)}." if self.standing(settled=settled) == WAITING else self.sentence()
        )

    def as_json(self) -> Document:
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
    values, lacking = night.values, waiting(night)
    return tuple(
        CheckResult(
            check,
            values[f"sommaire.statuts.{check.key}"],
            values.get(f"sommaire.{check.key}"),
            night.settings.tolerances[check.tolerance],
            lacking[check.key],
        )
        for check in CHECKS
    )


def blocking(night: Night) -> tuple[CheckResult, ...]:
    """The checks that stop a submission."""
    return tuple(result for result in check_results(night) if result.status == BLOCKING)


def warnings(night: Night) -> tuple[CheckResult, ...]:
    """The checks that ask to be acknowledged at submission."""
    return tuple(result for result in check_results(night) if result.status == WARNING)
