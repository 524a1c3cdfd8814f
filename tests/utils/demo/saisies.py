"""Nights of the demonstration hotel made whole: the figures of its PMS, and its papers typed."""

from datetime import UTC, datetime, timedelta

from utils.demo.bundle import papers_of
from utils.demo.papers import typed
from utils.demo.reprise import reprise_of
from utils.lightspeed import invariants
from utils.lightspeed import reports as r
from utils.lightspeed.demo import DemoClient
from utils.lightspeed.figures import figures_of
from utils.lightspeed.night import METHODS, read_report
from utils.rj.carry_forward import next_block
from utils.rj.night_file import read_night

LATER = datetime(2098, 1, 1, tzinfo=UTC)


def reports_of(hotel, day):
    """The nine reports of a date, by class."""
    client = DemoClient(hotel, LATER)
    return {kind: read_report(client, kind, day) for kind in METHODS}


def closings_of(ledgers):
    """The closing of each ledger."""
    return {one.ledger: one.closing for one in ledgers.ledgers}


def filled(hotel, day, reports):
    """What typing the papers and taking the reports gives: no field is said twice."""
    tabs = typed(papers_of(hotel, day))
    for report in reports.values():
        for name, value in figures_of(report).items():
            tab, _, path = name.partition(".")
            *above, last = path.split(".")
            place = tabs.setdefault(tab, {})
            for key in above:
                place = place.setdefault(key, {})
            assert last not in place, name
            place[last] = value
    return tabs


def nights(hotel, first, count):
    """Day, breaches and calculated night of each date, each one carrying from the one before."""
    previous, closings = reprise_of(hotel, first), {}
    for day in (first + timedelta(days=number) for number in range(count)):
        reports = reports_of(hotel, day)
        alone = [breach for report in reports.values() for breach in report.about.breaches]
        together = invariants.of_night(reports, closings)
        night = read_night({"audit_date": day.isoformat(), "previous": previous, "tabs": filled(hotel, day, reports)})
        yield day, [*alone, *together], night
        previous = next_block(night)
        closings = closings_of(reports[r.ArBalance])
