"""Passwords that everybody tries first are refused; a phrase, or what the application makes itself, is not."""

import time
from contextlib import suppress

import pytest

from utils.accounts import passwords
from utils.accounts.passwords import PasswordError
from utils.accounts.people import new_password

KNOWN = (
    *("motdepasse123", "Motdepasse2026!", "password1234", "azertyuiop12", "qwerty123456", "123456789012"),
    *("aaaaaaaaaaaa", "bonjour12345", "iloveyou1234", "hotelhotel12", "canadiens1993", "0123456789ab", "MotDePasse!!!"),
    *("rj-natif-2026", "RJNatif2026!", "auditeurdenuit", "hotel2026hotel", "Hiver2026neige"),
    *("receptionniste", "Bienvenue2026", "montreal2026!", "P@ssw0rd1234", "abcdefghijkl", "administrateur1"),
)
GOOD = ("une phrase que je choisis", "le chien du voisin jappe", "correct horse battery", "q7#Vd0zR!mTx")


@pytest.mark.parametrize("known", KNOWN)
def test_one_of_the_first_tried_is_refused(known):
    with pytest.raises(PasswordError, match="trop facile à deviner"):
        passwords.accepted(known)


@pytest.mark.parametrize("good", GOOD)
def test_a_phrase_is_accepted(good):
    assert passwords.accepted(good) == good


def test_what_we_hand_over_is_accepted():
    made = [new_password() for _ in range(20)]
    assert [passwords.accepted(one) for one in made] == made


def test_ones_own_name_and_address_are_tried_too():
    for own in ("marguerite.lafontaine@auberge.ca", "b.admin@hotel.ca", "gm2.b@hotel.ca"):
        with pytest.raises(PasswordError, match="trop facile"):
            passwords.accepted(own, (own, "Une personne"))
    about = ("marguerite.lafontaine@auberge.ca", "Marguerite Lafontaine")
    with pytest.raises(PasswordError, match="trop facile"):
        passwords.accepted("Lafontaine2026", about)
    with pytest.raises(PasswordError, match="trop facile"):
        passwords.accepted("margueritelafontaine", about)


@pytest.mark.parametrize("piece", ["a1", "é", "pass1word2", "12345", "𝐀b"])
def test_the_longest_costs_no_more_than_a_hash_or_so(piece):
    text = (piece * 200).encode()[:200].decode(errors="ignore")
    begun = time.process_time()
    with suppress(PasswordError):
        passwords.accepted(text)
    assert time.process_time() - begun < 5
