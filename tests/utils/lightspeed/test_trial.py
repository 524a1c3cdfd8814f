"""Credentials are tried before they are saved, by a client that keeps nothing."""

from dataclasses import replace

import pytest

from utils.lightspeed.errors import LightspeedConfigError
from utils.lightspeed.oauth import Connection, Tokens
from utils.lightspeed.trial import _Memory, trial_client

SAFE = Connection(
    base_url="https://pms.exemple.ca",
    authorize_url="https://pms.exemple.ca/oauth/authorize",
    token_url="https://pms.exemple.ca/oauth/token",
    revoke_url="https://pms.exemple.ca/oauth/revoke",
    issuer="https://pms.exemple.ca",
    redirect_uri="https://rj.exemple.ca/retour",
    account="H",
    client_id="rj",
    client_secret="secret",
    grant_type="client_credentials",
)
TOKENS = Tokens("acces", None, "lecture", None)


def test_a_safe_connection_has_a_client_that_is_configured():
    assert trial_client(SAFE, "CAD").is_configured()


@pytest.mark.parametrize("name", ["base_url", "token_url"])
@pytest.mark.parametrize("url", ["http://pms.exemple.ca", "https://a:b@pms.exemple.ca", "ftp://pms.exemple.ca", ""])
def test_a_secret_goes_nowhere_in_clear(name, url):
    with pytest.raises(LightspeedConfigError, match="https://"):
        trial_client(replace(SAFE, **{name: url}), "CAD")


def test_what_is_tried_forgets_itself():
    memory = _Memory(SAFE)
    assert (memory.load().connection, memory.load().tokens, memory.load().version) == (SAFE, None, 0)
    assert memory.take_lease(0, "moi")
    assert memory.save("moi", TOKENS)
    assert memory.load().tokens == TOKENS
    memory.wipe()
    assert memory.load().tokens is None
    memory.connect(TOKENS)
    assert memory.load().tokens == TOKENS


def test_no_page_is_opened_for_a_trial():
    assert not _Memory(SAFE).take_flow("empreinte")
