"""One table of rights: what a hotel may choose is shown with the roles that the table gives."""

from database.models import ROLES
from utils.actions.rights import ACTIONS, SETTABLE, chosen_roles
from utils.actions.settings.fields import BY_KEY


def test_the_page_of_rights_shows_what_may_be_chosen_and_what_holds_without_a_choice():
    shown = {setting.path: setting.default for setting in BY_KEY["droits"].settings}
    assert shown == {f"roles.{action}": [one for one in ROLES if one in ACTIONS[action]] for action in SETTABLE}


def test_a_hotel_chooses_for_one_action_and_leaves_the_other():
    chosen = {"roles": {"deroger": ["gsm"]}}
    assert chosen_roles("deroger", chosen) == {"gsm"}
    assert chosen_roles("verrouiller", chosen) == ACTIONS["verrouiller"]
