"""One's own account: `/profil`, and the link by which one chooses a new password."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

import segno
from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from database import invitations, members
from database.transaction import read
from routes import access, poste
from routes.access import current_access, public, requires
from routes.erreurs import ApiError
from routes.lecture import typed
from routes.obligations import must_have_device, waived
from utils import dates
from utils.accounts import people, profile, reset, second_factor
from utils.accounts.create import AccountError
from utils.accounts.second_factor import Enrolment
from utils.actions.person import actor
from utils.presentation import words

profil = Blueprint("profil", __name__)


@profil.get("/profil")
@requires()
def page() -> str:
    """Everything one may change of one's account."""
    return profile_page()


@profil.get("/profil/mot-de-passe")
@requires()
def mot_de_passe() -> Response:
    """The form alone: whoever was handed a password starts here."""
    return password_page()


@profil.post("/profil/mot-de-passe")
@requires()
def changer_mot_de_passe() -> Response:
    """Change the password: every other session ends."""
    me = current_access()
    current, new, again = (typed(name) for name in ("actuel", "nouveau", "encore"))
    try:
        given = (current, new, again)
        token = profile.change_password(actor(me), me.signed_in.session_id, given)
    except AccountError as error:
        return password_page(str(error))
    access.enter(token, me.property_id)
    return go("profil.page", fait="mot-de-passe")


@profil.post("/profil/theme")
@requires()
def theme() -> Response:
    """Keep the theme, here and on other machines."""
    chosen = typed("theme")
    try:
        profile.choose_theme(current_access().user_id, chosen)
    except AccountError as error:
        raise ApiError(422, str(error)) from None
    response = go("profil.page", fait="theme")
    response.delete_cookie("theme")
    return response


@profil.post("/profil/seances/<int:seance>/fin")
@requires()
def terminer(seance: int) -> Response:
    """End one of one's sessions."""
    me = current_access()
    if seance == me.signed_in.session_id:
        raise ApiError(409, "C’est la séance en cours : se déconnecter pour la terminer.")
    profile.end_session(me.user_id, seance)
    return go("profil.page", fait="seance")


@profil.post("/profil/seances/fin")
@requires()
def terminer_autres() -> Response:
    """End all the others."""
    me = current_access()
    profile.end_others(me.user_id, me.signed_in.session_id)
    return go("profil.page", fait="seance")


@profil.get("/profil/second-facteur")
@requires()
def second_facteur() -> Response:
    """The QR code of a new device."""
    me = current_access()
    if second_factor.enrolled(me.user_id):
        return go("profil.page")
    return device_page(second_factor.begin(me.signed_in.session_id, me.signed_in.email))


@profil.post("/profil/second-facteur")
@requires()
def confirmer() -> Response:
    """Keep the device once the password and its first code are right, and show the recovery codes once."""
    me = current_access()
    session_id = me.signed_in.session_id
    begun = second_factor.begun(session_id, me.signed_in.email)
    if begun is None or second_factor.enrolled(me.user_id):
        return go("profil.page")
    try:
        profile.check_password(me.user_id, me.signed_in.session_id, typed("actuel"))
        codes = second_factor.confirm(actor(me), session_id, begun.secret, typed("code"))
    except AccountError as error:
        return device_page(begun, str(error))
    return unkept(render_template("profil/codes.html", codes=codes))


@profil.post("/profil/second-facteur/retrait")
@requires()
def retirer() -> Response:
    """Forget one's device, unless the role must have one."""
    me = current_access()
    try:
        if must_have_device(me):
            raise AccountError("Votre rôle exige un second facteur : l’administration peut le remplacer.")
        profile.check_password(me.user_id, me.signed_in.session_id, typed("actuel"))
    except AccountError as error:
        return Response(profile_page(str(error)), HTTPStatus.UNPROCESSABLE_ENTITY)
    second_factor.remove(actor(me))
    return go("profil.page", fait="appareil")


@profil.post("/profil/invitations/<int:invitation>/acceptation")
@requires()
def accepter(invitation: int) -> Response:
    """Take the role that another hotel offers."""
    return answered(invitation, accepted=True)


@profil.post("/profil/invitations/<int:invitation>/refus")
@requires()
def refuser(invitation: int) -> Response:
    """Refuse it."""
    return answered(invitation, accepted=False)


def answered(invitation: int, *, accepted: bool) -> Response:
    """Answer an invitation, then show the page again."""
    try:
        people.answer_invitation(actor(current_access()), invitation, accepted=accepted)
    except AccountError as error:
        return Response(profile_page(str(error)), HTTPStatus.UNPROCESSABLE_ENTITY)
    return go("profil.page", fait="invitation")


@profil.get("/reinitialisation/<jeton>")
@public
def reinitialiser(jeton: str) -> Response:
    """The form of a link that an administrator handed over."""
    try:
        reset.check_link(jeton)
    except AccountError as error:
        raise ApiError(404, str(error)) from None
    return unkept(render_template("profil/lien.html", erreur=""))


@profil.post("/reinitialisation/<jeton>")
@public
def choisir(jeton: str) -> Response:
    """Choose the new password; one signs in with it."""
    new, again = typed("nouveau"), typed("encore")
    try:
        if new != again:
            raise AccountError("Le nouveau mot de passe n’est pas le même les deux fois.")
        reset.use_link(jeton, new, poste.origin())
    except AccountError as error:
        return unkept(render_template("profil/lien.html", erreur=str(error)), HTTPStatus.UNPROCESSABLE_ENTITY)
    poste.keep()
    return go("connexion.page")


def profile_page(erreur: str = "") -> str:
    """The page."""
    me = current_access()
    with read() as connection:
        hotels = members.hotels_of(connection, me.user_id)
        offered = invitations.of_person(connection, me.user_id, dates.now())
    device = second_factor.enrolled(me.user_id)
    known: dict[str, object] = {
        "seances": profile.sessions_of(me.user_id),
        "zone": me.zone,
        "moi": me.signed_in,
        "appareil": device,
    }
    known |= {"hotels": hotels, "invitations": offered, "roles": words.ROLES}
    known |= {
        "oblige": must_have_device(me),
        "dispense": waived(me),
        "codes": second_factor.left(me.user_id) if device else 0,
    }
    return render_template("profil/profil.html", **known, erreur=erreur)


def password_page(erreur: str = "") -> Response:
    """The form of the password."""
    imposed = current_access().signed_in.must_change_password
    status = HTTPStatus.UNPROCESSABLE_ENTITY if erreur else HTTPStatus.OK
    return unkept(render_template("profil/mot_de_passe.html", erreur=erreur, impose=imposed), status)


def device_page(enrolment: Enrolment, erreur: str = "") -> Response:
    """The QR code, and the secret for who cannot scan it."""
    drawn = segno.make(enrolment.address, error="m").svg_data_uri(scale=4, border=2)
    secret = " ".join(enrolment.secret[i : i + 4] for i in range(0, len(enrolment.secret), 4))
    shown: dict[str, object] = {"qr": drawn, "secret": secret, "oblige": must_have_device(current_access())}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if erreur else HTTPStatus.OK
    return unkept(render_template("profil/second_facteur.html", erreur=erreur, **shown), status)


def unkept(page: str, status: int = HTTPStatus.OK) -> Response:
    """A page that no browser keeps."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def go(endpoint: str, **query: Any) -> Response:  # noqa: ANN401 - of the address
    """Send the reader to a page after a write."""
    return cast("Response", redirect(url_for(endpoint, **query), HTTPStatus.SEE_OTHER))
