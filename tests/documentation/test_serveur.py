"""What exploitation.md gives to systemd and to nginx agrees with the application; neither of them is needed here."""

import configparser
import re

from flask import request

from config.settings import Settings
from main import create_app
from tests.applications import SECRET, close
from tests.architecture.source import ROOT
from tests.documentation.lines import command_lines, lines_of, text_of

PAGE = text_of("documentation/exploitation.md")
NGINX = PAGE.partition("```nginx\n")[2].partition("```")[0]
UNITS = {"k": 1024, "m": 1024**2}


def unit():
    """The unit of systemd, by section."""
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str
    read.read_string(PAGE.partition("```ini\n")[2].partition("```")[0])
    return read


def test_the_service_starts_what_the_page_installs():
    service, lines = unit()["Service"], list(lines_of(PAGE))
    folder = service["WorkingDirectory"]
    assert f"cd {folder}" in lines
    assert any(line.startswith("sudo useradd") and line.endswith(service["User"]) for line in lines)
    start, prepare = service["ExecStart"], service["ExecStartPre"]
    assert start == f"{folder}/.venv/bin/gunicorn"
    assert prepare.startswith(f"{folder}/.venv/bin/flask --app main ")
    assert tuple(prepare.split()[3:]) in command_lines()


def test_the_service_writes_in_the_folder_of_the_data_alone():
    service = unit()["Service"]
    assert f"INSTANCE_PATH={service['ReadWritePaths']}" in lines_of(PAGE)
    assert (service["ProtectSystem"], service["UMask"]) == ("strict", "0077")
    assert f"`{service['EnvironmentFile']}`" in PAGE


def test_the_service_waits_for_what_the_server_takes_to_stop():
    graceful = int(re.search(r"(?m)^graceful_timeout = (\d+)", text_of("gunicorn.conf.py"))[1])
    assert int(unit()["Service"]["TimeoutStopSec"]) > graceful


def test_nginx_speaks_to_the_address_where_the_server_listens():
    settings = Settings()
    assert re.findall(r"proxy_pass (\S+);", NGINX) == [f"http://{settings.host}:{settings.port}"]


def test_nginx_lets_through_what_the_application_accepts():
    size, unit_of = re.search(r"client_max_body_size (\d+)([km]);", NGINX).groups()
    assert int(size) * UNITS[unit_of] >= Settings().max_body_bytes


def test_nginx_bounds_an_address_and_lets_ten_desks_behind_it_open_their_first_page():
    zone, rate = re.search(r"limit_req_zone \$binary_remote_addr zone=(\w+):\d+m rate=(\d+)r/s;", NGINX).groups()
    assert f"limit_req zone={zone} burst=" in NGINX
    burst = int(re.search(r"burst=(\d+) nodelay;", NGINX)[1])
    served = [path for path in (ROOT / "static").rglob("*") if path.suffix in (".js", ".css")]
    assert burst >= 10 * len(served), "whatever a page asks for, the first time"
    assert int(rate) >= 10 * 2
    assert "limit_req_status 429;" in NGINX, "which a page takes as a pause"


def test_nginx_keeps_the_figures_to_the_machine():
    assert "location = /metrics { return 404; }" in NGINX


def test_the_headers_of_nginx_are_those_that_the_application_believes(tmp_path):
    """Who asks, by which name, in https: as nginx says it, when one proxy is trusted."""
    said = {"$host": "rj.hotel.ca", "$remote_addr": "192.0.2.7", "$scheme": "https"}
    headers = {name: said[value] for name, value in re.findall(r"proxy_set_header (\S+) (\S+);", NGINX)}
    asked = {"DEMO": "non", "SECRET_KEY": SECRET, "INSTANCE_PATH": str(tmp_path), "TRUSTED_PROXIES": "1"}
    app = create_app(Settings.from_env(asked | {"LOG_LEVEL": "ERROR"}))
    seen = []
    app.before_request_funcs.setdefault(None, []).insert(
        0, lambda: seen.append((request.remote_addr, request.host, request.scheme))
    )
    assert app.test_client().get("/healthz", headers=headers).status_code == 200
    assert seen == [("192.0.2.7", "rj.hotel.ca", "https")]
    close(app)
