"""`rj calculer`, `rj verifier`, `rj expliquer`, `rj champs`."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.utils.rj.golden import CATALOGUE, COMPLETE, FILES, FOLDER, NAMES, night, text
from utils.commands.rj import rj
from utils.rj.explain import explain, listed_names
from utils.rj.night_file import calculated

ROOT = Path(__file__).resolve().parents[3]
TYPED_HERE = "[saisie directe permise]"


def run(*words, given=b""):
    return CliRunner().invoke(rj, list(words), input=given)


def lines(result):
    return result.output.splitlines()


@pytest.fixture
def folder(tmp_path):
    """Write nights in a directory: `folder(une={...})`."""

    def write(**nights):
        for name, given in nights.items():
            content = given if isinstance(given, str) else json.dumps(given)
            (tmp_path / f"{name}.json").write_text(content, encoding="utf-8")
        return str(tmp_path)

    return write


def a_night(expected=None, **tabs):
    return {"audit_date": "2025-12-23", "tabs": tabs} | ({"expected": expected} if expected else {})


# calculer


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_one_file_is_printed_calculated(path):
    result = run("calculer", str(path))
    assert result.exit_code == 0
    assert json.loads(result.output) == calculated(path.read_bytes())


def test_an_output_piped_into_the_command_gives_the_same_output():
    once = run("calculer", "-", given=text(COMPLETE))
    assert once.exit_code == 0
    assert run("calculer", "-", given=once.output.encode()).output == once.output


def test_several_files_make_one_line_each_in_their_order():
    chosen = [str(path) for path in reversed(FILES)]
    result = run("calculer", *chosen)
    assert result.exit_code == 0
    assert [json.loads(line) for line in lines(result)] == [calculated(path.read_bytes()) for path in reversed(FILES)]


def test_the_first_refused_file_stops_with_its_error_and_its_name(folder):
    where = folder(a=a_night(), b=a_night(recap={"cash_ls_lecture": "12,3a"}), c=a_night())
    result = run("calculer", *(f"{where}/{name}.json" for name in "abc"))
    assert result.exit_code == 2
    assert len(lines(result)) == 2
    assert json.loads(lines(result)[1]) == {
        "fichier": f"{where}/b.json",
        "erreurs": [{"chemin": "tabs.recap.cash_ls_lecture", "message": "Montant invalide : « 12,3a »."}],
    }


def test_a_refused_night_prints_its_errors_and_nothing_else():
    """The example of the reference: exit code 2, nothing computed."""
    result = run("calculer", "-", given=json.dumps(a_night(recap={"cash_ls_lecture": "12,3a"})).encode())
    assert result.exit_code == 2
    assert json.loads(result.output) == {
        "erreurs": [{"chemin": "tabs.recap.cash_ls_lecture", "message": "Montant invalide : « 12,3a »."}]
    }


def test_a_file_that_cannot_be_read_is_an_error_in_french(tmp_path):
    result = run("calculer", str(tmp_path / "absente.json"))
    assert result.exit_code == 2
    assert json.loads(result.output)["erreurs"][0]["message"].startswith("Le fichier « ")


def test_red_checks_are_no_error():
    night = a_night(recap={"cash_ls_lecture": "100.00", "deposit_cdn": "1.00"})
    result = run("calculer", "-", given=json.dumps(night).encode())
    assert json.loads(result.output)["computed"]["sommaire"]["statuts"]["chk_recap"] == "bloquant"
    assert result.exit_code == 0


def test_the_whole_command_line_as_it_is_typed():
    """`flask --app main rj calculer -`, on a machine whose language is not ours."""
    command = [sys.executable, "-m", "flask", "--app", "main", "rj", "calculer", "-"]
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    done = subprocess.run(command, input=text(COMPLETE), capture_output=True, cwd=ROOT, env=env, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == calculated(text(COMPLETE))


# verifier


def test_the_golden_nights_are_verified():
    result = run("verifier", str(FOLDER))
    assert result.exit_code == 0
    assert lines(result)[-1] == "52 fichiers, 1114 valeurs, 0 écarts"


def test_a_value_that_differs_is_shown_and_counted(folder):
    expected = {"recap": {"cash_ls_net": "100.01", "recap_total_recettes": "100.00"}}
    where = folder(une=a_night(expected, recap={"cash_ls_lecture": "100.00"}))
    result = run("verifier", where)
    assert result.exit_code == 1
    assert "  recap.cash_ls_net : attendu 100.01, calculé 100.00" in lines(result)
    assert lines(result)[-1] == "1 fichiers, 2 valeurs, 1 écarts"


@pytest.mark.parametrize(
    ("expected", "equal"),
    [
        ({"recap": {"cash_ls_net": "99.996"}}, True),
        ({"recap": {"cash_ls_net": "99.99"}}, False),
        ({"recap": {"cash_pos_net": "0.00"}}, False),
        ({"recap": {"cash_ls_net": 100}}, False),
        ({"dueback": {"dueback_entries": [{"net": "1.00"}]}}, False),
        ({"sd": {"sd_entries": [{"variance": "-2.00"}]}}, True),
        ({"sd": {"sd_entries": [{"variance": "-2.00"}, {"variance": "0.00"}]}}, False),
        ({"quasimodo": {"quasi_amex_factor": "0.9735"}}, True),
        ({"quasimodo": {"quasi_amex_factor": "0.9737"}}, False),
        ({"sommaire": {"statuts": {"chk_ar": "na"}, "is_ar_balanced": False}}, True),
        ({"sommaire": {"is_ar_balanced": True}}, False),
        ({"next": {"audit_date": "2025-12-24"}}, True),
        ({"inconnu": {"champ": "1.00"}}, False),
    ],
)
def test_what_counts_as_equal(folder, expected, equal):
    """Amounts to the cent, factors, counts and texts exactly; what we do not have is a difference."""
    where = folder(une=a_night(expected, recap={"cash_ls_lecture": "100.00"}, sd={"sd_entries": [{"amount": "2.00"}]}))
    assert run("verifier", where).exit_code == (0 if equal else 1)


def test_an_expected_block_that_is_no_object_asserts_nothing(folder):
    assert lines(run("verifier", folder(une=a_night(["?"]))))[-1] == "1 fichiers, 0 valeurs, 0 écarts"


def test_an_unreadable_night_does_not_stop_the_others(folder):
    where = folder(a="{", b=a_night({"recap": {"cash_ls_net": "1.00"}}, recap={"cash_ls_lecture": "1.00"}))
    result = run("verifier", where)
    assert result.exit_code == 2
    assert lines(result)[0].startswith("a.json : ")
    assert lines(result)[-1] == "2 fichiers, 1 valeurs, 0 écarts"


@pytest.mark.parametrize("name", ["vide", "absent"])
def test_a_directory_without_nights_is_unreadable(tmp_path, name):
    (tmp_path / "vide").mkdir()
    result = run("verifier", str(tmp_path / name))
    assert result.exit_code == 2
    assert lines(result) == [f"Aucune nuit dans « {tmp_path / name} ».", "0 fichiers, 0 valeurs, 0 écarts"]


# expliquer


def test_a_figure_is_explained_with_its_figures_and_their_origins():
    result = run("expliquer", str(FOLDER / f"{COMPLETE}.json"), "recap.recap_total_recettes")
    assert result.exit_code == 0
    nbsp = "\N{NO-BREAK SPACE}"
    assert lines(result)[0] == f"Total : 1{nbsp}217,25{nbsp}$"
    assert lines(result)[1].startswith("Formule : Total = Comptant LightSpeed — net + Comptant POSitouch — net")
    assert lines(result)[2] == f"Calcul : 521,20 + 696,05 = 1{nbsp}217,25{nbsp}$"
    assert lines(result)[3] == f"  Comptant LightSpeed — net : 521,20{nbsp}$ (calculé)"


def test_every_calculated_figure_of_the_complete_night_is_explained():
    """The sentences themselves are redone one by one in tests/utils/rj/test_explain.py."""
    names = listed_names(night(COMPLETE))
    results = {name: run("expliquer", str(FOLDER / f"{COMPLETE}.json"), name) for name in names}
    assert len(names) > 300
    assert {result.exit_code for result in results.values()} == {0}
    said = {name: lines(result)[2].removeprefix("Calcul : ") for name, result in results.items()}
    assert said == {name: explain(night(COMPLETE), name).sentence for name in names}


@pytest.mark.parametrize("name", ["recap.cash_ls_lecture", "recap.inconnu", "inconnu", "sd.sd_entries[9].variance"])
def test_what_is_not_calculated_has_no_explanation(name):
    result = run("expliquer", str(FOLDER / f"{COMPLETE}.json"), name)
    assert result.exit_code == 2
    assert json.loads(result.output) == {
        "erreurs": [{"chemin": name, "message": f"« {name} » n'est pas un chiffre calculé de la nuit."}]
    }


def test_a_refused_night_is_not_explained(folder):
    where = folder(une={"audit_date": "2025-12-23"})
    result = run("expliquer", f"{where}/une.json", "recap.cash_ls_net")
    assert result.exit_code == 2
    assert json.loads(result.output)["erreurs"][0]["chemin"] == "tabs"


# champs


def catalogue(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("column", ["tab", "key", "label_fr", "kind", "role", "workbook_cell"])
def test_the_catalogue_is_that_of_the_reference(column):
    ours, theirs = catalogue(run("champs").output), catalogue(CATALOGUE.read_text(encoding="utf-8"))
    assert len(ours) == 670
    assert [row[column] for row in ours] == [row[column] for row in theirs]


def test_the_catalogue_says_what_may_be_typed_in_place_of_its_source():
    ours, theirs = catalogue(run("champs").output), catalogue(CATALOGUE.read_text(encoding="utf-8"))
    typed = [row["key"] for row in ours if TYPED_HERE in row["formula_or_source"]]
    assert typed == [row["key"] for row in theirs if TYPED_HERE in row["formula_or_source"]]
    assert len(typed) == 60


def test_every_calculated_field_of_the_catalogue_has_its_formula():
    ours = catalogue(run("champs").output)
    silent = [row["key"] for row in ours if row["role"] in ("computed", "linked") and len(row["formula_or_source"]) < 2]
    assert silent == []
