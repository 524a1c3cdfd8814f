"""The reports of the demonstration hotel, written as the contract of the PMS writes them; every invariant holds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from utils.demo.figures import FIRST, LAST, ROOMS, SEGMENTS, TYPES, Account, Figures, m, split, total
from utils.money import ZERO, r2

_EPOCH: Final = date(2024, 1, 1)


Document = dict[str, Any]


class DemoHotel(Account):
    """A hotel made of its account and of the date."""

    def report(self, name: str, day: date) -> Document | None:
        """The body of a report of a date, by the name of its schema; nothing before 2024."""
        if day < _EPOCH:
            return None
        document: Document = getattr(_day(self, day), name)()
        return document


@lru_cache(maxsize=512)
def _day(hotel: DemoHotel, day: date) -> _Day:
    return _Day(hotel, day)


def envelope(hotel: DemoHotel, account: str, day: date, *, closed: bool, revision: int = 1) -> Document:
    """What every report carries; the day goes from 03:00 local to 03:00, so that it may last 23 or 25 hours."""
    zone = ZoneInfo(hotel.time_zone)
    opened, shut = (datetime(one.year, one.month, one.day, 3, tzinfo=zone) for one in (day, day + timedelta(days=1)))
    return {
        "accountId": account,
        "propertyCode": hotel.property_code,
        "businessDate": day.isoformat(),
        "businessDateStatus": "closed" if closed else "open",
        "dataComplete": closed,
        "revision": revision,
        "currency": hotel.currency,
        "timeZone": hotel.time_zone,
        "openedAt": opened.isoformat(),
        "closedAt": shut.isoformat() if closed else None,
    }


class _Day(Figures):
    """The reports of one date; the methods bear their names."""

    def DailyRevenue(self) -> Document:  # noqa: N802 - the name of the report
        """Revenue, taxes, receipts and balances."""
        lines, taxes = self.lines(), self.taxes()
        opening, debit, credit = self.movement("guest")
        return {
            "lines": [
                {
                    "code": code,
                    "description": text,
                    "department": department,
                    **({"outlet": "piazza"} if department == "fnb" else {}),
                    "gross": m(gross),
                    "adjustments": m(adjustment),
                    "net": m(gross + adjustment),
                }
                for code, text, department, gross, adjustment in lines
            ],
            "taxes": [
                {"code": code, "base": m(base), "rate": rate, "amount": m(amount)} for code, base, rate, amount in taxes
            ],
            "receipts": {
                "cash": m(self.cash + self.foreign),
                "cheques": m(self.cheques),
                "cards": {brand: m(amount) for brand, amount in self.cards.items()},
                "arTransfers": m(self.to_city),
                "depositsApplied": m(self.applied),
            },
            "balances": {"previous": m(opening), "today": m(debit - credit), "new": m(opening + debit - credit)},
            "totals": {
                "netRevenue": m(total(one[3] + one[4] for one in lines)),
                "taxes": m(total(one[3] for one in taxes)),
                "receipts": m(credit),
            },
            "balanceCheck": "0.00",
        }

    def RoomStatistics(self) -> Document:  # noqa: N802
        """Rooms, guests, ADR, RevPAR."""
        available = ROOMS - self.out_of_order
        arrivals = self.sold // 2
        return {
            "inventory": {
                "total": ROOMS,
                "outOfOrder": self.out_of_order,
                "outOfService": 0,
                "available": available,
            },
            "sold": self.sold,
            "complimentary": self.free,
            "houseUse": 0,
            "dayUse": 0,
            "vacant": available - self.sold - self.free,
            "guests": {"adults": self.adults, "children": self.sold // 20},
            "houseCount": self.adults + self.sold // 20,
            "arrivals": arrivals,
            "departures": arrivals,
            "stayovers": self.sold - arrivals,
            "walkIns": arrivals // 10,
            "roomRevenue": m(self.room_revenue),
            "occupancy": m(Decimal(100 * self.sold) / available),
            "adr": m(self.room_revenue / self.sold) if self.sold else None,
            "revpar": m(self.room_revenue / available),
            "byType": [
                {"code": code, "class": kind, "sold": sold, "complimentary": 0, "revenue": m(sold * rate)}
                for (code, kind), sold, rate in zip(TYPES, self.by_type, self.rates, strict=True)
            ],
        }

    def Receivables(self) -> Document:  # noqa: N802
        """The three ledgers."""
        ledgers = []
        for ledger in ("guest", "city", "deposit"):
            opening, debit, credit = self.movement(ledger)
            figures = {"opening": opening, "debits": debit, "credits": credit, "closing": opening + debit - credit}
            ledgers.append({"ledger": ledger, **{name: m(amount) for name, amount in figures.items()}})
        ledgers[2]["applied"] = m(self.applied)
        closings = total(self.closing(ledger) for ledger in ("guest", "city", "deposit"))
        transfers = {"guestToCity": m(self.to_city), "depositToGuest": m(self.applied)}
        return {"ledgers": ledgers, "transfers": transfers, "totalClosing": m(closings)}

    def ArAging(self) -> Document:  # noqa: N802
        """Accounts receivable by age, in forty accounts."""
        owed = self.closing("city")
        shares = split(owed + Decimal("250.00"), 40)
        accounts = [
            {
                "accountNo": f"CR{index:04d}",
                "name": f"Entreprise {LAST[index % len(LAST)]} {index}",
                "buckets": [m(part) for part in split(share, 5)],
                "unapplied": m(Decimal("-250.00") if index == 0 else ZERO),
                "total": m(share - (250 if index == 0 else 0)),
                "oldestDays": 10 + index,
            }
            for index, share in enumerate(shares)
        ]
        buckets = [m(total(column)) for column in zip(*(split(share, 5) for share in shares), strict=True)]
        totals = {"buckets": buckets, "unapplied": "-250.00", "total": m(owed)}
        return {"bucketBounds": [30, 60, 90, 120], "accounts": accounts, "totals": totals}

    def Cashier(self) -> Document:  # noqa: N802
        """One drawer, the evening's."""
        amounts: list[tuple[dict[str, Any], Decimal]] = [
            ({"type": "cash", "currency": self.hotel.currency}, self.cash),
            ({"type": "cheque", "currency": self.hotel.currency}, self.cheques),
            *(({"type": "card", "brand": b, "currency": self.hotel.currency}, v) for b, v in self.cards.items()),
        ]
        tenders = [_tender(kind, amount) for kind, amount in amounts]
        foreign = {"type": "cash", "currency": "USD", "exchangeRate": "1", "cadEquivalent": m(self.foreign)}
        opened = datetime(self.day.year, self.day.month, self.day.day, 15, tzinfo=ZoneInfo(self.hotel.time_zone))
        shift = {"cashierId": "C11", "shift": 2, "tenders": [*tenders, _tender(foreign, self.foreign)]}
        hours = {"openedAt": opened.isoformat(), "closedAt": (opened + timedelta(hours=8)).isoformat()}
        cards = {brand: m(amount) for brand, amount in self.cards.items()}
        every = self.cash + self.foreign + self.cheques + total(self.cards.values())
        totals = {"cash": m(self.cash), "foreignCash": m(self.foreign), "cheques": m(self.cheques), "cards": cards}
        return {"shifts": [{**shift, **hours}], "totals": {**totals, "total": m(every)}}

    def CardSettlements(self) -> Document:  # noqa: N802
        """One batch a brand, at the front desk."""
        batches = [
            {
                "brand": brand,
                "source": "frontdesk",
                "terminalId": "T01",
                "batchId": f"{self.day:%y%m%d}{index}",
                "count": 12,
                "sales": m(amount + 20),
                "refunds": "20.00",
                "tips": "0.00",
                "net": m(amount),
                "status": "settled",
            }
            for index, (brand, amount) in enumerate(self.cards.items())
        ]
        return {"settlements": batches, "totals": {"net": m(total(self.cards.values()))}}

    def InHouse(self) -> Document:  # noqa: N802
        """Everybody in the house, fictitious."""
        balance = self.closing("guest")
        shares = split(balance, self.adults)
        guests = [
            {
                "stayId": f"S{index:06d}",
                "room": str(100 + index % ROOMS),
                "name": f"{FIRST[index % 8]} {LAST[index // 8 % 8]}",
                "arrival": (self.day - timedelta(days=index % 4)).isoformat(),
                "departure": (self.day + timedelta(days=1 + index % 3)).isoformat(),
                "adults": 1,
                "children": 0,
                "rateCode": "RACK",
                "rate": m(self.rates[0]),
                "marketSegment": "TRA",
                "balance": m(share),
                "vip": index % 50 == 0,
            }
            for index, share in enumerate(shares)
        ]
        return {"guests": guests, "totals": {"guests": len(guests), "balance": m(balance if guests else ZERO)}}

    def NoShows(self) -> Document:  # noqa: N802
        """Reservations that nobody came for, charged."""
        return {
            "noShows": [
                {
                    "confirmation": f"N{self.day:%y%m%d}{index}",
                    "name": f"{FIRST[index]} {LAST[index]}",
                    "rateCode": "RACK",
                    "rate": m(amount),
                    "guaranteed": True,
                    "charged": m(amount),
                    "tax": m(r2(amount * Decimal("0.14975"))),
                    "disposition": "charged",
                    "marketSegment": "TRA",
                }
                for index, amount in enumerate(self.no_shows)
            ],
            "totals": {"count": len(self.no_shows), "charged": m(total(self.no_shows))},
        }

    def MarketSegments(self) -> Document:  # noqa: N802
        """Rooms and revenue, by segment."""
        figures = [(rooms, rooms * rate) for rooms, rate in zip(self.by_type, self.rates, strict=True)]
        segments = [
            {
                "code": code,
                "group": group,
                "rooms": rooms,
                "guests": rooms,
                "revenue": m(revenue),
                "adr": m(revenue / rooms) if rooms else None,
            }
            for (code, group), (rooms, revenue) in zip(SEGMENTS, figures, strict=True)
        ]
        return {
            "segments": segments,
            "totals": {"rooms": self.sold, "guests": self.sold, "revenue": m(self.room_revenue)},
        }


def _tender(kind: dict[str, Any], amount: Decimal) -> Document:
    figures = {"openingBalance": ZERO, "received": amount, "paidOut": ZERO, "expected": amount, "actual": amount}
    return {**kind, **{name: m(value) for name, value in figures.items()}}
