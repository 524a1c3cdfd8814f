"""What the night before or another tab proposes for a list, counted only once a person presses."""

import json

from tests.utils.presentation.shown import fr, sheet
from tests.utils.rj.build import night
from utils.presentation.layout import lines_block
from utils.presentation.marks import Marks
from utils.presentation.proposals import carried_floats, shares_of_variance

FLOATS = [
    {"name": "Réceptionniste 11", "previous": "-300.00"},
    {"name": "Réceptionniste 21", "previous": "-42.50"},
]


def dueback(entries, floats=FLOATS, *, editable=True):
    """The list of the due backs with its proposals."""
    of = night(dueback={"dueback_entries": entries})
    made = sheet("dueback", of, Marks(proposals={"dueback": floats}, editable=editable))
    block = lines_block(made, "dueback_entries", "Fonds")
    return block, carried_floats(made, block)


def setd(envelopes, shares=(), *, editable=True):
    """The list of the shares with its proposals."""
    of = night(sd={"sd_entries": envelopes}, setd={"setd_personnel": list(shares)})
    made = sheet("setd", of, Marks(editable=editable))
    return shares_of_variance(made, lines_block(made, "setd_personnel", "Par personne"))


def envelope(name, amount, verified):
    return {"name": name, "amount": amount, "verified": verified}


def test_a_float_is_proposed_beside_its_person():
    _, block = dueback([{"name": "Réceptionniste 11", "nouveau": "10.00"}])
    (note,) = block.lines[0].notes
    assert note.text == f"Solde à reprendre : {fr('300,00 $')}."
    assert note.name == "dueback.dueback_entries.ligne-000.previous"
    assert (note.proposal.verb, note.proposal.cell, note.proposal.value) == ("Confirmer", note.name, "-300.00")


def test_a_float_of_somebody_who_is_absent_is_a_line_to_add():
    _, block = dueback([{"name": "Réceptionniste 11", "nouveau": "10.00"}])
    (proposal,) = block.proposals
    assert proposal.sentence == f"Réceptionniste 21 : solde à reprendre, {fr('42,50 $')}."
    assert json.loads(proposal.line) == {"name": "Réceptionniste 21", "previous": "-42.50"}
    assert proposal.verb == "Ajouter"


def test_a_float_of_somebody_of_the_night_before_waits_on_her_faint_line():
    before = {"dueback.dueback_entries": ({"name": "Réceptionniste 21"},)}
    made = sheet("dueback", night(), Marks(proposals={"dueback": FLOATS}, before=before))
    block = carried_floats(made, lines_block(made, "dueback_entries", "Fonds"))
    (ghost,) = block.ghosts
    assert [note.proposal.value for note in ghost.notes] == ["-42.50"]
    assert [one.sentence.partition(" :")[0] for one in block.proposals] == ["Réceptionniste 11"]


def test_a_float_already_taken_up_is_proposed_no_more():
    _, block = dueback([{"name": "Réceptionniste 11", "previous": "-300.00"}])
    assert block.lines[0].notes == ()
    assert [one.sentence.partition(" :")[0] for one in block.proposals] == ["Réceptionniste 21"]


def test_nothing_is_proposed_to_who_may_only_read_or_when_no_float_is_open():
    before, after = dueback([{"name": "Réceptionniste 11", "nouveau": "10.00"}], editable=False)
    assert after is before
    before, after = dueback([], floats=[])
    assert after is before
    before, after = dueback([], floats=[{"previous": "-1.00"}])
    assert after is before


def test_envelopes_of_a_person_are_proposed_as_one_share():
    block = setd(
        [
            envelope("Personne 9", "100.00", "90.00"),
            envelope("Personne 8", "50.00", "51.00"),
            envelope("Personne 9", "100.00", "105.00"),
        ]
    )
    said = [(one.sentence, json.loads(one.line)) for one in block.proposals]
    assert said == [
        (f"Personne 9 : écart au SD, {fr('-5,00 $')}.", {"name": "Personne 9", "amount": "-5.00"}),
        (f"Personne 8 : écart au SD, {fr('1,00 $')}.", {"name": "Personne 8", "amount": "1.00"}),
    ]


def test_no_share_is_proposed_for_what_cancels_balances_or_is_shared_already():
    cancels = [envelope("Personne 9", "10.00", "9.00"), envelope("Personne 9", "10.00", "11.00")]
    assert setd(cancels).proposals == ()
    assert setd([envelope("Personne 9", "10.00", "10.00")]).proposals == ()
    off = [envelope("Personne 9", "10.00", "9.00")]
    assert setd(off, [{"name": "Personne 9", "amount": "2.00"}]).proposals == ()
    assert setd(off, editable=False).proposals == ()
    assert len(setd(off).proposals) == 1


def test_another_spelling_of_a_person_is_that_person():
    _, block = dueback([{"name": "RÉCEPTIONNISTE  11", "nouveau": "10.00"}])
    assert len(block.lines[0].notes) == 1
    assert [one.sentence.partition(" :")[0] for one in block.proposals] == ["Réceptionniste 21"]
    spellings = [envelope("Zoé Côté", "100.00", "99.00"), envelope("ZOÉ CÔTÉ", "10.00", "9.00")]
    assert setd(spellings, [{"name": "zoé côté", "amount": "-1.00"}]).proposals == ()
    (proposal,) = setd(spellings).proposals
    assert json.loads(proposal.line) == {"name": "Zoé Côté", "amount": "-2.00"}
