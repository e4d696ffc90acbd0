"""Ways to change a lawful case."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.moment import put_moment
from services.law.standing import Person
from tests.law.penalty.known import NOW, Known

Breaks = Mapping[str, Callable[[Known], Any]]
"""How each rule of a file is broken, by the rule's name."""
Before = Mapping[str, Callable[[cases.Case], Any]]
"""How the record lawfully stands before each act of a file, where it differs from that of any decided case."""


def facts(**known: Any) -> Callable[[Known], None]:
    return lambda f: f.known.update(known)


def case(change: Callable[[cases.Case], Any]) -> Callable[[Known], Any]:
    return lambda f: change(f.case)


def time(path: str) -> Callable[[Known], None]:
    """A time in the record, some days ago."""
    return lambda f: put(f.case, path)


def put(record: cases.Case, path: str, days: int = 5) -> None:
    *way, field = path.split(".")
    message: Any = record
    for name in way:
        message = getattr(message, name)
    put_moment(getattr(message, field), NOW - timedelta(days))


def stood(**values: Any) -> Callable[[Known], None]:
    """How one of the officers stood."""
    return lambda f: f.known["stood"].update({"O-2": Person("O-2", "乙", "C-2", True)._replace(**values)})


def penalised(**values: Any) -> Callable[[Known], None]:
    def change(f: Known) -> None:
        changed = penalties.Penalty.FromString(f.known["penalty"].SerializeToString())
        for name, value in values.items():
            if isinstance(value, list):
                del getattr(changed, name)[:]
                getattr(changed, name).extend(value)
            elif isinstance(value, int):
                getattr(changed, name).fen = value
            else:
                setattr(changed, name, value)
        f.known["penalty"] = changed

    return change
