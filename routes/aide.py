"""Help inside the application: `/aide`, the guide of the night hour by hour, the glossary, the keys."""

from __future__ import annotations

from flask import Blueprint, render_template

from routes.access import requires
from utils.presentation.help import GLOSSARY, HOURS

aide = Blueprint("aide", __name__, url_prefix="/aide")


@aide.get("")
@requires()
def lire() -> str:
    """The guide, the glossary, the keys, on one page that can be searched and printed."""
    return render_template("aide.html", hours=HOURS, glossary=GLOSSARY)
