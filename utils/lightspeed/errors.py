"""What may go wrong with the PMS; every message is a French sentence that holds no secret and no personal data."""

from __future__ import annotations


class LightspeedError(Exception):
    """Anything that kept a report from being read; ``kind`` is a stable word for programs."""

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


class LightspeedConfigError(LightspeedError):
    """The hotel is not configured, or not safely; nothing was sent and nothing is invented."""

    def __init__(self, message: str, kind: str = "configuration") -> None:
        super().__init__(message, kind)


class LightspeedAuthError(LightspeedError):
    """The connection is not open: a manager must connect again, or grant what is missing. Never retried.

    Kinds: ``reconnecter`` (the grant is dead), ``portee`` (a scope is missing), ``etat`` (the answer of the
    authorization page is not ours), ``refus`` (the person or the server refused).
    """


class LightspeedAPIError(LightspeedError):
    """The PMS did not give a report that can be believed; nothing of the report was kept.

    Kinds: ``absent`` (404: no data, which is not zero), ``requete`` (400, 422), ``occupe`` (429, 503: later),
    ``serveur`` (5xx), ``reseau`` (no answer), ``delai`` (too long), ``taille`` (too large), ``inattendu`` (not the
    contract), ``revision`` (changed twice while paging), ``redirection``. ``retry_after`` is in seconds.
    """

    def __init__(
        self,
        message: str,
        kind: str,
        *,
        status: int | None = None,
        request_id: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message, kind)
        self.status = status
        self.request_id = request_id
        self.retry_after = retry_after


class LightspeedUnchanged(LightspeedError):
    """304: the report is the one whose ETag was given; only a caller that gave one meets this."""

    def __init__(self) -> None:
        super().__init__("Le rapport n’a pas changé.", "inchange")
