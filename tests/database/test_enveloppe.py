"""A secret sealed for a row opens in that row only, under a key that is known, and unchanged."""

import pytest

from database.envelope import Unreadable, is_current, seal, sealing_keys, unseal

OLD, NEW = (
    sealing_keys("un ancien secret, assez long"),
    sealing_keys("le nouveau secret", "un ancien secret, assez long"),
)
PLACE = "property_integrations:1:sealed_client_secret"


def test_what_was_sealed_opens_and_is_written_nowhere():
    envelope = seal(OLD, PLACE, "très secret")
    assert "secret" not in envelope
    assert unseal(OLD, PLACE, envelope) == "très secret"
    assert seal(OLD, PLACE, "très secret") != envelope


def test_a_new_key_opens_what_the_old_one_sealed_and_says_that_it_is_old():
    envelope = seal(OLD, PLACE, "x")
    assert unseal(NEW, PLACE, envelope) == "x"
    assert not is_current(NEW, envelope)
    assert is_current(NEW, seal(NEW, PLACE, "x"))
    with pytest.raises(Unreadable):
        unseal(OLD, PLACE, seal(NEW, PLACE, "x"))


@pytest.mark.parametrize("other", ["property_integrations:2:sealed_client_secret", PLACE + "x", ""])
def test_a_value_moved_to_another_row_or_column_does_not_open(other):
    with pytest.raises(Unreadable):
        unseal(OLD, other, seal(OLD, PLACE, "x"))


def test_a_value_changed_anywhere_does_not_open():
    envelope = seal(OLD, PLACE, "très secret")
    start = envelope.rindex(".") + 1
    for place in range(start, len(envelope) - 4):
        other = "A" if envelope[place] != "A" else "B"
        with pytest.raises(Unreadable):
            unseal(OLD, PLACE, envelope[:place] + other + envelope[place + 1 :])
