"""What may go wrong with MARSHA: a kind for programs, a French sentence for people, whoever raised it first."""

import pytest
import requests

from utils.lightspeed.errors import LightspeedAPIError, LightspeedAuthError, LightspeedConfigError
from utils.marsha.errors import MarshaConfigError, MarshaError, understood


def test_only_what_is_not_understood_or_held_otherwise_needs_a_person():
    lasting = [kind for kind in ("requete", "conflit", "occupe", "serveur", "delai") if MarshaError(kind).lasting]
    assert lasting == ["requete", "conflit"]
    assert str(MarshaConfigError()) == "MARSHA n’est pas configuré pour cet hôtel."


@pytest.mark.parametrize(
    ("raised", "kind", "status", "wait"),
    [
        (LightspeedConfigError("Rien n’est configuré."), "configuration", None, None),
        (LightspeedAPIError("Plus tard.", "occupe", status=429, retry_after=7), "occupe", 429, 7),
        (LightspeedAuthError("À relier.", "reconnecter"), "reconnecter", None, None),
        (requests.Timeout("secret=abc"), "delai", None, None),
        (OSError("secret=abc"), "reseau", None, None),
    ],
)
def test_what_the_shared_transport_raises_is_ours_and_repeats_none_of_its_words(raised, kind, status, wait):
    with pytest.raises(MarshaError) as caught, understood():
        raise raised
    error = caught.value
    assert (error.kind, error.status, error.retry_after) == (kind, status, wait)
    assert "MARSHA" in str(error)
    assert "Lightspeed" not in str(error)
    assert "secret=" not in str(error)


def test_a_kind_that_nobody_named_says_that_the_answer_is_not_of_the_contract():
    assert str(MarshaError("inconnu")) == str(MarshaError("inattendu"))
