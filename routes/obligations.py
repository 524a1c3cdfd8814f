"""What a person must do before anything else: change a password that was handed over, set up a second factor."""

from __future__ import annotations

from typing import Final, cast

from flask import Flask, Response, current_app, redirect, request, url_for

from routes.access import Access, signed_in
from routes.erreurs import ApiError, wants_json
from utils.accounts import second_factor

FREE: Final = ("profil", "connexion", "verrou")
"""Blueprints that stay open meanwhile: they are where it is done, and the way out."""


def register(app: Flask) -> None:
    """Ask before every view; registered after the guard, which says who it is."""
    app.before_request(remind)


def remind() -> Response | None:
    """Send the person to what is still to do."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "public", False) or request.blueprint in FREE:
        return None
    access = signed_in()
    if access is None:
        return None
    if access.signed_in.must_change_password:
        return ask("profil.mot_de_passe", "Changer d’abord le mot de passe qui vous a été remis.")
    if must_enrol(access):
        return ask("profil.second_facteur", "Mettre d’abord en place le second facteur de connexion.")
    return None


def must_have_device(access: Access) -> bool:
    """Whether the installation asks this role for a second factor."""
    settings = current_app.config["SETTINGS"]
    return settings.second_facteur and not settings.demo and access.role in second_factor.OBLIGED


def waived(access: Access) -> str:
    """Why this role, of which a second factor is otherwise asked, is free of it here; empty when it is not."""
    if access.role not in second_factor.OBLIGED or must_have_device(access):
        return ""
    if current_app.config["DEMO"]:
        return "Une vraie installation l’exige de votre rôle; une démonstration, non."
    return "Cette installation ne l’exige pas de votre rôle (SECOND_FACTEUR=non)."


def must_enrol(access: Access) -> bool:
    """Whether the person still has to set one up."""
    return must_have_device(access) and not second_factor.enrolled(access.user_id)


def ask(endpoint: str, sentence: str) -> Response:
    """A program hears why; a person is shown the page."""
    if wants_json():
        raise ApiError(403, sentence)
    return cast("Response", redirect(url_for(endpoint)))
