"""The live database as a rebuild reads it: never written, and at the end as of one moment."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
PAGE = 500


@contextmanager
def as_of_now(engine: Engine) -> Iterator[Connection]:
    """A connection whose reads all see what was committed when the first of them ran. The node writes on."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        yield connection
        connection.rollback()


class Ahead(Generic[T]):
    """What comes in order, a page at a time: the next can be looked at before it is taken."""

    def __init__(self, page: Callable[[Any, int], Sequence[T]], after: Any, mark: Callable[[T], Any]) -> None:
        self.page, self.after, self.mark = page, after, mark
        self.waiting: list[T] = []
        self.at = 0

    def peek(self) -> T | None:
        if self.at == len(self.waiting):
            self.waiting, self.at = list(self.page(self.after, PAGE)), 0
            if not self.waiting:
                return None
            self.after = self.mark(self.waiting[-1])
        return self.waiting[self.at]

    def take(self) -> T:
        found = self.peek()
        if found is None:
            raise LookupError("nothing is left")
        self.at += 1
        return found

    def coming(self, most: int) -> list[T]:
        """Up to so many of those that come next, without another look at the database."""
        self.peek()
        return self.waiting[self.at : self.at + most]
