"""The same thing done by four at once: one result, one line of journal, no error; a hundred times under « long »."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.utils.actions.nights import REASON, Person, after, rows, set_policy
from utils.rj.sheets import SHEETS

FIRST = "2025-01-01"
RED = {"cash_ls_lecture": "100.00", "deposit_cdn": "90.00"}
ROUNDS = [pytest.param(5, id="5 fois"), pytest.param(100, id="100 fois", marks=pytest.mark.long)]


class Four:
    """Four browsers of one person, which act at the same instant."""

    def __init__(self, app, name):
        self.people = [Person(app, name) for _ in range(4)]

    def at_once(self, pool, day, act):
        """What each answered: ``act`` receives a person in front of the night, and a number from 0 to 3."""
        barrier = Barrier(4, timeout=30)

        def run(number):
            one = self.people[number].on(day)
            barrier.wait()
            return act(one, number)

        return list(pool.map(run, range(4)))


@pytest.fixture
def told(capsys):
    """Print a count although the test passes."""

    def tell(*words):
        with capsys.disabled():
            print("\n   ", *words)  # noqa: T201 - a figure is told

    return tell


def counted(answers):
    return Counter(answer.status_code for answer in answers)


def save_one_field(one, number):
    return one.patch("recap", RED | {"cash_pos_lecture": f"{number}.00"}, version=1)


def add_a_line(one, number):
    line = {"id": f"ligne-{number:03d}", "amount": "1.00", "verified": "1.00"}
    return one.patch("sd", {"sd_entries": [line]}, version=2)


@pytest.mark.parametrize("times", ROUNDS)
def test_a_whole_life_four_at_once(app, told, times):
    """Open, save a field, add lines, let a check pass, submit, lock, reopen: four at once each, night after night."""
    set_policy(app, verrouillage_auto=False)
    auditors, directors = Four(app, "auditeur"), Four(app, "directeur")
    override, motif = {"check": "chk_recap", "motif": REASON}, {"motif": REASON}
    total, day = Counter(), FIRST
    with ThreadPoolExecutor(4) as pool:
        for _ in range(times):
            day = after(day)
            opened = auditors.at_once(pool, day, lambda one, _: one.post())
            assert counted(opened) == {201: 1, 200: 3}
            assert {answer.json["version"] for answer in opened} == {1}

            saved = auditors.at_once(pool, day, save_one_field)
            assert counted(saved) == {200: 1, 409: 3}
            for refused in (answer.json for answer in saved if answer.status_code == 409):
                [conflict] = [c for c in refused["conflits"] if c["chemin"] == "recap.cash_pos_lecture"]
                assert conflict["votre"] != conflict["actuelle"]

            lines = auditors.at_once(pool, day, add_a_line)
            assert counted(lines) == {200: 4}
            assert sorted(answer.json["version"] for answer in lines) == [3, 4, 5, 6]

            passed = directors.at_once(pool, day, lambda one, _: one.post("/derogations", override))
            assert counted(passed) == {200: 1, 409: 3}

            submitted = auditors.at_once(pool, day, lambda one, _: one.post("/soumettre", {"motifs": MOTIFS}))
            assert counted(submitted) == {200: 4}, [answer.text for answer in submitted]
            assert {answer.json["etat"] for answer in submitted} == {"submitted"}

            closed = directors.at_once(pool, day, lambda one, _: one.post("/verrouiller"))
            assert counted(closed) == {200: 4}
            assert {answer.json["etat"] for answer in closed} == {"locked"}

            reopened = directors.at_once(pool, day, lambda one, _: one.post("/rouvrir", motif))
            assert counted(reopened) == {200: 1, 409: 3}
            for answers in (opened, saved, lines, passed, submitted, closed, reopened):
                total += counted(answers)
    told(f"{times} nuits, {sum(total.values())} requêtes par quatre : {dict(total)}")
    assert_once(app, times)
    assert app.test_cli_runner().invoke(args=["rj", "journal", "verifier"]).exit_code == 0


MOTIFS = dict.fromkeys(
    (
        "chk_depot",
        "chk_sd_depot",
        "chk_sd_surplus",
        "chk_recap_transfert",
        "chk_setd",
        *(f"onglets.{tab.key}" for tab in SHEETS),
    ),
    REASON,
)
ONCE = ("ouverture", "derogation", "soumission", "verrouillage", "reouverture")


def assert_once(app, times):
    """Each thing happened once a night, in the journal and in the tables."""
    told = rows(
        app, "SELECT action, count(*), count(DISTINCT night_id) FROM changes WHERE night_id > 0 GROUP BY action"
    )
    counts = {row[0]: (row[1], row[2]) for row in told}
    assert {action: counts[action] for action in ONCE} == dict.fromkeys(ONCE, (times, times))
    assert rows(app, "SELECT count(*) FROM night_audit_sessions") == [(times,)]
    assert rows(app, "SELECT count(*), count(DISTINCT night_id) FROM submissions") == [(times, times)]
    assert rows(app, "SELECT count(*), count(DISTINCT night_id) FROM overrides") == [(times, times)]
    causes = rows(app, "SELECT cause, count(*) FROM night_revisions GROUP BY cause ORDER BY cause")
    assert [tuple(row) for row in causes] == [("correction", times), ("lock", times)]


@pytest.mark.parametrize("times", ROUNDS)
def test_four_nights_in_a_row_saved_at_once(app, told, times):
    """Each save tells the nights after it: four writers on four nights wait for one another and never break."""
    four = Four(app, "auditeur")
    days = [after(FIRST, number) for number in range(4)]
    for day in days:
        four.people[0].on(day).open()

    def write(one, number):
        mine = one.on(days[number])
        figures = ({"jour_room_revenue": f"{turn}.00", "jour_rooms_simple": 10} for turn in range(1, times + 1))
        return [mine.patch("jour", values, version=turn) for turn, values in enumerate(figures, 1)]

    with ThreadPoolExecutor(4) as pool:
        answers = four.at_once(pool, FIRST, write)
    statuses = Counter(answer.status_code for found in answers for answer in found)
    told(f"4 nuits de suite, {times} enregistrements chacune : {dict(statuses)}")
    assert statuses == {200: 4 * times}
    last = four.people[0].on(days[3])
    assert last.computed("jour")["jour_mtd_room_revenue"] == f"{4 * times}.00"
    assert app.test_cli_runner().invoke(args=["rj", "journal", "verifier"]).exit_code == 0
