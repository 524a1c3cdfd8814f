"""What a hotel chose of its notifications: a row a kind, a column a role, and the people told by exception."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from utils.presentation.notifications import Declared, Typed, typed_again

SHORT: Final = {
    "night_auditor": "Audit",
    "front_desk_supervisor": "Superv.",
    "accounting": "Compta.",
    "controller": "Contrôle",
    "gsm": "Adjoint",
    "gm": "Direction",
    "admin": "Admin.",
}
"""The roles where there is room for a word."""


def choices_given(form: Any, kinds: Mapping[str, Declared]) -> dict[str, Any]:  # noqa: ANN401 - a multi-dict
    """The document that the form of the settings holds, read no further; a person added by exception is of its kind."""
    given, added = {}, [one for one in form.getlist("exception__personne") if one]
    for key, kind in kinds.items():
        names = [*form.getlist(f"{key}__personnes"), *(added if form.get("exception__avis") == key else ())]
        people = [int(one) if one.isdecimal() else one for one in dict.fromkeys(names)]
        one: dict[str, Any] = {
            "actif": f"{key}__actif" in form,
            "roles": form.getlist(f"{key}__roles"),
            "personnes": people,
        }
        for name, has in (("seuil", kind.threshold), ("critique", kind.critical)):
            if has is not None:
                one[name] = form.get(f"{key}__{name}", "").strip() or None
        given[key] = one
    hours = {name: form.get(f"silence__{name}", "").strip() for name in ("de", "a")}
    minutes = form.get("escalade__minutes", "").strip()
    return {
        "kinds": given,
        "silence": hours if any(hours.values()) else None,
        "escalade": {
            "roles": form.getlist("escalade__roles"),
            "minutes": int(minutes) if minutes.isdecimal() and minutes.isascii() else minutes,
        },
    }


def kind_rows(kinds: Mapping[str, Declared], document: Mapping[str, Any], *, typed: bool) -> list[dict[str, Any]]:
    """Each kind with what the hotel chose; ``typed`` amounts are shown as they stand."""
    rows = []
    for key, kind in kinds.items():
        one = document["kinds"][key]
        fields = [
            Typed(f"{key}__{name}", label, one[name] or "" if typed else typed_again(one[name]))
            for name, label in (("seuil", "Seuil"), ("critique", "Critique"))
            if name in one
        ]
        rows.append({"key": key, "label": kind.label, "help": kind.help, "unit": kind.unit, "fields": fields, **one})
    return rows


def exceptions(rows: Iterable[Mapping[str, Any]], names: Mapping[int, str]) -> list[tuple[str, str, int, str]]:
    """Each person told of something whatever her role: the kind, its label, her account, her name."""
    return [(row["key"], row["label"], who, names[who]) for row in rows for who in row["personnes"] if who in names]
