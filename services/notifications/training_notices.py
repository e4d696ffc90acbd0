"""Words for points of officers, and for what must be held in a year."""

from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import points_pb2

from services.law.clock import catalogue
from services.notifications.text import INFO, ORANGE, RED, YELLOW, About, Text, local

LEVELS = {
    points_pb2.POINTS_LEVEL_WARNING: (YELLOW, "提醒", "a warning"),
    points_pb2.POINTS_LEVEL_RETRAINING: (ORANGE, "离岗培训", "retraining off the post"),
    points_pb2.POINTS_LEVEL_SUSPENSION: (RED, "暂扣行政执法证", "suspension of the certificate"),
}
"""What each level of points leads to: how urgent that is, and how it is called."""
OUTCOMES = {
    points_pb2.POINTS_STATE_UPHELD: ("维持", "upheld"),
    points_pb2.POINTS_STATE_CHANGED: ("变更", "changed"),
    points_pb2.POINTS_STATE_WITHDRAWN: ("撤销", "withdrawn"),
}


def points(level: int) -> Callable[[Any], About]:
    def about(event: Any) -> About:
        entry, standing = event.entry, event.standing
        result_zh, result_en = OUTCOMES.get(entry.state, ("—", "—"))
        words = {
            "cause_zh": entry.title_zh,
            "cause_en": entry.title_en,
            "points": str(entry.points),
            "total": str(standing.total),
            "law_zh": entry.citation.text_zh,
            "law_en": entry.citation.text_en,
            "remedy_zh": entry.remedy_zh,
            "remedy_en": entry.remedy_en,
            "result_zh": result_zh,
            "result_en": result_en,
            "opinion": entry.opinion,
        }
        return About(entry.node, level, (entry.officer_id,), words=words)

    return about


def refused(event: registry.PointsAppealRefused) -> About:
    words = {"entry": event.entry_id, "why_zh": event.says_zh, "why_en": event.says_en}
    return About(event.node, YELLOW, (event.officer_id,), words=words)


def threshold(event: registry.PointsThresholdReached) -> About:
    standing = event.standing
    level, zh, en = LEVELS.get(standing.level, (INFO, "—", "—"))
    words = {
        "officer": standing.officer_id,
        "cycle": standing.cycle,
        "total": str(standing.total),
        "level_zh": zh,
        "level_en": en,
    }
    return About(standing.node, level, (standing.officer_id,), words=words)


def quota(level: int) -> Callable[[Any], About]:
    def about(event: Any) -> About:
        told = event.quota
        clock = catalogue().get(told.clock_id)
        words = {
            "clock_zh": clock.title_zh if clock else "—",
            "clock_en": clock.title_en if clock else "—",
            "subject": told.subject_id,
            "year": str(told.year),
            "needed": str(told.needed),
            "done": str(told.done),
            "due": local(told.due_time),
            "law_zh": told.citation.text_zh,
            "law_en": told.citation.text_en,
        }
        return About(told.node, level, words=words)

    return about


TRAINING_TEXTS: dict[type[Message], Text] = {
    registry.PointsScored: Text(
        points(YELLOW),
        "记{points}分：{cause_zh}",
        "{points} points scored: {cause_en}",
        "因“{cause_zh}”记{points}分，本周期累计{total}分（{law_zh}）。{remedy_zh}",
        "{points} points were scored for “{cause_en}”, {total} in this cycle ({law_en}). {remedy_en}",
    ),
    registry.PointsThresholdReached: Text(
        threshold,
        "记分达到{total}分：{level_zh}",
        "{total} points reached: {level_en}",
        "执法人员{officer}在自{cycle}起的记分周期内累计记{total}分，应当{level_zh}。",
        "Officer {officer} has {total} points in the cycle that began in {cycle}; that leads to {level_en}.",
    ),
    registry.PointsAppealDecided: Text(
        points(INFO),
        "记分申诉结果：{result_zh}",
        "Appeal against points: {result_en}",
        "对“{cause_zh}”记分的申诉结果为：{result_zh}，记{points}分，本周期累计{total}分。{opinion}",
        "The appeal against the points for “{cause_en}” ended: {result_en}, {points} points, {total} in this cycle. {opinion}",
    ),
    registry.PointsAppealRefused: Text(
        refused,
        "记分申诉未予受理：{entry}",
        "Appeal against points not taken in: {entry}",
        "对记分{entry}的申诉未予受理：{why_zh}",
        "The appeal against the points {entry} was not taken in: {why_en}",
    ),
    registry.YearQuotaReminded: Text(
        quota(YELLOW),
        "年度任务未完成：{clock_zh}",
        "Not yet met this year: {clock_en}",
        "{year}年度“{clock_zh}”应完成{needed}，已完成{done}，{due}截止（{law_zh}）。",
        "“{clock_en}” of {year}: {done} of {needed}, due {due} ({law_en}).",
    ),
    registry.YearQuotaMissed: Text(
        quota(ORANGE),
        "年度任务逾期未完成：{clock_zh}（{subject}）",
        "Missed: {clock_en} ({subject})",
        "{subject}{year}年度“{clock_zh}”应完成{needed}，仅完成{done}，已于{due}截止（{law_zh}）。",
        "“{clock_en}” of {year} for {subject}: {done} of {needed}, was due {due} ({law_en}).",
    ),
}
