"""Who acts, as the journal names them; what the product does by itself is nobody's."""

from database.journal import Actor
from utils.actions.person import NOBODY, Machine, actor


def test_the_product_at_work_is_no_account_and_may_everything():
    machine = Machine(7)
    assert (machine.property_id, machine.user_id, machine.role) == (7, NOBODY, "")
    assert machine.may("lire", "verrouiller")
    assert actor(machine) == Actor(None, "système")


def test_a_person_is_named_by_account_and_label():
    assert actor(Machine(1, "Auditrice", 3)) == Actor(3, "Auditrice")
