"""Hostile values at every address of the map, by nobody and by each role: no 500, no English, no trace.

The map is read: a new route is tried by itself. A sample runs always; the long one gives 200 values to each address.
"""

import random
import re
from urllib.parse import quote

import pytest

from database import setup
from tests.applications import SAFE
from tests.saisie import DAY, opened, person
from tests.utils.actions.addresses import GIVEN

VALUES = (
    "9" * 20, "9" * 400, "-1", "0", "-" + "9" * 25, "1e999", "0x1", "٣٤", "NaN", "1_000", "\0", "a\0b",
    "\ud800", "é" * 90,
    "e" + "\u0301" * 300, "//[", "//]", "https://[", "http://[::1", "/\\[", "//a@b:c", "%", "%zz", "%00", "..", "../..",
    "0000-00-00", "9999-12-31", "0001-01-01", "2025-02-30", "2025-12-23T00:00", "10000-01-01", "-2025-12-23", "0000-00",
    "9999-12", "null", "[]", "{}", "[" * 60, "\u202e", "\U0001f600", "=1+1", "=" + "(" * 200, "=" + "9" * 60,
    "1/0", "=1/0",
    "' OR 1=1", "{{7*7}}", "<x>", "İ", "ﬃ", "\r\nX: y", "\x1b[31m", " ", "", "DEMO", DAY, "recap", "1", "true", "oui",
    "a@b", "@", "a" * 1500, "auditeur@demo.hotel", "synchro", "\u2028", "1 234,56", "1,2,3", "٠", "½", "Ⅷ",
    "2025-W01-1",
)  # fmt: skip
SHAPES = (
    None, 0, -1, 10**17, True, [], {}, "", "\0", [[]], [None], {"": None}, {"version": 10**17}, {"version": -1},
    {"version": 1, "values": []}, {"version": 1, "values": {"sd_entries": {}}}, {"version": 1, "values": {"": {}}},
    {"version": 1, "saisies": {"": ""}}, {"version": 1, "saisies": {"sd_entries.x.y": "1"}},
    {"version": 1, "annule": {}},
    {"version": 1, "values": {"sd_entries": [None, 1, "x", {"id": 1}, {"id": "a" * 40}]}}, {"motif": []},
    {"motif": "\0"},
    {"motifs": []}, {"motifs": {"": 1}}, {"case": {}}, {"case": "recap.cash_ls_lecture", "choix": [], "version": 1},
    {"check": {}, "motif": 1}, {"preferences": 1}, {"preferences": [1]}, {"genre": {}}, {"reprise": "x"}, {"mtd": []},
    {"event": {}}, {"data": []}, {"previous": {"dueback": [[]]}},
)  # fmt: skip
RAW = (b"", b"{", b"\xff\xfe", b"[" * 3000, b'"\\ud800"', b'{"a":1,"a":2}', b"1e999", b"9" * 400, b"\0", b"NaN")
ENGLISH = re.compile(
    r"Traceback|Internal Server Error|Bad Request|The browser|Not Found<|Werkzeug|werkzeug|sqlalchemy|Unsupported|"
    r"The requested|could not understand|Method Not Allowed|The server|Exception|Error\("
)
NAMES = (
    "suite",
    "jour",
    "mois",
    "avant",
    "nuit",
    "page",
    "personne",
    "champ",
    "du",
    "au",
    "fait",
    "retour",
    "state",
    "code",
)
FIELDS = (
    "email", "password", "code", "actuel", "nouveau", "encore", "theme", "nom", "courriel", "role", "actif",
    "texte", "nombre",
    "temoin", "ligne", "onglet", "graphie", "personne", "compte", "vers", "des_le", "suite", "audit_date",
    "rooms", "motif",
)  # fmt: skip
HEADERS = (
    "Host",
    "X-Request-ID",
    "If-None-Match",
    "Accept",
    "Cookie",
    "X-Hotel",
    "X-Utilisateur",
    "Content-Type",
    "Referer",
)


def in_header(value):
    return value.encode("utf-8", "replace").decode("latin-1").translate({0: None, 10: None, 13: None})


class Hostile:
    """One person who tries everything at the addresses of the map."""

    def __init__(self, client, chance):
        self.client, self.chance, self.bad, self.tried = client, chance, [], 0

    def text(self):
        return self.chance.choice(VALUES)

    def path(self, rule):
        """The address with hostile values where it has variables, one at least."""
        chosen = self.chance.choice(sorted(rule.arguments)) if rule.arguments else ""

        def part(found):
            name = found[1]
            value = self.text() if name == chosen else str(GIVEN.get(name, "x"))
            return quote(value.encode("utf-8", "surrogatepass"), safe="") or "x"

        return re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", part, rule.rule)

    def body(self):
        """A form, a document or bytes."""
        kind = self.chance.randrange(4)
        if kind == 0:
            return {"json": self.chance.choice(SHAPES)}
        if kind == 1:
            types = (
                "application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/x",
            )
            return {"data": self.chance.choice(RAW), "content_type": self.chance.choice(types)}
        names = self.chance.sample(FIELDS, 8)
        texts = {name: self.text().encode("utf-8", "replace").decode() for name in names}
        return {"data": texts | {"hotel": "DEMO"}}

    def try_once(self, rule, method):
        query = "&".join(
            f"{name}={quote(self.text().encode('utf-8', 'surrogatepass'), safe='')}"
            for name in self.chance.sample(NAMES, self.chance.randrange(4))
        )
        url = self.path(rule) + (f"?{query}" if query else "")
        sent = {} if method in SAFE else self.body()
        if self.chance.randrange(3) == 0:
            sent["headers"] = {self.chance.choice(HEADERS): in_header(self.text())}
        self.look(method, url, sent)

    def look(self, method, url, sent):
        """Ask, and note what is ours to be ashamed of."""
        self.tried += 1
        try:
            answer = self.client.open(url, method=method, **sent)
        except Exception as error:
            self.bad.append((method, url[:200], sent, f"{type(error).__name__}: {error}"[:300]))
            return
        told = answer.text if answer.mimetype in ("text/html", "application/problem+json", "text/plain") else ""
        if answer.status_code == 500 or (answer.status_code >= 400 and ENGLISH.search(told)):
            self.bad.append((method, url[:200], sent, answer.status_code, told[:200]))


def everywhere(app, times, seed):
    """Every address by a visitor and by each account; what went wrong, and how many were tried."""
    chance, bad, tried = random.Random(seed), [], 0
    opened(person(app))
    people = [None, *(one[0].partition("@")[0] for one in setup.DEMO_PEOPLE)]
    hostiles = [Hostile(person(app, name) if name else app.test_client(), chance) for name in people]
    for rule in sorted(app.url_map.iter_rules(), key=str):
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            if rule.endpoint == "static" or "deconnexion" in rule.rule:
                continue
            for hostile in chance.sample(hostiles, min(times, len(hostiles))) if times < 10 else hostiles:
                for _ in range(max(1, times // len(hostiles))):
                    hostile.try_once(rule, method)
    for hostile in hostiles:
        bad, tried = [*bad, *hostile.bad], tried + hostile.tried
    return bad, tried


@pytest.fixture
def quiet(app_sqlite, monkeypatch):
    """The application, as it answers people: an exception becomes its page."""
    app_sqlite.config["PROPAGATE_EXCEPTIONS"] = False
    return app_sqlite


def test_a_sample_of_hostile_values_at_every_address_breaks_nothing(quiet, capsys):
    bad, tried = everywhere(quiet, 3, 20261128)
    assert bad == []
    with capsys.disabled():
        print(f"\n    Valeurs hostiles : {tried} essais, 0 erreur de notre côté")  # noqa: T201 - a count is told


@pytest.mark.parametrize("suite", ["//[", "//]", "https://[", "/\\[", "http://[::1"])
def test_a_destination_that_is_no_address_leads_nowhere(quiet, suite):
    assert quiet.test_client().get("/connexion", query_string={"suite": suite}).status_code == 200


@pytest.mark.parametrize("number", ["9" * 20, str(2**63), "٣"])
def test_an_identifier_that_no_column_holds_is_that_of_nothing(quiet, number):
    client = person(quiet, "admin")
    for url in (f"/profil/seances/{number}/fin", f"/notifications/alertes/{number}/prise"):
        assert client.post(url).status_code == 404
    assert client.get(f"/notifications/courriels/{number}").status_code == 404


@pytest.mark.parametrize("host", ["a" * 300, ".."])
def test_a_host_that_is_none_is_told_in_french(quiet, host):
    answer = quiet.test_client().get("/connexion", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.json["title"] == "Requête incorrecte"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_two_hundred_hostile_values_at_every_address_break_nothing(quiet, seed):
    bad, _ = everywhere(quiet, 50, seed)
    assert bad == []
