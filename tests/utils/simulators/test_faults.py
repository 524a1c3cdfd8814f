"""A fault that would spoil nothing is refused, by a sentence that names what exists."""

import pytest

from tests.utils.lightspeed.conftest import ACCOUNT, ADMIN, SECRET
from utils.simulators import lightspeed as pms
from utils.simulators.authorization import Client
from utils.simulators.faults import KINDS
from utils.simulators.synthetic import SyntheticHotel

REPORTS = ", ".join((pms.ACCOUNT, *pms.PATHS.values()))
PLACE = f"/_admin/accounts/{ACCOUNT}/faults"


@pytest.fixture
def simulator():
    """A simulator that nobody serves: its administration is asked directly."""
    client = Client("rj", SECRET, "https://rj.exemple.ca/retour", ACCOUNT)
    return pms.create_app({ACCOUNT: SyntheticHotel(ACCOUNT)}, [client], "http://127.0.0.1:9000", ADMIN)


def asked(simulator, fault):
    return simulator.test_client().post(PLACE, json=fault, headers={"X-Admin-Key": ADMIN})


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"kind": "status", "report": "Revenus"}, f"Rapport inconnu : « Revenus ». Rapports possibles : {REPORTS}."),
        (
            {"kind": "status", "report": "dailyrevenue"},
            f"Rapport inconnu : « dailyrevenue ». Rapports possibles : {REPORTS}.",
        ),
        ({"kind": "status", "report": []}, f"Rapport inconnu : « [] ». Rapports possibles : {REPORTS}."),
        ({"kind": "orage"}, f"Panne inconnue. Pannes possibles : {', '.join(KINDS)}."),
        ({"kind": []}, f"Panne inconnue. Pannes possibles : {', '.join(KINDS)}."),
        ({"kind": "status", "times": "deux"}, "« times » est le nombre de réponses à gâter, −1 pour toutes."),
        ([], "Un objet JSON est attendu."),
    ],
)
def test_what_would_spoil_nothing_is_refused(simulator, fault, sentence):
    answer = asked(simulator, fault)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.get_json(force=True)["title"] == sentence
    assert simulator.extensions["simulateur"].faults.take(ACCOUNT, "DailyRevenue", KINDS) == []


@pytest.mark.parametrize("report", ["", pms.ACCOUNT, *pms.PATHS.values()])
def test_a_fault_of_every_report_or_of_one_that_exists_is_taken(simulator, report):
    assert asked(simulator, {"kind": "status", "report": report}).status_code == 204
    [fault] = simulator.extensions["simulateur"].faults.take(ACCOUNT, report or "Cashier", KINDS)
    assert fault.report == report


def test_without_its_key_the_administration_says_nothing(simulator):
    assert simulator.test_client().post(PLACE, json={"kind": "status"}).status_code == 401
