"""The nine reports of the PMS for one date, from its figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Final

from utils import dates
from utils.demo.amounts import m, parts, shares, split, total
from utils.demo.figures import Figures
from utils.demo.rooms import MARKETS, ROOMS, TYPES
from utils.demo.staff import company, guest
from utils.money import ZERO, r2
from utils.shapes import Document

_AGED: Final = 40
_UNAPPLIED: Final = Decimal("-250.00")
_WITH_TAXES: Final = Decimal("0.14975")


def daily_revenue(day: Figures) -> Document:
    """Revenue, taxes, receipts and balances. What is charged from an outlet to a room holds its taxes and tips."""
    opening, debits, credited = day.movement("guest")
    receipts = {
        "cash": day.desk.cash + day.desk.foreign,
        "cheques": day.desk.cheques,
        "arTransfers": day.to_city,
        "depositsApplied": day.applied,
    }
    return {
        "lines": [
            {
                "code": line.code,
                "description": line.text,
                "department": line.department,
                **({"outlet": line.outlet} if line.outlet else {}),
                "gross": m(line.gross),
                "adjustments": m(line.adjustment),
                "net": m(line.net),
            }
            for line in day.lines
        ],
        "taxes": [
            {"code": code, "base": m(base), "rate": rate, "amount": m(amount)} for code, base, rate, amount in day.taxes
        ],
        "receipts": {**{name: m(amount) for name, amount in receipts.items()}, "cards": _told(day.cards)},
        "balances": {"previous": m(opening), "today": m(debits - credited), "new": m(opening + debits - credited)},
        "totals": {
            "netRevenue": m(total(line.net for line in day.lines)),
            "taxes": m(total(one[3] for one in day.taxes)),
            "receipts": m(total(receipts.values()) + total(day.cards.values())),
        },
        "balanceCheck": "0.00",
    }


def room_statistics(day: Figures) -> Document:
    """Rooms, guests, ADR, RevPAR."""
    rooms = day.rooms
    available, arrivals = ROOMS - rooms.out_of_order, rooms.sold // 2
    return {
        "inventory": {"total": ROOMS, "outOfOrder": rooms.out_of_order, "outOfService": 0, "available": available},
        "sold": rooms.sold,
        "complimentary": rooms.free,
        "houseUse": 0,
        "dayUse": 0,
        "vacant": available - rooms.sold - rooms.free,
        "guests": {"adults": rooms.adults, "children": rooms.children},
        "houseCount": rooms.adults + rooms.children,
        "arrivals": arrivals,
        "departures": arrivals,
        "stayovers": rooms.sold - arrivals,
        "walkIns": arrivals // 10,
        "roomRevenue": m(rooms.revenue),
        "occupancy": m(Decimal(100 * rooms.sold) / available),
        "adr": m(rooms.revenue / rooms.sold) if rooms.sold else None,
        "revpar": m(rooms.revenue / available),
        "byType": [
            {"code": code, "class": kind, "sold": sold, "complimentary": 0, "revenue": m(revenue)}
            for (code, kind), sold, revenue in zip(TYPES, rooms.by_type, rooms.by_type_revenue, strict=True)
        ],
    }


def receivables(day: Figures) -> Document:
    """The three ledgers."""
    ledgers: list[Document] = []
    for ledger in ("guest", "city", "deposit"):
        opening, debits, credited = day.movement(ledger)
        told = {"opening": opening, "debits": debits, "credits": credited, "closing": opening + debits - credited}
        ledgers.append({"ledger": ledger, **_told(told)})
    ledgers[2]["applied"] = m(day.applied)
    closings = total(day.closing(ledger) for ledger in ("guest", "city", "deposit"))
    transfers = {"guestToCity": m(day.to_city), "depositToGuest": m(day.applied)}
    return {"ledgers": ledgers, "transfers": transfers, "totalClosing": m(closings)}


def ar_aging(day: Figures) -> Document:
    """Accounts receivable by age."""
    owed = day.closing("city")
    by_account = [shares(part, (55, 25, 10, 6, 4)) for part in split(owed - _UNAPPLIED, _AGED)]
    unapplied = [_UNAPPLIED, *([ZERO] * (_AGED - 1))]
    accounts = [
        {
            "accountNo": f"CR{index:04d}",
            "name": company(index),
            "buckets": [m(one) for one in buckets],
            "unapplied": m(credit),
            "total": m(total(buckets) + credit),
            "oldestDays": 10 + index,
        }
        for index, (buckets, credit) in enumerate(zip(by_account, unapplied, strict=True))
    ]
    columns = [m(total(column)) for column in zip(*by_account, strict=True)]
    totals = {"buckets": columns, "unapplied": m(_UNAPPLIED), "total": m(owed)}
    return {"bucketBounds": [30, 60, 90, 120], "accounts": accounts, "totals": totals}


def cashier(day: Figures) -> Document:
    """The drawers of the day and of the evening, with the cash that each paid out."""
    desk, currency, shifts = day.desk, day.hotel.currency, []
    by_shift = zip(*(shares(amount, (4, 6)) for amount in day.cards.values()), strict=True)
    for shift, cards in enumerate(by_shift):
        cash, cheques = desk.received[shift]
        tenders = [
            _tender({"type": "cash", "currency": currency}, cash, desk.paid[shift]),
            _tender({"type": "cheque", "currency": currency}, cheques),
        ]
        for brand, amount in zip(day.cards, cards, strict=True):
            tenders.append(_tender({"type": "card", "brand": brand, "currency": currency}, amount))
        if shift and desk.foreign:
            foreign = {"type": "cash", "currency": "USD", "exchangeRate": "1", "cadEquivalent": m(desk.foreign)}
            tenders.append(_tender(foreign, desk.foreign))
        opened = dates.strikes(day.day, ("07:00", "15:00")[shift], day.hotel.time_zone)
        hours = {"openedAt": opened.isoformat(), "closedAt": (opened + timedelta(hours=8)).isoformat()}
        shifts.append({"cashierId": f"C{11 + shift}", "shift": shift + 1, **hours, "tenders": tenders})
    every = desk.cash + desk.foreign + desk.cheques + total(day.cards.values())
    totals = {"cash": desk.cash, "foreignCash": desk.foreign, "cheques": desk.cheques, "total": every}
    return {"shifts": shifts, "totals": {**_told(totals), "cards": _told(day.cards)}}


def _tender(kind: Document, amount: Decimal, paid: Decimal = ZERO) -> Document:
    figures = {"openingBalance": ZERO, "received": amount, "paidOut": paid}
    return {**kind, **_told({**figures, "expected": amount - paid, "actual": amount - paid})}


def card_settlements(day: Figures) -> Document:
    """One batch a brand, at the front desk."""
    batches = [
        {
            "brand": brand,
            "source": "frontdesk",
            "terminalId": "FREEDOMPAY",
            "batchId": f"{day.day:%y%m%d}{index}",
            "count": 4 + day.rooms.sold // 9,
            "sales": m(amount + 20),
            "refunds": "20.00",
            "tips": "0.00",
            "net": m(amount),
            "status": "settled",
        }
        for index, (brand, amount) in enumerate(day.cards.items())
    ]
    return {"settlements": batches, "totals": {"net": m(total(day.cards.values()))}}


def in_house(day: Figures) -> Document:
    """Everybody in the house, none of whom exists."""
    rooms, markets = day.rooms, [market for market, count in zip(MARKETS, day.rooms.by_market, strict=True) if count]
    balance = day.closing("guest") if rooms.adults else ZERO
    guests = [
        {
            "stayId": f"S{index:06d}",
            "room": str(100 + index % ROOMS),
            "name": guest(index),
            "arrival": (day.day - timedelta(days=index % 4)).isoformat(),
            "departure": (day.day + timedelta(days=1 + index % 3)).isoformat(),
            "adults": 1,
            "children": 0,
            "rateCode": "RACK",
            "rate": m(rooms.rates[0]),
            "marketSegment": markets[index % len(markets)].code,
            "balance": m(share),
            "vip": index % 50 == 0,
        }
        for index, share in enumerate(split(balance, rooms.adults))
    ]
    return {"guests": guests, "totals": {"guests": len(guests), "balance": m(balance)}}


def no_shows(day: Figures) -> Document:
    """Reservations that nobody came for, charged."""
    charged = day.rooms.no_shows
    listed = [
        {
            "confirmation": f"N{day.day:%y%m%d}{index}",
            "name": guest(index + 9),
            "rateCode": "RACK",
            "rate": m(amount),
            "guaranteed": True,
            "charged": m(amount),
            "tax": m(r2(amount * _WITH_TAXES)),
            "disposition": "charged",
            "marketSegment": MARKETS[0].code,
        }
        for index, amount in enumerate(charged)
    ]
    return {"noShows": listed, "totals": {"count": len(charged), "charged": m(total(charged))}}


def market_segments(day: Figures) -> Document:
    """Rooms and revenue, by segment."""
    rooms = day.rooms
    guests = parts(rooms.adults, [max(count, 0) or 1 for count in rooms.by_market])
    segments = [
        {
            "code": market.code,
            "group": market.group,
            "rooms": count,
            "guests": people,
            "revenue": m(revenue),
            "adr": m(revenue / count) if count else None,
        }
        for market, count, people, revenue in zip(
            MARKETS, rooms.by_market, guests, rooms.by_market_revenue, strict=True
        )
    ]
    totals = {"rooms": rooms.sold, "guests": rooms.adults, "revenue": m(rooms.revenue)}
    return {"segments": segments, "totals": totals}


def _told(amounts: dict[str, Decimal]) -> dict[str, str]:
    return {name: m(amount) for name, amount in amounts.items()}


REPORTS: Final[dict[str, Callable[[Figures], Document]]] = {
    "DailyRevenue": daily_revenue,
    "RoomStatistics": room_statistics,
    "Receivables": receivables,
    "ArAging": ar_aging,
    "Cashier": cashier,
    "CardSettlements": card_settlements,
    "InHouse": in_house,
    "NoShows": no_shows,
    "MarketSegments": market_segments,
}
"""The reports by the name of their schema in the contract."""
