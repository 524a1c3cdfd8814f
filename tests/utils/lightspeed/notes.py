"""What a person must know of a report, in words."""

from utils.lightspeed.doubts import lacks_of
from utils.lightspeed.figures import remarks_of


def notes_of(report):
    """Its remarks, and what is not understood or not settled in it."""
    return [*remarks_of(report), *(lack.sentence for lack in lacks_of(report))]
