"""One rate for an account, however many processes ask."""

import time

from database.integrations import RATE
from tests.externes.test_renouvellement import let_go, started
from tests.utils.lightspeed.conftest import demo_hotel, simulator
from utils.lightspeed import storage

PROCESSES, SECONDS = 4, 4
ASK_WHILE_ONE_MAY = f"""
    from utils.lightspeed.errors import LightspeedAPIError
    from utils.lightspeed.transport import Deadline
    budget, deadline, taken = storage.PropertyStore(hotel.id).budget(), Deadline({SECONDS}), 0
    try:
        while True:
            budget.acquire(deadline)
            taken += 1
    except LightspeedAPIError as error:
        assert error.kind == "occupe"
    print(taken, flush=True)
"""


def test_processes_share_the_rate_of_an_account(app, capsys):
    with app.app_context(), simulator() as running:
        storage.configure(demo_hotel().id, running.connection())
        asking = [started(app, ASK_WHILE_ONE_MAY) for _ in range(PROCESSES)]
        began = time.monotonic()
        ended = let_go(asking)
        lasted = time.monotonic() - began
    assert [code for _, _, code in ended] == [0] * PROCESSES, ended
    taken = [int(out) for out, _, _ in ended]
    with capsys.disabled():
        print(f"\n    Débit partagé : {taken} demandes par {PROCESSES} processus en {lasted:.1f} s")  # noqa: T201
    assert RATE.burst <= sum(taken) <= RATE.burst + lasted / RATE.every.total_seconds() + 1
