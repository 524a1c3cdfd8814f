"""OAuth 2 as the PMS speaks it: code with PKCE S256 (RFC 7636), client credentials, refresh, revocation (RFC 7009).

The verifier is ours and kept with the state on the server: the library would keep it in an object that the second
request of the flow no longer has. Scopes go to the authorization page only, and what was granted is checked here.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar, Final
from urllib.parse import quote_plus

import requests
from oauthlib.oauth2 import BackendApplicationClient, OAuth2Error, TokenExpiredError
from requests.auth import HTTPBasicAuth
from urllib3.exceptions import HTTPError

from utils import dates
from utils.lightspeed import transport
from utils.lightspeed.errors import LightspeedAPIError, LightspeedAuthError, LightspeedError
from utils.shapes import Document

REPORTS: Final = "pms.reports.read"
GUESTS: Final = "pms.guests.read"
OFFLINE: Final = "offline_access"
SCOPES: Final = (REPORTS, GUESTS, OFFLINE)
REQUIRED: Final = frozenset({REPORTS})
"""Without it there is nothing to read; without the guests' scope, only their report is refused."""

TOKEN_SECONDS: Final = 13
"""Bound of a call to the token endpoint: less than the lease of ``database.integrations``."""

_FAULT: Final = 500
"""HTTP: from there on, the server's fault."""

_TOKEN, _TEXT = re.compile(r"[\x21-\x7e]{1,16384}"), re.compile(r"[\x20-\x7e]{0,4096}")
_SHAPES: Final = {"access_token": _TOKEN, "refresh_token": _TOKEN, "token_type": _TEXT, "scope": _TEXT, "error": _TEXT}
"""What is read of an answer: a token must hold in a header."""

_LARGEST: Final = 65_536
"""Bytes of an answer: room for both tokens and every text above."""

_SECONDS: Final = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)
_LONGEST_S: Final = 31_536_000


@dataclass(frozen=True, slots=True, repr=False)
class Connection:
    """The settings and secrets of one hotel's connection; no repr: it must not reach a log."""

    base_url: str
    authorize_url: str
    token_url: str
    revoke_url: str
    issuer: str
    redirect_uri: str
    account: str
    client_id: str
    client_secret: str
    grant_type: str

    scopes: ClassVar[tuple[str, ...]] = SCOPES
    """Asked of the authorization page; without a page, all but ``offline_access``."""

    required: ClassVar[frozenset[str]] = REQUIRED
    """Without these there is nothing to do."""


@dataclass(frozen=True, slots=True, repr=False)
class Tokens:
    """What the server granted. ``expires_at`` is absolute; nothing means « use it until it is refused »."""

    access_token: str
    refresh_token: str | None
    scope: str
    expires_at: datetime | None


class GrantLost(LightspeedAuthError):
    """The server no longer knows the grant (``invalid_grant``): asking again with it would never help."""

    def __init__(self) -> None:
        super().__init__("La liaison avec Lightspeed est perdue : un gestionnaire doit la rétablir.", "reconnecter")


class Ambiguous(LightspeedAPIError):
    """A renewal was sent and its answer never came: the server may have rotated the token."""

    def __init__(self) -> None:
        super().__init__("Lightspeed n’a pas répondu au renouvellement de la liaison.", "reseau")


def new_verifier() -> str:
    """A PKCE verifier of 86 characters."""
    return secrets.token_urlsafe(64)


def challenge(verifier: str) -> str:
    """Its S256 challenge.

    >>> challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJHCHaucM-cSSstw-cM'
    """
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def authorization_url(connection: Connection, state: str, verifier: str) -> str:
    """The page where a person grants access. ``prompt=consent`` is what makes a server give ``offline_access``."""
    with transport.oauth_session(
        connection.client_id, connection.token_url, redirect_uri=connection.redirect_uri, scope=list(connection.scopes)
    ) as session:
        url, _ = session.authorization_url(
            _as_secure(connection.authorize_url),
            state=state,
            code_challenge=challenge(verifier),
            code_challenge_method="S256",
            prompt="consent",
        )
    return str(transport.lowered(url) if transport.is_plain_loopback(connection.authorize_url) else url)


def exchange_code(connection: Connection, code: str, verifier: str) -> Tokens:
    """The tokens of an authorization code; raises ``LightspeedAuthError`` when it is refused."""
    with _asking(connection, redirect_uri=connection.redirect_uri) as session:
        return _granted(connection, session.fetch_token, code=code, code_verifier=verifier)


def client_credentials(connection: Connection) -> Tokens:
    """The token of the application itself, for an account that is set to it."""
    client = BackendApplicationClient(client_id=connection.client_id)
    with _asking(connection, client=client) as session:
        return _granted(connection, session.fetch_token, scope=[one for one in connection.scopes if one != OFFLINE])


def refresh(connection: Connection, refresh_token: str) -> Tokens:
    """The tokens that follow; a server that gives no new refresh token leaves the old one good.

    Raises ``GrantLost``, ``Ambiguous``, or ``LightspeedAPIError`` when nothing was sent or the server failed.
    """
    with _asking(connection) as session:
        return _granted(connection, session.refresh_token, refresh_token=refresh_token)


def revoke(connection: Connection, token: str, hint: str) -> bool:
    """Ask the server to forget a token; whether it said that it did. Never raises: the token is wiped anyway."""
    if not connection.revoke_url:
        return False
    form = {"token": token, "token_type_hint": hint}
    try:
        answer = transport.post(connection.revoke_url, form, {}, auth=_basic(connection))
    except (LightspeedError, requests.RequestException, HTTPError, OSError):
        return False
    return answer.status == 200  # noqa: PLR2004 - RFC 7009


def missing_scopes(granted: str, wanted: frozenset[str] = REQUIRED) -> frozenset[str]:
    """The scopes that were wanted and not granted; more is no harm, and an absent scope grants what was asked."""
    return frozenset() if not granted else wanted - set(granted.split())


def _basic(connection: Connection) -> HTTPBasicAuth:
    """Client and secret, form-urlencoded first (RFC 6749 2.3.1): they may hold any character, a colon too."""
    return HTTPBasicAuth(quote_plus(connection.client_id), quote_plus(connection.client_secret))


def _asking(connection: Connection, **options: Any) -> Any:  # noqa: ANN401 - the library's session
    """A session that asks for tokens, and hands to the library only answers that it can read."""
    session: Any = transport.oauth_session(connection.client_id, connection.token_url, **options)
    for moment in ("access_token_response", "refresh_token_response"):
        session.register_compliance_hook(moment, _tamed)
    return session


def _tamed(response: requests.Response) -> requests.Response:
    """An answer of the token endpoint with nothing in it but what we know, each of its kind; raises for what is none.

    The library, given a list, a number for a scope or ten thousand brackets, breaks in as many ways.
    """
    try:
        told = json.loads(response.content.decode()) if len(response.content) <= _LARGEST else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise _broken() if response.status_code >= _FAULT else _no_token()
    kept = {name: value for name in _SHAPES if (value := told.get(name)) is not None}
    if not all(isinstance(value, str) and _SHAPES[name].fullmatch(value) for name, value in kept.items()):
        raise _no_token()
    lasts = str(told.get("expires_in", ""))
    seconds = {"expires_in": int(lasts)} if _SECONDS.fullmatch(lasts) else {}
    response._content = json.dumps(kept | seconds).encode()
    return response


def _granted(connection: Connection, call: Callable[..., Document], **form: Any) -> Tokens:  # noqa: ANN401
    """Call the token endpoint once and read its answer; turn every failure into ours."""
    began = dates.now()
    try:
        token = call(_as_secure(connection.token_url), auth=_basic(connection), timeout=TOKEN_SECONDS, **form)
    except LightspeedAPIError as error:
        if error.kind == "delai":
            raise Ambiguous from None
        raise
    except requests.exceptions.ConnectTimeout:
        raise _unreachable() from None
    except (requests.RequestException, HTTPError, OSError) as error:
        reason = type(getattr(error.args[0] if error.args else None, "reason", None)).__name__
        nothing_sent = reason in {"NewConnectionError", "ConnectTimeoutError", "NameResolutionError"}
        raise (_unreachable() if nothing_sent else Ambiguous()) from None
    except TokenExpiredError:
        raise _unreachable() from None
    except OAuth2Error as error:
        raise _refused(error) from None
    except (ValueError, TypeError, Warning):
        raise _no_token() from None
    # our own reading of the answer: expiry counted from before the request, an odd one being unknown
    access, renewed, scope = (token.get(name) for name in ("access_token", "refresh_token", "scope"))
    if not isinstance(access, str) or not access or str(token.get("token_type", "")).lower() != "bearer":
        raise _no_token()
    lasts = token.get("expires_in")
    granted = scope if isinstance(scope, str) else " ".join(scope or ())
    until = began + timedelta(seconds=min(lasts, _LONGEST_S)) if isinstance(lasts, int) else None
    return Tokens(access, renewed or None, granted, until)


def _refused(error: OAuth2Error) -> LightspeedError:
    """What an error of the token endpoint means; its text is never repeated."""
    status = getattr(error, "status_code", None) or 0
    if error.error == "invalid_grant":
        return GrantLost()
    if error.error == "missing_token" or status >= _FAULT:
        return _broken()
    return LightspeedAuthError("Lightspeed refuse la liaison : vérifier l’identifiant et le secret.", "refus")


def _no_token() -> LightspeedAPIError:
    return LightspeedAPIError("La réponse de Lightspeed n’est pas un jeton.", "inattendu")


def _broken() -> LightspeedAPIError:
    return LightspeedAPIError("Le serveur d’autorisation de Lightspeed est en panne.", "serveur")


def _unreachable() -> LightspeedAPIError:
    return LightspeedAPIError("Lightspeed est injoignable.", "reseau")


def _as_secure(url: str) -> str:
    """The address as the library wants it; ``transport`` lowers it again, on this machine only."""
    verified = transport.verified(url)
    return "https" + verified[4:] if transport.is_plain_loopback(verified) else verified
