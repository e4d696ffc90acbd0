"""The facts of a penalty case as a test says them, and what a lawful one is about."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1.benchmark_pb2 import Band, Benchmark, End, Fine
from yifa.enforcement.v1.case_pb2 import RECUSAL_ASKER_PARTY, RECUSAL_STATE_PENDING, Recusal
from yifa.enforcement.v1.collection_pb2 import COLLECTION_GROUND_ON_WATER, Collection
from yifa.enforcement.v1.evidence_pb2 import Evidence, Exclusion, Inquiry, Monitoring, Sampling, Verification
from yifa.enforcement.v1.publication_pb2 import WITHHOLD_GROUND_TRADE_SECRET, Redaction
from yifa.enforcement.v1.referral_pb2 import Referral
from yifa.enforcement.v1.stay_pb2 import (
    STAY_AUTHORITY_RECONSIDERATION_BODY,
    STAY_GROUND_APPLICATION,
    Stay,
)
from yifa.enforcement.v1.surcharge_pb2 import RemedyTime
from yifa.registry.v1.power_pb2 import POWER_KIND_PENALTY, POWER_LEVEL_CITY

from services.given.case import MINUTES_TAKEN, NO_GAINS
from services.law.areas import covers
from services.law.calendar import SHANGHAI, china
from services.law.document_use import Listed
from services.law.heads import CHIEF
from services.law.moment import put_moment
from services.law.parameters import Layers, national
from services.law.procedures.penalty.facts import Discussion, PenaltyFacts, SpotForm, Told
from services.law.process import Move
from services.law.standing import Person
from services.law.volume import NEEDED

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=SHANGHAI)
PAPER = cases.DecisionPaper(
    address="示例市示例路1号", bank="示例银行", bank_address="示例市银行路1号", seal="4407000000001",
    reconsideration="示例市人民政府", court="示例市", surcharge=True,
)  # fmt: skip
"""What a whole decision says besides its record."""
# What an order of the reconsideration body says.
STAY = {
    "ordered_by": STAY_AUTHORITY_RECONSIDERATION_BODY,
    "authority": "示例市人民政府",
    "document": "停止执行决定书1号",
    "ground": STAY_GROUND_APPLICATION,
    "cause": "执行将造成难以弥补的损失",
}
AREA, ELSEWHERE = "440700", "110100"
BODY, OWNER_ITEM = "B-1", "I-1"
NATION = Layers(national())
NO_PENALTY = penalties.NoPenalty(
    ground=penalties.NO_PENALTY_GROUND_MINOR,
    reasons="及时改正，没有造成危害后果",
    evidence_ids=["E-1"],
    education="教育记录",
)
INQUIRY = Inquiry(person="证人", alone=True, read_over=True, signature="证人")
put_moment(INQUIRY.begin_time, NOW - timedelta(hours=2))
put_moment(INQUIRY.end_time, NOW - timedelta(hours=1))
EXAMINED = Evidence(
    evidence_id="E-1",
    verification=Verification(verdict=1, how="与原件核对"),
    exclusion=Exclusion(ground=1, reason="以欺骗手段取得"),
)
FULL = Discussion("记录", ("head-1", "head-2"))


def body(**more: Any) -> Any:
    values = {
        "body_id": BODY, "node": "huanbao", "field": "", "kind": 1, "area_code": AREA, "confirmed": True, "listed": True,
        "from_time": None, "until_time": None, "mandator_id": "", "mandate_items": (), "mandate_from": None,
        "mandate_until": None, "predecessors": (),
    }  # fmt: skip
    return SimpleNamespace(**(values | more))


def whole() -> cases.Hearing:
    """A hearing that is held now, of which party and public were told in time."""
    made = cases.Hearing(
        host="head-1", listeners=["L-1", "L-2"], clerk="M-1", appointer="head-1", place="听证室", notice_receipt="回证",
        announce_address="公告栏", end=cases.HEARING_END_ABSENT, end_record="当事人未到场", report="听证报告",
        minutes={"officers_spoke": True, "party_spoke": True, "agents": ["律师"], "signed": True, "points": ["请求从轻"]},
    )  # fmt: skip
    for field, days in {"appoint_time": 30, "notice_time": 28, "announce_time": 20, "hold_time": 0}.items():
        put_moment(getattr(made, field), NOW - timedelta(days))
    return made


def item(**more: Any) -> Any:
    values = {"body_id": BODY, "kind": POWER_KIND_PENALTY, "level": POWER_LEVEL_CITY, "from_time": NOW - timedelta(365),
              "penalty_kinds": tuple(penalties.PenaltyKind.values()[1:]),
              "until_time": None}  # fmt: skip
    return SimpleNamespace(**(values | more))


class Known(PenaltyFacts):
    """Every fact as the test says: at first, such that the act is lawful on a record."""

    def __init__(self, move: Move, case: cases.Case) -> None:
        self.move, self.case, self.now = move, case, NOW
        self.parameters, self.calendar = NATION, china()
        person = Person("O-1", "甲", "C-1", True), Person("O-2", "乙", "C-2", True)
        self.known: dict[str, Any] = {
            "at": NOW,
            "caller": "O-1" if "HANDLING_OFFICER" in move.roles else "head-1",
            "roles": frozenset(move.roles),
            "handled": {"O-1", "O-2"} if "HANDLING_OFFICER" in move.roles else set(),
            "rank": {"head-1": CHIEF, "head-2": 2},
            "body": {BODY: body(), "B-2": body(body_id="B-2", node="chengguan", predecessors=(BODY,))},
            "item": {OWNER_ITEM: item()},
            "stood": {p.officer_id: p for p in (*person, Person("head-1", "丙", "FS-1", True))},
            "officer_ids": ("O-1", "O-2"),
            "place": AREA,
            "certificate_shown": True,
            "collected": Evidence(kind=cases.EVIDENCE_KIND_SITE_RECORD, site_minutes=MINUTES_TAKEN),
            "device_then": True,
            "sampler_then": True,
            "evidence_source": "当事人提供",
            "told_when_taken": True,
            "sampling": None,
            "monitoring": None,
            "spoken": True,
            "inquiry": INQUIRY,
            "questioned_meanwhile": (),
            "evidence_kept": False,
            "examined": EXAMINED,
            "cause": "理由",
            "distinct_reason": "",
            "complexity": "",
            "advisers": (),
            "advice": "",
            "on_register": {"AV-1"},
            "penalty": self.case.notice.penalty if move.act == "MAKE_DECISION" else penalty(move.act),
            "told": Told("事实", "理由", "依据", True),
            "waiver": "书面声明",
            "kept": {"书面声明", "E-1"},
            "hearing": whole(),
            "discussion": FULL,
            "closing": cases.Closing(correction="已改正"),
            "receipt": "回证",
            "service_method": 1,
            "electronic_consent": "",
            "electronic_address": "",
            "attempts": (),
            "left": cases.LeftService(),
            "whereabouts": "E-1",
            "hearing_answers": (),
            "decision_paper": PAPER,
            "seal": PAPER.seal,
            "bank": (PAPER.bank, PAPER.bank_address),
            "amount": 100,
            "bank_reference": "BANK-1",
            "collection": Collection(
                ground=COLLECTION_GROUND_ON_WATER,
                cause="渔船作业，无法登岸",
                proof="当事人书面申请",
                receipt={"series": "粤A", "number": 1},
            ),
            "remedy": RemedyTime(document="受理通知书1号", end_document="决定书1号"),
            "stay": Stay(**STAY, end_document="恢复执行决定书1号"),
            "enforced": False,
            "receipt_issued": True,
            "receipt_used": False,
            "performance": cases.Performance(
                kind=penalties.PENALTY_KIND_CONFISCATION_OF_GAINS, proof="没收物品处理单"
            ),
            "deferral": cases.Deferral(application="申请书", cause="经济困难", approved=True),
            "instalments": [
                cases.Instalment(amount={"fen": 100}, due_time={"seconds": int(NOW.timestamp()) + 90 * 86400})
            ],
            "collectors": ("finance-1",),
            "form": SpotForm("F-1", True, True, True, reconsideration_authority="示例市人民政府"),
            "form_used": False,
            "correction": slip(),
            "of_the_day": (),
            "recusal": recusal(move.act),
            "outcome": outcome(move.act),
            "own_correction": own_correction(move.act),
            "credit_receipt": "信用平台回执1号",
            "withdrawal_reasons": "决定已撤销",
            "withdrawal_address": "门户网站",
            "issued": frozenset(NEEDED),
            "suspension": cases.Suspension(
                ground=cases.SUSPENSION_GROUND_RELATED_CASE, cause="相关案件尚未审结", document="受理通知书"
            ),
            "receiver": body(body_id="B-2", predecessors=(BODY,)),
            "benchmark": benchmark(),
            "filed_before": None,
            "birth_date": date(1980, 1, 1),
            "no_penalty": NO_PENALTY,
            "proofs": (cases.EVIDENCE_KIND_SITE_RECORD,),
            "lenience_proofs": (cases.EVIDENCE_KIND_SITE_RECORD,),
            "penalised_before": False,
            "referral": None,
            "open_measures": (),
            "awaited": (),
            "identity_number": "914407000000000016",
            "redactions": (Redaction(passage="一号配方", ground=WITHHOLD_GROUND_TRADE_SECRET),),
            "adult_proof": "护照复印件",
            "withhold_ground": WITHHOLD_GROUND_TRADE_SECRET,
        }

    def at(self) -> datetime:
        return self.known["at"]

    def caller(self) -> str:
        return self.known["caller"]

    def roles(self) -> frozenset[str]:
        return self.known["roles"]

    def rank(self, person: str) -> int:
        return self.known["rank"].get(person, 0)

    def handled(self, person: str) -> bool:
        return person in self.known["handled"]

    def body(self, body_id: str) -> Any:
        return self.known["body"].get(body_id)

    def item(self, item_id: str) -> Any:
        return self.known["item"].get(item_id)

    def stood(self, person: str, at: datetime, scope: Any) -> Person:
        covers(
            "440000", scope.place or scope.place.strip()
        )  # no place and no moment at all is looked at nowhere
        assert at.tzinfo
        return self.known["stood"].get(person, Person(person))

    def officer_ids(self) -> tuple[str, ...]:
        return self.known["officer_ids"]

    def place(self) -> str:
        return self.known["place"]

    def certificate_shown(self) -> bool:
        return self.known["certificate_shown"]

    def collected(self) -> Evidence:
        return self.known["collected"]

    def device_then(self) -> bool:
        return self.known["device_then"]

    def sampler_then(self) -> bool:
        return self.known["sampler_then"]

    def evidence_source(self) -> str:
        return self.known["evidence_source"]

    def told_when_taken(self) -> bool:
        return self.known["told_when_taken"]

    def sampling(self) -> Sampling | None:
        return self.known["sampling"]

    def spoken(self) -> bool:
        return self.known["spoken"]

    def inquiry(self) -> Inquiry | None:
        return self.known["inquiry"]

    def questioned_meanwhile(self) -> tuple[str, ...]:
        return self.known["questioned_meanwhile"]

    def monitoring(self) -> Monitoring | None:
        return self.known["monitoring"]

    def evidence_kept(self) -> bool:
        return self.known["evidence_kept"]

    def examined(self) -> Evidence:
        return self.known["examined"]

    def cause(self) -> str:
        return self.known["cause"]

    def complexity(self) -> str:
        return self.known["complexity"]

    def advisers(self) -> tuple[str, ...]:
        return self.known["advisers"]

    def advice(self) -> str:
        return self.known["advice"]

    def adviser_then(self, adviser: str) -> bool:
        return adviser in self.known["on_register"]

    def distinct_reason(self) -> str:
        return self.known["distinct_reason"]

    def penalty(self) -> penalties.Penalty:
        return self.known["penalty"]

    def told(self) -> Told:
        return self.known["told"]

    def waiver(self) -> str:
        return self.known["waiver"]

    def kept(self, reference: str) -> bool:
        return reference in self.known["kept"]

    def hearing(self) -> cases.Hearing:
        return self.known["hearing"]

    def discussion(self) -> Discussion:
        return self.known["discussion"]

    def closing(self) -> cases.Closing:
        return self.known["closing"]

    def receipt(self) -> str:
        return self.known["receipt"]

    def service_method(self) -> int:
        return self.known["service_method"]

    def electronic_consent(self) -> str:
        return self.known["electronic_consent"]

    def electronic_address(self) -> str:
        return self.known["electronic_address"]

    def attempts(self) -> Any:
        return self.known["attempts"]

    def left(self) -> cases.LeftService:
        return self.known["left"]

    def whereabouts(self) -> str:
        return self.known["whereabouts"]

    def hearing_answers(self) -> Any:
        return self.known["hearing_answers"]

    def decision_paper(self) -> cases.DecisionPaper:
        return self.known["decision_paper"]

    def seal(self) -> str:
        return self.known["seal"]

    def bank(self) -> tuple[str, str]:
        return self.known["bank"]

    def amount(self) -> int:
        return self.known["amount"]

    def bank_reference(self) -> str:
        return self.known["bank_reference"]

    def collection(self) -> Collection:
        return self.known["collection"]

    def remedy(self) -> RemedyTime:
        return self.known["remedy"]

    def stay(self) -> Stay:
        return self.known["stay"]

    def enforced(self, ground: int) -> bool:
        return self.known["enforced"]

    def receipt_issued(self) -> bool:
        return self.known["receipt_issued"]

    def receipt_used(self) -> bool:
        return self.known["receipt_used"]

    def performance(self) -> cases.Performance:
        return self.known["performance"]

    def deferral(self) -> cases.Deferral:
        return self.known["deferral"]

    def instalments(self) -> Any:
        return self.known["instalments"]

    def collectors(self) -> tuple[str, ...]:
        return self.known["collectors"]

    def form(self) -> SpotForm:
        return self.known["form"]

    def recusal(self) -> Recusal:
        return self.known["recusal"]

    def issued(self) -> frozenset[str]:
        return self.known["issued"]

    def suspension(self) -> cases.Suspension:
        return self.known["suspension"]

    def outcome(self) -> cases.Outcome:
        return self.known["outcome"]

    def own_correction(self) -> cases.OwnCorrection:
        return self.known["own_correction"]

    def credit_receipt(self) -> str:
        return self.known["credit_receipt"]

    def withdrawal_reasons(self) -> str:
        return self.known["withdrawal_reasons"]

    def withdrawal_address(self) -> str:
        return self.known["withdrawal_address"]

    def receiver(self) -> Any:
        return self.known["receiver"]

    def benchmark(self) -> Benchmark:
        return self.known["benchmark"]

    def listed(self, key: str) -> Listed | None:
        return None

    def of_the_day(self) -> tuple[cases.Case, ...]:
        return self.known["of_the_day"]

    def correction(self) -> cases.RecordCorrection:
        return self.known["correction"]

    def form_used(self) -> bool:
        return self.known["form_used"]

    def filed_before(self) -> cases.Case | None:
        return self.known["filed_before"]

    def birth_date(self) -> date | None:
        return self.known["birth_date"]

    def no_penalty(self) -> penalties.NoPenalty:
        return self.known["no_penalty"]

    def proofs(self) -> tuple[int, ...]:
        return self.known["proofs"]

    def lenience_proofs(self) -> tuple[int, ...]:
        return self.known["lenience_proofs"]

    def penalised_before(self) -> bool:
        return self.known["penalised_before"]

    def referral(self) -> Referral | None:
        return self.known["referral"]

    def open_measures(self) -> tuple[str, ...]:
        return self.known["open_measures"]

    def awaited(self) -> tuple[str, ...]:
        return self.known["awaited"]

    def identity_number(self) -> str:
        return self.known["identity_number"]

    def redactions(self) -> tuple[Redaction, ...]:
        return self.known["redactions"]

    def adult_proof(self) -> str:
        return self.known["adult_proof"]

    def withhold_ground(self) -> int:
        return self.known["withhold_ground"]


def benchmark(**more: Any) -> Benchmark:
    """Band 1 is 100,000 to 300,000 yuan, 2 a warning; the statute goes up to 500,000."""
    band = Band(code="1", min_fine={"fen": 100_000_00}, max_fine={"fen": 300_000_00})
    values = {
        "basis": "《示例法》第一条",
        "bands": [band, Band(code="2", standard="给予警告")],
        "statute_fines": [Fine(high=End(value=500_000_00))],
    }
    return Benchmark(**(values | more))


def penalty(act: str = "") -> penalties.Penalty:
    """A major fine of 150,000 yuan; on the spot a warning."""
    if act == "MAKE_SPOT_DECISION":
        return penalties.Penalty(
            kinds=[penalties.PENALTY_KIND_WARNING],
            benchmark_id="示例法:1",
            band_code="2",
            correction_order="立即改正",
            gains=NO_GAINS,
        )
    return penalties.Penalty(
        kinds=[penalties.PENALTY_KIND_FINE], fine={"fen": 150_000_00}, benchmark_id="示例法:1", band_code="1",
        correction_order="立即改正", gains=NO_GAINS,
    )  # fmt: skip


def slip(**more: Any) -> cases.RecordCorrection:
    values = {
        "correction_id": "X-1", "field": "violation.title", "before": "示例违法行为", "after": "示例的违法行为", "reason": "笔误",
        "proof": "现场笔录", "proposer": "O-1", "state": cases.RECORD_CORRECTION_STATE_PENDING,
    }  # fmt: skip
    return cases.RecordCorrection(**(values | more))


def outcome(act: str) -> cases.Outcome:
    """What the act records of a remedy: a change that halves the fine, an annulment, or that the decision stands."""
    kind = {
        "RECORD_UPHELD": cases.OUTCOME_KIND_UPHELD,
        "RECORD_SET_ASIDE": cases.OUTCOME_KIND_CHANGED,
    }.get(act, cases.OUTCOME_KIND_ANNULLED)
    said = cases.Outcome(
        kind=kind,
        remedy=cases.REMEDY_RECONSIDERATION,
        authority="示例市人民政府",
        document="示府行复〔2026〕8号",
    )
    if kind == cases.OUTCOME_KIND_CHANGED:
        said.penalty.kinds.append(penalties.PENALTY_KIND_FINE)
        said.penalty.fine.fen = 50
        said.penalty.gains.CopyFrom(NO_GAINS)
    return said


def own_correction(act: str) -> cases.OwnCorrection:
    """What the agency itself would make of its decision: changed by the act that changes it, else annulled."""
    changed = act in ("", "CHANGE_OWN_DECISION")
    own = cases.OwnCorrection(
        correction_id="W-1", kind=cases.OUTCOME_KIND_CHANGED if changed else cases.OUTCOME_KIND_ANNULLED,
        ground=cases.OWN_ERROR_GROUND_FACTS, reason="主要证据不足", proof="执法监督检查记录", proposer="L-1",
        state=cases.OWN_CORRECTION_STATE_PENDING,
    )  # fmt: skip
    if changed:
        own.penalty.kinds.append(penalties.PENALTY_KIND_FINE)
        own.penalty.fine.fen = 50
        own.penalty.gains.CopyFrom(NO_GAINS)
    return own


def recusal(act: str) -> Recusal:
    if act == "DECIDE_RECUSAL":
        return Recusal(recusal_id="R-1", officer_id="O-2", of_head=True, state=RECUSAL_STATE_PENDING)
    return Recusal(officer_id="O-1", asker=RECUSAL_ASKER_PARTY, state=RECUSAL_STATE_PENDING)
