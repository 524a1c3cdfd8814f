"""Many hotels before one PMS: all at once, then one after the other; what each one costs, and none over its rate."""

import threading
import time
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from database import properties
from database.journal import Actor
from database.models import SyncRun
from database.properties import Described
from database.transaction import read, write
from tests.utils.actions.lightspeed.synchro import auditor, sync, synthetic_hotel
from tests.utils.actions.nights import DAY
from tests.utils.lightspeed.conftest import SECRET, Running
from utils import dates
from utils.actions.lightspeed import LightspeedSync
from utils.actions.open_night import open_night
from utils.actions.person import Machine
from utils.lightspeed import storage
from utils.simulators import lightspeed as pms
from utils.simulators import serving
from utils.simulators.authorization import Client
from utils.simulators.synthetic import SyntheticHotel

pytestmark = pytest.mark.long

WHEN = date(2025, 12, 23)
TOGETHER, ONE_BY_ONE, SLICE = 50, 500, 50
RATE = 60


class Counted(Running):
    """A simulator that serves a hotel an account, its rate enforced."""

    def __init__(self, count):
        self.listening = listening = serving.listening(0)
        address = f"http://{serving.HOST}:{listening.getsockname()[1]}"
        accounts = [f"HOTEL_{number}" for number in range(count)]
        clients = [Client(f"rj-{account}", SECRET, "", account, credentials=True) for account in accounts]
        app = pms.create_app({one: SyntheticHotel(one) for one in accounts}, clients, address, "cle")
        super().__init__(address, app)
        self.accounts, self.throttled = accounts, []
        draw = self.inside.buckets.draw
        self.inside.buckets.draw = lambda account: self._drawn(account, draw(account))
        self.server = serving.server(app, listening)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def _drawn(self, account, wait):
        if wait:
            self.throttled.append(account)
        return wait

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.listening.close()
        self.thread.join(5)


def hotels(running):
    """A hotel an account, connected, its night open."""
    made = []
    for number, account in enumerate(running.accounts):
        row = Described(f"H{number}", f"Hôtel {number}", "CAD", "America/Toronto", date(2024, 12, 1), demo=True)
        with write() as connection:
            hotel = properties.create_property(connection, row, Actor(None, "essai"), dates.now())
        link = running.connection(account=account, client_id=f"rj-{account}", grant_type="client_credentials")
        storage.configure(hotel.id, replace(link, redirect_uri=""))
        storage.client_for(hotel).authenticate()
        open_night(Machine(hotel.id), WHEN, dates.now())
        made.append(hotel.id)
    return made


@pytest.fixture
def town(app_sqlite):
    """Hotels in front of one simulator."""
    made = []

    def build(count):
        running = Counted(count)
        made.append(running)
        return running, hotels(running)

    storage._budgets.clear()
    with app_sqlite.app_context():
        yield app_sqlite, build
    for running in made:
        running.stop()


def told(capsys, words):
    with capsys.disabled():
        print(f"\n    {words}")  # noqa: T201 - a figure is told


def test_fifty_hotels_at_once_are_all_whole_and_none_asks_too_fast(town, capsys):
    app, build = town
    running, ids = build(TOGETHER)
    results, walls = {}, {}

    def work(hotel):
        with app.app_context():
            began = time.perf_counter()
            results[hotel] = LightspeedSync(hotel).sync_session(WHEN)
            walls[hotel] = time.perf_counter() - began

    threads = [threading.Thread(target=work, args=(hotel,)) for hotel in ids]
    began, used = time.perf_counter(), time.process_time()
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    wall, cpu = time.perf_counter() - began, time.process_time() - used
    assert {result.status for result in results.values()} == {"complete"}, [r.message for r in results.values()]
    assert running.throttled == []
    assert all(result.requests <= RATE for result in results.values())
    with read() as connection:
        runs = connection.execute(select(SyncRun.property_id).where(SyncRun.status == "complete")).scalars().all()
    assert sorted(runs) == sorted(ids)
    slowest = max(walls.values())
    told(
        capsys,
        f"{TOGETHER} hôtels à la fois : {wall:.1f} s en tout, {wall / TOGETHER * 1000:.0f} ms par hôtel, "
        f"{cpu / TOGETHER * 1000:.0f} ms de processeur par hôtel (simulateur compris), le plus lent {slowest:.1f} s, "
        f"{results[ids[0]].requests} requêtes chacun, aucun 429",
    )


def test_five_hundred_hotels_one_after_the_other_cost_the_same(town, capsys):
    app, build = town
    running, ids = build(ONE_BY_ONE)
    costs, walls = [], []
    for hotel in ids:
        began, used = time.perf_counter(), time.process_time()
        assert LightspeedSync(hotel).sync_session(WHEN).status == "complete"
        costs.append(time.process_time() - used)
        walls.append(time.perf_counter() - began)
    slices = [sorted(costs[at : at + SLICE])[SLICE // 2] * 1000 for at in range(0, ONE_BY_ONE, SLICE)]
    spent = sorted(walls)[ONE_BY_ONE // 2] * 1000
    told(
        capsys,
        f"{ONE_BY_ONE} hôtels l’un après l’autre : {spent:.0f} ms par hôtel; processeur médian par {SLICE} : "
        + ", ".join(f"{one:.0f}" for one in slices)
        + " ms",
    )
    assert running.throttled == []
    assert slices[-1] < 1.5 * slices[1]
    assert app.name


def test_pages_answer_as_before_while_a_night_is_synchronised(app_sqlite, capsys):
    """The night's page asked forty times alone, then forty times beside synchronisations at 100 ms a request."""
    with synthetic_hotel(app_sqlite) as running:
        running.inside.buckets.enforced = False
        person = auditor(app_sqlite)
        sync(app_sqlite)
        alone = answered(person)
        running.fault("latency", detail="100")
        over, results = threading.Event(), []

        def again():
            while not over.is_set():
                results.append(sync(app_sqlite).duration_ms)

        worker = threading.Thread(target=again)
        worker.start()
        beside = answered(person)
        over.set()
        worker.join()
    told(
        capsys,
        f"Page de la nuit : {alone:.1f} ms seule, {beside:.1f} ms pendant une synchronisation de {results[0]} ms",
    )
    assert max(results) <= 3000
    assert beside < 3 * alone + 20


def answered(person):
    """The median of forty answers, in milliseconds."""
    spent = []
    for _ in range(40):
        began = time.perf_counter()
        assert person.client.get(f"/rj/native/{DAY}/recap").status_code == 200
        spent.append(1000 * (time.perf_counter() - began))
    return sorted(spent)[20]
