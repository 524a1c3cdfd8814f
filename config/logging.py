"""The technical log: one JSON object a line on standard error, with the request it belongs to, personal data masked.

Every logger passes here: ours (`structlog.get_logger()`), the libraries' and gunicorn's (`logging`).
"""

from __future__ import annotations

import logging
from typing import Any, Final, cast

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.types import EventDict, Processor, WrappedLogger

from config.masking import masked

_TALKATIVE: Final = ("alembic", "apscheduler")
"""Libraries that write several lines a minute when all is well."""

_VERBOSE: Final = ("urllib3.connection", "urllib3.connectionpool")
"""Loggers of urllib3 that write a trace, with what the server sent, of an answer whose headers do not parse."""

_OURS: Final = ("level", "timestamp", "logger", "request_id")
"""Keys that the processors below write themselves: nothing personal can be in them."""


class OneLine(logging.Filter):
    """Headers that cannot be parsed: a warning of one line, without the trace nor what the server sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let it through, short."""
        if record.exc_info:
            record.msg, record.args, record.exc_info = "Les en-têtes d’une réponse ne se lisent pas.", (), None
        return True


def configure(level: str) -> None:
    """Send every logger of the process to standard error as JSON; asked twice, it does so once."""
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, ProcessorFormatter) for handler in root.handlers):
        handler = logging.StreamHandler()
        handler.setFormatter(json_formatter())
        root.addHandler(handler)
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _VERBOSE:
        logging.getLogger(name).filters[:] = [OneLine()]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_common(), ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def json_formatter() -> ProcessorFormatter:
    """What writes a record, ours or a library's, as one masked JSON object."""
    return ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *_common()],
        processors=[
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            mask,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def gunicorn_loggers(level: str) -> dict[str, Any]:
    """The same for gunicorn, which sets its own loggers up from a dictionary before it loads the application."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": json_formatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"gunicorn.error": {"handlers": [], "propagate": True, "level": "WARNING"}},
    }


def mask(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:  # noqa: ARG001 - structlog's signature
    """The last step before writing: no value leaves without being masked."""
    ours = {key: event.pop(key) for key in _OURS if key in event}
    return {**ours, **cast("dict[str, object]", masked(event))}


def _common() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
