"""Addresses that the eye takes for another are not created; those of people are."""

import pytest

from tests.applications import login
from tests.routes.test_utilisateurs import ids
from utils.accounts.create import AccountError, checked_address
from utils.text import skeleton

DISGUISED = (
    "auditeur@dеmo.hotel",  # a Cyrillic е
    "аuditeur@demo.hotel",  # a Cyrillic а
    "audit\u0301eur@demo.hotel",
    "ａuditeur@demo.hotel",
    "auditeur@ｄemo.hotel",
    "auditeur@demo。hotel",
    "aud\u0130teur@demo.hotel",
    "auditeur;x@demo.hotel",
    "auditeur\u037ex@demo.hotel",
    "auditeur。x@demo.hotel",
    "auditeur١@demo.hotel",
    "ﬁona@demo.hotel",
    "αuditeur@demo.hotel",
    "ⅿarie@demo.hotel",
)
PEOPLE = ("élise@exemple.ca", "o’brien@exemple.ca", "zoe@hôtel.ca", "jean-françois.l_ecuyer+nuit@exemple.ca")


@pytest.mark.parametrize("address", DISGUISED)
def test_a_disguised_letter_is_refused(address):
    with pytest.raises(AccountError, match=r"\.$"):
        checked_address(address)


@pytest.mark.parametrize("address", PEOPLE)
def test_the_address_of_a_person_is_accepted(address):
    assert checked_address(address) == address


@pytest.mark.parametrize("address", ["adrnin@demo.hotel", "adm1n@demo.hotel".replace("1", "ı"), "admin@derno.hotel"])
def test_what_looks_like_an_account_is_refused(app, address):
    client = app.test_client()
    login(client, "admin@demo.hotel")
    before = ids(app)
    answer = client.post("/utilisateurs", data={"courriel": address, "nom": "X", "role": "gm"})
    assert answer.status_code == 422
    assert ids(app) == before


ALIKE = (("рaypal", "paypal"), ("ѕсоре", "scope"), ("rnarie", "marie"), ("mariel", "marie1"), ("bοb", "bob"))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)
    assert skeleton("élise") != skeleton("elise")
