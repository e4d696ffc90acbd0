"""Terms that pass while nothing is done; near: done before they end."""

from services.simulate.handled import Handled
from services.simulate.plot import plot
from services.simulate.office import reviewed
from services.simulate.scene import Scene


@plot("EW-19", 60)
async def not_published(s: Scene) -> None:
    """A decision that is made public after its time; near: in time."""
    case = Handled(s)
    await case.upto("ServeDecision")
    s.breach(case.case_id)
    await case.act("RecordPayment")
    await s.work(4 if s.near else 15)
    await case.act("PublishDecision")
    await s.work()
    await case.act("CloseCase")


@plot("EW-20", 80)
async def not_filed(s: Scene) -> None:
    """A major penalty that is filed with the legal office after its time; near: in time."""
    case = Handled(s, 150_000)
    await case.upto("ServeDecision")
    s.breach(case.case_id)
    await case.act("PublishDecision")
    await case.act("RecordPayment")
    await s.work(4 if s.near else 25)
    await case.act("FileMajorPenalty")
    await reviewed(s, case.case_id)
    await s.work()
    await case.act("CloseCase")
