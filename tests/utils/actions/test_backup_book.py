"""Backups that were killed leave drafts behind; the next one lets them go, and only them."""

import os

from utils import dates
from utils.actions.backup_book import back_up
from utils.dates import read_date


def test_drafts_of_yesterday_go_and_nothing_else(app_sqlite, tmp_path):
    folder = tmp_path / "sauvegardes"
    folder.mkdir()
    old = folder / ".rj-2025-12-20.sauvegarde.0a1b2c3d"
    new, other = folder / ".rj-2025-12-23.sauvegarde.0a1b2c3e", folder / ".rj-à-moi"
    typed = folder / ".avant-mise-à-jour.sauvegarde.0a1b2c3f"
    for path in (old, typed, new, other):
        path.write_bytes(b"x")
    past = dates.now().timestamp() - 2 * 86_400
    for path in (old, typed, other):
        os.utime(path, (past, past))
    with app_sqlite.app_context():
        written = back_up(folder, read_date("2025-12-23"), app_sqlite.config["SETTINGS"])
    assert sorted(path.name for path in folder.iterdir()) == sorted([new.name, other.name, written.name])
