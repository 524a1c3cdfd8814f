"""Signed messages of validation, by a library that nobody here wrote: heard once, in order, of the very bytes sent."""

import base64
import json
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from database import marsha
from database.transaction import read, write
from utils import dates
from utils.actions.marsha import messages
from utils.lightspeed import storage as shared_storage
from utils.marsha.storage import PROVIDER
from utils.simulators.marsha_admin import message_of

SECRET = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"
OTHER = f"whsec_{base64.b64encode(bytes(32)).decode()}"


@pytest.fixture
def sent(brand):
    """A submission that was received and awaits its validation."""
    with write() as connection:
        shared_storage.choose(connection, brand.hotel.id, {"webhook_secret": SECRET}, PROVIDER)
    brand.running.fault("stuck", times=1)
    brand.round()
    return brand.one()


def told(brand, sequence=1, *, errors=(), **changed):
    """The message of the validation of the latest submission."""
    with brand.running.inside.ledger.opened() as kept:
        submission = max(kept["submissions"].values(), key=lambda one: one["submissionSeq"])
    message = message_of({**submission, "errors": list(errors)}, sequence)
    message["data"] |= changed
    return message


def posted(message, message_id, secret=SECRET, *, at=None, altered=None):
    """Hand a message over as its sender signs it; the status."""
    body = json.dumps(message).encode()
    moment = at or dates.now()
    signature = Webhook(secret).sign(message_id, moment, body.decode())
    headers = {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signature,
    }
    return messages.receive(headers, altered or body)


REPROACH = {"pointer": "/form/grandTotal", "code": "sum", "message": "Ne balance pas <b>du tout</b>"}


def test_an_acceptance_is_heard_once(brand, sent):
    assert [posted(told(brand), f"a-{sent.id}-{brand.clock().timestamp()}") for _ in range(2)] == [200, 200]
    assert brand.one().status == "accepte"
    entries = brand.rows("SELECT status FROM marsha_sync_log WHERE direction = 'entrant'")
    assert entries == [("accepte",)]


def test_a_rejection_has_its_lines(brand, sent):
    assert posted(told(brand, errors=[REPROACH]), f"b-{brand.clock().timestamp()}") == 200
    assert (brand.one().status, brand.one().errors[0]["pointer"]) == ("rejete", "/form/grandTotal")


def test_what_is_altered_foreign_old_or_signed_by_another_is_refused(brand, sent):
    message, mark = told(brand), brand.clock().timestamp()
    body = json.dumps(message).encode()
    assert posted(message, f"c-{mark}", altered=body.replace(b"accepted", b"rejected")) == 401
    assert posted(message, f"d-{mark}", OTHER) == 401
    assert posted(message, f"e-{mark}", at=dates.now() - timedelta(minutes=6)) == 401
    assert posted(told(brand, propertyCode="AUTRE"), f"f-{mark}") == 401
    assert messages.receive({}, body) == 401
    assert brand.one().status == "recu"


def test_one_out_of_order_is_ignored(brand, sent):
    mark = brand.clock().timestamp()
    assert posted(told(brand, 5, errors=[REPROACH]), f"g-{mark}") == 200
    assert posted(told(brand, 4), f"h-{mark}") == 202
    assert brand.one().status == "rejete"
    assert posted(told(brand, 6), f"i-{mark}") == 200
    assert brand.one().status == "accepte"


def test_other_bytes_another_submission_another_kind_change_nothing(brand, sent):
    mark = brand.clock().timestamp()
    for number, changed in enumerate(({"bodyDigest": "0" * 64}, {"submissionId": "x"}, {"businessDate": "2020-01-01"})):
        assert posted(told(brand, **changed), f"j{number}-{mark}") == 202
    assert posted({**told(brand), "type": "dbrs.autre"}, f"k-{mark}") == 202
    assert brand.one().status == "recu"


def test_one_about_a_superseded_sequence_never_moves_the_current_one(brand, sent):
    message, mark = told(brand, errors=[REPROACH]), brand.clock().timestamp()
    with read() as connection:
        known = marsha.of_date(connection, brand.hotel.id, brand.day)
    with write() as connection:
        marsha.supersede(connection, known[0]._replace(sequence=2))
    assert posted(message, f"l-{mark}") == 202
    assert brand.one().status == "remplace"
