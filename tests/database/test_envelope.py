"""A sealed value opens in its place and under its key alone."""

import pytest

from database.envelope import Unreadable, is_current, seal, sealing_keys, unseal

NEW, OLD = sealing_keys("nouvelle clé"), sealing_keys("ancienne clé")
BOTH = sealing_keys("nouvelle clé", "ancienne clé")
PLACE = "second_factors:7:secret"


@pytest.mark.parametrize("value", ["", "JBSWY3DP", "é" * 1000])
def test_a_value_comes_back_whole_and_is_seen_nowhere(value):
    sealed = seal(NEW, PLACE, value)
    assert unseal(NEW, PLACE, sealed) == value
    assert value == "" or value not in sealed
    assert seal(NEW, PLACE, value) != sealed


def test_an_older_key_still_opens_but_seals_no_more():
    sealed = seal(OLD, PLACE, "x")
    assert unseal(BOTH, PLACE, sealed) == "x"
    assert not is_current(BOTH, sealed)
    assert is_current(BOTH, seal(BOTH, PLACE, "x"))
    with pytest.raises(Unreadable, match="no key opens"):
        unseal(NEW, PLACE, sealed)


@pytest.mark.parametrize("other", ["second_factors:8:secret", PLACE + "x", ""])
def test_a_value_moved_to_another_row_or_column_does_not_open(other):
    with pytest.raises(Unreadable, match="altered or moved"):
        unseal(NEW, other, seal(NEW, PLACE, "x"))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-4],
        lambda text: text[:-8] + "AAAA" + text[-4:],
        lambda text: "v2" + text[2:],
        lambda _: "",
        lambda _: "v1..",
    ],
)
def test_a_value_that_was_altered_does_not_open_and_says_no_secret(change):
    changed = change(seal(NEW, PLACE, "le secret"))
    with pytest.raises(Unreadable) as caught:
        unseal(NEW, PLACE, changed)
    assert "le secret" not in str(caught.value)


def test_a_value_changed_anywhere_does_not_open():
    envelope = seal(NEW, PLACE, "très secret")
    start = envelope.rindex(".") + 1
    for place in range(start, len(envelope) - 4):
        other = "A" if envelope[place] != "A" else "B"
        with pytest.raises(Unreadable):
            unseal(NEW, PLACE, envelope[:place] + other + envelope[place + 1 :])
