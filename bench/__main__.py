"""`make bench`: every bench of the table, beside the floors of the same run.

`make bench SEULEMENT=mot` runs the floors and the benches whose name contains the word.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from bench import application, automation, domain, floors, lightspeed, night, report, reports, synchronisation
from bench.floors import CONCURRENCIES
from bench.load import INSTANCE
from bench.measure import Measure
from bench.report import FLOORS, Goal, Results

Durations = Callable[[], Mapping[int, Measure]]
Values = Callable[[], Mapping[str, float]]

FLOOR_BENCHES: Final[tuple[tuple[str, Durations], ...]] = (
    (FLOORS["a"], floors.bare_view),
    (FLOORS["b"], application.empty_view),
    (FLOORS["c"], floors.durable_commit),
)

NIGHT: Final = "Nuit entière en JSON"
SAVE: Final = "Enregistrement durable d'une case"
SAVE_OVER_FLOORS: Final = "Enregistrement, sur vue connectée vide + écriture durable"
WHOLE: Final = "Nuit calculée"
FIELD: Final = "Dépendants d'un champ, le plus courant"
WORST_FIELD: Final = "Dépendants d'un champ, le pire"
IMPORT: Final = "Domaine importé"
NIGHT_BOOK: Final = "Excel d'une nuit"
MONTH_BOOK: Final = "Excel d'un mois"

BENCHES: Final[tuple[tuple[str, Durations], ...]] = (
    (NIGHT, night.read_night),
    (SAVE, night.save_field),
    (WHOLE, domain.whole_night),
    (FIELD, domain.usual_field),
    (WORST_FIELD, domain.worst_field),
    (IMPORT, domain.fresh_import),
    (NIGHT_BOOK, reports.night_book),
    (MONTH_BOOK, reports.month_book),
)
"""A name, and a function that gives a measure by concurrency (1 for what runs in one process)."""

VALUES: Final[tuple[tuple[str, Values], ...]] = (
    ("Enregistrement, à tour de rôle", night.save_beside_floors),
    ("Serveur au repos", application.at_rest),
    ("Date Lightspeed", lightspeed.ratios),
    ("Synchronisation", synchronisation.ratios),
    ("Automatismes", automation.figures),
    ("Bilans et alertes", automation.letters),
    ("Excel", reports.ratios),
)
"""A name, and a function that gives single figures, each with its unit in its name."""


def _night_share(concurrency: int, run: Results) -> float:
    return run.share(NIGHT, FLOORS["b"], concurrency)


def _value(name: str, run: Results) -> float:
    return run.values[name]


def _thousandth(run: Results) -> float:
    name = "Bilans du matin, {} hôtels (ms par hôtel)"
    return run.values[name.format(1000)] / run.values[name.format(10)]


GOALS: Final[tuple[Goal, ...]] = (
    *(
        Goal(f"Nuit en JSON, part d'une vue connectée vide, {n} à la fois", partial(_night_share, n), at_least=0.4)
        for n in CONCURRENCIES
    ),
    Goal(SAVE_OVER_FLOORS, partial(_value, SAVE_OVER_FLOORS), at_most=2.5),
    Goal("Excel d'une nuit, en ms", lambda run: run.median(NIGHT_BOOK), at_most=150),
    Goal("Excel d'un mois, en ms", lambda run: run.median(MONTH_BOOK), at_most=2_000),
    Goal("Nuit calculée, en ms", lambda run: run.median(WHOLE), at_most=2),
    Goal("Dépendants du pire champ, en ms", lambda run: run.median(WORST_FIELD), at_most=0.3),
    Goal("Domaine importé, en ms", lambda run: run.median(IMPORT), at_most=150),
    *(
        Goal(f"{name} × HTTP nu", partial(_value, name), at_most=1.3)
        for name in ("Date Lightspeed à 0 ms, sur HTTP nu", "Date Lightspeed à 100 ms, sur HTTP nu")
    ),
    Goal("Synchronisation à 100 ms, en ms", partial(_value, "Synchronisation à 100 ms (ms)"), at_most=3000),
    Goal("Bilan d'un millième hôtel, sur celui d'un dixième", _thousandth, at_most=1.2),
    Goal("Bilans de mille hôtels, en secondes", partial(_value, "Bilans du matin, 1000 hôtels (s)"), at_most=60),
    Goal("Alertes de mille hôtels, en secondes", partial(_value, "Alertes de la nuit, 1000 hôtels (s)"), at_most=60),
    Goal("Prêt à répondre, en secondes", lambda run: run.values["Prêt à répondre (s)"], at_most=2.5),
    Goal("Mémoire du travailleur, en Mo", lambda run: run.values["Mémoire du travailleur (Mo)"], at_most=140),
)
"""What a run should show; a goal whose figures were not measured is left out."""


def main(word: str) -> None:
    """Run, print as it goes, keep the figures in instance/bench.json."""
    run = Results()
    print(report.header())
    for name, measure in FLOOR_BENCHES + tuple(one for one in BENCHES if word in one[0]):
        for concurrency, result in measure().items():
            run.measures[name, concurrency] = result
            print(report.line(name, concurrency, run), flush=True)
    for name, values in VALUES:
        if word in name:
            run.values |= values()
    for name in run.values:
        print(report.value_line(name, run))
    for goal in GOALS:
        if (shown := goal.shown(run)) is not None:
            print(report.goal_line(goal, shown))
    report.write(INSTANCE / "bench.json", run, GOALS)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
