"""Assembles the application, and does nothing else.

The server is `gunicorn 'main:create_app()'`; the command line is `flask --app main`.
"""

from __future__ import annotations

import contextlib
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import jinja2
from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

from config import logging
from config.settings import Settings, SettingsError
from config.signed import SESSION_COOKIE
from utils import commands, dates


def create_app(settings: Settings | None = None) -> Flask:
    """The application under these settings, or those of the environment.

    A command that only calculates starts without pages, keys or database: it needs none, and starts sooner.
    """
    settings = settings or settings_or_exit()
    logging.configure(settings.log_level)
    app = Flask(__name__, static_folder=None, instance_path=str(settings.instance_dir))
    commands.register(app)
    if not commands.only_calculates(sys.argv):
        app.config.from_mapping(flask_config(settings.with_secret_key()))
        set_formats(app)
        connect(app)
        set_clock(settings)
        if settings.trusted_proxies:
            trust(app, settings.trusted_proxies)
    return app


def settings_or_exit() -> Settings:
    """The settings of the environment; a refusal ends the process with its reasons rather than with a trace."""
    try:
        return Settings.from_env()
    except SettingsError as error:
        sys.exit(str(error))


def flask_config(settings: Settings) -> dict[str, Any]:
    """What Flask and its extensions read, from our settings."""
    return {
        "SETTINGS": settings,
        "DEMO": settings.demo,
        "DEBUG": settings.flask_debug,
        "SECRET_KEY": settings.secret_key,
        "FORMER_KEYS": settings.secret_key_fallbacks,
        "SQLALCHEMY_DATABASE_URI": settings.database_uri,
        "MAX_CONTENT_LENGTH": settings.max_body_bytes,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_COOKIE_NAME": SESSION_COOKIE,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a night's page stays open for hours
    }


def set_formats(app: Flask) -> None:
    """JSON in UTF-8, in the order that was written; a template that names something unknown fails."""
    provider = DefaultJSONProvider(app)
    provider.ensure_ascii = False
    provider.sort_keys = False
    app.json = provider
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = jinja2.StrictUndefined


def connect(app: Flask) -> None:
    """Give the application its database and its pages.

    Imported here: the commands that only calculate must not pay for what they do not use.
    """
    import routes  # noqa: PLC0415
    from database import base  # noqa: PLC0415

    base.connect(app)
    keep_private(Path(app.instance_path), app.config["SETTINGS"].backup_dir, *base.files(app))
    routes.register(app)


def keep_private(directory: Path, *elsewhere: Path) -> None:
    """Whatever this process writes is for its account alone, from the first command on; so is what lay there already.

    Every file of the directory is: the key of a demonstration is read by whoever may read it. ``elsewhere``: what the
    settings put out of it, tightened where it exists.
    """
    os.umask(0o077)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    mine = [path for path in directory.iterdir() if not path.is_symlink()]
    for path in (directory, *mine, *elsewhere):
        with contextlib.suppress(OSError):  # not there yet, or of another account: its folder decides
            path.chmod(path.stat().st_mode & 0o700)


def set_clock(settings: Settings) -> None:
    """The hour that a demonstration asked for, else that of the machine."""
    from database.setup import DEMO_HOTEL  # noqa: PLC0415 - as above

    dates.set_clock(settings.horloge, DEMO_HOTEL.time_zone)


def trust(app: Flask, proxies: int) -> None:
    """Read the caller's address and scheme from this many proxies."""
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
