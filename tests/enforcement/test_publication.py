"""What everybody may see of a decision (APL 48, 50): computed, kept back, corrected, withdrawn, shown for its credit."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import publication_pb2 as pb

from services.given.case import NO_GAINS
from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, HEAD, START, Dossier, fine, serial, stamp

CITIZEN, TRADER = parties.PARTY_KIND_CITIZEN, parties.PARTY_KIND_SOLE_TRADER
ANYBODY = ("anybody", "PUBLIC")
ADULT, MINOR = "440700198001010013", "440700201001010018"
CODE = "914407000000000016"
SITE = {"address": "门户网站"}
HIDDEN = "＊＊＊"
DAYS = (timedelta(days=n) for n in range(1, 700))


async def decided(
    d: Department, facts: str = "事实", proposal: penalties.Penalty | None = None, **clue: Any
) -> Dossier:
    """Decided on 10 March 2026, with facts as the notice told them, about an act of a day of its own."""
    clue.setdefault("occur_time", stamp(START - next(DAYS)))
    dossier = await d.reviewed(proposal, **clue)
    await d.notice(dossier, facts=facts)
    await d.act("WaiveDefence", dossier)
    await d.act("MakeDecision", dossier)
    return dossier


async def publish(d: Department, dossier: Dossier, **more: Any) -> cases.Case:
    return (await d.do("PublishDecision", CLERK, case_id=dossier.case_id, **(SITE | more))).case


async def public(d: Department, **asked: Any) -> list[pb.PublicDecision]:
    """What anybody finds."""
    return list((await d.do("ListPublishedDecisions", ANYBODY, **asked)).decisions)


async def of(d: Department, dossier: Dossier) -> pb.PublicDecision:
    """What anybody finds of the case by the number of the decision."""
    case = await d.case(dossier.case_id)
    named = await public(d, document_number=case.decision.document_number)
    [found] = [each for each in named if each.publication_id == case.publication.decision.publication_id]
    return found


async def test_what_is_public_is_computed_and_found_by_anybody(department: Department) -> None:
    name = f"示例企业{next(serial)}"
    dossier = await decided(department, f"{name}未按规定记录，代码{CODE}。", party=name, number=CODE)

    case = await publish(department, dossier)

    [found] = await public(department, party_name=name)
    assert found == case.publication.decision
    assert found in await public(department, party_code=f" {CODE.lower()} ")
    assert found == await of(department, dossier)
    assert (found.party_name, found.party_code, found.fine.fen) == (name, CODE, 3_000_000)
    assert found.facts == f"{name}未按规定记录，代码{CODE}。"
    assert (
        f"当事人：{name}\n统一社会信用代码：{CODE}\n" in found.text and "罚款金额：30000.00元" in found.text
    )
    assert found.sha256 == sha256(found.text.encode()).digest()
    told = events.DecisionPublished.FromString(department.events(dossier.case_id)[-1].data)
    assert told.case.publication.decision.sha256 == found.sha256
    assert await public(department, party_name=name[:-1]) == []


async def test_a_person_is_masked_wherever_the_person_stands(department: Department) -> None:
    facts = (
        f"欧阳示例（{ADULT}，1980年1月1日出生，住址：示例市示例路1号，电话13800000000，邮箱a.b@example.com，"
        "账号6222020000000000000）于3月1日经营。"
    )
    dossier = await decided(
        department, facts, kind=CITIZEN, party="欧阳示例", number=ADULT, proposal=fine(20_000)
    )

    await publish(department, dossier)

    found = await of(department, dossier)
    assert found.party_name == "欧阳某某" and not found.party_code
    assert found.facts == (
        f"欧阳某某（{HIDDEN}，{HIDDEN}出生，住址：{HIDDEN}，电话{HIDDEN}，邮箱{HIDDEN}，账号{HIDDEN}）于3月1日经营。"
    )
    whole = found.SerializeToString().decode("utf-8", "replace")
    assert ADULT not in whole and "欧阳示例" not in whole and "13800000000" not in whole
    assert await public(department, party_name="欧阳示例") == []
    assert await public(department, party_code=ADULT) == []


@pytest.mark.parametrize(
    ("number", "name"), [(CODE, "示例商行"), (ADULT, "示某某")], ids=["licence", "person"]
)
async def test_who_trades_under_a_personal_number_is_shown_as_a_person(
    department: Department, number: str, name: str
) -> None:
    dossier = await decided(department, kind=TRADER, party="示例商行", number=number, proposal=fine(20_000))

    await publish(department, dossier)

    found = await of(department, dossier)
    assert (found.party_name, found.party_code) == (name, CODE if number == CODE else "")


async def test_where_the_province_names_no_party_nobody_is_named(department: Department) -> None:
    """GD-PUBLICITY 13, 14(1); the rules of market regulation name it all the same."""
    name = f"示例企业{next(serial)}"
    body = await department.body(field="生态环境")
    dossier = await decided(department, f"{name}（{CODE}）超标排放。", party=name, body_id=body, number=CODE)

    await publish(department, dossier)

    found = await of(department, dossier)
    assert (
        not found.party_name and not found.party_code and found.party_kind == parties.PARTY_KIND_ORGANISATION
    )
    assert found.facts == f"当事人（{HIDDEN}）超标排放。"
    assert name not in found.text and CODE not in found.text


async def test_a_penalty_on_a_minor_is_never_public(department: Department) -> None:
    lighter = fine(20_000, lenience={"degree": 1, "grounds": [1], "reasons": "已满十四周岁不满十八周岁"})
    dossier = await decided(department, kind=CITIZEN, number=MINOR, party="示例少年", proposal=lighter)

    async with department.refused("PARTY_IS_MINOR", law="APL-2021:50;GD-PUBLICITY-2021:15(1)[1]"):
        await publish(department, dossier, adult_proof="户口簿")
    kept = await department.do(
        "WithholdPublication",
        HEAD,
        case_id=dossier.case_id,
        ground=pb.WITHHOLD_GROUND_MINOR,
        reason="当事人是未成年人",
    )

    said = kept.case.withholding
    assert (said.law, said.decider) == ("APL-2021:50;GD-PUBLICITY-2021:15(1)[1]", HEAD[0])
    assert {c.clock_id: c.state for c in kept.case.deadlines}["PEN-23"] == 2
    assert department.names(dossier.case_id)[-1] == "PublicationWithheld"
    async with department.refused("PARTY_IS_MINOR", "PUBLICATION_WITHHELD"):
        await publish(department, dossier)
    assert "示例少年" not in str(await public(department))


async def test_who_is_of_age_is_shown_where_the_number_does_not_say(department: Department) -> None:
    dossier = await decided(
        department, kind=CITIZEN, number="P1234567", born="1990-01-01", proposal=fine(20_000)
    )

    async with department.refused("AGE_NOT_SHOWN"):
        await publish(department, dossier, adult_proof=" ")
    case = await publish(department, dossier, adult_proof="护照复印件")

    assert case.publication.adult_proof == "护照复印件"
    assert "护照" not in (await of(department, dossier)).text


async def test_a_ground_that_does_not_hold_keeps_nothing_back(department: Department) -> None:
    about = {"ground": pb.WITHHOLD_GROUND_MINOR, "reason": "当事人是未成年人"}
    adult = await decided(department, kind=CITIZEN, number=ADULT, proposal=fine(20_000))
    firm = await decided(department)

    for dossier in (adult, firm):
        async with department.refused("GROUND_NOT_GIVEN"):
            await department.do("WithholdPublication", HEAD, case_id=dossier.case_id, **about)
    async with department.refused("MALFORMED"):
        await department.do("WithholdPublication", HEAD, case_id=firm.case_id, **about | {"ground": 0})
    await publish(department, firm)
    async with department.refused("ALREADY_DONE"):
        await department.do(
            "WithholdPublication",
            HEAD,
            case_id=firm.case_id,
            **about | {"ground": pb.WITHHOLD_GROUND_PRIVACY},
        )


@pytest.mark.parametrize(
    ("ground", "released"),
    [(pb.WITHHOLD_GROUND_TRADE_SECRET, True), (pb.WITHHOLD_GROUND_STATE_SECRET, False)],
    ids=["trade secret", "state secret"],
)
async def test_only_what_can_be_taken_out_makes_the_rest_public(
    department: Department, ground: int, released: bool
) -> None:
    """OGI 15; GD-PUBLICITY 15(2)."""
    dossier = await decided(department, "以一号配方生产。")
    await department.do("WithholdPublication", HEAD, case_id=dossier.case_id, ground=ground, reason="涉密")
    secret = [pb.Redaction(passage="一号配方", ground=ground)]

    async with department.refused("PUBLICATION_WITHHELD"):
        await publish(department, dossier)
    if not released:
        async with department.refused("PUBLICATION_WITHHELD"):
            await publish(department, dossier, redactions=secret)
        return
    async with department.refused("MALFORMED") as told:
        await publish(department, dossier, redactions=[pb.Redaction(passage="二号配方", ground=ground)])
    await publish(department, dossier, redactions=secret)

    assert told.fields == ["redactions[0].passage"]
    assert (await of(department, dossier)).facts == f"以{HIDDEN}生产。"


async def test_a_correction_takes_the_place_of_what_was_public(department: Department) -> None:
    """GBF-118 (6); SAMR-PUBLICITY 12. The chain keeps both."""
    dossier = await decided(department, "以一号配方生产。")
    asked = {"case_id": dossier.case_id, "reason": "误将商业秘密公开"}
    secret = [pb.Redaction(passage="一号配方", ground=pb.WITHHOLD_GROUND_TRADE_SECRET)]
    async with department.refused("NOT_PUBLIC"):
        await department.do("CorrectPublication", CLERK, **asked, redactions=secret)
    old = (await publish(department, dossier)).publication.decision
    department.now += timedelta(days=1)

    async with department.refused("NOTHING_CORRECTED"):
        await department.do("CorrectPublication", CLERK, **asked)
    case = (await department.do("CorrectPublication", CLERK, **asked, redactions=secret)).case

    found = await of(department, dossier)
    assert (found.version, found.correction, found.facts) == (2, asked["reason"], f"以{HIDDEN}生产。")
    assert found.publication_id == old.publication_id and found.sha256 != old.sha256
    [past] = case.past_publications
    assert (past.version, past.sha256, past.corrector) == (1, old.sha256, CLERK[0])
    assert "一号配方" in old.text and "一号配方" not in found.text
    kept = [e.data for e in department.events(dossier.case_id) if e.type.endswith("DecisionPublished")]
    assert events.DecisionPublished.FromString(kept[0]).case.publication.decision == old


ANNULLED = {
    "kind": cases.SET_ASIDE_KIND_ANNULLED,
    "authority": "示例市人民政府",
    "document": "示府行复〔2026〕8号",
    "remedy": cases.REMEDY_RECONSIDERATION,
}


@pytest.mark.parametrize("set_aside", [True, False], ids=["annulled", "should not have been public"])
async def test_of_what_is_withdrawn_the_explanation_alone_is_left(
    department: Department, set_aside: bool
) -> None:
    """APL 48(2); GD-PUBLICITY 24(2)."""
    name = f"示例企业{next(serial)}"
    dossier = await decided(department, f"{name}未按规定记录。", party=name)
    was = (await publish(department, dossier)).publication.decision
    said = SITE | {"case_id": dossier.case_id, "explanation": "撤回说明"}
    if set_aside:
        await department.do("RecordOutcome", CLERK, case_id=dossier.case_id, **ANNULLED)
        async with department.refused("NOT_PUBLIC"):
            await department.do("CorrectPublication", CLERK, case_id=dossier.case_id, reason="更正")
    else:
        async with department.refused("NOT_TO_BE_WITHDRAWN"):
            await department.do("WithdrawPublication", CLERK, **said)
        said |= {"ground": pb.WITHHOLD_GROUND_SAFETY}

    case = (await department.do("WithdrawPublication", CLERK, **said)).case

    found = await of(department, dossier)
    assert found == pb.PublicDecision(
        kind=pb.PUBLIC_KIND_PENALTY,
        publication_id=was.publication_id,
        document_number=was.document_number,
        body_name=was.body_name,
        explanation="撤回说明",
        withdraw_time=case.withdrawal.withdraw_time,
    )
    assert await public(department, party_name=name) == []
    assert was.publication_id not in {d.publication_id for d in await public(department, party_code=CODE)}


async def test_the_list_is_paged(department: Department) -> None:
    name = f"示例企业{next(serial)}"
    for _ in range(3):
        await publish(department, await decided(department, party=name))

    one = await department.do("ListPublishedDecisions", ANYBODY, party_name=name, page_size=2)
    two = await department.do(
        "ListPublishedDecisions", ANYBODY, party_name=name, page_size=2, page_token=one.next_page_token
    )

    found = [d.publication_id for d in (*one.decisions, *two.decisions)]
    assert len(set(found)) == 3 and not two.next_page_token
    assert len(await public(department, page_size=500)) <= 20


REVOKED = [penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_REVOCATION_OF_LICENCE]


@pytest.mark.parametrize(
    ("kinds", "kind", "tier", "ends"),
    [
        ([penalties.PENALTY_KIND_FINE], 2, pb.CREDIT_TIER_GENERAL, datetime(2027, 5, 6, 23, 59, 59, 999999)),
        (REVOKED, 2, pb.CREDIT_TIER_SERIOUS, datetime(2029, 5, 6, 23, 59, 59, 999999)),
        ([penalties.PENALTY_KIND_FINE], CITIZEN, pb.CREDIT_TIER_GENERAL, None),
        ([penalties.PENALTY_KIND_CIRCULATED_CRITICISM], 2, pb.CREDIT_TIER_MINOR, None),
    ],
    ids=["fine", "revoked", "person", "criticism"],
)
async def test_the_credit_websites_show_it_by_its_tier_and_end_by_themselves(
    department: Department, kinds: list[int], kind: int, tier: int, ends: datetime | None
) -> None:
    """CREDIT-2025 7–12; decided on 6 May 2026. The agency's own publicity goes on."""
    department.now = datetime(2026, 5, 6, 9, 0, tzinfo=SHANGHAI)
    proposal = fine(20_000, kinds=kinds)
    if penalties.PENALTY_KIND_FINE not in kinds:
        proposal = penalties.Penalty(
            kinds=kinds, benchmark_id="示例法:1-1", band_code="3", correction_order="改正", gains=NO_GAINS
        )
    dossier = await decided(department, kind=kind, proposal=proposal)
    await publish(department, dossier)

    async def listed() -> bool:
        return found.publication_id in {d.publication_id for d in await public(department, credit=True)}

    found = await of(department, dossier)
    assert (found.credit.tier, found.credit.shown) == (tier, ends is not None)
    assert await listed() is (ends is not None)
    if ends is None:
        return
    end = ends.replace(tzinfo=SHANGHAI)
    assert found.credit.until_time.ToMicroseconds() == int(end.timestamp()) * 10**6 + 999999
    department.now = end
    assert await listed()
    department.now = end + timedelta(microseconds=1)
    assert not await listed() and await of(department, dossier) == found


async def test_what_is_decided_on_the_spot_is_minor_whatever_it_is(department: Department) -> None:
    """CREDIT-2025 8[1]."""
    department.now = datetime(2026, 5, 6, 9, 0, tzinfo=SHANGHAI)
    firm = parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name="示例企业", identity_number=CODE)
    case = (await department.spot(party=firm)).case

    public_now = (await publish(department, Dossier(case.case_id, case.body_id))).publication.decision

    assert (public_now.credit.tier, public_now.credit.shown) == (pb.CREDIT_TIER_MINOR, False)


async def test_before_the_measures_no_tier_is_told(department: Department) -> None:
    dossier = await decided(department)

    await publish(department, dossier)

    assert not (await of(department, dossier)).HasField("credit")
