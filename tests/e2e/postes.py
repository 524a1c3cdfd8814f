"""A house whose server can be stopped, and the posts where people work: what every browser test is told with."""

import re
import shutil
import threading
from datetime import date, timedelta
from itertools import count

from axe_playwright_python.sync_playwright import Axe
from werkzeug.serving import WSGIRequestHandler, make_server

from main import create_app
from tests.applications import PASSWORD, close, demonstration

AUDITOR, SUPERVISOR, CONTROLLER = "auditeur@demo.hotel", "superviseur@demo.hotel", "controleur@demo.hotel"
API = "/api/rj/native/session"
PATIENCE = 8000
"""Milliseconds that a page may take before a test gives up."""

REFUSED = "Failed to load resource"
"""How Chromium words any answer of 400 or more: said by the browser, not by the page."""

_DAYS = count()


class Silent(WSGIRequestHandler):
    """Requests are not worth a line each."""

    def log(self, type, message, *args):
        """Say nothing."""


class House:
    """The application behind one address; its server stops and starts again on the same book."""

    def __init__(self, template, instance):
        instance.mkdir(parents=True, exist_ok=True)
        shutil.copy(template, instance / "rj.db")
        self.instance, self.port, self.states, self.server = instance, 0, {}, None
        self.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        """Serve."""
        self.app = create_app(demonstration(self.instance))
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True, request_handler=Silent)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def stop(self):
        """Let go of everything, as a machine that restarts does."""
        if self.server is None:
            return
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        close(self.app)
        self.server = None


class Post:
    """Somebody before a browser: her page, what it complained of, what it asked the network for."""

    def __init__(self, house, context, email=AUDITOR):
        self.house, self.context, self.email = house, context, email
        self.complaints, self.asked = [], []
        context.on("request", lambda request: self.asked.append(request.url))
        self.page = self.another()

    def another(self):
        """One more tab of the same browser."""
        page = self.context.new_page()
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _hear(self, kind, text):
        if kind == "error" and not text.startswith(REFUSED):
            self.complaints.append(text)

    def sign_in(self):
        """By the form, once for each account of a house."""
        if self.email in self.house.states:
            self.context.add_cookies(self.house.states[self.email])
            return self
        self.sign_in_again()
        self.house.states[self.email] = self.context.cookies()
        return self

    def sign_in_again(self):
        """By the form, without the page."""
        page = self.context.request.get(f"{self.house.url}/connexion").text()
        form = {"email": self.email, "password": PASSWORD, "csrf_token": token(page)}
        self.context.request.post(f"{self.house.url}/connexion", form=form)

    def api(self, method, path="", body=None):
        """Ask the API beside the page; the answer's JSON."""
        page = self.context.request.get(f"{self.house.url}/connexion").text()
        headers = {"X-CSRFToken": token(page), "X-Hotel": "DEMO"}
        answer = self.context.request.fetch(f"{self.house.url}{API}/{path}", method=method, data=body, headers=headers)
        assert answer.status < 300, answer.text()
        return answer.json()

    def open_night(self):
        """A night of its own for a test; its date."""
        day = (date(2025, 1, 2) + timedelta(days=next(_DAYS))).isoformat()
        self.api("POST", day)
        return day

    def go(self, day, tab="recap", page=None):
        """Open a tab of a night, its modules ready."""
        page = page or self.page
        page.goto(f"{self.house.url}/rj/native/{day}/{tab}")
        ready(page)
        return page

    def save(self, day, tab, cells):
        """Save texts of a tab by the API."""
        version = self.api("GET", day)["version"]
        return self.api("PATCH", f"{day}/{tab}", {"version": version, "saisies": cells})

    def value(self, day, name):
        """What the server holds in a simple cell."""
        tab, _, key = name.partition(".")
        place = self.api("GET", f"{day}/{tab}")["values"]
        for part in key.split("."):
            place = (place or {}).get(part)
        return place


def token(page):
    """The CSRF token of a page."""
    return re.search(r'name="csrf-token" content="([^"]+)"', page)[1]


def ready(page):
    """Wait for the modules of the night's page."""
    page.wait_for_selector("html[data-pret]", state="attached")


def cell(page, name):
    """The field of a cell."""
    return page.locator(f'[data-case="{name}"]')


def figure(page, name):
    """The first showing of a calculated figure."""
    return page.locator(f'[data-chiffre="{name}"]').first


def type_in(page, name, text, leave="Enter"):
    """Enter a cell, type as a person does, leave it."""
    cell(page, name).focus()
    page.keyboard.insert_text(text)
    if leave:
        page.keyboard.press(leave)


def status(page):
    """The line that says whether everything is saved."""
    return page.locator("[data-sauvegarde]")


def note(page, name, kind="avis"):
    """What opened under the row of a cell."""
    return page.locator(f'[id="{name}-{kind}"]')


def violations(page, within=None):
    """What axe finds wrong on a page, or in a part of it: rule and element."""
    options = {"resultTypes": ["violations"], "preload": False}  # no rule of ours reads the style sheets themselves
    found = Axe().run(page, within, options).response["violations"]
    return [f"{one['id']} : {one['nodes'][0]['html'][:150]}" for one in found]
