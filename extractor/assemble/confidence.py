"""How sure the program is (把握): figures to sort by, errors first. From 0 to 1, from counts on labelled notices.

``dictionaries/confidence.csv`` holds, for each rule and each sign, how many of the values or rows with it were right,
and what a sign weighs; ``python tests/write_confidence.py`` counts and weighs anew. A value's confidence is the share
right of its rule. A row mostly goes wrong by what was *not* read, so that a task's confidence comes from what stands in
its words unread (a number, a time, a clause with a doer of its own), from the shape of its title and from what else is
seldom read well. Each sign adds its weight to the log odds that the whole row is right: of the rows of new notices with
0.9, some nine in ten are. What is doubtful in many rows of a notice makes the others a little doubtful too: its manner
may be one that the rules do not know.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.lexicon import Lexicon
from extractor.model import Deadline, Responsibility, Target
from extractor.patterns import searched
from extractor.records import record

ALL = "rows"  # the sign that every row has
USUAL = "rows.usual"  # what the signs of a row weigh together on average
_SHARED = 0.6  # how much of the doubt of its notice a row takes on
_FEW = 3  # rows of the usual kind that are added to those of a notice
_DOUBT = 5  # rows that an unseen rule is judged by, nine in ten of them right
_DOUBTED = 0.9
_INHERITED = 0.02  # a value of another place may be put to the wrong task
_UNSETTLED = 0.05  # a date that lacks its year
_WEAK = 0.2  # a mention that stands only where nothing firmer is said
_LISTED = frozenset(("units.bracket", "units.line", "units.table"))
_NAMES = re.compile(r"[《〔“「](?:(?<=《)[^》]*》|(?<=〔)[^〕]*〕[^，。]{0,6}[号號]|(?<=“)[^”]*”|(?<=「)[^」]*」)")
# 326户    十二个: a run of Chinese figures is tried at its first only, and the first character is found at once
_FIGURES = "两兩三四五六七八九十"
_DIGITS = "0-9０-９"  # said in full: a class with \d in it is gone through member by member
_NUMBER = re.compile(
    rf"[{_DIGITS}{_FIGURES}](?:(?<=[{_DIGITS}])[{_DIGITS}]*(?:\.[{_DIGITS}]+)?"
    rf"|(?<=[{_FIGURES}])(?<![{_FIGURES}]{{2}})[{_FIGURES}]*(?=[个個次名日天年月支场場]))"
)
# 三成    一个    两期    率达100%    全覆盖: what else may be a number
_RUN = "一二三四五六七八九十百千两兩"
_SHARE = re.compile(
    rf"[{_RUN}%％‰全清翻](?:(?<=[%％‰])|(?<=全)覆[盖蓋]|(?<=清)零|(?<=翻)番|(?<=[{_RUN}])(?<![{_RUN}]{{2}})[{_RUN}]*"
    r"(?:成|分之|番|倍|期|轮|輪|批|处|處|户|戶|所|名|件|条|條|块|塊|次|场|場|支|份|座|家|个|個))"
)
_TIME = searched(
    r"""  每[年月季周日天半次旬晚两二三]      # 每半月
    | 底(?<=[年月]底)                    # 9月底
    | 内(?<=[日月年天]内)                # 3日内
    | 內(?<=[日月年天]內)
    | 之日起
    | 日(?<=\d日)
    | 前(?=[完报報上])                    # 报告前上报
    | 天天
    | 逐[年季月日]
    | 度(?<=[年月季]度)[报報]告          # 季度报告
    | 定期
    | 按[季月周旬年]
    | 次日
    | 时(?<=[\d一二三四五六七八九十]时)  # 22时
    | 時(?<=[\d一二三四五六七八九十]時)
    | 季(?:(?<=[春夏秋冬]季)|(?<=第[一二三四]季))
    | 通(?<=[月季年周]通)[报報]          # 月通报
    | 提醒(?<=[月季年周]提醒)
    | 旬(?<=[上中下]旬)
    """
)
# …，学校3日内书面报告: a clause that opens with a name before a verb
_DOER_THEN_VERB = r"[局委办辦厅廳部会會镇鎮乡鄉村县縣市区區校院所站司队隊组組员員位门門长長处處议議业業户戶人者体體场場团團联聯商师師](?=要|应|應|须|須|必[须須]|负责|負責|对|對|按|在|将|將|于|於|会同|會同|组织|組織|每|带头|帶頭|抓|开展|開展|列入|制定|可|不得)"
_HINT_OF_DOER = re.compile(_DOER_THEN_VERB)  # found at once, and in a third of all texts only
_DOER = re.compile(
    rf"[，。；：、\n][^，。；：、（）■\n]{{1,13}}?{_DOER_THEN_VERB}"
)  # a line end is put before the text
# …，党员包户，…    。散养户实行圈养，…: a clause that opens with somebody, whatever the verb
_SOMEBODY = re.compile(
    r"[，。；：\n][^、的（）■“”，。；：\n]{0,7}[局委办辦厅廳院所站队隊组組员員长長户戶民级級会會府班人校企](?![的、和及内內外里中上下于於以])[\u4e00-\u9fff]{2}"
)
# 县级    养殖户    各企业主[要负责人]: a name cut short, or no body at all
_UNUSUAL_END = frozenset("级級区區业業主场場户戶者民")
_BY = re.compile(r"由[^，。；■]{2,16}")
# a sentence from its first word of duty on: as many are found as there are sentences that hold one
_DUTY = searched(r"<要|应|應|须|須|不得|负责|負責|牵头|牽頭|由|会同|會同|聯同|配合|协助|協助>[^。；\n]*")
# 督查组每天巡查3次: who does it, or who watches over it?
_WATCHES = searched(
    r"督[查导導办辦促察]|查(?<=[检抽巡核檢]查)|考核|验收|驗收|通报|通報|约谈|約談|复核|監督|监督|评[估比]|評[估比]|问责|問責"
)
# 由总理签发    对重大隐患    应当分离: a title that begins so leaves out what it is about
_FUNCTION_WORD = re.compile(r"[由对對应應请請按可须須将將在经經各并以为為要予于於从從本有我]|[一二三四五]要")
_STOP = re.compile(r"[，；。]")
_ENDED = re.compile(r"[。；：！？，]\s*$")
# 对集体收入低于5万元的村，…    发现问题的，由县级约谈
_CASE = searched(r"对[^，。；]{2,30}的，|對[^，。；]{2,30}的，|的[，、][^。；]{0,20}(?:由|应|應|予以|责令|責令|要)")
_OR = re.compile(r"或(?![者其以])")
# 12月[中下旬]    50%[、60%]: what follows a value that was cut short
_GOES_ON = re.compile(r"[中下上初末第底前后後起至到或左以\d%]|、[\d一二三四五六七八九十]")
_GOES_BEFORE = re.compile(r"[\d一二三四五六七八九十两至到每全-]")


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of ``confidence.csv``: of how many values or rows with the sign or rule how many were ``right``.

    ``weight`` is what a sign adds to the log odds of a row, empty for rules of values.
    """

    sign: str
    right: str
    of: str
    source: str
    weight: str = ""


@record(frozen=True, slots=True)
class Facts:
    """What a row's signs are told from: its words, and what was read in them.

    ``units`` are (unit, role, rule, quote) of its own responsibilities; ``dates`` (kind, quote), ``numbers``
    (rule, quote) of its deadlines and targets.
    """

    title: str
    text: str
    rule: str
    measures: int
    units: Sequence[tuple[str, str, str, str]] = ()
    dates: Sequence[tuple[str, str]] = ()
    numbers: Sequence[tuple[str, str]] = ()


class Shares:
    """The counts of a lexicon as shares."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.rows("confidence", Counted)
        self._counts = {row.sign: (int(row.right), int(row.of)) for row in table}
        self._weights = {row.sign: float(row.weight) for row in table if row.weight}
        self._values: dict[tuple[str, bool, bool, bool], float] = {}  # there are few kinds of values, each told once

    @staticmethod
    def of(lexicon: Lexicon) -> Shares:
        """The shares of a lexicon."""
        return lexicon.derived("assemble.confidence", Shares)

    def rule(self, name: str) -> float:
        """The share right of a rule's values; a rule that was seldom seen is doubted."""
        right, of = self._counts.get(name, (0, 0))
        return (right + _DOUBT * _DOUBTED) / (of + _DOUBT)

    def value(self, rule: str, *, inherited: bool = False, weak: bool = False, settled: bool = True) -> float:
        """How likely a value of a rule is right: less where it is inherited, weak, or a date whose year is unsettled."""
        kind = (rule, inherited, weak, settled)
        share = self._values.get(kind)
        if share is None:
            less = _INHERITED * inherited + _WEAK * weak + _UNSETTLED * (not settled)
            share = self._values[kind] = round(self.rule(rule) - less, 3)
        return share

    def row(self, signs: Iterable[str]) -> float:
        """The log odds that a row with these signs is right; a sign that nobody counted weighs nothing."""
        weight = self._weights.get
        return weight(ALL, 0.0) + sum([weight(sign, 0.0) for sign in signs])

    def shared(self, rows: Sequence[float]) -> float:
        """What the log odds of all rows of a notice add to those of each."""
        usual = self._weights.get(ALL, 0.0) + self._weights.get(USUAL, 0.0)
        return _SHARED * (sum(rows) - len(rows) * usual) / (len(rows) + _FEW)


def signs(facts: Facts) -> tuple[str, ...]:
    """The signs of a row by which its confidence is told, each once."""
    text, units = facts.text, facts.units
    valued = bool(facts.dates or facts.numbers)
    left = text
    if valued:
        read = dict.fromkeys([quote for _, quote in (*facts.dates, *facts.numbers)])
        for quote in sorted(read, key=len, reverse=True) if len(read) > 1 else read:
            left = left.replace(quote, "■")
    without_units = text
    for quote in dict.fromkeys([quote for _, _, _, quote in units]) if units else ():
        without_units = without_units.replace(quote.strip("。，； \n"), "■")
    plain = _without_names(left)
    undone = plain if without_units == left else _without_names(without_units)
    found = [facts.rule, *_of_unread(plain), *_of_doers(undone, units), *_of_title(facts), *_of_size(facts)]
    if valued:
        found += _of_values(facts)
    return tuple(dict.fromkeys(found))


def _without_names(text: str) -> str:
    """``text`` without the names of papers and what stands in quotation marks, which half of all texts hold none of."""
    return _NAMES.sub("", text) if "“" in text or "《" in text or "〔" in text or "「" in text else text


def _of_unread(plain: str) -> list[str]:
    """Numbers and times that no value was made of."""
    numbers = len(_NUMBER.findall(plain))
    things = numbers + len(_SHARE.findall(plain)) + len(_TIME.findall(plain))
    found = []
    if numbers > 1:
        found.append("row.numbers_unread")
    if things > 1:
        found.append("row.unread_" + ("two", "three", "more")[min(things, 4) - 2])
    if "每" in plain:
        found.append("row.each_unread")
    return found


def _of_doers(undone: str, units: Sequence[tuple[str, str, str, str]]) -> list[str]:
    """Who is named without being read, and whose part is in doubt."""
    found = ["row." + rule for _, _, rule, _ in units] if units else []
    if _HINT_OF_DOER.search(undone) and _DOER.search("\n" + undone):
        found.append("row.doers_unread")
    if len(_SOMEBODY.findall(undone)) > 1:
        found.append("row.clauses_of_somebody")
    if units and not _UNUSUAL_END.isdisjoint([unit[-1:] for unit, _, _, _ in units]):
        found.append("row.unit_of_unusual_end")
    if "由" in undone and _BY.search(undone):
        found.append("row.by_unread")
    listed = len([1 for _, _, rule, _ in units if rule in _LISTED]) if units else 0
    if listed:
        return [*found, "row.units_said_beside_list"] if listed < len(units) else found
    duties = len(_DUTY.findall(undone))
    if duties:
        found.append("row.duties_unread_one" if duties == 1 else "row.duties_unread_more")
    if units:
        watching = {unit for unit, role, _, _ in units if role == "supervise"}
        if not watching:
            if any(_WATCHES.search(quote) for *_, quote in units):
                found.append("row.watching_unread")
        elif watching - {unit for unit, role, _, _ in units if role != "supervise"}:
            found.append("row.watching_only")
    return found


def _of_title(facts: Facts) -> list[str]:
    found = []
    title = facts.title
    if _FUNCTION_WORD.match(title):
        found.append("row.title_begins_with_function_word")
    if _STOP.search(title):
        found.append("row.title_of_clauses")
    if not facts.text.startswith(title):
        found.append("row.title_from_within")
    if facts.units and title.startswith(tuple([unit for unit, _, _, _ in facts.units])):
        found.append("row.title_begins_with_unit")
    return found


def _of_size(facts: Facts) -> list[str]:
    """How much it holds, and what is said of single cases only."""
    found = []
    text = facts.text
    if facts.measures > 1:
        found.append("row.measures_" + ("two" if facts.measures == 2 else "three" if facts.measures == 3 else "many"))
    if "\n" in text and any(len(line) > 1 and not _ENDED.search(line) for line in text.split("\n")[1:]):
        found.append("row.line_without_end")
    if "或" in text and _OR.search(text):
        found.append("row.or")
    if ("的，" in text or "的、" in text) and _CASE.search(text):
        found.append("row.case")
    return found


def _of_values(facts: Facts) -> list[str]:
    """Values that may have been cut at the wrong place."""
    found = ["row." + rule for rule, _ in facts.numbers]
    kinds = {kind for kind, _ in facts.dates}
    if "within" in kinds:
        found.append("row.within")
    if len(kinds) > 1:
        found.append("row.dates_of_kinds")
    if any("不" in quote or "至少" in quote for _, quote in facts.numbers):
        found.append("row.number_at_least")
    for _, quote in (*facts.dates, *facts.numbers):
        at = facts.text.find(quote)
        if at >= 0:
            end = at + len(quote)
            if _GOES_ON.match(facts.text, end) or (at and _GOES_BEFORE.match(facts.text, at - 1, at)):
                found.append("row.value_cut_short")
                break
    return found


def odds_of_task(
    title: str,
    text: str,
    rule: str,
    measures: int,
    responsibilities: Sequence[Responsibility],
    deadlines: Sequence[Deadline],
    targets: Sequence[Target],
    shares: Shares,
) -> float:
    """A task's log odds by itself, from its signs; :func:`together` makes confidence of those of a plan.

    ``text`` is the quote of its evidence, ``measures`` how many measures it has.
    """
    own = [(r.unit, r.role, r.rule, r.evidence.quote) for r in responsibilities if not r.inherited]
    dates = [(d.kind, d.evidence.quote) for d in deadlines] if deadlines else ()
    numbers = [(t.rule, t.evidence.quote) for t in targets] if targets else ()
    return shares.row(signs(Facts(title, text, rule, measures, own, dates, numbers)))


def together(odds: Sequence[float], shares: Shares) -> list[float]:
    """The confidence of a plan's tasks from the log odds of each: each takes on some of the doubt of all."""
    more = shares.shared(odds)
    return [round(1 / (1 + math.exp(-own - more)), 3) for own in odds]


def of_value(
    rule: str, lexicon: Lexicon, *, inherited: bool = False, weak: bool = False, settled: bool = True
) -> float:
    """A value's: the share right of its rule, less where it is inherited, weak, or a date whose year is unsettled."""
    return Shares.of(lexicon).value(rule, inherited=inherited, weak=weak, settled=settled)


def of_goal(targets: Sequence[Target], deadlines: Sequence[Deadline]) -> float:
    """A goal's: a number or a date makes it sure."""
    return 0.95 if targets or deadlines else 0.8
