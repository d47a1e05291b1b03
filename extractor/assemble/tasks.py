"""Tasks and goals out of a plan's tree (任务、目标的划分).

A task is the smallest numbered or headed item that orders something, a paragraph outside any item that does, or a row
of a task table. What a section is for (its heading says) decides how its sentences are read; brackets that name units
are taken out of a task's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractor.assemble import lists
from extractor.assemble.drafts import Drafts, GoalDraft, Heading, TaskDraft, place
from extractor.assemble.genres import genre_of, is_minutes
from extractor.assemble.particulars import INSIDE, Captions
from extractor.extractors import acts
from extractor.extractors.acts import SectionKind
from extractor.extractors.targets.words import target_words
from extractor.extractors.units.names import Names
from extractor.lexicon import Lexicon
from extractor.model import Node, Span
from extractor.patterns import searched
from extractor.segment import labels
from extractor.segment.lines import SPACES, trim
from extractor.segment.sentences import sentences
from extractor.text import PlanText, TableRow

_LABELLED = ("heading", "item")
_SHORTEST_DUTY = 4
_LEADS = 8  # characters of 下一步，
_LONGEST_NAME = 24
_SUBJECT_LENGTH = 4
_GOES_ON = re.compile(r"其中|同时|此外|另外|并|对上述")
_SAID = re.compile(r"[^\s。；，]")
_STOP = re.compile(r"[；。]")
_WORD = re.compile(r"\w")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_CLAUSE_END = re.compile(r"[，。；：！？\n]")
# 95%以上    每年不超过5个: what is left without figures says of nothing what it is to be
_FIGURES = re.compile(
    r"[\d.,%％~≥≤><=-]+[\u4e00-\u9fff]{0,3}|以[上下内]|左右|不[少低高超]于?过?|达到?|至少|每(?:年|月|季度?|周|日)|全覆盖|清零"
)
_SAYS_OF_WHAT = re.compile(r"[\u4e00-\u9fff]{3}")
_DATE_LABEL = re.compile(
    r"(?:\d{4}年)?\d{1,2}月?(?:[-—–~、至到]\d{1,2})?(?:月|月份)(?:底|初|上旬|中旬|下旬)?(?:[、，]\d{1,2}月)*(?:底|前)*[：:][ ]*"
    r"|(?:全年|[上下]半年|年[中底]前?)[：:][ ]*|第?[一二三四]季度[：:][ ]*"
)
_BARE_MONTH = re.compile(r"\d{1,2}(?:月)?(?:[-~、至到]\d{1,2})?月(?:份|底|初)?(?=[\u4e00-\u9fff]{3})")
_TRAILING_BRACKET = re.compile(r"（[^（）]*(?:年|月|日|前|底|季度)[^（）]*）[。 ]*$")
# 将农村人居环境整治作为重要抓手，…    以上分工自印发之日起执行，…    坚持“支部总抓、党群共管”为总体思路，…    补贴标准为每人每月60元，由…
_FRAME = re.compile(
    r".*自(?:印发|发布|公布)之日起(?:施行|实施|执行|试行)$|(?:[将把].*作为|作为[^，]{2,16}主体$|.{2,60}作为[^，]{2,30}(?:部门|单位|机构|机关|责任人|组织)$|坚持.*(?:为|原则|思路|方针|相结合)$|同时$|此外$|其中$|会议(?:还|同时|最后|并)?(?:要求|强调|决定|议定|明确|指出)$|.{2,20}(?:标准|额度|期限)为[^，]*\d[^，]*$)"
)
# 气象站网组建中的有关具体事宜，请中国气象局……    合建的专用网，应按有关规定办理……
_TOPIC = re.compile(
    r"^(?!各|有关|相关)(?!.*(?:要|应|须|负责)).*(?:事宜|问题|工作|事项|项目|经费|方案|办法|的[\u4e00-\u9fff]{2,6})$"
)
# 对于区内为本省服务的设计企业，取消…
_OF_WHOM = re.compile(r"对于(?!.*(?:进行|开展|实行|实施|给予|予以|采取|加强|加大|要|应|须|不得))[^，]{4,}")
# 协调委办公室设在民航总局，…    乡应急办牵头、派出所配合，…    请各乡镇自7月起，…
_SETTING = re.compile(
    r"[^，]{2,30}设在[^，]{2,20}|由?[^，、]{2,20}牵头(?:[、和][^，]{2,40}(?:配合|参与|协助))?|[^，]{2,24}(?<!积极)(?:配合|协助|参与)|请?[^，]{2,16}[自从]\d[^，]{0,10}起"
)
# 4月至5月，组织一次“回头看”    上半年，…    每季度末月，…: only when
_DAY = r"(?:(?:20\d\d|[今明当])年)?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|[底初末份])?|\d{1,2}日|第?[一二三四]季度|[上下]半年|年[底末])"
_TIME_ONLY = re.compile(
    rf"[自从到至在于]?(?:{_DAY}(?:[至到、和-]{_DAY})?|今冬明春|(?:春节|国庆节?|汛期?)(?=前)|每(?:年|半年|季度|月|周)[^，、]{{0,5}})"
    r"(?:之?前|以?内|起|期间)?"
)
_ORDERED_OF = re.compile(
    r"应当?(?=[^，急用])|必须|须|要|不得|由|按|予以|加以|依照|一律|可(?![持靠行再见])|(?:均|都)(?:应|要|须)"
)
_ORDERED = re.compile(r"请|应|要|须|由")
# 县水利局负责全县河道管理工作。    各村不得新建鱼塘。    一级站的选址要尽量避开农田。: a first sentence that says all of its matter
_OWN_SENTENCE = re.compile(
    r"(?!负责)[^，。；：]{2,40}(?:(?:分工|分别|具体|全面|统一|主要)?负责(?![人制同志任])[^，。；]{4,40}(?:工作|管理|事项|事务|事宜|任务|结算|审批)|负责[^，。；]{2,12}工作"
    r"|不得|不准|严禁|(?:要|应|应当|须)尽量|(?<![\u4e00-\u9fff]{12})不[^得断仅利足同少]{1,2}[^，。；]{2,40}[，、]不)"
)
# 由总理签发    应事先报告总理: what these are said of stands before them
_NAMED_FIRST = re.compile(r"由|应|按(?!时|期|月|季)|依照|不得|予以|须|必须|一律")
# 变更事项之一的，…    活动开始前，…    各街道是责任主体，…: when or why, not of what
_OCCASION = re.compile(r"(?:的|者|时|后|前|期间|[中下内])$|^[因如]|是|设在|可(?!行|靠|再)")

_SAYS_ITSELF = 9
_TITLE_LIMIT = 50
# 将审批权限下放至试验区    国务院决定暂时调整实施…    符合回避要求: no topic, though no verb of duty opens it
_NO_TOPIC = re.compile(r"^(?:[将把]|符合|满足|达到|遵守|遵循)|决定|同意")
# 承担单位变更负责人，应报…批准: what happens, not what is to be done
_CHANGES = re.compile(
    r"^[^，。；]{2,24}(?:变更|变动|调整|终止|解散|发生|发现|出现|遇|需要?|确需|申请|申报|举办|从事|使用|新建|占用)[^，。；]{2,}$"
)
# 律师事务所可以依据法律开展业务，但应当遵守…
_PERMITS = re.compile(r"^[^，。；]{0,24}可以")
# 力争到2025年末，全县人均体育场地面积达到2.6平方米    总体目标是：…
# 2025年，街道消防工作坚持预防为主，压实责任，力争火灾起数下降10%以上
_AIMED = re.compile(
    # 今年工作的总思路是：…，全年完成项目26个
    r"(?=.*\d)(?:[^。]{0,20}(?:总体?(?:思路|要求)|工作思路)是：?(?=[^。]*(?:全年|年[内底]|力争|确保)[^。]{0,40}\d)|力争|争取|到20\d\d年|[^。]{0,20}目标[是为]：?|(?:全年|全[县市区镇乡]|[今本]年|20\d\d年)[^。，]{0,16}(?:力争|争取|计划(?=完成|实现|新增))(?=[^。]{0,80}\d)|[^。]{4,120}，(?:力争|争取|奋力|努力(?:实现|使|把)|确保实现|推动实现)(?=[^。]{0,80}\d))(?!.*如下)"
    # 2026年，气象工作以筑牢防线为主线，预警准确率达到91%
    r"|(?:20\d\d|[今本])年，?[^。]{0,30}(?:以[^。，]{2,40}为(?:主线|抓手|统领|引领|主题|核心|重点)|坚持|围绕|聚焦|紧扣)"
    r"(?=[^。]{0,120}，[^，。]{2,24}(?:达到?|不低于|不少于|保持在|控制在|稳定在)\d)(?![^。]*(?:了|已|同比|以来|去年|如下))"
    # 年内确保全镇有2个村成为示范点: a time or nothing, then what is to be made sure of in figures
    r"|(?:(?:到|在)?(?:年[内底]前?|[今本]年(?:内|度|底前)?|全年|20[\dxX]{2}年(?:底前|内)?|\d{1,2}月底前|第?[一二三四]季度))?，?(?:[全我本][省市县区镇乡村校]|各[村镇])?"
    r"(?:要|须|必须)?(?:确保|保证|计划(?!生育|经济|单列)|完成)(?=[^。]{0,60}\d[\d.]*(?:[%％余多]|万|亿|[^\d.年月日号条章届期时〔〕（）、，。-]))(?!.*(?:如下|已|了))"
)
_DRAWN_UP = re.compile(r"，(?:特|现)?(?:制[定订]|提出)如下[^，。；]{0,12}[。：]$")  # 力争…，特制定如下措施。
# 2026年经济社会发展的主要预期目标是：……
_TELLS_AIMS = re.compile(
    r"(?:20\d\d年|[今本]年|全年|“?十[三四五六]五”?(?:时期|期间)?)?[^，。；：\d]{0,20}(?:主要|预期|总体|工作|发展|奋斗)目标(?:任务)?(?:是|为)?："
)
_MAY_AIM = searched(
    "<争|目标|计划|奋力|努力|实现|到20|确保|保证|完成|为主|为抓|坚持|围绕|聚焦|紧扣>"
)  # one of these stands in whatever _AIMED knows
# 主要指标及分工见下表。
_POINTS_ON = re.compile(r"[^，。；]{0,30}(?:见(?:下|附)[表件]|如下[表：])[^，。；]{0,6}[。：:]?")
_FIGURE = re.compile(r"\d|全覆盖|清零")
# 主旨：請各校於3月29日前完成…
# 会议要求，各镇街要…: what minutes order of the whole, before or behind the items
_MEETING_ASKS = re.compile(r"会议(?:还|同时|最后|并)?(?:要求|强调|决定|议定|明确)[，：]")
_LETTER_PART = re.compile(r"(?:主旨|办法|拟办)：")
# 一要绷紧责任弦。 · 二是做强特色产业。 (no 五要素保障, 三要三不要)
_COUNTED_LEAD = re.compile(
    r"[一二三四五六七八九十]{1,2}(?:是要?|要)(?![素件点领求道闻塞旨义一二三四五六七八九十])(?=[\u4e00-\u9fff]{3})"
)
_LIST_MARK = re.compile(r"(?:[一二三四五六七八九十]是|要(?!求)|并)(?=[\u4e00-\u9fff]{3})")
_LEAD_SENTENCE = re.compile(r"[^。；，：！？]{4,16}。(?=.{10,})")
# 常务会议一般每月召开两次。
_RECURS = re.compile(r"每(?:年|半年|季度|月|周|日|天|旬|两|三)")
_LONG_LEAD = re.compile(r"[^。；，：！？]{4,30}。(?=.{10,})")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]{1,5}条")
# 县农业农村局：牵头制定技术意见，…    各乡镇人民政府：负责…    综合协调组：…
_DOER_AND_COLON = re.compile(
    r"(?!.{0,12}(?:机会|社会|大会|内部|部分))[^，。；：（）“”]{1,24}(?:局|办|委|站|所|中心|政府|院|校|公司|部|社|会|队|镇|乡|街道|村|小?组|处|厅|署|科|室|线|单位|部门|企业|林场|农场|银行|[妇残文科侨]联)：(?=.{8})"
)
# 县公安局（森林警察大队）：…: the same with the name that the body has beside its own
_DOER_WITH_BRACKET = re.compile(r"[^，。；：（）“”]{2,16}（[^，。；：（）]{2,16}）：(?=.{8})")
# 认清形势    面临的形势和任务: what follows may be laid on somebody, as it is not on faults or grounds
_SITUATION = re.compile(r"形势|认识|任务")
# 整改要求：…: what stands before it in its item is what is wrong
_MENDS = re.compile(r"整改(?:要求|措施|意见|建议|内容|方案)：")
_OPENS_WHOLE = re.compile(r"(?:各(?!类|种|项|级)|本(?:方案|措施|意见|通知|计划|办法)|以上|请|上述)")


# 现印发给你们，并提出以下要求。
_ASKS_BELOW = re.compile(r"(?:[以如]下(?:几点|工作|具体|贯彻|有关)?要求|要求(?:通知|明确)?如下)。?\s*$")
# 请各单位于12月5日前将贯彻落实情况报局安全科。
# 各镇、各部门要在本要点公布后30日内制定工作台账
_ASKS_WHOLE = re.compile(
    r"请(?:各|你|贵)?[^，。；]{0,30}[于在每].{2,40}(?:报送?|反馈|函告|函复|回复|上报|报备)"
    r"|各[^，。；]{1,24}[在于自]本(?:方案|要点|意见|通知|计划|办法|细则|清单)(?:印发|公布|下发|发布)"
)


def draft(plan: PlanText, brackets: Sequence[Span], lexicon: Lexicon) -> Drafts:
    """The drafts of a plan. ``brackets`` are the responsibility brackets and unit lines, ascending."""
    drafter = _Drafter(plan, brackets, lexicon)
    drafter.visit_all()
    drafter.read_indicators()
    return Drafts(tuple(drafter.tasks), tuple(drafter.goals), tuple(drafter.passed_over))


class _Drafter:
    """One walk over a plan's tree."""

    def __init__(self, plan: PlanText, brackets: Sequence[Span], lexicon: Lexicon) -> None:
        self.plan = plan
        self.match = plan.match
        self.text = plan.text
        self.lexicon = lexicon
        self._unit_brackets = sorted(brackets)
        self._captions = Captions.of(lexicon)
        self._has_particulars = self._captions.hold(plan)
        lines = self._captions.lines(plan) if self._has_particulars else ()
        self.brackets = sorted({*brackets, *lines})
        self._starts = [b.start for b in self.brackets]
        self.rows = {id(r.node): r for t in plan.task_tables for r in t.rows}
        self.tasks: list[TaskDraft] = []
        self.goals: list[GoalDraft] = []
        self.passed_over: list[Span] = []
        self._heads_seen: set[Span] = set()
        self._permitted: list[Span] = []
        self._duties: set[Span] = set()  # the items of a list of duties: each is something to do
        self._genre = genre_of(plan)
        self._is_minutes = is_minutes(plan)
        self._last_end = max((n.span.end for n in plan.root.children), default=0)

    # -- the walk -------------------------------------------------------------------------------------------------------

    def visit_all(self) -> None:
        """Walks the whole tree."""
        if self._genre == "interview":
            return
        root = self.plan.root
        if self._genre == "account":
            for child in root.children:
                if child.heading is not None and acts.looks_ahead(child.heading.of(self.match)):
                    self._visit(child, None, ())
                elif child.kind == "paragraph" and acts.looks_ahead(
                    self.match[child.span.start : child.span.start + _LEADS]
                ):
                    self._paragraph_task(child, child.paragraphs, "task", ())
            return
        if self._genre == "commendation":
            # what is commended has been done: only what is ordered in so many words counts
            self._visit_commendation(root)
            return
        if self._genre == "bulletin":
            self._visit_bulletin(root)
            return
        if self._genre == "offer":
            self._visit_offer(root)
            return
        headed = any(c.kind in _LABELLED or c.children for c in root.children)
        unheard: list[Span] = []
        asks = False  # 现印发给你们，并提出以下要求。: the paragraphs behind it are what it asks
        for k, child in enumerate(root.children):
            if child.kind == "paragraph":
                after = headed and not any(c.kind in _LABELLED or c.children for c in root.children[k:])
                self._free_paragraph(child, headed=headed, after=after or asks)
                asks = (
                    asks
                    or _ASKS_BELOW.search(self.match, max(child.span.start, child.span.end - 12), child.span.end)
                    is not None
                )
            else:
                asks = False
                unheard += self._heard(child, None, ())
        if self.tasks:
            self.passed_over += unheard

    def read_indicators(self) -> None:
        """Each row of a table of indicators is a goal, under the heading that the table stands below."""
        for table in self.plan.indicator_tables:
            start = self.plan.tables[table.index].span.start
            above = next((n for n in reversed(self.plan.nodes()) if n.heading and n.span.start < start), self.plan.root)
            section = tuple(self._name(n) for n in (*self.plan.path(above), above) if n.heading)
            for row in table.rows:
                self.goals.append(GoalDraft(row.span, section, above, tuple(head.span for _, head in row.figures)))

    def _visit_commendation(self, root: Node) -> None:
        for child in root.children:
            if child.kind == "paragraph":
                self._free_paragraph(child, headed=False, after=False)
            elif acts.DUTY.search(self.match, child.span.start, child.span.end):
                self._visit(child, "report", ())

    def _visit_offer(self, root: Node) -> None:
        """Places and lots that are offered, and on what terms: only what is laid on a body by name is to be done."""
        for child in root.children:
            if child.kind != "paragraph" and acts.orders_somebody(child.span.of(self.match)):
                self._visit(child, "report", ())

    def _visit_bulletin(self, root: Node) -> None:
        """What was found and who stands where is told; orders stand in what is asked for, and where a word of duty is."""
        for child in root.children:
            if child.kind == "paragraph":
                self._free_paragraph(child, headed=False, after=False)
            elif child.heading is not None and acts.asks(child.heading.of(self.match)):
                self._visit(child, None, ())
            elif acts.DUTY.search(self.match, child.span.start, child.span.end):
                self._visit(child, "report", ())

    def _visit(self, node: Node, kind: SectionKind | None, section: tuple[Heading, ...]) -> None:
        if node.kind == "table":
            for child in node.children:
                self._row(self.rows[id(child)], section)
            return
        name = node.heading.of(self.match) if node.heading else ""
        own = acts.section_kind(self.lexicon, name) if name else None
        if own in (None, "generic") and kind in (
            "aim",
            "guiding",
            "background",
            "significance",
            "definition",
            "members",
            "award",
            "standard",
            "principle",
            "report",
            "closing",
        ):
            own = kind
        elif own is None:
            replies = name and not self._is_minutes and acts.answers(name)
            own = "report" if replies else "task"
        elif own == "report" and acts.DUTY.search(self.match, node.span.start, node.span.end) is None:
            own = "definition"  # 夜间停车还收费吗？答：…: nobody is told to do anything
        below = [
            c for c in node.children if (c.kind == "table" and c.children) or (c.kind in _LABELLED and self._speaks(c))
        ]
        content = self._captions.of_item(self.match, below, self._unit_brackets) if len(below) > 1 else None
        if content is not None:
            self._of_particulars(node, content, own, section)
        elif below:
            self._branch(node, own, section, below)
        else:
            self._leaf(node, own, section)

    def _speaks(self, node: Node) -> bool:
        """False for a bare unnumbered line that nothing stands under: a legend, a stray name."""
        return bool(node.label.strip("•●·—- ") or node.paragraphs or node.children)

    def _branch(self, node: Node, kind: SectionKind, section: tuple[Heading, ...], below: Sequence[Node]) -> None:
        """A heading over smaller items: its lead-in orders nothing of its own, its results are goals."""
        own = self._sentences(node)
        lead = [node.heading, *own] if node.heading else own
        announced = self._announced(lead, below) if node.label and lead else None
        if announced is not None:
            self._spelled_out(node, kind, section, announced)
            return
        inner = (*section, self._name(node)) if node.heading or node.label else section
        before = len(self.tasks), len(self.goals)
        if lead and lists.announces_duties(lead[-1].of(self.match)):
            self._duties.update(c.span for c in below)
        for sentence in own:
            act = acts.classify(self.lexicon, sentence.of(self.match), kind)
            if act == "result" and _POINTS_ON.fullmatch(sentence.of(self.match)):
                continue
            aimed = act == "order" and kind in ("task", "generic") and self._is_aimed(sentence)
            if aimed or (act == "result" and kind not in ("guiding", "award")):
                self.goals.append(GoalDraft(sentence, inner, node))
            elif act == "order" and acts.DUTY.search(sentence.of(self.match)):
                self.passed_over.append(sentence)
        unheard: list[Span] = []
        for child in below:
            unheard += self._heard(child, kind, inner)
        if len(self.tasks) > before[0]:
            self.passed_over += unheard
        if len(self.tasks) == before[0] and kind in ("task", "generic") and node.paragraphs and node.kind in _LABELLED:
            # the smaller items order nothing (conditions, contents): the item that they spell out is the task
            del self.goals[before[1] :]
            paragraphs = [*node.paragraphs, *(p for c in below for n in c.walk() for p in self._whole(n))]
            self._task(node, sorted(paragraphs), kind, section, "tasks.item")

    def _heard(self, node: Node, kind: SectionKind | None, section: tuple[Heading, ...]) -> list[Span]:
        """Visits a node; the first words of an item that gave nothing and yet should have."""
        had = len(self.tasks), len(self.goals), len(self.passed_over)
        self._visit(node, kind, section)
        gave = had != (len(self.tasks), len(self.goals), len(self.passed_over))
        return [self._first_words(node)] if not gave and self._is_silent(node, kind) else []

    def _is_silent(self, node: Node, kind: SectionKind | None) -> bool:
        """True for a numbered item in a list of tasks that should have said what to do, though no order was heard."""
        if kind not in (None, "task", "generic") or not node.label or node.kind not in _LABELLED or node.children:
            return False
        name = node.heading.of(self.match) if node.heading else ""
        own = acts.section_kind(self.lexicon, name) if name else None
        if acts.answers(name) or (kind is None and not node.sentences) or self._is_assigned(node):
            return False
        first = self._first_words(node).of(self.match)
        return own in (None, "task") and len(first) >= _SHORTEST_DUTY and not acts.is_no_duty(first)

    def _first_words(self, node: Node) -> Span:
        """The heading of an item, else its first sentence."""
        if node.heading is not None:
            return node.heading
        return next(iter(self._sentences(node)), node.span)

    def _announced(self, lead: Sequence[Span], below: Sequence[Node]) -> lists.Announced | None:
        parts = [(c.heading or c.paragraphs[0]).of(self.match) for c in below if c.heading or c.paragraphs]
        line = self.match.rfind("\n", 0, lead[-1].start) + 1  # the last line before the list, all its sentences
        said = Span(max(line, lead[0].start), lead[-1].end)
        return lists.announced(self.lexicon, said.of(self.match), parts)

    def _spelled_out(
        self, node: Node, kind: SectionKind, section: tuple[Heading, ...], announced: lists.Announced
    ) -> None:
        """An item whose list only spells it out: one task where its lead-in, or what follows the list, orders something."""
        if kind in ("aim", "guiding", "principle", "background", "significance", "definition"):
            return
        own = self._sentences(node)
        opening = node.heading or (own[0] if own else None)
        if node.heading is not None and (not own or (node.paragraphs and node.paragraphs[0].holds(node.heading))):
            own = [self._to_stop(node.heading), *own]
        leaves = [n for n in node.walk() if n is not node]
        last = leaves[-1]
        own_line = last.heading is None or (last.paragraphs and last.paragraphs[0].holds(last.heading))
        after = [s for p in last.paragraphs[1 if own_line else 0 :] for s in self._own_sentences(p)]
        if announced == "conditions":
            own = own[:-1]
        measures, _ = self._judge([*own, *after], "report")
        if not measures:
            return
        title = self._title(opening if opening not in measures else None, measures)
        lines = [*node.paragraphs, *(p for n in leaves for p in self._whole(n))]
        head = [node.heading] if node.heading and not any(p.holds(node.heading) for p in lines) else []
        text = [piece for p in sorted([*head, *lines]) for piece in self._cut(p)]
        extent = tuple(_merge([node.span]))
        self.tasks.append(
            TaskDraft(
                node,
                title,
                tuple(text),
                extent,
                (*section, self._name(node, title)),
                tuple(measures),
                (),
                "tasks.list",
                kind,
            )
        )

    def _of_particulars(
        self, node: Node, content: Sequence[Node], kind: SectionKind, section: tuple[Heading, ...]
    ) -> None:
        """An item whose numbered lines are its particulars (1.活动时间：… 2.活动内容：…): one task."""
        body = [s for n in (node, *content) for s in self._sentences(n)]
        measures, goals = self._judge(body, kind)
        if not measures:
            measures = [s for s in body if s not in goals]
        if not measures and not goals:
            return
        lines = [
            *node.paragraphs,
            *(Span(max(p.start, self._said_from(n)), p.end) for n in content for p in n.paragraphs),
        ]
        own = [node.heading] if node.heading and not any(p.holds(node.heading) for p in lines) else []
        title = self._title(node.heading, measures or goals)
        self.tasks.append(
            TaskDraft(
                node,
                title,
                tuple(piece for p in (*own, *lines) for piece in self._cut(p)),
                (node.span,),
                (*section, self._name(node, title)),
                tuple(measures),
                tuple(goals),
                "tasks.item",
                kind,
            )
        )

    def _said_from(self, node: Node) -> int:
        """Where the words of a captioned line begin, behind its number and caption."""
        first = node.paragraphs[0] if node.paragraphs else node.span
        return self._after(first, node.heading).start

    def _whole(self, node: Node) -> Iterator[Span]:
        """The lines of a node with their labels."""
        if node.paragraphs:
            first = node.paragraphs[0]
            start = node.span.start if node.span.start < first.start else first.start
            if node.heading is not None and not first.holds(node.heading):
                yield Span(node.span.start, node.heading.end)
                start = first.start
            yield Span(start, first.end)
            yield from node.paragraphs[1:]
        elif node.heading is not None:
            yield Span(node.span.start, node.heading.end)

    def _leaf(self, node: Node, kind: SectionKind, section: tuple[Heading, ...]) -> None:
        if kind in ("background", "significance") and self._orders_amid_reasons(node, kind):
            # 充分认识…的重要性。…各级人民政府要把…列入议事日程。: what is laid on somebody by name is to be done
            kind = "closing"
        if kind in ("aim", "guiding", "principle", "background", "significance", "definition") and not (
            kind == "aim" and self._is_indicator(node)
        ):
            self._stated(node, kind, section)
            return
        groups = self._groups(node, kind)
        several = len(groups) > 1 and bool(groups[0])
        led = several and self._all_led(groups)
        apart = several and (led or kind in ("generic", "members") or self._all_named(groups))
        for number, group in enumerate(groups):
            headed = number == 0 and not apart
            if headed:
                self._task(node, group, kind, section, "tasks.item")
            else:
                run_in = bool(node.heading and node.paragraphs and node.paragraphs[0].holds(node.heading))
                own_section = section if run_in or (node.heading is None) else (*section, self._name(node))
                if number and group[0] in self._of_whole(node):
                    own_section = section[:1] if self._is_last(node) else section
                elif number and not groups[0]:
                    own_section = section
                self._paragraph_task(node, group, kind, own_section, led=led)
        if not groups:
            self._task(node, [], kind, section, "tasks.heading")

    def _is_indicator(self, node: Node) -> bool:
        """True for a numbered aim of one sentence with units of its own: 1.粮食产量稳定在28万吨。责任单位：县农业农村局."""
        if not node.label or node.kind not in _LABELLED or not self._is_assigned(node):
            return False
        said = [s for p in node.paragraphs for s in self._own_sentences(p)] or [self._first_words(node)]
        return len(said) == 1 and _FIGURE.search(self.match, said[0].start, said[0].end) is not None

    def _orders_amid_reasons(self, node: Node, kind: SectionKind) -> bool:
        if kind == "background" and not (node.heading and _SITUATION.search(node.heading.of(self.match))):
            return False
        return any(acts.orders_amid_reasons(s.of(self.match)) for s in self._sentences(node))

    def _groups(self, node: Node, kind: SectionKind) -> list[list[Span]]:
        """The paragraphs of a leaf, those of one task together."""
        paragraphs = list(node.paragraphs)
        run_in = node.heading is None or (bool(paragraphs) and paragraphs[0].holds(node.heading))
        if paragraphs and not run_in:
            above = self.plan.parent(node)
            if above and above.children[-1] is node and self._comes_back(above, paragraphs[0]):
                return [[], paragraphs]
        if len(paragraphs) <= 1:
            return [paragraphs] if paragraphs else []
        if not run_in and (kind in ("generic", "members") or self._all_led([[p] for p in paragraphs])):
            return [[p] for p in paragraphs]
        if not run_in and self._all_named([[p] for p in paragraphs]):
            return [[p] for p in paragraphs]
        groups: list[list[Span]] = [[]]
        for paragraph in paragraphs:
            closed = groups[-1] and self._closed(groups[-1][-1]) and not self._only_bracket(paragraph)
            if closed and (run_in or not all(self._only_bracket(p) for p in groups[-1])):  # not 活动时间：… alone
                groups.append([])
            groups[-1].append(paragraph)
        if len(groups) == 1:
            whole = self._of_whole(node)
            if whole:
                return [[p for p in paragraphs if p not in whole], *([p] for p in whole)]
        return groups

    def _of_whole(self, node: Node) -> tuple[Span, ...]:
        """The paragraphs behind the last item that are no part of it, but of the plan or of the article above.

        They say so (各镇要…, 本方案各项任务…), or all other items of the list are of one paragraph and this one, the last
        of the plan or of its article, is of more.
        """
        paragraphs = node.paragraphs
        last = self._is_last(node)
        if len(paragraphs) < 2:
            return ()
        if last and self._has_a_line_more(node):
            return paragraphs[-1:]
        if node.heading is not None and not paragraphs[0].holds(node.heading):
            asks = last and _ASKS_WHOLE.match(self.match, paragraphs[-1].start, paragraphs[-1].end)
            return paragraphs[-1:] if asks else self._of_article(node)
        if last and len(paragraphs) == 2 and _OPENS_WHOLE.match(self.match, paragraphs[1].start, paragraphs[1].end):
            return paragraphs[1:]
        above = self.plan.parent(node)
        if above is None or above.children[-1] is not node:
            return ()
        if not (last or _ARTICLE.match(above.label) or self._comes_back(above, paragraphs[1])):
            return ()
        others = above.children[:-1]
        single = len(others) >= 2 and all(len(c.paragraphs) == 1 and c.label and not c.children for c in others)
        return paragraphs[1:] if single and not any(self._only_bracket(p) for p in paragraphs[1:]) else ()

    def _has_a_line_more(self, node: Node) -> bool:
        """True where each item has as many lines and the last one more, which speaks to all: 请各单位认真整改。"""
        if not _OPENS_WHOLE.match(self.match, node.paragraphs[-1].start, node.paragraphs[-1].end):
            return False
        above = self.plan.parent(node)
        others = above.children[:-1] if above is not None and above.children[-1] is node else ()
        lines = [
            self.match.count("\n", c.span.start, c.span.end) for c in (*others, node) if c.label and not c.children
        ]
        return (
            len(others) >= 2 and len(lines) == len(others) + 1 and set(lines[:-1]) == {lines[-1] - 1} and lines[-1] > 1
        )

    def _of_article(self, node: Node) -> tuple[Span, ...]:
        """The paragraphs behind the last named item of an article, where each of its sisters has but one."""
        above = self.plan.parent(node)
        if above is None or above.children[-1] is not node or not _ARTICLE.match(above.label):
            return ()
        others = above.children[:-1]
        named = len(others) >= 2 and all(len(c.paragraphs) == 1 and c.heading and not c.children for c in others)
        if not named or _GOES_ON.match(self.match, node.paragraphs[1].start, node.paragraphs[1].end):
            return ()
        return node.paragraphs[1:]

    def _comes_back(self, above: Node, paragraph: Span) -> bool:
        """True for a paragraph that opens with what the item above speaks of: 常务会议由…组成… 常务会议每月召开两次。"""
        words = self.match[paragraph.start : paragraph.start + _SUBJECT_LENGTH]
        opening = above.heading or (above.paragraphs[0] if above.paragraphs else above.span)
        return words in self.match[opening.start : opening.start + 2 * _SUBJECT_LENGTH] and "，" not in words

    def _all_led(self, groups: Sequence[Sequence[Span]]) -> bool:
        """True where each paragraph opens with a short lead sentence (坚持党的领导。…): each is a task of its own."""
        firsts = [g[0] for g in groups]
        if len(firsts) < 2 or not all(_LONG_LEAD.match(self.match, p.start, p.end) for p in firsts):
            return False
        short = sum(1 for p in firsts if _LEAD_SENTENCE.match(self.match, p.start, p.end))
        return 2 * short >= len(firsts)

    def _all_named(self, groups: Sequence[Sequence[Span]]) -> bool:
        """True where each paragraph opens with who does it (县财政局：…): each is a task of its own."""
        named = [_DOER_AND_COLON.match(self.match, g[0].start, g[0].end) for g in groups]
        return any(named) and all(
            n or _DOER_WITH_BRACKET.match(self.match, g[0].start, g[0].end) for n, g in zip(named, groups, strict=True)
        )

    def _is_last(self, node: Node) -> bool:
        return node.span.end >= self._last_end

    def _closed(self, paragraph: Span) -> bool:
        """True where a paragraph ends with its responsibility bracket."""
        k = bisect_left(self._starts, paragraph.end) - 1
        if k < 0 or self.brackets[k].start < paragraph.start:
            return False
        return not _SAID.search(self.match, min(self.brackets[k].end, paragraph.end), paragraph.end)

    def _only_bracket(self, paragraph: Span) -> bool:
        return not self._cut(paragraph)

    # -- paragraphs -----------------------------------------------------------------------------------------------------

    def _free_paragraph(self, node: Node, *, headed: bool, after: bool) -> None:
        """A paragraph outside all items: a task where it orders something, in so many words."""
        (paragraph,) = node.paragraphs
        if _TELLS_AIMS.match(self.match, paragraph.start, paragraph.end):
            self._stated(node, "aim", ())
            return
        subject = _LETTER_PART.match(self.match, paragraph.start, paragraph.end)
        after = (
            after or subject is not None or _COUNTED_LEAD.match(self.match, paragraph.start, paragraph.end) is not None
        )
        kind: SectionKind | None = "task" if after else None
        found = [(s, acts.classify(self.lexicon, s.of(self.match), kind)) for s in self._own_sentences(paragraph)]
        orders = [s for s, act in found if act == "order" and self._orders(s)]
        if headed and not after and not (orders and _MEETING_ASKS.match(self.match, paragraph.start, paragraph.end)):
            # a preamble: its orders are those of the whole notice, spelled out below
            self.passed_over += [s for s in orders if acts.orders_somebody(s.of(self.match))]
            aimed = next((k for k, (s, _) in enumerate(found) if self._is_aimed(s)), len(found))
            self.goals += [GoalDraft(s, (), node) for s, _ in found[aimed:] if self._aims(s)]
            return
        if orders:
            self._paragraph_task(node, [paragraph], "task" if after else "report", ())
        elif not headed and self._genre == "order":
            self.goals += [GoalDraft(s, (), node) for s, act in found if act == "result"]

    def _is_aimed(self, sentence: Span) -> bool:
        """True for a sentence that names an aim in figures: 力争…达到2.6平方米; what a paper is for (为…，现将…) is none."""
        if self.match.startswith("为", sentence.start) and self.match.find("，现", sentence.start, sentence.end) > 0:
            return False
        if _MAY_AIM.search(self.match, sentence.start, sentence.end) is None:
            return False
        text = sentence.of(self.match)
        if text.startswith("20") and self.plan.year is not None and text[:4] < self.plan.year:
            return False  # 2025年，…: what the year before came to
        return _AIMED.match(_DRAWN_UP.sub("", text) if "如下" in text else text) is not None

    def _aims(self, sentence: Span) -> bool:
        """True for a sentence of a preamble that states an aim, or goes on with the one before it (…；茶厂达到6家)."""
        text = sentence.of(self.match)
        return (
            self._is_aimed(sentence)
            or acts.classify(self.lexicon, text, None) == "result"
            or (_FIGURE.search(text) is not None and acts.classify(self.lexicon, text, "aim") == "result")
        )

    def _orders(self, sentence: Span) -> bool:
        """True where a sentence orders in so many words: a word of duty, or an action from its first word on."""
        text = sentence.of(self.match)
        return bool(acts.DUTY.search(text)) or acts.opens_with_act(self.lexicon, text)

    def _stated(self, node: Node, kind: SectionKind, section: tuple[Heading, ...]) -> None:
        """A section of aims: its sentences are goals; of principles or background: nothing."""
        inner = (*section, self._name(node)) if node.heading or node.label else section
        whole = [Span(s.start, s.end) for s in self._sentences(node)]
        if kind == "aim" and node.heading is not None and node.label:
            lead = node.heading
            bare = not whole and acts.section_kind(self.lexicon, lead.of(self.match)) is None and lead.length > 8
            figure = node.sentences[0].span if node.sentences else None
            if figure is not None and self._names_its_figure(lead, figure):
                whole = [Span(lead.start, figure.end), *(s for s in whole if s.start >= figure.end)]
            elif bare or acts.states_result(self.lexicon, lead.of(self.match)):
                whole = [lead, *whole]
        for sentence in whole:
            act = acts.classify(self.lexicon, sentence.of(self.match), kind)
            if kind == "aim" and act == "result":
                if _POINTS_ON.fullmatch(sentence.of(self.match)) is None:
                    self.goals.append(GoalDraft(sentence, inner, node))
            elif (kind == "principle" and acts.orders_somebody(sentence.of(self.match))) or (
                kind == "background" and acts.orders_amid_reasons(sentence.of(self.match))
            ):
                self.passed_over.append(sentence)

    def _names_its_figure(self, lead: Span, sentence: Span) -> bool:
        """True for 卫生户厕普及率：2024年85%，2025年88%: the label is what the figures are of, so they are one sentence."""
        if self.match[lead.end : sentence.start].strip() not in ("：", ":"):
            return False
        ends = target_words(self.lexicon).indicator_end.search(self.match, lead.start, lead.end)
        return ends is not None and _FIGURE.search(sentence.of(self.match)) is not None

    # -- tasks ----------------------------------------------------------------------------------------------------------

    def _task(
        self, node: Node, paragraphs: Sequence[Span], kind: SectionKind, section: tuple[Heading, ...], rule: str
    ) -> None:
        own_heading = node.heading
        text = [piece for p in paragraphs for piece in self._cut(p)]
        inside = False
        mends: int | None = None  # the paragraph that says how to mend what those before it say is wrong
        for k, p in enumerate(paragraphs):
            inside = inside or (own_heading is not None and p.start <= own_heading.start and own_heading.end <= p.end)
            if mends is None and self.match.startswith("整改", p.start) and _MENDS.match(self.match, p.start):
                mends = k
        told = mends or 0
        if own_heading is not None and not inside:
            text = [*self._cut(own_heading), *text]
        body = [s for p in paragraphs[told:] for s in self._own_sentences(self._after(p, own_heading))]
        words = self.match[body[0].start : body[-1].end] if body and own_heading is not None else ""
        remarks: list[Span] = []
        if "时间" in words or "日期" in words or "地点" in words or "见附" in words:
            remarks = [s for s in body if s.length <= _LONGEST_REMARK and _REMARK.fullmatch(self.match, s.start, s.end)]
            body = [s for s in body if s not in remarks]
        self._permitted.clear()
        measures, goals = self._judge(body, kind)
        bare = own_heading if not body and kind != "generic" and not inside else None
        if bare is not None and self._is_assigned(node) and acts.states_only_levels(self.lexicon, bare.of(self.match)):
            goals = [bare]  # 地区生产总值增长7%以上, with its units on the next line
        elif bare is not None and self._is_order(bare, kind):
            measures = self._own_sentences(bare)
        elif bare is not None and kind == "task" and node.label and self._is_figured_result(bare):
            goals = self._own_sentences(bare)  # 力争年内新建公厕2座。
        if not measures and (self._is_assigned(node) or node.span in self._duties):
            # what somebody is made responsible for is something to do, whatever its words
            measures = [s for s in body if s not in goals]
            if not measures and not goals and own_heading is not None:
                measures = self._own_sentences(own_heading)
        elif own_heading is not None and (inside or self.match[own_heading.end : own_heading.end + 1] == "。"):
            alone = (
                not measures
                and not goals
                and (
                    self._orders_alone(own_heading, body)
                    or (bool(remarks) and not body and self._is_order(own_heading, kind))
                )
            )
            if (
                alone
                or self._is_whole_article(node, own_heading)
                or (measures and _OWN_SENTENCE.match(self.match, own_heading.start, own_heading.end))
            ):
                measures = [self._to_stop(own_heading), *(m for m in measures if not own_heading.holds(m))]
        if not self._is_task(node, measures, goals, kind):
            self.goals += [GoalDraft(g, (*section, self._name(node)), node) for g in goals]
            return
        title = self._title(own_heading or self._fault(paragraphs[:told]), measures or goals)
        extent = [Span(node.span.start, own_heading.end)] if own_heading is not None else []
        name = self._name(node, title)
        self.tasks.append(
            TaskDraft(
                node,
                title,
                tuple(text),
                tuple(_merge([*extent, *paragraphs])),
                (*section, name),
                tuple(measures),
                tuple(goals),
                rule,
                kind,
            )
        )

    def _fault(self, before: Sequence[Span]) -> Span | None:
        """The clause that names what is wrong, in the lines before 整改要求."""
        return next(_clauses(self.match, before[0]), None) if before else None

    def _paragraph_task(
        self,
        node: Node,
        paragraphs: Sequence[Span],
        kind: SectionKind,
        section: tuple[Heading, ...],
        *,
        led: bool = False,
    ) -> None:
        """A paragraph that is a task. ``led``: its sisters and it open with a lead sentence each, however long."""
        text = [piece for p in paragraphs for piece in self._cut(p)]
        if not text or (len(text) == 1 and self._only_names(text[0])):
            return
        body = [s for p in paragraphs for s in self._own_sentences(p)]
        heading: Span | None = None
        lead = (_LONG_LEAD if led else _LEAD_SENTENCE).match(self.match, text[0].start, text[0].end)
        if lead and len(body) > 1 and not _RECURS.search(lead.group()):
            heading = Span(lead.start(), lead.end() - 1)
            body = body[1:]
        measures, goals = self._judge(body, kind)
        if not measures:
            self.goals += [GoalDraft(g, section, node) for g in goals]
            return
        title = self._title(heading, measures)
        self.tasks.append(
            TaskDraft(
                node,
                title,
                tuple(text),
                tuple(paragraphs),
                section,
                tuple(measures),
                tuple(goals),
                "tasks.paragraph",
                kind,
            )
        )

    def _only_names(self, line: Span) -> bool:
        """True for a line that is a body's name and nothing else: a heading that lost its look, a signature."""
        words = line.of(self.match)
        names = Names.of(self.lexicon)
        if line.length > _LONGEST_NAME or names.kind(words) not in ("organ", "generic") or _CLAUSE_END.search(words):
            return False
        return not (names.opens_with_verb(words) or acts.opens_with_act(self.lexicon, words))

    def _row(self, row: TableRow, section: tuple[Heading, ...]) -> None:
        """A row of a task table: its content cells are its text; a heading cell beside measures is its title."""
        content = [trim(self.text, c.span) for c in row.of("task", "measure", "standard")]
        tasks = [trim(self.text, c.span) for c in row.of("task")]
        measures_cells = [trim(self.text, c.span) for c in row.of("measure")]
        body: list[Span] = []
        for cell in content:
            for line in self._cell_lines(cell):
                own = self._own_sentences(line)
                if cell in tasks and measures_cells:
                    # 空气优良率保持在95%以上。beside what is done for it: a result, and no measure
                    own = [s for s in own if self._is_figured_result(s)]
                body += own
        standards = [trim(self.text, c.span) for c in row.of("standard")]
        measures: list[Span] = []
        goals: list[Span] = []
        for sentence in body:
            of_standard = any(c.holds(sentence) for c in standards)
            if of_standard and tasks and not self._tells_of_what(sentence):
                continue  # a level alone (95%以上): what it is of stands in the cell before
            kind: SectionKind = "standard" if of_standard else "task"
            label = labels.read(self.match, sentence.start, sentence.end)
            said = Span(label.span.end, sentence.end) if label else sentence
            act = acts.classify(self.lexicon, said.of(self.match), kind)
            if act == "order":
                measures.append(sentence)
            elif act == "result":
                goals.append(sentence)
        if measures and all(acts.states_level(self.lexicon, s.of(self.match)) for s in measures):
            # 城镇新增就业3200人，失业率控制在4.5%以内。: a row that orders nothing but only says where its figures are to stand
            goals = sorted([*goals, *measures])
            measures = []
        heads = list(row.group)
        for head in heads:
            # a heading cell that is itself a result (就业率达92%以上) is a goal of the first row that it heads
            if head not in self._heads_seen and self._is_figured_result(head):
                goals.insert(0, head)
            self._heads_seen.add(head)
        problems = [trim(self.text, c.span) for c in row.of("problem")]
        text = sorted({*heads, *problems, *content})
        named = self._cell_lines(tasks[-1]) if tasks else []
        alone = len(content) == len(tasks)  # the cell holds all there is to do, and names nothing that others spell out
        opening = measures or goals or content
        if not named and standards and content[0] == standards[0] < opening[0] and self._tells_of_what(standards[0]):
            opening = content  # 加装电梯40部 | 一季度 | …: the aim for the year names what its quarters spell out
        title = self._title(self._first_part(named[0], alone=alone) if named else None, opening)
        self.tasks.append(
            TaskDraft(
                row.node,
                title,
                tuple(text),
                # what has been done so far (进展情况) orders nothing
                tuple(sorted({*(trim(self.text, c.span) for r, c in row.cells if r != "progress"), *heads})),
                (*section, *heads),
                tuple(measures),
                tuple(goals),
                "tasks.table_row",
                "task",
                row,
            )
        )

    def _tells_of_what(self, span: Span) -> bool:
        return _SAYS_OF_WHAT.search(_FIGURES.sub("", span.of(self.match))) is not None

    def _is_figured_result(self, span: Span) -> bool:
        said = span.of(self.match)
        return _FIGURE.search(said) is not None and acts.classify(self.lexicon, said, "task") == "result"

    def _first_part(self, line: Span, *, alone: bool) -> Span:
        """A cell's line up to its first ； or 。, of one that stands ``alone`` the first action clause; without a month
        that opens it (9到12月后续派遣)."""
        month = _BARE_MONTH.match(self.match, line.start, line.end)
        start = month.end() if month else line.start
        stop = _STOP.search(self.match, start + 2, line.end)
        first = Span(start, stop.start() if stop else line.end)
        comma = self.match.find("，", first.start, first.end)
        if not alone or comma - first.start < _SAYS_ITSELF - 1 or acts.DUTY.search(self.match, first.start, first.end):
            return first
        return self._action_clause(first)

    def _cell_lines(self, cell: Span) -> list[Span]:
        """The lines of a cell without a date label that opens them (5月：)."""
        out: list[Span] = []
        at = cell.start
        for line in self.match[cell.start : cell.end].split("\n"):
            span = trim(self.match, Span(at, at + len(line)))
            at += len(line) + 1
            label = _DATE_LABEL.match(self.match, span.start, span.end)
            if label:
                span = Span(label.end(), span.end)
            if span.start < span.end:
                out.append(span)
        return out

    # -- judging --------------------------------------------------------------------------------------------------------

    def _judge(self, body: Iterable[Span], kind: SectionKind) -> tuple[list[Span], list[Span]]:
        measures: list[Span] = []
        goals: list[Span] = []
        match, lexicon = self.match, self.lexicon
        for sentence in body:
            text = match[sentence.start : sentence.end]
            act = acts.classify(lexicon, text, kind)
            if act == "order":
                measures.append(sentence)
            elif act == "result":
                goals.append(sentence)
            elif act == "permission":
                self._permitted.append(sentence)
            elif acts.may_be_missed(text):
                self.passed_over.append(sentence)
        return measures, goals

    def _is_order(self, bare: Span, kind: SectionKind) -> bool:
        """True for a bare line that says what to do; one with a stop is a sentence and judged as such."""
        words = bare.of(self.match)
        if acts.orders(self.lexicon, words):
            return True
        stopped = self._to_stop(bare).of(self.match)
        return stopped != words and acts.classify(self.lexicon, stopped, kind) == "order"

    def _is_assigned(self, node: Node) -> bool:
        """True for an item that closes with a bracket or line of its units."""
        return any(node.span.holds(b) for b in self._unit_brackets)

    def _orders_alone(self, heading: Span, body: Sequence[Span]) -> bool:
        """True for a first sentence that is an order to somebody while what follows it is neither order nor penalty."""
        words = heading.of(self.match)
        return acts.opens_with_one_character(words) or (
            acts.orders_somebody(words) and not any(acts.PENALTY.search(self.match, s.start, s.end) for s in body)
        )

    def _is_whole_article(self, node: Node, heading: Span) -> bool:
        """True for the first sentence of an article that orders by a word of duty: articles have no run-in headings."""
        return (
            acts.DUTY.search(self.match, heading.start, heading.end) is not None
            and _ARTICLE.match(node.label) is not None
            and acts.classify(self.lexicon, self._to_stop(heading).of(self.match), "report") == "order"
        )

    def _to_stop(self, heading: Span) -> Span:
        """A heading with the stop behind it, as the sentence that it is."""
        return Span(heading.start, heading.end + (self.match[heading.end : heading.end + 1] in tuple("。；！")))

    def _is_task(self, node: Node, measures: Sequence[Span], goals: Sequence[Span], kind: SectionKind) -> bool:
        if measures:
            return True
        if kind == "award":
            return False
        if goals and kind == "standard":
            return True
        # an indicator with its unit is a task; so is one under a heading that says what to do (切实加强耕地保护)
        if goals and kind == "task" and node.label and node.heading is not None and node.paragraphs:
            figured = any(_FIGURE.search(g.of(self.match)) for g in goals)
            if figured and acts.opens_with_act(self.lexicon, node.heading.of(self.match)):
                return True
        return bool(goals) and any(node.span.holds(b) for b in self.brackets)

    # -- text -----------------------------------------------------------------------------------------------------------

    def _sentences(self, node: Node) -> list[Span]:
        return [s for p in node.paragraphs for s in self._own_sentences(self._after(p, node.heading))]

    def _own_sentences(self, paragraph: Span) -> list[Span]:
        """The sentences of a paragraph without its responsibility brackets."""
        spans = self._split(paragraph)
        if not spans or self._bracket_at(paragraph.start, max(paragraph.end, spans[-1].end)) is None:  # as most
            if self._has_particulars:
                return [span for span in spans if self._says(span)]
            match, words = self.match, _WORDS.search
            return [span for span in spans if words(match, span.start, span.end)]
        out: list[Span] = []
        for whole in spans:
            span = self._behind_bracket(whole)
            if span is None:
                continue
            if self._bracket_at(span.start, span.end) is None:
                if self._says(span):
                    out.append(span)
            else:
                out += [piece for piece in self._cut(span) if self._says(piece)]
        return out

    def _behind_bracket(self, sentence: Span) -> Span | None:
        """A sentence without the bracket that began before it: 牵头单位：A；责任单位：B；完成时限：…; nothing where that is all."""
        k = bisect_left(self._starts, sentence.start) - 1
        if k < 0 or self.brackets[k].end <= sentence.start:
            return sentence
        return Span(self.brackets[k].end, sentence.end) if self.brackets[k].end < sentence.end else None

    def _split(self, paragraph: Span) -> list[Span]:
        """The sentences of a paragraph as the tree holds them, split anew only where it holds none."""
        held = self.plan.sentences_from(paragraph)
        if held and held[0].span.start - paragraph.start <= 1 and paragraph.end - held[-1].span.end <= 1:
            return [s.span for s in held]
        return [s.span for s in sentences(self.match, paragraph)]

    def _bracket_at(self, start: int, end: int) -> int | None:
        """The number of the first responsibility bracket that begins in a run."""
        starts = self._starts
        if not starts or starts[-1] < start:
            return None
        k = bisect_left(starts, start)
        return k if starts[k] < end else None

    def _says(self, piece: Span) -> bool:
        if _WORDS.search(self.match, piece.start, piece.end) is None:
            return False
        return not (self._has_particulars and INSIDE.fullmatch(self.match, piece.start, piece.end))

    def _after(self, paragraph: Span, heading: Span | None) -> Span:
        if heading is None or heading.start < paragraph.start or heading.end > paragraph.end:
            return paragraph
        start, end = heading.end, paragraph.end
        while start < end and self.match[start] in "）。：；！？ :":
            start += 1
        return Span(start, end)

    def _cut(self, span: Span) -> list[Span]:
        """``span`` without the responsibility brackets in it."""
        k = self._bracket_at(span.start, span.end)
        if k is None:
            piece = trim(self.text, span)
            return [piece] if self._keeps(piece) else []  # most hold no bracket
        parts: list[Span] = []
        at = span.start
        while k < len(self._starts) and self._starts[k] < span.end:
            parts.append(Span(at, self._starts[k]))
            at = max(at, self.brackets[k].end)
            k += 1
        parts.append(Span(at, span.end))
        pieces = [trim(self.text, part) for part in parts]
        return [piece for piece in pieces if self._keeps(piece)]

    def _keeps(self, piece: Span) -> bool:
        start, end = piece.start, piece.end
        return start < end and (self.match[start].isalnum() or _WORD.search(self.match, start, end) is not None)

    def _name(self, node: Node, title: Span | None = None) -> Heading:
        """A node's label with its heading, or with its title where it has none; in words where the title stands apart."""
        ending = node.heading or title
        if ending is None or ending.end <= node.span.start:
            first = node.paragraphs[0] if node.paragraphs else node.span
            stop = _CLAUSE_END.search(self.match, first.start, first.end)
            return Span(node.span.start, stop.start() if stop else first.end)
        if node.heading is None and node.label and node.paragraphs and ending.start > node.paragraphs[0].start:
            label = Span(node.span.start, node.paragraphs[0].start)
            return label.of(self.text) + ending.of(self.text)
        name = Span(node.span.start, ending.end)
        if self._is_whole(name):
            return name
        ends = (self._cut(name) or [ending])[0].end
        return Span(name.start, max(ends, name.start))

    def _is_whole(self, span: Span) -> bool:
        """True where nothing is to be cut off ``span``: neither a bracket nor spaces at its ends."""
        ends_well = self.text[span.start] not in SPACES and self.text[span.end - 1] not in SPACES
        return ends_well and self._bracket_at(span.start, span.end) is None

    def _title(self, heading: Span | None, measures: Sequence[Span]) -> Span:
        """The heading without its brackets, else the first action clause of the first measure."""
        if heading is not None:
            piece = heading if self._is_whole(heading) else (self._cut(heading) or [heading])[0]
            start, end = piece.start, piece.end
            bracket = _TRAILING_BRACKET.search(self.match, start, end)
            if bracket and bracket.start() > start:
                end = bracket.start()
            stop = self.match.find("。", start + 4, end)
            end = stop if stop > 0 else end
            while end > start + 1 and self.match[end - 1] in "。；：:， ":
                end -= 1
            counted = _COUNTED_LEAD.match(self.match, start, end)
            return Span(counted.end() if counted else start, end)
        return self._action_clause(measures[0])

    def _action_clause(self, sentence: Span) -> Span:
        """The first clause that says what to do; lead-ins (围绕…领域) and frames (将…作为抓手) are passed over."""
        clauses = list(_clauses(self.match, sentence))
        topic: Span | None = None
        for k, (clause, following) in enumerate(pairwise(clauses)):
            text = clause.of(self.match)
            then = following.of(self.match)
            if self._is_topic(text, [c.of(self.match) for c in clauses[k + 1 : k + 3]]):
                topic = topic if topic is not None or _OCCASION.search(text) else clause
                continue
            frame = (
                _FRAME.match(text)
                or _SETTING.fullmatch(text)
                or _TIME_ONLY.fullmatch(text)
                or (_TOPIC.match(text) and _ORDERED.match(then))
                or (_OF_WHOM.fullmatch(text) and acts.opens_with_act(self.lexicon, then))
                or _DOER_AND_COLON.match(self.match, clause.start, sentence.end)
                or (self.match[clause.end : clause.end + 1] == "：" and self._captions.names(text))
                or (_PERMITS.search(text) and any(acts.DUTY.search(c.of(self.match)) for c in clauses[k + 1 :]))
            )
            if len(text) >= 4 and not frame and not acts.is_lead_in(self.lexicon, text):
                return self._with_topic(topic, clause)
        return self._with_topic(topic, clauses[-1]) if clauses else sentence

    def _with_topic(self, topic: Span | None, clause: Span) -> Span:
        """The clause, with what it is about where it says nothing without it: 会议纪要，由总理签发."""
        if topic is None or clause.end - topic.start > _TITLE_LIMIT:
            return self._without_list_mark(clause)
        if clause.length < _SAYS_ITSELF or _NAMED_FIRST.match(self.match, clause.start, clause.end):
            return self._without_list_mark(Span(topic.start, clause.end))
        return self._without_list_mark(clause)

    def _is_topic(self, clause: str, following: Sequence[str]) -> bool:
        """True for a clause that only names what one of the next orders something of: 会议纪要，由总理签发."""
        first, *more = following
        if _NO_TOPIC.search(clause) or acts.DUTY.search(clause) or _TIME_ONLY.fullmatch(clause):
            return False
        if acts.opens_with_act(self.lexicon, clause):
            return _CHANGES.search(clause) is not None and _ORDERED_OF.match(first) is not None
        if _ORDERED_OF.match(first):
            return True
        return bool(more and acts.is_lead_in(self.lexicon, first) and _ORDERED_OF.match(more[0]))

    def _without_list_mark(self, clause: Span) -> Span:
        mark = (
            _LETTER_PART.match(self.match, clause.start, clause.end)
            or _LIST_MARK.match(self.match, clause.start, clause.end)
            or _COUNTED_LEAD.match(self.match, clause.start, clause.end)
        )
        start = mark.end() if mark else clause.start
        bracket = _CONTACT_BRACKET.search(self.match, start + 1, clause.end)
        return Span(start, bracket.start() if bracket else clause.end)


# 报县防汛办（联系人：周立新，电话：0571-5550）
_CONTACT_BRACKET = re.compile(r"（(?:联系|电话|附件|详见|见附)[^（）]*）$")


# 出好一期黑板报。检查时间：10月17日。    名单见附件1。: when and where, behind the order that it belongs to
_REMARK = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:时间|日期|地点)[：为][^，。；]{2,24}[。；]?|[^，。；]{0,30}(?:详?见附[件表])[\d一二三四五六]{0,2}[.。；]?"
)
_LONGEST_REMARK = 40


def _clauses(match: str, sentence: Span) -> Iterator[Span]:
    """Clauses of a sentence, cut at ，；：。 outside brackets and quotation marks."""
    depth = 0
    start = sentence.start
    for k in range(sentence.start, sentence.end):
        char = match[k]
        if char in "（“《「『":
            depth += 1
        elif char in "）”》」』":
            depth = max(0, depth - 1)
        elif depth == 0 and char in "，；：。！？":
            if k > start:
                yield trim(match, Span(start, k))
            start = k + 1
    if start < sentence.end:
        yield trim(match, Span(start, sentence.end))


def _merge(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that meet joined."""
    out: list[Span] = []
    for span in sorted(spans, key=place):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
