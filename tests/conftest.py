"""What every test may ask for: an application of its own, in a directory of its own."""

import re
import socket
from collections import Counter

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from config.settings import Settings
from main import create_app
from tests.partage import share

share()
pytest_plugins = ["tests.postgres", "tests.applications", "tests.navigateur", "tests.utils.actions.fixtures"]

LOOPBACK = ("127.0.0.1", "::1", "localhost")

POSTGRES_EACH_TIME = re.compile(
    r"""
    ^tests/(database|config|externes)/ | /test_(api_deux_personnes|api_doubles|api_nuit|api_soumission)\.py
    | /test_(base_connue|nuit_alteree|partage_de_nuit|sauvegarde|processes|send)\.py
    """,
    re.VERBOSE,
)
"""Where PostgreSQL is tried each time: what writes the book, and where two people or two processes meet. Everything
else answers alike on both engines from ``database/`` up, and is tried on PostgreSQL by ``make test-long``."""

ONE_IN = {
    "test_a_browser_that_keeps_nothing_still_saves": 3,
    "test_a_calculated_figure_that_moves_under_the_cursor_is_not_typed": 2,
    "test_a_death_at_each_step_then_a_start_sends_once": 3,
    "test_a_death_at_every_place_of_the_delivery_then_a_start_loses_none": 3,
    "test_a_death_at_every_place_of_what_tells_people_then_a_start_tells_each_once": 4,
    "test_a_death_at_every_place_then_a_start_makes_one_complete_run": 4,
    "test_a_renewal_and_an_exchange_end_in_french_too": 4,
    "test_a_report_that_fails_takes_nothing_from_the_others": 6,
    "test_a_row_of_a_locked_night_that_changes_place_is_named": 3,
    "test_a_value_that_no_key_typed_is_saved_without_leaving": 5,
    "test_an_odd_expiry_never_raises_anything_else": 2,
    "test_an_oddity_leaves_every_figure_as_it_was_said": 3,
    "test_any_column_of_any_row_of_a_locked_night_changed_is_named": 6,
    "test_blank_lines_at_the_end_of_a_block_add_none_and_those_of_the_middle_keep_their_place": 2,
    "test_each_kind_recovers_within_a_turn_of_the_clock": 4,
    "test_each_night_has_one_digest_a_reader_at_the_local_hour": 2,
    "test_each_role_may_do_in_each_state_what_is_written_and_nothing_else": 4,
    "test_nights_in_four_zones_one_sync_and_one_digest_a_night_at_the_local_hour": 2,
    "test_reading_changes_no_row": 3,
    "test_settings_of_a_wrong_shape_break_no_page_and_close_no_night": 4,
    "test_the_browser_killed_and_reopened": 2,
    "test_the_hours_of_a_day_are_in_the_order_of_their_instants_every_day_of_a_year": 3,
    "test_the_page_closed_50_ms_after_typing": 2,
    "test_the_page_closed_while_the_network_is_cut": 2,
    "test_twice_as_much_from_a_person_costs_about_twice": 10,
    "test_twice_as_much_from_a_stranger_costs_about_twice": 10,
    "test_twice_the_text_costs_about_twice": 10,
    "test_two_browsers_on_the_same_field": 2,
    "test_two_processes_on_one_database_do_each_run_once": 2,
    "test_what_is_no_token_is_refused_in_french": 8,
    "test_what_is_not_signed_hears_one_and_the_same_refusal": 4,
    "test_whatever_is_sent_the_answer_is_described": 3,
    "test_with_a_robot_that_submits_only_what_is_planted_is_told_once_to_the_right_people": 2,
    "test_with_nobody_awake_each_night_is_opened_filled_and_told_once_a_level": 2,
}
"""Tests of many cases of one kind: one case in so many each time, all of them in ``make test-long``."""

HEAVY = {"app", "bare_app", "sqlite_template", "postgres"}
"""What makes an application or a base: a test that asks for none of them is quick (`make rapide`)."""

QUICK_PLACES = re.compile(r"^tests/(architecture|config|database|templates|utils)/")
"""Those of `make rapide`: no browser."""

HEAVY_FILES = re.compile(
    r"/test_(processes|setup|freezing|seed|sauvegarde|rj|adresses|nuits|controls|couts|worker|fichiers_a_soi|properties)\.py"
)
"""Those that make applications and processes of their own, or go through whole nights."""

hypothesis_settings.register_profile(
    "rj", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hypothesis_settings.load_profile("rj")


def pytest_collection_modifyitems(items):
    """Leave to the long run what only repeats: the other engine, one more case of a kind. Say what is quick."""
    cases = Counter()
    for item in items:
        quick = QUICK_PLACES.search(item.nodeid) and not HEAVY_FILES.search(item.nodeid)
        if quick and not HEAVY & {*item.fixturenames}:
            item.add_marker("rapide")
        name = getattr(item, "originalname", item.name)
        if name in ONE_IN and not item.get_closest_marker("long"):
            if cases[name] % ONE_IN[name]:
                item.add_marker(pytest.mark.long(reason="one more case of its kind"))
            cases[name] += 1
        engines = getattr(item, "callspec", None) and item.callspec.params.values()
        if engines and "postgres" in map(str, engines) and not POSTGRES_EACH_TIME.search(item.nodeid):
            item.add_marker(pytest.mark.long(reason="the same answers on the other engine"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """No test reaches further than this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def settings(tmp_path):
    """Settings of a demonstration whose data lie in a temporary directory."""
    return Settings(instance_path=str(tmp_path / "instance"), log_level="WARNING")


@pytest.fixture
def bare_app(settings):
    """The whole application; its database is not created yet."""
    return create_app(settings)


@pytest.fixture
def visitor(bare_app):
    """A browser in front of an application whose database is not created yet."""
    return bare_app.test_client()
