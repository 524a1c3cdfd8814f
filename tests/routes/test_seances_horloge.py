"""Sessions when the clock of the machine is set right: nobody is locked out, nothing outlives its hours."""

from datetime import UTC, datetime, timedelta

import time_machine

from tests.applications import login

NOW = datetime(2026, 6, 10, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_pages_ask_to_sign_in_again_and_let_in(app_sqlite):
    with time_machine.travel(NOW + DAY, tick=False) as traveller:
        client = app_sqlite.test_client()
        login(client, "auditeur@demo.hotel")
        assert client.get("/historique").status_code == 200
        traveller.move_to(NOW, tick=False)
        assert client.get("/historique").status_code == 302
        assert login(client, "auditeur@demo.hotel").status_code == 303
        assert client.get("/historique").status_code == 200


def test_a_stay_begun_before_the_clock_went_ahead_is_not_prolonged(app_sqlite):
    with time_machine.travel(NOW, tick=False) as traveller:
        client = app_sqlite.test_client()
        login(client, "auditeur@demo.hotel")
        traveller.move_to(NOW + 13 * HOUR, tick=False)
        assert client.get("/historique").status_code == 302
