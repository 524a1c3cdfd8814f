"""What every answer carries: only a date that is closed and complete may fill a night."""

from dataclasses import replace

import pytest

from tests.utils.lightspeed.read import ABOUT


@pytest.mark.parametrize(
    ("status", "complete", "closed", "final"),
    [
        ("closed", True, True, True),
        ("closed", False, True, False),
        ("open", True, False, False),
        ("Closed", True, False, False),
        ("", True, False, False),
    ],
)
def test_figures_may_fill_a_night_once_its_date_is_closed_and_complete(status, complete, closed, final):
    about = replace(ABOUT, business_date_status=status, data_complete=complete)
    assert (about.closed, about.final) == (closed, final)


def test_a_report_is_of_the_pms_unless_it_is_said_to_be_made_up():
    assert (ABOUT.source, ABOUT.etag, ABOUT.breaches, ABOUT.warnings) == ("live", None, (), ())
