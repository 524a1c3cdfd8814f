"""What the MARSHA simulator thinks of a DBRS, and what it tells of a market."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from utils.demo.market import comp_set
from utils.demo.rooms import Account
from utils.money import CENT, money_text, r2
from utils.shapes import Document

NEEDED: Final = (
    *("schemaVersion", "propertyCode", "businessDate", "submissionSeq", "currency", "segments", "totals"),
    *("form", "revenue", "occupancy", "onTheBooks"),
)
_HUNDRED: Final = Decimal(100)


def reproaches(document: Document) -> list[Document]:
    """What does not hold in a DBRS: places, codes, words."""
    missing = [one for one in NEEDED if one not in document]
    if missing:
        return [_fault(f"/{one}", "missing", "Champ absent.") for one in missing]
    try:
        return list(_footing(document))
    except (KeyError, TypeError, AttributeError, InvalidOperation):
        return [_fault("", "unreadable", "Le document ne se lit pas.")]


def misplaced(document: Document, of_date: Sequence[Document]) -> list[Document]:
    """What does not hold of the place of a DBRS among those that its date has already: it names the latest by its key.

    One that MARSHA never had may be named: it was refused after this one was written.
    """
    held = [one.get("idempotencyKey") for one in sorted(of_date, key=lambda one: int(one["submissionSeq"]))]
    if not held or held[-1] is None or document.get("supersedes") not in (None, *held[:-1]):
        return []
    return [_fault("/supersedes", "mismatch", "L’envoi remplacé n’est pas le dernier reçu de cette date.")]


def _footing(document: Document) -> Iterator[Document]:
    segments, totals = document["segments"], document["totals"]
    for name in ("rooms", "revenue"):
        whole = _number(totals["daily"][name])
        if abs(sum(_number(one.get(name, 0)) for one in segments) - whole) > CENT:
            yield _fault(f"/totals/daily/{name}", "sum", "La somme des segments n’est pas le total.")
    form, revenue, rooms = document["form"], document["revenue"], document["occupancy"]
    if abs(_number(form["grandTotal"]) - _number(revenue["rooms"])) > CENT:
        yield _fault("/form/grandTotal", "mismatch", "Le grand total n’est pas le revenu des chambres.")
    if _number(totals["daily"]["rooms"]) != _number(rooms["roomsSold"]):
        yield _fault("/totals/daily/rooms", "mismatch", "Les chambres des segments ne sont pas les chambres louées.")
    parts = sum(_number(revenue[name]) for name in ("rooms", "foodAndBeverage", "other"))
    if abs(parts - _number(revenue["total"])) > CENT:
        yield _fault("/revenue/total", "sum", "Les revenus ne font pas leur total.")


def _number(value: Any) -> Decimal:  # noqa: ANN401 - JSON
    return Decimal(str(value))


def _fault(pointer: str, code: str, message: str) -> Document:
    return {"pointer": pointer, "code": code, "message": message}


def benchmarks(property_code: str, day: date, document: Mapping[str, Any] | None, twist: str = "") -> Document:
    """The set of a date, with the indices of the hotel that submitted; ``twist`` spoils it on purpose."""
    found = comp_set(Account(property_code), day)
    theirs: Document = {
        "occupancy": money_text(found.occupancy),
        "adr": money_text(found.adr),
        "revpar": money_text(found.revpar),
    }
    if twist == "zero":
        theirs = dict.fromkeys(theirs, "0.00")
    elif twist == "missing":
        theirs = dict.fromkeys(theirs)
    size = {"small": 3, "alone": 1}.get(twist, found.size)
    status = "unavailable" if twist == "late" else "preliminary" if twist == "preliminary" else "final"
    told = {} if status == "unavailable" else theirs
    subject = (document or {}).get("occupancy") or {}
    pairs = {"mpi": "occupancy", "ari": "adr", "rgi": "revpar"}
    indices = {
        index: money_text(r2(_number(subject[name]) / base * _HUNDRED))
        if subject.get(name) is not None and told.get(name) is not None and (base := _number(told[name]))
        else None
        for index, name in pairs.items()
    }
    return {
        "businessDate": day.isoformat(),
        "status": status,
        "compSet": {"size": size, "includesSubject": False},
        **told,
        "indices": indices,
    }


def position(property_code: str, day: date) -> Document:
    """The rank of the hotel in its market."""
    found = comp_set(Account(property_code), day)
    return {"businessDate": day.isoformat(), "rank": found.rank, "of": found.size + 1, "metric": "revpar"}
