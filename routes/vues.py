"""From what the book knows of a night to what its pages show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from flask import render_template, url_for

from routes.access import Access, current_access
from utils import dates
from utils.actions import compare_revisions, documents
from utils.actions.last_year import last_year_of
from utils.actions.lightspeed.changed import changed_since
from utils.actions.marsha.standing import of_night
from utils.actions.night_remarks import all_remarks, to_carry_again
from utils.actions.settings.fields import TAKING_BACK, value_in
from utils.actions.state import CORRECTING, NightState
from utils.actions.submit_night import asked, may_override
from utils.actions.take_back import may_take_back
from utils.actions.usual import Usual, usual_of
from utils.actions.verdicts import given_of, verdict_of, verdict_once_submitted
from utils.presentation.last_year import Beside, beside
from utils.presentation.marks import Marks
from utils.presentation.marsha import night_words
from utils.presentation.moments import moments
from utils.presentation.night_page import SUMMARY, Closed, NightPage, Standing, night_page
from utils.presentation.revisions import Comparison, comparison, marked, synced
from utils.presentation.sommaire import Summary, summary
from utils.scheduler import timetable
from utils.shapes import Document

MORNING: Final = ("synchro", "synchro_avis", "rj_attendu", "digest")


def morning_of(access: Access, day: date) -> dict[str, str]:
    """The hours of the morning that ends a night, as the hotel set them: from when it is filled, due, told."""
    hours = timetable.read_timetable(access.settings_on(day + timedelta(days=1))).hours
    return {hour: hours[hour] for hour in MORNING}


def standing_of(state: NightState, access: Access) -> Standing:
    """Where a night stands, for the one who reads."""
    may_fill = access.may("corriger" if state.status == CORRECTING else "remplir")
    return Standing(
        hotel=state.hotel.code,
        hotel_name=state.hotel.name,
        demo=state.hotel.demo,
        day=state.day,
        version=state.stamp.version,
        status=state.status,
        label=state.label,
        strip=documents.strip_of(state),
        tabs=documents.tab_standings(state),
        marks=marks_of(state, editable=state.editable and may_fill),
        prepared_by=state.names.get(state.row["auditor_id"], ""),
        saved_at=last_saved(state),
        verdict=verdict_of(state),
        synced_at=state.row["ls_sync_timestamp"],
        submission=submission_of(state),
    )


def submission_of(state: NightState) -> Closed | None:
    """When and by whom a closed night was submitted; nothing while it is open."""
    if state.editable or state.row["submitted_at"] is None:
        return None
    by = state.names.get(state.row["submitted_by"], "")
    return Closed(state.row["submitted_at"], by, state.status == "locked", state.leaves_at)


def marks_of(state: NightState, *, editable: bool) -> Marks:
    """Who wrote each value, what stands beside it, what is proposed."""
    given = [(tab, stored) for tab, stored in state.tabs.items()]
    return Marks(
        origins={f"{tab}.{cell}": origin for tab, stored in given for cell, origin in stored.origins.cells.items()},
        names=state.names,
        typed={f"{tab}.{cell}": text for tab, stored in given for cell, text in stored.typed_texts.items()},
        proposals=documents.proposals(state),
        remarks=all_remarks(state),
        expected=state.expected.terminals,
        outlets=state.expected.outlets,
        envelopes=state.expected.envelopes,
        papers=state.expected.papers,
        nights=state.expected.nights,
        editable=editable,
        zone=state.hotel.time_zone,
    )


def last_saved(state: NightState) -> datetime | None:
    """When a value of the night was last written."""
    instants = [origin.at for stored in state.tabs.values() for origin in stored.origins.cells.values()]
    return datetime.fromisoformat(max(instants)) if instants else None


def summary_of(state: NightState, base: str) -> Summary:
    """The Sommaire of a night."""
    settled = not state.editable
    return summary(state.night, base, asked(state), given_of(state), verdict_of(state), settled=settled)


def changes_between(state: NightState, access: Access, one: int, other: int) -> Comparison:
    """What changed between two revisions of a night, as its pages tell it."""
    found = compare_revisions.compare_revisions(access, state.day, one, other)
    return comparison(found, state.hotel.time_zone, f"/rj/native/{state.day.isoformat()}")


def changes_since_the_first(state: NightState, access: Access) -> Comparison | None:
    """What corrections changed; nothing of a night that was never corrected."""
    revision = state.row["revision"]
    return changes_between(state, access, 1, revision + 1) if revision else None


def last_year_beside(state: NightState, access: Access) -> Beside:
    """The month of the night beside that of a year ago."""
    past = last_year_of(access, state.day)
    return beside(state.night, past.day, past.sums)


def tab_shown(state: NightState, key: str, template: str, **more: Any) -> str:  # noqa: ANN401 - of the template
    """One tab, on the screen or on paper."""
    access = current_access()
    standing = standing_of(state, access)
    usual = usual_of(state, key) if standing.marks.editable else Usual()
    standing = replace(standing, marks=replace(standing.marks, before=usual.lines))
    shown = context(state, access, night_page(state.night, standing, key))
    shown["donnees"] |= {"habituelles": usual.cells, "textes": usual.texts}
    return render_template(template, **shown, **more)


def context(state: NightState, access: Access, page: NightPage) -> dict[str, Any]:
    """What the templates of a night need."""
    editable = page.standing.marks.editable
    found = changed_since(state) if state.editable else None
    changed = synced(found.since, found.entries, state.hotel.time_zone, page.base) if found else None
    on_summary = page.tab.key == SUMMARY
    leaves_at = state.leaves_at
    return {
        "nuit": page,
        "state": state,
        "base": page.base,
        "onglet": page.tab.key,
        "modifiable": editable,
        "papier": False,
        "donnees": page_data(page, access)
        | {"heure": hotel_hour(state), "changes": marked(changed, page.tab.key) if changed else {}},
        "change_pms": changed,
        "sommaire": summary_of(state, page.base) if on_summary else None,
        "peut": rights(state, access),
        "changes": changes_since_the_first(state, access) if on_summary else None,
        "sera": verdict_once_submitted(state).sentence if on_summary and state.editable else "",
        "minutes": value_in(state.policy, TAKING_BACK),
        "part_a": leaves_at if leaves_at and dates.now() < leaves_at else None,
        "moments": moments(state.night, page.standing),
        "dbrs_envoye": night_words(of_night(state)),
        "an_dernier": last_year_beside(state, access) if on_summary else None,
        "a_reprendre": editable and bool(to_carry_again(state)),
        "synchronise": state.editable and may_sync(state, access),
        "pms": (state.row["ls_sync_tabs"] or {}).get(page.tab.key),
    }


def hotel_hour(state: NightState) -> str:
    """What the hotel's clock says now, by the server: what a page says was saved or read has no other hour."""
    return dates.local(dates.now(), state.hotel.time_zone).isoformat(timespec="seconds")


def page_data(page: NightPage, access: Access) -> Document:
    """What the modules of the page read first."""
    standing = page.standing
    return {
        "hotel": standing.hotel,
        "date": standing.day.isoformat(),
        "version": standing.version,
        "modifiable": standing.marks.editable,
        "onglet": page.tab.key,
        "api": f"/api/rj/native/session/{standing.day.isoformat()}",
        "utilisateur": {"id": str(access.user_id), "nom": access.label, "courriel": access.signed_in.email},
        "motifs": {},
        "champs": url_for("nuit.champs"),
    }


def may_sync(state: NightState, access: Access) -> bool:
    """Whether the reader may have the PMS fill this night now; a correction asks for the right to correct."""
    return access.may("synchroniser") and (state.status != CORRECTING or access.may("corriger"))


def rights(state: NightState, access: Access) -> frozenset[str]:
    """What the reader may do to this night, now."""
    wanted = {
        "soumettre": state.editable and access.may("corriger" if state.status == CORRECTING else "soumettre"),
        "deroger": may_override(access, state),
        "verrouiller": state.status == "submitted" and access.may("verrouiller") and not state.row["awaiting_override"],
        "reprendre": may_take_back(access, state, dates.now()),
        "rouvrir": state.status in ("submitted", "locked") and access.may("corriger"),
    }
    return frozenset(right for right, granted in wanted.items() if granted)
