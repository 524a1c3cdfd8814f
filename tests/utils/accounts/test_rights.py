"""Whose account an administrator may touch, and what is never left without an administrator."""

import pytest

from database import users
from database.transaction import read, write
from tests.database.test_properties import new_hotel
from tests.utils.accounts.conftest import told
from utils.accounts.create import AccountError
from utils.accounts.rights import (
    NoSuchAccount,
    governs_whole_account,
    keep_an_administrator,
    need_member,
    need_whole_account,
    tell,
)


@pytest.fixture
def second(accounts):
    """Another hotel, in which the auditor works too."""
    hotel = new_hotel("AUTRE").id
    with write() as connection:
        users.give_role(connection, accounts["auditeur"], hotel, "night_auditor")
    return hotel


def test_a_person_of_the_hotel_is_found_and_any_other_does_not_exist(accounts):
    with read() as connection:
        assert need_member(connection, 1, accounts["auditeur"]).role == "night_auditor"
        for property_id, user_id in ((1, 999), (2, accounts["auditeur"])):
            with pytest.raises(NoSuchAccount, match="pas de rôle dans cet hôtel"):
                need_member(connection, property_id, user_id)


def test_an_account_is_governed_by_who_administers_all_its_hotels(accounts, second):
    with read() as connection:
        assert governs_whole_account(connection, accounts["admin"], accounts["directeur"])
        assert not governs_whole_account(connection, accounts["admin"], accounts["auditeur"])
        assert not governs_whole_account(connection, accounts["directeur"], accounts["auditeur"])
        with pytest.raises(AccountError, match="que vous n’administrez pas"):
            need_whole_account(connection, accounts["admin"], accounts["auditeur"])
    with write() as connection:
        users.give_role(connection, accounts["admin"], second, "admin")
        assert governs_whole_account(connection, accounts["admin"], accounts["auditeur"])


def test_a_hotel_keeps_an_administrator(accounts, second):
    with read() as connection:
        keep_an_administrator(connection, 1)
        with pytest.raises(AccountError, match="dernier compte qui administre"):
            keep_an_administrator(connection, second)


def test_each_hotel_of_an_account_hears_what_was_done_to_it(admin, accounts, second):
    with write() as connection:
        tell(connection, admin, accounts["auditeur"], "désactivé", "Départ")
    assert told()[-2:] == [(f"compte.{accounts['auditeur']}", None, '"désactivé"')] * 2
