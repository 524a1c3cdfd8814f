"""What may go wrong with the PMS: a kind for programs, a French sentence for people."""

import pytest

from utils.lightspeed.errors import (
    LightspeedAPIError,
    LightspeedAuthError,
    LightspeedConfigError,
    LightspeedError,
    LightspeedUnchanged,
)


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (LightspeedConfigError("Rien n’est configuré."), "configuration", "Rien n’est configuré."),
        (LightspeedConfigError("Non.", "arret"), "arret", "Non."),
        (LightspeedAuthError("À relier.", "reconnecter"), "reconnecter", "À relier."),
        (LightspeedAPIError("Plus tard.", "occupe"), "occupe", "Plus tard."),
        (LightspeedUnchanged(), "inchange", "Le rapport n’a pas changé."),
    ],
)
def test_every_error_is_one_of_the_pms_with_its_kind_and_its_sentence(error, kind, said):
    assert isinstance(error, LightspeedError)
    assert (error.kind, str(error)) == (kind, said)


def test_an_answer_may_say_its_status_its_number_and_when_to_ask_again():
    bare = LightspeedAPIError("Non.", "reseau")
    assert (bare.status, bare.request_id, bare.retry_after) == (None, None, None)
    told = LightspeedAPIError("Non.", "occupe", status=429, request_id="r-1", retry_after=0)
    assert (told.status, told.request_id, told.retry_after) == (429, "r-1", 0)


def test_a_report_that_did_not_change_is_no_failure_of_the_answer():
    assert not isinstance(LightspeedUnchanged(), LightspeedAPIError)
