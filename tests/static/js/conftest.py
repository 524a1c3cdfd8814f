"""A page that holds the modules of the night and nothing else; the server is a list of answers."""

import json

import pytest

from tests.architecture.source import ROOT

PATIENCE = 8000
"""Milliseconds that a script may take before a test gives up."""
HOST = "http://localhost:9/"  # nobody listens there: every request is answered by the test
ETAT = {
    "hotel": "DEMO",
    "date": "2026-01-05",
    "version": 3,
    "api": "/api/rj/native/session/2026-01-05",
    "utilisateur": {"id": "7", "nom": "Auditrice"},
}
PAGE = (
    '<!doctype html><html lang="fr"><head><meta name="csrf-token" content="jeton"></head>'
    '<body><script type="application/json" id="nuit">{}</script></body></html>'
)


class Desk:
    """A browser page, what it asked of the server, what the server is about to answer."""

    def __init__(self, page):
        self.page, self.asked, self.answers = page, [], []
        page.route(f"{HOST}**", self._answer)
        page.goto(HOST)

    def _answer(self, route):
        request = route.request
        file = ROOT / "static" / request.url.removeprefix(f"{HOST}static/")
        if file.suffix == ".js" and file.is_file():
            route.fulfill(body=file.read_text("utf-8"), content_type="text/javascript; charset=utf-8")
        elif request.method == "PATCH":
            self.asked.append((request.url.removeprefix(HOST), json.loads(request.post_data), request.headers))
            self._fulfil(route, self.answers.pop(0) if self.answers else (200, {"version": 4}, {}))
        else:
            route.fulfill(body=PAGE.replace("{}", json.dumps(ETAT)), content_type="text/html; charset=utf-8")

    @staticmethod
    def _fulfil(route, answer):
        if answer is None:
            route.abort()
            return
        status, body, headers = answer
        if isinstance(body, str):
            route.fulfill(status=status, body=body, content_type="text/html")
        else:
            route.fulfill(status=status, json=body, headers=headers)

    def run(self, script, *given):
        """A script among the modules: ``boite``, ``envoi``, ``etat``, ``magasin`` are at hand."""
        names = ("boite", "envoi", "etat", "magasin")
        imports = "".join(f'const {name} = await import("/static/js/{name}.js");' for name in names)
        work = f"(async () => {{ {imports} {script} }})()"
        late = f"new Promise((_, non) => setTimeout(() => non(new Error('sans fin')), {PATIENCE}))"
        return self.page.evaluate(f"(donne) => Promise.race([{work}, {late}])", list(given))

    def put(self, *entries):
        """Type texts: ``("recap.deposit_cdn", "10")``."""
        made = [{"nom": name, "texte": text} for name, text in entries]
        self.run("boite.poser(donne[0]);", made)

    def phases(self, until):
        """Send, and tell the phases that the page goes through until one of them."""
        return self.run(
            """const vues = [];
            const fini = new Promise((suite) => etat.ecouter("phase", (phase) => {
              vues.push(phase.raison ?? phase.nom);
              if (vues.at(-1) === donne[0]) suite();
            }));
            envoi.envoyer();
            await fini;
            return vues;""",
            until,
        )

    def entries(self):
        """What the box holds: name, text, state, in the order of typing."""
        found = self.run("return boite.toutes().toSorted((a, b) => a.quand - b.quand);")
        return [(entry["nom"], entry["texte"], entry["etat"]) for entry in found]

    def again(self):
        """The same page opened again, with what the browser kept."""
        self.page.goto(HOST)
        self.run("await boite.relire();")
        return self


@pytest.fixture
def desk(browser):
    """A browser of its own, with nothing kept."""
    context = browser.new_context(locale="fr-CA")
    complaints = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Desk(page)
    context.close()
    assert complaints == []
