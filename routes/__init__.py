"""The pages and the API: one blueprint a file, thin; and what every answer shares."""

from __future__ import annotations

from typing import Final

from flask import Flask
from werkzeug.utils import import_string

SHARED: Final = (
    "routes.trace",
    "routes.erreurs",
    "routes.statique",
    "routes.compression",
    "routes.securite",
)
"""What every answer passes, each with a function `register(app)`. Flask runs the last one's `after_request` first."""

BLUEPRINTS: Final = (
    "routes.accueil:accueil",
    "routes.sante:sante",
)
"""Every blueprint, as ``module:name``; the URLs of each stand at the top of its file."""


def register(app: Flask) -> None:
    """Give the application all its pages."""
    for module in SHARED:
        import_string(module).register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(import_string(blueprint))
