"""The keys of the book are derived from the secret, one a purpose, and tell nothing of one another."""

from database.keys import derived, journal_keys, key_id


def test_each_secret_has_its_key_in_the_same_order():
    first, second = journal_keys("un secret", "un autre")
    assert (len(first), len(second)) == (32, 32)
    assert journal_keys("un autre", "un secret") == (second, first)
    assert journal_keys() == ()


def test_a_secret_is_the_same_as_a_text_or_as_bytes():
    assert derived("clé", b"x") == derived("clé".encode(), b"x")


def test_a_purpose_has_its_own_key():
    assert derived("clé", b"journal/v1") == journal_keys("clé")[0]
    assert derived("clé", b"integration/v1") != journal_keys("clé")[0]
    assert derived("", b"x") != derived(" ", b"x")


def test_the_public_name_of_a_key_is_short_and_its_own():
    (key,) = journal_keys("clé")
    assert len(key_id(key)) == 12
    assert key_id(key) not in key.hex()
    assert key_id(key) != key_id(journal_keys("autre")[0])
