"""The two real books in the book of the hotel: every golden figure of their sheets, to the cent; twice; undone."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from database import imports, properties, verification
from database.transaction import read, write
from tests.applications import Browser, close, main_app
from tests.utils.actions.nights import Person, book
from tests.utils.imports.classeurs import RJ, SD, real, rj_grids, sd_grids, written
from utils import dates
from utils.actions.imports.enter import enter_month
from utils.actions.imports.planned import IMPORTED, OURS
from utils.actions.imports.propose import Sent, look, propose
from utils.actions.imports.undo import undo_month
from utils.actions.marsha.submit import submit_dbrs
from utils.actions.person import Machine
from utils.actions.refusals import Conflict, Unreadable
from utils.money import r2

GOLDEN = Path(__file__).resolve().parents[3] / "fixtures" / "nuits"
SPLIT = "terme d’une somme tapée dans une case : le classeur n’en garde que le résultat"
NOT_LOOKED_FOR = {
    **dict.fromkeys(("jour_adj_notes", "jour_room_revenue_brut", "g4_montant", "jour_forfait_sj"), SPLIT),
    **dict.fromkeys(("jour_guest_ledger", "jour_deposit_on_hand", "jour_rooms_total"), SPLIT),
    **dict.fromkeys(("jour_adultes", "jour_enfants", "jour_ar_paiements", "jour_ar_transferts"), SPLIT),
    **dict.fromkeys((f"jour_{tax}_{part}" for tax in ("tvq", "tps") for part in ("pms", "pos", "autres")), SPLIT),
    **dict.fromkeys(("hp_admin", "dbrs", "quasimodo"), "feuille d’un autre classeur"),
    "geac_var_identite": "demande le grand livre de la veille, que le classeur additionne à un autre montant",
    "geac_var_veille": "demande le GEAC de la veille, que le classeur n’a plus",
    "sommaire": "contrôles de nuit, sans objet pour une nuit importée",
    "next": "bloc de la nuit suivante",
}
"""What the golden nights hold and that the two books do not, each with why."""


def enter(app, files, hotel="DEMO"):
    """Propose and accept files; the ids of the imports."""
    person = machine(hotel)
    found = propose(person, [Sent(name, data) for name, data in files], dates.now())
    assert found.refused == []
    with read() as connection:
        waiting = [one.id for one in imports.list_of(connection, person.property_id) if one.status == "propose"]
    for one in sorted(waiting):
        enter_month(person, one, dates.now())
    return waiting


def machine(hotel="DEMO"):
    with read() as connection:
        return Machine(properties.property_by_code(connection, hotel).id, "essai")


def verified():
    with read() as connection:
        return verification.verify(connection, machine().property_id)


@pytest.fixture(scope="module")
def full(sqlite_template, tmp_path_factory):
    """The demonstration, once both real books entered."""
    instance = tmp_path_factory.mktemp("importes")
    app = main_app(sqlite_template, instance)
    app.test_client_class = Browser
    with app.app_context():
        enter(app, [(RJ, real(RJ)), (SD, real(SD))])
    yield app
    close(app)


def leaves(value, path=""):
    """Each figure of a document, by its path; lines by their rank."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for rank, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{rank}]")
    else:
        yield path, value


def why_not(tab, path):
    """Why a golden figure is not looked for; nothing for one that is."""
    key = path.partition(".")[0].partition("[")[0]
    if tab == "jour" and key.startswith("jour_pos_"):
        return SPLIT
    return NOT_LOOKED_FOR.get(tab) or NOT_LOOKED_FOR.get(key)


def same(golden, ours):
    """Whether a figure is ours to the cent; the golden files write 0.00 where a line of the book is blank."""
    if isinstance(golden, str) and re.fullmatch(r"-?\d+\.\d+", golden):
        return Decimal(golden) == 0 if ours is None else r2(Decimal(golden)) == r2(Decimal(ours))
    return golden == ours


@pytest.fixture(scope="module")
def controller(full):
    """The controller, who reads."""
    return Person(full, "controleur", "2025-12-23")


GOLDEN_NIGHTS = sorted(
    one.name for one in GOLDEN.glob("*.json") if one.name.startswith(("complet", "jour", "dueback", "sd-"))
)


@pytest.mark.parametrize("name", GOLDEN_NIGHTS)
def test_every_golden_figure_of_these_books_is_in_the_imported_night(controller, name, capsys):
    golden = json.loads((GOLDEN / name).read_text(encoding="utf-8"))
    night = controller.on(golden["audit_date"]).whole()["tabs"]
    missing, left = [], {}
    for part in ("tabs", "expected"):
        for tab, values in golden[part].items():
            held = dict(leaves(night.get(tab, {}).get("values", {}))) | dict(
                leaves(night.get(tab, {}).get("computed", {}))
            )
            for path, value in leaves(values):
                reason = why_not(tab, path)
                if reason:
                    left.setdefault(reason, []).append(f"{tab}.{path}")
                elif path.endswith(".name"):
                    continue  # the two made other names of the same persons
                elif not same(value, held.get(path)):
                    missing.append((tab, path, value, held.get(path)))
    with capsys.disabled():
        for reason, paths in left.items():
            print(f"\n    {name} : {len(paths)} non cherchés, {reason}", end="")  # noqa: T201 - a list is told
    assert missing == []


def test_a_night_says_it_was_imported_and_where_each_figure_was_read(controller):
    night = controller.whole()
    assert (night["etat"], night["libelle_etat"], night["modifiable"]) == ("locked", "Importée", False)
    assert night["tabs"]["jour"]["origines"]["jour_tvq"]["genre"] == "importe"
    assert night["tabs"]["jour"]["origines"]["jour_tvq"]["rapport"].startswith("jour!AX25 (")
    story = controller.story()
    assert {entry["action"] for entry in story} == {"importation"}


def test_year_and_month_to_date_are_those_of_the_hotel(controller):
    jour = controller.computed("jour")
    assert (jour["jour_mtd_room_revenue"], jour["jour_ytd_room_revenue"]) == ("901999.87", "13611579.65")


def test_the_whole_book_verifies(full):
    with full.app_context():
        assert verified() == []


def test_nothing_is_sent(full):
    held = book(full, only={"outbox_messages", "alerts"})
    assert held == {"outbox_messages": [], "alerts": []}


def test_imported_twice_changes_nothing(full):
    before = book(full)
    with full.app_context():
        again = propose(machine(), [Sent("autre-nom.xls", real(RJ)), Sent("x", real(SD))], dates.now())
    assert (again.months, again.known) == ([], {"autre-nom.xls": date(2025, 12, 1), "x": date(2025, 11, 1)})
    assert book(full) == before


def test_where_the_workbook_differs_both_figures_and_the_reason_are_kept(full):
    with full.app_context(), read() as connection:
        (kept,) = [one for one in imports.list_of(connection, 1) if one.month == date(2025, 12, 1)]
        gaps = imports.document_of(connection, kept.id)["ecarts"]
        frozen = connection.execute(
            text("SELECT frozen FROM night_audit_sessions WHERE audit_date = '2025-12-23'")
        ).scalar_one()
    mine = {name: (book_says, ours, place) for day, name, book_says, ours, _, place in gaps if day == "2025-12-23"}
    assert mine["setd.setd_rj_balance"] == ("0.00", "1532.47", "SetD!B27")
    assert all(reason for *_, reason, _ in gaps)
    assert json.loads(frozen)["classeur"]["setd.setd_rj_balance"]["case"] == "SetD!B27"


MONTH = date(2025, 6, 1)


@pytest.fixture
def small():
    """Two small books of one month."""
    return written(rj_grids(MONTH, 3)), written(sd_grids(MONTH, 4))


def test_undone_leaves_no_trace_but_the_journal_s(app, small):
    tables = {"night_audit_sessions", "night_tabs", "night_lines", "night_seals", "properties", "alerts"}
    with app.app_context():
        before = book(app, only=tables)
        (one,) = enter(app, [("a", small[0]), ("b", small[1])])
        assert len(book(app, only=tables)["night_audit_sessions"]) == 4
        assert undo_month(machine(), one, dates.now()) == 4
        assert book(app, only=tables) == before
        assert undo_month(machine(), one, dates.now()) == 0
        assert verified() == []
        enter(app, [("a", small[0])])
        assert verified() == []


def test_the_opening_date_moves_back_and_comes_back(app_sqlite):
    early = written(rj_grids(date(2023, 3, 1), 2))
    with app_sqlite.app_context():
        (one,) = enter(app_sqlite, [("a", early)])
        with read() as connection:
            assert properties.property_by_code(connection, "DEMO").opening_date == date(2023, 3, 1)
        assert verified() == []
        for column, other in (("opening_before", "2010-01-01"), ("month", "2023-04-01")):
            change = text(f"UPDATE month_imports SET {column} = :v")  # noqa: S608
            with write() as connection:
                kept = connection.execute(text(f"SELECT {column} FROM month_imports")).scalar_one()  # noqa: S608
                connection.execute(change, {"v": other})
            said = f"« {one}, mois » n’est pas ce que dit le journal : modifié hors de RJ Natif."
            assert [found.message for found in verified()] == [said]
            with write() as connection:
                connection.execute(change, {"v": kept})
        undo_month(machine(), one, dates.now())
        with read() as connection:
            assert properties.property_by_code(connection, "DEMO").opening_date == date(2024, 12, 1)
        assert verified() == []


def test_a_night_of_ours_is_a_conflict_and_stays(app_sqlite, small):
    anne = Person(app_sqlite, "auditeur", "2025-06-02").open()
    anne.save("recap", {"cash_ls_lecture": "1.00"})
    with app_sqlite.app_context():
        found = look(machine(), [Sent("a", small[0])], dates.now())
        assert [one.conflict for one in found.months[0].nights] == ["", OURS, ""]
        enter(app_sqlite, [("a", small[0])])
        assert anne.values("recap")["cash_ls_lecture"] == "1.00"
        found = look(machine(), [Sent("b", small[1])], dates.now())
        assert [one.conflict for one in found.months[0].nights] == [IMPORTED, OURS, IMPORTED, ""]
        assert verified() == []


def test_an_import_never_becomes_the_night_before_a_closed_one(app_sqlite, small):
    anne = Person(app_sqlite, "admin", "2025-06-04").open()
    anne.save("recap", {"cash_ls_lecture": "1.00"})
    answer = anne.submit()
    assert answer.status_code == 200, answer.text
    before = anne.whole()
    with app_sqlite.app_context():
        enter(app_sqlite, [("a", small[0])])
    after = anne.whole()
    assert [after[key] for key in ("remarques", "precedente", "controles")] == [
        before[key] for key in ("remarques", "precedente", "controles")
    ]
    follows = Person(app_sqlite, "auditeur", "2025-06-05").open()
    assert follows.whole()["etat"] == "draft"


def test_a_corrected_night_keeps_its_import(app_sqlite, small):
    with app_sqlite.app_context():
        (one,) = enter(app_sqlite, [("a", small[0])])
    anne = Person(app_sqlite, "admin", "2025-06-02").reopen()
    assert anne.whole()["libelle_etat"] == "En correction"
    with app_sqlite.app_context():
        with pytest.raises(Conflict, match="2025-06-02"):
            undo_month(machine(), one, dates.now())
        assert verified() == []


def test_an_import_of_which_a_submission_to_marsha_was_written_is_not_undone(app_sqlite, small):
    with app_sqlite.app_context():
        (one,) = enter(app_sqlite, [("a", small[0])])
        with pytest.raises(Unreadable):
            submit_dbrs(machine(), date(2025, 6, 2), dates.now())
        with pytest.raises(Conflict, match="préparées pour MARSHA"):
            undo_month(machine(), one, dates.now())
        assert verified() == []


def test_two_halves_dropped_one_after_the_other_make_one_proposal(app_sqlite, small):
    with app_sqlite.app_context():
        propose(machine(), [Sent("b", small[1])], dates.now())
        propose(machine(), [Sent("a", small[0])], dates.now())
        with read() as connection:
            (kept,) = imports.list_of(connection, machine().property_id)
        assert sorted(one["genre"] for one in kept.files) == ["rj", "sd"]
        assert enter_month(machine(), kept.id, dates.now()) == 4
        assert enter_month(machine(), kept.id, dates.now()) == 0
        assert verified() == []


def test_a_night_that_disappears_without_its_import_undone_is_named(app_sqlite, small):
    with app_sqlite.app_context():
        enter(app_sqlite, [("a", small[0])])
        with write() as connection:
            connection.execute(text("UPDATE month_imports SET status = 'defait'"))
            imports.take_away(
                connection, [connection.execute(text("SELECT max(id) FROM night_audit_sessions")).scalar()]
            )
        assert sorted(one.message for one in verified()) == [
            "La nuit est au journal, mais elle a disparu.",
            "« 1 » n’est pas ce que dit le journal : modifié hors de RJ Natif.",
        ]


def test_a_proposal_that_somebody_changed_does_not_enter(app_sqlite):
    with app_sqlite.app_context():
        values = {"nights": 0, "created_at": dates.now(), "created_by": None}
        document = {"nuits": [["2024-02-01", "100.00"]], "annee": {}}
        with write() as connection:
            one = imports.propose(connection, 1, date(2024, 2, 1), [{"nom": "a"}], document, values)
            kept, said = imports.find(connection, 1, one), imports.document_of(connection, one)
            assert imports.is_intact(connection, 1, kept, said)
            changed = "UPDATE month_imports SET document = replace(document, '100.00', '900.00')"
            assert connection.execute(text(changed)).rowcount == 1
        with pytest.raises(Conflict, match="modifiée hors de RJ Natif"):
            enter_month(machine(), one, dates.now())
