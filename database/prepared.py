"""Statements of the hot paths: compiled once, then handed to the driver as they are.

Through SQLAlchemy's own cache a statement costs several times what SQLite takes to execute it. Only the statements
that every request or every save runs are worth this. Rows come back as plain tuples, values as the driver gives them,
and errors are those of the driver: inside ``read()`` and ``write()`` those of a busy or broken storage are translated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.base import Executable

from utils.shapes import Values

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.sql.elements import ClauseElement

_Binder = Callable[[Values], tuple[Any, ...] | Values]


class Prepared:
    """A Core statement whose parameters come by name; ``columns`` are those that an insert or update sets."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._compiled: WeakKeyDictionary[Dialect, tuple[str, _Binder]] = WeakKeyDictionary()

    def first(self, connection: Connection, parameters: Values) -> tuple[Any, ...] | None:
        """The first row, or nothing."""
        row: tuple[Any, ...] | None = self._execute(connection, parameters).fetchone()
        return row

    def all(self, connection: Connection, parameters: Values) -> list[tuple[Any, ...]]:
        """Every row."""
        rows: list[tuple[Any, ...]] = self._execute(connection, parameters).fetchall()
        return rows

    def run(self, connection: Connection, parameters: Values) -> int:
        """Execute; the number of rows changed."""
        changed: int = self._execute(connection, parameters).rowcount
        return changed

    def run_many(self, connection: Connection, parameters: Sequence[Values]) -> None:
        """Execute once a set of parameters, all in one call to the driver."""
        sql, bind = self._for(connection.dialect)
        many: Any = [bind(one) for one in parameters]
        connection.connection.cursor().executemany(sql, many)

    def _execute(self, connection: Connection, parameters: Values) -> Any:  # noqa: ANN401 - a driver's cursor
        sql, bind = self._for(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.execute(sql, bind(parameters))
        return cursor

    def _for(self, dialect: Dialect) -> tuple[str, _Binder]:
        compiled = self._compiled.get(dialect)
        if compiled is None:
            compiled = self._compiled[dialect] = _compile(self._statement, self._columns, dialect)
        return compiled


def _compile(statement: Executable, columns: Sequence[str] | None, dialect: Dialect) -> tuple[str, _Binder]:
    """The text of a statement in this dialect, and what turns named parameters into the driver's."""
    element = cast("ClauseElement", statement)
    compiled = cast("SQLCompiler", element.compile(dialect=dialect, column_keys=list(columns) if columns else None))
    processors = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()
    }
    constants = {name: bind.value for name, bind in compiled.binds.items() if bind.value is not None}

    def value(given: Values, name: str) -> Any:  # noqa: ANN401 - what the driver takes
        given_or_written = given[name] if name in given else constants[name]
        processor = processors[name]
        return processor(given_or_written) if processor else given_or_written

    if compiled.positiontup is not None:
        order = compiled.positiontup
        return compiled.string, lambda given: tuple([value(given, name) for name in order])
    return compiled.string, lambda given: {name: value(given, name) for name in processors}
