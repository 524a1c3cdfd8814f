"""Styles, scripts, fonts and images: served from an address that changes with their content, so kept for a year.

The version is that of the whole directory, and stands before the path: a script that imports another one, or a style
that names a font, does so by a relative path and stays in the same version.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import brotli
from flask import Flask, Response, abort, current_app, request
from werkzeug.security import safe_join

from config.settings import ROOT
from routes.access import public
from routes.liasse import ENTRIES, bundled

DIRECTORY: Final = ROOT / "static"
YEAR: Final = 31_536_000
TYPES: Final = {
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""Spoken here rather than guessed: what a machine guesses depends on the machine."""

_BESIDE: Final = re.compile(rb" +// [^\"'`\n]*(?=\n|$)")
"""A comment at the end of a line of script; where a quote follows, it may be a part of a text and stays."""

_COMMENT: Final = re.compile(rb"/\*(?!!).*?\*/\s*|^ +|\n(?=\s*\n)", re.DOTALL | re.MULTILINE)
"""Of a style, its comments, its indentation and its empty lines; a licence stays."""

_COMPACT: Final = frozenset({"font/woff2", "image/png"})


@dataclass(frozen=True, slots=True)
class Asset:
    """A file in memory, compressed once."""

    body: bytes
    compressed: dict[str, bytes]
    """By the word of ``Accept-Encoding`` that asks for it, the lightest first; none when it saves nothing."""

    content_type: str
    etag: str


def register(app: Flask) -> None:
    """Serve the files, and give `url_for('static', filename=…)` their current version."""
    current = tree_version(DIRECTORY)

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("version", current)

    app.add_url_rule("/static/<version>/<path:filename>", "static", serve)
    app.url_defaults(add_version)


@public
def serve(version: str, filename: str) -> Response:
    """A file; under an address of another version it is not kept, since that address says nothing of it."""
    path = safe_join(str(DIRECTORY), filename)
    if path is None or not _is_file(Path(path)):
        abort(404)
    asset = read(Path(path), _changed(Path(path)))
    coding = next((coding for coding in asset.compressed if request.accept_encodings[coding] > 0), None)
    response = Response(asset.compressed[coding] if coding else asset.body, content_type=asset.content_type)
    if coding:
        response.headers["Content-Encoding"] = coding
    if asset.compressed:
        response.vary.add("Accept-Encoding")
    response.set_etag(f"{asset.etag}-{coding}" if coding else asset.etag)
    if version == tree_version(DIRECTORY) and not current_app.debug:
        response.cache_control.max_age = YEAR
        response.cache_control.public = True
        response.cache_control.immutable = True
    response.make_conditional(request)
    return response


def _is_file(path: Path) -> bool:
    """Whether a file is there; a name that no file may have is that of none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _changed(path: Path) -> int:
    """When a file last changed, in nanoseconds; a script that holds others changes with any of them."""
    files = DIRECTORY.glob("js/**/*.js") if _is_entry(path) else (path,)
    return max(file.stat().st_mtime_ns for file in files)


def _is_entry(path: Path) -> bool:
    return path.is_relative_to(DIRECTORY) and path.relative_to(DIRECTORY).as_posix() in ENTRIES


@lru_cache(maxsize=512)
def read(path: Path, changed: int) -> Asset:  # noqa: ARG001 - a file changed since is another entry of the cache
    """Read and compress a file, once for each of its contents."""
    body = bundled(path) if _is_entry(path) else path.read_bytes()
    body = lightened(body) if path.suffix == ".js" else _COMMENT.sub(b"", body) if path.suffix == ".css" else body
    mimetype = TYPES.get(path.suffix, "application/octet-stream")
    codings = {} if mimetype in _COMPACT else {"br": brotli.compress(body), "gzip": gzip.compress(body, 9, mtime=0)}
    compressed = {coding: made for coding, made in codings.items() if len(made) < len(body)}
    content_type = f"{mimetype}; charset=utf-8" if mimetype == "text/css" else mimetype
    return Asset(body, compressed, content_type, sha256(body).hexdigest()[:10])


def lightened(script: bytes) -> bytes:
    r"""A script without its comments nor its indentation, each line in its place: a fifth of what would travel.

    >>> lightened(b"// Pourquoi.\n  faire(); // une fois\n")
    b'\nfaire();\n'
    """
    lines = (_BESIDE.sub(b"", line.lstrip(b" ")) for line in script.splitlines(keepends=True))
    return b"".join(b"\n" if line.startswith(b"//") else line for line in lines)


@lru_cache(maxsize=8)
def tree_version(directory: Path) -> str:
    """Ten hexadecimal digits that change when any file of the directory does."""
    digest = sha256()
    for file in sorted(path for path in directory.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(directory)).encode())
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:10]
