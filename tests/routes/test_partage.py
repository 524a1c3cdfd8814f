"""What every answer shares: headers, compression, versioned files, the number of the request, the cookie."""

import gzip
import re
from dataclasses import replace

import pytest

from main import create_app
from routes import statique
from routes.securite import HEADERS, POLICY
from tests.pages import without_token


@pytest.mark.parametrize("path", ["/", "/healthz", "/inconnu", "/api/inconnu"])
def test_every_answer_is_protected(visitor, path):
    headers = visitor.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Strict-Transport-Security" not in headers


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere():
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'self'")


def test_over_https_the_browser_must_stay_there(visitor):
    assert (
        "max-age=31536000"
        in visitor.get("/connexion", base_url="https://rj.hotel").headers["Strict-Transport-Security"]
    )


@pytest.mark.parametrize(
    ("demo", "scheme", "secure"), [(True, "http", False), (True, "https", True), (False, "http", True)]
)
def test_the_cookie_travels_in_clear_only_in_a_local_demonstration(settings, demo, scheme, secure):
    app = create_app(replace(settings, demo=demo, secret_key="une clé assez longue pour ce test, et variée"))
    cookie = app.test_client().get("/connexion", base_url=f"{scheme}://localhost").headers["Set-Cookie"]
    assert ("Secure" in cookie) is secure
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_trusted_proxy_says_that_the_browser_uses_https(settings):
    app = create_app(replace(settings, trusted_proxies=1))
    headers = app.test_client().get("/connexion", headers={"X-Forwarded-Proto": "https"}).headers
    assert "Strict-Transport-Security" in headers


def test_without_trusted_proxy_nobody_is_believed(visitor):
    assert "Strict-Transport-Security" not in visitor.get("/connexion", headers={"X-Forwarded-Proto": "https"}).headers


def test_a_page_travels_compressed(visitor):
    plain = visitor.get("/connexion")
    packed = visitor.get("/connexion", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 1.5
    assert without_token(gzip.decompress(packed.data).decode()) == without_token(plain.text)


def test_a_short_answer_is_left_alone(visitor):
    assert "Content-Encoding" not in visitor.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


def style_of(visitor):
    return re.search(r'href="(/static/[^"]+base\.css)"', visitor.get("/connexion").text)[1]


def test_a_file_is_kept_for_a_year_under_its_version(visitor):
    response = visitor.get(style_of(visitor), headers={"Accept-Encoding": "gzip"})
    assert response.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    style = (statique.DIRECTORY / "css" / "base.css").read_bytes()
    assert gzip.decompress(response.data).split() == re.sub(rb"/\*.*?\*/", b"", style, flags=re.DOTALL).split()
    again = visitor.get(
        style_of(visitor), headers={"Accept-Encoding": "gzip", "If-None-Match": response.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_asked_for_under_an_old_version_is_served_and_not_kept(visitor):
    response = visitor.get("/static/0123456789/css/base.css")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("path", ["css/absent.css", "css", "../main.py", "..%2fmain.py", "/etc/passwd"])
def test_nothing_outside_the_directory_is_served(visitor, path):
    assert visitor.get(f"/static/v/{path}").status_code in {308, 404}


def test_the_version_changes_with_any_file(tmp_path):
    (tmp_path / "a.css").write_text("a")
    before = statique.tree_version(tmp_path)
    (tmp_path / "a.css").write_text("b")
    statique.tree_version.cache_clear()
    assert statique.tree_version(tmp_path) != before


def test_a_file_that_does_not_shrink_is_sent_as_it_is(tmp_path):
    (tmp_path / "a.css").write_text("a")
    (tmp_path / "a.png").write_bytes(b"\0" * 5000)
    assert statique.read(tmp_path / "a.css", 0).compressed == {}
    assert statique.read(tmp_path / "a.png", 0).compressed == {}


def test_each_request_has_a_number_that_a_person_can_quote(visitor):
    assert re.fullmatch("[0-9a-f]{16}", visitor.get("/connexion").headers["X-Request-ID"])
    given = visitor.get("/connexion", headers={"X-Request-ID": "mandataire-0042"})
    assert given.headers["X-Request-ID"] == "mandataire-0042"
    assert visitor.get("/connexion", headers={"X-Request-ID": "a b<script>"}).headers["X-Request-ID"] != "a b<script>"
