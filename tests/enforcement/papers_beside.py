"""Cases and inspections that together have come to every paper of what stands beside a case."""

from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.law.v1 import law_pb2

from services.given import measure as given
from tests.enforcement.court import applied
from tests.enforcement.department import Department
from tests.enforcement.duty import DEMOLITION, overdue, performing
from tests.enforcement.inspecting import Bureau
from tests.enforcement.own import demanded as own_demanded
from tests.enforcement.samples import CLERK, DAY, START, stamp
from tests.enforcement.test_assistance import asked
from tests.enforcement.test_deferral import apply, approve
from tests.enforcement.test_measure import FREEZE, SEAL, SEIZE, Held, seized
from tests.enforcement.test_referral import sent


async def beside(d: Department) -> list[str]:
    """The ids of all of them."""
    d.now = START
    found = [await lifted(d), await frozen(d), *await handed_over(d), await refused(d), *await inspected(d)]
    return [*found, await deferred(d), await helped(d), *await duties(d)]


async def duties(d: Department) -> tuple[str, str]:
    """A duty that a substitute performed, with its costs, and a demolition that was announced."""
    d.now = START
    duty = await performing(d)
    await duty.complete()
    await duty.claim()
    d.now = START
    demolition = await overdue(d, kind=DEMOLITION)
    await demolition.announce()
    return duty.record.enforcement_id, demolition.record.enforcement_id


async def appraised(d: Department) -> Held:
    """Sealed, with the time of an appraisal."""
    held = await seized(d, SEAL)
    asked = {"ground": law_pb2.GROUND_TESTING, "appraiser": "示例检测所", "tell_time": stamp(d.now)}
    await held.act("SendToAppraisal", held.by, planned_end_time=stamp(d.now + 10 * DAY), **asked)
    await held.act("ReceiveAppraisal", held.by, result="不符合标准")
    return held


async def extended(d: Department) -> Held:
    held = await appraised(d)
    told = {"tell_time": stamp(d.now), "told_reasons": "需要补充调查"}
    await held.act("ExtendMeasure", days=30, complexity="案情复杂", **told)
    return held


async def lifted(d: Department) -> str:
    held = await extended(d)
    await given.release(d.do, held.measure.measure_id, measures.RELEASE_GROUND_NOT_NEEDED)
    return held.measure.measure_id


async def frozen(d: Department) -> str:
    held = await seized(d, FREEZE)
    decided = {"decision": given.decision(d.now), "things": [given.thing(name="存款")]}
    await held.act("DeliverFreezingDecision", CLERK, **decided)
    return held.measure.measure_id


async def handed_over(d: Department) -> tuple[str, str]:
    """A seizure that went along with a criminal case, and the referral."""
    held = await seized(d, SEIZE)
    opened = await sent(d, held.dossier)
    await opened.police(referrals.POLICE_SAID_RECEIVED, referrals.POLICE_SAID_OPENED)
    await held.act("HandOverThings", receiver="示例市公安局", tell_time=stamp(d.now))
    things = {"things": "生产设备一台；账册两本", "list_time": stamp(d.now)}
    await opened.act("HandOverToPolice", opened.by, **things)
    return held.measure.measure_id, opened.referral.referral_id


async def refused(d: Department) -> str:
    """A referral that the police refused twice."""
    said = await sent(d)
    no = {"reason": "情节显著轻微，危害不大"}
    await said.police(referrals.POLICE_SAID_RECEIVED)
    await said.police(referrals.POLICE_SAID_REFUSED, **no)
    await said.act("AskReconsideration")
    await said.police(referrals.POLICE_SAID_REFUSED, **no)
    await said.act("SuggestSupervision", suggestion="涉案金额已经达到立案追诉标准，应当立案。")
    return said.referral.referral_id


async def inspected(d: Department) -> list[str]:
    """One inspection from its proposal to the check of what was ordered."""
    bureau = Bureau(d)
    visit = await bureau.recorded()
    for rpc in ("OrderCorrection", "VerifyCorrection", "TellResult"):
        await bureau.act(rpc, visit)
    return [visit.inspection_id]


async def enforced(d: Department) -> list[str]:
    """An enforcement by the agency itself and one by the court, each demanded, the second applied for."""
    d.now = START
    own = await own_demanded(d)
    d.now = START
    court = await applied(d)
    return [own.record.enforcement_id, court.record.enforcement_id]


async def helped(d: Department) -> str:
    """A request for help."""
    return (await asked(d)).assistance_id


async def deferred(d: Department) -> str:
    """A case whose fine is paid in instalments."""
    dossier = await d.served()
    await apply(d, dossier)
    await approve(d, dossier, (10000, 31), (20000, 66))
    return dossier.case_id
