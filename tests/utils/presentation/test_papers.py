"""The papers of a night: what came, what is still waited for, and a begun one by its parts."""

from tests.utils.rj.build import night
from utils.presentation.marks import Marks
from utils.presentation.papers import papers_of

BASE = "/rj/native/2025-12-23"
CELL = f"{BASE}/transelect#transelect.transelect_restaurant.debit.terminals"


def waited(of, **known):
    found = papers_of(of, Marks(nights=14, **known), BASE)
    return (found.came, found.total), [(one.label, one.said, one.place) for one in found.waited]


def test_a_paper_of_at_least_half_of_the_nights_is_waited_for_in_the_order_of_the_tabs():
    count, found = waited(night(), papers={"Sonifi": 7, "Recap": 14, "Internet": 6, "inconnu": 14})
    assert count == (0, 2)
    assert found == [("Recap", "14 nuits sur 14", "3, Recap"), ("Sonifi", "7 nuits sur 14", "10, Sonifi")]


def test_one_that_came_or_that_is_said_not_to_exist_is_not():
    of = night(sonifi={"sans_activite": True}, controle={"auditor_name": "Anne"})
    assert waited(of, papers={"Sonifi": 14, "Contrôle": 14}) == ((2, 2), [])


def test_one_that_a_check_still_waits_for_has_not_come_though_a_figure_of_it_has():
    count, found = waited(night(recap={"cash_ls_lecture": "5.00"}), papers={"Recap": 14})
    assert (count, [label for label, *_ in found]) == ((0, 1), ["Recap"])


def test_the_restaurant_counts_by_its_terminals_once_begun():
    known = {"papers": {"Transelect restaurant": 14}, "expected": {"bar_a": 14, "bar_c": 9, "room_e": 2}}
    assert waited(night(), **known)[1] == [("Transelect restaurant", "14 nuits sur 14", "4, Transelect")]
    begun = night(transelect={"transelect_restaurant": {"visa": {"terminals": {"bar_a": "5.00"}}}})
    assert waited(begun, **known) == ((1, 2), [("lot de Bar C", "9 nuits sur 14", "4, Transelect")])
    (batch,) = papers_of(begun, Marks(nights=14, **known), BASE).batches
    assert batch.href == f"{CELL}.bar_c"


def test_sealed_envelopes_count_by_client_once_begun():
    known = {"papers": {"Enveloppes du dépôt": 14}, "envelopes": {"client6": 14, "client8": 14}}
    begun = night(sd={"depot_data": {"client6": {"amounts": ["5.00"]}}})
    assert waited(begun, **known) == ((1, 2), [("enveloppe Client 8", "14 nuits sur 14", "6, SD")])
