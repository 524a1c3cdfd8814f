"""A table of functions by key, each entered where it is written: what a key does stands beside its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
F = TypeVar("F", bound=Callable[..., object])


class Registry(dict[K, F]):
    """The functions of a kind, by key, in the order in which they are written."""

    def of(self, *keys: K) -> Callable[[F], F]:
        """Enter a function under these keys.

        >>> units = Registry()
        >>> @units.of("m")
        ... def metres(text): return f"{text} m"
        >>> units["m"]("3")
        '3 m'
        """

        def enter(function: F) -> F:
            self.update(dict.fromkeys(keys, function))
            return function

        return enter
