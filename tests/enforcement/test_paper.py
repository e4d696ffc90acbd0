"""The papers of a case: issued when the record holds what they tell, set as PDF/A, numbered, checked by anybody."""

import asyncio

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import paper_pb2 as pb
from yifa.enforcement.v1 import party_pb2 as parties

from services.enforcement.paper.reads import CHECKS
from services.given.case import ADDRESS, ANSWERS, SIGNED
from services.given.people import officer as handling
from services.law.numbering import check_character
from services.law.paper import PAPERS
from tests.city import read_refusal
from tests.enforcement.department import SEAL, Department, number_of
from tests.enforcement.papers import archival, check, every_case, fetched, heard, issue, papers, said, text_of
from tests.enforcement.papers_beside import beside, enforced
from tests.enforcement.samples import CLERK, DAY, HEAD, REVIEWER, UNIT
from tests.enforcement.test_outside import told

# What could mean something to the typesetter, and what could break out of a string.
HOSTILE = '示例#panic("注入")*粗体*_斜_$x^2$[方括]`码`<标签>@引//注/*释*/\\u{41}"公司'

# Where the paper is headed in another way than the table calls it.
TITLES = {"cover": "卷宗", "prior_notice": "听证）告知书", "inspection_correction": "责令改正通知书"}


async def test_every_paper_of_whole_cases_is_an_archival_file_that_can_be_read(
    department: Department,
) -> None:
    d, made = department, {}
    for record_id in (*await every_case(d), *await beside(d)):
        for form in (await papers(d, record_id)).forms:
            made[form.kind] = await issue(d, form.record_id, form.kind)
    for record_id in await enforced(d):
        for form in (await papers(d, record_id)).forms:
            made[form.kind] = await issue(d, form.record_id, form.kind)

    of_these = {kind for kind, paper in PAPERS.items() if paper.record != "permit"}
    assert made.keys() == of_these, "every paper of the table is due in one of these records"
    for kind, paper in made.items():
        text = archival(await fetched(d, paper.paper_id), paper)
        assert TITLES.get(kind, PAPERS[kind].zh) in text, kind


async def test_a_decision_says_all_that_it_has_to_from_record_registry_and_settings(
    department: Department,
) -> None:
    whole = number_of(parties.PARTY_KIND_ORGANISATION)
    dossier = await heard(department, number=whole)
    case = await department.case(dossier.case_id)

    text = await said(department, dossier.case_id, "decision")

    for part in (
        case.body_name, case.decision.document_number, case.party.name, whole, case.violation.title,
        "罚款人民币150000元（大写：壹拾伍万元整）", "举行听证", case.defence.statement, case.notice.document_number,
        "裁量基准", "向示例市人民政府申请行政复议", "示例市人民法院提起行政诉讼", "十五日内", "2026年4月2日",
        f"住所（住址）：{ADDRESS}", "代收银行：示例银行营业部", "备案编号" + SEAL, SIGNED.points[0], ANSWERS[0].reason,
    ):  # fmt: skip
        assert part in text, part
    assert "none" not in text


async def test_a_paper_is_due_when_the_record_holds_what_it_tells(department: Department) -> None:
    dossier = await department.filed()

    async with department.refused("PAPER_NOT_DUE", law="APL-2021:47") as told:
        await issue(department, dossier.case_id, "decision")
    async with department.refused("MALFORMED"):
        await issue(department, dossier.case_id, "no_such_paper")

    assert told.metadata["act"] == "MAKE_DECISION"
    listed = await papers(department, dossier.case_id)
    assert [form.kind for form in listed.forms] == ["filing"] and not listed.papers


@pytest.mark.parametrize("kind", ["decision", "investigation_report"])
async def test_a_spot_case_has_the_papers_of_its_own_procedure(department: Department, kind: str) -> None:
    spot = (await department.spot()).case

    async with department.refused("PAPER_NOT_DUE"):
        await issue(department, spot.case_id, kind)
    text = await said(department, spot.case_id, "spot_decision")
    assert spot.decision.document_number in text
    assert "先向" in text and "对行政复议决定不服的" in text, (
        "reconsideration comes before the court (ARL 23)"
    )


async def test_a_paper_of_a_case_reported_from_outside_says_so(department: Department) -> None:
    outside = told(await department.body())
    case = (await department.do("ReportOutsideCase", CLERK, case=outside)).case

    text = await said(department, case.case_id, "decision")

    assert "本案曾在系统外办理，本文书据登记内容制作" in text and "示例企业" in text
    dossier = await department.decided()
    assert "系统外" not in await said(department, dossier.case_id, "decision")


async def test_what_a_party_is_called_is_text_and_nothing_else(department: Department) -> None:
    dossier = await department.filed(party=HOSTILE, title='#import "x": *', place="\\#sys.inputs")

    text = await said(department, dossier.case_id, "filing")

    assert HOSTILE.replace(" ", "") in text and '#import"x":*' in text and "\\#sys.inputs" in text


async def test_while_the_record_says_the_same_it_is_the_same_paper(department: Department) -> None:
    dossier = await department.investigating()

    first = await issue(department, dossier.case_id, "preservation_notice")
    department.now += DAY
    again = await issue(department, dossier.case_id, "preservation_notice")
    await department.evidence(dossier)
    third = await issue(department, dossier.case_id, "preservation_notice")

    assert first == again == third and first.number == "示罚存〔2026〕1号"
    assert department.names(dossier.case_id).count("PaperIssued") == 1


async def test_a_paper_of_a_changed_record_takes_the_place_of_the_first(department: Department) -> None:
    dossier = await department.noticed()
    first = await issue(department, dossier.case_id, "prior_notice")
    department.now += DAY
    await department.act("RecordStatement", dossier)
    old = await issue(department, dossier.case_id, "statement_record")
    await department.do("RecordStatement", dossier.who, case_id=dossier.case_id, statement="补充意见")

    new = await issue(department, dossier.case_id, "statement_record")

    assert new.paper_id != old.paper_id
    assert (await check(department, old)).verdict == pb.PAPER_VERDICT_SUPERSEDED
    assert (await check(department, new)).verdict == pb.PAPER_VERDICT_GENUINE
    assert (await check(department, first)).verdict == pb.PAPER_VERDICT_GENUINE
    listed = (await papers(department, dossier.case_id)).papers
    assert [p.standing for p in listed] == [1, pb.PAPER_STANDING_SUPERSEDED, pb.PAPER_STANDING_CURRENT]
    assert await fetched(department, old.paper_id), "what was issued is kept"


async def test_a_record_that_comes_back_to_what_it_said_has_a_paper_of_its_own(
    department: Department,
) -> None:
    d, dossier = department, await department.investigating()
    first, others = dossier.ids, [await d.officer(dossier.body_id) for _ in range(2)]
    made = [await issue(d, dossier.case_id, "site_record")]
    for ids in ([o.officer_id for o in others], first):
        await d.act("AssignOfficers", dossier, officer_ids=ids)
        made.append(await issue(d, dossier.case_id, "site_record"))

    found = [(await check(d, paper)).verdict for paper in made]

    assert len({paper.paper_id for paper in made}) == 3
    assert found == [pb.PAPER_VERDICT_SUPERSEDED, pb.PAPER_VERDICT_SUPERSEDED, pb.PAPER_VERDICT_GENUINE]


async def test_a_paper_of_a_decision_that_was_set_aside_is_withdrawn(department: Department) -> None:
    dossier = await department.served()
    paper = await issue(department, dossier.case_id, "decision")
    said = {
        "kind": cases.SET_ASIDE_KIND_ANNULLED,
        "authority": "示例人民法院",
        "document": "（2026）示行终1号",
        "remedy": cases.REMEDY_SUIT,
    }
    await department.do("RecordOutcome", REVIEWER, case_id=dossier.case_id, **said)

    found = await check(department, paper)

    assert found.verdict == pb.PAPER_VERDICT_WITHDRAWN and "撤销" in found.says_zh


async def test_anybody_may_check_a_paper_and_learns_nothing_of_persons(department: Department) -> None:
    dossier = await department.decided(kind=parties.PARTY_KIND_CITIZEN)
    paper = await issue(department, dossier.case_id, "decision")
    case = await department.case(dossier.case_id)

    found = await check(department, paper)

    assert found.verdict == pb.PAPER_VERDICT_GENUINE
    assert (found.number, found.body_name, found.case_state) == (paper.number, case.body_name, case.state)
    told = str(found) + found.SerializeToString().decode("utf-8", "ignore")
    assert case.party.name not in told and dossier.case_id not in told
    assert not any(o.name in told for o in case.officers)
    stale = await check(department, paper, hash="0" * 64)
    other = await check(department, paper, number="示罚决〔2026〕999号", check="")
    typed = await check(department, paper, number=f"{paper.number}1")
    assert [x.verdict for x in (stale, other, typed)] == [4, 4, pb.PAPER_VERDICT_MISTYPED]
    assert not stale.number and not other.body_name, "who has not the right hash learns nothing"


async def test_whoever_checks_too_often_is_asked_to_wait(
    department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [department.do("CheckPaper", ("anybody", "PUBLIC"), number="", hash="0" * 64) for _ in range(400)]

    with monkeypatch.context() as busy:
        # On a slow machine as many would be given back as are asked.
        busy.setattr(CHECKS, "rate", 0.001)
        found = await asyncio.gather(*asked, return_exceptions=True)

    refused = [x for x in found if isinstance(x, grpc.aio.AioRpcError)]
    assert refused and {read_refusal(no).reason for no in refused} == {"TOO_MANY_CHECKS"}
    assert len(found) - len(refused) >= 150, "as many as are taken at once are answered"

    async def again() -> bool:
        try:
            await department.do("CheckPaper", ("anybody", "PUBLIC"), number="", hash="0" * 64)
        except grpc.aio.AioRpcError:
            return False
        return True

    async with asyncio.timeout(10):
        while not await again():
            await asyncio.sleep(0.05)


async def test_the_event_carries_number_and_hash_and_the_whole_identity_number_is_on_paper_alone(
    department: Department,
) -> None:
    whole = number_of(parties.PARTY_KIND_CITIZEN)
    dossier = await department.decided(kind=parties.PARTY_KIND_CITIZEN, number=whole)

    served = await issue(department, dossier.case_id, "decision")
    kept = await issue(department, dossier.case_id, "decision_approval")

    [last, *_] = [e for e in reversed(department.events(dossier.case_id)) if e.type.endswith("PaperIssued")]
    told = events.PaperIssued.FromString(last.data).paper
    assert (told.paper_id, told.number, told.kind) == (kept.paper_id, "", "decision_approval")
    assert all(whole.encode() not in e.data for e in department.events(dossier.case_id))
    assert whole in text_of(await fetched(department, served.paper_id))
    assert whole not in text_of(await fetched(department, kept.paper_id))


async def test_of_the_officers_those_who_handle_the_case_make_and_read_its_papers(
    department: Department,
) -> None:
    dossier = await department.investigating()
    stranger = await department.officer(dossier.body_id)

    paper = await issue(department, dossier.case_id, "site_record", dossier.who)
    async with department.refused("NOT_ON_CASE", law="APL-2021:42(1)"):
        await issue(department, dossier.case_id, "site_record", stranger.who)

    with pytest.raises(grpc.aio.AioRpcError) as no:
        await fetched(department, paper.paper_id, stranger.who)
    assert "NOT_ON_CASE" in read_refusal(no.value).violations
    assert await fetched(department, paper.paper_id, dossier.who)


async def test_who_stands_aside_makes_no_paper(department: Department) -> None:
    dossier = await department.investigating()
    who = dossier.officers[0].officer_id
    asked = {"officer_id": who, "asker": cases.RECUSAL_ASKER_PARTY, "cause": "近亲属"}
    asking = await department.do("RequestRecusal", CLERK, case_id=dossier.case_id, **asked)
    granted = {"recusal_id": asking.case.recusals[0].recusal_id, "granted": True, "reason": "属实"}
    await department.do(
        "DecideRecusal", HEAD, case_id=dossier.case_id, earlier_acts=cases.EARLIER_ACTS_STAND, **granted
    )

    async with department.refused("OFFICER_RECUSED", more=True):
        await issue(department, dossier.case_id, "site_record", handling(who))


async def test_numbers_have_no_gaps_when_many_ask_at_once(department: Department) -> None:
    d, body = department, await department.body()
    dossiers = [await d.investigating(body_id=body) for _ in range(8)]
    undue = await d.filed(body_id=body)
    taken = (await issue(d, dossiers[0].case_id, "preservation_notice")).number

    async def refused() -> None:
        with pytest.raises(grpc.aio.AioRpcError):
            await issue(d, undue.case_id, "preservation_notice")

    asked = [issue(d, each.case_id, "preservation_notice", UNIT) for each in dossiers * 2]
    found = await asyncio.gather(*asked, *(refused() for _ in range(5)))

    numbers = {p.number for p in found if p is not None}
    assert taken == "示罚存〔2026〕1号"
    assert numbers == {f"示罚存〔2026〕{n}号" for n in range(1, 9)}, "one each, and none is lost"
    assert all(check_character(p.number) == p.check for p in found if p is not None)


async def test_nobody_waits_for_the_typesetter(department: Department) -> None:
    """A paper is issued before it is set; whoever asks for the file waits for it."""
    dossier = await department.decided()
    kinds = [form.kind for form in (await papers(department, dossier.case_id)).forms]

    made = [await issue(department, dossier.case_id, kind) for kind in kinds]
    files = await asyncio.gather(*(fetched(department, paper.paper_id) for paper in made))

    assert len(files) > 10 and all(content.startswith(b"%PDF-1.7") for content in files)
