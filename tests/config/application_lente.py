"""The application with a view that never ends in time, and a worker that loses patience sooner."""

import time

from config import signed, worker
from main import create_app as create
from routes.access import public

SESSION = "une-seance-de-quelqu-un-qui-travaille"


def create_app():
    """The application, and an address that holds a thread."""
    worker.HELD_S = 4
    app = create()
    signed.RECENT.note(SESSION)

    @app.get("/dort")
    @public
    def sleep():
        time.sleep(60)
        return ""

    return app
