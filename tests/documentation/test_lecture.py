"""The reader of the documents sees what is written there: what it would miss, no test would execute."""

from tests.documentation.lines import addresses_of, command_of, languages, lines_of, settings_of

PAGE = """Dire `rj hotel creer --code X`, `make neuf`, `sudo reboot now`, `KINDS` et `NEUF=1`.
Lire `DELETE /neuf/<date> {"a": 1}` et `/neuve?x=1`; `recap` n’est rien de cela.

```sh
export SECRET_KEY=…     # python3 -c 'print(1)'
cd /srv && sudo .venv/bin/flask --app main base neuve --oui "deux mots"
rj rj journal neuf      # une fois
outil-inconnu
```

```nginx
server { }
```
"""


def test_every_line_of_a_terminal_is_read_with_those_that_a_sentence_names():
    assert list(lines_of(PAGE)) == [
        "python3 -c 'print(1)'",
        "export SECRET_KEY=…",
        "cd /srv",
        'sudo .venv/bin/flask --app main base neuve --oui "deux mots"',
        "rj rj journal neuf",
        "outil-inconnu",
        "rj hotel creer --code X",
        "make neuf",
        "sudo reboot now",
    ]


def test_our_command_lines_are_their_words():
    assert [words for line in lines_of(PAGE) if (words := command_of(line))] == [
        ("base", "neuve", "--oui", "deux mots"),
        ("rj", "journal", "neuf"),
        ("hotel", "creer", "--code", "X"),
    ]
    assert command_of("rj journal neuf") == ("rj", "journal", "neuf")


def test_settings_and_addresses_are_read():
    assert list(settings_of(PAGE)) == [("SECRET_KEY", "…"), ("KINDS", None), ("NEUF", "1")]
    assert list(addresses_of(PAGE)) == [("DELETE", "/neuf/<date>"), (None, "/neuve")]
    assert languages(PAGE) == {"sh", "nginx"}
