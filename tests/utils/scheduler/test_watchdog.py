"""What did not start, was given up or failed is written in the technical journal, by numbers and a sentence."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from utils.scheduler import watchdog
from utils.scheduler.watchdog import GRACE, Late, say

DUE = datetime(2025, 12, 24, 8, tzinfo=UTC)


@pytest.mark.parametrize("late", [timedelta(0), GRACE, timedelta(hours=3, milliseconds=900)])
def test_a_notice_is_an_error_with_how_late_it_is(monkeypatch, late):
    notice = Late("retard", 7, "digest", date(2025, 12, 23), DUE, DUE + late, "N’a pas démarré.", "Bilan du matin")
    lines = []
    monkeypatch.setattr(
        watchdog, "log", SimpleNamespace(error=lambda event, **told: lines.append({"event": event, **told}))
    )
    say(notice)
    (line,) = lines
    assert line == {
        "event": "automatisme à voir",
        "avis": "retard",
        "hotel": 7,
        "automatisme": "digest",
        "nuit": "2025-12-23",
        "retard_s": int(late.total_seconds()),
        "message": "N’a pas démarré.",
    }
