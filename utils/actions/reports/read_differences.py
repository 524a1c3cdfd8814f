"""What is out of its tolerance in the nights of a period, and what people answered for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from utils.actions.person import Person
from utils.actions.verdicts import said_between
from utils.french import typographic
from utils.reports.lists import Difference
from utils.reports.report import Report
from utils.rj.catalogue import FIELDS
from utils.rj.check import NOT_APPLICABLE, OK
from utils.rj.declaration import MONEY
from utils.rj.summary import check_results
from utils.rj.verdict import Given
from utils.shapes import Document


def differences_of(person: Person, reports: Sequence[Report]) -> dict[date, list[Difference]]:
    """The differences of these nights: of a submitted one as its submission kept them, of the others as they stand."""
    said = said_between(person, reports[0].head.night, reports[-1].head.night)
    found = {}
    for report in reports:
        day = report.head.night
        if day in said:
            submission, given = said[day]
            checks = list(submission.checks.values())
        else:
            checks, given = [one.as_json() for one in check_results(report.night)], Given()
        found[day] = [_difference(one, given) for one in checks if one["statut"] not in (OK, NOT_APPLICABLE)]
    return found


def _difference(check: Document, given: Given) -> Difference:
    key = check["cle"]
    answers = (("dérogation", given.passed), ("motif", given.reasons))
    answer, reason = next(((word, found[key]) for word, found in answers if key in found), ("", None))
    value = check["valeur"]
    field = FIELDS.get(f"sommaire.{key}")
    is_money = isinstance(value, str) and (field is None or field.kind == MONEY)
    return Difference(
        typographic(check["libelle"]),
        check["statut"],
        "" if value is None else Decimal(value) if is_money else value,
        Decimal(check["tolerance"]),
        answer,
        *((reason.text, reason.by, reason.at) if reason else ()),
    )
