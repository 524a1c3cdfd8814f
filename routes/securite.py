"""What protects a session: the headers that bind the browser, the CSRF token of every write, the cookie."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect

from config.signed import RECENT

POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
"""Nothing inline, nothing from elsewhere: what a person types can never become a script."""

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OF_A_FILE: Final = ("X-Content-Type-Options",)
"""What a style, a script or a font needs of them: the others govern a page, and weigh more than many a script."""

TOKEN: Final = "_user_id"  # noqa: S105 - the name of a key, not its value
"""Under which name Flask-Login keeps, in the session, the token of who is signed in."""

HSTS: Final = "max-age=31536000; includeSubDomains"


csrf = CSRFProtect()


class Sessions(SecureCookieSessionInterface):
    """The session cookie is Secure, except on plain http in demo mode, where the browser would not send it back."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """A file is the same for everybody: unless the session changed, its answer does not depend on the cookie."""
        if request.endpoint != "static" or session.modified:
            super().save_session(app, session, response)
            name = f"{self.get_cookie_name(app)}="
            for sent in response.headers.getlist("Set-Cookie"):
                if sent.startswith(name) and session.get(TOKEN):  # the next request of a person signed in bears it
                    RECENT.note(sent.removeprefix(name).partition(";")[0])

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether this answer's cookie may only travel encrypted."""
        return cookies_are_secure(app)

    def get_cookie_name(self, app: Flask) -> str:
        """Its name, which binds it to this host when it is Secure."""
        return cookie_name(app, super().get_cookie_name(app))


def cookies_are_secure(app: Flask) -> bool:
    """Whether the cookies of this answer may only travel encrypted: always, but on plain http in demo mode."""
    return request.is_secure or not app.config["DEMO"]


def cookie_name(app: Flask, name: str) -> str:
    """A Secure cookie has the prefix by which browsers refuse one that a neighbouring host set, or plain http."""
    return f"__Host-{name}" if cookies_are_secure(app) else name


def register(app: Flask) -> None:
    """Protect every route of the application."""
    app.session_interface = Sessions()
    csrf.init_app(app)
    app.after_request(protect)


def protect(response: Response) -> Response:
    """Add the headers; pages and figures are for the person who asked, so nobody else may keep them.

    A page is not kept at all: *Back* would show again, without asking, figures that have moved since.
    """
    wanted = OF_A_FILE if request.endpoint == "static" else HEADERS
    for name in wanted:
        response.headers.setdefault(name, HEADERS[name])
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    shown = response.status_code == HTTPStatus.OK and response.mimetype == "text/html"
    response.headers.setdefault("Cache-Control", "no-store" if shown else "private, no-cache")
    return response
