"""The file of a backup: lines of text, each sealed in its place, so that no byte of it can move unnoticed.

First a header in clear (format, moment, engine, revision of the schema, public name of the key), then one envelope a
line, each holding a compressed batch of records, then the SHA-256 of all that. An envelope opens only behind this very
header and at its own rank: lines cannot be cut, swapped nor taken from another backup.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from database.envelope import SealingKey, Unreadable, seal, unseal
from database.keys import derived
from database.types import canonical
from utils import dates

FORMAT: Final = "rj-natif/sauvegarde/1"
END: Final = "fin"
_BATCH: Final = 1 << 20
_TRAILER: Final = 65
_LONGEST_HEADER: Final = 2000
_DRAFT: Final = re.compile(r"\..+\.sauvegarde\.[0-9a-f]{8}")


class BadBackup(Exception):
    """The file is not a backup that can be used; the message is a French sentence."""


class Summary(NamedTuple):
    """What a backup says of itself: its header, the digest of the file, the number of rows a table."""

    header: Mapping[str, str]
    digest: str
    counts: Mapping[str, int]


def backup_keys(*given: str) -> tuple[SealingKey, ...]:
    """One key a secret, in the same order: the first one seals, any of them opens."""
    keys = (derived(secret, b"sauvegarde/v1") for secret in given)
    return tuple(SealingKey(sha256(b"id" + key).hexdigest()[:12], key) for key in keys)


def write_backup(path: Path, key: SealingKey, header: Mapping[str, str], records: Iterable[Sequence[Any]]) -> str:
    """Write a backup whole, or leave nothing; refuses to write over a file. Returns its digest."""
    # drafts that backups that were killed left there; one that is being written is not a day old
    for left in path.parent.glob(".*.sauvegarde.*"):
        with suppress(OSError):
            if _DRAFT.fullmatch(left.name) and left.stat().st_mtime < (dates.now() - timedelta(days=1)).timestamp():
                left.unlink()
    header_line = canonical({"format": FORMAT, "cle": key.id, **header}).encode() + b"\n"
    running = sha256(header_line)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(header_line)
            for rank, batch in enumerate(_batches(records)):
                packed = base64.b64encode(zlib.compress(batch.encode())).decode()
                line = seal((key,), _place(header_line, rank), packed).encode() + b"\n"
                running.update(line)
                file.write(line)
            file.write(running.hexdigest().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    return running.hexdigest()


def read_records(path: Path, keys: Sequence[SealingKey]) -> Iterator[list[Any]]:
    """Every record of a backup, in order; raises ``BadBackup`` as soon as something is not as it was written."""
    with path.open("rb") as file:
        _digest(file, path)
        header_line = file.readline(_LONGEST_HEADER)
        _read_header(header_line, keys)
        rank, left = 0, path.stat().st_size - len(header_line) - _TRAILER
        while left > 0:
            line = file.readline(left)
            left -= len(line)
            try:
                packed = unseal(keys, _place(header_line, rank), line.removesuffix(b"\n").decode("ascii"))
            except (Unreadable, UnicodeDecodeError):
                raise BadBackup("La sauvegarde a été modifiée.") from None
            yield from map(json.loads, zlib.decompress(base64.b64decode(packed)).decode().split("\n"))
            rank += 1


def check_backup(path: Path, keys: Sequence[SealingKey]) -> Summary:
    """Open the whole file and count its rows; raises ``BadBackup`` unless every byte is as it was written."""
    table, counts, said = "", dict[str, int](), None
    for kind, *values in read_records(path, keys):
        if said is not None:
            raise BadBackup("La sauvegarde continue après sa fin.")
        if kind == "table":
            table = values[0]
            counts[table] = 0
        elif kind == END:
            said = values[0]
        else:
            counts[table] += 1
    if said != counts:
        raise BadBackup("La sauvegarde est incomplète.")
    with path.open("rb") as file:
        digest = _digest(file, path)
        return Summary(_read_header(file.readline(_LONGEST_HEADER), keys), digest, counts)


def _batches(records: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The records as lines of JSON, about a megabyte at a time."""
    lines: list[str] = []
    size = 0
    for record in records:
        lines.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
        size += len(lines[-1])
        if size > _BATCH:
            yield "\n".join(lines)
            lines, size = [], 0
    if lines:
        yield "\n".join(lines)


def _read_header(line: bytes, keys: Sequence[SealingKey]) -> dict[str, str]:
    try:
        header: Any = json.loads(line)
    except ValueError:
        raise BadBackup("Ce fichier n’est pas une sauvegarde de RJ Natif.") from None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise BadBackup("Ce fichier n’est pas une sauvegarde de RJ Natif, ou son format n’est pas connu.")
    if header.get("cle") not in {key.id for key in keys}:
        raise BadBackup("Aucune clé de cette installation n’ouvre la sauvegarde : donner celle qui l’a faite.")
    return {str(name): str(value) for name, value in header.items()}


def _digest(file: BinaryIO, path: Path) -> str:
    """The digest that ends the file, found true; the file is back at its start."""
    size = path.stat().st_size
    file.seek(max(0, size - _TRAILER))
    trailer = file.read()
    file.seek(0)
    body = _Part(file, max(0, size - _TRAILER))
    said = file_digest(body, "sha256").hexdigest()
    file.seek(0)
    if trailer != said.encode() + b"\n":
        raise BadBackup("L’empreinte de la sauvegarde n’est pas la sienne : le fichier est abîmé ou a été modifié.")
    return said


class _Part:
    """The beginning of a file, as `file_digest` reads it."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self.file, self.left = file, left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        read = self.file.read(min(len(buffer), self.left))
        buffer[: len(read)] = read
        self.left -= len(read)
        return len(read)


def _place(header_line: bytes, rank: int) -> str:
    return f"sauvegarde:{sha256(header_line).hexdigest()}:{rank}"
