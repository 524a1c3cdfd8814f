"""An answer of a simulator that is not what was asked for (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, json


class Problem(Exception):
    """What keeps an answer from being given: a status, a code, a sentence."""

    def __init__(self, status: int, code: str, title: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.title, self.headers = status, code, title, dict(headers or {})


def answer(problem: Problem) -> Response:
    """The problem as a program reads it."""
    body = {
        "type": f"urn:pms:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "code": problem.code,
    }
    response = Response(json.dumps(body, ensure_ascii=False), problem.status, mimetype="application/problem+json")
    response.headers.update(problem.headers)
    return response
