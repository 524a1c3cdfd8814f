"""A folder of night files served as a PMS: what they say, and a 404 for the rest."""

import json
import shutil
from datetime import date

import pytest
import requests
from standardwebhooks import Webhook

from config.settings import ROOT
from tests.utils.lightspeed.conftest import ACCOUNT, ADMIN, simulator
from utils.simulators import webhooks
from utils.simulators.nights import NightFilesError, read_folder

GOLDEN = ROOT / "tests" / "fixtures" / "nuits" / "complet-2025-12-23.json"
DAY = date(2025, 12, 23)


@pytest.fixture
def folder(tmp_path):
    """A folder with the reference night cut in two files."""
    night = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for number, tabs in enumerate((("recap", "geac"), ("transelect", "recap"))):
        part = {"audit_date": night["audit_date"], "tabs": {tab: night["tabs"][tab] for tab in tabs}}
        (tmp_path / f"nuit-{number}.json").write_text(json.dumps(part), encoding="utf-8")
    return tmp_path


def test_files_of_one_date_merge_by_field(folder):
    hotel = read_folder(folder)
    cards = hotel.report("CardSettlements", DAY)["settlements"]
    assert {one["brand"]: one["net"] for one in cards}["mastercard"] == "10595.05"
    totals = hotel.report("Cashier", DAY)["totals"]
    assert "cheques" not in totals  # the reference night has no reading of the cheques: nothing is invented


def test_the_reference_night_gives_every_report_that_it_holds():
    """Signs come from the file: a magnitude whose sign nothing tells is left out."""
    hotel = read_folder(GOLDEN.parent)
    revenue = hotel.report("DailyRevenue", DAY)
    assert revenue["balances"] == {"previous": "-3268484.66", "today": "-16923.33", "new": "-3285407.99"}
    assert {one["code"]: one["net"] for one in revenue["lines"]} == {
        **{"CHAMBRE": "14194.83", "36.1": "4.16", "LIT-P": "12.00"}
    }
    assert revenue["receipts"]["arTransfers"] == "6574.37"
    assert "cheques" not in revenue["receipts"]
    ledgers = {one["ledger"]: one for one in hotel.report("Receivables", DAY)["ledgers"]}
    assert ledgers["guest"] == {
        **{"ledger": "guest", "opening": "-3268484.66", "net": "-16923.33", "closing": "-3285407.99"}
    }
    assert ledgers["city"] == {"ledger": "city"}
    rooms = hotel.report("RoomStatistics", DAY)
    assert (rooms["sold"], rooms["inventory"], rooms["guests"]) == (
        *(74, {"outOfOrder": 36}, {"adults": 129, "children": 6}),
    )
    assert hotel.report("NoShows", DAY) is None
    assert hotel.report("InHouse", DAY) is None


def test_a_night_of_the_jour_alone_says_nothing_of_the_drawers():
    hotel, day = read_folder(GOLDEN.parent), date(2025, 12, 1)
    assert hotel.report("CardSettlements", day) is None
    assert hotel.report("Cashier", day) is None
    revenue = hotel.report("DailyRevenue", day)
    assert revenue["balances"] == {"new": "-3600765.50"}
    assert revenue["lines"][0]["net"] == "37931.61"  # before the club allocation


def test_the_net_room_revenue_is_not_taken_for_the_gross_one(folder):
    night = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for jour in ({"g4_montant": "40.00"}, {"jour_adj_notes": [{"dept": "chambres", "montant": "-5.00"}]}):
        held = {"audit_date": "2025-12-24", "tabs": {"jour": {"jour_room_revenue": "100.00", **jour}}}
        (folder / "demain.json").write_text(json.dumps(held), encoding="utf-8")
        assert read_folder(folder).report("DailyRevenue", date(2025, 12, 24)) is None
    assert night["tabs"]["jour"]["jour_room_revenue"] == "14194.83"


def test_segments_and_no_shows_of_the_form_of_the_brand(folder):
    segments = read_folder(GOLDEN.parent).report("MarketSegments", date(2025, 1, 1))
    assert segments["totals"] == {"rooms": 246, "revenue": "57580.00"}
    held = {"audit_date": "2025-12-24", "tabs": {"dbrs": {"dbrs_noshow_count": 2, "dbrs_noshow_revenue": "311.00"}}}
    (folder / "demain.json").write_text(json.dumps(held), encoding="utf-8")
    assert read_folder(folder).report("NoShows", date(2025, 12, 24)) == {"totals": {"charged": "311.00", "count": 2}}


def test_what_the_files_say_of_the_drawers(folder):
    path = folder / "nuit-0.json"
    night = json.loads(path.read_text(encoding="utf-8"))
    night["tabs"]["recap"]["cheque_dr_lecture"] = "100.00"
    path.write_text(json.dumps(night), encoding="utf-8")
    (folder / "nuit-1.json").unlink()
    totals = read_folder(folder).report("Cashier", DAY)["totals"]
    assert (totals["cash"], totals["cheques"], totals["cards"]["visa"]) == ("521.20", "100.00", "7625.85")


def test_a_clash_stops_the_start(folder, bare_app):
    path = folder / "nuit-1.json"
    path.write_text(path.read_text(encoding="utf-8").replace("521.20", "521.21"), encoding="utf-8")
    with pytest.raises(NightFilesError, match="recap"):
        read_folder(folder)
    ended = bare_app.test_cli_runner().invoke(args=["simulateur", "lightspeed", "--port", "0", "--nuits", str(folder)])
    assert ended.exit_code == 1
    assert "recap" in ended.output


def test_an_empty_or_broken_folder_is_refused(tmp_path):
    with pytest.raises(NightFilesError, match="Aucun"):
        read_folder(tmp_path)
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    with pytest.raises(NightFilesError, match=r"x\.json"):
        read_folder(tmp_path)


def test_what_a_file_lacks_is_a_404(folder):
    shutil.copy(GOLDEN, folder / "nuit-1.json")
    with simulator({ACCOUNT: read_folder(folder)}, credentials=True) as running:
        asked = {"data": {"grant_type": "client_credentials"}, "auth": ("rj", running.connection().client_secret)}
        token = requests.post(f"{running.address}/oauth/token", timeout=5, **asked).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        for path, status in (("reports/CardSettlements", 200), ("reports/InHouse", 404), ("reports/NoShows", 404)):
            url = f"{running.address}/accounts/{ACCOUNT}/{path}"
            answer = requests.get(url, params={"businessDate": "2025-12-23"}, headers=headers, timeout=5)
            assert answer.status_code == status, path


def test_the_administration_wants_its_key():
    with simulator() as running:
        url = f"{running.address}/_admin/accounts/{ACCOUNT}/faults"
        assert requests.post(url, json={"kind": "html"}, timeout=5).status_code == 401
        headers = {"X-Admin-Key": ADMIN}
        assert requests.post(url, json={"kind": "inconnue"}, headers=headers, timeout=5).status_code == 422
        running.admin("POST", f"accounts/{ACCOUNT}/revision", {"businessDate": "2025-12-23"})
        assert running.admin("GET", "state").json()["refreshes"] == 0


def test_the_rate_is_enforced_and_told():
    with simulator(credentials=True) as running:
        asked = {"data": {"grant_type": "client_credentials"}, "auth": ("rj", running.connection().client_secret)}
        token = requests.post(f"{running.address}/oauth/token", timeout=5, **asked).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        running.inside.buckets._full[ACCOUNT] = (59.5, 10**12)
        answer = requests.get(f"{running.address}/accounts/{ACCOUNT}", headers=headers, timeout=5)
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) >= 1
        assert answer.headers["X-LS-API-Bucket-Level"].endswith("/60")


def test_webhooks_are_signed_as_others_verify_them():
    secret = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    with simulator() as running:
        received = []
        running.inside.hotels.clear()
        url = f"{running.address}/_admin/webhooks"
        assert webhooks.send(url, secret, "essai", {"a": "é"}) == 401
        body = '{"type":"essai"}'
        now = int(webhooks.dates.now().timestamp())
        received.append(Webhook(secret).verify(body, webhooks.signed(secret, "msg_1", now, body.encode())))
        assert received == [{"type": "essai"}]
    with pytest.raises(ValueError, match="whsec_"):
        webhooks.signed("whsec_###", "m", 1, b"")
