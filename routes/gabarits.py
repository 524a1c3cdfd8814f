"""What every template may use: the fr-CA filters, who reads the page, in which hotel, the menu and the theme."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from threading import Lock
from typing import Any, Final

from flask import Flask, current_app, request
from markupsafe import Markup

from database.properties import Hotel
from routes.access import Access, signed_in
from utils import dates, french
from utils.presentation.states import TAB_STATES
from utils.presentation.words import ROLES

_DRAWN: Final = "rj_drawn"
THEMES: Final = ("light", "dark")
NIGHT_FROM, NIGHT_TO = 22, 7
"""Hours between which the dark theme is the one by default."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: its word, its address, the actions of which one at least must be allowed."""

    label: str
    path: str
    actions: tuple[str, ...] = ("lire",)
    more: bool = False


MENU: Final = (
    Entry("Accueil", "/"),
    Entry("La nuit", "/rj/native/"),
    Entry("Lightspeed", "/lightspeed/", ("synchroniser", "connexion_pms")),
    Entry("MARSHA", "/marsha"),
    Entry("Historique", "/historique"),
    Entry("Aide", "/aide"),
    Entry("Importer", "/importer", ("importer",), more=True),
    Entry("Automatismes", "/automatismes", more=True),
    Entry("Notifications", "/notifications", more=True),
    Entry("Journal", "/journal", more=True),
    Entry("Profil", "/profil", more=True),
    Entry("Utilisateurs", "/utilisateurs", ("administrer",), more=True),
    Entry("Hôtels", "/hotels", ("administrer",), more=True),
    Entry("Paramètres", "/parametres", ("administrer",), more=True),
)
"""The pages of the product, in the order of the menu."""


class Drawn:
    """The rows of lists as they were drawn: on a long list, all but one are the same from one page to the next."""

    _MOST: Final = 1_500

    def __init__(self) -> None:
        """Nothing drawn yet."""
        self._rows: OrderedDict[tuple[Any, ...], Markup] = OrderedDict()
        self._lock = Lock()

    def row(self, key: tuple[Any, ...], draw: Callable[[], Markup]) -> Markup:
        """The row of this key, drawn when it was not yet; the first drawn is forgotten first.

        A row is looked up by all that it shows: putting it back at each showing would read it all once more.
        """
        with self._lock:
            known = self._rows.get(key)
        if known is not None:
            return known
        drawn = draw()
        with self._lock:
            self._rows[key] = drawn
            while len(self._rows) > self._MOST:
                self._rows.popitem(last=False)
        return drawn


def rangee_gardee(draw: Callable[[Any], Markup], line: Any, *rest: Any) -> Markup:  # noqa: ANN401 - values of a page
    """The row of a line, which depends on nothing but the line and the rest."""
    drawn: Drawn = current_app.extensions[_DRAWN]
    return drawn.row((line, *rest), lambda: draw(line))


class Page:
    """What the base template asks for, read from the book only when a template asks."""

    @cached_property
    def access(self) -> Access | None:
        """Who reads, or nobody."""
        return signed_in()

    @property
    def hotel(self) -> Hotel | None:
        """The hotel the reader works in."""
        return self.access.hotel if self.access else None

    @property
    def role(self) -> str:
        """The reader's role in words."""
        return ROLES[self.access.role] if self.access else ""

    @property
    def demo(self) -> bool:
        """True when every figure of the page is that of a demonstration."""
        return self.hotel.demo if self.hotel else bool(current_app.config["DEMO"])

    @property
    def read_at(self) -> datetime:
        """When this page was read from the book."""
        return dates.now()

    @cached_property
    def theme(self) -> str:
        """``light``, ``dark``, or empty: what the person chose, else dark at night, else what the machine prefers."""
        chosen = request.cookies.get("theme", "") or (self.access.signed_in.theme if self.access else "")
        if chosen in THEMES:
            return chosen
        if self.hotel is None:
            return ""
        hour = dates.local(dates.now(), self.hotel.time_zone).hour
        return "dark" if hour >= NIGHT_FROM or hour < NIGHT_TO else ""

    def menu(self, *, more: bool) -> list[tuple[Entry, bool]]:
        """The entries this reader may open, each with whether it is the page being read."""
        if self.access is None:
            return []
        allowed = (one for one in MENU if one.more is more and self.access.may(*one.actions))
        here = f"{request.path}/"
        return [
            (one, request.path == "/" if one.path == "/" else here.startswith(f"{one.path.rstrip('/')}/"))
            for one in allowed
        ]


def register(app: Flask) -> None:
    """Give the templates their filters and the page they stand in."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(etats=TAB_STATES, papier=False, modifiable=False, rangee_gardee=rangee_gardee)
    app.extensions[_DRAWN] = Drawn()
    app.context_processor(lambda: {"page": Page()})


def or_empty(value: Any, write: Any) -> str:  # noqa: ANN401 - a figure that may be absent
    """The figure in French; nothing when it is absent, never zero."""
    return "" if value is None else str(write(value))


def montant(value: Decimal | None) -> str:
    """``1 234,56 $``."""
    return or_empty(value, french.money)


def nombre(value: Decimal | int | None) -> str:
    """``1 234,56``, without unit: in a column."""
    return or_empty(value, french.number)


def compte(value: int | None) -> str:
    """``1 234``."""
    return or_empty(value, french.count)


def pourcent(value: Decimal | None) -> str:
    """``29,37 %``."""
    return or_empty(value, french.percent)


def date_longue(day: date | None) -> str:
    """``mardi 23 décembre 2025``."""
    return or_empty(day, french.long_date)


def date_courte(day: date | None) -> str:
    """``2025-12-23``."""
    return "" if day is None else day.isoformat()


def instant(moment: datetime | str | None, zone: str) -> str:
    """``2025-12-24 03:12:07``, on the hotel's clock."""
    if not moment:
        return ""
    read_moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    here = dates.local(read_moment, zone)
    return f"{here.date().isoformat()} {french.clock(here)}"


def heure(moment: datetime | str | None, zone: str) -> str:
    """``03:12:07``, on the hotel's clock."""
    return instant(moment, zone).rpartition(" ")[2]


FILTERS: Final = {
    one.__name__: one for one in (montant, nombre, compte, pourcent, date_longue, date_courte, instant, heure)
}
