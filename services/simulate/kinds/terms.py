"""Terms that pass while nothing is done; near: done before they end."""

import asyncio
from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import measure_pb2 as pb
from yifa.enforcement.v1.collection_pb2 import COLLECTION_GROUND_SMALL

from services.given import case as given
from services.given import measure
from services.given.people import CLERK, FINANCE, officer
from services.simulate.handled import ORDINARY, Handled, citizen
from services.simulate.plot import plot
from services.simulate.recording import hand_in, hand_in_proof
from services.simulate.scene import Scene


@plot("EW-19", 60)
async def not_published(s: Scene) -> None:
    """A decision that is made public after its time; near: in time."""
    case = Handled(s)
    await case.upto("ServeDecision")
    s.breach(case.case_id, settled=True)
    await s.work(4 if s.near else 12)
    await case.act("PublishDecision")
    await case.act("RecordPayment", **await case.owed())
    await s.work()
    await case.act("CloseCase")


@plot("EW-20", 80)
async def not_filed(s: Scene) -> None:
    """A major penalty that is filed with the legal office after its time; near: in time."""
    case = Handled(s, 150_000)
    await case.upto("ServeDecision")
    s.breach(case.case_id, settled=True)
    await case.act("PublishDecision")
    await s.work(4 if s.near else 25)
    await case.act("FileMajorPenalty")
    await case.act("RecordPayment", **await case.owed())
    await s.work()
    await case.act("CloseCase")


@plot("EW-02", 150)
async def not_decided(s: Scene) -> None:
    """A case that is not decided in its term; near: on its way to the decision in time."""
    case = Handled(s)
    await case.upto("SubmitReport")
    s.breach(case.case_id, settled=True)
    await s.days(20 if s.near else 110)
    await case.go(ORDINARY[ORDINARY.index("SubmitForReview") :])
    await case.finish(leave=("FileMajorPenalty",))


@plot("EW-16", 80)
async def not_lifted(s: Scene) -> None:
    """A seizure that goes on when its term is over; near: lifted before."""
    case = Handled(s)
    await case.upto("AssignOfficers")
    await s.work()
    ids = case.dossier.ids
    taken = measure.execution(s.now, ids, things=[measure.thing(mark=f"SN-{s.number}")])
    asked = await measure.ask(s.bureau.do, case.case_id, s.bureau.items["coercion"], case.dossier.who)
    await s.bureau.do("ApproveMeasure", s.bureau.head, measure_id=asked.measure_id)
    await measure.take(s.bureau.do, asked.measure_id, taken)
    await hand_in(s, case.case_id, "RECORDED_ACT_MEASURE", asked.measure_id, ids[0])
    s.breach(case.case_id, settled=True)
    await s.work(2)
    await s.bureau.do("PublishMeasure", CLERK, measure_id=asked.measure_id, address="行政执法信息公示平台")
    await case.go(ORDINARY[ORDINARY.index("RecordEvidence") : ORDINARY.index("SubmitReport")])
    await s.days(12 if s.near else 33)
    ground = pb.RELEASE_GROUND_NOT_NEEDED if s.near else pb.RELEASE_GROUND_TERM_OVER
    await s.bureau.do(
        "ReleaseMeasure", s.bureau.head, measure_id=asked.measure_id, ground=ground, cause="不再需要"
    )
    await case.go(ORDINARY[ORDINARY.index("SubmitReport") :])
    await case.finish(leave=("FileMajorPenalty",))


@plot("RECORD", 60)
async def not_recorded(s: Scene) -> None:
    """A decision left at the place, which has to be recorded, and no recording; near: served in another way."""
    case = Handled(s)
    await case.upto("MakeDecision")
    await s.work()
    if s.near:
        await case.act("ServeDecision", method=cases.SERVICE_METHOD_DIRECT)
    else:
        shown = await hand_in_proof(s, case.case_id, "留置送达情况", case.dossier.ids[0])
        left = {"refuse_time": measure.stamp(s.now), "record": shown.file_id}
        await case.act("ServeDecision", method=cases.SERVICE_METHOD_LEFT, left=left)
        await s.days(4)  # nothing is closed while a recording may still be handed in
    s.breach(case.case_id)
    await case.finish(leave=("FileMajorPenalty",))


@plot("EW-30", 60)
async def entered_late(s: Scene) -> None:
    """Evidence entered days after it was collected; near: on the next morning."""
    case = Handled(s)
    await case.upto("AssignOfficers")
    await s.work(4)
    done = s.now - timedelta(hours=20 if s.near else 50)
    await case.act("RecordEvidence", collect_time=measure.stamp(done))
    s.breach(case.case_id)
    await case.go(ORDINARY[ORDINARY.index("SubmitReport") :])
    await case.finish(leave=("FileMajorPenalty",))


@plot("EW-15", 30)
async def not_banked(s: Scene) -> None:
    """A fine collected on the spot that is handed in late; near: on the next day."""
    b, party = s.bureau, citizen(s)
    ids = s.rng.sample(b.officers[:4], 2)
    found = await given.spot_decision(
        b.do, b.body_id, ids, party=party, violation=given.violation(s.now - timedelta(hours=1), law=given.LAW),
        form_number=f"当场{b.node}{s.number}号", item_id=b.items["penalty"], penalty=given.fine(100, band_code="5"),
    )  # fmt: skip
    case_id, who = found.case.case_id, officer(ids[0])
    receipt = {"series": b.series, "number": b.receipt()}
    await b.do(
        "CollectFine",
        who,
        case_id=case_id,
        ground=COLLECTION_GROUND_SMALL,
        amount=given.yuan(100),
        receipt=receipt,
    )
    s.breach(case_id, settled=True)
    await b.do("ReportSpotDecision", who, case_id=case_id)
    await s.work(1 if s.near else 5)
    await b.do("HandInFine", FINANCE, case_id=case_id, amount=given.yuan(100))
    await s.work()
    await b.do(
        "BankFine",
        FINANCE,
        case_id=case_id,
        amount=given.yuan(100),
        bank_reference=f"示例缴款{b.node}{s.number}",
    )
    await b.do("PublishDecision", CLERK, case_id=case_id, address="行政执法信息公示平台")
    await s.work()
    await b.do(
        "CloseCase", b.head, case_id=case_id, report="已执行完毕。", closing={"correction": "已当场改正"}
    )


@plot("EW-23", 300)
async def right_to_enforce_at_risk(s: Scene) -> None:
    """A fine that nobody pays, and no court is applied to until a month before the time to do so ends; near: it is paid."""
    case = Handled(s)
    await case.upto("ServeDecision")
    await s.work()
    await case.act("PublishDecision")
    s.breach(case.case_id, settled=True)
    await s.days(170)
    for _ in range(25):  # a node looks once a second by the wall whether a time to sue ended on its day
        await s.exactly(1)
        await asyncio.sleep(0.2)
    await s.days(10 if s.near else 70)
    await case.act("RecordPayment", **await case.owed())
    await s.work()
    await case.act("CloseCase")
