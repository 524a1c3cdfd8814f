"""What an administrator does to the people of a hotel, each time said in its journal."""

import re

import pytest

from database import users
from database.journal import Actor
from database.transaction import write
from tests.applications import PASSWORD
from tests.database.test_properties import new_hotel
from tests.utils.accounts.conftest import rows, told
from utils.accounts import passwords, people
from utils.accounts.create import AccountError
from utils.accounts.people import new_password

MARIE = ("marie@hotel.ca", " Marie  Côté ", "night_auditor")


def role_of(user_id, property_id=1):
    return [
        row[0]
        for row in rows(
            "SELECT role FROM memberships WHERE user_id = :user AND property_id = :hotel",
            user=user_id,
            hotel=property_id,
        )
    ]


def test_a_password_to_hand_over_has_no_letter_that_is_taken_for_another():
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){3}", one) for one in made)


def test_a_person_is_created_with_a_password_to_hand_over(admin):
    user_id, password = people.create_person(admin, 1, MARIE)
    assert rows("SELECT email, name FROM users WHERE id = :user", user=user_id) == [("marie@hotel.ca", "Marie Côté")]
    ((kept,),) = rows("SELECT password_hash FROM users WHERE id = :user", user=user_id)
    assert passwords.matches(password, kept)
    assert told("role")[-1] == (f"compte.{user_id}", None, '"night_auditor"')


@pytest.mark.parametrize(
    ("described", "said"),
    [
        (("marie", "Marie", "gm"), "s’écrit comme"),
        (("marie@hotel.ca", " ", "gm"), "Le nom a de 1 à"),
        (("marie@hotel.ca", "x" * 500, "gm"), "Le nom a de 1 à"),
        (("marie@hotel.ca", "Marie", "roi"), "rôle de la liste"),
        (("auditeur@demo.hotel", "Marie", "gm"), "a déjà un rôle"),
        (("adrnin@demo.hotel", "Marie", "gm"), "se confond à l’œil"),
    ],
)
def test_a_person_who_cannot_be_created_leaves_nothing(admin, described, said):
    before = rows("SELECT count(*) FROM users")
    with pytest.raises(AccountError, match=said):
        people.create_person(admin, 1, described)
    assert rows("SELECT count(*) FROM users") == before


def test_a_role_is_changed_and_taken_away(admin, accounts):
    user_id = accounts["auditeur"]
    people.change_role(admin, 1, user_id, "gsm")
    assert role_of(user_id) == ["gsm"]
    assert told("role")[-1] == (f"compte.{user_id}", '"night_auditor"', '"gsm"')
    people.change_role(admin, 1, user_id, "gsm")
    people.close_here(admin, 1, user_id)
    assert role_of(user_id) == []
    assert [row[1:] for row in told("role")[-2:]] == [('"night_auditor"', '"gsm"'), ('"gsm"', None)]
    with pytest.raises(AccountError, match="rôle de la liste"):
        people.change_role(admin, 1, accounts["directeur"], "roi")


def test_the_last_administrator_keeps_the_role(admin):
    with pytest.raises(AccountError, match="dernier compte qui administre"):
        people.change_role(admin, 1, admin.id, "gm")
    with pytest.raises(AccountError, match="dernier compte"):
        people.set_open(admin, 1, admin.id, active=False)
    assert role_of(admin.id) == ["admin"]


def test_an_account_is_closed_and_opened_again(admin, accounts):
    user_id = accounts["auditeur"]
    for active, said in ((False, '"désactivé"'), (True, '"réactivé"')):
        people.set_open(admin, 1, user_id, active=active)
        assert rows("SELECT active FROM users WHERE id = :user", user=user_id) == [(active,)]
        assert told()[-1][2] == said


def test_a_password_is_handed_over_and_a_name_corrected(admin, accounts):
    user_id = accounts["auditeur"]
    password = people.hand_password(admin, 1, user_id)
    ((kept, must),) = rows("SELECT password_hash, must_change_password FROM users WHERE id = :user", user=user_id)
    assert passwords.matches(password, kept)
    assert not passwords.matches(PASSWORD, kept)
    assert must
    people.rename(admin, 1, user_id, "  Zoé   Côté ")
    assert rows("SELECT name FROM users WHERE id = :user", user=user_id) == [("Zoé Côté",)]
    people.unlock(admin, 1, user_id)
    assert [row[2] for row in told()[-3:]] == ['"nouveau mot de passe imposé"', '"renommé"', '"débloqué"']


@pytest.fixture
def elsewhere(accounts):
    """Another hotel, which somebody of ours alone works in; who administers it."""
    hotel = new_hotel("AUTRE").id
    with write() as connection:
        users.give_role(connection, accounts["directeur"], hotel, "admin")
    return hotel, Actor(accounts["directeur"], "Directeur")


def test_a_role_in_an_account_of_another_hotel_is_offered_and_accepted(accounts, elsewhere):
    hotel, director = elsewhere
    user_id, password = people.create_person(director, hotel, ("auditeur@demo.hotel", "x", "gsm"))
    assert (user_id, password) == (accounts["auditeur"], None)
    assert role_of(user_id, hotel) == []
    ((invitation,),) = rows("SELECT id FROM invitations")
    with pytest.raises(AccountError, match="n’est plus valable"):
        people.answer_invitation(director, invitation, accepted=True)
    people.answer_invitation(Actor(user_id, "Auditeur"), invitation, accepted=True)
    assert role_of(user_id, hotel) == ["gsm"]
    with pytest.raises(AccountError, match="n’est plus valable"):
        people.answer_invitation(Actor(user_id, "Auditeur"), invitation, accepted=True)


@pytest.mark.parametrize("by_hotel", [True, False])
def test_an_invitation_is_taken_back_or_refused(accounts, elsewhere, by_hotel):
    hotel, director = elsewhere
    user_id, _ = people.create_person(director, hotel, ("auditeur@demo.hotel", "x", "gsm"))
    ((invitation,),) = rows("SELECT id FROM invitations")
    if by_hotel:
        people.withdraw(director, hotel, user_id)
        people.withdraw(director, hotel, user_id)
    else:
        people.answer_invitation(Actor(user_id, "Auditeur"), invitation, accepted=False)
    assert rows("SELECT count(*) FROM invitations") == [(0,)]
    assert told()[-1][2] == ('"invitation retirée"' if by_hotel else '"invitation refusée"')
    assert role_of(user_id, hotel) == []


def test_nobody_closes_an_account_that_works_elsewhere_too(admin, accounts, elsewhere):
    with pytest.raises(AccountError, match="que vous n’administrez pas"):
        people.set_open(admin, 1, accounts["directeur"], active=False)
