"""Whether a number is a target, and what it counts (判断).

Rules in the order they are asked: what is never a target (names, lists, facts, prizes, thresholds, dates); then what
makes it one: a level that is reached (达到50%以上), a thing that is provided (打造6个产业示范点), a share of a group
(70%以上村实现…), a count at the end of its noun (创新平台5个以上), a word without digits (全覆盖).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractor.extractors.targets import clauses, phrases
from extractor.extractors.targets.clauses import Clause
from extractor.extractors.targets.words import TargetWords
from extractor.model import Change, Operator, Span
from extractor.numerals import Quantity


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity that is a target. ``indicator`` is made of spans and of the words that join them."""

    quantity: Quantity
    indicator: tuple[Span | str, ...]
    quote: Span
    rule: str
    scope: Span | None = None
    baseline: Span | None = None


_ARABIC = re.compile(r"\d")
# 至少与1家企业, 不超过总投入30%: the bound stands a few words before the number
_GAP = re.compile(
    r"(?P<word>至少|最少|不少于|不得少于|不低于|不得低于|不能低于|不超过|不得超过|不高于|不得高于)(?P<gap>[^，,。；;：:\d、]{1,14})$"
)
_GAP_OPERATOR: dict[str, Operator] = {"不超过": "<=", "不得超过": "<=", "不高于": "<=", "不得高于": "<="}
_LEVEL = re.compile(
    r"(?:达到|到达|达|为|至|到|提高到|提升到|降至|压缩至|保持在|控制在|稳定在|不低于|占比|占)(?:了)?\s?$"
)
_TO_LEVEL = re.compile(
    r"(?:[提增降减升压缩扩][高加长低少大短减降升]?|下降|提升|保持|控制|稳定|维持)?(?:到|至|在|为)\s?$"
)
_CLOSED = re.compile(
    r"(?:左右|上下)?\s?(?:$|[、，,。；;：:）)\n\t（(]|并(?!购|网|联)|且|和|及|与|或|后|时|以上|的基础|的目标|的水平|的要求|的标准|标准|目标任务)"
)
_RESULT = re.compile(
    r"的?[^，。；]{0,24}?(?:实现|达到|达标|完成|建成|建立|成为|创建|配备|设立|设有|开展|落实|具备|纳入|参加|参与|接受|通过|掌握|覆盖|办理|解决)"
)
_CONDITION = re.compile(r"的\s?$|^(?:对|凡|若|如|因|当)(?![地前前接各全])")
_PENALTY_AFTER = re.compile(
    r"(?:的|者)[，,][^。；]{0,30}(?:取消|扣|罚|追究|问责|约谈|通报|不得评|一票否决|警告|免职|奖|给予|补助)"
)
_WHOLE_PLACE = re.compile(r"(?:全|我|本|该)(?:县|市|区|镇|乡|村|省|州|街道|校|国|域)(?:内|共)?$")
_PROCESS = re.compile(
    r"(?:压缩|缩短|压减|减少|缩减|降低|控制|提速|精简|限定)(?:办理|审批|审核)?[^，。；]{0,12}?(?:到|至|在|为)?\s?$"
)
_WEIGHT = re.compile(r"权重|总分|分值|满分|百分制|按照?[^，。；]{0,12}$|销售价格")
_BASE = re.compile(
    r"(?:比|较|与|同)(?P<base>(?:上年|去年|上一年|前一年|20\d\d年)(?:度|同期|底|末)?)(?:相比)?[^，。；]{0,8}$"
)
_FROM = re.compile(
    r"(?:由|从)(?P<base>[^，。；由从]{0,20})(?:提高|提升|增加|增长|扩大|上升|降低|下降|减少|压缩|缩短|降|增|升|减|调整|扩展)(?:到|至|为)\s?$"
)
_LIST_BEFORE = re.compile(r"[、”]")
_GOVERNING = re.compile(
    r"(?P<new>(?<!重)新增(?:加)?|净增(?:加)?)|(?P<more>增加|增长|提高|提升|扩大)|(?P<less>减少|降低|下降|压减|削减|缩减|精简|压缩|缩短|下浮)"
)
_HAVING = re.compile(
    r"(?:具有|具备|拥有|从事|满|年满|未满|满足|符合|超过|凡|对|属于|涉及|单价|单户|每户|投资额?|资产|人口|居住|经营)$"
)
_FULL_VERB = re.compile(
    r"(?:$|[，,。；;、）)]|并|且|和|开展|推进|实施|检查|排查|推行|组织|摸排|走访|落实|建立|监管|巡查|培训|轮训|宣传|管理|配备|监测|覆盖|核查|入户|起底|整治)"
)
_NAMED_PHRASE = re.compile(r"[”\"]?(?:行动|攻坚|专项|工程|计划|活动|战役|机制|制度|方案|台账|清单)")
_SCORE = re.compile(r"满意|安全感|指数|信用|测评|评价|考试|成绩")
_MEANT = re.compile(r"[\u4e00-\u9fffA-Za-z“《‘\"「]")
_UNIT_OF_THING = frozenset("家名个所支处条座项种人户幅场册份篇次件套台辆亩棵株盏块组")


class Judge:
    """Reads the quantities of one stretch of match text in their order; remembers what a list or a bracket goes on from."""

    def __init__(self, text: str, floor: int, ceiling: int, words: TargetWords) -> None:
        self._text, self._floor, self._ceiling, self._words = text, floor, ceiling, words
        self._last: Reading | None = None
        self._skip: set[int] = set()

    def read(self, quantities: list[Quantity]) -> list[Reading]:
        """The targets among ``quantities``, in order."""
        out: list[Reading] = []
        for index in range(len(quantities)):
            if index in self._skip:
                continue
            shared = self._distributed(quantities, index)
            if shared:
                out += shared
                self._last = shared[-1]
                continue
            reading = self._one(quantities, index)
            if reading is not None:
                out.append(reading)
                self._last = reading
        return out

    # -- one quantity --------------------------------------------------------------------------------------------------

    def _one(self, quantities: list[Quantity], index: int) -> Reading | None:
        quantity = quantities[index]
        if quantity.kind in ("ordinal",) or (quantity.kind == "number" and quantity.unit is None):
            return None
        text = self._text
        if clauses.is_quoted(text, quantity.span, self._floor):
            return None
        place = clauses.clause(text, quantity.span, self._floor, self._ceiling)
        left = self._list_start(quantities, index, place)
        quantity, gap = self._bound_apart(quantity, left)
        if self._never(quantity, place, left):
            return None
        following = self._following(quantities, index, place)
        if quantity.kind in ("full", "zero"):
            return self._word(quantity, place, left)
        if quantity.kind == "time":
            return self._time(quantity, place, left, gap)
        if quantity.kind in ("percent", "fraction"):
            return self._share(quantity, place, left, following, gap)
        return self._count(quantity, place, left, following, gap)

    def _list_start(self, quantities: list[Quantity], index: int, place: Clause) -> int:
        """The left edge of the quantity's own part of a list: 机关部门3个、两新组织5个."""
        left, at = place.left, quantities[index].span.start
        earlier = next(
            (q for q in reversed(quantities[:index]) if q.unit is not None or q.kind in ("full", "zero")), None
        )
        if earlier is None or earlier.span.end <= left:
            return left
        parts = [
            m.end() for m in re.compile(r"、|以及|[和与及或](?![作谐平])").finditer(self._text, earlier.span.end, at)
        ]
        if parts and _CLOSED.match(self._text, earlier.span.end):
            return parts[0]
        counted = self._last is not None and self._last.quote.start <= earlier.span.start < self._last.quote.end
        return parts[-1] if parts and counted else left

    def _following(self, quantities: list[Quantity], index: int, place: Clause) -> int | None:
        end = quantities[index].span.end
        for later in quantities[index + 1 : index + 4]:
            if later.span.start >= place.right:
                return None
            if (
                later.span.start >= end
                and (later.unit is not None)
                and not clauses.is_quoted(self._text, later.span, self._floor)
            ):
                return later.span.start
        return None

    def _bound_apart(self, quantity: Quantity, left: int) -> tuple[Quantity, Span | None]:
        if quantity.operator != "=":
            return quantity, None
        match = _GAP.search(self._text, max(left, quantity.span.start - 24), quantity.span.start)
        if match is None:
            return quantity, None
        operator = _GAP_OPERATOR.get(match["word"], ">=")
        number = quantity.number
        bounded = replace(
            quantity,
            operator=operator,
            low=number if operator == ">=" else None,
            high=number if operator == "<=" else None,
        )
        return bounded, Span(match.start("word"), match.end("word"))

    # -- never ---------------------------------------------------------------------------------------------------------

    def _never(self, quantity: Quantity, place: Clause, left: int) -> bool:
        text, words, start, end = self._text, self._words, quantity.span.start, quantity.span.end
        before, after = text[max(place.left, start - 16) : start], text[end : min(place.right, end + 24)]
        clause_text = text[place.left : place.right]
        if before.endswith("每") or words.rank_end.search(before[-4:]):
            return True
        if words.fact.search(text, place.sentence.start, start) and self._is_fact(place, start):
            return True
        if quantity.unit == "分":
            return not _SCORE.search(clause_text) or bool(words.prize.search(clause_text))
        if words.prize.search(clause_text):
            return True
        if quantity.kind == "money" and (
            words.given.search(clause_text) or words.prize.search(text, place.sentence.start, end)
        ):
            return True
        if _PENALTY_AFTER.match(text, place.right - 1, place.sentence.end) and quantity.kind not in ("full", "zero"):
            return True
        if text[place.right - 1 : place.right] == "的" and _CONDITION.search(clause_text) and not _LEVEL.search(before):
            return True
        reached = bool(words.reach_end.search(before) or _TO_LEVEL.search(before))
        if (
            quantity.kind in ("count", "number")
            and not reached
            and words.position_end.search(before)
            and not _GOVERNING.search(before[-3:])
        ):
            return True
        if quantity.kind in ("percent", "fraction") and _WEIGHT.search(text, place.left, start):
            return True
        chinese = not _ARABIC.search(text, quantity.numeral.start, quantity.numeral.end)
        if quantity.kind == "count" and not reached:
            if words.list_start.match(after):
                return True
            if chinese and quantity.operator == "=" and words.work_start.match(after):
                return True
        if chinese and quantity.operator == "=" and quantity.number == 1 and quantity.kind in ("count", "time"):
            each = phrases.scope(text, place.left, start)
            return each is None or quantity.unit in ("次", "批", "项", "条", "件", "篇", "套")
        return False

    def _is_fact(self, place: Clause, start: int) -> bool:
        """A word of the past in the number's own clause, or one that opens the sentence and holds on (近年来，…)."""
        words, text = self._words, self._text
        if words.fact.search(text, place.left, start):
            return True
        return re.compile(r"(?:近年来|截[至止]目前|目前|去年|上年|以来|据统计|经统计|经摸底|经排查)").search(
            text, place.sentence.start, min(start, place.sentence.start + 24)
        ) is not None and not re.compile(r"力争|确保|争取|要|到20\d\d年|年底").search(text, place.sentence.start, start)

    # -- kinds ---------------------------------------------------------------------------------------------------------

    def _word(self, quantity: Quantity, place: Clause, left: int) -> Reading | None:
        """全覆盖, 清零: the noun stands before, or the work that is done stands after."""
        text = self._text
        end = quantity.span.end
        if _NAMED_PHRASE.match(text, end, place.right) or re.compile(r"已$|已经$|已实现$").search(
            text, left, quantity.span.start
        ):
            return None
        noun = phrases.noun_before(text, left, quantity.span.start, self._words, rate=True)
        if re.compile(r"基本(?:实现|达到)?$|基本上?$").search(text, left, quantity.span.start):
            quantity = replace(quantity, operator="~")
        if noun is None or noun.length < 2:
            after = phrases.noun_after(text, end, place.right, None)
            if after is not None and after.length >= 2 and _FULL_VERB.match(text, end, place.right):
                work = re.compile(r"(?:开展|推进|实施|进行|落实)").match(text, after.start, after.end)
                noun = Span(work.end(), after.end) if work is not None and after.end - work.end() >= 2 else after
                return Reading(quantity, (noun,), Span(quantity.span.start, after.end), "targets.word")
            noun = self._noun_of_clause_before(place)
            if noun is None:
                return None
            return Reading(quantity, (noun,), Span(noun.start, end), "targets.word")
        if not _FULL_VERB.match(text, end, place.right):
            return None
        return Reading(quantity, (noun,), Span(noun.start, end), "targets.word")

    def _time(self, quantity: Quantity, place: Clause, left: int, gap: Span | None) -> Reading | None:
        """A length of time is a target where a state must last it or a process is brought down to it."""
        text, start = self._text, quantity.span.start
        noun = phrases.noun_before(text, left, start, self._words, rate=False)
        named = noun is not None and self._words.time_end.search(text, noun.start, noun.end) is not None
        pressed = _PROCESS.search(text, left, start) is not None
        lasting = quantity.operator in (">=", ">") and _bound_before(text, quantity)
        if quantity.unit in ("学时", "课时", "个学时", "个课时", "学分") and (
            lasting or self._is_provided(left, start) or named
        ):
            pressed = True
        if not (
            pressed or lasting or (named and (quantity.operator in ("<=", "<", ">=", ">") or self._is_level(start)))
        ):
            return None
        if not _CLOSED.match(text, quantity.span.end, place.right) and not lasting:
            return None
        if quantity.operator == "<=" and re.compile(r"之?日起|后|收到|接到").search(text, left, start) and not named:
            return None
        return self._levelled(quantity, place, noun, "targets.time")

    def _share(
        self, quantity: Quantity, place: Clause, left: int, following: int | None, gap: Span | None
    ) -> Reading | None:
        """A percentage: the level of an indicator, a change, or a share of a group that does something."""
        text, start, end = self._text, quantity.span.start, quantity.span.end
        noun = phrases.noun_before(text, left, gap.start if gap else start, self._words, rate=True)
        base = _FROM.search(text, place.left, start)
        if re.compile(r"\s?(?:提高|提升|增加|增长|扩大|上升|降低|下降|减少|压缩|缩短|调整)(?:到|至|为)").match(
            text, end
        ):
            return None  # 由20%提高到30%: the first is what it was
        reached = self._is_level(start) or base is not None
        rated = noun is not None and self._words.rate_end.search(text, noun.start, noun.end) is not None
        bounded = quantity.operator != "=" and (_bound_before(text, quantity) or gap is not None)
        changed = quantity.change is not None or self._governed(quantity, left, noun) is not None
        closed = _CLOSED.match(text, end, place.right) is not None
        if (reached or rated or bounded or changed) and (closed or bounded or gap is not None or reached):
            if noun is None and gap is not None and self._noun_of_clause_before(place) is None:
                noun = Span(gap.end, start)
            reading = self._levelled(quantity, place, noun, "targets.level")
            if reading is not None or closed:
                return reading
        if closed and re.compile(r"(?:完成|消除|化解|清理|整治|处置)(?:了)?$").search(text, left, start):
            return self._levelled(quantity, place, noun, "targets.level")
        after = phrases.noun_after(text, end, place.right, following)
        if after is not None and not closed and (_RESULT.match(text, end, after.end) or self._is_provided(left, start)):
            begin = (
                left
                if noun is not None
                and noun.length <= 4
                and re.compile(r"[全各][镇县市区村乡省]").match(text, noun.start)
                else start
            )
            begin = noun.start if noun is not None and begin == left else start
            return self._finish(quantity, _turned(text, after), Span(begin, after.end), "targets.share", place, left)
        return None

    def _count(
        self, quantity: Quantity, place: Clause, left: int, following: int | None, gap: Span | None
    ) -> Reading | None:
        """A count, a measure, money or a multiple."""
        text, start, end = self._text, quantity.span.start, quantity.span.end
        closed = _CLOSED.match(text, end, place.right) is not None
        if re.compile(r"\s?(?:提高|提升|增加|增长|扩大|上升|降低|下降|减少|压缩|缩短|调整)(?:到|至|为)").match(
            text, end
        ):
            return None  # 由1000元提高到1500元
        if self._is_threshold(quantity, place, left, closed):
            return None
        provided = self._is_provided(left, start)
        reached = self._is_level(start)
        bounded = gap is not None or _bound_before(text, quantity)
        noun = phrases.noun_before(
            text, left, gap.start if gap else start, self._words, rate=quantity.kind == "multiple"
        )
        if quantity.kind == "multiple":
            if not (reached or quantity.change in ("multiply", "increase")) or (
                text[start:end][-1] == "倍" and not reached and quantity.change != "increase"
            ):
                return None
            return self._levelled(quantity, place, noun, "targets.level") if noun is not None else None
        after = phrases.noun_after(text, end, place.right, following) if not closed else None
        goes_on = self._goes_on(place, left, start)
        if after is not None and after.length >= 1 and _MEANT.match(text, after.start):
            predicate = re.compile(r"的?[^，。；]{0,10}?(?:达到|建成|成为|创建成|通过|实现)").match(
                text, end, after.end
            )
            having = re.compile(r"(?:有|其中)$").search(text, left, start)
            listed = (
                _ARABIC.match(text, quantity.numeral.start) is not None
                and _LIST_BEFORE.search(text, left, start) is not None
                and self._words.provide_start.match(text, phrases._trim_lead(text, left, start)) is not None
                and quantity.kind == "count"
            )
            partner = re.compile(r"[与和同]$").search(text, left, start) and re.compile(
                r"[^，。；]{0,24}?(?:签订|签约|签署|合作|建立|达成|对接|结对|实现)"
            ).match(text, after.start, after.end)
            strong = (
                provided
                or bounded
                or goes_on
                or partner
                or (having and (predicate or quantity.operator != "="))
                or listed
            )
            if strong or (reached and noun is None) or (predicate is not None and having and not place.bracket):
                begin = gap.start if gap is not None else start
                return self._finish(
                    quantity,
                    _turned(text, after) if predicate else (after,),
                    Span(begin, after.end),
                    "targets.provided",
                    place,
                    left,
                )
            if reached and noun is not None and noun.length >= 2:
                return self._levelled(quantity, place, noun, "targets.level")
            each = phrases.scope(text, place.left, start)
            if each is not None and quantity.kind == "count":
                return self._finish(quantity, (after,), Span(each.start, after.end), "targets.each", place, left)
            return None
        if not closed:
            return None
        if text[end : end + 1] in "和与及" and provided and not reached:
            return None
        if noun is None or noun.length < 2 or not _MEANT.search(text, noun.start, noun.end):
            if not (provided or reached or bounded or phrases.scope(text, place.left, start)):
                return None
            return self._levelled(quantity, place, None, "targets.counted")
        if quantity.kind == "money" and not (
            reached or bounded or provided or quantity.operator != "=" or self._governed(quantity, left, noun)
        ):
            verb = self._words.provide_start.match(text, phrases._trim_lead(text, left, start))
            if verb is None and not self._words.amount_end.search(text, noun.start, noun.end):
                return None
        if not (reached or bounded or provided) and _WHOLE_PLACE.search(text, left, noun.end):
            return None
        return self._levelled(quantity, place, noun, "targets.counted")

    # -- evidence ------------------------------------------------------------------------------------------------------

    def _is_level(self, start: int) -> bool:
        near = max(self._floor, start - 8)
        return (
            self._words.reach_end.search(self._text, near, start) is not None
            or _LEVEL.search(self._text, near, start) is not None
        )

    def _is_provided(self, left: int, start: int) -> bool:
        return self._words.provide_end.search(self._text, max(left, start - 10), start) is not None

    def _goes_on(self, place: Clause, left: int, start: int) -> bool:
        """True for a further member of a list whose first number was a target: 8个行政村、2个示范村."""
        last = self._last
        if last is None or last.quote.end > start or last.rule not in ("targets.provided", "targets.each"):
            return False
        between = self._text[last.quote.end : start]
        return (
            len(between) <= 6
            and re.fullmatch(r"[、，,和与及或并]{1,2}(?:以及)?\s?(?:配|设|建|另)?", between) is not None
        )

    def _is_threshold(self, quantity: Quantity, place: Clause, left: int, closed: bool) -> bool:
        """A bound that only says which things are counted: 年收入百万元以上的强村, 35周岁以下, 20马力以下的拖拉机."""
        text, start, end = self._text, quantity.span.start, quantity.span.end
        if quantity.unit == "岁":
            return True
        if quantity.kind not in ("money", "measure") and quantity.unit not in ("人",):
            return False
        if _bound_before(text, quantity) and closed:
            return False
        if closed:
            return _HAVING.search(text, max(left, start - 6), start) is not None
        verb = self._is_provided(left, start) or self._goes_on(place, left, start)
        if verb and quantity.kind != "money":
            return False
        return quantity.operator != "=" or not verb or (quantity.kind == "money" and text[end : end + 1] == "的")

    def _governed(self, quantity: Quantity, left: int, noun: Span | None) -> Change | None:
        """The change that a verb before the noun names: 新增…产品超100件, 减少用量10%."""
        if quantity.kind == "multiple" or quantity.change is not None:
            return quantity.change
        start = quantity.span.start
        match = None
        for found in _GOVERNING.finditer(self._text, max(left, start - 80), start):
            match = match or found
        if match is None or self._text[match.end() : match.end() + 1] == "的":
            return None
        if noun is not None and match.start() > noun.end and _TO_LEVEL.search(self._text, left, start):
            return None
        begin = phrases._trim_lead(self._text, left, start)
        if match["new"]:
            return "increase" if match.start() <= begin + 6 else None
        if _TO_LEVEL.search(self._text, left, start) or self._is_level(start):
            return None
        if match.start() > begin + 2 and noun is not None and match.end() < noun.end:
            return None
        return "increase" if match["more"] else "decrease"

    # -- making --------------------------------------------------------------------------------------------------------

    def _levelled(self, quantity: Quantity, place: Clause, noun: Span | None, rule: str) -> Reading | None:
        """A target whose noun stands before it, in its clause or the one before."""
        left = place.left
        if noun is None or noun.length < 2:
            noun = self._noun_of_clause_before(place)
            if noun is None:
                return None
        parts: tuple[Span | str, ...] = (noun,)
        last = self._last
        inside = place.bracket and last is not None and last.quote.end <= place.left <= last.quote.end + 3
        inside = inside or (
            place.bracket and last is not None and last.quote.start >= place.left and last.rule == "targets.nested"
        )
        if inside and last is not None and re.compile(r"其中").match(self._text, place.left):
            whole = last.indicator[:1]
            parts = (*whole, "（", noun, "）")
            rule = "targets.nested"
        return self._finish(quantity, parts, Span(noun.start, quantity.span.end), rule, place, left)

    def _finish(
        self, quantity: Quantity, parts: tuple[Span | str, ...], quote: Span, rule: str, place: Clause, left: int
    ) -> Reading:
        noun = next((p for p in parts if isinstance(p, Span)), None)
        change = self._governed(quantity, max(left, place.left), noun)
        if (
            quantity.kind in ("percent", "fraction")
            and change is not None
            and re.compile(r"(?:完成|消除)(?:了)?$").search(self._text, place.left, quantity.span.start)
        ):
            change = None
        each = phrases.scope(self._text, place.left, quantity.span.start)
        if each is not None and each.end <= quote.start and quote.start - each.end <= 8:
            quote = Span(each.start, quote.end)
        base = _BASE.search(self._text, place.left, quantity.span.start) or _FROM.search(
            self._text, place.left, quantity.span.start
        )
        baseline = Span(*base.span("base")) if base is not None and base["base"] else None
        return Reading(replace(quantity, change=change), parts, quote, rule, each, baseline)

    def _noun_of_clause_before(self, place: Clause) -> Span | None:
        before = clauses.before(self._text, place.left, place.sentence.start)
        if before is None:
            return None
        noun = phrases.noun_before(self._text, before.start, before.end, self._words, rate=False)
        if noun is None or noun.length < 2 or noun.length > 60:
            return None
        return noun

    def _distributed(self, quantities: list[Quantity], index: int) -> list[Reading]:
        """A、B率分别达到x和y: one target for each, all quoting the whole phrase."""
        text, first = self._text, quantities[index]
        if first.kind in ("ordinal",) or first.unit is None:
            return []
        place = clauses.clause(text, first.span, self._floor, self._ceiling)
        match = re.compile(
            r"分别(?:为|达到|达|不低于|不少于|提高到|提升到|提高|增长|控制在|降至|下降|增加|减少|新增|完成|建成|建设|新建|超过|突破|稳定在|保持在|要?达)?\s?$"
        ).search(text, place.left, first.span.start)
        if match is None:
            word = text.rfind("分别", place.left, first.span.start + 2)
            if word < 0 or first.span.start - word > 2 or first.span.start < word:
                return []
            begin = word
        else:
            begin = match.start()
        group = [index]
        while group[-1] + 1 < len(quantities):
            here, later = quantities[group[-1]], quantities[group[-1] + 1]
            between = text[here.span.end : later.span.start]
            if not re.fullmatch(r"(?:以上|左右)?[、和与及，,]{1,2}", between):
                break
            group.append(group[-1] + 1)
        if len(group) < 2:
            return []
        noun = phrases.noun_before(text, place.left, begin, self._words, rate=True)
        if noun is None:
            return []
        items = _list_items(text, noun)
        if len(items) != len(group):
            return []
        tail = self._shared_tail(items[-1])
        quote = Span(noun.start, quantities[group[-1]].span.end)
        out = []
        for item, member in zip(items, group, strict=True):
            parts: tuple[Span | str, ...] = (item,)
            if (
                tail is not None
                and item is not items[-1]
                and not self._words.indicator.search(text, max(item.start, item.end - 4), item.end)
            ):
                parts = (item, tail)
            quantity = quantities[member]
            if (
                quantity.operator == "="
                and first.operator != "="
                and quantity.span.start > first.span.end
                and _bound_before(text, first)
            ):
                quantity = replace(
                    quantity,
                    operator=first.operator,
                    low=None if first.low is None else quantity.low,
                    high=None if first.high is None else quantity.high,
                )
            change = quantity.change or first.change
            out.append(Reading(replace(quantity, change=change), parts, quote, "targets.respectively"))
        self._skip.update(group[1:])
        return out

    def _shared_tail(self, item: Span) -> Span | None:
        match = None
        for found in self._words.indicator.finditer(self._text, item.start, item.end):
            if found.end() == item.end:
                match = match or found
        return Span(*match.span()) if match is not None and match.start() > item.start else None


def _bound_before(text: str, quantity: Quantity) -> bool:
    """True where the bound's word stands before the number (不少于30天, 超500件)."""
    return quantity.operator not in ("=", "range") and quantity.span.start < quantity.numeral.start


def _list_items(text: str, noun: Span) -> list[Span]:
    items: list[Span] = []
    start = noun.start
    for cut in re.compile(r"、|以及|和(?!谐|平)|与|及").finditer(text, noun.start, noun.end):
        if cut.start() > start:
            items.append(Span(start, cut.start()))
        start = cut.end()
    if start < noun.end:
        items.append(Span(start, noun.end))
    return items


def _turned(text: str, after: Span) -> tuple[Span | str, ...]:
    """村实现五星达标 → 五星达标 + 村; 村党组织达到五星级 → 达到五星级 + 的 + 村党组织."""
    verb = re.compile(r"(?P<noun>[^，。；]{0,12}?)(?P<verb>实现|达到|完成|建成)").match(text, after.start, after.end)
    if verb is None or verb.end() >= after.end:
        return (after,)
    noun = Span(verb.start("noun"), verb.end("noun"))
    if noun.length == 0:
        return (Span(verb.end(), after.end),) if verb["verb"] == "实现" else (after,)
    if verb["verb"] == "实现":
        return Span(verb.end(), after.end), noun
    return Span(verb.start("verb"), after.end), "的", noun
