"""Who may do what: one decorator on each view, one table of rights, one guard that asks before anything else runs.

    @nuits.post("/<date>/verrouiller")
    @requires("verrouiller")
    def verrouiller(date): ...

The guard refuses a view that says nothing: forgetting the decorator closes a page, it never opens one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, TypeVar, cast

import flask_login
from flask import Flask, Response, current_app, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user

from config.signed import RECENT
from database import properties, sessions
from database.properties import Hotel
from database.sessions import SignedIn
from database.transaction import read
from routes import lecture, poste
from routes.erreurs import ApiError, wants_json
from utils import dates
from utils.accounts import presence
from utils.actions.rights import ACTIONS, SETTABLE, chosen_roles
from utils.actions.settings.fields import turning_hour
from utils.shapes import Document

View = TypeVar("View", bound=Callable[..., Any])

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
HOTEL, SEEN, PENDING = "hotel", "vu", "attente"
REFRESH: Final = timedelta(minutes=1)

manager = LoginManager()
manager.session_protection = None  # the server keeps the sessions: an address that changes ends nothing


@dataclass(frozen=True)
class Access(UserMixin):  # type: ignore[misc]
    """Who asks, in which hotel, with which role, for one request: the book is asked once of each thing."""

    token: str
    signed_in: SignedIn
    _documents: dict[date, Document] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def user_id(self) -> int:
        """The account."""
        return self.signed_in.user_id

    @property
    def label(self) -> str:
        """The person's name, as the journal writes it."""
        return self.signed_in.name

    @property
    def property_id(self) -> int:
        """The hotel that this request reads and writes."""
        return self.signed_in.property_id

    @property
    def code(self) -> str:
        """The code of that hotel."""
        return self.signed_in.code

    @property
    def role(self) -> str:
        """The role of the account in that hotel."""
        return self.signed_in.role

    @cached_property
    def hotel(self) -> Hotel:
        """That hotel."""
        with read() as connection:
            return properties.property_by_id(connection, self.property_id)

    @property
    def zone(self) -> str:
        """Its time zone."""
        return self.hotel.time_zone

    @cached_property
    def today(self) -> date:
        """The day on its clock."""
        return dates.local(dates.now(), self.zone).date()

    @cached_property
    def business_date(self) -> date:
        """The night one works on there by default."""
        return dates.current_business_date(dates.now(), self.zone, turning_hour(self.settings_on(self.today)))

    def settings_on(self, day: date) -> Document:
        """What its settings say on a day."""
        if day not in self._documents:
            with read() as connection:
                self._documents[day] = properties.settings_document(connection, self.property_id, day).values
        return self._documents[day]

    def get_id(self) -> str:
        """What the cookie holds of it: the token of the session, never the account."""
        return self.token

    def may(self, *actions: str) -> bool:
        """Whether the role allows at least one of these actions, as the hotel has set it."""
        return not actions or any(
            self.role in (chosen_roles(action, self.settings_on(self.today)) if action in SETTABLE else ACTIONS[action])
            for action in actions
        )

    def demand(self, *actions: str) -> None:
        """Refuse with 403 unless the role allows at least one of these actions."""
        if not self.may(*actions):
            raise ApiError(403, "Votre rôle dans cet hôtel ne permet pas de faire cela.")


def requires(*actions: str) -> Callable[[View], View]:
    """Open a view to signed-in people whose role allows one of these actions; without any, to all of them."""
    unknown = set(actions) - ACTIONS.keys()
    if unknown:
        raise ValueError(f"Unknown actions: {unknown}")

    return lambda view: _marked(view, "requires", actions)


def public(view: View) -> View:
    """Open a view to anybody, signed in or not."""
    return _marked(view, "public", True)


def automatic(view: View) -> View:
    """A view that the page asks for by itself: it does not say that somebody is still there."""
    return _marked(view, "automatic", True)


def _marked(view: View, mark: str, value: object) -> View:
    """The view with its mark; a function serves under one rule, else the last one said would hold everywhere."""
    if {"public", "requires"} & vars(view).keys():
        raise ValueError(f"{view.__name__} is already open under another rule.")
    setattr(view, mark, value)
    return view


def current_access() -> Access:
    """Who asks; refuses with 401 when nobody is signed in."""
    access = signed_in()
    if access is None:
        raise ApiError(401)
    return access


def signed_in() -> Access | None:
    """Who asks, or nobody."""
    user = current_user._get_current_object()
    return user if isinstance(user, Access) else None


def register(app: Flask) -> None:
    """Guard every route of the application. Registered before the CSRF check: who are you comes first."""
    manager.init_app(app)
    app.before_request(guard)


def guard() -> Response | None:
    """Let the request pass, or refuse it: no session, another hotel, a role that may not."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "public", False):
        return None
    actions = getattr(view, "requires", None)
    if actions is None:
        raise ApiError(403)
    access = signed_in()
    if access is None:
        return ask_to_sign_in()
    check_hotel(access)
    check_person(access)
    access.demand(*actions)
    RECENT.note(request.cookies.get(current_app.session_interface.get_cookie_name(current_app), ""))
    if not getattr(view, "automatic", False):
        refresh(access)
    return None


def ask_to_sign_in() -> Response:
    """A program hears 401; a person is shown the log-in page, and comes back to the page that was asked for."""
    if wants_json():
        raise ApiError(401)
    wanted = request.full_path.rstrip("?") if request.method in SAFE else None
    return cast("Response", redirect(url_for("connexion.page", suite=wanted)))


def check_hotel(access: Access) -> None:
    """The hotel a page was made for, which every write names, is the one this session works in."""
    code = request.headers.get("X-Hotel") or (None if request.method in SAFE else lecture.form().get("hotel"))
    if code == access.code or (code is None and request.method in SAFE):
        return
    if code is None:
        raise ApiError(400, "La requête ne dit pas de quel hôtel il s’agit (en-tête « X-Hotel »).")
    with read() as connection:
        mine = sessions.role_in(connection, access.user_id, code)
    if mine is None:
        raise ApiError(404)
    raise ApiError(409, f"La page est celle de l’hôtel {code}, mais la session travaille dans l’hôtel {access.code}.")


def check_person(access: Access) -> None:
    """The account a page was drawn for, when it says so, is the one signed in: nobody signs what another one typed."""
    drawn_for = request.headers.get("X-Utilisateur") or (
        None if request.method in SAFE else lecture.form().get("utilisateur")
    )
    if drawn_for not in (None, "", str(access.user_id)):
        raise ApiError(
            409,
            f"Cette page est celle d’une autre personne que {access.label}, dont la session est ouverte dans ce "
            "navigateur. Rien n’est fait en son nom : recharger la page.",
        )


def refresh(access: Access) -> None:
    """Push back the idle limit, once a minute at most; a read writes it in the cookie and nowhere else."""
    now = dates.now()
    if dates.lasts(session.get(SEEN, 0), now, REFRESH):
        return
    session[SEEN] = int(now.timestamp())
    if request.method not in SAFE:
        presence.still_here(access.signed_in.session_id, now)


@manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> Access | None:
    """Who holds this token, if the session is alive and was not left idle too long."""
    settings = current_app.config["SETTINGS"]
    now = dates.now()
    if not dates.lasts(session.get(SEEN, 0), now, timedelta(minutes=settings.idle_minutes)):
        return None
    longest = timedelta(hours=settings.session_hours)
    with read() as connection:
        found = sessions.find_session(connection, token, session.get(HOTEL, 0), now, longest)
    return Access(token, found) if found else None


def enter(token: str, property_id: int = 0) -> Access | None:
    """Begin a session in a new cookie, in a hotel or the account's first: nothing of the one before log-in survives."""
    session.clear()
    if property_id:
        session[HOTEL] = property_id
    session.permanent = True
    session[SEEN] = int(dates.now().timestamp())
    access: Access | None = load(token)
    if access:
        poste.keep()
        work_in(access, access.property_id)
        flask_login.login_user(access)
    return access


def work_in(access: Access, property_id: int) -> None:
    """Work in a hotel from now on: the book knows it too, so that the hotel can end its own sessions."""
    session[HOTEL] = property_id
    presence.work_in(access.signed_in.session_id, property_id)


def leave() -> None:
    """End the session, here and in the book."""
    presence.sign_out(current_access().signed_in.session_id, dates.now())
    forget()


def forget() -> None:
    """Forget the session here: the book has ended it."""
    flask_login.logout_user()
    session.clear()
