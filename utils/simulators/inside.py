"""A simulator reached inside this process: the client speaks to it as to any server, and nothing leaves."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Flask

from utils.lightspeed.transport import BoundedAdapter


class _Answer(NamedTuple):
    """The part of an answer that the transport reads."""

    status_code: int
    headers: Any
    content: bytes


class InsideAdapter(BoundedAdapter):
    """Hands each request to an application, with its method, address, headers and bytes as they would travel."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self._app = app

    def send(self, request: Any, **_options: Any) -> Any:  # type: ignore[override]  # noqa: ANN401 - of requests
        """One exchange."""
        answer = self._app.test_client().open(
            request.url, method=request.method, headers=dict(request.headers), data=request.body or b""
        )
        return _Answer(answer.status_code, answer.headers, answer.get_data())
