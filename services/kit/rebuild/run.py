"""A rebuild from its beginning, or from where it stopped, to the comparison with what is live."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, select

from services.kit.rebuild import beside
from services.kit.rebuild.compare import Difference, carry, carry_new, count, differences
from services.kit.rebuild.live import as_of_now
from services.kit.rebuild.replay import AT_ONCE, Replay
from services.kit.rebuilding import KIT_CARRIED
from services.kit.service import Service
from services.kit.settings import BadSettings, Settings
from services.kit.store import kit_tables, open_store

MOST_DIFFERENCES = 500
CLOSE = 2_000
"""So few events and entries are played while the live database is held as of one moment."""


@dataclass(frozen=True)
class Said:
    """How far a rebuild is: of `what`, so many of so many."""

    what: str
    done: int
    of: int


Tell = Callable[[Said], None]


@dataclass
class Outcome:
    """What came of a rebuild: up to which event and entry, how many rows each table has live, what differs, and which tables were
    carried over, with the reason.
    """

    position: int
    entry: int
    rows: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)
    carried: dict[str, str] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        return not (self.differences or self.unlike)


def rebuild(
    service: Service, settings: Settings, tell: Tell = lambda said: None, at_once: int = AT_ONCE
) -> Outcome:
    """Build the rows of a service anew beside the live ones, and hold them against those. The node may go on meanwhile.

    `at_once`: so much is played in one transaction. Killed at any moment it goes on from where it was. Raises BadSettings for a
    service whose rows cannot be built anew.
    """
    if service.rebuilding is None:
        raise BadSettings(f"{service.name} does not say how its rows follow from events")
    engine, live = beside.open_beside(service, settings), open_store(settings.database(service.name))
    try:
        with live.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            play(service, settings, connection, engine, tell, CLOSE, at_once)
        with as_of_now(live) as connection:
            play(service, settings, connection, engine, tell, 0, at_once)
            return finish(service, connection, engine, tell)
    finally:
        engine.dispose()
        live.dispose()


def play(
    service: Service, settings: Settings, live: Connection, engine: Any, tell: Tell, but: int, at_once: int
) -> None:
    """Play what is left, until no more than `but` events and entries are."""
    replay = Replay(service, settings, live, engine)
    try:
        while True:
            done, of = replay.progress.position + replay.progress.entry, end_of(service, live)
            tell(Said("events", done, of))
            if (but and of - done <= but) or not replay.step(at_once):
                return
    finally:
        replay.close()


def end_of(service: Service, live: Connection) -> int:
    """How many events were told, and how many entries the own journal has."""
    assert service.rebuilding is not None
    return service.rebuilding.end(live) + int(
        live.execute(select(kit_tables(service.metadata).head.c.seq)).scalar_one()
    )


def finish(service: Service, live: Connection, engine: Any, tell: Tell) -> Outcome:
    """Carry over what does not follow from events, and compare the rest."""
    how, kit = service.rebuilding, kit_tables(service.metadata)
    assert how is not None
    tables = sorted(service.metadata.tables.values(), key=lambda table: table.name)
    reasons = {**KIT_CARRIED, **how.carried}
    with engine.connect() as rebuilt:
        for number, table in enumerate(tables):
            tell(Said("carried", number, len(tables)))
            with rebuilt.begin():
                if table is kit.journal:
                    carry_new(live, rebuilt, table)
                elif table.name in reasons:
                    carry(live, rebuilt, table)
                elif table.name in how.carried_rows:
                    carry(live, rebuilt, table, how.carried_rows[table.name][0])
        with rebuilt.begin():
            progress = beside.read(rebuilt)
            outcome = Outcome(progress.position, progress.entry, unlike=progress.unlike)
            for number, table in enumerate(tables):
                tell(Said("compared", number, len(tables)))
                if table.name in reasons:
                    outcome.carried[table.name] = reasons[table.name]
                else:
                    compare(live, rebuilt, table, how.carried_rows, outcome)
            progress.whole = True
            beside.write(rebuilt, progress)
    return outcome


def compare(
    live: Connection, rebuilt: Connection, table: Table, rows: Mapping[str, tuple[Any, str]], outcome: Outcome
) -> None:
    """Hold one table against the live one."""
    but = None
    if table.name in rows:
        but, why = rows[table.name]
        some = int(live.execute(select(func.count()).select_from(table).where(but)).scalar_one())
        outcome.carried[f"{table.name} ({some})"] = why
    outcome.rows[table.name] = count(live, table)
    left = MOST_DIFFERENCES - len(outcome.differences)
    found: Iterator[Difference] = differences(live, rebuilt, table, but)
    outcome.differences += islice(found, left)
