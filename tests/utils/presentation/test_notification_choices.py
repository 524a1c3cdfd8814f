"""What a hotel chose of its notifications: the form read back, the rows of the table, the people by exception."""

import pytest
from werkzeug.datastructures import MultiDict

from tests.utils.presentation.test_notifications import KINDS
from utils.presentation.notification_choices import SHORT, choices_given, exceptions, kind_rows
from utils.presentation.notifications import Typed
from utils.presentation.words import ROLES


def test_every_role_has_its_short_word():
    assert SHORT.keys() == ROLES.keys()


def test_a_person_added_by_exception_is_of_the_kind_that_was_chosen_and_once():
    form = MultiDict([("ecart__personnes", "12"), ("exception__personne", "13"), ("exception__avis", "ecart")])
    assert choices_given(form, KINDS)["kinds"]["ecart"]["personnes"] == [12, 13]
    assert choices_given(form, KINDS)["kinds"]["retard"]["personnes"] == []
    form.setlist("exception__personne", ["12"])
    assert choices_given(form, KINDS)["kinds"]["ecart"]["personnes"] == [12]
    form.setlist("exception__personne", [""])
    assert choices_given(form, KINDS)["kinds"]["ecart"]["personnes"] == [12]


def test_the_exceptions_are_told_by_name_and_somebody_unknown_is_none():
    told, untold = {"key": "ecart", "label": "Écart", "personnes": [7, 9]}, {"key": "retard", "personnes": []}
    assert exceptions([told, untold], {7: "Camille"}) == [("ecart", "Écart", 7, "Camille")]


def test_an_empty_form_makes_a_document_where_nothing_is_told():
    given = choices_given(MultiDict(), KINDS)
    assert given["kinds"] == {
        "ecart": {"actif": False, "roles": [], "personnes": [], "seuil": None, "critique": None},
        "retard": {"actif": False, "roles": [], "personnes": []},
    }
    assert given["silence"] is None
    assert given["escalade"] == {"roles": [], "minutes": ""}


def test_the_form_is_read_no_further_than_its_shape():
    form = MultiDict(
        [
            ("ecart__actif", "1"),
            ("ecart__roles", "gm"),
            ("ecart__roles", "controller"),
            ("ecart__personnes", "12"),
            ("ecart__personnes", "x"),
            ("ecart__seuil", " 5,00 "),
            ("ecart__critique", "  "),
            ("silence__de", "23:00"),
            ("escalade__roles", "admin"),
            ("escalade__minutes", " 30 "),
        ]
    )
    given = choices_given(form, KINDS)
    assert given["kinds"]["ecart"] == {
        "actif": True,
        "roles": ["gm", "controller"],
        "personnes": [12, "x"],
        "seuil": "5,00",
        "critique": None,
    }
    assert given["silence"] == {"de": "23:00", "a": ""}
    assert given["escalade"] == {"roles": ["admin"], "minutes": 30}


@pytest.mark.parametrize("typed", ["-5", "1,5", "٣٠", "bientôt"])
def test_minutes_that_are_no_number_are_left_to_be_refused(typed):
    assert choices_given(MultiDict({"escalade__minutes": typed}), KINDS)["escalade"]["minutes"] == typed


def document(**more):
    both = {"actif": True, "seuil": "5.00", "critique": None}
    return {"kinds": {"ecart": both | more, "retard": {"actif": False}}}


def test_a_kind_shows_its_amounts_in_french():
    first, second = kind_rows(KINDS, document(), typed=False)
    assert first["fields"] == [
        Typed("ecart__seuil", "Seuil", "5,00"),
        Typed("ecart__critique", "Critique", ""),
    ]
    assert first["unit"] == "$"
    assert (first["label"], first["actif"]) == ("Écart de caisse", True)
    assert (second["fields"], second["actif"]) == ([], False)


def test_what_was_typed_and_refused_stands_as_it_was():
    first, _ = kind_rows(KINDS, document(seuil="cinq"), typed=True)
    assert [one.value for one in first["fields"]] == ["cinq", ""]
