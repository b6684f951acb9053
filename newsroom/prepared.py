"""A query that the ORM writes once and that is asked many times with other values.

For the few statements that a page asks for a hundred rows by their numbers, where the ORM takes longer to write the
statement than the database to answer it. What the query means stays with the ORM: `live()` is still its one door.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# A list of numbers is filled up to one of these lengths, so that there are few texts.
LENGTHS = (1, 4, 8, 16, 40, 100, 400, 900)

Values = Collection[int] | datetime
Place = tuple[str, int]


class Prepared:
    """`build` makes a `values_list` of what it is called with: lists of numbers, moments. It may do nothing with them but
    filter by them, and must not look at them.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._build = build
        self._written: dict[Any, _Statement] = {}

    def rows(self, **values: Values) -> list[tuple[Any, ...]]:
        """One query. Lists must not be empty; the rows come as the query orders them."""
        filled = {name: value if isinstance(value, datetime) else _filled(value) for name, value in values.items()}
        lengths = tuple((name, 0 if isinstance(value, datetime) else len(value)) for name, value in filled.items())
        shape = (connection.vendor, lengths)
        statement = self._written.get(shape)
        if statement is None:
            statement = self._written[shape] = _Statement(self._build, dict(lengths))
        return statement.rows(filled)


class _Statement:
    """The text for lists of these lengths (0: a moment), and what stands where in it."""

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"], lengths: dict[str, int]) -> None:
        marks: dict[str, Any] = {}
        known: dict[Any, Place] = {}
        for number, (name, length) in enumerate(lengths.items()):
            if length:
                marks[name] = [-(number + 1) * 1_000_000 - place for place in range(length)]
                known |= {mark: (name, place) for place, mark in enumerate(marks[name])}
            else:
                marks[name] = datetime(1902, 3, 4, tzinfo=UTC) + timedelta(microseconds=number + 1)
                known[_adapted(marks[name])] = (name, 0)
        compiler = build(**marks).query.get_compiler(connection=connection)
        self._text, values = compiler.as_sql()
        self._values = tuple(values)
        self._parts = self._text.split("%s")
        self._places = [(at, known[value]) for at, value in enumerate(values) if _is_mark(value, known)]
        missing = lengths.keys() - {name for _, (name, _place) in self._places}
        if missing:
            raise ValueError(f"The query says nothing of {', '.join(sorted(missing))}.")
        self._converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])

    def rows(self, given: dict[str, Any]) -> list[tuple[Any, ...]]:
        ready = {name: [_adapted(value)] if isinstance(value, datetime) else value for name, value in given.items()}
        values = list(self._values)
        for at, (name, place) in self._places:
            values[at] = ready[name][place]
        with connection.cursor() as cursor:
            cursor.execute(*(self._with_numbers(values) if connection.vendor == "postgresql" else (self._text, values)))
            found = cursor.fetchall()
        return list(self._converted(found)) if self._converters else found

    def _with_numbers(self, values: list[Any]) -> tuple[str, list[Any]]:
        """Those of the lists written into the text. psycopg remembers no statement of more than fifty values, and takes
        longer to find the places of a hundred than all else takes together.
        """
        written, left = [self._parts[0]], []
        for value, part in zip(values, self._parts[1:], strict=True):
            if type(value) is int:
                written += [str(value), part]
            else:
                written += ["%s", part]
                left.append(value)
        return "".join(written), left

    def _converted(self, found: Iterable[Any]) -> Iterable[tuple[Any, ...]]:
        """As the ORM would hand them out: SQLite has no dates."""
        for row in found:
            values = list(row)
            for at, (converters, expression) in self._converters.items():
                for convert in converters:
                    values[at] = convert(values[at], expression, connection)
            yield tuple(values)


def _filled(numbers: Collection[int]) -> list[int]:
    given = list(numbers)
    length = next((one for one in LENGTHS if one >= len(given)), len(given))
    return given + given[:1] * (length - len(given))


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _is_mark(value: Any, known: dict[Any, Place]) -> bool:
    return isinstance(value, int | str | datetime) and value in known
