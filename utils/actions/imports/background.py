"""Many months accepted at once: they enter one after the other while the page tells how far it went."""

from __future__ import annotations

import threading

from flask import Flask, current_app

from utils import dates
from utils.actions.apart import apart
from utils.actions.imports.enter import enter_month
from utils.actions.imports.reading import waiting_of
from utils.actions.person import Machine, Person
from utils.actions.refusals import Forbidden


def enter_all(person: Person) -> int:
    """Begin to bring in every month that is proposed, the oldest first; how many there are.

    A month that is refused stays proposed and holds none of the others back.
    """
    if not person.may("importer"):
        raise Forbidden("Votre rôle ne permet pas d’importer des classeurs.")
    waiting = waiting_of(person)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    # whoever asked is known by a request that will be over
    asked = Machine(person.property_id, person.label, person.user_id, person.role)

    def run() -> None:
        with app.app_context():
            for one in waiting:
                with apart(__name__, importation=one.id):
                    enter_month(asked, one.id, dates.now())

    threading.Thread(target=run, name="importation", daemon=True).start()
    return len(waiting)
