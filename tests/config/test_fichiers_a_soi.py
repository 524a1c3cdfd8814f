"""Files are for the account of the application alone, from the first command on, wherever they already lay."""

import os
from dataclasses import replace

import pytest

from main import create_app, keep_private
from tests.applications import close, demonstration, prepared


@pytest.fixture(autouse=True)
def usual_mask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path):
    return path.stat().st_mode & 0o777


def test_the_base_of_the_first_command_is_read_by_nobody_else(tmp_path):
    directory = tmp_path / "instance"
    prepared(demonstration(directory))
    assert mode(directory) == 0o700
    assert {path.name: mode(path) for path in directory.iterdir() if mode(path) != 0o600} == {}


def test_a_folder_and_a_base_that_were_open_are_closed(tmp_path):
    directory = tmp_path / "instance"
    prepared(demonstration(directory))
    directory.chmod(0o755)
    (directory / "rj.db").chmod(0o644)
    close(create_app(demonstration(directory)))
    assert (mode(directory), mode(directory / "rj.db")) == (0o700, 0o600)


def test_what_lies_elsewhere_is_closed_too(tmp_path):
    """The file of DATABASE_URL, whose folder is not ours to close, and the folder of SAUVEGARDE_DOSSIER."""
    base, backups = tmp_path / "ailleurs" / "livre.db", tmp_path / "copies"
    base.parent.mkdir(mode=0o755)
    backups.mkdir(mode=0o755)
    settings = demonstration(tmp_path / "instance", f"sqlite:///{base}")
    prepared(settings)
    base.chmod(0o644)
    close(create_app(replace(settings, sauvegarde_dossier=str(backups))))
    assert (mode(base), mode(base.parent), mode(backups)) == (0o600, 0o755, 0o700)


def test_every_file_of_the_folder_is_closed_the_key_first_of_all(tmp_path):
    directory = tmp_path / "instance"
    prepared(demonstration(directory))
    (directory / "cle_secrete").write_text("x" * 40)
    (directory / "autre").mkdir()
    (directory / "lien").symlink_to(tmp_path)
    tmp_path.chmod(0o755)
    for path in directory.iterdir():
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    keep_private(directory)
    assert {path.name for path in directory.iterdir() if not path.is_symlink() and mode(path) & 0o077} == set()
    assert mode(tmp_path) == 0o755, "what a link leads to is somebody else’s"


def test_a_folder_that_is_not_there_is_made(tmp_path):
    keep_private(tmp_path / "un" / "deux")
    assert mode(tmp_path / "un" / "deux") == 0o700
