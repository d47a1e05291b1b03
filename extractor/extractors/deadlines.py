"""Deadlines (时限): which of a plan's times somebody has to keep.

The calendar finds every time; here the words around each decide. Dates of laws, meetings and document numbers, the
past, a period that only names a document or a campaign, baselines and eligibility are no deadlines. Dates with an end
(到2025年底, 6月30日前, 3月-5月底) are deadlines unless something says otherwise; a bare day needs something that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from extractor.calendar import Resolved, TimeExpression, moved, read_cell, resolve
from extractor.calendar import find as find_times
from extractor.extractors import told
from extractor.lexicon import Lexicon
from extractor.model import DeadlineKind, Mention, Sentence, Span
from extractor.patterns import each, found_by
from extractor.records import record
from extractor.text import PlanText


@record(frozen=True, slots=True)
class DeadlineValue:
    """What a plan says about by when, before the year is known.

    ``condition`` is the place of a condition that the time holds under (需要补建的). ``opens`` is true where the time opens
    its sentence and holds for what follows (到2020年，…); ``back`` where it points back (以上工作…前完成); ``whole_plan`` where
    it stands under a label like 时间安排. ``context_year`` is the year that an earlier deadline of the same paragraph,
    or a heading above it, wrote, with its place in ``context_span``.
    """

    expression: TimeExpression
    kind: DeadlineKind
    condition: Span | None = None
    opens: bool = False
    back: bool = False
    whole_plan: bool = False
    context_year: str | None = None
    context_span: Span | None = None


@record(frozen=True, slots=True)
class ContextRow:
    """A row of ``time_contexts.csv``: a word beside a time, and what it says about it."""

    word: str
    role: str
    source: str


@record(frozen=True, slots=True)
class _Contexts:
    """The compiled contexts; each ``before`` pattern ends at the time, each ``after`` pattern begins there."""

    label: regex.Pattern[str]
    label_role: dict[str, str]
    names: regex.Pattern[str]
    done: regex.Pattern[str]
    force: regex.Pattern[str]
    baseline: regex.Pattern[str]
    appraisal_before: regex.Pattern[str]
    appraisal_after: regex.Pattern[str]
    length_before: regex.Pattern[str]
    length_never_before: regex.Pattern[str]
    length_never_after: regex.Pattern[str]
    acts_before: regex.Pattern[str]
    works: regex.Pattern[str]


BEFORE_WIDTH = 24
AFTER_WIDTH = 24

# A title in 《》 or a document number in 〔〕 holds no deadline.
TITLE_MARKS = each("《[^《》]{0,120}》", r"〔[^〔〕]{0,12}〕[^\s，。]{0,8}号")
CLAUSE_ENDS = "，,。；;！？：\n\t"
OPENING = " \t\u3000-*#·•（("
# 原则上|年底前: no 上年
NOT_LAST = ("原则上", "基础上", "总体上", "基本上", "实际上")
# 以上工作要在2019年2月底前完成
POINTS_BACK = regex.compile(
    r"(?:以上|上述)(?:各项|各类|这些|所有)?(?:工作|任务|事项|内容|措施|要求|材料)?[，,]?[^。；\n，]{0,12}$"
)
YEAR_NAMED = regex.compile(
    r"(?:全国|全省|全市|全县|全镇|市|县|区|镇|乡|省)?[\u4e00-\u9fff]{0,14}?(?:方案|计划|规划|纲要|要点|预算(?!管理|改革|绩效|单位|安排|执行|编制|公开|约束|资金|内|外)|决算|工作报告)"
)
# 2024年全镇计划植树500亩: what is planned for that year, no name of a plan
PLANNED_THEN = regex.compile(
    r"[，,]?(?:[全我本][省市县区镇乡村校国]|全[街州旗])?(?:共|总共)?计划(?!生育|单列|经济|[书表内外期])[\u4e00-\u9fff“”]{1,14}?[1-9]"
)
# 2025年6月制定实施方案: the plan is written then, not named after it
WRITTEN_THEN = regex.compile(
    r"(?:内|份|前)?[，,]?(?:要|将|应|须|拟|计划|力争)?(?:组织|研究|集中|全面|重点|抓紧|启动)?(?:制定|制订|编制|编写|印发|出台|起草|修订|修编|拟定|拟订|形成|提交|报送|上报|审定|审议|发布|公布|下发|细化)"
)
# 扣发当季绩效: whose pay it is
OF_THAT_PAY = re.compile(r"(?:绩效|工资|补助|补贴|津贴|奖金|报酬|生活费|收入|利润|预算)")
# 7月向县人大常委会作报告
REPORTS_THEN = re.compile(r"向[^，。；\n]{2,16}?(?:作|报告|汇报|提交|移交|通报|发布)(?!了)")
# 一般投诉5个工作日办结
SETTLED_IN = re.compile(r"(?:办[结理妥]|答复|回复|反馈|处置|受理|整改)(?:完毕|到位)?(?=[，。；、\n]|$)")
# 抽检全年不低于40批次
BOUND_OF_ALL_YEAR = re.compile(r"(?:累计)?(?:不[低少]于|不超过|至少|力争)\d")
HAPPENED = regex.compile(r"[^。；\n]{0,10}?(?:已|了|共计|累计|同比|约占|达到了|发生)|[，,]?(?:是|我国|我们)")
# 全年完成投资3.2亿元，同比增长8% / 一季度占GDP比重达5.5%: statistics
TOLD = regex.compile(
    r"[，,]?[^。；\n]{0,12}?(?:完成|实现)[^。；\n，]{2,24}\d[^。；\n，]{0,8}，(?:同比|环比|较上年同期)|占[^，。；]{0,12}比重"
)
APPOINTS = regex.compile(r"(?:于|在|务于|截至|至|至迟)[\ \t\u3000]?$")
MONEY_RATE = regex.compile(r"[\ ]?[\d.]+\s*(?:万|亿)?(?:元|美元)")
# 2025年12月31日前登记失业的人员: which ones, not by when
WHICH_ONES = regex.compile(
    r"(?:已|依法)?[^，。；\n]{0,4}?(?:注册登记|登记|注册|购买|取得|出生|参加工作|入职|入学|毕业|退休|投保|参保|缴费|签订合同|立案|受理|备案|批准|失业|建成|竣工|投产)"
    r"[^，。；\n的]{0,4}的(?!(?:基础|前提|要求|目标))[\u4e00-\u9fff]{2,}"
)
DECLARED = regex.compile(
    r"(?:份)?[为是][^，。；\n]{0,16}?(?:月|周|日|期|季|节)(?=[，。；\n]|$)"
)  # 每年3月为学雷锋活动月
# （一）2024年为夯实基础年。
PHASE_YEAR = regex.compile(r"(?:为|是|：)[“\"]?[\u4e00-\u9fff]{2,10}年[”\"]?(?=[，。；：\n]|$)")
# 每人每月补助500元 is a rate; 每人每季度撰写2篇 says how often
RATE_AFTER = regex.compile(
    r"[^，。；\n]{0,10}?(?:\d[\d.,]*\s?(?:万|亿)?(?:元|公斤|斤|升|吨|千瓦|度)|补助|补贴|发放|发给|缴|收费|标准|奖|给予|领取"
    r"|[^，。；\n]{0,8}?(?:时数|学时|时间|时长|量|次数|面积|收入)(?:不|达|至|为|应|须|控))"
)
EFFORT = regex.compile(r"的?(?:努力|奋斗|攻坚)")
EACH_ONE = regex.compile(r"每(?:人|户|名|亩|位|头|吨|家|台|辆)$")
# （县建〔2023〕20号）要求于10月底前完成: what another paper had ordered
QUOTED_ORDER = regex.compile(r"(?:号[）)]?|》[）)]?)[^。；，\n]{0,4}(?:要求|规定|明确)[，,]?(?:应当|应|要)?(?:于|在)?$")
# 三年行动（2021—2023年): the years belong to the name; 集中行动（3月-5月） is a phase
CAMPAIGN = regex.compile(r"(?:行动|工程|攻坚战|专项|活动|项目)[”\"]?$")
# 2023年恢复1000亩: whatever the verb, an amount is to be reached in that year
QUANTIFIED = regex.compile(
    r"[\u4e00-\u9fff]{2,5}[1-9]|(?:统筹|计划|预算|拟|将)?(?:安排|投入|筹措|筹集|整合|下达)[\u4e00-\u9fff]{2,8}[1-9]|新?(?:认定|引进|培育|招引|孵化|入库)[\u4e00-\u9fff“”]{2,12}[1-9]"
)
# 普及率：2024年85%，2025年88%: the figure of each year
LISTING = ("：", ":", "，", ",", "、", "；", ";")
FIGURE_OF_YEAR = regex.compile(
    r"(?:基本)?(?:实现)?(?:全覆盖|清零|翻番)|[≥≤＞＜>]?\d[\d.,]*\s?(?:[%％‰万亿个家亩户人吨元]|公里|百分点)"
)
# 力争2025年粮食产量达到20万吨
AIMED_AT = ("力争", "确保", "争取", "力求")
# 2025年城镇新增就业1万人以上: a bound is what a year is to bring
BOUND_OF_YEAR = regex.compile(
    r"(?!以来|来|末|底)[\u4e00-\u9fff“”]{2,20}\d[\d.]*\s?[万亿]{0,2}(?:[%％]|个?百分点|[\u4e00-\u9fff]{1,3})(?:以上|以内|以下|左右)(?=[，。；\n]|$)"
)
# 于2025年为各村的公厕进行翻新
SERVED = regex.compile(r"[\ ]?为[^，。；\n了]{2,30}?(?:进行|提供|办理|建设|安装|设置|配备|开展|更换|翻新)(?!了)")
# 将一季度工作进展情况报送: what is told of, not when
HANDED_IN = regex.compile(
    r"(?:[将把对]|报送|上报|提交|填报|汇总|反馈|了解|掌握|总结|统计|梳理|反映|回顾|核查)[^，。；\n]{0,8}$"
)
TOLD_OF = regex.compile(r"[^，。；\n]{0,20}?(?:情况|进展|进度|小结|总结|报表|数据|成效|台账|信息)")
# 2023年新认定的企业    2023年期间产生的利息: which ones
OF_THAT_TIME = regex.compile(
    r"[\ ]?(?:期间|度|内)?(?:首次|首批|新|实际|已|已经|累计|当年)?(?:产生|发生|缴纳|支付|认定|入库|升规|上规|纳统|入围|获评|获得|评定|授予|引进|毕业)[^，。；\n]{0,4}的[\u4e00-\u9fff]"
)
# 全年推进改革所开展的工作: what was done then
# 2021—2025年全市人口、产值数据: what the figures are of
FIGURES_OF = regex.compile(r"[^，。；：\n]{2,30}?(?:数据|资料|情况|名录|明细)(?:[，。；、]|$)")
DONE_THEN = regex.compile(r"[^，。；\n]{0,14}所(?:开展|完成|取得|做出|形成|采取)的")
# 2015年在管理改革上取得决定性进展
REACHED_IN = regex.compile(r"[\ ]?在[^，。；\n了]{2,24}(?:取得|实现|达到|形成|迈出|走在)(?!了)")
# 2024年度全镇参保人数为1950人: what the year is to come to
COMES_TO = regex.compile(
    r"[\ ]?(?:全[县市区镇乡村街][道]?)?[^，。；：\n了已]{2,20}(?:为|达到?|不低于|不少于|控制在|保持在|稳定在|增长(?=[^，。；]{1,8}(?:以上|左右))|力争增长)[\d≥≤]"
)
# 于5月下旬、6月6日分别开展督查
SEVERALLY = re.compile(r"(?:分别|各)(?:开展|组织|召开|进行|举办|安排|启动|通报|报送)(?!了)")
ON_THAT_DAY = regex.compile(r"[当]天|当日|当晚")
# 2025年6月16日上午8:30—11:00: alone under 活动时间
CLOCK_ONLY = regex.compile(
    r"[\ ]?(?:[上下中]午|晚上?|早上?|全天)?[\ ]?[\d:：时点分半 —–~～至到-]*(?:[上下中]午)?[。；]?"
)
# “2025年度县补助办理品德教育实施计划”: the year of what a quotation names
QUOTED_PAPER = regex.compile(
    r"[^“”「」『』\n。；]{0,40}(?:计划|方案|办法|要点|规划|活动|项目|会议|大会|大赛|比赛|竞赛)[”」』]"
)
# （2023-24至2032-33年度）: the second of two financial years
YEAR_OF_TWO = regex.compile(r"(?:19|20)\d\d[-–—/]\d\d[\ ]?$")
PHASED = regex.compile(r"[^。；\n]{0,12}?分[两二三四五六\d]个?(?:阶段|步|批)")
RESULT_AFTER = regex.compile(
    r"[，,]?(?:[^。；，,\n]{0,16})?(?:完成|报送|上报|报|提交|办结|到位|建成|落实|结束|验收|交|反馈|备案|整改|启动|开展|召开)"
)
# 于6月16日组织宣传, 于6月16日集中清运
HELD = regex.compile(r"[，,]?(?:统一|集中)?(?:组织|集中|布置|发放|张贴|清[运理]|拆除)(?!了)")
# 至少提|前3个月报告: no first three months of a year
LEAD_TIME = regex.compile(r"提$")
HEADING_END = regex.compile(r"[^，。；\n]{0,6}[)）]")
# 2年内曾受处罚: who may not, not by when
LENGTH_OF_STATE = regex.compile(
    r"[^，。；\n]{0,8}?(?:存在|曾|受过|未发生|无违法|没有|未被|无重大|发生过|有过|不得|不再|不予|禁止"
    r"|累计(?=[^，。；]{0,6}?(?:[违受被欠缺迟]|[两二三四五\d]次)))"
)
# 城区45分钟|、乡镇90分钟内到达
# 接警后|5分钟集结出动    接到报告后|30分钟赶到现场
_CALLED_OUT = regex.compile(r"(?:接警|接报|事发|接到[^，。；\n]{1,8}|收到[^，。；\n]{1,8})后[，,]?$")
_SHORT_LENGTHS = ("分钟", "小时")
NEXT_LENGTH = regex.compile(r"、[^，。；、\n\d]{0,8}\d{1,3}(?:个?小时|分钟|天|日|个?工作日)[以之]?内")
# 15分钟到达现场，2小时修复
REACTS = regex.compile(r"(?:到达|到场|赶到|抵达|修复|恢复|办结|响应|出警|出动|集结|送达|处置|反馈|上报)")
LATEST = regex.compile(r"最[迟晚](?:不[得能]?)?$")  # 最迟不得超过30分钟上报
# 从脱贫之日起设立5年过渡期
SET_UP_FROM = regex.compile(r"[自从][^，。；\n从]{2,16}起[，,]?(?:设立|设置|设定|设|给予|实行|执行|确定)$")
TERM = regex.compile(r"[^，。；\n]{0,4}期")
STRIVING = ("力争", "争取", "确保", "计划", "全省", "全市", "全县", "全区", "全镇", "全乡")  # 力争|三年累计培训500人
IN_ALL = regex.compile(  # 三年累计培养2000人    三年募集资金3000万元
    r"(?:累计|共计?|总计)(?![违受被])"
    r"|(?:[新改扩]建|新增|改造|建设|建成|完成|实现|引进|招引|培育|培养|培训|轮训|发展|募集|筹集|整治|投入)[^，。；\n]{2,20}?[1-9]\d"
)
# 从现在到2020年，随着…将是高发期: what comes of itself
FROM_NOW = regex.compile(r"从现在(?:起|开始)?$")
COMES = regex.compile(r"[，,]?(?:随着|将是|正是|是)")
# 清理整顿时限为…
PERIOD_OF = regex.compile(
    r"(?P<what>[\u4e00-\u9fff]{2,12}?)(?:时限|时间|期限|周期|工期)(?:安排)?(?:定?为|是|从|自|：|:)?[\ \t]?$"
)
WHOLE_WORK = regex.compile(
    r"(?:活动|工作|整治|行动|整改|整顿|清理|治理|攻坚|创建|试点|会战|检查|排查|普查|改革|推进|总体|全部)$"
)
# 专项整治行动从2024年5月起至12月止，为期8个月
SPANNED = regex.compile(r"(?:止|结束)?(?:[，,](?:为期|历时|共计?)|[。；]|$)")
WORK_ITSELF = regex.compile(r"(?:本次|此次|全[县市区镇乡])?[\u4e00-\u9fff]{2,16}")
REPORTS = ("总结", "报告", "报表")
REPORTS_LISTED = frozenset(("、", "和", "与", "及", "以及"))  # 月度报告、季度报告和年度报告
# 确需延期的，(最迟不得超过) · 修缮加固的，(6月底前竣工) · 对具备条件的村(于3月底前)
CONDITION = regex.compile(
    r"""
    (?:
        (?:^|(?<=[，,。；;：:\n]))(?P<condition>[^，,。；;：:、\n]{2,24}的)[，,]
      | (?P<condition>(?:对|凡|如|若|因|确需|暂|具备|不具备|符合|不符合|逾期)[^，,。；;：:\n]{1,20}?的)[^，,。；;\n]{0,6}?
    )
    (?:要|应|须|必须|务必|原则上|可|限期)?(?:于|在|力争)?$
    """,
    regex.VERBOSE,
)
CONDITION_WIDTH = 40
ALONE_WIDTH = 40  # a line under 时间安排 that is no longer holds nothing but the period
LINE_LABEL = regex.compile(r"[\ \t\u3000]{0,2}[：:]")


def find(plan: PlanText, lexicon: Lexicon) -> Iterator[Mention]:
    """The deadlines of a plan, in text order. Nothing is resolved: 3月 stays a month without a year.

    A ``weak`` mention is one that stands for itself only where nothing firmer is said: a start without an end, 年初.
    """
    return _Finder(plan, lexicon).mentions()


class _Finder:
    """One pass over one plan."""

    def __init__(self, plan: PlanText, lexicon: Lexicon) -> None:
        self.plan, self.lexicon, self.text = plan, lexicon, plan.match
        self.words = lexicon.derived("deadlines.contexts", _compile)
        self.titles = [Span(*m.span()) for m in found_by(TITLE_MARKS, self.text, plan.span.start, plan.span.end)]
        self.due_cells = _due_cells(plan)
        self.heads = [h.span for t in plan.indicator_tables for row in t.rows for _, h in row.figures]
        self.year = told.published_year(plan)
        self.account = told.is_account(plan)
        self.last_recurring: Sentence | None = None
        self.last_report = 0
        self.stages: list[
            tuple[Span, str, Span]
        ] = []  # the nodes whose headings name a year of their own, and its words
        self.last_dated = -1  # where the last deadline with a date of its own began
        self.last_line = Span(0, 0)  # kept, so that many times in one endless line do not each look for its ends

    def mentions(self) -> Iterator[Mention]:
        year: str | None = None
        year_span: Span | None = None
        paragraph: Span | None = None
        titles = iter(self.titles)
        title = next(titles, None)
        for e in self._times():
            while title is not None and title.end <= e.span.start:
                title = next(titles, None)
            if title is not None and title.meets(e.span):
                continue
            here = self._line(e.span)
            if paragraph != here:
                paragraph = here
                year, year_span = self._year_of_stage(e.span) if self.stages else (None, None)
            mention = self._judge(e, here, year, year_span)
            if mention is None:
                continue
            written = _written_year(e)
            if written is not None:
                year, year_span = written, e.core
                self._note_stage(e, written)
            yield mention

    def _note_stage(self, e: TimeExpression, year: str) -> None:
        """巩固提升阶段（2025年1月—6月）: the year of all dates below, where it is one year and not the plan's."""
        first = e.start.first.year if e.start is not None else year
        node = self.plan.node_at(e.span.start)
        if year != self.plan.year and first == year and node.heading is not None and node.heading.meets(e.span):
            self.stages.append((node.span, year, e.core))

    def _year_of_stage(self, span: Span) -> tuple[str | None, Span | None]:
        for node, year, words in reversed(self.stages):
            if node.holds(span):
                return year, words
        return None, None

    def _times(self) -> list[TimeExpression]:
        """The times of the plan's text; a deadline cell is read as a whole too, so that 6.30 and 2025.6 are dates."""
        plan = self.plan
        found = find_times(self.text, plan.span.start, plan.span.end, plan.region, self.lexicon)
        seen = {e.span.start for e in found}
        cells = []
        for cell in dict.fromkeys(self.due_cells):
            whole = read_cell(cell.of(self.text), plan.region, self.lexicon)
            if whole is not None and whole.rule == "cell" and cell.start + whole.span.start not in seen:
                cells.append(moved(whole, cell.start))
        return sorted(found + cells, key=lambda e: e.span) if cells else found

    # -- judging -------------------------------------------------------------------------------------------------------

    def _judge(self, e: TimeExpression, line: Span, year: str | None, year_span: Span | None) -> Mention | None:
        head = self.plan.letterhead
        for used in (head.title_span, head.issued_span, head.addressees_span):
            if used is not None and used.meets(e.span):
                return None
        if self.heads and any(head.holds(e.span) for head in self.heads):
            return Mention(DeadlineValue(e, "by" if e.kind == "by" else "range"), (e.span,), "deadlines.column")
        if not self._in_body(e.span):
            return None
        before = self.text[max(line.start, e.span.start - BEFORE_WIDTH) : e.span.start]
        after = self.text[e.span.end : min(line.end, e.span.end + AFTER_WIDTH)]
        label = self.words.label.search(before)
        role = self.words.label_role[label["word"]] if label is not None else ""
        if label is not None and label["mark"] is None and e.span.start == e.core.start:
            role = ""  # 完成时间不超过…: the word is part of the sentence
        if role == "label_never":
            return None
        if e.kind == "recurring":
            rule = self._recurring(e, before, after)
            kind: DeadlineKind = "recurring"
        elif e.kind == "within":
            rule = self._within(e, before, after, role)
            kind = "within"
        else:
            in_due_cell = any(cell.holds(e.core) for cell in self.due_cells)
            rule = self._dated(e, before, after, line, role, in_due_cell, year)
            ends = e.kind == "point" and (
                role == "label_due" or in_due_cell
            )  # 完成时限：6月30日 is an end, 6月 a month
            fine = e.end is not None and e.end.precision == "day"
            kind = "by" if e.kind == "by" or (ends and fine) else "range"
        if not rule:
            return None
        if kind == "by":
            self.last_dated = e.span.start
        weak = e.kind == "range" and e.end is None
        condition = self._condition(e, line) if kind != "recurring" else None
        span = e.span
        if rule == "within_of_event" and e.anchor is None and (set_up := SET_UP_FROM.search(before)) is not None:
            span = Span(e.span.start - len(before) + set_up.start(), e.span.end)
        if e.anchor == "event":
            condition = Span(e.span.start, e.core.start)
            if e.span.length > 3 * e.core.length:  # a long event is told apart from the time that it starts
                span = e.core
        value = DeadlineValue(
            e,
            kind,
            condition=condition,
            opens=self._opens(e, before, after),
            back=kind != "recurring" and POINTS_BACK.search(before) is not None,
            whole_plan=(role == "label_plan" and (kind != "within" or e.anchor == "issue"))
            or self._of_plan(e, before, after),
            context_year=year,
            context_span=year_span,
        )
        return Mention(value, (span,), f"deadlines.{rule}", weak)

    def _looks_ahead(self, e: TimeExpression) -> bool:
        sentence = self.plan.sentence_at(e.span.start)
        return sentence is not None and told.looks_ahead(self.text, sentence.span)

    def _in_body(self, span: Span) -> bool:
        """True inside a sentence, a heading or a row: not in what stands around the body."""
        node = self.plan.node_at(span.start)
        if node.kind == "plan":
            return self.plan.sentence_at(span.start) is not None
        return True

    def _recurring(self, e: TimeExpression, before: str, after: str) -> str:
        sentence = self.plan.sentence_at(e.span.start)
        again = self.last_recurring is not None and self.last_recurring == sentence
        self.last_recurring = sentence
        written = e.span.of(self.text)
        quoted = before.endswith(("“", '"'))  # 实行“月调度、季通报” is an order, “一季度一评比” a name
        if quoted and "、" in after[:8] and self.words.acts_before.search(before[:-1]):
            quoted = False
        if quoted or "逐年" in written:
            return ""
        if (
            (written.endswith(REPORTS) or after.startswith(REPORTS))
            and sentence is not None
            and sentence.span.start <= self.last_dated
        ):
            return ""  # 12月10日前报送年度总结: what is handed in then
        if written[1:2] == "度" or written.startswith("季度"):
            listed = self.text[self.last_report : e.span.start] in REPORTS_LISTED
            if not listed and (again or not self.words.acts_before.search(before)):
                return ""
            self.last_report = e.span.end
        if MONEY_RATE.match(after) or DECLARED.match(after) or (EACH_ONE.search(before) and RATE_AFTER.match(after)):
            return ""
        return "recurring"

    def _within(self, e: TimeExpression, before: str, after: str, role: str) -> str:
        length = e.length
        if length is None:
            return ""
        if e.anchor == "issue":
            return "within_of_issue"
        if length.bound == "exact" and SET_UP_FROM.search(before) and TERM.match(after):
            return "within_of_event"
        core = e.core.of(self.text)
        named = not core.endswith("内") and self.words.length_never_after.match(
            after
        )  # 三年攻坚方案, not 15日内报送方案
        if self.words.length_never_before.search(before) or named:
            return ""
        if e.anchor == "past" or core.endswith(("前", "以来")):
            return ""
        if LENGTH_OF_STATE.match(after):
            return ""
        if length.bound == "max" and (
            e.anchor == "event" or not core.startswith(("不", "至", "最")) or LATEST.search(before + core[:2])
        ):
            return (
                ""
                if after.startswith(("的", "之")) and not e.anchor
                else "within_of_event"
                if e.anchor == "event"
                else "within"
            )
        if role == "label_due" or (e.anchor == "ahead" and not e.after):
            return "within"
        if length.bound == "exact" and e.span.of(self.text).endswith("年") and IN_ALL.match(after):
            return "within" if before[-1:] in ("", *CLAUSE_ENDS) or before.endswith(STRIVING) else ""
        if length.bound == "exact" and core[-1] in "日天时钟" and SETTLED_IN.match(after):
            return "within"
        if length.bound in ("exact", "about") and self.words.length_before.search(before):
            return "within" if length.named or length.bound == "about" or EFFORT.match(after) else ""
        if length.bound == "exact" and core.endswith(_SHORT_LENGTHS) and _CALLED_OUT.search(before):
            return "within"
        if after.startswith("、") and length.bound == "exact" and NEXT_LENGTH.match(after):
            return "within"
        if length.bound in ("exact", "about") and length.parts[0][1] in "YMWD" and told.WORKS_LENGTH.search(before):
            return "within"  # no 工作时间为8小时, which is that of a day
        if core.endswith(("分钟", "小时")) and before[-1:] in ("", *CLAUSE_ENDS, "、") and REACTS.match(after):
            return "within"
        return ""

    def _dated(
        self, e: TimeExpression, before: str, after: str, line: Span, role: str, due: bool, year: str | None
    ) -> str:
        words = self.words
        if self._past(e, year) or words.baseline.search(before) or LEAD_TIME.search(before):
            return ""
        if (self.account and not self._looks_ahead(e)) or (e.kind == "by" and WHICH_ONES.match(after)):
            return ""
        text = e.span.of(self.text)
        if not due and (OF_THAT_TIME.match(after) or (text[0] == "当" and OF_THAT_PAY.match(after))):
            return ""
        last = before.endswith(("去", "上")) and not text[0].isdigit() and not before.endswith(NOT_LAST)
        if text.endswith("以来") or last or before.endswith("今年以来"):
            return ""
        if words.force.match(after) and (text.endswith(("起", "开始")) or words.names.search(before)):
            return ""
        fine = e.kind == "point" and e.end is not None and e.end.precision != "month"
        if (fine or text.endswith("起")) and words.done.match(after):
            return ""
        if (
            text.startswith("截至")
            and not text.endswith("前")
            and role != "label_due"
            and before[-1:] in ("", *CLAUSE_ENDS)
            and not self._to_come(e)
        ):
            return ""
        if QUOTED_ORDER.search(before):
            return ""
        if (due or role in ("label_due", "label_plan")) and not ("超过" in text and e.rule == "bare_day"):
            return "labelled"
        if e.rule == "bare_day" and (e.kind != "by" or ("超过" in text and not text.startswith("最迟"))):
            return ""  # 办结不超过7日: a length
        if e.rule == "feast" and text.endswith("期间"):
            return ""
        if e.kind == "by":
            if FROM_NOW.search(before) and COMES.match(after):
                return ""
            if "超过" in text and not RESULT_AFTER.match(after) and after[:1] not in CLAUSE_ENDS:
                return ""  # 不得超过当年下达额度的20%
            if words.appraisal_before.search(before) or words.appraisal_after.match(after):
                return ""
            if after.startswith("的") and not text.endswith("前"):
                return ""
            return "by"
        if e.kind == "range":
            if e.end is None:
                return "start" if not words.force.match(after) else ""
            if text[0] in "至到" and YEAR_OF_TWO.search(before):
                return ""
            if e.end.precision == "year" and before[-1:] in ("", "：", "、") and FIGURES_OF.match(after):
                return ""
            if self._names(e, before, after) or (e.rule == "five_years" and HAPPENED.match(after)):
                return ""
            return "range"
        return self._point(e, before, after, line)

    def _point(self, e: TimeExpression, before: str, after: str, line: Span) -> str:
        """A date without any word that says what it is."""
        if after.startswith("的") or self._names(e, before, after):
            return ""
        if HANDED_IN.search(before) and TOLD_OF.match(after):
            return ""
        if DONE_THEN.match(after):
            return ""
        period = e.end
        if period is None:
            return ""
        if any(n is not None for n in (period.last.month_shift, period.last.day_shift, period.last.week_shift)):
            return ""
        named = before[-1:] in (*CLAUSE_ENDS, *OPENING, "）", ")", "、", ".")
        if period.precision == "year" and (named or not before) and PHASE_YEAR.match(after):
            return "period"
        opens_line = not self.text[line.start : e.span.start].strip(OPENING)
        if opens_line and LINE_LABEL.match(after):
            return "line_label"
        alone = opens_line and not after.strip(" \t）)")
        if period.precision == "day" and self._is_day_of_plan(e, line):
            return "labelled"
        bracket = before.endswith(("（", "(")) and HEADING_END.match(after) is not None
        if period.precision == "day":
            if alone:
                return ""
            if bracket and self._in_heading(e.span):
                return "heading_bracket"
            if before[-1:] == "、" and SEVERALLY.match(after):
                return "day"
            if ON_THAT_DAY.match(after) and (named or not before):
                return "day"
            return "day" if APPOINTS.search(before) and (RESULT_AFTER.match(after) or HELD.match(after)) else ""
        if bracket:
            return "heading_bracket"
        if HAPPENED.match(after) or TOLD.match(after):
            return ""
        written = e.dated or period.last.year_shift is not None  # 全年接诊3.1万人次 mostly tells what was
        if written and before.endswith(("于", "在")) and SERVED.match(after):
            return "period"
        begins = named or not before or before[-1] in "。；" or before.endswith(AIMED_AT)
        if written and begins and (REACHED_IN.match(after) or COMES_TO.match(after) or BOUND_OF_YEAR.match(after)):
            return "period"
        if BOUND_OF_ALL_YEAR.match(after) and e.span.of(self.text) == "全年":
            return "period"
        if self.words.works.match(after) or (
            written
            and (
                PLANNED_THEN.match(after)
                or QUANTIFIED.match(after)
                or ((before[-1:] in LISTING or before.endswith("其中")) and FIGURE_OF_YEAR.match(after))
            )
        ):
            return "period"
        return "period" if period.precision == "month" else ""

    def _names(self, e: TimeExpression, before: str, after: str) -> bool:
        """True where the period only names a document or an event (2023年度实施方案, 方案（2022—2035年）)."""
        coarse = e.end is not None and e.end.precision == "year"
        if before.endswith(("（", "(")):
            phase = before.endswith("总结", 0, -1) and not coarse and self._in_heading(e.span)
            if not phase and self.words.names.search(before[:-1]):
                return True  # 工作总结（2025年度）, but （四）验收总结（3月1日至3月31日） is a phase
            if coarse and CAMPAIGN.search(before[:-1]):
                return True
        if before.endswith(("“", "「", "『")) and QUOTED_PAPER.match(self.text, e.span.end):
            return True
        return (
            YEAR_NAMED.match(after) is not None
            and "完成" not in after[:6]
            and not WRITTEN_THEN.match(after)
            and not PLANNED_THEN.match(after)
            and not REPORTS_THEN.match(after)
        )

    def _past(self, e: TimeExpression, year: str | None) -> bool:
        """True where the time ends before the plan was issued, or before its year where only that is known."""
        period = e.end or e.start
        last = period.last if period is not None else None
        shifts = () if last is None else (last.year_shift, last.month_shift, last.quarter_shift, last.day_shift)
        if any(shift is not None and shift < 0 for shift in shifts):
            return True
        head = self.plan.letterhead
        found: Resolved = resolve(e, self.plan.year, head.issued_on, self.lexicon)
        end = found.ends_on or (found.starts_on if e.end is None else None)
        if end is None:
            return False
        if e.end is None:  # a start in the past, or one whose plan has no year, tells of how things came to be
            limit = self.year or (head.issued_on or "")[:4]
            return e.dated and (not limit.isdigit() or end[:4] < limit)
        if not e.dated and e.end is not None and (e.end.first.year_shift or 0) >= 0:
            return False
        if head.issued_on is None and e.span.of(self.text).endswith("前"):
            return False  # the title's year may be that of what is prepared in the year before
        limit = head.issued_on or (self.year or "")
        return bool(limit) and limit[:4].isdigit() and end[: len(limit)] < limit

    def _condition(self, e: TimeExpression, line: Span) -> Span | None:
        start = max(line.start, e.span.start - CONDITION_WIDTH)
        found = CONDITION.search(self.text, start, e.span.start)
        return None if found is None else Span(*found.span("condition"))

    def _to_come(self, e: TimeExpression) -> bool:
        """True where the time ends after the day that the plan was issued on, which is known."""
        issued = self.plan.letterhead.issued_on
        end = resolve(e, self.plan.year, issued, self.lexicon).ends_on
        return issued is not None and end is not None and end > issued

    def _is_day_of_plan(self, e: TimeExpression, line: Span) -> bool:
        """True for a day, or the hours of one, that stands alone under 活动时间."""
        if self.text[line.start : e.span.start].strip(OPENING) or line.length > ALONE_WIDTH:
            return False
        if e.end is None or e.end.precision != "day" or not CLOCK_ONLY.fullmatch(self.text, e.span.end, line.end):
            return False
        node = self.plan.node_at(e.span.start)
        if node.heading is None or node.heading.meets(e.span):
            return False
        label = self.words.label.search(node.heading.of(self.text))
        return label is not None and self.words.label_role[label["word"]] == "label_plan"

    def _is_whole_work(self, what: str) -> bool:
        """True for 清理整顿 or 整治活动, which the plan is about, not 报名."""
        if WHOLE_WORK.search(what) is None:
            return False
        title = self.plan.letterhead.title_span
        named = title is not None and what[-4:] in title.of(self.text)
        return named or what[-2:] in ("活动", "工作", "整治", "行动", "总体", "全部")

    def _of_plan(self, e: TimeExpression, before: str, after: str) -> bool:
        """从3月至12月，分三个阶段开展; or a period that stands alone under the heading 时间安排."""
        if e.kind == "point":
            return self._is_day_of_plan(e, self._line(e.span))
        if e.kind != "range" or not e.two_dates:
            return False
        if PHASED.match(after):
            return True
        period = PERIOD_OF.search(before)
        if period is not None and self._is_whole_work(period["what"]):
            return True
        sentence = self.plan.sentence_at(e.span.start)
        lead = self.text[sentence.span.start : e.span.start] if sentence is not None else "，"
        if SPANNED.match(after) and WORK_ITSELF.fullmatch(lead) and self._is_whole_work(lead.rstrip("自从于为 ")):
            return True
        node = self.plan.node_at(e.span.start)
        if self._line(e.span).length > ALONE_WIDTH or (node.heading is not None and node.heading.meets(e.span)):
            return False
        above = node if node.heading is not None else self.plan.parent(node)
        if above is None or above.heading is None:
            return False
        named = above.heading.of(self.text)
        period = PERIOD_OF.search(named)
        if period is not None and self._is_whole_work(period["what"]):
            return True
        label = self.words.label.search(named)
        return label is not None and self.words.label_role[label["word"]] == "label_plan"

    # -- places --------------------------------------------------------------------------------------------------------

    def _line(self, span: Span) -> Span:
        if not self.last_line.holds(span):
            start = self.text.rfind("\n", self.plan.span.start, span.start) + 1
            end = self.text.find("\n", span.end, self.plan.span.end)
            self.last_line = Span(max(start, self.plan.span.start), end if end >= 0 else self.plan.span.end)
        return self.last_line

    def _in_heading(self, span: Span) -> bool:
        node = self.plan.node_at(span.start)
        return node.heading is not None and node.heading.meets(span)

    def _opens(self, e: TimeExpression, before: str, after: str) -> bool:
        sentence = self.plan.sentence_at(e.span.start)
        start = sentence.span.start if sentence is not None else e.span.start
        lead = self.text[start : e.span.start].strip()
        return len(lead) <= 8 and after[:1] in ("，", ",", "：", ":")


def _written_year(e: TimeExpression) -> str | None:
    for period in (e.end, e.start):
        if period is not None and period.last.year is not None:
            return period.last.year
    return None


def _due_cells(plan: PlanText) -> list[Span]:
    return [cell.span for table in plan.task_tables for row in table.rows for cell in row.of("deadline")]


def _compile(lexicon: Lexicon) -> _Contexts:
    rows = lexicon.rows("time_contexts", ContextRow)

    def words(*roles: str) -> str:
        found = sorted({r.word for r in rows if r.role in roles}, key=lambda w: (-len(w), w))
        return "|".join(regex.escape(w) for w in found)

    labels = words("label_due", "label_plan", "label_never")
    return _Contexts(
        label=regex.compile(
            rf"(?P<word>{labels})[*\s】\]）)]{{0,4}}(?P<mark>[：:为是从自至到]|原则上|\t|\n)?[*\s]{{0,6}}$"
        ),
        label_role={r.word: r.role for r in rows if r.role.startswith("label_")},
        names=regex.compile(rf"(?:{words('names_document')})[”\"》*（(\s]{{0,6}}$"),
        done=regex.compile(rf"[^，。；：\t\n]{{0,16}}?(?:{words('done_after')})(?!前|的?期限|时限)"),
        force=regex.compile(rf"(?:正式)?(?:{words('force_after')})"),
        baseline=regex.compile(rf"(?:{words('baseline_before')})[\ ]?$"),
        appraisal_before=regex.compile(rf"(?:{words('appraisal_before')})[^，。；\n]{{0,6}}$"),
        appraisal_after=regex.compile(rf"(?:{words('appraisal_after')})"),
        length_before=regex.compile(rf"(?:{words('length_before')})[\ ]?$"),
        length_never_before=regex.compile(rf"(?:{words('length_never_before')})[\ ]?$"),
        length_never_after=regex.compile(rf"[\u4e00-\u9fff]{{0,4}}?(?:{words('length_never_after')})"),
        acts_before=regex.compile(rf"(?:{words('acts_before')})[\u4e00-\u9fff、]{{0,8}}$"),
        # 2021年，… · 2021年完成: a time that somebody works in, no name of an event
        # 2024年全县新建公厕5座: where it is done may stand between
        works=regex.compile(
            rf"[ \t\u3000]*(?:[，,：:；;。、）)—–-]|$|\n|(?:[全我本][省市县区镇乡村校国]|全[街州旗])?(?:{words('works_after')}))"
        ),
    )
