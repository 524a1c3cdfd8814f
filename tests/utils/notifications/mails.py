"""A mail of the outbox, as the tests write it."""

from database.outbox import NewMail


def mail(property_id, key, at, **more):
    """A mail that waits, written at an instant; ``more`` wins."""
    columns = {"property_id": property_id, "key": key, "kind": "essai", "audit_date": None, "alert_id": None}
    columns |= {"user_id": 1, "email": "x@demo.hotel", "name": "X", "subject": "s", "sealed": False}
    columns |= {"body_text": "t", "body_html": "<p>t</p>", "leave_url": None, "message_id": "<a@b>"}
    return NewMail(**columns | {"status": "en_attente", "created_at": at, "next_at": at} | more)
