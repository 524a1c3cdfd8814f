"""Who may do what: one table of actions and of the roles that may do each, for pages, settings and actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from database.models import ROLES
from utils.shapes import Document

ACTIONS: Final[Mapping[str, frozenset[str]]] = {
    "lire": frozenset(ROLES),
    "remplir": frozenset({"night_auditor", "front_desk_supervisor", "admin"}),
    "synchroniser": frozenset({"night_auditor", "front_desk_supervisor", "controller", "gm", "admin"}),
    "soumettre": frozenset({"night_auditor", "front_desk_supervisor", "admin"}),
    "deroger": frozenset({"front_desk_supervisor", "accounting", "controller", "gm", "admin"}),
    "verrouiller": frozenset({"accounting", "controller", "gm", "admin"}),
    "corriger": frozenset({"front_desk_supervisor", "accounting", "controller", "gm", "admin"}),
    "ecarts_personnel": frozenset(ROLES) - {"gsm"},
    "exporter": frozenset({"accounting", "controller", "gsm", "gm", "admin"}),
    "importer": frozenset({"accounting", "controller", "gm", "admin"}),
    "connexion_pms": frozenset({"controller", "gm", "admin"}),
    "connexion_marsha": frozenset({"controller", "gm", "admin"}),
    "envoyer_marsha": frozenset({"night_auditor", "front_desk_supervisor", "accounting", "controller", "gm", "admin"}),
    "lancer": frozenset({"gm", "admin"}),
    "regler_avis": frozenset({"gm", "admin"}),
    "budgeter": frozenset({"accounting", "controller", "gm", "admin"}),
    "administrer": frozenset({"admin"}),
}
"""Each action and the roles that may do it."""

SETTABLE: Final = frozenset({"deroger", "verrouiller"})
"""Actions whose roles a hotel may choose: the setting ``roles`` holds a list of roles for each."""


def usual_roles(action: str) -> list[str]:
    """The roles that may do this where no hotel chose otherwise, in the order in which roles are shown."""
    return [role for role in ROLES if role in ACTIONS[action]]


def chosen_roles(action: str, settings: Document) -> frozenset[str]:
    """The roles that may do what a hotel may choose, under its settings; the usual ones unless a list says roles."""
    roles = settings.get("roles")
    chosen = roles.get(action) if isinstance(roles, Mapping) else None
    if not isinstance(chosen, list) or any(one not in ROLES for one in chosen):
        return ACTIONS[action]
    return frozenset(chosen)
