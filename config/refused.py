"""What is told to a request that the server cannot read, before any application sees it: in French."""

from __future__ import annotations

import socket
from contextlib import suppress
from http import HTTPStatus
from typing import Final

_SENTENCES: Final = {
    400: "La demande ne peut pas être lue.",
    403: "La demande est refusée.",
    414: "L’adresse demandée est trop longue.",
    417: "Le serveur ne fait pas ce que l’en-tête « Expect » demande.",
    431: "Les en-têtes de la demande sont trop longs ou trop nombreux.",
    500: "Le serveur n’a pas pu répondre.",
    501: "Le serveur ne connaît pas cette manière d’envoyer.",
}
_HEADERS: Final = (
    "Connection: close",
    "Content-Type: text/plain; charset=utf-8",
    "Cache-Control: no-store",
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer",
)


def write_error(sock: socket.socket, status: int, _reason: str, _said: str) -> None:
    """Answer with a status and its sentence; nothing that was sent is repeated."""
    body = f"{_SENTENCES.get(status, _SENTENCES[400])}\n".encode()
    head = (f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *_HEADERS, f"Content-Length: {len(body)}", "", "")
    with suppress(OSError):
        sock.sendall("\r\n".join(head).encode("ascii") + body)
