"""A person and the PMS on one night: a typed figure stays, the other is kept beside it; a closed night is closed."""

import threading
from decimal import Decimal

import pytest

from database import properties
from database.journal import Actor
from database.transaction import write
from tests.utils.actions.lightspeed.synchro import WHEN, auditor, book, sync, synthetic_hotel
from tests.utils.actions.nights import DAY, SECOND, good, rows
from tests.utils.lightspeed.conftest import ACCOUNT, demo_hotel
from utils import dates
from utils.actions.lightspeed import LightspeedSync
from utils.actions.refusals import Conflict, NotEditable
from utils.simulators.synthetic import SyntheticHotel

CASH = "recap.cash_ls_lecture"


class Corrected(SyntheticHotel):
    """A hotel whose cashier report may be corrected after the closing."""

    more = Decimal(0)
    lines: tuple = ()

    def report(self, name, day):
        document = super().report(name, day)
        if name == "Cashier" and document:
            totals = document["totals"]
            cash, every = (str(Decimal(totals[name]) + Corrected.more) for name in ("cash", "total"))
            document = {**document, "totals": {**totals, "cash": cash, "total": every}}
        if name == "DailyRevenue" and document:
            kept = [line for line in document["lines"] if line["code"] not in Corrected.lines]
            document = {**document, "lines": kept}
        return document


@pytest.fixture
def place(app):
    """An open night, and a simulator whose figures may be corrected."""
    Corrected.more, Corrected.lines = Decimal(0), ()
    with synthetic_hotel(app, hotels={ACCOUNT: Corrected(ACCOUNT)}) as running:
        running.inside.buckets.enforced = False
        yield app, running, auditor(app)


def corrected(running, more="0", lines=()):
    """The PMS corrects its figures and raises the revision."""
    Corrected.more, Corrected.lines = Decimal(more), lines
    running.admin("POST", f"accounts/{ACCOUNT}/revision", {"businessDate": DAY})


def origin(person, cell=CASH):
    tab, _, name = cell.partition(".")
    return person.tab(tab)["origines"].get(name)


def value(person, cell=CASH):
    tab, _, name = cell.partition(".")
    return person.values(tab).get(name)


def test_a_typed_figure_stays_and_the_difference_is_shown_until_somebody_settles(place):
    app, running, person = place
    person.save("recap", {"cash_ls_lecture": "1.00"})
    result = sync(app)
    assert result.beside == 1
    assert value(person) == "1.00"
    beside = origin(person)["ailleurs"]
    assert (beside["genre"], beside["revision"], beside["rapport"]) == ("lightspeed", 1, "Caisses")
    said = beside["valeur"]
    assert sync(app).status == "inchangee"
    good(
        person.client.post(
            f"/api/rj/native/session/{DAY}/trancher",
            json={"version": person.whole()["version"], "case": CASH, "choix": "garder"},
        )
    )
    assert "ailleurs" not in origin(person)
    assert sync(app).beside == 0  # she saw it and kept hers
    corrected(running, more="2.00")
    assert sync(app).beside == 1  # another figure is shown again
    good(
        person.client.post(
            f"/api/rj/native/session/{DAY}/trancher",
            json={"version": person.whole()["version"], "case": CASH, "choix": "prendre"},
        )
    )
    assert value(person) == str(Decimal(said) + 2)


def test_a_count_of_the_pms_can_be_taken(place):
    app, _, person = place
    person.save("jour", {"jour_adultes": 3})
    sync(app)
    said = origin(person, "jour.jour_adultes")["ailleurs"]["valeur"]
    good(
        person.client.post(
            f"/api/rj/native/session/{DAY}/trancher",
            json={"version": person.whole()["version"], "case": "jour.jour_adultes", "choix": "prendre"},
        )
    )
    assert value(person, "jour.jour_adultes") == said


def test_a_figure_typed_over_the_pms_keeps_that_of_the_pms_beside(place):
    app, _, person = place
    sync(app)
    said = value(person)
    person.save("recap", {"cash_ls_lecture": "7.77"})
    assert origin(person)["genre"] == "saisi"
    assert origin(person)["ailleurs"]["valeur"] == said
    person.save("recap", {"cash_ls_lecture": said})
    assert "ailleurs" not in origin(person)


def test_the_source_and_the_revision_are_told_everywhere(place):
    app, running, person = place
    sync(app)
    found = origin(person)
    assert (found["genre"], found["revision"], found["rapport"]) == ("lightspeed", 1, "Caisses")
    assert person.whole()["onglets"]["recap"]["source"] == "synced"
    entries = [one for one in person.story() if one["champ"] == "cash_ls_lecture"]
    assert [(one["action"], one["origine"], one["motif"]) for one in entries] == [
        ("synchronisation", "lightspeed", "Caisses, révision 1")
    ]
    corrected(running, more="5.00")
    sync(app)
    assert origin(person)["revision"] == 2
    assert person.story()[-1]["action"] == "synchronisation"


def test_a_figure_that_the_pms_withdraws_is_not_kept(place):
    app, running, person = place
    sync(app)
    assert value(person, "jour.jour_internet") is not None
    corrected(running, lines=("36.1", "36.5"))
    sync(app)
    assert value(person, "jour.jour_internet") is None
    assert origin(person, "jour.jour_internet") is None


def test_a_figure_that_was_emptied_comes_back_although_the_report_did_not_change(place):
    app, _, person = place
    sync(app)
    said = value(person)
    person.save("recap", {"cash_ls_lecture": None})
    result = sync(app)
    assert result.reports["CashierReport"]["etat"] == "inchange"
    assert value(person) == said


def test_a_person_who_types_while_the_pms_writes_loses_nothing(place):
    """Twelve saves of an old version go beside a synchronisation: every one is there, and the PMS stands beside."""
    app, _, person = place
    version = person.whole()["version"]
    typed = [f"transelect_reception.{card}.fusebox" for card in ("debit", "visa", "mc", "amex", "discover")]
    typed += ["transelect_reception.visa.term8", "transelect_reception.mc.k053"]
    runner = threading.Thread(target=sync, args=(app,))
    runner.start()
    for number, cell in enumerate(typed, 1):
        card, _, key = cell.removeprefix("transelect_reception.").partition(".")
        body = {"version": version, "values": {"transelect_reception": {card: {key: f"{number}.11"}}}}
        answer = person.client.patch(f"/api/rj/native/session/{DAY}/transelect", json=body)
        assert answer.status_code == 200, answer.text
    runner.join()
    tab = person.tab("transelect")
    for number, cell in enumerate(typed, 1):
        card, _, key = cell.removeprefix("transelect_reception.").partition(".")
        assert tab["values"]["transelect_reception"][card][key] == f"{number}.11"
        if key == "fusebox" and card in ("debit", "visa", "mc", "amex"):
            assert tab["origines"][cell]["ailleurs"]["genre"] == "lightspeed", cell
    assert tab["origines"]["transelect_reception.visa.daily_rev"]["genre"] == "lightspeed"


def test_a_closed_night_is_refused_and_a_late_revision_is_a_proposal(place):
    app, running, person = place
    sync(app)
    said = value(person)
    everything = person.whole()
    admin = auditor(app, name="admin")
    for check in [one["cle"] for one in everything["controles"] if one["statut"] == "bloquant"]:
        admin.override(check)
    answer = person.submit()
    state = good(answer)["etat"] if answer.status_code == 200 else None
    if state is None:
        good(person.submit(en_attente=True))
    corrected(running, more="9.00")
    before = book(app)
    with pytest.raises(NotEditable, match="Lightspeed n’y écrit plus rien"):
        sync(app)
    answer = person.client.post(f"/api/lightspeed/sync/{DAY}", json={})
    assert (answer.status_code, book(app)) == (423, before)
    with app.app_context():
        result = LightspeedSync(demo_hotel().id, cause="avis").read_anew(WHEN)
    assert (result.status, result.written, result.beside) == ("proposee", 0, 1)
    assert book(app, "pms_readings", "integration_etags") == {
        name: kept for name, kept in before.items() if name not in ("pms_readings", "integration_etags")
    }
    [proposal] = person.client.get(f"/api/lightspeed/sync/status/{DAY}").json["propositions"]
    assert (proposal["champ"], proposal["nuit"], proposal["pms"]) == (CASH, said, str(Decimal(said) + 9))
    assert "Corrections tardives de Lightspeed" in person.client.get(f"/lightspeed/?jour={DAY}").text


def test_in_a_correction_the_pms_proposes_and_does_not_overwrite(place):
    app, running, person = place
    sync(app)
    said = value(person)
    good(person.submit(en_attente=True))
    admin = auditor(app, name="admin")
    admin.reopen()
    corrected(running, more="3.00")
    auditors = person.client.post(f"/api/lightspeed/sync/{DAY}", json={})
    assert auditors.status_code == 403
    good(admin.client.post(f"/api/lightspeed/sync/{DAY}", json={}))
    assert value(admin) == said
    assert origin(admin)["ailleurs"]["valeur"] == str(Decimal(said) + 3)


def test_two_at_once_are_one(place):
    app, running, _ = place
    running.fault("latency", detail="60")
    answers = []

    def ask():
        with app.app_context():
            try:
                answers.append(LightspeedSync(demo_hotel().id).sync_session(WHEN).status)
            except Conflict as refusal:
                answers.append(refusal.sentence)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert sorted(answers) == ["Une synchronisation de cette nuit est déjà en cours."] * 3 + ["complete"]


def test_demonstration_figures_never_enter_a_real_hotel(place):
    app, _, _ = place

    class Fictitious:
        """A client that says where its figures come from."""

        requests = 0

        def __init__(self, inner):
            self._inner = inner

        def is_configured(self):
            return True

        def __getattr__(self, name):
            def read_it(*given):
                from dataclasses import replace  # noqa: PLC0415

                report = getattr(self._inner, name)(given[0])
                return replace(report, about=replace(report.about, source="demo", etag=None))

            return read_it

    with app.app_context():
        asked = LightspeedSync(demo_hotel().id)
        asked._client = Fictitious(asked._client)
        asked._hotel = asked._hotel._replace(demo=False)
        result = asked.sync_session(WHEN)
    assert (result.status, result.written) == ("echouee", 0)
    assert "démonstration" in result.message
    assert rows(app, "SELECT count(*) FROM pms_readings") == [(0,)]


def test_a_real_hotel_without_credentials_is_told_so_and_nothing_is_invented(app):
    with app.app_context():
        with write() as connection:
            real = SECOND._replace(demo=False)
            hotel = properties.create_property(connection, real, Actor(None, "essai"), dates.now())
        with pytest.raises(Conflict, match="n’est pas configuré"):
            LightspeedSync(hotel.id).sync_session(WHEN)
    assert rows(app, "SELECT count(*) FROM sync_runs") == [(0,)]


def test_another_hotel_is_never_written(place):
    app, _, _ = place
    sync(app)
    found = rows(app, "SELECT DISTINCT property_id FROM pms_readings UNION SELECT property_id FROM sync_runs")
    with app.app_context():
        assert found == [(demo_hotel().id,)]
