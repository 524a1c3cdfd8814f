"""Faults of the simulator, switched on for an account by an administrator and gone once used up.

A fault is a kind, a detail and how many answers it spoils (-1: for ever). Transport faults cannot be told by Flask: the
body says them to the server of ``serving``.
"""

from __future__ import annotations

import copy
import gzip
import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from typing import Any, Final

from flask import Response

from utils import dates
from utils.shapes import Document

RETRY_AFTER: Final = ("seconds", "date", "absent", "malformed", "huge")
OF_ANSWER: Final = (
    "latency",
    "throttle",
    "unauthorized",
    "status",
    "html",
    "truncated",
    "redirect",
    "reset",
    "drip",
    "cut",
    "sunset",
    "half",
    "twice",
    "gzip",
)
OF_BODY: Final = (
    "enum",
    "extra",
    "missing",
    "number",
    "nan",
    "decimals",
    "currency",
    "date",
    "open",
    "corrected",
    "older",
    "unbalanced",
    "set",
    "rename",
)
KINDS: Final = (*OF_ANSWER, *OF_BODY, "revision")


@dataclass
class Fault:
    """One fault; ``report`` restricts it to the reports of that name."""

    kind: str
    detail: str = ""
    times: int = -1
    report: str = ""


class Faults:
    """The faults of each account."""

    def __init__(self) -> None:
        self._faults: dict[str, list[Fault]] = {}
        self._lock = threading.Lock()

    def add(self, account: str, fault: Fault) -> None:
        """Switch a fault on."""
        with self._lock:
            self._faults.setdefault(account, []).append(fault)

    def clear(self, account: str) -> None:
        """Switch every fault of an account off."""
        with self._lock:
            self._faults.pop(account, None)

    def take(self, account: str, report: str, kinds: tuple[str, ...]) -> list[Fault]:
        """The faults that spoil this answer, each used once more."""
        with self._lock:
            faults = self._faults.get(account, [])
            taken = [one for one in faults if one.kind in kinds and one.report in ("", report) and one.times]
            for one in taken:
                one.times -= one.times > 0
            return taken


def spoil_document(document: Document, faults: list[Fault]) -> Document:
    """The body of a report, spoiled."""
    for fault in faults:
        document = _SPOILERS[fault.kind](dict(document), fault.detail)
    return document


def spoil_answer(response: Response, faults: list[Fault]) -> Response:
    """The answer, spoiled; ``X-Fault`` asks the server to spoil what Flask cannot."""
    for fault in faults:
        if fault.kind == "latency":
            time.sleep(int(fault.detail or 100) / 1000)
        elif fault.kind == "html":
            response = Response("<!doctype html><title>Connexion</title>", 200, mimetype="text/html")
        elif fault.kind == "truncated":
            response.set_data(response.get_data()[: len(response.get_data()) // 2])
        elif fault.kind == "redirect":
            response = Response("", 302, {"Location": fault.detail or "https://ailleurs.invalid/"})
        elif fault.kind == "sunset":
            response.headers["Sunset"] = "Sat, 31 Dec 2033 23:59:59 GMT"
        elif fault.kind in _TEXTS:
            response.set_data(_TEXTS[fault.kind](response.get_data()))
            response.headers.update({"Content-Encoding": "gzip"} if fault.kind == "gzip" else {})
        else:
            response.headers["X-Fault"] = f"{fault.kind};{fault.detail}"
    return response


def retry_after(form: str) -> dict[str, str]:
    """The header ``Retry-After`` in one of the forms that servers give it."""
    date = format_datetime(dates.now() + timedelta(seconds=1), usegmt=True)
    forms = {"seconds": "1", "date": date, "malformed": "in Duis anim", "huge": "999999"}
    return {"Retry-After": forms[form]} if form in forms else {}


def _first(document: Document) -> tuple[Document, list[Any]]:
    """The first list of a report and where it stands, to spoil one of its items."""
    name = next(name for name, value in document.items() if isinstance(value, list) and value)
    document[name] = [dict(document[name][0]), *document[name][1:]]
    return document, document[name]


def _amount(document: Document, written: Any) -> Document:  # noqa: ANN401 - what JSON allows
    """Put something else in the place of the first amount of the first list."""
    document, items = _first(document)
    name = next(one for one in ("gross", "revenue", "opening", "net", "rate", "total") if one in items[0])
    items[0][name] = written
    return document


def _enum(document: Document, _detail: str) -> Document:
    document, items = _first(document)
    name = next((one for one in ("department", "brand", "group", "disposition") if one in items[0]), "code")
    items[0][name] = "nouveaute"
    return document


def _place(document: Document, detail: str) -> tuple[Document, Any, Any, str]:
    """A copy of a report, what holds the place ``a.0.b=value``, the last name of the place, and the value."""
    document = copy.deepcopy(document)
    path, _, value = detail.partition("=")
    *above, last = (int(one) if one.isdigit() else one for one in path.split("."))
    holder: Any = document
    for one in above:
        holder = holder[one]
    return document, holder, last, value


def _set(document: Document, detail: str) -> Document:
    document, holder, last, value = _place(document, detail)
    holder[last] = value
    return document


def _rename(document: Document, detail: str) -> Document:
    document, holder, last, value = _place(document, detail)
    if last in holder:
        holder[value] = holder.pop(last)
    return document


def _half(body: bytes) -> bytes:
    """Half of a character in the first text of the lists, or at the end of the name of the currency."""
    spoiled = re.sub(rb'(\[\{"\w+": ")', rb"\1\\ud83d", body, count=1)
    return spoiled if spoiled != body else body.replace(b'"CAD"', b'"CAD\\ud83d"', 1)


def _twice(body: bytes) -> bytes:
    """The first member of the totals given twice, or that of the document."""
    spoiled = re.sub(rb'("totals": \{)("\w+": )', rb'\1\2"0.00", \2', body, count=1)
    return spoiled if spoiled != body else re.sub(rb'^\{("\w+": )', rb"{\1null, \1", body, count=1)


_SPOILERS: Final[dict[str, Callable[[Document, str], Document]]] = {
    "enum": _enum,
    "extra": lambda document, _: {**document, "nouveau": {"a": [1, None]}},
    "missing": lambda document, name: {key: one for key, one in document.items() if key != (name or "totals")},
    "number": lambda document, _: _amount(document, 12.5),
    "nan": lambda document, _: _amount(document, json.loads("NaN")),
    "decimals": lambda document, _: _amount(document, "12.345"),
    "currency": lambda document, _: {**document, "currency": "USD"},
    "date": lambda document, _: {**document, "businessDate": "2024-02-29"},
    "open": lambda document, _: {**document, "businessDateStatus": "open", "dataComplete": False, "closedAt": None},
    "corrected": lambda document, _: {**document, "revision": document["revision"] + 1},
    "older": lambda document, _: {**document, "revision": max(document["revision"] - 1, 1)},
    "unbalanced": lambda document, _: {**document, "balanceCheck": "0.01"},
    "set": _set,
    "rename": _rename,
}
_TEXTS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "half": _half,
    "twice": _twice,
    "gzip": lambda body: gzip.compress(body)[:-20],
}
"""What is done to the text of an answer; the ``gzip`` one is cut short."""
