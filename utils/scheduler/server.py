"""The clock that turns inside the server: APScheduler calls the runner every half minute and lends it its threads."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from threading import Event, Thread
from typing import Final

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from database.transaction import Busy
from utils import dates
from utils.actions.apart import apart
from utils.scheduler.jobs import JOBS
from utils.scheduler.mails import tell
from utils.scheduler.runner import Runner
from utils.scheduler.timetable import Occurrence

EXTENSION: Final = "rj_automatismes"
EVERY_S: Final = 30
SILENCE_S: Final = 180
"""How long the clock may say nothing before the server is no longer well."""

_TURN: Final = timedelta(seconds=EVERY_S)
HOTELS, WHOLE = "travail", "maison"
"""The pools: a PMS that is slow for many hotels holds back neither the mails nor the backup."""

_THREADS: Final = 4
_WHOLE_THREADS: Final = 3
_TICK: Final = "tic"

log = structlog.get_logger("rj.automatismes")


class JobServer:
    """The automation of one server."""

    def __init__(self, app: Flask, runner: Runner) -> None:
        self.runner, self._app = runner, app
        self._began = time.monotonic()
        self._stopped = Event()
        pools = {
            "default": ThreadPoolExecutor(1),
            HOTELS: ThreadPoolExecutor(_THREADS),
            WHOLE: ThreadPoolExecutor(_WHOLE_THREADS),
        }
        self._scheduler = BackgroundScheduler(executors=pools, timezone="UTC")
        self._scheduler.add_job(
            self._tick,
            "interval",
            seconds=EVERY_S,
            id=_TICK,
            next_run_time=dates.machine_now(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin, now."""
        self._scheduler.start()
        Thread(target=self._keep_turning, name="horloge", daemon=True).start()

    def stop(self) -> None:
        """Begin nothing more; what goes on ends by itself, or is taken up after the next start."""
        self.runner.stopping = True
        self._stopped.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def troubles(self) -> list[str]:
        """Why the automation is not well, in French; nothing when it is."""
        said = self.runner.ticked or self._began
        if not self._scheduler.running:
            return ["Les automatismes sont arrêtés."]
        if time.monotonic() - said > SILENCE_S:
            return ["Les automatismes ne donnent plus signe de vie."]
        late = {JOBS[one.job].label for one in self.runner.overdue(dates.now()) if one.job in JOBS}
        return [f"N’a pas démarré à son heure : {', '.join(sorted(late))}."] if late else []

    def _keep_turning(self) -> None:
        """APScheduler waits for an instant of the wall: a clock set back would have it wait as long as it was ahead."""
        while not self._stopped.wait(EVERY_S):
            with apart("horloge"):
                self.bring_back()

    def bring_back(self) -> None:
        """Have done now what waits for longer than a turn."""
        for job in self._scheduler.get_jobs():
            if job.next_run_time > dates.machine_now() + _TURN:
                job.modify(next_run_time=dates.machine_now())

    def _tick(self) -> None:
        with self._app.app_context():
            try:
                due = self.runner.tick()
            except Busy:
                log.warning("tour d’horloge remis : d’autres écrivent")
                return
            except Exception:
                log.exception("tour d’horloge en échec")
                return
        for pool, together in in_order(due):
            self._scheduler.add_job(self._perform, args=[together], executor=pool, misfire_grace_time=None)

    def _perform(self, together: Sequence[Occurrence]) -> None:
        for due in together:
            with self._app.app_context():
                try:
                    self.runner.perform(due)
                except Busy:  # taken again once its lease has ended
                    log.warning("automatisme remis : d’autres écrivent", automatisme=due.job, hotel=due.property_id)
                except Exception:
                    log.exception("automatisme interrompu", automatisme=due.job, hotel=due.property_id)


def in_order(due: Iterable[Occurrence]) -> list[tuple[str, list[Occurrence]]]:
    """What is due at one turn, by pool: what one hotel missed is done in its order, the alarms after what they judge.

    What is of the installation goes each by itself: the mails wait neither for the backup nor for each other.
    """
    hotels: dict[int, list[Occurrence]] = {}
    whole: list[tuple[str, list[Occurrence]]] = []
    for one in sorted(due):
        if JOBS[one.job].of_hotel:
            hotels.setdefault(one.property_id, []).append(one)
        else:
            whole.append((WHOLE, [one]))
    return [*whole, *((HOTELS, together) for together in hotels.values())]


def start(app: object) -> None:
    """Start the automation of a server, unless the installation asks for none; commands and tests never call this."""
    if isinstance(app, Flask) and "SETTINGS" in app.config and app.config["SETTINGS"].automatismes:
        automation = JobServer(app, Runner(JOBS, tell=tell))
        app.extensions[EXTENSION] = automation
        automation.start()


def stop(app: object) -> None:
    """Stop what was started."""
    automation = app.extensions.pop(EXTENSION, None) if isinstance(app, Flask) else None
    if automation is not None:
        automation.stop()


def troubles_of(app: Flask) -> list[str]:
    """Why the automation of this process is not well; nothing when it is, or when none was started here."""
    automation: JobServer | None = app.extensions.get(EXTENSION)
    return automation.troubles() if automation else []


def wake(app: Flask) -> None:
    """Have the automation of this process read the runs again: a person changed one."""
    automation: JobServer | None = app.extensions.get(EXTENSION)
    if automation is not None:
        automation.runner.forget_what_is_known()
