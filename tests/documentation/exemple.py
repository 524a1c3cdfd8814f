"""What env.example must say, from the table of the settings; « make reglages » writes it."""

import textwrap
from dataclasses import fields

from config.settings import NO, ROOT, YES, Settings

FILE = ROOT / "env.example"


def env_example():
    """The text of env.example: each setting with its explanation and its default."""
    head = "# Réglages de RJ Natif. Chaque ligne montre la valeur par défaut; enlever le « # » pour la changer.\n"
    return head + "".join(map(_example, fields(Settings)))


def _example(declared):
    explanation = textwrap.fill(declared.metadata["help"], 110, initial_indent="# ", subsequent_indent="# ")
    return f"\n{explanation}\n# {declared.name.upper()}={_written(declared.default)}\n"


def _written(value):
    if isinstance(value, bool):
        return YES[0] if value else NO[0]
    return ",".join(value) if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    FILE.write_text(env_example(), encoding="utf-8")
