"""Files that a browser keeps: the answer that gives one, and the forms that there are."""

from __future__ import annotations

from collections.abc import Collection

from flask import Response

from routes.erreurs import ApiError
from utils.actions.reports.export import File


def known(form: str, forms: Collection[str]) -> str:
    """A form that there is, 404 otherwise."""
    if form not in forms:
        raise ApiError(404, f"Il n’y a pas de fichier de cette forme. Formes : {', '.join(forms)}.")
    return form


def given(file: File) -> Response:
    """The answer that a browser keeps as a file."""
    response = Response(file.content, content_type=file.type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
