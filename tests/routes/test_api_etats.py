"""Who may do what in each state of a night, cell by cell; and a closed night that no path changes."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from database.transaction import write
from tests.utils.actions.nights import NIGHTS, PEOPLE, REASON, book, known, problems, rows, set_policy
from utils.rj.sheets import SHEETS

FILL = {"auditeur", "superviseur", "admin"}
CORRECT = {"superviseur", "comptable", "controleur", "directeur", "admin"}
OVERRIDE = {"superviseur", "comptable", "controleur", "directeur", "admin"}
LOCK = {"comptable", "controleur", "directeur", "admin"}
ALL = set(PEOPLE)
WORK = FILL | CORRECT

SAVE = ("PATCH", "/recap", {"version": 1, "values": {"cheque_dr_lecture": "3.00"}})
LEFT = {f"onglets.{tab.key}": REASON for tab in SHEETS}
SUBMIT = ("POST", "/soumettre", {"en_attente": True, "motifs": LEFT | {"chk_recap": "erreur du POS"}})
OVERRIDES = ("POST", "/derogations", {"check": "chk_recap", "motif": "erreur du POS"})
LOCKS = ("POST", "/verrouiller", None)
REOPEN = ("POST", "/rouvrir", {"motif": "chèque oublié"})
TAKE_OVER = ("PUT", "/reprise", {"jour_new_balance": "-1.00"})
CARRY = ("POST", "/reprendre-veille", None)
CHOOSE = ("POST", "/trancher", {"case": "recap.cash_ls_lecture", "choix": "garder", "version": 1})

RED = {"cash_ls_lecture": "100.00", "cash_pos_lecture": "1.00", "deposit_cdn": "90.00"}

EXPECTED = {
    # state: {request: (who may, what they get, who else passes the door and what they get)}
    "draft": {
        "save": (FILL, 200, WORK, 403),
        "submit": (set(), 200, FILL, 409),
        "override": (set(), 200, OVERRIDE, 409),
        "lock": (set(), 200, LOCK, 409),
        "reopen": (set(), 200, CORRECT, 409),
        "take over": (FILL, 200, WORK, 403),
        "carry": (FILL, 200, WORK, 403),
        "choose": (set(), 200, FILL, 409),
    },
    "in_progress": {
        "save": (FILL, 200, WORK, 403),
        "submit": (FILL, 200, WORK, 403),
        "override": (OVERRIDE, 200, set(), 0),
        "lock": (set(), 200, LOCK, 409),
        "reopen": (set(), 200, CORRECT, 409),
        "take over": (FILL, 200, WORK, 403),
        "carry": (FILL, 200, WORK, 403),
        "choose": (set(), 200, FILL, 409),
    },
    "waiting": {
        "save": (set(), 200, WORK, 423),
        "submit": (WORK, 200, set(), 0),
        "override": (OVERRIDE, 200, set(), 0),
        "lock": (set(), 200, LOCK, 409),
        "reopen": (CORRECT, 200, set(), 0),
        "take over": (set(), 200, WORK, 423),
        "carry": (set(), 200, WORK, 423),
        "choose": (set(), 200, WORK, 423),
    },
    "submitted": {
        "save": (set(), 200, WORK, 423),
        "submit": (WORK, 200, set(), 0),
        "override": (set(), 200, OVERRIDE, 423),
        "lock": (LOCK, 200, set(), 0),
        "reopen": (CORRECT, 200, set(), 0),
        "take over": (set(), 200, WORK, 423),
        "carry": (set(), 200, WORK, 423),
        "choose": (set(), 200, WORK, 423),
    },
    "locked": {
        "save": (set(), 200, WORK, 423),
        "submit": (WORK, 200, set(), 0),
        "override": (set(), 200, OVERRIDE, 423),
        "lock": (LOCK, 200, set(), 0),
        "reopen": (CORRECT, 200, set(), 0),
        "take over": (set(), 200, WORK, 423),
        "carry": (set(), 200, WORK, 423),
        "choose": (set(), 200, WORK, 423),
    },
    "correcting": {
        "save": (CORRECT, 200, WORK, 403),
        "submit": (CORRECT, 200, WORK, 403),
        "override": (OVERRIDE, 200, set(), 0),
        "lock": (set(), 200, LOCK, 409),
        "reopen": (set(), 200, CORRECT, 409),
        "take over": (CORRECT, 200, WORK, 403),
        "carry": (CORRECT, 200, WORK, 403),
        "choose": (set(), 200, CORRECT, 409),
    },
}
REQUESTS = {
    "save": SAVE,
    "submit": SUBMIT,
    "override": OVERRIDES,
    "lock": LOCKS,
    "reopen": REOPEN,
    "take over": TAKE_OVER,
    "carry": CARRY,
    "choose": CHOOSE,
}


@pytest.fixture(scope="module")
def manual(shared):
    """The hotel locks nothing by itself, and lets an auditor override: states follow one another by hand."""
    set_policy(shared, verrouillage_auto=False)
    return shared


@pytest.fixture
def in_state(manual, fresh):
    """A night of its own in a state."""

    def make(state):
        anne = fresh()
        if state == "draft":
            return anne
        anne.save("recap", RED)
        if state in ("submitted", "locked"):
            assert known(manual, "directeur", anne.day).override("chk_recap").status_code == 200
        if state != "in_progress":
            assert anne.submit(en_attente=True).status_code == 200
        if state == "locked":
            assert known(manual, "directeur", anne.day).post("/verrouiller").status_code == 200
        if state == "correcting":
            known(manual, "directeur", anne.day).reopen()
        expected = "submitted" if state == "waiting" else state
        assert anne.whole()["etat"] == expected
        return anne

    return make


def expectation(state, request, who):
    """The status of an answer to somebody."""
    may, status, others, refusal = EXPECTED[state][request]
    if who in may:
        return status
    return refusal if who in others else 403


@pytest.mark.parametrize("shared", ["sqlite"], indirect=True)
@pytest.mark.parametrize("state", EXPECTED)
@pytest.mark.parametrize("request_name", REQUESTS)
def test_each_role_may_do_in_each_state_what_is_written_and_nothing_else(manual, in_state, state, request_name):
    method, path, document = REQUESTS[request_name]
    people = {who: known(manual, who, "") for who in PEOPLE}
    anne, moved = None, True
    for who in sorted(PEOPLE, key=lambda who: expectation(state, request_name, who) == 200):
        anne = in_state(state) if moved else anne
        before = book(manual, only=NIGHTS)
        answer = people[who].on(anne.day).send(method, path, json=document)
        expected = expectation(state, request_name, who)
        assert answer.status_code == expected, (who, answer.status_code, answer.text[:300])
        moved = expected == 200
        if not moved:
            assert answer.content_type == "application/problem+json"
            assert book(manual, only=NIGHTS) == before, who


def test_the_table_above_speaks_of_every_state_and_every_request():
    assert all(set(requests) == set(REQUESTS) for requests in EXPECTED.values())
    assert len(EXPECTED) * len(REQUESTS) * len(PEOPLE) == 336


@pytest.mark.parametrize("request_name", ["submit", "lock"])
def test_what_is_done_is_not_done_twice(manual, in_state, request_name):
    """Submitting what is submitted, locking what is locked: the same answer, and not a row more."""
    method, path, document = REQUESTS[request_name]
    anne = in_state("locked" if request_name == "lock" else "submitted")
    denis = known(manual, "directeur", anne.day)
    before = book(manual, only=NIGHTS)
    answer = denis.send(method, path, json=document)
    assert answer.status_code == 200
    assert answer.json["etat"] == anne.whole()["etat"]
    assert book(manual, only=NIGHTS) == before


def test_submitting_leads_from_state_to_state(manual, in_state):
    anne = in_state("in_progress")
    denis = known(manual, "directeur", anne.day)
    assert anne.submit(en_attente=True).json["etat"] == "submitted"
    denis.override("chk_recap")
    assert anne.whole()["etat"] == "submitted"
    assert denis.post("/verrouiller").json["etat"] == "locked"
    denis.reopen()
    denis.override("chk_recap")
    assert denis.submit().json["etat"] == "submitted"
    assert denis.post("/verrouiller").json["etat"] == "locked"
    assert [entry["action"] for entry in anne.story() if entry["champ"] is None] == [
        *("ouverture", "soumission en attente", "dérogations complètes", "verrouillage"),
        *("reouverture", "soumission", "verrouillage"),
    ]


# a locked night


@pytest.fixture
def locked(manual, in_state):
    """A locked night that holds a value, a line and a line by person."""
    anne = in_state("in_progress")
    anne.save("sd", {"sd_entries": [{"id": "ligne-aa", "name": "Un", "amount": "1.00"}]})
    denis = known(manual, "directeur", anne.day)
    denis.override("chk_recap")
    assert anne.submit(en_attente=True).status_code == 200
    assert denis.post("/verrouiller").status_code == 200
    return anne


def test_no_write_of_the_api_changes_a_locked_night(shared, locked):
    """Every route that writes, sent by the administrator, but for the one that opens a correction."""
    admin = known(shared, "admin", locked.day)
    bodies = {path: document for _, path, document in REQUESTS.values()}
    tried = 0
    before = book(shared, only=NIGHTS)
    for rule in shared.url_map.iter_rules():
        if "<jour>" not in rule.rule or not rule.rule.startswith("/api/"):
            continue
        rest = rule.rule.partition("<jour>")[2].replace("<onglet>", "recap").replace("<path:champ>", "x.y")
        for method in sorted(rule.methods - {"GET", "HEAD", "OPTIONS"}):
            if rest == "/rouvrir":
                continue
            answer = admin.send(method, rest, json=bodies.get(rest, {}))
            assert answer.status_code in (200, 403, 404, 409, 415, 422, 423), (method, rest, answer.text)
            tried += 1
    assert tried >= 8
    assert book(shared, only=NIGHTS) == before
    assert locked.whole()["etat"] == "locked"


INSERTED = (
    "INSERT INTO night_tabs (night_id, tab, version, inputs, origins, typed_texts, field_versions)"
    " VALUES (:n, 'sommaire', 1, '{}', '{}', '{}', '{}')"
)
STATEMENTS = (
    "DELETE FROM night_audit_sessions WHERE id = :n",
    "UPDATE night_audit_sessions SET status = 'in_progress' WHERE id = :n",
    "UPDATE night_audit_sessions SET status = 'draft' WHERE id = :n",
    "UPDATE night_tabs SET inputs = '{}' WHERE night_id = :n",
    "UPDATE night_tabs SET version = version + 1 WHERE night_id = :n",
    "DELETE FROM night_tabs WHERE night_id = :n",
    "UPDATE night_lines SET amount = amount + 1 WHERE night_id = :n",
    "UPDATE night_lines SET person = 'autre' WHERE night_id = :n",
    "DELETE FROM night_lines WHERE night_id = :n",
    INSERTED,
    "UPDATE night_revisions SET snapshot = '{}' WHERE night_id = :n",
    "DELETE FROM night_revisions WHERE night_id = :n",
    "UPDATE submissions SET motifs = '{}' WHERE night_id = :n",
    "DELETE FROM submissions WHERE night_id = :n",
    "UPDATE overrides SET motif = 'autre' WHERE night_id = :n",
    "DELETE FROM overrides WHERE night_id = :n",
    "UPDATE changes SET action = 'autre' WHERE night_id = :n",
    "DELETE FROM changes WHERE night_id = :n",
)


NIGHT = "UPDATE night_audit_sessions SET {} WHERE id = :n"
COLUMNS = ("version", "revision", "recap_balance", "deposit_cdn", "opened_by", "auditor_id")


@pytest.mark.parametrize(
    "statement",
    [
        *(NIGHT.format(f"{column} = 99") for column in COLUMNS),
        *(NIGHT.format(f"{column} = NULL") for column in ("frozen", "checksum")),
        *STATEMENTS,
    ],
)
def test_no_row_of_a_locked_night_moves_by_sql(shared, locked, statement):
    [(found,)] = rows(shared, "SELECT id FROM night_audit_sessions WHERE audit_date = :d", d=locked.day)
    for table in ("night_tabs", "night_lines", "night_revisions", "submissions", "overrides", "changes"):
        assert rows(shared, f"SELECT 1 FROM {table} WHERE night_id = :n", n=found), table  # noqa: S608
    before = book(shared, only=NIGHTS)
    with shared.app_context(), pytest.raises(DBAPIError), write() as connection:
        connection.execute(text(statement), {"n": found})
    assert book(shared, only=NIGHTS) == before


def test_every_value_of_a_correction_needs_a_correction(shared, locked):
    denis = known(shared, "directeur", locked.day)
    assert denis.patch("recap", {"cash_ls_lecture": "1.00"}).status_code == 423
    assert "Ouvrez une correction" in denis.patch("recap", {"cash_ls_lecture": "1.00"}).json["detail"]
    assert problems(denis.post("/rouvrir", {"motif": " "})) == {"motif": "Une réouverture demande un motif."}
    denis.reopen("compte refait")
    denis.save("recap", {"cash_ls_lecture": "1.00"})
