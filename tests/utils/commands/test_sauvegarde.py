"""The backup rehearsed: a night of work, everything lost, the book back to the cent; one byte changed is refused."""

import random
import shutil
from hashlib import sha256

import pytest

from config.settings import Settings
from database import backup, schema
from database.backup_file import BadBackup, backup_keys, check_backup
from database.transaction import read, snapshot
from main import create_app
from tests.applications import SECRET, Browser, close, demonstration, prepared
from tests.database.test_schema import differences
from tests.saisie import book, locked, opened, patch, person, reopened, rows, save, whole
from tests.utils.rj.golden import COMPLETE, document

KEYS = backup_keys(SECRET)
ORDER = ("controle", "dueback", "recap", "transelect", "geac", "sd", "setd", "hp_admin", "internet", "sonifi", "jour")


def run(app, *words):
    """Run a command: what it said, and its exit code."""
    result = app.test_cli_runner().invoke(args=["sauvegarde", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output.strip(), result.exit_code


def verified(app):
    result = app.test_cli_runner().invoke(args=["rj", "journal", "verifier"])
    assert result.exit_code == 0, result.output


def worked(app):
    """A golden night typed whole, then locked, corrected and locked again; and the next one begun."""
    given, client = document(COMPLETE), person(app, "admin")
    opened(client)
    answer = client.put("/api/rj/native/session/2025-12-23/reprise", json=given["previous"])
    assert answer.status_code == 200, answer.text
    for tab in sorted(given["tabs"], key=lambda tab: (*ORDER, tab).index(tab)):
        save(client, tab, given["tabs"][tab])
    locked(client)
    reopened(client)
    save(client, "jour", {"jour_massage": "12.34"})
    locked(client)
    opened(client, "2025-12-24")
    save(client, "recap", {"cash_ls_lecture": "100.00"}, day="2025-12-24")
    return client


def figures(client):
    return [whole(client), whole(client, "2025-12-24")]


@pytest.fixture
def elsewhere(request, tmp_path):
    """Make an application on an empty database of this engine, in an empty directory."""
    made = []

    def make(engine, **more):
        instance = tmp_path / f"ailleurs-{len(made)}"
        uri = ""
        if engine == "postgres":
            database = request.getfixturevalue("postgres").database()
            uri = database.__enter__()
            request.addfinalizer(lambda: database.__exit__(None, None, None))
        app = create_app(demonstration(instance, uri) if not more else Settings(instance_path=str(instance), **more))
        app.test_client_class = Browser
        made.append(app)
        request.addfinalizer(lambda: close(app))
        return app

    return make


@pytest.fixture
def engine(app):
    return "postgres" if app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql") else "sqlite"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A backup of a book with one night, made once: (the application, the file)."""
    app = create_app(demonstration(tmp_path_factory.mktemp("petite")))
    prepared(app.config["SETTINGS"])
    app.test_client_class = Browser
    client = person(app)
    opened(client)
    save(client, "recap", {"cash_ls_lecture": "100.00"})
    file = tmp_path_factory.mktemp("fichier") / "livre"
    assert run(app, "creer", file)[1] == 0
    yield app, file
    close(app)


# the drill


@pytest.mark.parametrize("target", ["sqlite", "postgres"])
def test_a_night_of_work_comes_back_whole_on_either_engine(app, target, elsewhere, tmp_path):
    before = figures(worked(app))
    kept, file = book(app, "user_sessions", "login_throttles", "alembic_version"), tmp_path / "livre.sauvegarde"
    said, code = run(app, "creer", file)
    assert code == 0, said
    assert sha256(file.read_bytes()).hexdigest() != said.split()[-1]
    close(app)
    shutil.rmtree(app.instance_path)

    other = elsewhere(target)
    said, code = run(other, "restaurer", file)
    assert (code, said.splitlines()[0]) == (0, "Livre restauré; le journal est intact.")
    verified(other)
    back = book(other, "user_sessions", "login_throttles", "alembic_version", "changes", "journal_heads")
    assert back == {name: values for name, values in kept.items() if name in back}
    assert len(rows(other, "SELECT seq FROM changes")) == len(kept["changes"]) + 1
    client = person(other, "admin")
    assert figures(client) == before
    save(client, "jour", {"jour_massage": "1.00"}, day="2025-12-24")
    opened(client, "2025-12-25")
    answer = patch(client, "recap", {"cash_ls_lecture": "1.00"}, day="2025-12-23")
    assert answer.status_code == 423
    verified(other)


def test_sessions_do_not_come_back(app, engine, elsewhere, tmp_path):
    client = person(app)
    assert run(app, "creer", tmp_path / "livre")[1] == 0
    cookie = client.get_cookie("rj_session")
    other = elsewhere(engine)
    assert run(other, "restaurer", tmp_path / "livre")[1] == 0
    thief = other.test_client()
    thief.set_cookie("rj_session", cookie.value)
    assert thief.get("/api/moi").status_code == 401


def test_what_is_written_during_the_backup_is_not_half_in_it(app, engine, elsewhere, tmp_path):
    client = person(app)
    opened(client)
    with app.app_context(), snapshot() as connection:
        records = backup.dump(connection)
        first = [next(records) for _ in range(3)]
        save(client, "recap", {"cash_ls_lecture": "913577.31"})
        rest = list(records)
    text = str(first + rest)
    assert "913577.31" not in text
    assert "91357731" not in text
    assert run(app, "creer", tmp_path / "livre")[1] == 0
    other = elsewhere(engine)
    assert run(other, "restaurer", tmp_path / "livre")[1] == 0
    verified(other)


def test_a_backup_made_before_an_upgrade_comes_back_after_it(app, engine, elsewhere, tmp_path):
    client = person(app)
    opened(client)
    with app.app_context():
        schema.downgrade("0001")
    assert run(app, "creer", tmp_path / "livre")[1] == 0
    other = elsewhere(engine)
    said, code = run(other, "restaurer", tmp_path / "livre")
    assert (code, "révision 0001" in said) == (0, True), said
    with other.app_context(), read() as connection:
        assert schema.current(connection) == schema.head()
        assert differences(connection) == []
    verified(other)


# what it refuses


def test_a_database_that_holds_something_is_replaced_only_when_asked(app, small, tmp_path):
    client = person(app)
    opened(client, "2025-12-26")
    before = book(app)
    said, code = run(app, "restaurer", small[1])
    assert (code, said) == (1, "La base n’est pas vide : ajouter --remplacer pour perdre ce qu’elle contient.")
    assert book(app) == before
    said, code = run(app, "restaurer", small[1], "--remplacer")
    assert code == 0, said
    assert [row[0] for row in rows(app, "SELECT count(*) FROM night_audit_sessions")] == [1]
    verified(app)


def test_one_byte_changed_anywhere_is_refused(small, tmp_path):
    content = small[1].read_bytes()
    chance = random.Random(7)
    places = {*range(400), *range(len(content) - 80, len(content)), *chance.sample(range(len(content)), 400)}
    for place in sorted(places):
        altered = tmp_path / "altere"
        changed = content[place] ^ chance.choice([1, 2, 4, 8, 16, 32, 64, 128])
        altered.write_bytes(content[:place] + bytes([changed]) + content[place + 1 :])
        with pytest.raises(BadBackup):
            check_backup(altered, KEYS)


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_an_altered_file_leaves_the_database_as_it_was(small, engine, elsewhere, tmp_path):
    content = small[1].read_bytes()
    other, altered = elsewhere(engine), tmp_path / "altere"
    altered.write_bytes(content[:2000] + bytes([content[2000] ^ 1]) + content[2001:])
    said, code = run(other, "restaurer", altered)
    assert (code, said.partition(" de la")[0]) == (1, "L’empreinte")
    with other.app_context(), read() as connection:
        assert schema.current(connection) is None


def resealed(lines):
    """A file whose digest is right, as one who has no key can make it."""
    body = b"".join(lines)
    return body + sha256(body).hexdigest().encode() + b"\n"


def test_whoever_has_no_key_cannot_make_nor_cut_a_backup(small, tmp_path):
    lines = small[1].read_bytes().splitlines(keepends=True)[:-1]
    header, *frames = lines
    forged = tmp_path / "forge"
    middle = frames[0][:-20] + bytes([frames[0][-20] ^ 1]) + frames[0][-19:]
    other_header = header.replace(b'"sqlite"', b'"autre"')
    for attempt in ([header], [header, *frames, frames[-1]], [header, middle], [other_header, *frames], [], [b"{}\n"]):
        forged.write_bytes(resealed(attempt))
        with pytest.raises(BadBackup):
            check_backup(forged, KEYS)
    forged.write_bytes(resealed(lines))
    assert check_backup(forged, KEYS).counts["night_audit_sessions"] == 1


def test_another_key_opens_nothing_and_an_old_one_still_does(small):
    with pytest.raises(BadBackup, match="Aucune clé"):
        check_backup(small[1], backup_keys("une autre clé, assez longue elle aussi"))
    assert check_backup(small[1], backup_keys("la nouvelle clé, assez longue elle aussi", SECRET)).digest


def test_nothing_of_the_book_can_be_read_in_the_file(small):
    content = small[1].read_bytes()
    assert not any(word in content for word in (b"demo.hotel", b"cash_ls_lecture", b"argon2", SECRET.encode()))
    assert small[1].stat().st_mode & 0o777 == 0o600


def test_a_file_that_exists_is_not_written_over(small):
    said, code = run(small[0], "creer", small[1])
    assert (code, said) == (1, f"« {small[1]} » existe déjà : rien n’est écrit.")
    assert run(small[0], "verifier", small[1])[1] == 0
    assert [path.name for path in small[1].parent.iterdir()] == [small[1].name]


def test_a_place_that_cannot_be_written_or_read_is_said_in_one_sentence(small, tmp_path):
    for words in (("creer", tmp_path / "nulle" / "part"), ("restaurer", tmp_path / "absent")):
        said, code = run(small[0], *words)
        assert code == 1
        assert said.startswith("« ")
        assert said.count("\n") == 0


# keys


def test_a_key_of_its_own_opens_the_backup_and_only_it(small, elsewhere, tmp_path):
    key = "clé des sauvegardes, gardée au coffre de l’hôtel"
    given = {"demo": True, "secret_key": SECRET, "log_level": "WARNING"}
    app = elsewhere("sqlite", **given, sauvegarde_cle=key)
    assert run(app, "restaurer", small[1])[1] == 0
    file = tmp_path / "livre"
    assert run(app, "creer", file)[1] == 0
    with pytest.raises(BadBackup):
        check_backup(file, KEYS)
    assert run(elsewhere("sqlite", **given, sauvegarde_cle=key), "restaurer", file)[1] == 0


def test_a_demonstration_keeps_the_key_it_made_beside_its_backup(elsewhere, tmp_path):
    app, file = elsewhere("sqlite", demo=True, log_level="WARNING"), tmp_path / "livre"
    prepared(app.config["SETTINGS"])
    opened(person(app))
    said, code = run(app, "creer", file)
    assert (code, "livre.cle" in said) == (0, True)
    assert (tmp_path / "livre.cle").stat().st_mode & 0o777 == 0o600
    assert run(app, "creer", file)[1] == 1
    other = elsewhere("sqlite", demo=True, log_level="WARNING")
    assert run(other, "restaurer", file)[1] == 0
    again = create_app(Settings(instance_path=other.instance_path, demo=True, log_level="WARNING"))
    assert again.config["SECRET_KEY"] == app.config["SECRET_KEY"]
    verified(again)
    close(again)
