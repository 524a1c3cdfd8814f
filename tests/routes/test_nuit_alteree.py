"""A night that somebody changed in the base is not closed, nor anything of it kept: what differs is named."""

import pytest

from tests.utils.actions.nights import DAY, REASON, Person, good, night, problems, rows, set_policy, tamper, wanted

CELL = "UPDATE night_tabs SET inputs = '{\"cash_ls_lecture\"\\:\"9.00\"}' WHERE tab = 'recap'"
LINE = "UPDATE night_lines SET amount = amount + 100"
ROLE = "UPDATE memberships SET role = 'admin' WHERE user_id = 1"
SETTING = "UPDATE property_settings SET document = '{\"rooms\"\\:7}'"
PAGES = (
    *(
        "/",
        "/rj/native",
        f"/rj/native/{DAY}",
        "/parametres",
        "/parametres/general",
        "/parametres/droits",
        "/parametres/taux",
    ),
    *(
        "/parametres/terminaux",
        "/parametres/personnel",
        "/parametres/automatismes",
        "/automatismes",
        "/api/moi",
        night(),
    ),
)


@pytest.fixture
def anne(app):
    """The auditor, in front of a night that is begun."""
    one = Person(app).open()
    one.save("recap", {"cash_ls_lecture": "1.00"})
    one.save("sd", {"sd_entries": [{"id": "ligne-aa", "name": "Un", "amount": "1.00"}]})
    return one


@pytest.mark.parametrize(
    ("statement", "path", "sentence"),
    [
        (CELL, "nuit", "L’onglet recap ne correspond plus au journal."),
        (LINE, "nuit", "Le relevé par personne de l’onglet sd ne correspond plus au journal."),
        (ROLE, "hotel", "Roles : « compte.1 » n’est pas ce que dit le journal : modifié hors de RJ Natif."),
        (SETTING, "hotel", "Réglages du 2024-12-01 : « rooms » n’est pas ce que dit le journal"),
    ],
)
def test_an_altered_night_is_not_submitted(app, anne, statement, path, sentence):
    assert tamper(app, statement) > 0
    refused = anne.submit()
    assert refused.status_code == 409
    assert problems(refused)[path].startswith(sentence)
    assert anne.whole()["etat"] == "in_progress"


def test_a_submitted_night_that_was_altered_is_not_locked(app):
    set_policy(app, verrouillage_auto=False)
    admin = Person(app, "admin").open()
    admin.save("recap", {"cash_ls_lecture": "1.00"})
    assert good(admin.submit())["etat"] == "submitted"
    assert tamper(app, CELL) == 1
    refused = admin.post("/verrouiller")
    assert refused.status_code == 409
    assert "9,00\xa0$ dans la base, 1,00\xa0$ au journal." in problems(refused)["recap.cash_ls_lecture"]
    assert tamper(app, CELL.replace("9.00", "1.00")) == 1
    assert good(admin.post("/verrouiller"))["etat"] == "locked"


KEPT = """
SELECT (SELECT count(*) FROM night_revisions), (SELECT count(*) FROM overrides), version FROM night_audit_sessions
"""


@pytest.mark.parametrize("door", ["/derogations", "/rouvrir", "/verrouiller"])
def test_an_altered_night_that_was_submitted_is_sealed_by_no_door(app, anne, door):
    waits = door == "/derogations"
    set_policy(app, verrouillage_auto=waits)
    if waits:
        anne.save("recap", {"cash_ls_lecture": "100.00", "cash_pos_lecture": "1.00", "deposit_cdn": "90.00"})
    good(anne.submit(en_attente=waits))
    assert tamper(app, LINE) > 0
    before = rows(app, KEPT)
    refused = Person(app, "directeur").post(door, {"motif": REASON, "check": "chk_recap"})
    assert refused.status_code == 409
    assert "ne correspond plus au journal" in problems(refused)["nuit"]
    assert rows(app, KEPT) == before


def test_writing_in_another_tab_does_not_make_an_altered_one_right(app, anne):
    assert tamper(app, CELL) == 1
    anne.save("jour", {"jour_rooms_simple": 12})
    assert anne.submit().status_code == 409


def test_a_night_put_right_is_submitted(app, anne):
    inputs = '{"cash_ls_lecture"\\:"1.00"}'
    assert tamper(app, CELL) == 1
    assert anne.submit().status_code == 409
    assert tamper(app, f"UPDATE night_tabs SET inputs = '{inputs}' WHERE tab = 'recap'") == 1  # noqa: S608
    assert anne.submit().status_code == 200


GIVEN = (
    "INSERT INTO property_settings (property_id, effective_from, document, created_at)"
    " VALUES (1, '2025-12-01', :document, '2026-01-01 00:00:00.000000')"
)
SHAPES = (
    *('{"rooms":{}}', '{"rates":{"tps":{}}}', '{"roles":7}', '{"roles":{"verrouiller":{"night_auditor":{}}}}'),
    *(
        '{"heure_bascule":{}}',
        '{"terminals":{"a":7},"staff":7}',
        '{"automatismes":[1]}',
        '{"automatismes":{"hebdo_jour":"x","digest":"99:99","synchro_minutes":[]}}',
        '{"conservation":[1]}',
    ),
    *("[]", "illisible", '{"rooms":1.5}', '{"rooms":NaN}', "[" * 3000, '{"rooms":"\\ud800","\\ud800":7}'),
)


@pytest.mark.parametrize("document", SHAPES)
def test_settings_of_a_wrong_shape_break_no_page_and_close_no_night(app, anne, document):
    motifs = dict.fromkeys(wanted(anne.whole()["demandes"]), REASON)
    assert tamper(app, GIVEN, document=document) == 1
    admin = Person(app, "admin")
    for path in PAGES:
        assert admin.client.get(path).status_code < 500, path
    refused = anne.post("/soumettre", {"motifs": motifs, "en_attente": False})
    assert refused.status_code == 409
    assert "hors de RJ Natif" in refused.json["detail"]


def test_a_right_given_by_a_map_is_given_to_nobody(app, anne):
    given = '{"roles":{"verrouiller":{"night_auditor":{}},"deroger":{"night_auditor":{}}}}'
    assert tamper(app, GIVEN, document=given) == 1
    assert anne.post("/derogations", {"motif": REASON, "check": "chk_recap"}).status_code == 403
