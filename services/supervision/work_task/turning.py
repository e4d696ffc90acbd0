"""When a year begins: that the executive meeting hears of law-based government is a task that nobody assigns (CBZ-2019-7 26)."""

from contextlib import suppress
from datetime import date
from uuid import NAMESPACE_OID, uuid5

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import work_task_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.citation import cite
from services.law.clock import catalogue, due
from services.law.moment import put_moment
from services.law.procedures.work_task import HEARD
from services.law.procedures.work_task import WORK_TASK as TASK
from services.law.rule import Unlawful
from services.supervision.work_task.act import PREFIX, act


def begin_hearing(tx: Tx, year: int) -> None:
    """The task of the government for a year, due by the day that the city's law data has (TSK-03); nothing where no law here asks
    for it, or where the office assigned it before.
    """
    first = date(year, 1, 1)
    clock = tx.parameters.clock(catalogue()[HEARD], first)
    if clock is None:
        return
    task = pb.WorkTask(
        task_id=f"{PREFIX}{uuid5(NAMESPACE_OID, f'work_task/hearing/{year}')}",
        node=tx.city,
        body_name=tx.parameters.numbering().government,
        kind=pb.WORK_TASK_KIND_HEARING,
        year=year,
        title=f"政府常务会议听取{year}年法治政府建设工作汇报",
        document_number=cite(clock.law).text_zh,
        content="政府常务会议听取法治政府建设工作汇报，专题研究法治政府建设工作，及时解决存在的困难和问题。",
        standard="会议已经召开，有会议时间、主持人和会议纪要。",
    )
    put_moment(task.due_time, due(clock, first, tx.calendar).at)
    put_moment(task.assign_time, tx.now)
    with suppress(Unlawful):
        act.do(tx, TASK.BEGIN, task, None, _begun)


def _begun(_request: None, _task: pb.WorkTask, _do: Do) -> events.WorkTaskAssigned:
    return events.WorkTaskAssigned()
