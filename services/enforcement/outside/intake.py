"""The intake: a department with a case system of its own reports every stage of its cases here, judged by the same rules.

A stage is refused when it cannot be a fact, or is of nobody's case; what was unlawful is taken, recorded and told. The same stage
again changes nothing, so whoever got no answer sends it again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.case.model import Case
from services.enforcement.enforcement.showing import show_enforced
from services.enforcement.measure.showing import show_measures
from services.enforcement.officer.model import Standing
from services.enforcement.outside.acts import refuse_unknown_body
from services.enforcement.outside.assembling import assemble, begin
from services.enforcement.outside.model import OutsideCase, OutsideRecord, OutsideStage, case_key
from services.enforcement.outside.stage import asked_of, check_stage, home_of, key_of, kind_of, request_of
from services.enforcement.outside.standing import standing
from services.enforcement.outside_record import intake as records
from services.enforcement.outside_record.again import judge_beside_again, judge_naming_again
from services.enforcement.payment.model import PaymentReference, refuse_known
from services.enforcement.publication.resting import follow_stays
from services.kit.refusal import Exists, Malformed, Refusal
from services.kit.rpc import exchange, read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.law.identity import masked
from services.law.moment import moment_of, put_moment
from services.law.procedures.shared import local, not_in_future
from services.law.rule import Unlawful

# A case is told whole in every event, and an event has its bounds.
LARGEST = 350_000
Answer = tuple[list[pb.StageResult], list[pb.OutsideStanding]]


@write
def report_stage(request: pb.ReportStageRequest, tx: Tx) -> pb.ReportStageResponse:
    """Take one stage of a case that is kept elsewhere."""
    part = Part(tx, [request.stage])
    for no in part.refused.values():
        raise no
    [result], standings = part.taken()
    return pb.ReportStageResponse(result=result, standing=standings[0])


@exchange
def report_stages(request: pb.ReportStagesRequest, _seen: dict[str, int], tx: Tx) -> pb.ReportStagesResponse:
    """Take a part of a stream of stages, each for itself."""
    results, standings = Part(tx, list(request.rows)).taken()
    return pb.ReportStagesResponse(results=results, standings=standings)


class Part:
    """Stages that come together: those that are taken, by case; those that are known; those that are refused, and why."""

    def __init__(self, tx: Tx, stages: list[pb.OutsideStage]) -> None:
        self.tx, self.stages = tx, stages
        self.refused: dict[int, Refusal | Unlawful] = {}
        self.blanks: dict[int, list[str]] = {}
        self.known: dict[int, str] = {}
        self.fresh: dict[str, dict[int, pb.OutsideStage]] = defaultdict(dict)
        tx.load(OutsideStage, [key_of(s) for s in stages])
        tx.load(OutsideCase, {case_key(s.system, s.source_case) for s in stages})
        tx.load(OutsideRecord, {home_of(s) for s in stages if kind_of(s)})
        self._look_at_each()
        self._look_at_cases()

    def _look_at_each(self) -> None:
        here: dict[str, bytes] = {}
        for n, stage in enumerate(self.stages):
            try:
                self.blanks[n] = check_stage(stage, self.tx)
                if (known := self._known(stage, here)) is not None:
                    self.known[n] = known
                    continue
                if (at := moment_of(stage.act_time)) > self.tx.now:
                    raise Unlawful([not_in_future.broken()], {"at": local(at)})
            except (Refusal, Unlawful) as no:
                self.refused[n] = no
                continue
            here[key_of(stage)] = content(stage)
            self.fresh[home_of(stage)][n] = stage

    def _known(self, stage: pb.OutsideStage, here: dict[str, bytes]) -> str | None:
        """The case of a stage that was reported before. Raises Exists for another one under its id."""
        row = self.tx.find(OutsideStage, key_of(stage))
        told = row.record if row is not None else here.get(key_of(stage))
        if told is None:
            return None
        if told != content(stage):
            raise Exists(
                "STAGE_REUSED",
                f"the stage {stage.stage_id} of {stage.source_case} was reported with other content",
                f"案件{stage.source_case}的环节{stage.stage_id}已报告，且内容不同",
                stage_id=stage.stage_id,
            )
        return row.case_id if row is not None else ""

    def _look_at_cases(self) -> None:
        tx = self.tx
        stages = [s for group in self.fresh.values() for s in group.values()]
        homes = [h for key in self.fresh if (h := tx.find(OutsideCase, key)) is not None]
        tx.load(Case, [h.case_id for h in homes])
        tx.load(Body, {s.matter.body_id for s in stages if s.HasField("matter")})
        tx.load(Standing, people(stages))
        paid = [s.record_payment.bank_reference for s in stages if asked_of(s) == "record_payment"]
        tx.load(PaymentReference, filter(None, paid))
        numbers = [s.document_number for s in stages if asked_of(s) == "file_case" and s.document_number]
        filed = {r.case_number: r.case_id for r in tx.among(Case, "case_number", numbers)} if numbers else {}
        seen: set[str] = set()
        # a case first: what runs beside it may rest on what is told of it
        for key, group in sorted(self.fresh.items(), key=lambda told: kind_of(next(iter(told[1].values())))):
            for n, stage in [*group.items()]:
                try:
                    if kind_of(stage):
                        case_told = bool(self.fresh.get(case_key(stage.system, stage.source_case)))
                        records.fits(tx, stage, key, group.values(), case_told=case_told)
                    else:
                        self._fits(stage, key, group, filed, seen)
                except (Refusal, Unlawful) as no:
                    self.refused[n] = no
                    del group[n]

    def _fits(
        self,
        stage: pb.OutsideStage,
        key: str,
        group: dict[int, pb.OutsideStage],
        filed: dict[str, str],
        seen: set[str],
    ) -> None:
        """Raise a refusal for a stage that cannot be one of its case."""
        home = self.tx.find(OutsideCase, key)
        matter = next((s.matter for s in group.values() if s.HasField("matter")), None)
        if home is None and matter is None:
            said = "is required with the stage of a case that is reported first", "首次报告案件环节时必填"
            raise Malformed({"matter": said})
        body_id = home.body_id if home is not None else matter.body_id if matter is not None else ""
        if stage.HasField("matter") and stage.matter.body_id != body_id:
            raise Exists(
                "CASE_OF_ANOTHER_BODY",
                f"the case {stage.source_case} was reported as one of the body {body_id}",
                f"案件{stage.source_case}已报告为主体{body_id}的案件",
                body_id=body_id,
            )
        if home is None:
            refuse_unknown_body(self.tx, body_id)
        elif cases.Case.FromString(self.tx.get(Case, home.case_id).record).earlier_decisions:
            # its stages would be gone through again as if they were of the decision that is made now
            said = "is decided anew here, by acts of its own", "案件已在本系统重新办理"
            raise Malformed({"source_case": said})
        if (home.size if home is not None else 0) + sum(s.ByteSize() for s in group.values()) > LARGEST:
            said = f"has more than {LARGEST} bytes of stages", f"各环节合计超过{LARGEST}字节"
            raise Malformed({"source_case": said})
        self._counts_once(stage, home, filed, seen)

    def _counts_once(
        self, stage: pb.OutsideStage, home: OutsideCase | None, filed: dict[str, str], seen: set[str]
    ) -> None:
        """Raise Exists for a payment or a number of a case that is here already, or in another stage of this part."""
        if asked_of(stage) == "record_payment" and (bank := stage.record_payment.bank_reference):
            refuse_known(self.tx, bank)
            if bank in seen:
                raise known_twice("PAYMENT_ALREADY_RECORDED", bank, "bank_reference")
            seen.add(bank)
        number = stage.document_number
        if asked_of(stage) == "file_case" and number:
            other = filed.get(number)
            if (other is not None and (home is None or other != home.case_id)) or f"#{number}" in seen:
                raise known_twice("ALREADY_REPORTED", number, "case_number")
            seen.add(f"#{number}")

    def taken(self) -> Answer:
        """Take what can be taken; what became of each stage, and how the cases stand."""
        standings: dict[str, pb.OutsideStanding] = {}
        homes: dict[str, str] = {}
        told = [group for group in self.fresh.items() if group[1]]
        for key, group in sorted(told, key=lambda each: kind_of(next(iter(each[1].values())))):
            fresh = list(group.values())
            if kind_of(fresh[0]):
                found = records.take(self.tx, key, fresh)
                homes[key] = found.record_id
                standings[found.record_id] = found
                continue
            home = self.tx.find(OutsideCase, key)
            if home is None:
                home = begin(self.tx, next(s for s in fresh if s.HasField("matter")), key)
            case, unknown = assemble(self.tx, home, fresh)
            if not home.imported:
                follow_stays(self.tx, case)
                show_enforced(self.tx, case)
                show_measures(self.tx, case)
            judge_beside_again(self.tx, case, min(moment_of(s.act_time) for s in fresh))
            judge_naming_again(self.tx, key)
            homes[key] = case.case_id
            standings[case.case_id] = standing(case, self.tx, unknown)
        for case_id in dict.fromkeys(self.known.values()):
            if case_id and case_id not in standings:
                if (record := records.known(self.tx, case_id)) is not None:
                    standings[case_id] = record
                    continue
                case = cases.Case.FromString(self.tx.get(Case, case_id).record)
                standings[case_id] = standing(case, self.tx)
        results = [self._result(n, homes, standings) for n in range(len(self.stages))]
        return results, list(standings.values())

    def _result(
        self, n: int, homes: dict[str, str], standings: Mapping[str, pb.OutsideStanding]
    ) -> pb.StageResult:
        stage = self.stages[n]
        result = pb.StageResult(
            system=stage.system,
            source_case=stage.source_case,
            stage_id=stage.stage_id,
            blanks=self.blanks.get(n, ()),
        )
        if n in self.refused:
            result.outcome = pb.STAGE_OUTCOME_REFUSED
            result.refusal.CopyFrom(refusal(self.refused[n], self.tx))
            return result
        result.outcome = pb.STAGE_OUTCOME_KNOWN if n in self.known else pb.STAGE_OUTCOME_TAKEN
        result.case_id = self.known.get(n) or homes.get(home_of(stage), "")
        if kind_of(stage):
            result.record_id = result.case_id
            result.case_id = standings[result.record_id].case_id if result.record_id in standings else ""
        return result


def content(stage: pb.OutsideStage) -> bytes:
    return stage.SerializeToString(deterministic=True)


def people(stages: Iterable[pb.OutsideStage]) -> set[str]:
    """Everybody of whom the stages speak."""
    named: set[str] = set()
    for stage in stages:
        request = request_of(stage)
        named.add(stage.actor)
        named.update(stage.inspection.officer_ids)
        for field in ("officer_ids", "collector_ids", "checker_ids"):
            named.update(getattr(request, field, ()))
    return named - {""}


def known_twice(reason: str, key: str, field: str) -> Exists:
    return Exists(reason, f"{key} is known already", f"{key}已存在", **{field: key})


def refusal(no: Refusal | Unlawful, tx: Tx) -> pb.StageRefusal:
    """A refusal as one of several answers."""
    if isinstance(no, Unlawful):
        broken = tx.parameters.told(no.broken[0], no.sector)
        return pb.StageRefusal(
            reason=broken.reason, law=broken.law, text_zh=broken.says_zh, text_en=broken.says
        )
    field = str(no.metadata.get("field", ""))
    return pb.StageRefusal(reason=no.reason, field=field, text_zh=no.zh, text_en=no.en)


@read
def list_outside_stages(request: pb.ListOutsideStagesRequest, view: View) -> pb.ListOutsideStagesResponse:
    """The stages that were reported, as they were reported; the numbers of the parties masked."""
    table = OutsideStage.__table__.c  # type: ignore[attr-defined]
    statement = select(table.key, table.case_id, table.receive_time, table.record)
    if request.system:
        of_system = table.key.startswith(case_key(request.system, ""), autoescape=True)
        statement = statement.where(of_system)
    rows, token = view.page(statement, (table.key,), request.page_size, request.page_token)
    reply = pb.ListOutsideStagesResponse(next_page_token=token)
    served = records.cases_of(view, [row.case_id for row in rows])
    for row in rows:
        told = reply.stages.add(case_id=row.case_id, stage=pb.OutsideStage.FromString(row.record))
        if kind_of(told.stage):
            told.case_id, told.record_id = served.get(row.case_id, ""), row.case_id
        put_moment(told.receive_time, row.receive_time)
        mask(told.stage)
    return reply


def mask(stage: pb.OutsideStage) -> None:
    """Mask the number of the party, wherever a stage holds it."""
    holders: list[Message] = [stage.matter] if stage.HasField("matter") else []
    request = request_of(stage)
    holders += [request] if "party" in request.DESCRIPTOR.fields_by_name else []
    for one in holders:
        if one.HasField("party"):
            one.party.identity_number = masked(one.party.identity_number)  # type: ignore[attr-defined]
    applying: list[Message] = [stage.permit] if stage.HasField("permit") else []
    applying += [request] if "applicant" in request.DESCRIPTOR.fields_by_name else []
    for one in applying:
        if one.HasField("applicant"):
            number = masked(one.applicant.identity_number)  # type: ignore[attr-defined]
            one.applicant.identity_number = number  # type: ignore[attr-defined]
