"""The words of the routes that bring in a fine: on the spot, through remedies, by the court."""

from collections.abc import Mapping
from typing import Any

from yifa.enforcement.v1 import collection_pb2 as collections
from yifa.enforcement.v1 import court_enforcement_pb2 as courts
from yifa.enforcement.v1 import surcharge_pb2 as remedies

from services.given.people import FINANCE, HEAD
from services.law.procedures.court_enforcement import COURT_ENFORCEMENT
from tests.enforcement.court import Court
from tests.enforcement.routes.walking import CASE, COURTS, Walk, Word
from tests.enforcement.samples import DAY, serial
from tests.enforcement.staying import stay, stay_end
from tests.enforcement.test_collection import Spot, batch
from tests.enforcement.test_surcharge import remedy, remedy_end

SAID = courts.CourtSaid


# On the spot ------------------------------------------------------------------------------------------


async def collected(w: Walk, ground: int, **more: Any) -> None:
    """All that is owed."""
    fine = Spot(w.d, w.here, await batch(w.d, w.here.body_id))
    await fine.collect(ground, (await w.case()).decision.penalty.fine.fen / 100, **more)


ASKED = {"cause": "靠岸、往返缴款确有困难", "proof": "当事人书面申请"}


async def collect(w: Walk, said: str) -> None:
    """A small one, or in a remote place (`remote`)."""
    remote = (collections.COLLECTION_GROUND_REMOTE, ASKED)
    ground, asked = remote if said else (collections.COLLECTION_GROUND_SMALL, {})
    await collected(w, ground, **asked)


async def collect_aboard(w: Walk, _said: str) -> None:
    await collected(w, collections.COLLECTION_GROUND_ON_WATER, **ASKED)


async def land(w: Walk, _said: str) -> None:
    await w.d.do("LandFine", w.here.who, case_id=w.here.case_id)


async def passed_on(w: Walk, rpc: str, **more: Any) -> None:
    """All that was collected."""
    case = await w.case()
    await w.d.do(rpc, FINANCE, case_id=case.case_id, amount=case.collection.amount, **more)


async def hand_in(w: Walk, _said: str) -> None:
    await passed_on(w, "HandInFine")


async def bank(w: Walk, _said: str) -> None:
    await passed_on(w, "BankFine", bank_reference=f"BANK-{next(serial)}")


# Remedies ---------------------------------------------------------------------------------------------


def remedied(act: str, kind: int) -> Word:
    async def do(w: Walk, _said: str) -> None:
        if act.startswith("RECORD"):
            await remedy(w.d, w.here, kind)
        else:
            await remedy_end(w.d, w.here)

    return Word(CASE, act, do)


async def stayed(w: Walk, _said: str) -> None:
    await stay(w.d, w.here)


async def unstayed(w: Walk, _said: str) -> None:
    await stay_end(w.d, w.here)


# The court --------------------------------------------------------------------------------------------


async def remedies_over(w: Walk, _said: str) -> None:
    """Nobody sued in six months; the node notes it by itself where nobody did before."""
    w.d.now += 190 * DAY
    w.court = await Court(w.d, w.here).begin()


async def deferral_over(w: Walk, _said: str) -> None:
    """The last instalment fell due after the time to sue, and was not paid."""
    w.court = await Court(w.d, w.here).begin()


async def paid(w: Walk, _said: str) -> None:
    """All of it, with the surcharge at its cap."""
    case = await w.case()
    await w.d.pay(w.here, (case.decision.penalty.fine.fen * 2 - case.paid.fen) / 100)


async def wait(_w: Walk, _said: str) -> None:
    """Time does it."""


def in_court(act: str, by: Any = None, **fields: Any) -> Word:
    """By somebody; by who handles the case where nobody is said."""

    async def do(w: Walk, _said: str) -> None:
        assert w.court is not None
        await w.court.act(COURT_ENFORCEMENT.named(act).method, by or w.here.who, **fields)

    return Word(COURTS, act, do)


async def demand(w: Walk, _said: str) -> None:
    assert w.court is not None
    await w.court.demand()


async def apply(w: Walk, _said: str) -> None:
    assert w.court is not None
    await w.court.apply()


async def apply_at_once(w: Walk, _said: str) -> None:
    assert w.court is not None
    await w.court.apply(at_once=True, urgency="即将倒塌", public_safety="行人安全")


def answered(act: str, said: int) -> Word:
    """What the court says."""

    async def do(w: Walk, _said: str) -> None:
        assert w.court is not None
        await w.court.court(said)

    return Word(COURTS, act, do)


MONEY: Mapping[str, Word] = {
    "collect": Word(CASE, "COLLECT_FINE", collect),
    "collect-aboard": Word(CASE, "COLLECT_FINE_ABOARD", collect_aboard),
    "land": Word(CASE, "LAND_FINE", land),
    "hand-in": Word(CASE, "HAND_IN_FINE", hand_in),
    "bank": Word(CASE, "BANK_FINE", bank),
    "reconsidered": remedied("RECORD_RECONSIDERATION", remedies.REMEDY_KIND_RECONSIDERATION),
    "sued": remedied("RECORD_SUIT", remedies.REMEDY_KIND_SUIT),
    "end-reconsideration": remedied("END_RECONSIDERATION", remedies.REMEDY_KIND_RECONSIDERATION),
    "end-suit": remedied("END_SUIT", remedies.REMEDY_KIND_SUIT),
    "stayed": Word(CASE, "RECORD_STAY", stayed),
    "unstayed": Word(CASE, "END_STAY", unstayed),
    "remedies-over": Word(COURTS, "NOTE_REMEDY_OVER", remedies_over),
    "deferral-over": Word(COURTS, "NOTE_DEFERRAL_OVER", deferral_over),
    "lapses": Word(COURTS, "LAPSE", wait),
    "stands": Word(COURTS, "LET_STAND", wait),
    "pays": Word(COURTS, "RECORD_PERFORMANCE", paid),
    "demand": Word(COURTS, "DEMAND", demand),
    "answer-demand": in_court("RECORD_STATEMENT", statement="经营困难，请求延期"),
    "recheck-demand": in_court("RECHECK_STATEMENT", opinion="理由不成立"),
    "apply": Word(COURTS, "APPLY", apply),
    "apply-at-once": Word(COURTS, "APPLY_FOR_IMMEDIATE", apply_at_once),
    "accepts": answered("ACCEPT", SAID.COURT_SAID_ACCEPTED),
    "refuses": answered("REFUSE", SAID.COURT_SAID_REFUSED),
    "rules": answered("RULE", SAID.COURT_SAID_RULED),
    "rules-at-once": answered("RULE_URGENTLY", SAID.COURT_SAID_RULED_AT_ONCE),
    "rules-against": answered("RULE_AGAINST", SAID.COURT_SAID_RULED_AGAINST),
    "challenge": in_court("CHALLENGE", HEAD, challenge="符合受理条件"),
    "allows": answered("ALLOW", SAID.COURT_SAID_CHALLENGE_ALLOWED),
    "dismisses": answered("DISMISS", SAID.COURT_SAID_CHALLENGE_DISMISSED),
    "enforces": answered("ENFORCE", SAID.COURT_SAID_ENFORCED),
    "ends": answered("END", SAID.COURT_SAID_ENDED),
    "withdraw-court": in_court("WITHDRAW", HEAD, cause="当事人已承诺履行"),
}
