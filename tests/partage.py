"""What the applications of one process of tests share, so that each is made in a fraction of the time.

None of it changes what an application does: templates are compiled once, addresses once, and passwords cost little.
"""

import jinja2
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.routing import Rule

from utils.accounts import passwords


class CompiledTemplates(jinja2.BytecodeCache):
    """Templates already compiled, by name and content."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.kept[bucket.key, bucket.checksum] = bucket.code


def share():
    """Before the first application."""
    Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}
    build, kept = Rule._compile_builder, {}

    def once(rule, append_unknown=True):
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = build(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = once
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
