"""The hotels one administers: `/hotels`, to create one and to go from one to another."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final, cast
from zoneinfo import available_timezones

from flask import Blueprint, Response, redirect, render_template, url_for

from database import members, properties
from database.transaction import read
from routes import access
from routes.access import current_access, requires
from routes.erreurs import ApiError
from routes.lecture import typed
from utils import dates
from utils.accounts.hotels import administer
from utils.actions.create_hotel import HotelError, NewHotel, create_hotel
from utils.actions.lightspeed.seed import seed_first_hotel
from utils.actions.person import actor
from utils.money import AmountError, read_typed_count

hotels = Blueprint("hotels", __name__, url_prefix="/hotels")

FIELDS: Final = ("code", "nom", "chambres", "devise", "fuseau", "ouverture", "demo")
USUAL: Final = {"devise": "CAD", "fuseau": "America/Toronto"}


@hotels.get("")
@requires("administrer")
def liste() -> str:
    """One's hotels, and the form for one more."""
    return list_page({name: USUAL.get(name, "") for name in FIELDS})


@hotels.post("")
@requires("administrer")
def creer() -> Response:
    """Create a hotel; its creator administers it."""
    given = {name: typed(name).strip() for name in FIELDS}
    me = current_access()
    try:
        hotel_id = create_hotel(read_hotel(given), actor(me))
    except (HotelError, AmountError, dates.DateError) as error:
        return Response(list_page(given, str(error)), HTTPStatus.UNPROCESSABLE_ENTITY)
    administer(actor(me), hotel_id)
    seed_first_hotel()
    return cast("Response", redirect(url_for("hotels.liste", cree=given["code"]), HTTPStatus.SEE_OTHER))


@hotels.post("/<code>/travail")
@requires()
def travailler(code: str) -> Response:
    """Work in another of one's hotels from now on."""
    with read() as connection:
        mine = members.hotels_of(connection, current_access().user_id)
    chosen = next((one for one in mine if one.code == code), None)
    if chosen is None:
        raise ApiError(404)
    access.work_in(current_access(), chosen.property_id)
    return cast("Response", redirect(url_for("accueil.index"), HTTPStatus.SEE_OTHER))


def read_hotel(given: dict[str, str]) -> NewHotel:
    """The hotel that was typed; raises on the first thing that cannot be read."""
    rooms = read_typed_count(given["chambres"])
    if not 1 <= rooms <= 9999:  # noqa: PLR2004 - as the command line
        raise HotelError("Le nombre de chambres est de 1 à 9999.")
    return NewHotel(
        code=given["code"],
        name=given["nom"],
        rooms=rooms,
        time_zone=given["fuseau"],
        currency=given["devise"],
        opening_date=dates.read_date(given["ouverture"]),
        demo=given["demo"] == "oui",
    )


def list_page(given: dict[str, str], erreur: str = "") -> str:
    """The page."""
    with read() as connection:
        mine = members.hotels_of(connection, current_access().user_id)
        known = {hotel.code: hotel for hotel in properties.all_properties(connection)}
    rows = [(one, known[one.code]) for one in mine]
    zones = sorted(available_timezones())
    return render_template("hotels/liste.html", hotels=rows, saisi=given, erreur=erreur, fuseaux=zones)
