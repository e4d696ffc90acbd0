"""EW-31: a plan of training that speaks of fines as a target, or of keeping them from being one."""

from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import training_plan_pb2 as plans

from tests.supervision.office import ENVIRONMENT, Office, at
from tests.supervision.warnings.examples import Examples, History


def planned(goal: str) -> History:
    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        plan = plans.TrainingPlan(
            plan_id="TP-1", node=ENVIRONMENT, body_id="B-1", year=2026, goal=goal, version=1
        )
        event = registry.TrainingPlanAdopted(plan=plan)
        await office.take(
            office.journal(ENVIRONMENT, "registry").entry(event, at("2026-03-20 09:00"), "TP-1")
        )

    return told


WARNING = "EW-31"
EXAMPLES = {
    "FINE_TARGET": Examples(
        subject="TP-1",
        about="TP-1",
        unlawful=planned("提高执法水平；全年完成罚款任务500万元"),
        lawful=planned("提高执法水平，规范裁量权行使"),
        last_lawful=planned("严禁下达罚款指标"),
        first_unlawful=planned("下达罚款指标"),
    )
}
