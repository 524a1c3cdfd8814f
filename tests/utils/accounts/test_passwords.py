"""A password is long enough, not too long and not known by all; what is kept of it opens for it alone."""

import pytest
from argon2 import PasswordHasher

from utils.accounts.passwords import LONGEST, SHORTEST, PasswordError, accepted, hashed, matches, outdated

GOOD = "une phrase que je choisis"


@pytest.mark.parametrize("password", ["", "court", "x" * (SHORTEST - 1)])
def test_a_short_one_is_refused(password):
    with pytest.raises(PasswordError, match="au moins 12 caractères"):
        accepted(password)


def test_the_length_is_counted_in_bytes_at_its_longest():
    long = "phrase longue et rare " * 20
    assert accepted(long[:LONGEST]) == long[:LONGEST]
    with pytest.raises(PasswordError, match="200 octets"):
        accepted("é" * (LONGEST // 2 + 1))


def test_what_others_try_first_is_refused():
    with pytest.raises(PasswordError, match="choisir plutôt une phrase"):
        accepted("motdepasse123")
    with pytest.raises(PasswordError):
        accepted("Lafontaine2026", ["Marguerite Lafontaine"])
    assert accepted(GOOD) == GOOD


def test_what_is_kept_opens_for_this_password_alone():
    kept = hashed(GOOD)
    assert GOOD not in kept
    assert matches(GOOD, kept)
    assert not matches(GOOD + " ", kept)
    assert hashed(GOOD) != kept


@pytest.mark.parametrize("kept", [None, "!", "pas une empreinte", "$argon2id$"])
def test_nothing_opens_an_account_without_a_password(kept):
    assert not matches("un mot de passe que personne n’a", kept)


def test_one_that_is_too_long_is_not_even_hashed():
    assert not matches("x" * (LONGEST + 1), "pas une empreinte")


def test_a_hash_of_other_parameters_is_to_be_made_again():
    assert not outdated(hashed(GOOD))
    assert outdated(PasswordHasher(time_cost=3, memory_cost=8, parallelism=1).hash(GOOD))
