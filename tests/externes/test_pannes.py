"""Every fault of a PMS, what it becomes, and in how long: one row a fault, shown in the output."""

import time

import pytest
import requests
from sqlalchemy import text

from database.transaction import write
from tests.utils.lightspeed.conftest import ACCOUNT, DAY, PERSON, consent, demo_hotel, simulator
from utils.lightspeed import storage
from utils.lightspeed.client import LightspeedClient
from utils.lightspeed.errors import LightspeedAPIError, LightspeedError
from utils.simulators.synthetic import SyntheticHotel

READ = "lu"
DEADLINE = 4.0

FAULTS = (
    ("latence de 300 ms", "latency", {"detail": "300"}, READ),
    ("latence au delà du délai", "latency", {"detail": "6000"}, "delai"),
    ("429 une fois, Retry-After en secondes", "throttle", {"detail": "seconds", "times": 1}, READ),
    ("429 une fois, Retry-After en date", "throttle", {"detail": "date", "times": 1}, READ),
    ("429 une fois, sans Retry-After", "throttle", {"detail": "absent", "times": 1}, READ),
    ("429 une fois, Retry-After illisible", "throttle", {"detail": "malformed", "times": 1}, READ),
    ("429, Retry-After de onze jours", "throttle", {"detail": "huge", "times": 1}, "occupe"),
    ("429 sans fin", "throttle", {"detail": "absent"}, "occupe"),
    ("401 au milieu", "unauthorized", {"times": 1}, READ),
    ("401 sans fin", "unauthorized", {}, "reconnecter"),
    ("500 une fois", "status", {"detail": "500", "times": 1}, READ),
    ("500 sans fin", "status", {"detail": "500"}, "serveur"),
    ("502 sans fin", "status", {"detail": "502"}, "serveur"),
    ("503 sans fin", "status", {"detail": "503"}, "occupe"),
    ("422", "status", {"detail": "422"}, "requete"),
    ("connexion coupée avant la réponse, une fois", "reset", {"times": 1}, READ),
    ("connexion coupée avant la réponse", "reset", {}, "reseau"),
    ("connexion coupée dans le corps, une fois", "cut", {"times": 1}, READ),
    ("connexion coupée dans le corps", "cut", {}, "reseau"),
    ("page HTML avec 200", "html", {}, "inattendu"),
    ("JSON tronqué", "truncated", {}, "inattendu"),
    ("NaN", "nan", {}, "inattendu"),
    ("nombre au lieu d’un texte", "number", {}, "ecart"),
    ("trois décimales", "decimals", {}, "inattendu"),
    ("autre devise", "currency", {}, "inattendu"),
    ("autre date en écho", "date", {}, "inattendu"),
    ("champ manquant", "missing", {}, "inattendu"),
    ("champ inconnu", "extra", {}, READ),
    ("mot inconnu", "enum", {}, READ),
    ("date encore ouverte", "open", {}, "ouverte"),
    ("correction après la fermeture", "corrected", {}, "revision 2"),
    ("journée déséquilibrée", "unbalanced", {}, "ecart"),
    ("fin de service annoncée", "sunset", {}, "avertissement"),
    ("renvoi vers un autre hôte", "redirect", {}, "redirection"),
    ("octet par octet", "drip", {"detail": "50"}, "delai"),
)


def outcome(call):
    """What a call became, in a word, and how long it took."""
    began = time.monotonic()
    try:
        about = call().about
    except LightspeedError as error:
        word = error.kind
    else:
        word = _word(about)
    return word, time.monotonic() - began


def _word(about):
    if not about.final:
        return "ouverte"
    if about.revision > 1:
        return f"revision {about.revision}"
    if about.breaches:
        return "ecart"
    return "avertissement" if about.warnings else READ


def hurried(hotel, seconds=DEADLINE):
    """A client of this hotel with a short deadline and a rate that is not the matter here."""
    storage._budgets.clear()
    with write() as connection:
        connection.execute(text("DELETE FROM integration_budgets"))
    client = storage.client_for(hotel)
    return LightspeedClient(client._keeper, client._budget, "CAD", report_s=seconds)


@pytest.fixture
def hotel(app_sqlite):
    """A hotel that is connected to a simulator with five thousand guests."""
    with app_sqlite.app_context():
        hotel = demo_hotel()
        with simulator({ACCOUNT: SyntheticHotel(ACCOUNT, guests=5000)}) as running:
            storage._budgets.clear()
            storage.configure(hotel.id, running.connection())
            connect(hotel)
            yield hotel, running


def connect(hotel):
    """Connect it."""
    client = storage.client_for(hotel)
    client._keeper.finish(consent(client.authorization_url(PERSON)), PERSON)


def shown(capsys, title, rows):
    """Print a table in the output of the tests, whatever is captured."""
    with capsys.disabled():
        print(f"\n{title}")  # noqa: T201
        for name, expected, found, seconds in rows:
            state = "ok " if expected == found else "NON"
            print(f"  {state} {name:<46} {found:<14} {seconds:6.2f} s")  # noqa: T201


def test_every_fault_has_its_outcome_within_its_deadline(hotel, capsys):
    mine, running = hotel
    rows = []
    for name, kind, given, expected in FAULTS:
        running.admin("DELETE", f"accounts/{ACCOUNT}/faults")
        running.inside.buckets._full.clear()
        running.fault(kind, report="DailyRevenue", **given)
        client = hurried(mine)
        if not client.is_connected():
            connect(mine)
        found, seconds = outcome(lambda client=client: client.get_daily_revenue(DAY))
        rows.append((name, expected, found, seconds))
    shown(capsys, "Pannes de Lightspeed (simulateur)", rows)
    assert [(name, found) for name, expected, found, _ in rows if expected != found] == []
    assert max(seconds for *_, seconds in rows) < 2 * DEADLINE


def test_pages(hotel, capsys):
    mine, running = hotel
    client = hurried(mine, seconds=45)
    began = time.monotonic()
    guests = client.get_house_guests(DAY)
    rows = [("5 000 clients, 25 pages", "5000", str(len(guests.guests)), time.monotonic() - began)]
    assert guests.about.breaches == ()
    running.inside.buckets._full.clear()
    running.fault("revision", report="ArAging", times=1)
    client = LightspeedClient(client._keeper, client._budget, "CAD")
    assert client.get_ar_aging(DAY).about.closed
    running.inside.hotels[ACCOUNT] = SyntheticHotel(ACCOUNT, guests=250)
    for name, times, expected in (
        ("révision changée entre deux pages, une fois", 1, "revision 3"),
        ("révision changée à chaque page", -1, "revision"),
    ):
        running.fault("revision", report="InHouse", times=times)
        found, seconds = outcome(lambda: hurried(mine).get_house_guests(DAY))
        rows.append((name, expected, found, seconds))
    shown(capsys, "Pages", rows)
    assert [(name, found) for name, expected, found, _ in rows if expected != found] == []


TRANSPORT = (
    ("WireMock : CONNECTION_RESET_BY_PEER", {"fault": "CONNECTION_RESET_BY_PEER"}, "reseau", 3),
    ("WireMock : EMPTY_RESPONSE", {"fault": "EMPTY_RESPONSE"}, "reseau", 3),
    ("WireMock : MALFORMED_RESPONSE_CHUNK", {"fault": "MALFORMED_RESPONSE_CHUNK"}, "reseau", 3),
    ("WireMock : RANDOM_DATA_THEN_CLOSE", {"fault": "RANDOM_DATA_THEN_CLOSE"}, "reseau", 3),
    ("WireMock : silence", {"status": 200, "fixedDelayMilliseconds": 9000}, "delai", 1),
    (
        "WireMock : corps au compte-gouttes",
        {
            "status": 200,
            "body": "x" * 400,
            "headers": {"Content-Type": "application/json"},
            "chunkedDribbleDelay": {"numberOfChunks": 40, "totalDuration": 20000},
        },
        "delai",
        1,
    ),
    (
        "WireMock : 302 ailleurs",
        {"status": 302, "headers": {"Location": "https://ailleurs.invalid/"}},
        "redirection",
        1,
    ),
    ("WireMock : 503, Retry-After d’une heure", {"status": 503, "headers": {"Retry-After": "3600"}}, "occupe", 1),
    ("WireMock : 11 Mo", {"status": 200, "body": "x" * 11_000_000}, "taille", 1),
)


def test_faults_of_transport_by_a_server_nobody_here_wrote(hotel, wiremock, capsys):
    mine, _ = hotel
    with write() as connection:
        connection.execute(text("UPDATE property_integrations SET base_url = :url"), {"url": wiremock})
    rows, counts = [], []
    for name, response, expected, requests_seen in TRANSPORT:
        requests.post(f"{wiremock}/__admin/reset", timeout=10)
        stub = {"request": {"method": "GET", "urlPathPattern": "/accounts/.*"}, "response": response}
        assert requests.post(f"{wiremock}/__admin/mappings", json=stub, timeout=10).status_code == 201
        client = hurried(mine)
        found, seconds = outcome(lambda client=client: client.get_daily_revenue(DAY))
        seen = requests.post(f"{wiremock}/__admin/requests/count", json={"method": "GET"}, timeout=10).json()["count"]
        rows.append((f"{name}, {seen} appel(s)", expected, found, seconds))
        counts.append((name, seen, requests_seen))
    shown(capsys, "Pannes de transport (WireMock)", rows)
    assert [(name, found) for name, expected, found, _ in rows if expected != found] == []
    assert [one for one in counts if one[1] != one[2]] == []
    assert max(seconds for *_, seconds in rows) < 2 * DEADLINE


def test_a_huge_wait_is_told_to_who_can_wait(hotel):
    mine, running = hotel
    running.fault("throttle", detail="huge")
    with pytest.raises(LightspeedAPIError) as refusal:
        hurried(mine).get_daily_revenue(DAY)
    assert refusal.value.retry_after == 86400
