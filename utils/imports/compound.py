"""The compound file that an `.xls` is (MS-CFB): one stream out of it, its chains followed no further than the file."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct, error
from typing import Final

from utils.imports.flaws import Flaw, UnusableBook

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED: Final = "Le fichier .xls est abîmé : l’ouvrir dans Excel et l’enregistrer de nouveau."
_HEADER: Final = Struct("<8s16x5H6x9I")
_ENTRY: Final = Struct("<64sHBB3I36xII4x")
_NUMBER: Final = Struct("<I")
_LAST: Final = 0xFFFFFFFA
"""Numbers from here on are no sectors: the end of a chain, a free one."""

_IN_HEADER: Final = 109
_FILE, _ROOT = 2, 5


def stream_of(data: bytes, *names: str) -> bytes:
    """The first stream that bears one of these names; raises ``UnusableBook`` when there is none or it is cut."""
    try:
        return _Compound(data).stream({name.casefold() for name in names})
    except (error, IndexError, ValueError) as cause:
        if isinstance(cause, UnusableBook):
            raise
        raise UnusableBook([Flaw(_DAMAGED)]) from None


class _Compound:
    """The sectors of a compound file and what chains them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        head = _HEADER.unpack_from(data)
        self._size, self._small_size = 1 << head[4], 1 << head[5]
        _, _, self._directory, _, self._cutoff, self._small_first, _, more, more_count = head[6:]
        listed = [number for (number,) in _NUMBER.iter_unpack(data[76:512])][:_IN_HEADER]
        while more < _LAST and more_count:
            *numbers, more = [number for (number,) in _NUMBER.iter_unpack(self._sector(more))]
            listed, more_count = listed + numbers, more_count - 1
        table = b"".join(self._sector(number) for number in listed if number < _LAST)
        self._next = [number for (number,) in _NUMBER.iter_unpack(table)]

    def stream(self, names: set[str]) -> bytes:
        entries = [  # name, kind, first sector and size
            (text[: max(0, length - 2)].decode("utf-16-le", "replace"), kind, start, size)
            for text, length, kind, _, _, _, _, start, size in _ENTRY.iter_unpack(self._chain(self._directory))
        ]
        root = next(start for _, kind, start, _ in entries if kind == _ROOT)
        for name, kind, start, size in entries:
            if kind == _FILE and name.casefold() in names:
                if size >= self._cutoff:
                    return self._chain(start)[:size]
                # a stream of less than a few thousand bytes lies in that of the root
                links = [number for (number,) in _NUMBER.iter_unpack(self._chain(self._small_first))]
                whole, step = self._chain(root), self._small_size
                return b"".join(whole[number * step :][:step] for number in self._numbers(start, links))[:size]
        raise UnusableBook([Flaw("Ce fichier n’est pas un classeur Excel.")])

    def _sector(self, number: int) -> bytes:
        return self._data[512 + number * self._size :][: self._size] if number < _LAST else b""

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._numbers(start, self._next))

    @staticmethod
    def _numbers(start: int, links: list[int]) -> Iterator[int]:
        """A chain of sectors; one that goes round is cut."""
        left = len(links)
        while start < _LAST and left:
            yield start
            start, left = links[start], left - 1
