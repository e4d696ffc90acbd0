"""What departments did for an officer in a year: replicas, handed on to the present department."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import training_pb2

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.officer.model import Officer
from services.registry.officer_year.credit import hand_on
from services.registry.officer_year.model import OfficerYear
from services.registry.replica import Reaction, from_home, keep, of_city


def keep_year(year: training_pb2.OfficerYear, tx: Tx, about: Envelope) -> None:
    """Keep what a department did for an officer; at the city, hand it on if he has gone to another one."""
    from_home(about, year.node)
    officer = tx.find(Officer, year.officer_id)
    if put_year(year, tx) and tx.node == tx.city and officer is not None:
        hand_on(tx, officer, [tx.get(OfficerYear, year_key(year))])


def on_handed_on(event: events.OfficerYearsHandedOn, tx: Tx) -> None:
    for year in event.years:
        put_year(year, tx)


def year_key(year: training_pb2.OfficerYear) -> str:
    return f"{year.officer_id}/{year.year}/{year.node}"


def put_year(year: training_pb2.OfficerYear, tx: Tx) -> bool:
    """Keep a replica of a year's record. False if what is kept is as new already."""
    values = {
        "officer_id": year.officer_id,
        "node": year.node,
        "year": year.year,
        "hours": year.hours,
        "half_days": year.half_days,
        "sessions": year.sessions,
        "evaluation": year.evaluation,
        "version": year.version,
    }
    return keep(tx, OfficerYear, {"key": year_key(year)}, values)


def on_evaluated(event: events.OfficerEvaluated, tx: Tx, about: Envelope) -> None:
    keep_year(event.year, tx, about)


REACTIONS: dict[type[Message], Reaction] = {
    events.OfficerYearsHandedOn: of_city(on_handed_on),
    events.OfficerEvaluated: on_evaluated,
}
