"""Reads what a wording lets be imposed: sums, rates, sums per unit, each with its conditions and limits.

Every figure of money and every mention of a fine has to find its place; otherwise the wording is not read at all. Nothing
is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from yifa.enforcement.v1.benchmark_pb2 import Fine, Whom

from services.law.discretion.apart import Prong, confiscated_only, one_name, put_ends, told_apart, whole
from services.law.discretion.conditions import Conditions
from services.law.discretion.lexer import Token, Unreadable, tokens
from services.law.discretion.lexicon import ASIDE, ORGANISATION, PERSON, RESPONSIBLE
from services.law.discretion.phrase import (
    amount_before,
    base_name,
    fine_follows,
    is_aside,
    is_limit,
    is_name,
    kind_before,
    only_mentions,
)
from services.law.discretion.reach import Reach, reach, starts

_ALONE = {
    "单位": Whom.WHOM_ORGANISATION, "法人": Whom.WHOM_ORGANISATION, "法人或者其他组织": Whom.WHOM_ORGANISATION,
    "个人": Whom.WHOM_PERSON, "公民": Whom.WHOM_PERSON, "自然人": Whom.WHOM_PERSON,
}  # fmt: skip
# What may stand between the word fine and its amount.
_AMOUNT = frozenset(
    [
        "数额",
        "金额",
        "总额",
        "额",
        "为",
        "数额为",
        "金额为",
        "总额为",
        "最高",
        "总额最高",
        "数额最高",
        "的数额",
        "总计",
    ]
)
_PARTY = ("当事人", "违法行为人", "违法者", "行为人", "其")


def fines_of(wording: str, alternatives: bool = False) -> list[Fine]:
    """What a wording lets be imposed; nothing where it speaks of no fine. Raises Unreadable.

    `alternatives` reads a statute, whose several fines may be told apart by words alone.
    """
    reader = _Reader(alternatives=alternatives)
    for sentence in tokens(wording):
        reader.sentence(sentence)
    fines = reader.done()
    if not fines and "罚款" in wording and not reader.none:
        raise Unreadable("罚款", "涉及罚款而未写明金额", "a fine without an amount")
    return fines


@dataclass
class _Reader(Conditions):
    alternatives: bool = False
    none: bool = False
    """Whether it says that there is no fine, or speaks of one that is no punishment."""
    prongs: list[Prong] = field(default_factory=list)
    here: list[Prong] = field(default_factory=list)
    """The fines of the sentence."""
    verb: bool = False
    may: bool = False

    def sentence(self, phrases: Sequence[Sequence[Token]]) -> None:
        self.when, self.lead, self.words, self.here = [], "", "", []
        self.per = ""
        said = "".join(token.text for phrase in phrases for token in phrase)
        for phrase in phrases:
            self.phrase(phrase)
        for prong in self.here:
            prong.gains = "没收" in said

    def phrase(self, phrase: Sequence[Token]) -> None:
        self.verb = self.may = self.either = False
        self.base = ""
        at = 0
        while at < len(phrase):
            at = self.take(phrase, at)
        if phrase[-1].kind == "DE" and not any(t.kind in ("AMOUNT", "HAS", "NONE") for t in phrase):
            self.words = "" if self.alternatives else "".join(token.text for token in phrase[:-1])
        self.lead += "，"

    def take(self, phrase: Sequence[Token], at: int) -> int:
        """Read on from a token; returns where to go on."""
        token = phrase[at]
        if starts(phrase, at):
            return self.amount(phrase, at)
        if token.kind in ("HAS", "NONE"):
            return self.gains(phrase, at)
        if token.kind == "PER":
            return self.unit(phrase, at)
        if token.kind == "FINE":
            return self.fined(phrase, at)
        if token.kind in ("VERB", "MAY"):
            self.verb, self.base = True, ""
            self.may = token.kind == "MAY" or token.text.startswith("可")
        elif token.kind == "OR":
            self.either = True
            self.base += token.text
            self.lead += token.text
        elif token.kind == "NOFINE":
            self.none = True
        elif token.kind == "UNKNOWN":
            self.unknown(token)
        elif token.kind == "DAILY":
            raise Unreadable(
                token.text, "按日连续处罚须逐案计算", "penalties for each day are reckoned case by case"
            )
        else:
            self.base += token.text
            if not self.verb:
                self.lead += token.text
        return at + 1

    def amount(self, phrase: Sequence[Token], at: int) -> int:
        found, after = reach(phrase, at)
        if after < len(phrase) and phrase[after].kind == "EACH":
            self.per, after = phrase[after].unit, after + 1
        kinds = [token.kind for token in phrase[after:]]
        if "COUNT" in kinds[:1] and kind_before(phrase, at) == "AS" and not fine_follows(kinds):
            return self.counts_as(phrase, found, after)
        if is_limit(phrase, at) and (self.here or (self.verb and amount_before(phrase, at))):
            return self.limit(found, phrase, after)
        if found.unit in ("money", "rate") and (self.verb or fine_follows(kinds)):
            return self.main(found, phrase, after)
        if found.unit in ASIDE and is_aside(phrase):
            self.base, self.verb = "", False
            return after
        if self.condition_follows(phrase, after):
            return self.condition(found, phrase, after)
        raise Unreadable(found.written, "无法确定该数字的含义", "what this figure is about cannot be told")

    def main(self, found: Reach, phrase: Sequence[Token], after: int) -> int:
        """The fine itself."""
        rest = phrase[after:]
        ahead = next((n for n, token in enumerate(rest) if token.kind == "FINE"), None)
        fine = Fine(
            when=self.when, whom=self.whom(), per=self.per, rated=found.unit == "rate", optional=self.may,
            circumstance=self.words,
        )  # fmt: skip
        put_ends(fine, found)
        if fine.rated:
            fine.of = base_name(self.base) or self.subject
            if not is_name(fine.of):
                raise Unreadable(found.written, "未写明比例或者倍数的基数", "what the rate is of is not said")
            if self.per:
                raise Unreadable(found.written, "比例不应同时按单位计算", "a rate is not for each unit")
        elif (name := base_name(self.base)) in _ALONE and self.verb:
            fine.whom = _ALONE[name]
        elif name and name not in _PARTY and not self.per and self.verb:
            raise Unreadable(
                self.base + found.written,
                "金额前的文字无法识别",
                "the words before the amount cannot be told",
            )
        self.here.append(Prong(fine))
        self.prongs.append(self.here[-1])
        self.verb, self.base, self.lead = False, "", ""
        if ahead is None:
            if phrase and not self.before_fine(phrase):
                raise Unreadable(found.written, "未写明该金额为罚款", "the amount is not said to be a fine")
            return after
        # Between the amount and the word, only a limit or the like may stand.
        return self.until_fine(phrase, after, after + ahead)

    def before_fine(self, phrase: Sequence[Token]) -> bool:
        return any(token.kind == "FINE" for token in phrase)

    def until_fine(self, phrase: Sequence[Token], after: int, fine_at: int) -> int:
        at = after
        while at < fine_at:
            if starts(phrase, at):
                if not is_limit(phrase, at):
                    raise Unreadable(phrase[at].text, "一项罚款有多个金额", "one fine has several amounts")
                found, at = reach(phrase, at)
                self.bound(found)
                continue
            at += 1
        return self.closed(phrase, fine_at + 1)

    def closed(self, phrase: Sequence[Token], at: int) -> int:
        """Behind a fine nothing bounds it any more; another punishment may stand in its place (罚款或者吊销)."""
        if at < len(phrase) and phrase[at].kind == "OR" and self.here:
            self.here[-1].fine.optional = True
        if at < len(phrase) and phrase[at].kind in ("FROM", "UPTO", "TO", "AMOUNT"):
            raise Unreadable(
                f"罚款{phrase[at].text}", "罚款之后的文字无法识别", "what follows the fine cannot be told"
            )
        return at

    def fined(self, phrase: Sequence[Token], at: int) -> int:
        """The word itself, without an amount before it: one may follow."""
        after = at + 1
        while after < len(phrase) and phrase[after].text in _AMOUNT:
            after += 1
        if starts(phrase, after):
            found, end = reach(phrase, after)
            if self.here and is_limit(phrase, after):
                return self.limit(found, phrase, end)
            self.verb, self.base = True, ""
            return self.main(found, phrase, end)
        if self.prongs and only_mentions(phrase, at):
            return at + 1
        raise Unreadable("罚款", "涉及罚款而未写明金额", "a fine without an amount")

    def limit(self, found: Reach, phrase: Sequence[Token], after: int) -> int:
        self.bound(found)
        if after < len(phrase) and phrase[after].kind == "DE":
            after += 1
        return after + (after < len(phrase) and phrase[after].kind == "FINE")

    def bound(self, found: Reach) -> None:
        """A limit of the whole for the fines of this sentence, or of the last before it."""
        if found.unit != "money":
            raise Unreadable(found.written, "总额限制应当是金额", "a limit of the whole is a sum")
        if len(self.here) > 1:
            raise Unreadable(
                found.written, "总额限制所指的罚款不明确", "which fine the limit is of cannot be told"
            )
        for prong in self.here or self.prongs[-1:]:
            if found.high is not None:
                prong.fine.most.fen = whole(found.high.value, found.written)
            if found.low is not None:
                prong.fine.least.fen = whole(found.low.value, found.written)

    def whom(self) -> Whom:
        """Whom the fine is for, by what stands before it since the last."""
        _, marked, name = self.lead.rpartition("对")
        if not marked:
            return _ALONE.get(self.lead.strip("，的").split("，")[-1], Whom.WHOM_UNSPECIFIED)
        if any(word in name for word in RESPONSIBLE):
            return Whom.WHOM_RESPONSIBLE
        person, organisation = (any(w in name for w in words) for words in (PERSON, ORGANISATION))
        if person == organisation:
            return Whom.WHOM_UNSPECIFIED
        return Whom.WHOM_PERSON if person else Whom.WHOM_ORGANISATION

    def done(self) -> list[Fine]:
        """The fines, where they can be told apart by figures."""
        one_name(self.prongs)
        fines = [prong.fine for prong in self.prongs]
        for of, value, part in self.counted:
            for fine in fines:
                if of == (fine.per if fine.per else fine.of):
                    fine.counts_as, fine.rounded_up = (0 if part else value), part
            if not any(of == (fine.per or fine.of) for fine in fines):
                raise Unreadable(
                    of, "按数额计算的规定没有对应的罚款", "no fine is reckoned by what counts as more"
                )
        if not self.alternatives:
            told_apart(fines)
            confiscated_only(self.prongs)
        return fines
