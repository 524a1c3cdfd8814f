"""The pages and the API: one blueprint a file, thin; and what every answer shares."""

from __future__ import annotations

from typing import Final

from flask import Flask
from werkzeug.utils import import_string

SHARED: Final = (
    "routes.trace",
    "routes.metriques",
    "routes.erreurs",
    "routes.hotes",
    "routes.tailles",
    "routes.statique",
    "routes.compression",
    "routes.base_connue",
    "routes.access",
    "routes.securite",
    "routes.poste",
    "routes.cartes",
    "routes.obligations",
    "routes.gabarits",
)
"""What every request passes in this order, each with a function `register(app)`; answers pass in the reverse order."""

BLUEPRINTS: Final = (
    "routes.accueil:accueil",
    "routes.aide:aide",
    "routes.api_description:api_description",
    "routes.api_exports:api_exports",
    "routes.api_nuit:api_nuit",
    "routes.api_notifications:api_notifications",
    "routes.automatismes:automatismes",
    "routes.classeur:classeur",
    "routes.connexion:connexion",
    "routes.exports:exports",
    "routes.historique:historique",
    "routes.hotels:hotels",
    "routes.importer:importer",
    "routes.importer_budgets:importer_budgets",
    "routes.journal_hotel:journal_hotel",
    "routes.lightspeed:lightspeed_bp",
    "routes.marsha:marsha_bp",
    "routes.metriques:metriques",
    "routes.notifications:notifications",
    "routes.nuit:nuit",
    "routes.oubli:oubli",
    "routes.papiers:papiers",
    "routes.parametres:parametres",
    "routes.partage:partage",
    "routes.profil:profil",
    "routes.sante:sante",
    "routes.second_facteur:second_facteur",
    "routes.utilisateurs:utilisateurs",
    "routes.verrou:verrou",
)
"""Every blueprint, as ``module:name``; the URLs of each stand at the top of its file."""


DESCRIPTION: Final = "routes.api_description"
"""What reads the addresses of all the others, when they are all known."""


def register(app: Flask) -> None:
    """Give the application all its pages."""
    for module in SHARED:
        import_string(module).register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(import_string(blueprint))
    import_string(DESCRIPTION).register(app)
