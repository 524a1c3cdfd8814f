"""The words of a synchronisation: every tab is filled, typed or calculated, and none is two."""

from utils.actions.lightspeed.words import BY_HAND, COMPUTED, HOME, LABELS, ORDER, SHOWN_ONLY, SYNCED_TABS
from utils.lightspeed.night import METHODS
from utils.rj.catalogue import BY_KEY


def test_every_tab_is_filled_typed_or_calculated():
    assert set(BY_HAND) | set(COMPUTED) | set(SYNCED_TABS) == set(BY_KEY)
    assert not set(COMPUTED) & (set(BY_HAND) | set(SYNCED_TABS))
    assert set(SYNCED_TABS) <= set(ORDER)
    assert len(set(ORDER)) == len(ORDER)


def test_every_report_that_is_read_has_a_label_and_the_guests_are_not():
    assert set(METHODS) - set(LABELS) == {kind for kind in METHODS if kind.__name__ == "HouseGuests"}
    assert set(HOME) | set(SHOWN_ONLY) <= set(LABELS)
    assert not set(HOME) & set(SHOWN_ONLY)
    assert set(HOME.values()) <= set(SYNCED_TABS)


def test_a_sentence_ends_and_has_the_french_apostrophe():
    sentences = [*BY_HAND.values(), *COMPUTED.values()]
    assert all(sentence.endswith(".") and "'" not in sentence for sentence in sentences)
