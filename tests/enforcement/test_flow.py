"""The whole way of a case, from the clue to the closing."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.law.v1.law_pb2 import CLOCK_STATE_MET

from services.given.case import FIRST_EVIDENCE, LAW, violation
from services.kit.arrival import message_class
from services.law.identity import masked
from tests.enforcement.department import Department, number_of
from tests.enforcement.samples import CLERK, DAY, FINANCE, HEAD, INSTANT, WINDOW_END, fine, stamp, yuan


async def test_from_clue_to_closing(department: Department) -> None:
    d = department
    dossier = await d.noticed(fine(120000))
    await d.do("RecordStatement", dossier.who, case_id=dossier.case_id, statement="请求从轻处罚")
    await d.do("RecheckDefence", dossier.who, case_id=dossier.case_id, opinion="部分采纳", adopted=True)
    d.now = WINDOW_END + INSTANT
    lighter = fine(100000)
    await d.decide(dossier, penalty=lighter, discussion="记录", discussion_members=["head-1", "head-2"])
    await d.serve(dossier)
    await d.do("PublishDecision", CLERK, case_id=dossier.case_id, address="门户网站")
    await d.do("FileMajorPenalty", HEAD, case_id=dossier.case_id)
    await d.pay(dossier, 40000)
    await d.pay(dossier, 60000)
    d.now += DAY

    reply = await d.do("CloseCase", HEAD, case_id=dossier.case_id, report="执行完毕")

    case = reply.case
    assert case.state == cases.CASE_STATE_CLOSED
    assert case.case_number == "示罚立〔2026〕1号"
    assert case.notice.document_number == "示罚告〔2026〕1号"
    assert case.decision.document_number == "示罚决〔2026〕1号"
    assert case.decision.major and case.decision.penalty == lighter
    assert case.paid == yuan(100000) and [p.amount.fen for p in case.payments] == [4000000, 6000000]
    assert case.notice.window_end == stamp(WINDOW_END)
    undone = {x.clock_id for x in case.deadlines if x.state != CLOCK_STATE_MET}
    assert undone == {"PEN-11", "PEN-28"}, (
        "nobody asked for a hearing, and the city has yet to look at the filing"
    )
    assert d.names(dossier.case_id) == [
        "ClueRegistered",
        "CaseFiled",
        "OfficersAssigned",
        "EvidenceRecorded",
        "ReportSubmitted",
        "ReviewSubmitted",
        "ReviewConcluded",
        "PriorNoticeServed",
        "StatementReceived",
        "DefenceRechecked",
        "DecisionMade",
        "DecisionServed",
        "DecisionPublished",
        "MajorPenaltyFiled",
        "PaymentRecorded",
        "PaymentCompleted",
        "CaseClosed",
    ]


async def test_events_carry_the_case_as_it_stands_and_never_the_identity_number(
    department: Department,
) -> None:
    whole = number_of(parties.PARTY_KIND_ORGANISATION)
    dossier = await department.served(number=whole)

    stored = await department.case(dossier.case_id)

    versions = []
    for entry in department.events(dossier.case_id):
        kind = message_class(entry.type)
        assert kind is not None
        announced = kind.FromString(entry.data).case
        versions.append(announced.version)
        assert announced.party.identity_number == masked(whole)
        assert announced.party.credit_code == whole, "what everybody may know of an organisation"
        announced.party.ClearField("credit_code")
        assert whole.encode() not in announced.SerializeToString()
    assert versions == sorted(set(versions))
    assert stored.party.identity_number == masked(whole)


async def test_no_event_carries_the_number_of_a_person(department: Department) -> None:
    dossier = await department.served(kind=parties.PARTY_KIND_CITIZEN)
    whole = number_of(parties.PARTY_KIND_CITIZEN)

    entries = department.events(dossier.case_id)

    assert len(entries) > 3 and all(whole.encode() not in entry.data for entry in entries)


async def test_the_same_request_twice_acts_once(department: Department) -> None:
    dossier = await department.clue()

    first = await department.do("FileCase", HEAD, request_id="file-once", case_id=dossier.case_id)
    again = await department.do("FileCase", HEAD, request_id="file-once", case_id=dossier.case_id)

    assert first == again
    assert department.names(dossier.case_id) == ["ClueRegistered", "CaseFiled"]


async def test_document_numbers_have_no_gaps(department: Department) -> None:
    body_id = await department.body()
    numbers = []
    for n in range(3):
        clue = await department.do(
            "RegisterClue",
            ("unit-1", "UNIT_HEAD"),
            body_id=body_id,
            source=cases.CLUE_SOURCE_COMPLAINT,
            summary=f"举报{n}",
            party=parties.Party(
                kind=parties.PARTY_KIND_CITIZEN, name="示例当事人", identity_number="440700198001010013"
            ),
            violation=violation(department.now - DAY, title="示例", law=LAW),
            evidence=FIRST_EVIDENCE,
        )
        async with department.refused("ACT_NOT_OPEN"):
            await department.do("CloseCase", HEAD, case_id=clue.case.case_id, report="不行")
        filed = await department.do("FileCase", HEAD, case_id=clue.case.case_id)
        numbers.append(filed.case.case_number)

    department.now += 310 * DAY
    next_year = await department.filed()

    assert numbers == [f"示罚立〔2026〕{n}号" for n in (1, 2, 3)]
    assert (await department.case(next_year.case_id)).case_number == "示罚立〔2027〕1号"


async def test_unknown_case_is_not_found(department: Department) -> None:
    async with department.refused("NOT_FOUND") as told:
        await department.do("RecordPayment", FINANCE, case_id="C-none", amount=yuan(1), bank_reference="x")

    assert told.metadata == {"kind": "Case", "key": "C-none"}
