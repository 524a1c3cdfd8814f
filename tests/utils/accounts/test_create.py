"""An account is created once, at an address that a mail can reach, and its role is written in the journal."""

import pytest

from tests.utils.accounts.conftest import rows, told
from utils.accounts.create import AccountError, account, checked_address

GOOD = "une phrase que je choisis"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Marie@Hotel.CA ", "marie@hotel.ca"),
        ("jean-françois.l_ecuyer+nuit@exemple.ca", "jean-françois.l_ecuyer+nuit@exemple.ca"),
        ("zoe@hôtel.ca", "zoe@hôtel.ca"),
    ],
)
def test_an_address_is_kept_in_one_spelling(typed, kept):
    assert checked_address(typed) == kept


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "s’écrit comme"),
        ("marie", "s’écrit comme"),
        ("@hotel.ca", "s’écrit comme"),
        ("marie@hotel", "s’écrit comme"),
        ("marie@hotel.ca.", "s’écrit comme"),
        ("ma rie@hotel.ca", "s’écrit comme"),
        ("marie..x@hotel.ca", "Avant le « @ »"),
        (".marie@hotel.ca", "Avant le « @ »"),
        ("ma(rie)@hotel.ca", "Avant le « @ »"),
        ("marie@-hotel.ca", "ne peut pas être le domaine"),
        ("marie@ho_tel.ca", "ne peut pas être le domaine"),
        ("mаrie@hotel.ca", "se prend pour une autre"),
        ("x" * 65 + "@hotel.ca", "trop longue"),
        ("x" * 64 + "@" + ".".join(["y" * 62] * 3) + ".ca", "trop longue"),
    ],
)
def test_an_address_that_no_mail_reaches_is_refused_with_a_sentence(address, said):
    with pytest.raises(AccountError, match=said):
        checked_address(address)


def test_an_account_is_created_with_its_role_and_must_change_its_password(accounts):
    assert account("Marie@Hotel.ca", "  Marie  Côté ", "gm", "DEMO", lambda: GOOD)
    ((user_id, name, must),) = rows("SELECT id, name, must_change_password FROM users WHERE email = 'marie@hotel.ca'")
    assert (name, bool(must)) == ("Marie Côté", True)
    assert rows("SELECT role FROM memberships WHERE user_id = :user_id", user_id=user_id) == [("gm",)]
    assert told()[-1][2] == f'{{"compte":{user_id},"role":"gm"}}'


def test_an_account_that_exists_gets_another_role_and_keeps_its_password(accounts):
    before = rows("SELECT password_hash FROM users WHERE email = 'auditeur@demo.hotel'")
    assert not account("auditeur@demo.hotel", "Autre", "gsm", "DEMO", lambda: pytest.fail("asked"))
    assert rows("SELECT password_hash FROM users WHERE email = 'auditeur@demo.hotel'") == before


def test_an_account_without_a_name_has_that_of_its_address(accounts):
    account("marie@hotel.ca", " ", "gm", "DEMO", lambda: GOOD)
    assert rows("SELECT name FROM users WHERE email = 'marie@hotel.ca'") == [("marie",)]


@pytest.mark.parametrize(
    ("email", "code", "password", "said"),
    [
        ("marie@hotel.ca", "NULLE", GOOD, "Aucun hôtel n’a le code « NULLE »"),
        ("marie@hotel.ca", "DEMO", "court", "au moins 12"),
        ("adrnin@demo.hotel", "DEMO", GOOD, "se confond à l’œil"),
    ],
)
def test_what_cannot_be_created_leaves_nothing(accounts, email, code, password, said):
    before = rows("SELECT count(*) FROM users")
    with pytest.raises(AccountError, match=said):
        account(email, "Marie", "gm", code, lambda: password)
    assert rows("SELECT count(*) FROM users") == before
