"""The forms of the description of the API: closed objects, answers that may be refused."""

from routes.api_formes import an_object, operation, or_empty, writing


def test_an_object_has_no_other_keys():
    assert an_object({"a": {}}) == {"type": "object", "additionalProperties": False, "properties": {"a": {}}}
    assert an_object({"a": {}}, ("a",))["required"] == ["a"]


def test_a_field_may_be_emptied():
    assert or_empty({"type": "string"}) == {"anyOf": [{"type": "string"}, {"type": "null"}]}


def test_every_operation_may_be_refused():
    answers = operation("Écrire", ok=(201,), schema="Onglet")["responses"]
    assert set(answers) == {"201", "400", "401", "403", "404", "409", "422", "503"}
    assert answers["201"]["content"]["application/json"]["schema"]["$ref"].endswith("/Onglet")
    assert answers["409"] == {"$ref": "#/components/responses/Probleme"}


def test_an_operation_takes_a_body_only_when_it_says_so():
    assert "requestBody" not in operation("Lire")
    assert operation("Écrire", {"type": "object"})["requestBody"]["required"]
    assert set(operation("Lire", refused=())["responses"]) == {"200", "400", "401", "403", "404", "409", "503"}


def test_what_writes_wants_the_token_and_the_hotel_of_the_page():
    found = writing("Écrire", {"type": "object"}, ok=(201,))
    assert [one["name"] for one in found["parameters"]] == ["X-CSRFToken", "X-Hotel"]
    assert {"201", "413", "415", "422", "423"} <= set(found["responses"])
