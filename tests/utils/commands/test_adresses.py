"""One rule for the addresses of people, at every door: one spelling kept, and none that no mail can carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from database import users
from database.transaction import read
from tests.applications import PASSWORD, login
from tests.saisie import rows
from utils.accounts.attempts import LOGIN, Origin, subjects_of
from utils.accounts.create import AccountError, account, checked_address
from utils.notifications.smtp import carried

SAME = {
    " Zoe@Exemple.CA ": "zoe@exemple.ca",
    "e\u0301lise@exemple.ca": "élise@exemple.ca",
    "\u202aélise@exemple.ca\u202c": "élise@exemple.ca",
    "zo\u200be@exemple.ca": "zoe@exemple.ca",
    "zoe@HO\u0302TEL.ca": "zoe@hôtel.ca",
    "zoe@xn--htel-vqa.ca": "zoe@hôtel.ca",
    "\u00a0zoe@exemple.ca\ufeff": "zoe@exemple.ca",
    "o’brien@exemple.ca": "o’brien@exemple.ca",
}
NONE = (
    *("", "@", "zoe", "zoe@", "@exemple.ca", "zoe@exemple", "zoe@@exemple.ca", "zoe@a@exemple.ca", "zoe @exemple.ca"),
    *(
        "zoe.@exemple.ca",
        ".zoe@exemple.ca",
        "zo..e@exemple.ca",
        '"zoe"@exemple.ca',
        "zoe,x@exemple.ca",
        "z<e@exemple.ca",
    ),
    *("zoe@exemple..ca", "zoe@-exemple.ca", "zoe@exem_ple.ca", "zoe@[127.0.0.1]", "zoe@exemple.ca.", "zoe@exe mple.ca"),
    *(
        "zoe\0@exemple.ca",
        "zoe\r\nBcc: x@exemple.ca",
        "zoe\x85@exemple.ca",
        "zoe\ud83d@exemple.ca",
        "zoe\ue000@exemple.ca",
    ),
    *(
        f"{'é' * 33}@exemple.ca",
        f"{'a' * 65}@exemple.ca",
        f"zoe@{'é' * 70}.ca",
        f"zoe@{'.'.join(['abcdefghi'] * 30)}.ca",
    ),
)


@pytest.mark.parametrize("written", SAME)
def test_one_address_in_any_spelling_is_one_account(written):
    assert checked_address(written) == users.address_key(written) == SAME[written]
    counted = [subjects_of(LOGIN, one, Origin("")) for one in (written, SAME[written])]
    assert counted[0] == counted[1], "guessing is counted on one account"


@pytest.mark.parametrize("written", NONE)
def test_what_no_mail_carries_is_refused_with_a_sentence(written):
    with pytest.raises(AccountError, match=r"\.$"):
        checked_address(written)


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_an_address_that_is_taken_is_one_that_leaves(local, domain):
    """Whatever is typed: refused with its sentence, or kept as it will be read again and carried."""
    try:
        kept = checked_address(f"{local}@{domain}.ca")
    except AccountError:
        return
    assert checked_address(kept) == kept
    assert carried(kept).rpartition("@")[2].isascii()


def test_the_command_and_the_page_take_the_same(app):
    with app.app_context():
        assert account("E\u0301lise@Hôtel.ca", "Élise", "gm", "DEMO", lambda: "Motdepasse-2026-xyz")
        with read() as connection:
            assert users.account_by_email(connection, "élise@xn--htel-vqa.ca").email == "élise@hôtel.ca"
        with pytest.raises(AccountError):
            account("zo..e@exemple.ca", "Zoé", "gm", "DEMO", lambda: PASSWORD)
    admin = app.test_client()
    login(admin, "admin@demo.hotel")
    form = {"courriel": "zo..e@exemple.ca", "nom": "Zoé", "role": "gm"}
    before = rows(app, "SELECT count(*) FROM users")[0][0]
    assert "qu’aucun courriel ne porte" in admin.post("/utilisateurs", data=form).text
    assert rows(app, "SELECT count(*) FROM users")[0][0] == before
