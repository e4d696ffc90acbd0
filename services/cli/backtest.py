"""Trying an early warning on all that the city keeps, by other numbers than those in force if they are given."""

from collections.abc import Iterable

from yifa.supervision.v1 import supervision_service_pb2_grpc
from yifa.supervision.v1 import warning_pb2 as pb

from services.kit.dial import channel
from services.node.failure import Failure
from services.node.plan import Plan


async def backtest(
    plan: Plan, rule_id: str, numbers: Iterable[str], shown: int
) -> pb.BacktestWarningResponse:
    """What it would have raised; nothing is written. Raises Failure for an unreadable number, AioRpcError for a refusal."""
    request = pb.BacktestWarningRequest(rule_id=rule_id, numbers=numbers_of(numbers), page_size=shown)
    token = plan.token("backtest", plan.city.id, "OVERSIGHT")
    async with channel(plan.target(plan.city.id)) as there:
        stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
        reply: pb.BacktestWarningResponse = await stub.BacktestWarning(
            request, metadata=(("authorization", f"Bearer {token}"),)
        )
    return reply


def numbers_of(said: Iterable[str]) -> dict[str, int]:
    """The numbers, each said as warning.EW-12.ratio=150."""
    found = {}
    for each in said:
        name, sign, value = each.partition("=")
        if not sign or not value.strip().removeprefix("-").isdecimal():
            raise Failure(f"{each!r} is no number: say it as warning.EW-12.ratio=150")
        found[name.strip()] = int(value)
    return found


def lines(reply: pb.BacktestWarningResponse) -> Iterable[str]:
    """What is printed of it."""
    yield f"共 {reply.total} 项 in all（现行参数 {reply.as_in_force} by the numbers in force）"
    for node, many in sorted(reply.by_node.items()):
        yield f"  {node}: {many}"
    for each in reply.findings:
        yield f"{'+' if each.is_new else ' '} {each.occur_time.ToJsonString()} {each.node} {each.subject_id} {each.detail_zh}"
