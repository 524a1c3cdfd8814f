"""Errors as people and programs read them: a French page, or `application/problem+json` (RFC 9457) in French.

A view refuses by raising `ApiError`; whatever else goes wrong takes the sentence of its status in the table below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Final

import structlog
from flask import Flask, Response, current_app, json, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from gunicorn.http.errors import NoMoreData, ParseException  # type: ignore[import-untyped]
from werkzeug.exceptions import BadHost, HTTPException, InternalServerError, ServiceUnavailable

from database.transaction import StorageError
from routes.securite import cookies_are_secure
from utils.actions.refusals import Refusal
from utils.shapes import Document

log = structlog.get_logger("rj.erreurs")

_API: Final = ("/api/", "/webhooks/")

SENTENCES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("Requête incorrecte", "La requête ne peut pas être lue. Recharger la page, puis recommencer."),
    401: ("Connexion requise", "La session est terminée ou n’a pas commencé. Se connecter, puis recommencer."),
    403: ("Accès refusé", "Ce compte n’a pas le droit de faire cela."),
    404: ("Introuvable", "Rien n’existe à cette adresse, ou ce compte n’y a pas accès."),
    405: ("Méthode refusée", "Cette adresse existe, mais n’accepte pas cette opération."),
    408: ("Délai dépassé", "La requête a pris trop de temps à arriver. Recommencer."),
    409: ("Conflit", "Quelqu’un d’autre a changé ces renseignements entre-temps. Recharger, puis recommencer."),
    412: ("Version dépassée", "La version connue n’est plus la version courante. Recharger, puis recommencer."),
    413: ("Requête trop volumineuse", "Ce qui a été envoyé dépasse la taille permise."),
    414: ("Adresse trop longue", "L’adresse demandée est trop longue."),
    415: ("Format refusé", "Le contenu doit être envoyé en JSON (« Content-Type: application/json »)."),
    422: ("Valeur refusée", "Au moins une valeur ne peut pas être acceptée."),
    423: ("Verrouillé", "Cette nuit ne peut plus être modifiée dans son état actuel."),
    429: ("Trop de demandes", "Trop de tentatives rapprochées. Attendre un moment, puis recommencer."),
    500: ("Erreur interne", "Une erreur est survenue de notre côté; elle est notée. Vérifier avant de recommencer."),
    503: ("Momentanément indisponible", "Le service est occupé. Recommencer dans un instant."),
}
CSRF_SENTENCE: Final = "Le jeton de sécurité de la page manque ou n’est plus valable. Recharger, puis recommencer."

NO_COOKIE: Final = (
    "Ce navigateur bloque les témoins (« cookies ») de ce site : sans eux, personne ne peut s’y connecter. "
    "Les permettre pour cette adresse, puis recharger la page."
)
"""Nothing at all came back with the form: the page's cookie was never kept, and no reload will change that."""

PLAIN_HTTP: Final = (
    "Cette page est à une adresse en « http:// », et le témoin de connexion ne voyage que chiffré : le navigateur ne "
    "le garde pas. Ouvrir la même adresse en « https:// »; si elle ne répond pas, le dire à qui tient le serveur."
)
"""The browser is not to blame: a Secure cookie is never kept of an address in plain http."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one value: the path of the field, and a sentence."""

    chemin: str
    message: str


class ApiError(HTTPException):
    """A refusal: its status, a French sentence, the fields at fault, and what else a program needs to know.

    ``raise ApiError(422, "La nuit contient une erreur.", [FieldError("recap.comptant", "« 2,1 » …")])``
    """

    def __init__(
        self,
        status: int,
        detail: str | None = None,
        erreurs: Iterable[FieldError] = (),
        *,
        headers: Mapping[str, str] | None = None,
        more: Document | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = status
        self.erreurs = tuple(erreurs)
        self.headers = dict(headers or {})
        self.more = dict(more or {})


def register(app: Flask) -> None:
    """Answer every error of the application from here."""
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(StorageError, storage)
    app.register_error_handler(Refusal, refuse)
    for unreadable in (ParseException, NoMoreData):
        app.register_error_handler(unreadable, garbled)
    app.after_request(bare_redirect)


def answer(error: HTTPException) -> Response:
    """The answer to an error, as the caller reads: JSON for a program, a page for a person."""
    status = error.code or InternalServerError.code
    nowhere = isinstance(error, BadHost)  # a page needs addresses, and there is no host to make them of
    response = problem(error, status) if nowhere or wants_json() else page(error, status)
    if isinstance(error, ApiError):
        headers = error.headers
    else:
        own = ("Content-Type", "Content-Length")
        headers = {name: value for name, value in error.get_headers() if name not in own}
        if isinstance(error, ServiceUnavailable):
            headers.setdefault("Retry-After", "1")
    for name, value in headers.items():
        response.headers[name] = value
    return response


def garbled(_error: Exception) -> Response:
    """The answer to a body that is not what it says: a chunk of no size, an end that never comes."""
    return problem(ApiError(400), 400)


def bare_redirect(response: Response) -> Response:
    """A redirect says everything in its address: the English page that the framework puts with it goes."""
    if response.location and HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.BAD_REQUEST:
        response.set_data(b"")
        response.headers.pop("Content-Type", None)
    return response


def refuse(refusal: Refusal) -> Response:
    """The answer when an action refuses: its status, its sentence, the fields at fault."""
    erreurs = [FieldError(problem.path, problem.message) for problem in refusal.problems]
    minutes = refusal.more.get("retry_in_minutes")
    headers = {"Retry-After": str(60 * minutes)} if minutes else {}
    return answer(ApiError(refusal.status, refusal.sentence, erreurs, headers=headers, more=refusal.more))


def storage(error: StorageError) -> Response:
    """The answer when the book cannot be read or written just now."""
    log.warning("base indisponible", cause=str(error), exception_type=type(error).__name__)
    return answer(ApiError(503, headers={"Retry-After": str(error.retry_after)}))


def problem(error: HTTPException, status: int) -> Response:
    """The error as `application/problem+json`."""
    title, detail = sentences(error, status)
    more = error.more if isinstance(error, ApiError) else {}
    erreurs = [asdict(one) for one in error.erreurs] if isinstance(error, ApiError) else []
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "erreurs": erreurs,
    }
    return Response(json.dumps(more | body), status, content_type="application/problem+json")


def page(error: HTTPException, status: int) -> Response:
    """The error as a page; a fault of ours is shown by a page that asks nothing of the rest of the application."""
    title, detail = sentences(error, status)
    template = "errors/panne.html" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "errors/refus.html"
    return make_response(render_template(template, title=title, detail=detail, status=status), status)


def sentences(error: HTTPException, status: int) -> tuple[str, str]:
    """The title and the French sentence of an error; the English ones of the libraries are never shown."""
    title, detail = SENTENCES.get(status) or SENTENCES[500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400]
    if isinstance(error, CSRFError):
        return title, _no_token()
    if isinstance(error, ApiError) and error.description:
        return title, error.description
    return title, detail


def _no_token() -> str:
    """Why a form came without its token: an address in plain http, a browser without cookies, an old page."""
    session = current_app.session_interface.get_cookie_name(current_app)
    address = request.headers.get("Origin") or request.url
    if wants_json() or session in request.cookies:
        return CSRF_SENTENCE
    if address.startswith("http://") and cookies_are_secure(current_app):
        return PLAIN_HTTP
    return CSRF_SENTENCE if request.cookies else NO_COOKIE


def wants_json() -> bool:
    """Whether the caller is a program: by the address, by what it sent, or by what it asks for."""
    if request.path.startswith(_API) or request.is_json:
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]
