"""The golden night through the API, tab by tab, on both engines: the workbook's figures, and the life of a night."""

import itertools
import json
from pathlib import Path

import pytest

from tests.applications import login

GOLDEN = json.loads((Path(__file__).parents[1] / "fixtures/nuits/complet-2025-12-23.json").read_text("utf-8"))
DAY = GOLDEN["audit_date"]
NIGHT = f"/api/rj/native/session/{DAY}"
TABS = list(GOLDEN["tabs"])
ORDERS = (TABS, TABS[::-1], [*TABS[3:], *TABS[:3]])


@pytest.fixture
def auditor(client):
    """The night auditor, signed in."""
    login(client, "auditeur@demo.hotel")
    return client


def opened(client):
    """Open the golden night with its reprise; returns its version."""
    assert client.post(NIGHT).status_code == 201
    answer = client.put(f"{NIGHT}/reprise", json=GOLDEN["previous"])
    assert answer.status_code == 200, answer.text
    return answer.json["version"]


def fill(client, order):
    """Type the golden night tab by tab; returns the last answer."""
    version = opened(client)
    for tab in order:
        answer = client.patch(f"{NIGHT}/{tab}", json={"version": version, "values": GOLDEN["tabs"][tab]})
        assert answer.status_code == 200, answer.text
        version = answer.json["version"]
    return answer.json


def gaps(expected, ours, path=""):
    """Paths of the expected figures that ours does not have to the cent."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            yield from gaps(value, ours.get(key) if isinstance(ours, dict) else None, f"{path}.{key}")
    elif isinstance(expected, list):
        for position, value in enumerate(expected):
            yield from gaps(value, ours[position] if ours else None, f"{path}[{position}]")
    elif expected != ours:
        yield f"{path} {expected} {ours}"


@pytest.mark.parametrize("order", ORDERS, ids=["papier", "inverse", "cartes d'abord"])
def test_the_golden_night_gives_the_workbook_s_figures_in_any_order(auditor, order):
    fill(auditor, order)
    night = auditor.get(NIGHT).json
    for tab, expected in GOLDEN["expected"].items():
        if tab != "next":
            assert list(gaps(expected, night["tabs"][tab]["computed"])) == []


def test_its_whole_life_is_told_by_its_journal(app, auditor):
    fill(auditor, TABS)
    refused = auditor.post(f"{NIGHT}/soumettre", json={"motifs": {}})
    assert refused.status_code == 422
    asked = [error["chemin"].removeprefix("motifs.") for error in refused.json["erreurs"]]
    submitted = auditor.post(f"{NIGHT}/soumettre", json={"motifs": dict.fromkeys(asked, "vérifié au papier")})
    assert submitted.status_code == 200, submitted.text
    assert submitted.json["etat"] == "locked"
    blocked = auditor.patch(f"{NIGHT}/recap", json={"version": 99, "values": {"cash_ls_lecture": "1.00"}})
    assert blocked.status_code == 423
    controller = app.test_client()
    login(controller, "controleur@demo.hotel")
    assert controller.post(f"{NIGHT}/rouvrir", json={}).status_code == 422
    reopened = controller.post(f"{NIGHT}/rouvrir", json={"motif": "chèque oublié"})
    assert (reopened.status_code, reopened.json["etat"]) == (200, "correcting")
    values = {"cheque_dr_lecture": "10.00", "deposit_cdn": "469.40"}
    answer = controller.patch(f"{NIGHT}/recap", json={"version": reopened.json["version"], "values": values})
    assert answer.status_code == 200, answer.text
    assert answer.json["recalcules"]["recap.recap_depot_net"] == "469.40"
    again = controller.post(
        f"{NIGHT}/soumettre", json={"motifs": dict.fromkeys([*asked, *CHECKS], "corrigé au papier")}
    )
    assert (again.status_code, again.json["etat"]) == (200, "locked"), again.text
    actions = [entry["action"] for entry in auditor.get(f"{NIGHT}/journal").json["entrees"]]
    assert [action for action, _ in itertools.groupby(actions)] == [
        *("ouverture", "reprise", "saisie", "soumission", "motif", "verrouillage"),
        *("reouverture", "saisie", "soumission", "motif", "verrouillage"),
    ]


CHECKS = ("chk_depot", "chk_diff_caisse", "chk_sd_depot", "chk_recap_transfert", "chk_cartes_transfert", "chk_setd")
