"""Reports made by hand, read as those of the PMS are: only what a test speaks of need be told."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from tests.utils.demo.saisies import reports_of
from utils.demo.hotel import DemoHotel
from utils.lightspeed import mapping
from utils.lightspeed import reports as r

DAY = date(2025, 12, 23)
AT = datetime(2025, 12, 23, 8, 0, tzinfo=UTC)
ABOUT = r.About("H", "H", DAY, "closed", True, 1, "CAD", "America/Toronto", AT, AT, AT)
HOTEL = DemoHotel("DEMO")


@cache
def demo():
    """The nine reports of the demonstration for a night; shared, so never changed."""
    return reports_of(HOTEL, DAY)


def read(kind, **document):
    """A report of a class."""
    return mapping.read(kind, document, about=ABOUT)


def line(code, net="1.00", department="other", **more):
    """A line of the Daily Revenue."""
    told = {
        "code": code,
        "description": code,
        "department": department,
        "gross": net,
        "adjustments": "0.00",
        "net": net,
    }
    return told | more


def revenue(*lines, taxes=(), receipts=None, **more):
    """A Daily Revenue whose totals are those of its lines."""
    given = {"cards": {}} | (receipts or {})
    net = sum((Decimal(one["net"]) for one in lines), Decimal("0.00"))
    tax = sum((Decimal(one["amount"]) for one in taxes), Decimal("0.00"))
    totals = {"netRevenue": f"{net}", "taxes": f"{tax}", "receipts": "0.00"}
    return read(r.DailyRevenue, lines=list(lines), taxes=list(taxes), receipts=given, totals=totals, **more)


def batch(brand="visa", net="10.00", source="frontdesk", terminal="fusebox", status="settled", number="1"):
    """A batch of a terminal."""
    sums = {"sales": net, "refunds": "0.00", "tips": "0.00", "net": net}
    return {"brand": brand, "source": source, "terminalId": terminal, "batchId": number, "status": status, **sums}


def cards(*batches):
    """The batches of a night."""
    net = sum((Decimal(one["net"]) for one in batches), Decimal("0.00"))
    return read(r.CardSettlements, settlements=list(batches), totals={"net": f"{net}"})


def tender(kind="card", received="10.00", currency="CAD", brand="visa", opening="0.00", paid="0.00"):
    """What a drawer holds of a tender."""
    expected = f"{Decimal(opening) + Decimal(received) - Decimal(paid)}"
    sums = {"openingBalance": opening, "received": received, "paidOut": paid, "expected": expected, "actual": expected}
    return {"type": kind, "currency": currency, "brand": brand if kind == "card" else None, **sums}


def shift(number, *tenders):
    """The drawer of a cashier."""
    at = f"2025-12-23T{number + 6:02d}:00:00+00:00"
    return {"cashierId": f"c{number}", "shift": number, "openedAt": at, "closedAt": at, "tenders": list(tenders)}


def cashier(*shifts, **totals):
    """The drawers of a night; what is not told of the totals is nil or absent."""
    return read(r.CashierReport, shifts=list(shifts), totals={"cards": {}, "total": "0.00"} | totals)
