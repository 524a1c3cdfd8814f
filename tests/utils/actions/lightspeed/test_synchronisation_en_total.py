"""What a synchronisation says of a total without lines, of figures that it removes, of a room code without a row."""

from decimal import Decimal

import pytest

from database.transaction import read
from tests.utils.actions.lightspeed.synchro import WHEN, auditor, sync, synthetic_hotel
from tests.utils.actions.nights import DAY
from tests.utils.lightspeed.conftest import ACCOUNT, demo_hotel
from utils.actions.filling import filling_of
from utils.simulators.synthetic import SyntheticHotel

VIP = {"code": "RM-VIP", "description": "VIP", "department": "rooms", "gross": "120.00", "adjustments": "0.00"}


class Changed(SyntheticHotel):
    """A hotel whose reports may be changed after the closing: a function by name of report."""

    change: dict = {}  # noqa: RUF012 - emptied by the fixture

    def report(self, name, day):
        document = super().report(name, day)
        return Changed.change[name](document) if document and name in Changed.change else document


@pytest.fixture
def place(app):
    """An open night, and a simulator whose reports may be changed."""
    Changed.change = {}
    with synthetic_hotel(app, hotels={ACCOUNT: Changed(ACCOUNT)}) as running:
        running.inside.buckets.enforced = False
        yield app, running, auditor(app)


def changed(running, **change):
    """The PMS changes its reports and raises the revision."""
    Changed.change = change
    running.admin("POST", f"accounts/{ACCOUNT}/revision", {"businessDate": DAY})


def without_lines(unwanted, *, told=True):
    """Revenue without some lines; ``told``: its total says so too."""

    def change(document):
        kept = [line for line in document["lines"] if not unwanted(line)]
        whole = f"{sum(Decimal(line['net']) for line in kept):.2f}"
        totals = {**document["totals"], "netRevenue": whole} if told else document["totals"]
        return {**document, "lines": kept, "totals": totals}

    return change


def is_internet(line):
    return line["code"] in ("36.1", "36.5")


def filling(app):
    with app.app_context(), read() as connection:
        return filling_of(connection, demo_hotel().id, WHEN)


def geac(person):
    """How the tab stands: does it balance, who filled it, what it waits for."""
    found = person.whole()["onglets"]["geac"]
    return found["equilibre"], found["source"], found.get("attend")


def test_a_cash_out_in_total_leaves_the_geac_waiting_until_somebody_types_its_lines(place):
    app, running, person = place
    Changed.change = {"Cashier": lambda document: {**document, "shifts": []}}
    result = sync(app)
    assert result.status == "partielle"
    assert result.reports["CashierReport"]["partiel"] is True
    assert "Caisses : Daily Cash Out donné en total, sans ligne de caisse : " in result.message
    assert result.tabs["geac"]["etat"] == "partiel"
    assert geac(person) == ("na", "error", ["GEAC"])
    running.fault("status", detail="404")
    assert sync(app).status == "echouee"
    assert geac(person) == ("na", "error", ["GEAC"])
    assert (filling(app).state, filling(app).lacks) == ("partielle", ("Caisses",))
    daily = person.values("geac")["geac_daily_rev"]
    person.save("geac", {"geac_cashout": {f"co1_{card}": amount for card, amount in daily.items()}})
    assert geac(person)[1] == "synced"
    assert "GEAC" not in (geac(person)[2] or [])


def test_revenue_without_its_rooms_leaves_the_night_partial_and_its_tabs_waiting(place):
    app, _, person = place
    Changed.change = {"DailyRevenue": without_lines(lambda line: line["department"] == "rooms", told=False)}
    result = sync(app)
    assert (result.status, result.final, result.retry_in_minutes) == ("partielle", False, 15)
    assert result.reports["DailyRevenue"]["partiel"] is True
    assert "Revenus du jour : Total net : " in result.message
    assert [tab for tab, one in result.tabs.items() if one["etat"] == "partiel"] == ["jour", "dbrs"]
    assert (filling(app).state, filling(app).lacks) == ("partielle", ("Revenus du jour",))
    assert person.whole()["onglets"]["jour"]["source"] == "error"


def test_a_figure_that_its_report_no_longer_holds_is_removed_and_not_written(place):
    app, running, _ = place
    sync(app)
    changed(running, DailyRevenue=without_lines(is_internet))
    result = sync(app)
    assert (result.written, result.removed) == (0, ("Internet",))
    assert result.tabs["jour"]["etat"] == "synchronise"
    assert result.tabs["jour"]["retires"] == ["Internet"]
    assert "1 chiffre retiré, que son rapport n’a plus : Internet." in result.message
    assert sync(app).removed == ()


def test_a_figure_that_the_pms_withdraws_is_offered_no_more_beside_a_typed_one(place):
    app, running, person = place
    sync(app)
    person.save("jour", {"jour_internet": "12.00"})
    assert "ailleurs" in person.tab("jour")["origines"]["jour_internet"]
    changed(running, DailyRevenue=without_lines(is_internet))
    result = sync(app)
    assert (result.written, result.beside, result.removed) == (0, 0, ("Internet",))
    assert "1 chiffre retiré, que son rapport n’a plus : Internet." in result.message
    assert person.values("jour")["jour_internet"] == "12.00"
    assert "ailleurs" not in person.tab("jour")["origines"]["jour_internet"]
    asked = {"version": person.whole()["version"], "case": "jour.jour_internet", "choix": "prendre"}
    answer = person.client.post(f"/api/rj/native/session/{DAY}/trancher", json=asked)
    assert answer.status_code == 409
    assert person.values("jour")["jour_internet"] == "12.00"
    assert sync(app).removed == ()


def test_the_person_who_asks_reads_what_was_removed(place):
    app, running, person = place
    sync(app)
    changed(running, DailyRevenue=lambda document: {**document, "taxes": []})
    answer = person.client.post(f"/api/lightspeed/sync/{DAY}", json={}).json
    assert (answer["ecrits"], len(answer["retires"])) == (0, 3)
    assert answer["phrase"].startswith("0 chiffre écrit dans 0 onglet, 3 retirés, 0 à trancher, 0 changé depuis ")
    assert "3 chiffres retirés, que leur rapport n’a plus : TVQ — part PMS; " in answer["phrase"].replace("TPS", "TVQ")
    assert person.client.get(f"/api/lightspeed/sync/status/{DAY}").json["retires"] == answer["retires"]


def test_a_room_code_without_a_row_leaves_the_night_complete_and_says_how_to_place_it(place):
    app, running, person = place

    def with_vip(document):
        totals = document["totals"]
        more = f"{Decimal(totals['netRevenue']) + 120:.2f}"
        lines = [*document["lines"], VIP | {"net": "120.00", "outlet": None}]
        return {**document, "lines": lines, "totals": {**totals, "netRevenue": more}}

    changed(running, DailyRevenue=with_vip)
    result = sync(app)
    assert (result.status, result.retry_in_minutes) == ("complete", None)
    assert filling(app).complete
    said = "Codes de chambres sans ligne DBRS, déjà dans le revenu des chambres : RM-VIP, 120,00\u00a0$."
    assert said in result.message
    assert said in result.tabs["dbrs"]["message"]
    assert "RM-VIP" not in result.tabs["jour"].get("message", "")
    assert result.tabs["dbrs"]["etat"] == "synchronise"
    assert said in person.client.get(f"/rj/native/{DAY}/dbrs").text
    assert "RM-VIP" not in person.client.get(f"/rj/native/{DAY}/jour").text
    assert gaps(person) == (-120, 0)
    row, stands = next(iter(person.values("dbrs")["dbrs_daily_rev"].items()))
    person.save("dbrs", {"dbrs_daily_rev": {row: f"{Decimal(stands) + 120:.2f}"}})
    assert gaps(person) == (0, 0)
    after = sync(app)
    assert (after.status, after.final) == ("inchangee", True)
    assert gaps(person) == (0, 0)


def test_what_does_not_hold_in_a_whole_report_stands_on_its_tab(place):
    app, _, person = place
    Changed.change = {"RoomStatistics": lambda document: {**document, "adr": "1.00"}}
    assert sync(app).status == "complete"
    assert "ADR : 1,00 annoncé, " in person.client.get(f"/rj/native/{DAY}/jour").text
    assert "ADR : 1,00 annoncé, " not in person.client.get(f"/rj/native/{DAY}/dbrs").text


def gaps(person):
    """The two controls of the DBRS: against the Jour, and what no segment takes."""
    found = person.computed("sommaire")
    return tuple(Decimal(found[name]) for name in ("chk_dbrs_revenu", "chk_dbrs_form"))
