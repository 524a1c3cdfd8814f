"""What each door costs, whole: twice as much sent, about twice the work, up to the bound that the door has.

Every text that a stranger or a person may send: addresses and their questions, cookies, headers, forms, JSON, pasted
blocks, signed messages. What is read in them is measured by tests/utils/test_couts.py. Both print their table:

    .venv/bin/pytest -q tests/utils/test_couts.py tests/routes/test_couts_des_portes.py
"""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from typing import NamedTuple

import pytest

from bench.load import Client
from routes.tailles import OF_A_STRANGER
from tests.long.serveur import GONE, Gunicorn
from tests.saisie import DAY, night, opened, person
from tests.utils.test_couts import doubled, text_of, told

LINE, HEADER, WEBHOOK, BODY = 4_000, 8_000, 256 * 1024, 1_950_000
"""The longest first line and header that the server takes, the limit of a webhook, that of a body and its frame."""

DAILY = 16
"""Each day a person sends so many times less than she may; `make test-long` goes to the bound."""

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
PARTS = "multipart/form-data; boundary=xyz"
PART = '--xyz\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
NIGHT = night(rest="/sd")


class Sent(NamedTuple):
    """A request."""

    method: str
    path: str
    body: bytes = b""
    headers: dict = {}  # noqa: RUF012 - never written


def address(begun, pattern):
    return lambda size: Sent("GET", begun + text_of(pattern)(size))


def header(name, pattern, path="/connexion", method="GET"):
    return lambda size: Sent(method, path, b"", {name: text_of(pattern)(size)})


def signed(pattern, before="", after=""):
    """A webhook that pretends to be signed just now."""

    def made(size):
        now = {"webhook-id": "msg_1", "webhook-timestamp": str(int(time.time())), "webhook-signature": "v1,AAAA"}
        body = before + text_of(pattern)(size - len(before + after)) + after
        return Sent("POST", "/webhooks/lightspeed", body.encode(), {"Content-Type": JSON} | now)

    return made


def form(path, pattern, name="a", kind=FORM):
    """One field, or what follows ``name`` empty as it is."""

    def made(size):
        text = text_of(pattern)(size - len(name) - 1)
        return Sent("POST", path, (f"{name}={text}" if name else text).encode(), {"Content-Type": kind})

    return made


def written(path, shape, method="PATCH"):
    """JSON of about this size, from what a number of bytes makes."""
    return lambda size: Sent(method, path, json.dumps(shape(size)).encode(), {"Content-Type": JSON})


def values(shape):
    return written(NIGHT, lambda size: {"version": 1, "values": shape(size)})


def lines(size):
    """A pasted block: as many lines as a list may have, of longer and longer texts."""
    one = {"amount": "1.00", "name": "é" * (size // 3_500)}
    return {"sd_entries": [one | {"id": f"ligne-{number:04d}"} for number in range(500)]}


def named(size, value="1"):
    return {f"k{number}": value for number in range(size // 14)}


STRANGER = {
    "adresse : barres": (address("/", "a/"), LINE),
    "adresse : lettres": (address("/", "a"), LINE),
    "adresse : échappements": (address("/", "%2e"), LINE),
    "adresse : d’une nuit": (address("/rj/native/", "2025-"), LINE),
    "question : clés": (address("/connexion?", "a=1&"), LINE),
    "question : signes": (address("/connexion?", "a=%C3%A9;+"), LINE),
    "question : destination": (address("/connexion?suite=", "//["), LINE),
    "lien : mot de passe": (address("/reinitialisation/", "WzEs."), 2_000),
    "lien : désabonnement": (address("/notifications/desabonnement/", "eJ.-"), 2_000),
    "témoins : mille": (header("Cookie", "a=b; "), HEADER),
    "témoins : guillemets": (header("Cookie", 'a="\\012\\"; '), HEADER),
    "témoin : séance": (lambda size: header("Cookie", "rj_session=" + "." + "eJ" * size)(size), HEADER),
    "témoin : poste": (
        lambda size: Sent("POST", "/connexion", b"", {"Cookie": "rj_poste=" + "Ii4." * (size // 4)}),
        HEADER,
    ),
    "témoin : thème": (lambda size: header("Cookie", "theme=" + "a" * size)(size), HEADER),
    "en-tête : Host": (header("Host", "a."), HEADER),
    "en-tête : Host, chiffres": (header("Host", "1:"), HEADER),
    "en-tête : X-Request-ID": (header("X-Request-ID", "a-"), HEADER),
    "en-tête : Accept": (header("Accept", "text/html;q=0.1,"), HEADER),
    "en-tête : Accept, points-virgules": (header("Accept", 'a/b;c="', "/rien"), HEADER),
    "en-tête : Accept-Encoding": (header("Accept-Encoding", "gzip;q=0.1, "), HEADER),
    "en-tête : Accept-Language": (header("Accept-Language", "fr-CA;q=0.1,"), HEADER),
    "en-tête : Content-Type": (header("Content-Type", "a/b; c=d; ", method="POST"), HEADER),
    "en-tête : Content-Type, étoiles": (header("Content-Type", "a/b; c*0*=d''%20; ", method="POST"), HEADER),
    "en-tête : X-Hotel": (header("X-Hotel", "A", night(), "POST"), HEADER),
    "en-tête : X-CSRFToken": (header("X-CSRFToken", "Ii4.", "/connexion", "POST"), HEADER),
    "en-tête : Referer": (header("Referer", "https://", "/connexion", "POST"), HEADER),
    "en-tête : Authorization": (header("Authorization", "Bearer ", "/metrics"), HEADER),
    "en-tête : X-Forwarded-For": (header("X-Forwarded-For", "1.1.1.1, "), HEADER),
    "en-tête : If-None-Match": (header("If-None-Match", 'W/"a", ', "STATIC"), HEADER),
    "en-tête : Range": (header("Range", "bytes=0-1,2-3,", "STATIC"), HEADER),
    "en-tête : If-Modified-Since": (header("If-Modified-Since", "Sat, ", "STATIC"), HEADER),
    "fichier statique : nom": (address("/static/x/", "../"), LINE),
    "connexion : courriel": (form("/connexion", "a@", "email"), OF_A_STRANGER),
    "connexion : accents": (form("/connexion", "%CC%81%CC%96", "email"), OF_A_STRANGER),
    "connexion : mot de passe": (form("/connexion", "a", "password"), OF_A_STRANGER),
    "connexion : code": (form("/connexion/code", "1", "code"), OF_A_STRANGER),
    "oubli : courriel": (form("/mot-de-passe-oublie", "a@", "email"), OF_A_STRANGER),
    "formulaire : champs": (form("/connexion", "a=1&", ""), OF_A_STRANGER),
    "formulaire : noms": (form("/connexion", "%5B", "a"), OF_A_STRANGER),
    "formulaire : parties": (form("/connexion", PART, "", PARTS), OF_A_STRANGER),
    "formulaire : bornes commencées": (form("/connexion", "\r\n--xy", "", PARTS), OF_A_STRANGER),
    "formulaire : retours": (form("/connexion", "\r", "", PARTS), OF_A_STRANGER),
    "signature : en-tête": (
        lambda size: (one := signed("1")(10))._replace(
            headers=one.headers | {"webhook-signature": "v1,A " * (size // 5)}
        ),
        HEADER,
    ),
    "avis signé : chiffres": (signed("1 ", '{"a":"', '"}'), WEBHOOK),
    "avis signé : liste": (signed("1,", "[", "1]"), WEBHOOK),
    "avis signé : clé répétée": (signed('"a":1,', "{", '"a":1}'), WEBHOOK),
    "avis signé : crochets": (signed("["), WEBHOOK),
}
"""What a stranger sends: how it is made of a size, and the largest."""

PERSON = {
    "JSON : chiffres": (values(lambda size: {"sd_entries": "1 " * (size // 2)}), BODY),
    "JSON : cartes": (values(lambda size: {"sd_entries": ["4111 1111 1111 1111"] * (size // 23)}), BODY),
    "JSON : accents": (values(lambda size: {"sd_entries": "a" + "\u0316\u0301" * (size // 12)}), BODY),
    "JSON : clés": (values(named), BODY),
    "JSON : clé longue": (values(lambda size: {"k" * (size // 2): [1] * (size // 6)}), BODY),
    "JSON : objets": (values(lambda size: {"sd_entries": [{"id": "x"}] * (size // 13)}), BODY),
    "JSON : crochets": (lambda size: Sent("PATCH", NIGHT, b"[" * size, {"Content-Type": JSON}), BODY),
    "JSON : bloc collé": (values(lines), BODY),
    "JSON : saisies": (
        written(NIGHT, lambda size: {"version": 1, "saisies": named(size, "x")}),
        BODY,
    ),
    "JSON : motifs": (
        written(night(rest="/soumettre"), lambda size: {"version": 1, "motifs": named(size, "un motif")}, "POST"),
        BODY,
    ),
    "JSON : motif": (
        written(night(rest="/rouvrir"), lambda size: {"motif": "a\u0316\u0301" * (size // 13)}, "POST"),
        BODY,
    ),
    "JSON : choix": (
        written(night(rest="/trancher"), lambda size: {"case": "recap." * (size // 6), "choix": "a"}, "POST"),
        BODY,
    ),
    "JSON : reprise": (written(night(rest="/reprise"), lambda size: {"mtd": named(size)}, "PUT"), BODY),
    "JSON : préférences": (
        written("/api/notifications/preferences", lambda size: {"preferences": [{"genre": 1}] * (size // 15)}, "POST"),
        BODY,
    ),
    "formulaire : reprise": (form(f"/rj/native/{DAY}/reprise", "1+", "dueback"), BODY),
    "formulaire : mille champs": (form(f"/rj/native/{DAY}/reprise", "a=1&", ""), BODY),
    "formulaire : réglages": (form("/parametres/hotel", "%CC%81%CC%96", "name"), BODY),
    "formulaire : nom": (form("/utilisateurs", "e%CC%81", "nom"), BODY),
    "formulaire : graphie": (form("/utilisateurs/personnel", "a%CC%96%CC%81", "graphie"), BODY),
    "formulaire : mot de passe": (form("/profil/mot-de-passe", "motdepasse", "nouveau"), BODY),
    "formulaire : budgets": (form("/notifications/budgets", "9", "2025-12-01"), BODY),
    "formulaire : parties": (form("/profil/theme", PART, "", PARTS), BODY),
    "formulaire : bornes commencées": (form("/profil/theme", "\r\n--xy", "", PARTS), BODY),
    "recherche : personne": (address("/journal?personne=", "%C3%A9"), 2_000),
    "recherche : champ": (address("/journal?champ=", "%25_"), 2_000),
    "recherche : dates": (address("/journal?du=", "2025-"), 2_000),
    "recherche : mois": (address("/historique?mois=", "2025-"), 2_000),
    "adresse : d’un champ": (address(night(rest="/pourquoi/"), "a.b[0]"), 2_000),
    "adresse : d’une nuit": (address("/rj/native/", "2025-"), 2_000),
    "retour de Lightspeed": (address("/api/lightspeed/callback?state=a&code=", "a%20"), 2_000),
}
"""What a person who is signed in sends."""

DOORS = [*((name, False) for name in STRANGER), *((name, True) for name in PERSON)]


@pytest.fixture
def told_by(app_sqlite):
    """Sends a request, as a stranger or as a person; a fault of ours is raised."""
    anybody = app_sqlite.test_client()
    static = re.search(r'href="(/static/[^"]+\.css)"', anybody.get("/connexion").text)[1]
    anybody.read_token()
    hers = person(app_sqlite, "admin")
    opened(hers)

    def send(sent, *, known):
        client = hers if known else anybody
        path = static if sent.path == "STATIC" else sent.path
        with closing(client.open(path, method=sent.method, data=sent.body, headers=sent.headers)) as answer:
            assert answer.status_code != 500, answer.text[:300]

    return send


def measured(told_by, capsys, name, door, bound, *, known):
    made, _ = door
    seconds = doubled(lambda sent: told_by(sent, known=known), [made(bound // part) for part in (4, 2, 1)])
    told(capsys, name, seconds)


@pytest.mark.parametrize("name", STRANGER)
def test_twice_as_much_from_a_stranger_costs_about_twice(told_by, name, capsys):
    measured(told_by, capsys, name, STRANGER[name], STRANGER[name][1], known=False)


@pytest.mark.parametrize("name", PERSON)
def test_twice_as_much_from_a_person_costs_about_twice(told_by, name, capsys):
    bound = PERSON[name][1]
    measured(told_by, capsys, name, PERSON[name], bound // DAILY if bound == BODY else bound, known=True)


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in PERSON if PERSON[name][1] == BODY])
def test_twice_as_much_from_a_person_costs_about_twice_up_to_the_bound(told_by, name, capsys):
    measured(told_by, capsys, name, PERSON[name], BODY, known=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Gunicorn(tmp_path_factory.mktemp("portes"))
    running.start()
    running.hers = running.client("admin")
    running.hers.send("POST", night())
    yield running
    running.leave()


def health_s(server):
    """How long a supervisor waits, the worst of ten."""
    worst = 0.0
    with closing(Client(server.port)) as supervisor:
        for _ in range(10):
            begun = time.perf_counter()
            assert supervisor.send("GET", "/healthz").status == 200
            worst = max(worst, time.perf_counter() - begun)
            time.sleep(0.02)
    return worst


def status_of(client, sent):
    """What is answered to one of the eight; nothing when the server hangs up on it."""
    with suppress(*GONE), closing(client):
        headers = {name.replace("-", "_"): value for name, value in sent.headers.items()}
        return client.send(sent.method, sent.path, sent.body, **headers).status
    return None


@pytest.mark.long
@pytest.mark.parametrize(("name", "known"), DOORS)
def test_eight_of_the_largest_together_do_not_keep_health_waiting(server, name, known, capsys):
    """A thread each: the supervisor is answered within a second all the while."""
    made, bound = (PERSON if known else STRANGER)[name]
    sent = made(bound)
    path = "/static/x/css/rj.css" if sent.path == "STATIC" else sent.path
    eight = [server.connect(server.hers if known else None) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        heard = [pool.submit(status_of, one, sent._replace(path=path)) for one in eight]
        waited = health_s(server)
        assert 500 not in {one.result() for one in heard}
    with capsys.disabled():
        print(f"\n    huit × {name} : /healthz en {1000 * waited:.0f} ms", end="")  # noqa: T201 - the table is told
    assert waited < 1
