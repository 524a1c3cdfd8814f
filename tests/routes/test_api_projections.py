"""Typed columns and lines by person are what `rj reconstruire` rebuilds from the tabs, whatever was done."""

import random

import pytest

from database.models.night import PROJECTIONS
from main import create_app
from tests.applications import close
from tests.utils.actions.nights import Person, after, rows, set_policy, tamper
from utils.rj.catalogue import BY_KEY
from utils.rj.declaration import COUNT, MONEY

FIRST = "2025-11-28"
NAMES = [f"Réceptionniste {number}" for number in range(6)]
FIELDS = [
    (tab, field)
    for tab in ("recap", "jour", "geac", "dbrs", "transelect", "internet", "sonifi", "setd")
    for field in BY_KEY[tab]
    if field.typed and field.kind in (MONEY, COUNT) and not field.items
]
COLUMNS = ("room_revenue", "occupancy", "completeness", "blocking_count", "is_fully_balanced", "new_balance")


@pytest.fixture
def reconstruct(app):
    """Run the command as a process of its own would: with nothing in memory; its lines."""

    def run(*words):
        fresh = create_app(app.config["SETTINGS"])
        try:
            result = fresh.test_cli_runner().invoke(args=["rj", "reconstruire", *words])
            assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
            return result.output.splitlines()
        finally:
            close(fresh)

    return run


def nested(key, value):
    for part in reversed(key.split(".")):
        value = {part: value}
    return value


def amount(chance):
    return f"{chance.randint(-500_000, 500_000) / 100:.2f}"


def edit(chance, one):
    """One change at random of a night, as the API takes it."""
    kind = chance.random()
    if kind < 0.55:
        tab, field = chance.choice(FIELDS)
        value = chance.choice([None, chance.randint(0, 300) if field.kind == COUNT else amount(chance)])
        return one.patch(tab, nested(field.key, value))
    if kind < 0.7:
        line = {
            "id": f"ligne-d{chance.randint(0, 5)}",
            "name": chance.choice(NAMES),
            "nouveau": f"{chance.randint(0, 300)}.00",
        }
        return one.patch("dueback", {"dueback_entries": [line]})
    if kind < 0.85:
        line = {
            "id": f"ligne-s{chance.randint(0, 5)}",
            "name": chance.choice(NAMES),
            "amount": amount(chance),
            "verified": amount(chance),
        }
        return one.patch("sd", {"sd_entries": [line]})
    if kind < 0.92:
        tab, key = chance.choice([("sd", "sd_entries"), ("dueback", "dueback_entries")])
        lines = one.values(tab).get(key, [])
        gone = {"id": chance.choice(lines)["id"], "_supprimer": True} if lines else None
        return one.patch(tab, {key: [gone] if gone else None})
    return one.patch("setd", {"setd_personnel": [{"name": chance.choice(NAMES), "amount": amount(chance)}]})


@pytest.mark.parametrize("seed", [1, 2])
def test_what_many_edits_left_is_what_is_rebuilt(app, reconstruct, seed):
    """Eight nights across two months, edited in disorder, some of them locked and corrected meanwhile."""
    chance = random.Random(seed)
    anne, denis = Person(app), Person(app, "directeur")
    days = [after(FIRST, number) for number in range(8)]
    for day in chance.sample(days, len(days)):
        anne.on(day).open()
    kept = 0
    for _ in range(90):
        one = anne.on(chance.choice(days))
        answer = edit(chance, one)
        assert answer.status_code in (200, 403, 422, 423), answer.text
        kept += answer.status_code == 200
        if chance.random() < 0.06:
            close_night(one, denis.on(one.day))
    assert kept > 40
    assert reconstruct() == ["8 nuits, 0 corrigée"]
    assert rows(app, "SELECT count(*) FROM night_lines")[0][0] > 5


def close_night(one, denis):
    """Submit what can be, and open a correction on every other one."""
    if one.submit(en_attente=True).status_code == 200 and one.whole()["etat"] == "locked" and one.day[-1] in "13579":
        denis.reopen()


def test_columns_and_lines_that_somebody_touched_are_rebuilt_and_named(app, reconstruct):
    anne = Person(app).open()
    anne.save(
        "jour",
        {
            "jour_room_revenue": "1000.00",
            "jour_rooms_simple": 126,
            "jour_guest_ledger": "-5.00",
            "jour_deposit_on_hand": "1.00",
        },
    )
    anne.save("sd", {"sd_entries": [{"id": "ligne-aa", "name": "Un", "amount": "1.00", "verified": "3.00"}]})
    before = figures(app), lines(app)
    for column in COLUMNS:
        tamper(app, f"UPDATE night_audit_sessions SET {column} = NULL")  # noqa: S608
    tamper(app, "UPDATE night_lines SET amount = amount + 1 WHERE measure = 'variance'")
    told = reconstruct("--hotel", "DEMO")
    assert told[0].startswith(f"DEMO {anne.day} : ")
    assert set(told[0].partition(" : ")[2].split(", ")) == {*COLUMNS, "night_lines"}
    assert told[1] == "1 nuit, 1 corrigée"
    assert (figures(app), lines(app)) == before
    assert anne.actions()[-1] == "reconstruction"
    assert app.test_cli_runner().invoke(args=["rj", "journal", "verifier"]).exit_code == 0
    assert reconstruct() == ["1 nuit, 0 corrigée"]


def figures(app):
    """The projected columns of every night."""
    names = ", ".join(one.column for one in PROJECTIONS)
    return rows(app, f"SELECT {names} FROM night_audit_sessions")  # noqa: S608


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE night_tabs SET inputs = '{\"jour_room_revenue\":\"9.00\"}' WHERE tab = 'jour'", "L’onglet jour"),
        ("UPDATE night_audit_sessions SET previous = NULL, reprise = NOT reprise", "L’état de la nuit"),
        (r"""UPDATE property_settings SET document = '{"rooms"\:7}'""", "réglages du 2024-12-01"),
    ],
)
def test_a_figure_that_somebody_else_wrote_is_not_taken_for_the_truth(app, reconstruct, statement, named):
    anne = Person(app).open()
    anne.save("jour", {"jour_room_revenue": "1000.00", "jour_rooms_simple": 126})
    before = figures(app)
    tamper(app, statement)
    told = reconstruct()
    assert told[0].startswith(f"DEMO {anne.day} refusée, modifiée hors de RJ Natif : {named}")
    assert told[1] == "1 nuit, 0 corrigée"
    assert figures(app) == before


def lines(app):
    columns = "tab, position, line_id, person, measure, amount"
    return rows(app, f"SELECT {columns} FROM night_lines ORDER BY tab, position, measure")  # noqa: S608


def test_the_lines_of_each_person_are_those_of_the_tabs(app):
    anne = Person(app).open()
    anne.save(
        "sd",
        {
            "sd_entries": [
                {"id": "ligne-aa", "name": "Un", "amount": "1.00", "verified": "3.00"},
                {"id": "ligne-bb", "amount": "9.00"},
            ]
        },
    )
    anne.save(
        "dueback", {"dueback_entries": [{"id": "ligne-cc", "name": "Deux", "previous": "-3.00", "nouveau": "10.00"}]}
    )
    anne.save("setd", {"setd_personnel": [{"id": "ligne-dd", "name": "Un", "amount": "-4.00"}]})
    assert [tuple(row) for row in lines(app)] == [
        ("dueback", 0, "ligne-cc", "Deux", "net", 700),
        ("dueback", 0, "ligne-cc", "Deux", "nouveau", 1000),
        ("dueback", 0, "ligne-cc", "Deux", "previous", -300),
        ("sd", 0, "ligne-aa", "Un", "amount", 100),
        ("sd", 0, "ligne-aa", "Un", "variance", 200),
        ("sd", 0, "ligne-aa", "Un", "verified", 300),
        ("setd", 0, "ligne-dd", "Un", "amount", -400),
    ]  # fmt: skip
    anne.save("sd", {"sd_entries": [{"id": "ligne-aa", "_supprimer": True}]})
    assert [row.line_id for row in lines(app) if row.tab == "sd"] == []


def test_settings_that_move_a_column_are_followed_by_the_next_rebuild(app, reconstruct):
    """Nobody writes when a setting changes: the column follows at the next save, or when it is rebuilt."""
    anne = Person(app).open()
    anne.save("jour", {"jour_rooms_simple": 126})
    set_policy(app, rooms=200)
    assert reconstruct()[-1] == "1 nuit, 1 corrigée"
    assert rows(app, "SELECT rooms_available, occupancy FROM night_audit_sessions")[0] == (200, 6300)


def test_a_locked_night_is_compared_and_left_alone(app, reconstruct):
    anne = Person(app).open()
    anne.save("jour", {"jour_rooms_simple": 126})
    anne.lock()
    tamper(app, "UPDATE night_audit_sessions SET rooms_sold = 3")
    assert reconstruct() == [
        f"DEMO {anne.day} (verrouillée, laissée telle quelle) : rooms_sold",
        "1 nuit, 0 corrigée",
    ]
    assert rows(app, "SELECT rooms_sold FROM night_audit_sessions") == [(3,)]
