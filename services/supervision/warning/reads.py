"""Early warnings: listed, and tried on all that is kept."""

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import warning_pb2

from services.kit.refusal import Malformed, Missing
from services.kit.rpc import long_read, read
from services.kit.view import View
from services.law.moment import moment_at
from services.supervision.counts import count
from services.supervision.warning.backtest import backtest, node_of, with_numbers
from services.supervision.warning.catalogue import Finding, kinds
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import id_of

OPEN = warning_pb2.WARNING_STATE_OPEN
WARNINGS = Warning.__table__


@read
def list_warnings(request: warning_pb2.ListWarningsRequest, view: View) -> warning_pb2.ListWarningsResponse:
    """Warnings, newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching_warnings(request)
    keys = (WARNINGS.c.raise_time.desc(), WARNINGS.c.warning_id.desc())
    rows, token = view.page(select(WARNINGS).where(*wanted), keys, request.page_size, request.page_token)
    return warning_pb2.ListWarningsResponse(
        warnings=[warning_message(row) for row in rows],
        next_page_token=token,
        total=count(view, WARNINGS, wanted),
    )


def matching_warnings(request: warning_pb2.ListWarningsRequest) -> list[Any]:
    """The conditions of a list of warnings."""
    named = ("node", "level", "state", "rule_id")
    return [WARNINGS.c[name] == getattr(request, name) for name in named if getattr(request, name)]


def open_warnings(view: View, column: Any, ids: list[str]) -> Counter[str]:
    """How many open warnings each record has that a column names. All of theirs are read: SQLite, asked for the open ones, goes
    through those of the whole city.
    """
    rows = view.rows(select(column, WARNINGS.c.state).where(column.in_(ids)))
    return Counter(subject for subject, state in rows if state == OPEN)


@long_read
def backtest_warning(
    request: warning_pb2.BacktestWarningRequest, view: View
) -> warning_pb2.BacktestWarningResponse:
    """What a warning would have raised over all that is kept. Writes nothing. Refuses with NOT_FOUND, MALFORMED."""
    kind = kinds().get(request.rule_id)
    if kind is None:
        raise Missing("Warning", request.rule_id)
    check(request, kind.id, view)

    def raised(look: View) -> dict[str, tuple[str, Finding]]:
        found = within(request, backtest(look, kind.id))
        return {id_of(kind, subject, each): (subject, each) for subject, each in found}

    before = raised(view)
    found = raised(with_numbers(view, request.numbers)) if request.numbers else before
    nodes = {name: each.node or node_of(view, subject) for name, (subject, each) in found.items()}
    shown = sorted(found.items(), key=lambda pair: (pair[1][1].at, pair[0]))[: request.page_size or 50]
    return warning_pb2.BacktestWarningResponse(
        total=len(found),
        by_node=Counter(nodes.values()),
        as_in_force=len(before),
        findings=[
            warning_pb2.BacktestFinding(
                subject_id=subject,
                node=nodes[name],
                detail_zh=each.zh,
                detail_en=each.en,
                occur_time=each.at,
                level=each.level or kind.level,
                is_new=name not in before,
            )
            for name, (subject, each) in shown
        ],
    )


# How large a number of a unit may be that is tried; of any other unit as large as MOST.
LARGEST = {"month": 1_200, "year": 100, "calendar_day": 366, "working_day": 366, "hour": 876_000}
MOST = 10**12


def check(request: warning_pb2.BacktestWarningRequest, kind_id: str, view: View) -> None:
    """Raise Malformed for times beyond the calendar, and for numbers that are not those of the warning or cannot be."""
    wrong: dict[str, tuple[str, str]] = {}
    known = view.around.parameters.national.parameters
    for name in ("from_time", "until_time"):
        try:
            moment_at(request, name)
        except (ValueError, OverflowError):
            wrong[name] = ("is no moment between the years 1 and 9999", "不是公元1年至9999年之间的时间")
    for key, value in request.numbers.items():
        field = f"numbers[{key}]"
        if not key.startswith(f"warning.{kind_id}.") or key not in known:
            wrong[field] = ("is no number of this warning", "不是该预警的参数")
        elif not possible(known[key].unit, value):
            wrong[field] = (f"cannot be ({known[key].unit})", f"数值不可能（{known[key].unit}）")
    if wrong:
        raise Malformed(wrong)


def possible(unit: str, value: int) -> bool:
    """Whether a number of a unit can be."""
    if unit != "month_day":
        return 0 <= value <= LARGEST.get(unit, MOST)
    try:
        return value == 100 * date(2026, value // 100, value % 100).month + value % 100
    except (ValueError, OverflowError):
        return False


def within(
    request: warning_pb2.BacktestWarningRequest, found: list[tuple[str, Finding]]
) -> list[tuple[str, Finding]]:
    """Those that happened in the time asked for."""
    since, until = moment_at(request, "from_time"), moment_at(request, "until_time")
    return [
        (subject, each)
        for subject, each in found
        if (since is None or since <= each.at) and (until is None or each.at < until)
    ]
