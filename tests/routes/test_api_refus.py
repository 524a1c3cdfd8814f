"""Whatever cannot be a value is refused: the right status, a French sentence that names the field, nothing stored."""

import json

import pytest

from tests.utils.actions.nights import DAY, NIGHTS, Person, book, known, problems, set_policy
from utils.actions.state import TYPED_TABS
from utils.rj.catalogue import BY_KEY

A = "ligne-aa"


@pytest.fixture
def refused(shared, settled):
    """Send a request that must be refused; its problems, once the book is found untouched."""

    def send(status, method, path, who=None, **request):
        before = book(shared, only=NIGHTS)
        answer = (who or settled).send(method, path, **request)
        assert answer.status_code == status, (answer.status_code, answer.text[:500])
        assert answer.content_type == "application/problem+json"
        assert answer.json["status"] == status
        assert answer.json["detail"]
        assert book(shared, only=NIGHTS) == before
        return problems(answer)

    return send


def raw(tab, values="{}", version="3", more=""):
    """The text of a PATCH, value by value as it travels."""
    return {
        "data": f'{{"version": {version}, "values": {values}{more}}}',
        "content_type": "application/json",
        "path": f"/{tab}",
        "method": "PATCH",
    }


# numbers


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e2", "12.5", "12", "1" * 400])
@pytest.mark.parametrize(
    ("tab", "values", "path"),
    [
        ("recap", '{"cash_ls_lecture": %s}', "values.cash_ls_lecture"),
        ("sd", '{"sd_entries": [{"id": "ligne-aa", "amount": %s}]}', "values.sd_entries[0].amount"),
    ],
)
def test_a_number_is_never_an_amount(refused, number, tab, values, path):
    found = refused(422, **raw(tab, values % number))
    assert list(found) == [path]
    assert found[path].startswith(("Il faut un texte", "« ", "Nombre trop grand"))


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "1e999", "1.0", "-1", "1000000000", "9" * 30, '"7"', "true", "[]"]
)
def test_a_count_is_a_small_whole_number(refused, number):
    assert list(refused(422, **raw("jour", f'{{"jour_nb_clients": {number}}}'))) == ["values.jour_nb_clients"]


@pytest.mark.parametrize(
    "text",
    [
        *("12,34,56", "12,34", "1 234.56", "1.234,56", "1,234.56", "NaN", "Infinity", "1e999", "1e2", "12.345", "--1"),
        *("+1", "1-", "(1.00)", "=1+1", "0x10", "١٢", "1.00\n", " 1.00", "1234567890123", "$1", "1.", ".5", "-"),
    ],
)
def test_an_amount_in_json_has_one_form(refused, text):
    found = refused(422, **raw("recap", json.dumps({"cash_ls_lecture": text})))
    assert list(found) == ["values.cash_ls_lecture"]
    assert found["values.cash_ls_lecture"].startswith("Montant invalide : « ")


@pytest.mark.parametrize(
    "text",
    [
        *("12,34,56", "1,234.56", "1.234,56", "1,234", "12,345", "12a", "1+", "+", "=", "NaN", "Infinity", "1e999"),
        *("1++2", "(1", "1)", "1234567890123", "9" * 5000, "12 34", "$", "1\x00", "999999999999+999999999999"),
    ],
)
def test_an_amount_typed_two_ways_is_refused_and_named(refused, text):
    saisies = {"cash_ls_lecture": text, "cash_pos_lecture": "1"}
    found = refused(422, "PATCH", "/recap", json={"version": 3, "saisies": saisies})
    assert len(found) == 1
    assert next(iter(found)).endswith("cash_ls_lecture")


# wrong types, kind by kind

WRONG = {
    "money": (True, 1, [], {}, ["1.00"], {"a": "1.00"}),
    "count": (True, "1", 1.5, [], {}),
    "text": (True, 1, 1.5, [], {}, ["a"]),
    "choice": (True, 1, "grêle", "NEIGE", [], {}),
    "flag": ("true", 1, 0, "oui", [], {}),
    "date": (True, 20251223, "2025-02-30", "23-12-2025", "2025-12-23T00:00", "0001-01-01", "9999-12-31", [], {}),
    "lines": (True, 1, "a", {}, {"0": {}}, ["a"], [1], [[]], [True]),
    "map": (True, 1, "a", [], ["1.00"]),
    "list": (True, 1, "1.00", {}, [1], [["1.00"]], [{}], ["1,00"], [True]),
    "group": (True, 1, "a", [], ["a"]),
    "line column": (True, 1, [], {}),
}
CELLS = {
    "money": ("recap", ("cash_ls_lecture",)),
    "count": ("jour", ("jour_nb_clients",)),
    "text": ("controle", ("notes",)),
    "choice": ("controle", ("weather_condition",)),
    "flag": ("dueback", ("sans_activite",)),
    "date": ("sd", ("depot_data", "client6", "date")),
    "lines": ("sd", ("sd_entries",)),
    "map": ("transelect", ("transelect_restaurant", "visa", "terminals")),
    "list": ("sd", ("depot_data", "client6", "amounts")),
    "group": ("geac", ("geac_balance_sheet",)),
    "line column": ("sd", ("sd_entries", 0, "amount")),
}


def nested(keys, value):
    """The document that holds a value at these keys; a position makes a list of one line."""
    for key in reversed(keys):
        value = [value] if isinstance(key, int) else {key: value}
    return value


@pytest.mark.parametrize(
    ("kind", "wrong"), [(kind, wrong) for kind, values in WRONG.items() for wrong in values], ids=repr
)
def test_a_value_of_another_type_is_refused_and_named(refused, kind, wrong):
    tab, keys = CELLS[kind]
    found = refused(422, "PATCH", f"/{tab}", json={"version": 3, "values": nested(keys, wrong)})
    path = "values" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    assert found
    assert all(name.startswith(path) for name in found), found
    assert all(sentence.endswith((".", "…")) for sentence in found.values()), found


@pytest.mark.parametrize("wrong", [True, 1, [], {}, ["1"], {"a": "1"}, None], ids=repr)
def test_a_text_typed_is_a_text(refused, wrong):
    found = refused(422, "PATCH", "/recap", json={"version": 3, "saisies": {"cash_ls_lecture": wrong}})
    assert list(found) == ["saisies.cash_ls_lecture"]


# texts


@pytest.mark.parametrize(
    "text", ["x" * 4001, "a\x00b", "a\x07b", "a\x1bb", "a\x0bb"], ids=["long", "nul", "bell", "escape", "vertical tab"]
)
@pytest.mark.parametrize("how", ["values", "saisies"])
def test_a_text_too_long_or_with_a_control_character_is_refused(refused, text, how):
    found = refused(422, "PATCH", "/controle", json={"version": 3, how: {"notes": text}})
    assert len(found) == 1
    assert next(iter(found)).endswith("notes")


@pytest.mark.parametrize("half", ["\\ud800", "\\udfff", "a\\ud83d b"])
def test_half_a_character_is_refused(refused, half):
    assert list(refused(422, **raw("controle", f'{{"notes": "{half}"}}'))) == ["values.notes"]
    assert len(refused(422, **raw("controle", f'{{"{half}": "a"}}'))) == 1
    body = f'{{"motifs": {{"chk_recap": "{half}"}}}}'
    assert len(refused(422, "POST", "/soumettre", data=body, content_type="application/json")) == 1


def test_a_text_of_the_longest_length_with_every_kind_of_letter_is_kept(anne):
    text = "é€🙂\t\nÀ « l’ombre »" + "x" * 3900
    assert anne.save("controle", {"notes": text})["values"] == {"notes": text}
    assert anne.values("controle") == {"notes": text}


# keys


@pytest.mark.parametrize(
    ("tab", "values", "path", "sentence"),
    [
        ("recap", {"inconnu": "1.00"}, "values.inconnu", "Champ inconnu."),
        ("recap", {"cash_ls_net": "1.00"}, "values.cash_ls_net", "calculé"),
        ("recap", {"recap_total_recettes": None}, "values.recap_total_recettes", "calculé"),
        ("dueback", {"dueback_rj": "1.00"}, "values.dueback_rj", "calculé"),
        ("controle", {"property_rooms": 3}, "values.property_rooms", "calculé"),
        ("controle", {"audit_date": DAY}, "values.audit_date", "La date se donne au premier niveau."),
        ("geac", {"geac_balance_sheet": {"x": "1.00"}}, "values.geac_balance_sheet.x", "Champ inconnu."),
        ("sd", {"sd_entries": [{"id": A, "x": "1.00"}]}, "values.sd_entries[0].x", "Champ inconnu."),
        ("sd", {"sd_entries": [{"id": A, "variance": "1.00"}]}, "values.sd_entries[0].variance", "calculé"),
        ("dbrs", {"dbrs_market_rows": {"999": 1}}, "values.dbrs_market_rows.999", "Ligne inconnue"),
        ("dbrs", {"dbrs_market_rows": {"": 1}}, "values.dbrs_market_rows.", "Il manque la clé."),
        (
            "transelect",
            {"transelect_restaurant": {"cheque": {}}},
            "values.transelect_restaurant.cheque",
            "Champ inconnu.",
        ),
        ("recap", {"": "1.00"}, "values.", "Champ inconnu."),
        ("recap", {"x" * 5000: "1.00"}, f"values.{'x' * 39}…", "Champ inconnu."),
        ("recap", {"a\u0000b": "1.00"}, "values.a b", "Champ inconnu."),
    ],
)
def test_an_unknown_or_calculated_field_is_refused_and_named(refused, tab, values, path, sentence):
    found = refused(422, "PATCH", f"/{tab}", json={"version": 3, "values": values})
    assert list(found) == [path]
    assert sentence in found[path]


@pytest.mark.parametrize(
    ("tab", "cell"),
    [
        ("recap", "inconnu"),
        ("recap", "cash_ls_net"),
        ("recap", ""),
        ("recap", "."),
        ("recap", "cash_ls_lecture."),
        ("sd", "sd_entries"),
        ("sd", "sd_entries.ligne-aa"),
        ("sd", "sd_entries.ligne-aa."),
        ("sd", "sd_entries.ligne-aa.variance"),
        ("sd", "sd_entries.LIGNE-AA.amount"),
        ("sd", "sd_entries.x.amount"),
        ("controle", "audit_date"),
        ("transelect", "transelect_terminals"),
        ("transelect", "transelect_terminals.ligne-aa.label"),
        ("transelect", "transelect_restaurant"),
        ("transelect", "transelect_restaurant.visa.terminals"),
        ("transelect", "transelect_restaurant.visa.terminals."),
        ("dbrs", "dbrs_market_rows.999"),
        ("sommaire", "chk_recap"),
    ],
)
def test_a_text_for_a_cell_that_cannot_be_filled_is_refused(refused, tab, cell):
    found = refused(422, "PATCH", f"/{tab}", json={"version": 3, "saisies": {cell: "1"}})
    assert set(found) <= {f"saisies.{cell}", "values"}


@pytest.mark.parametrize(
    ("terminal", "where"),
    [("inconnu", "inconnu"), ("bar_A", "bar_A"), ("a\u0000b", "a b"), ("x" * 400, f"{'x' * 39}…")],
)
@pytest.mark.parametrize("how", ["values", "saisies"])
def test_an_unknown_terminal_is_refused_and_named(refused, terminal, where, how):
    cell = "transelect_restaurant.visa.terminals"
    given = {
        "values": nested((*cell.split("."), terminal), "1.00"),
        "saisies": {f"{cell}.{terminal}": "1"},
    }
    found = refused(422, "PATCH", "/transelect", json={"version": 3, how: given[how]})
    assert len(found) == 1
    path, sentence = next(iter(found.items()))
    assert path.endswith(where) or len(terminal) > 100
    assert sentence.startswith(("Terminal inconnu.", "Le nom de la case dépasse"))


def test_a_terminal_with_a_name_too_long_for_the_journal_stays_out_of_the_list(shared, anne):
    before = book(shared, only=NIGHTS)
    terminals = [{"id": "t" * 61, "label": "Terminal", "group": "pos"}]
    answer = anne.patch("transelect", {"transelect_terminals": terminals})
    assert answer.status_code == 422
    assert "60 caractères" in next(iter(problems(answer).values()))
    assert book(shared, only=NIGHTS) == before


@pytest.mark.parametrize(
    "terminals",
    [
        [{}],
        [{"id": "a", "label": "A"}],
        [{"id": "a", "group": "autre"}],
        [{"id": "a", "group": "pos"}, {"id": "a", "group": "pos"}],
        [{"id": 1, "group": "pos"}],
        [{"id": "a\u0000", "group": "pos"}],
        ["bar_a"],
        {"bar_a": "pos"},
    ],
)
def test_a_list_of_terminals_must_make_sense(refused, terminals):
    found = refused(422, "PATCH", "/transelect", json={"version": 3, "values": {"transelect_terminals": terminals}})
    assert all(path.startswith("values.transelect_terminals") for path in found)


def test_a_terminal_that_has_batches_does_not_leave_the_list(refused, anne):
    anne.save("transelect", nested(("transelect_restaurant", "visa", "terminals", "bar_a"), "1.00"))
    only = [{"id": "bar_b", "label": "Bar B", "group": "pos"}]
    document = {"version": 2, "values": {"transelect_terminals": only}}
    found = refused(422, "PATCH", "/transelect", who=anne, json=document)
    assert found == {"transelect.transelect_restaurant.visa.terminals.bar_a": "Terminal inconnu."}


def test_a_terminal_gone_from_the_settings_stops_no_other_tab(app):
    anne = Person(app).open()
    anne.save("transelect", nested(("transelect_restaurant", "visa", "terminals", "bar_a"), "1.00"))
    set_policy(app, terminals=[{"id": "bar_b", "label": "Bar B", "group": "pos"}])
    anne.save("recap", {"cash_pos_lecture": "1.00"})
    assert anne.patch("transelect", {"transelect_reception": {"visa": {"term8": "1.00"}}}).status_code == 422
    anne.save("transelect", nested(("transelect_restaurant", "visa", "terminals", "bar_a"), None))


# due backs


@pytest.mark.parametrize(
    ("second", "column", "sentence"),
    [
        *(
            ({"name": name}, "name", "Cette personne est déjà dans la liste.")
            for name in ("Zoé Un", "ZOE\u0301 UN", "Zoé\u3000Un", "\u200eZoé  Un ")
        ),
        ({"name": "Deux", "previous": "0.01"}, "previous", "Le solde précédent doit être négatif ou nul."),
        ({"name": "Deux", "nouveau": "-0.01"}, "nouveau", "Le nouveau due back doit être positif ou nul."),
    ],
)
@pytest.mark.parametrize("how", ["values", "saisies"])
def test_a_due_back_that_cannot_be_is_refused_at_its_cell(refused, anne, second, column, sentence, how):
    entries = [{"id": "ligne-un", "name": "Zoé Un", "nouveau": "5.00"}, {"id": "ligne-deux"}]
    anne.save("dueback", {"dueback_entries": entries})
    if how == "values":
        request = {"values": {"dueback_entries": [{"id": "ligne-deux", **second}]}}
    else:
        request = {"saisies": {f"dueback_entries.ligne-deux.{key}": text for key, text in second.items()}}
    found = refused(422, "PATCH", "/dueback", who=anne, json={"version": 2, **request})
    assert found == {f"dueback.dueback_entries.ligne-deux.{column}": sentence}


# lines


@pytest.mark.parametrize(
    "line_id",
    ["court", "x" * 37, "MAJUSCULE", "avec espace", "accentué1", "a.b.c.d.e", "ligne-aa\n", 1, 0, False, [], {}],
)
def test_a_bad_line_id_is_refused_and_named(refused, line_id):
    entries = [{"id": A}, {"id": line_id, "amount": "1.00"}]
    found = refused(422, "PATCH", "/sd", json={"version": 3, "values": {"sd_entries": entries}})
    assert list(found) == ["values.sd_entries[1].id"]


@pytest.mark.parametrize("flag", ["true", 1, 0, "", [], {}, None])
def test_removing_is_said_by_true_alone(refused, flag):
    entries = [{"id": A, "_supprimer": flag}]
    found = refused(422, "PATCH", "/sd", json={"version": 3, "values": {"sd_entries": entries}})
    assert list(found) == ["values.sd_entries[0]._supprimer"]


def test_a_line_given_twice_in_one_request_is_refused(refused):
    entries = [{"id": "ligne-cc", "amount": "1.00"}, {"id": "ligne-cc", "amount": "2.00"}]
    found = refused(422, "PATCH", "/sd", json={"version": 3, "values": {"sd_entries": entries}})
    assert found == {"values.sd_entries[1].id": "Cette ligne est donnée deux fois."}


# the body as a whole


@pytest.mark.parametrize(
    "body",
    [
        *("", "{", "}", "{'version': 1}", '{"version": 1,}', "[1, 2", "nul", '{"version": 01}', '"\\x"', "{}{}"),
        *(b"\xff\xfe", b'{"version": 1, "values": {"notes": "\xe9"}}', "[" * 100_000),
    ],
    ids=lambda body: repr(body[:12]),
)
@pytest.mark.parametrize(("method", "path"), [("PATCH", "/recap"), ("POST", "/soumettre"), ("PUT", "/reprise")])
def test_malformed_json_is_400(refused, body, method, path):
    refused(400, method, path, data=body, content_type="application/json")


@pytest.mark.parametrize("body", ["[]", "1", '"a"', "true", "NaN", "1e999"])
@pytest.mark.parametrize(("method", "path"), [("PATCH", "/recap"), ("POST", "/trancher"), ("PUT", "/reprise")])
def test_json_that_is_no_object_is_refused(refused, body, method, path):
    status = 400 if body == "NaN" else 422
    refused(status, method, path, data=body, content_type="application/json")


def test_a_key_twice_is_refused_and_named(refused):
    values = '{"cash_ls_lecture": "1.00", "cash_ls_lecture": "2.00"}'
    found = refused(422, **raw("recap", values))
    assert found == {"values.cash_ls_lecture": "La clé « cash_ls_lecture » est donnée deux fois."}
    assert list(refused(422, **raw("recap", more=', "version": 3'))) == ["version"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", None])
@pytest.mark.parametrize(("method", "path"), [("PATCH", "/recap"), ("POST", "/soumettre"), ("PUT", "/reprise")])
def test_what_is_not_said_to_be_json_is_415(refused, kind, method, path):
    refused(415, method, path, data='{"version": 3, "values": {}}', content_type=kind)


@pytest.mark.parametrize(
    "version", ["null", '"3"', "3.0", "true", "-1", "1e3", "[]", "99999999999", "NaN", "4", "999999999"]
)
def test_a_version_that_nobody_can_have_read_is_refused(refused, version):
    found = refused(422, **raw("recap", '{"cash_ls_lecture": "1.00"}', version))
    assert list(found) == ["version"]


def test_a_version_is_needed(refused):
    assert list(refused(422, "PATCH", "/recap", json={"values": {"cash_ls_lecture": "1.00"}})) == ["version"]


def test_a_key_that_a_save_does_not_know_is_refused(refused):
    document = {"version": 3, "values": {"cash_ls_lecture": "1.00"}, "valeurs": {}}
    assert refused(422, "PATCH", "/recap", json=document) == {"valeurs": "Champ inconnu."}


def test_every_problem_is_named_at_once(refused):
    values = {"cash_ls_lecture": "a", "cash_pos_lecture": 1, "inconnu": "1.00"}
    found = refused(422, "PATCH", "/recap", json={"version": "x", "values": values})
    assert "version" in found
    found = refused(
        422, "PATCH", "/recap", json={"version": 3, "values": values, "saisies": {"cheque_ar_corr": "1,2,3"}}
    )
    assert set(found) == {"values.cash_ls_lecture", "values.cash_pos_lecture", "values.inconnu", "recap.cheque_ar_corr"}


@pytest.mark.parametrize(
    ("method", "path"), [("PATCH", "/recap"), ("POST", "/soumettre"), ("PUT", "/reprise"), ("POST", "")]
)
def test_twelve_megabytes_are_413(refused, method, path):
    body = b'{"version": 3, "values": {"notes": "' + b"x" * 12_000_000 + b'"}}'
    refused(413, method, path, data=body, content_type="application/json")


def test_the_largest_document_that_makes_sense_is_taken(anne):
    line = {"name": "Personne", "amount": "1.00", "note": "x" * 1000}
    answer = anne.save("sd", {"sd_entries": [line | {"id": f"ligne-{n:04d}"} for n in range(500)]})
    assert answer["computed"]["sd_total_amount"] == "500.00"


# addresses


@pytest.mark.parametrize(
    "wrong",
    [
        *("0001-01-01", "9999-12-31", "1999-12-31", "2100-01-01", "2025-02-30", "2025-13-01", "2025-1-1", "20251223"),
        *("hier", "NaN", "2025-12-23T00:00", "٢٠٢٥-١٢-٢٣", "%00", "-2025-12-23", "2025-12-23%20"),
    ],
)
@pytest.mark.parametrize(("method", "rest"), [("GET", ""), ("POST", ""), ("PATCH", "/recap"), ("GET", "/journal")])
def test_a_date_that_is_no_business_date_is_422(refused, settled, wrong, method, rest):
    body = {} if method == "GET" else {"json": {"version": 1, "values": {}}}
    assert list(refused(422, method, rest, who=settled.on(wrong), **body)) == ["date"]


@pytest.mark.parametrize("method", ["GET", "PATCH"])
@pytest.mark.parametrize("tab", ["inconnu", "RECAP", "recap%00", "..", "%ED%A0%80"])
def test_a_tab_that_does_not_exist_is_404(refused, method, tab):
    refused(404, method, f"/{tab}", json={"version": 3, "values": {}} if method != "GET" else None)


@pytest.mark.parametrize(
    "name", ["recap.inconnu", "recap", "x", "recap.cash_ls_lecture", "sd.sd_entries.zzzzzzzz.variance", "a/b", "%00"]
)
def test_there_is_no_why_of_what_is_not_calculated(refused, name):
    refused(404, "GET", f"/pourquoi/{name}")


def test_nothing_is_typed_in_a_tab_that_calculates(refused):
    found = refused(422, "PATCH", "/sommaire", json={"version": 3, "values": {"chk_recap": "0.00"}})
    assert found == {"values": "Rien ne se saisit dans cet onglet."}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("GET", ""), ("GET", "/recap"), ("GET", "/journal"), ("GET", "/pourquoi/recap.cash_ls_net")),
        *(("PATCH", "/recap"), ("POST", "/soumettre"), ("POST", "/reprendre-veille"), ("POST", "/trancher")),
    ],
)
def test_a_night_that_was_never_opened_is_404(refused, settled, method, path):
    document = {"version": 1, "case": "recap.cash_ls_lecture", "choix": "garder"}
    body = {"/recap": {"version": 1, "values": {}}, "/soumettre": {}, "/trancher": document}.get(path)
    request = {} if method == "GET" else {"json": body}
    assert refused(404, method, path, who=settled.on("2024-12-01"), **request) == {}


# actions on the night


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"motifs": []}, "motifs"),
        ({"motifs": {"chk_recap": 1}}, "motifs.chk_recap"),
        ({"motifs": {"chk_recap": "a\u0000b"}}, "motifs.chk_recap"),
        ({"motifs": {"chk_recap": "x" * 4001}}, "motifs.chk_recap"),
        ({"motifs": {"inconnu": "a"}}, "motifs.inconnu"),
        ({"motifs": {"x" * 500: "a"}}, f"motifs.{'x' * 39}…"),
        ({"motifs": {"a\u0000": "a"}}, "motifs.a "),
        ({"en_attente": "oui"}, "en_attente"),
        ({"en_attente": 1}, "en_attente"),
        ({"autre": 1}, "autre"),
    ],
)
def test_a_submission_that_cannot_be_read_is_refused(refused, document, path):
    assert list(refused(422, "POST", "/soumettre", json=document)) == [path]


@pytest.mark.parametrize(
    "motif",
    [None, "", "   ", 1, True, [], {}, "a\u0000b", "x" * 4001, "x", "ok ok ok", "..........", "vérifié"],
    ids=repr,
)
def test_a_reason_is_a_text_that_says_something(refused, anne, denis, motif):
    anne.save("recap", {"cash_ls_lecture": "100.00", "deposit_cdn": "1.00"})
    for path, document in (("/derogations", {"check": "chk_recap", "motif": motif}), ("/rouvrir", {"motif": motif})):
        assert list(refused(422, "POST", path, who=denis, json=document)) == ["motif"]


@pytest.mark.parametrize("check", [None, 1, "chk_inconnu", "", [], {}, "chk_recap\u0000"], ids=repr)
def test_an_override_names_a_check(shared, refused, settled, check):
    denis = known(shared, "directeur", settled.day)
    document = {"check": check, "motif": "vu avec la direction"}
    assert list(refused(422, "POST", "/derogations", who=denis, json=document)) == ["check"]


@pytest.mark.parametrize(
    ("document", "paths"),
    [
        ({}, ["case", "choix", "version"]),
        ({"case": "recap.cash_ls_net", "choix": "garder", "version": 3}, ["case"]),
        ({"case": "x.y", "choix": "garder", "version": 3}, ["case"]),
        ({"case": 12, "choix": "garder", "version": 3}, ["case"]),
        ({"case": "recap.cash_ls_lecture", "choix": "autre", "version": 3}, ["choix"]),
        ({"case": "recap.cash_ls_lecture", "choix": [], "version": 3}, ["choix"]),
        ({"case": "recap.cash_ls_lecture", "choix": "garder", "version": True}, ["version"]),
        ({"case": "recap.cash_ls_lecture", "choix": "garder"}, ["version"]),
    ],
)
def test_a_choice_that_cannot_be_read_is_refused(refused, document, paths):
    assert list(refused(422, "POST", "/trancher", json=document)) == paths


def test_there_is_nothing_to_choose_where_two_values_do_not_stand(refused):
    document = {"case": "recap.cash_ls_lecture", "choix": "garder", "version": 3}
    refused(409, "POST", "/trancher", json=document)


@pytest.mark.parametrize(
    ("block", "path"),
    [
        ({"inconnu": "1.00"}, "previous.inconnu"),
        ({"jour_new_balance": 1}, "previous.jour_new_balance"),
        ({"jour_new_balance": "12,34,56"}, "previous.jour_new_balance"),
        ({"audit_date": "0001-01-01"}, "previous.audit_date"),
        ({"dueback": [{"name": "a\u0000", "nouveau": "1.00"}]}, "previous.dueback[0].name"),
        ({"dueback": {"name": "a"}}, "previous.dueback"),
        ({"mtd": {"rooms_louees": "1"}}, "previous.mtd.rooms_louees"),
        ({"mtd": {"inconnu": "1.00"}}, "previous.mtd.inconnu"),
        ({"ytd_avant_mois": []}, "previous.ytd_avant_mois"),
        ({"transelect_terminals": [{}]}, "previous.transelect_terminals[0]"),
    ],
)
def test_a_reprise_that_cannot_be_read_is_refused(refused, block, path):
    assert path in refused(422, "PUT", "/reprise", json=block)


# the largest figures


def test_the_largest_figures_are_kept_or_refused_and_never_break(anne):
    """Every amount and every count at its largest, tab by tab: an answer of the product each time."""
    largest = {"money": "999999999999.99", "count": 999_999_999}
    for tab in TYPED_TABS:
        values = {}
        for field in BY_KEY[tab]:
            if field.typed and field.kind in largest and not field.items:
                *parents, last = field.key.split(".")
                place = values
                for parent in parents:
                    place = place.setdefault(parent, {})
                place[last] = largest[field.kind]
        answer = anne.patch(tab, values)
        assert answer.status_code == (422 if tab == "jour" else 200), (tab, answer.text[:300])
        if tab == "jour":
            assert all(name.startswith("jour.jour_") for name in problems(answer))
            assert "trop grand pour être gardé" in answer.text
    sold = [{"prix": "999999999999.99", "quantite": 999_999_999}] * 3
    assert anne.patch("sonifi", {"sonifi_unites": sold}).status_code in (200, 422)
    entries = [{"name": "Un", "amount": "-999999999999.99", "verified": "999999999999.99"}] * 3
    assert anne.patch("sd", {"sd_entries": entries}).status_code in (200, 422)
    assert anne.get().status_code == 200
    assert anne.get("/jour").status_code == 200


def test_a_locked_night_refuses_before_it_reads_a_version(anne):
    anne.save("recap", {"cash_pos_lecture": "1.00"})
    anne.lock()
    assert anne.patch("recap", {"cash_pos_lecture": "1.00"}, version=999_999).status_code == 423
