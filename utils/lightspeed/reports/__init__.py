"""The reports of the PMS for one business date, as typed and frozen values.

A field is declared once: its name is that of the contract in snake case, its annotation says how it is read. Amounts
are ``Decimal`` dollars of the document's currency, positive for a normal revenue, tax or receipt, negative for a
correction; balances are positive for a debit. ``Ratio`` is derived by the PMS and recomputed by us. Source:
``contract/lightspeed.openapi.json``.
"""

from utils.lightspeed.reports.about import About, Account, Ratio
from utils.lightspeed.reports.books import BookedSegment, BooksTotals, OnTheBooks, StayDate
from utils.lightspeed.reports.drawers import (
    CardSettlements,
    CashierReport,
    CashierTotals,
    Settlement,
    SettlementTotals,
    Shift,
    Tender,
)
from utils.lightspeed.reports.guests import Guest, GuestTotals, HouseGuests, NoShow, NoShows, NoShowTotals
from utils.lightspeed.reports.ledgers import AgedAccount, AgingTotals, ArAging, ArBalance, Ledger, Transfers
from utils.lightspeed.reports.revenue import Balances, DailyRevenue, Receipts, RevenueLine, RevenueTotals, Tax
from utils.lightspeed.reports.rooms import (
    Inventory,
    MarketSegments,
    People,
    Room,
    RoomStatistics,
    RoomType,
    Segment,
    SegmentTotals,
)

__all__ = [
    "About",
    "Account",
    "AgedAccount",
    "AgingTotals",
    "ArAging",
    "ArBalance",
    "Balances",
    "BookedSegment",
    "BooksTotals",
    "CardSettlements",
    "CashierReport",
    "CashierTotals",
    "DailyRevenue",
    "Guest",
    "GuestTotals",
    "HouseGuests",
    "Inventory",
    "Ledger",
    "MarketSegments",
    "NoShow",
    "NoShowTotals",
    "NoShows",
    "OnTheBooks",
    "People",
    "Ratio",
    "Receipts",
    "RevenueLine",
    "RevenueTotals",
    "Room",
    "RoomStatistics",
    "RoomType",
    "Segment",
    "SegmentTotals",
    "Settlement",
    "SettlementTotals",
    "Shift",
    "StayDate",
    "Tax",
    "Tender",
    "Transfers",
]
