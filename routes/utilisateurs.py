"""The people of the hotel, for its administrator: `/utilisateurs`, and the names their lines carry."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from dateutil.relativedelta import relativedelta
from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from database import invitations, members
from database.members import Member
from database.models import ROLES
from database.transaction import read
from routes.access import current_access, requires
from routes.erreurs import ApiError
from routes.lecture import typed
from utils import dates
from utils.accounts import attempts, people, reset
from utils.accounts.create import AccountError
from utils.accounts.rights import NoSuchAccount, governs_whole_account
from utils.actions.notifications import desk
from utils.actions.people import merge_names
from utils.actions.person import actor
from utils.actions.refusals import Refusal
from utils.presentation import words

utilisateurs = Blueprint("utilisateurs", __name__, url_prefix="/utilisateurs")


@utilisateurs.get("")
@requires("administrer")
def liste() -> str:
    """Everybody who has a role in this hotel, and the form for one more."""
    return list_page()


@utilisateurs.post("")
@requires("administrer")
def creer() -> Response:
    """Create an account and show its first password once."""
    me = current_access()
    given = {name: typed(name) for name in ("courriel", "nom", "role")}
    try:
        user_id, password = people.create_person(actor(me), me.property_id, (*given.values(),))  # type: ignore[arg-type]
        with read() as connection:
            here = members.member(connection, me.property_id, user_id)
    except AccountError as error:
        return Response(list_page(str(error), given), HTTPStatus.UNPROCESSABLE_ENTITY)
    if here is None:
        return go(url_for("utilisateurs.liste", fait="invitation"))
    return once(user_id, password=password, cree=True)


@utilisateurs.post("/<int:compte>/invitation/retrait")
@requires("administrer")
def desinviter(compte: int) -> Response:
    """Take an invitation back."""
    me = current_access()
    people.withdraw(actor(me), me.property_id, compte)
    return go(url_for("utilisateurs.liste"))


@utilisateurs.post("/<int:compte>/fermeture")
@requires("administrer")
def fermer(compte: int) -> Response:
    """Close the account for this hotel: its role and its sessions here end, those of other hotels go on."""
    me = current_access()
    if compte == me.user_id:
        return refused(compte, "Vous ne pouvez pas fermer votre propre compte.")
    return done(compte, lambda: people.close_here(actor(me), me.property_id, compte), gone=True)


@utilisateurs.get("/<int:compte>")
@requires("administrer")
def fiche(compte: int) -> str:
    """One person: role, state, sessions, what can be done."""
    return person_page(compte)


@utilisateurs.post("/<int:compte>/role")
@requires("administrer")
def role(compte: int) -> Response:
    """Change the role in this hotel; none takes the person off it."""
    chosen = typed("role")
    me = current_access()
    return done(compte, lambda: people.change_role(actor(me), me.property_id, compte, chosen), gone=not chosen)


@utilisateurs.post("/<int:compte>/nom")
@requires("administrer")
def nom(compte: int) -> Response:
    """Correct a name."""
    me = current_access()
    return done(compte, lambda: people.rename(actor(me), me.property_id, compte, typed("nom")))


@utilisateurs.post("/<int:compte>/etat")
@requires("administrer")
def etat(compte: int) -> Response:
    """Close the account, or open it again."""
    me, active = current_access(), typed("actif") == "oui"
    if compte == me.user_id:
        return refused(compte, "Vous ne pouvez pas désactiver votre propre compte.")
    return done(compte, lambda: people.set_open(actor(me), me.property_id, compte, active=active))


@utilisateurs.post("/<int:compte>/deblocage")
@requires("administrer")
def deblocage(compte: int) -> Response:
    """Let the account try to sign in again now."""
    me = current_access()
    return done(compte, lambda: people.unlock(actor(me), me.property_id, compte))


@utilisateurs.post("/<int:compte>/mot-de-passe")
@requires("administrer")
def mot_de_passe(compte: int) -> Response:
    """Impose a new password and show it once."""
    me = current_access()
    try:
        return once(compte, password=people.hand_password(actor(me), me.property_id, compte))
    except AccountError as error:
        return answer(compte, error)


@utilisateurs.post("/<int:compte>/lien")
@requires("administrer")
def lien(compte: int) -> Response:
    """Make a link by which the person chooses a new password: it leaves by mail, or is shown once where none leaves."""
    me, mails = current_access(), desk.sends_mail()
    try:
        token = reset.make_link(actor(me), me.property_id, compte, desk.mail_link if mails else None)
    except AccountError as error:
        return answer(compte, error)
    if mails:
        return once(compte, sent=True)
    return once(compte, link=url_for("profil.reinitialiser", jeton=token, _external=True))


@utilisateurs.post("/<int:compte>/second-facteur")
@requires("administrer")
def second_facteur(compte: int) -> Response:
    """Forget a lost device: the person sets up another one."""
    me = current_access()
    return done(compte, lambda: reset.forget_device(actor(me), me.property_id, compte))


@utilisateurs.get("/personnel")
@requires("administrer")
def personnel() -> str:
    """The names that lines carry, those that are one person, and the month's variances."""
    return names_page()


@utilisateurs.post("/personnel")
@requires("administrer")
def reunir() -> Response:
    """Let one spelling stand for another."""
    spelling, into = typed("graphie"), typed("personne")
    try:
        merge_names.merge(current_access(), spelling, into, dates.now())
    except Refusal as refusal:
        return Response(names_page(refusal.sentence), refusal.status)
    return go(url_for("utilisateurs.personnel"))


@utilisateurs.post("/personnel/separation")
@requires("administrer")
def separer() -> Response:
    """Let a spelling stand for itself again."""
    merge_names.separate(current_access(), typed("graphie"), dates.now())
    return go(url_for("utilisateurs.personnel"))


def done(compte: int, act: Any, *, gone: bool = False) -> Response:  # noqa: ANN401 - what to do
    """Do it, then show the person again; or the list when the person is no longer of the hotel."""
    try:
        act()
    except AccountError as error:
        return answer(compte, error)
    return go(url_for("utilisateurs.liste") if gone else url_for("utilisateurs.fiche", compte=compte, fait="oui"))


def answer(compte: int, error: AccountError) -> Response:
    """The refusal: an account of elsewhere does not exist."""
    if isinstance(error, NoSuchAccount):
        raise ApiError(404)
    return refused(compte, str(error))


def refused(compte: int, sentence: str) -> Response:
    """The page of the person, with what was refused."""
    return Response(person_page(compte, sentence), HTTPStatus.UNPROCESSABLE_ENTITY)


def once(compte: int, **shown: Any) -> Response:  # noqa: ANN401 - of the template
    """A secret on a page that nobody keeps."""
    response = make_response(render_template("utilisateurs/secret.html", personne=need(compte), **shown))
    response.headers["Cache-Control"] = "no-store"
    return response


def go(url: str) -> Response:
    """Send the reader to a page after a write."""
    return cast("Response", redirect(url, HTTPStatus.SEE_OTHER))


def need(compte: int) -> Member:
    """A person of this hotel; 404 for anybody else."""
    with read() as connection:
        found = members.member(connection, current_access().property_id, compte)
    if found is None:
        raise ApiError(404)
    return found


def list_page(erreur: str = "", saisi: dict[str, str] | None = None) -> str:
    """The list."""
    with read() as connection:
        everybody = members.members(connection, current_access().property_id)
        offered = invitations.of_hotel(connection, current_access().property_id, dates.now())
    shown: dict[str, object] = {"invitations": offered}
    shown |= {"erreur": erreur, "saisi": saisi or {"courriel": "", "nom": "", "role": ""}}
    return render_template(
        "utilisateurs/liste.html", personnes=everybody, roles=named_roles(), zone=current_access().zone, **shown
    )


def person_page(compte: int, erreur: str = "") -> str:
    """The page of a person."""
    person, me = need(compte), current_access()
    with read() as connection:
        blocked = attempts.waits(connection, person.email, dates.now())
        governed = governs_whole_account(connection, me.user_id, compte)
        known = {
            "seances": members.sessions_of(connection, compte, 10),
            "appareil": reset.has_device(connection, compte),
        }
    known |= {"bloque": blocked, "gouverne": governed, "moi": compte == me.user_id, "erreur": erreur}
    return render_template("utilisateurs/fiche.html", personne=person, roles=named_roles(), zone=me.zone, **known)


def names_page(erreur: str = "") -> str:
    """The page of the names."""
    me = current_access()
    spellings, aliases = merge_names.names(me)
    today = me.today
    month = merge_names.statements(me, today.replace(day=1), today + relativedelta(day=31))
    known = {"graphies": spellings, "reunis": aliases, "releves": month, "erreur": erreur}
    return render_template("utilisateurs/personnel.html", **known)


def named_roles() -> list[tuple[str, str]]:
    """Each role and its name in French."""
    return [(role, words.ROLES[role]) for role in ROLES]
