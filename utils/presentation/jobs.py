"""The page of what runs by itself: the words of a job and of its runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from utils import dates, french
from utils.presentation.states import State
from utils.presentation.words import typographic

STATES: Final[dict[str, State]] = {
    "en_cours": State("half", "en cours", "wait"),
    "attente": State("wait", "nouvel essai prévu", "wait"),
    "faite": State("ok", "fait", "ok"),
    "sans_objet": State("dash", "sans objet"),
    "abandonnee": State("warn", "abandonné", "diff"),
    "echouee": State("warn", "échoué", "diff"),
    "manquee": State("warn", "manqué", "diff"),
    "interrompue": State("warn", "interrompu, sera repris", "wait"),
}
NEVER: Final = State("void", "jamais encore")
GOING_ON: Final = State("ok", "en marche", "ok")
"""Of what goes on all day: between two turns it waits, and nothing is wrong."""

CAUSES: Final = {"heure": "à son heure", "rattrapage": "rattrapé", "personne": "à la main"}


class Declared(Protocol):
    """What is shown of a job of the table."""

    @property
    def label(self) -> str:
        """What it does, in French."""

    @property
    def help(self) -> str:
        """A sentence more."""

    @property
    def of_hotel(self) -> bool:
        """Whether it is done for each hotel."""

    @property
    def goes_on(self) -> bool:
        """Whether it is done over and over, all day."""


class Run(Protocol):
    """A run of a job."""

    @property
    def business_date(self) -> date:
        """Its night."""

    @property
    def status(self) -> str:
        """What it came to."""

    @property
    def cause(self) -> str:
        """Why it was done."""

    @property
    def actor(self) -> str | None:
        """Who asked for it."""

    @property
    def attempts(self) -> int:
        """How often it was taken up."""

    @property
    def message(self) -> str | None:
        """What it says."""

    @property
    def due_at(self) -> datetime:
        """Since when it was due."""

    @property
    def started_at(self) -> datetime:
        """When it began."""

    @property
    def ended_at(self) -> datetime | None:
        """When it ended."""

    @property
    def next_at(self) -> datetime | None:
        """When it is tried again."""

    @property
    def duration_ms(self) -> int:
        """How long it took."""


class Standing(Protocol):
    """Where a job stands."""

    @property
    def key(self) -> str:
        """Its name in the table."""

    @property
    def job(self) -> Declared:
        """What it is."""

    @property
    def last(self) -> Run | None:
        """Its last run."""

    @property
    def next_at(self) -> datetime:
        """When it is due next."""

    @property
    def refusal(self) -> str | None:
        """Why it cannot be done now."""


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job and its last run."""

    key: str
    label: str
    help: str
    of_hotel: bool
    state: State
    message: str
    night: date | None
    ended: datetime | None
    duration: str
    next_at: datetime
    waits_until: datetime | None
    running: bool
    refusal: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run of the history."""

    label: str
    night: date
    of_hotel: bool
    state: State
    started: datetime
    duration: str
    attempts: int
    who: str
    message: str
    late: str


def job_line(one: Standing, *, running: bool) -> JobLine:
    """A job as the page shows it."""
    job, last = one.job, one.last
    return JobLine(
        key=one.key,
        label=typographic(job.label),
        help=typographic(job.help),
        of_hotel=job.of_hotel,
        state=_state(last, job, running=running) if last else NEVER,
        message=typographic(last.message or "") if last else "",
        night=last.business_date if last else None,
        ended=(last.ended_at or last.started_at) if last else None,
        duration=duration(last.duration_ms) if last else "",
        next_at=one.next_at,
        waits_until=last.next_at if last and last.status == "attente" else None,
        running=running,
        refusal=typographic(one.refusal or ""),
    )


def run_line(run: Run, job: Declared, zone: str) -> RunLine:
    """A run as the history shows it."""
    due = run.cause != "personne" and not job.goes_on  # nobody is late for what has no hour of its own
    late = int((run.started_at - run.due_at).total_seconds() // 60) if due else 0
    return RunLine(
        label=typographic(job.label),
        night=run.business_date,
        of_hotel=job.of_hotel,
        state=_state(run, job, running=True),
        started=run.started_at,
        duration=duration(run.duration_ms),
        attempts=run.attempts,
        who=run.actor or CAUSES[run.cause],
        message=typographic(run.message or ""),
        late=f"dû à {french.clock(dates.local(run.due_at, zone))[:5]}" if late > 0 else "",
    )


def duration(milliseconds: int) -> str:
    """``0,4 s``; ``2 min 5 s`` from a minute on."""
    tenths = milliseconds // 100
    if tenths < 600:  # noqa: PLR2004 - a minute
        return f"{tenths // 10},{tenths % 10}\u00a0s"
    seconds = tenths // 10
    return f"{seconds // 60}\u00a0min {seconds % 60}\u00a0s"


def _state(run: Run, job: Declared, *, running: bool) -> State:
    if job.goes_on and run.status == "attente":
        return GOING_ON
    interrupted = run.status == "en_cours" and not running
    return STATES["interrompue" if interrupted else run.status]
