"""The first page."""


def test_the_first_page_says_what_this_is(visitor):
    response = visitor.get("/")
    assert response.status_code == 200
    assert '<html lang="fr-CA">' in response.text
    assert "RJ Natif tient l’audit de nuit" in response.text
    assert '<meta name="csrf-token" content="' in response.text


def test_a_demonstration_says_so_on_the_page(visitor, bare_app):
    assert "Démonstration" in visitor.get("/").text
    bare_app.config["DEMO"] = False
    assert "Démonstration" not in visitor.get("/").text
