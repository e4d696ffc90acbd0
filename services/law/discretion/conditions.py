"""What stands beside a fine in a wording: conditions, units, what counts as more. The state that a reader carries along."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from yifa.enforcement.v1.benchmark_pb2 import Condition, End

from services.law.discretion.apart import put_ends, whole
from services.law.discretion.lexer import MILLION, Token, Unreadable, unit_at
from services.law.discretion.lexicon import ASIDE, GAINS, UNITS
from services.law.discretion.phrase import base_name, is_name
from services.law.discretion.reach import Reach


@dataclass
class Conditions:
    """What was said so far, and holds for the fine to come."""

    counted: list[tuple[str, int, bool]] = field(default_factory=list)
    """What counts as more: of which amount or unit, as how much, and whether only the part of a unit does."""
    subject: str = ""
    """The amount that was last spoken of; a condition that names none is about it."""
    # Of the sentence.
    when: list[Condition] = field(default_factory=list)
    lead: str = ""
    words: str = ""
    # Of the phrase.
    per: str = ""
    base: str = ""
    either: bool = False

    def condition_follows(self, phrase: Sequence[Token], after: int) -> bool:
        """Whether what follows an amount makes it a condition: …的，…的处, or the end of the phrase."""
        kinds = [token.kind for token in phrase[after:]]
        return not kinds or kinds[0] in ("DE", "VERB", "MAY", "OR", "PART") or "DE" in kinds[-1:]

    def condition(self, found: Reach, phrase: Sequence[Token], after: int) -> int:
        quantity = found.unit != "money"
        if found.unit == "rate":
            raise Unreadable(
                found.written, "以比例为条件无法计算", "a condition on a rate cannot be reckoned"
            )
        of = found.unit if quantity else base_name(self.base) or self.subject
        if not of:
            raise Unreadable(
                found.written, "未写明条件所指的金额", "what amount the condition is about is not said"
            )
        if quantity and found.unit in ASIDE - {"日", "人", "个", "件", "份", "次", "户"}:
            raise Unreadable(found.written, "该条件无法计算", "the condition cannot be reckoned")
        if found.low == found.high or not is_name(of):
            raise Unreadable(
                found.written, "无法确定该数字的含义", "what this figure is about cannot be told"
            )
        condition = Condition(of=of, quantity=quantity)
        put_ends(condition, found)
        if self.either:
            self.join(condition, found.written)
        else:
            self.when.append(condition)
        if not quantity:
            self.subject = of
        self.base, self.either, self.lead = "", False, ""
        if after < len(phrase) and phrase[after].kind == "PART":
            # 不足一吨的部分: a part of a unit.
            self.words = "部分"
            after += 1
        return after + (after < len(phrase) and phrase[after].kind == "DE")

    def join(self, condition: Condition, written: str) -> None:
        """没有违法所得或者违法所得不足一万元: the two are one range where they touch."""
        before = self.when[-1] if self.when else Condition()
        none = before.of == condition.of and before.HasField("high") and not before.high.value
        if not none or condition.HasField("low"):
            raise Unreadable(written, "并列条件无法识别", "conditions joined by or cannot be told")
        before.high.CopyFrom(condition.high)

    def gains(self, phrase: Sequence[Token], at: int) -> int:
        """有违法所得的 and 没有违法所得的; elsewhere the words are text."""
        token = phrase[at]
        after = phrase[at + 1].kind if at + 1 < len(phrase) else ""
        if after not in ("DE", "OR") and not (after == "" and at + 1 == len(phrase)):
            self.base += token.text
            return at + 1
        of = next(name for name in GAINS if token.text.endswith(name))
        condition = (
            Condition(of=of, low=End(outside=True)) if token.kind == "HAS" else Condition(of=of, high=End())
        )
        self.when.append(condition)
        self.subject, self.base, self.lead = of, "", ""
        return at + 1 + (after == "DE")

    def unknown(self, token: Token) -> None:
        if self.either and self.when and self.when[-1].HasField("high") and not self.when[-1].high.value:
            self.either = False
            return
        raise Unreadable(
            token.text,
            "金额无法确定的情形须逐案认定",
            "what holds where an amount cannot be told is found case by case",
        )

    def unit(self, phrase: Sequence[Token], at: int) -> int:
        """每平方米, 每辆机动车, 每超过一日: the unit that a sum is for."""
        if self.per:
            raise Unreadable("每", "同时按两种单位计罚", "the sum is for two units at once")
        at += 1
        while at < len(phrase) and phrase[at].kind in ("MORE", "LESS"):
            at += 1
        skipped = at
        while skipped < len(phrase) and phrase[skipped].kind == "TEXT":
            skipped += 1
        if skipped < len(phrase) and phrase[skipped].kind == "AMOUNT" and phrase[skipped].unit in UNITS:
            if phrase[skipped].value != MILLION:
                raise Unreadable(
                    phrase[skipped].text, "按多个单位计算", "the sum is for several units at once"
                )
            self.per, at = phrase[skipped].unit, skipped + 1
        elif at < len(phrase) and phrase[at].kind in ("TEXT", "VERB"):
            self.per = UNITS.get(unit_at(phrase[at].text), "")
        if not self.per or (
            skipped == at and at < len(phrase) and phrase[at].kind == "AMOUNT" and not self.per
        ):
            raise Unreadable("每", "计罚单位无法识别", "the unit that the sum is for cannot be told")
        while at < len(phrase) and phrase[at].kind == "TEXT":
            at += 1
        self.base = ""
        return at

    def counts_as(self, phrase: Sequence[Token], found: Reach, after: int) -> int:
        """不足一万元的，按一万元计: what a smaller amount counts as."""
        last = self.when.pop() if self.when else Condition()
        value = (
            whole(found.high.value, found.written)
            if found.high is not None and found.low == found.high
            else -1
        )
        if last.HasField("low") or not last.HasField("high") or last.high.value != value:
            raise Unreadable(
                found.written, "按数额计算的写法无法识别", "what counts as this much cannot be told"
            )
        self.counted.append((last.of, value, self.words == "部分"))
        self.words, self.base = "", ""
        return after + 1
