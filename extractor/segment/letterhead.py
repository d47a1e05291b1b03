"""The letterhead of a plan (版头、标题、主送、落款): what stands around its body.

After GB/T 9704-2012 sections 7.2-7.4; web copies keep only some of it, so every part may be missing. Nothing is taken
from a web page's own data (发布日期, 发布机构 of the site): only from the document's words and from the table that
government sites put before it (成文日期, 发文机关, 发文字号).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.lexicon import Lexicon
from extractor.model import PlanLink, Span
from extractor.segment import labels
from extractor.segment.lines import Line, trim
from extractor.text import CleanText, Letterhead

# 插办发〔2023〕13号    沪府办规〔2025〕15号    国发[2015]43号
NUMBER = regex.compile(
    r"(?P<number>[\u4e00-\u9fffXxＸ×#]{1,16}[ ]?[〔\[（【][ ]?(?:(?:19|20)\d{2}|20[xX×*]{2}|[xX×*]{4})[ ]?[〕\]）】][ ]?第?[ ]?(?:\d{1,4}|[xX×#*]{1,3})[ ]?号)"
)
_NUMBER_LINE = regex.compile(rf"(?:文号|发文字号|字号)?[： ]*{NUMBER.pattern}(?:[ ]*签发人：.*)?")
# 府農務字第1120012345號
# 石政发〔2021〕30号 石桥乡2021年爱国卫生运动实施方案
_NUMBER_AND_TITLE = regex.compile(rf"{NUMBER.pattern}[ ]+(?P<title>[^。；]{{6,60}})")
_TAIWAN_NUMBER = regex.compile(r"发文字号[：: ]*(?P<number>[\u4e00-\u9fff]{1,12}字第\d{4,12}号)")

# 青環區民政事務處通告第8/2024號
_CIRCULAR = regex.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,24}?)"
    r"(?P<number>(?:通告|公告|通函|令|批示)(?:第)?[ ]?\d{1,4}(?:/\d{4})?[ ]?号|第[ ]?\d{1,4}/\d{4}[ ]?号.{0,6}(?:批示|公告))"
)
# 青竹縣政府　函
_LETTER = regex.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,20}(?:政府|局|处|部|署|委员会|公所|院))[ ]+(?:函|书函|公告|令|开会通知单)"
)
# 青環區民政事務專員
_SIGNING_POST = regex.compile(
    r"[\u4e00-\u9fff]{2,20}(?:专员|处长|局长|署长|司长|县长|市长|镇长|乡长|区长|主任|院长)(?:[ ]+[\u4e00-\u9fff]{2,4})?"
)
# 篇二：石桥乡防汛抗旱应急预案
_PART_MARK = regex.compile(r"[【\[]?第?篇?[一二三四五六七八九十\d]{1,3}篇?[】\]]?[：: 、]+(?=\S{6})")
_YEAR = (
    r"(?:(?:19|20)\d{2}|20[xX×*]{2}|[xX×*]{4}|[二一][〇○O零一二三四五六七八九]{3}|中华民国[ ]?\d{2,3}|民国[ ]?\d{2,3})"
)
_MONTH_DAY = r"[ ]?年[ ]?(?:\d{1,2}|[xX×*]{1,2}|[一二三四五六七八九十]{1,2})[ ]?月[ ]?(?:\d{1,2}|[xX×*]{1,2}|[一二三四五六七八九十]{1,3})[ ]?日"
DATE = rf"(?P<date>{_YEAR}{_MONTH_DAY})"
_DATE_LINE = regex.compile(rf"[（]?{DATE}[）]?(?:印发)?")
_SIGNED_LINE = regex.compile(
    rf"(?P<issuer>[^，。；：]{{3,40}}?)[ ]+{DATE}(?:[ ]*(?:关[ ]*键[ ]*词|主[ ]*题[ ]*词)[：:].*)?"
)
_DATE_PARTS = regex.compile(r"(?P<year>.+?)[ ]?年[ ]?(?P<month>.+?)[ ]?月[ ]?(?P<day>.+?)[ ]?日")

# 各区人民政府，市政府各委、办、局，各有关单位：
_ADDRESSEES = regex.compile(r"(?P<to>[^。；！？]{2,160})：")
_ADDRESSEE_WORDS = regex.compile(
    r"各|政府|委|办|局|部|院|镇|乡|街道|单位|部门|组织|支部|公司|学校|医院|村|社区|代表|中心|机构"
)
_NOT_ADDRESSEES = regex.compile(r"如下|通知|意见|问题|回复|以下|特此|目标|要求|内容|附件|联系|时间|地点|抄送|主题|来源")
_META = regex.compile(
    r"(?P<name>索[ ]*引[ ]*号|传[ ]*真|承[ ]*办[ ]*人|联[ ]*络[ ]*方[ ]*式|地[ ]*址|密[ ]*等|速[ ]*别|受[ ]*文[ ]*者|发[ ]*文[ ]*日[ ]*期|主[ ]*题[ ]*分[ ]*类|发[ ]*文[ ]*机[ ]*关|成[ ]*文[ ]*日[ ]*期|标[ ]*题|发[ ]*文[ ]*字[ ]*号|发[ ]*布[ ]*日[ ]*期|发[ ]*布[ ]*机[ ]*构|公[ ]*开[ ]*方[ ]*式|有[ ]*效[ ]*性|主[ ]*题[ ]*词|文[ ]*号|来[ ]*源|信[ ]*息[ ]*来[ ]*源|公[ ]*文[ ]*种[ ]*类|体[ ]*裁|废[ ]*止[ ]*日[ ]*期|实[ ]*施[ ]*日[ ]*期|生[ ]*效[ ]*日[ ]*期|原[ ]*文[ ]*链[ ]*接|检[ ]*索[ ]*时[ ]*间|检[ ]*索[ ]*关[ ]*键[ ]*词|分[ ]*类|更[ ]*新[ ]*时[ ]*间|字[ ]*体|浏[ ]*览[ ]*次[ ]*数|访[ ]*问[ ]*量|责[ ]*任[ ]*编[ ]*辑)[ ]*\**[ ]*[：:]"
)
_TAIL = regex.compile(
    r"抄[ ]?送[：:]|抄[ ]?报[：:]|正[ ]?本[：:]|副[ ]?本[：:]|主[ ]?题[ ]?词[：:]|（此件|（此页无正文|（联系人|联系人[：:]|联系电话|（公开方式|此件(?:公开|主动|依申请|不予)|.{2,30}\d{4}年\d{1,2}月\d{1,2}日印发$|.{0,8}共印\d+份"
)
_ANNEX_NOTE = regex.compile(r"附[ ]?件[：:]")
_ANNEX = regex.compile(r"附[ ]?(?:件|表|录)[ ]?[0-9一二三四五六七八九十]{0,2}[：:]?")
_QUESTION = regex.compile(r"(?:问题|回复|问|答|答复内容|政策全文|正文)[：:]?")
# 新华社北京2月21日电    - [空间布局图.pdf](./空间布局图.pdf)
_NOT_PART = regex.compile(
    r"新华社.{0,10}\d+日电|.{0,80}\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar|jpg|png)\b.{0,120}|附[ ]?件[：:]?\**[：:]?|【?相关附件】?[：:]?",
    regex.IGNORECASE,
)
_SECRET_WORD = regex.compile(r"特急|加急|平急|特提|急件|\d{6}")
_HANDED_ON = regex.compile(r"(?:印发|转发|批转|发布)(?P<what>[^《》]{6,60}?)的通知$")
# 新华社北京12月14日电 近日，中共中央、国务院印发了《……纲要》
_NEWS = regex.compile(
    r"(?:近日|日前)，(?P<issuer>[\u4e00-\u9fff、]{2,30}?(?:中央|国务院|办公厅|委员会|部|委|局|厅|政府|办公室))(?:联合)?(?:印发|发布|出台)了《"
)
_OPEN_ABOUT = regex.compile(r"关于(?![^《]*》)")
_CLOSES_ABOUT = regex.compile(
    r"的(?:[\u4e00-\u9fff]{2})?(?:通知|意见|决定|通报|报告|请示|批复|函|公告|通告|办法|规定|措施|方案)$"
)
_HEAD = regex.compile(r"(?P<issuer>.+?)(?:文件)?")
# 青溪日报：请问有什么支持措施？
_ASKED_BY = regex.compile(r"[^，。：《》]{2,16}：.*？")
# no signature, date, annex note or imprint line is longer
_LONGEST_TAIL = 240
_ENDS_SENTENCE = regex.compile(r"[。；！：，]$")
_FORWARDED = regex.compile(
    r"(?P<verb>印发|转发|批转|下发|发布|公布)(?:实施|试行)?(?:了)?(?P<title>《(?:[^《》]|《[^《》]*》)+》)"
)
_HEAD_OF_FORWARD = regex.compile(r"(?:关于)?(?:印发|转发|批转|下发|发布|公布)(?:实施|试行)?《")

_ISSUER = regex.compile(
    r"(?:中共|中国共产党)?[\u4e00-\u9fffXx#×*、 （）“”·]{1,40}(?:人民政府|委员会|办公室|政府|党委|局|厅|部|院|办|委|组|会|中心|室|署|队|站|所|公司|学校|学院|大学|总社|集团|处|公所|支部|总支|指挥部|党工委|管委会|街道办事处|办事处|国务院|中共中央)"
)
_REGION = regex.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,7}?(?:省|自治区|自治州|市|县|区|镇|乡|街道|旗(?![镇乡县区市帜舰])|盟|州)|(?:[XxＸ×#*]{1,4}|某某?)(?:省|市|县|区|镇|乡|街道|旗|村))"
)
_REGION_STOP = regex.compile(
    r"(?:城市|都市|集市|超市|股市|社区|乡镇|城镇|地区|园区|市区|小区|城区|片区|景区|灾区|牧区|林区|库区|校区|山区|郊区|辖区|全区|全市|全县|全镇|全乡|全省|本市|本县|本镇|我市|我县|我镇|我区|我乡|我省|各县|各市|各区|各镇|各乡|特区|新区试验区|开发区|示范区|功能区|集聚区|保护区|示范县|示范镇|示范市|强镇|乡村|城乡|家乡|老区|军区|选区|街区|革命老区|建制镇|省市|市县|县乡|文明城)$"
)
# 市场监管局, 区域, 市民: no place ends here
_PART_OF_WORD = regex.compile(r"[场域划级内间]|民(?![政宗族主])")
# 乡村振兴, 镇域, 县城: no place either
_PART_OF_NOUN = {
    "乡": regex.compile(
        r"村(?=振兴|建设|旅游|治理|教育|产业|发展|道路|公路|医生|教师|文化|风貌|全面|人才|民宿|休闲|物流)|土|愁|贤"
    ),
    "镇": regex.compile(r"域"),
    "县": regex.compile(r"域|级"),
    "州": regex.compile(r"级"),
}
_NATIONAL = regex.compile(r"国务院|中共中央|中央|全国")
_MASKED_REGION = regex.compile(r"(?:[XＸx×#*]{1,3}|某)(?:省|市|县|区|镇|乡|街道)(?!级)")


@dataclass(frozen=True)
class DocumentType:
    """A row of ``document_types.csv``: a word that a title ends with (文种)."""

    word: str
    source: str


@dataclass(slots=True)
class Found:
    """The letterhead and the indices of the lines that belong to it, not to the body."""

    letterhead: Letterhead
    used: set[int] = field(default_factory=set)


def _type_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    words = sorted({r.word for r in lexicon.rows("document_types", DocumentType)}, key=len, reverse=True)
    alternatives = "|".join([*map(regex.escape, words), "[\u4e00-\u9fff]{2}表"])
    return regex.compile(rf"(?:{alternatives})(?:[ ]?[（][^（）]{{1,24}}[）])?[》]?$")


def read(clean: CleanText, lines: Sequence[Line], lexicon: Lexicon) -> Found:
    """The letterhead of the plan whose lines are given."""
    reader = _Reader(clean, lines, lexicon.derived("segment.document_types", _type_pattern))
    reader.metadata()
    reader.front()
    reader.tail()
    return Found(reader.finish(), reader.used)


class _Reader:
    """One pass over a plan's lines; ``used`` collects those that are no body."""

    def __init__(self, clean: CleanText, lines: Sequence[Line], types: regex.Pattern[str]) -> None:
        self.clean = clean
        self.match = clean.match
        self.lines = lines
        self.types = types
        self.used: set[int] = set()
        self.meta: dict[str, Span] = {}
        self.number: Span | None = None
        self.titles: list[tuple[Span, ...]] = []
        self._title_keys: list[str] = []
        self._forwarded_keys: set[str] = set()
        self.addressees: Span | None = None
        self.issuers: list[Span] = []
        self.issued: Span | None = None
        self.letter: tuple[Span, ...] = ()  # 青竹縣政府　函: the heading of a letter that has no title
        self.head: Span | None = None  # the agency that the first page names above the title

    def said(self, k: int) -> str:
        """The match text of a line."""
        return self.lines[k].span.of(self.match)

    # -- the table of government sites, and a crawler's header -----------------------------------------------------

    def metadata(self) -> None:
        """Reads 发文机关, 成文日期, 发文字号, 标题 from a page's table; every such line is no body."""
        for k, line in enumerate(self.lines):
            if k > 60:
                break
            text = self.said(k)
            names = list(_META.finditer(text))
            if not names or (names[0].start() > 2 and not line.furniture):
                if line.furniture:
                    self.used.add(k)
                continue
            if not line.furniture and line.table is None and len(text) > 150:
                continue
            self.used.add(k)
            for n, found in enumerate(names):
                end = names[n + 1].start() if n + 1 < len(names) else len(text)
                value = trim(self.match, Span(line.span.start + found.end(), line.span.start + end))
                if value.start >= value.end and k + 1 < len(self.lines) and self._is_value(k + 1):
                    value = self.lines[k + 1].span
                    self.used.add(k + 1)
                name = regex.sub(r"\s", "", found["name"])
                own = line.table is not None or line.furniture or name in ("发文日期", "发文字号")
                if value.start < value.end and own:
                    self.meta.setdefault(name, value)

    def _is_value(self, k: int) -> bool:
        return (self.lines[k].table is not None or self.lines[k].furniture) and not _META.match(self.said(k))

    # -- title, number, addressees ------------------------------------------------------------------------------------

    def front(self) -> None:
        """Reads the lines before the body."""
        block: list[int] = []
        k = 0
        while k < len(self.lines):
            line, text = self.lines[k], self.said(k)
            if k in self.used:
                k += 1
                continue
            if line.table is not None:
                break
            number = _NUMBER_LINE.fullmatch(text) or _TAIWAN_NUMBER.match(text)
            circular = _CIRCULAR.fullmatch(text)
            if circular:
                self._title_from(block)
                block = []
                start = line.span.start
                self.number = self.number or Span(start + circular.start("number"), start + circular.end("number"))
                self.issuers = self.issuers or [Span(start, start + circular.end("issuer"))]
                self.used.add(k)
            elif letter := _LETTER.fullmatch(text):
                self.issuers = [Span(line.span.start, line.span.start + letter.end("issuer"))]
                self.letter = (self.issuers[0], trim(self.match, Span(self.issuers[0].end, line.span.end)))
                self.used.add(k)
            elif number:
                self.number = self.number or Span(
                    line.span.start + number.start("number"), line.span.start + number.end("number")
                )
                self._title_from(block)
                block = []
                self.used.add(k)
            elif (led := _NUMBER_AND_TITLE.fullmatch(text)) and not self.titles and self.types.search(text):
                start = line.span.start
                self.number = self.number or Span(start + led.start("number"), start + led.end("number"))
                self.titles.append((Span(start + led.start("title"), line.span.end),))
                self.used.add(k)
            elif _DATE_LINE.fullmatch(text) and (self.titles or block):
                self._title_from(block)
                block = []
                if self.titles and not self.addressees:
                    self.issued = self.issued or line.span
                    self.used.add(k)
                else:
                    break
            elif self._is_addressees(k, bool(self.titles or block or self.number)):
                self._title_from(block)
                block = []
                self.addressees = Span(line.span.start, line.span.end - 1)
                self.used.add(k)
                break
            elif _QUESTION.fullmatch(text) or _SECRET_WORD.fullmatch(text) or _NOT_PART.fullmatch(text):
                self._title_from(block)
                block = []
                self.used.add(k)
            elif self._may_be_title(k, block):
                block.append(k)
            elif line.heading_level == 1 and not self.titles and not block:
                block.append(k)
                self._title_from(block, sure=True)
                block = []
            else:
                break
            k += 1
        self._title_from(block)
        if not self.titles:
            self._run_in_title(k)

    def _may_be_title(self, k: int, block: Sequence[int]) -> bool:
        text = self.said(k)
        if _ASKED_BY.fullmatch(text) and self.lines[k].heading_level != 1:
            return False
        if len(text) > 70 or _ENDS_SENTENCE.search(text) or _TAIL.match(text) or _ANNEX_NOTE.match(text):
            return False
        label = labels.read(self.match, self.lines[k].span.start, self.lines[k].span.end)
        if label and label.kind != "bullet" and self.lines[k].heading_level != 1:
            return False
        return "。" not in text and len(block) < 6

    def _title_from(self, block: Sequence[int], *, sure: bool = False) -> None:
        """Takes the title out of a block of short lines: the lines up to the last that ends with a 文种."""
        last = max((n for n, k in enumerate(block) if self.types.search(self.said(k))), default=-1)
        if last < 0 and not self.titles and not self.number and self._opens_page(block):
            sure = True
        named = next((k for k in block if self.lines[k].heading_level == 1), block[0] if block and sure else None)
        if last < 0 and named is not None:
            self.titles.append((self.lines[named].span,))
            self.used.add(named)
            return
        if last < 0:
            # a letterhead's agency line alone: 某某镇人民政府文件
            for k in block:
                if self._is_head(k):
                    self.used.add(k)
            return
        first = self._first_line(block, last)
        for k in block[: last + 1]:
            self.used.add(k)
            if k < block[first]:
                self._is_head(k)
        self.titles.append(tuple(self.lines[k].span for k in block[first : last + 1]))

    def _is_head(self, k: int) -> bool:
        """True for a line that names the agency above the title (某某镇人民政府文件); the first is kept."""
        named = _HEAD.fullmatch(self.said(k))
        if named is None or not _ISSUER.fullmatch(named["issuer"].strip()):
            return self.said(k).endswith("文件")
        start = self.lines[k].span.start
        self.head = self.head or trim(self.match, Span(start, start + named.end("issuer")))
        return True

    def _first_line(self, block: Sequence[int], last: int) -> int:
        """Where the title begins that ends with line ``last`` of the block: as the site's table prints it, else by its words."""
        printed = _key(self.meta["标题"].of(self.match)) if "标题" in self.meta else ""
        for first in range(last, -1, -1):
            if printed and _key("".join(self.said(k) for k in block[first : last + 1])) == printed:
                return first
        first = last
        while first > 0 and self._continues(block[first - 1], block[first]):
            first -= 1
        for k in range(first - 1, max(-1, first - 4), -1):
            # 关于全面推行 / 公示制度全过程记录制度 / 审核制度的指导意见: a 文种 inside what the title is about
            opened = _OPEN_ABOUT.search(self.said(block[k])) and _CLOSES_ABOUT.search(self.said(block[last]))
            if opened and not any(_CLOSES_ABOUT.search(self.said(b)) for b in block[k:last]):
                return k
        return first

    def _opens_page(self, block: Sequence[int]) -> bool:
        """True for a short first line of the page that names no agency: a title without a 文种."""
        if len(block) != 1 or block[0] != next((k for k in range(len(self.lines)) if k not in self.used), -1):
            return False
        text = self.said(block[0])
        named = _ISSUER.fullmatch(text) or _SIGNED_LINE.fullmatch(text) or text.endswith("文件")
        return 6 <= len(text) <= 45 and not named and block[0] + 1 < len(self.lines)

    def _continues(self, k: int, following: int) -> bool:
        """True where a title line goes on in the next: not a title of its own, not another page's heading."""
        text = self.said(k)
        if self.types.search(text) and not regex.search(r"[、和与及的]$", text):
            return False
        if text.endswith("文件") or self.lines[k].heading_level != self.lines[following].heading_level:
            return False
        return not (_ISSUER.fullmatch(text) and not regex.match(r"关于|印发|转发", self.said(following)))

    def _is_addressees(self, k: int, announced: bool) -> bool:
        text = self.said(k)
        found = _ADDRESSEES.fullmatch(text)
        if not found or not (announced or k < 3):
            return False
        return (
            bool(_ADDRESSEE_WORDS.search(text))
            and not _NOT_ADDRESSEES.search(text)
            and not labels.read(text, 0, len(text))
        )

    def _run_in_title(self, k: int) -> None:
        """A copy without line ends opens with its title and a space: 「……实施方案 为深入贯彻……」"""
        if k >= len(self.lines) or self.lines[k].table is not None:
            return
        line = self.lines[k]
        space = self.match.find(" ", line.span.start, min(line.span.end, line.span.start + 80))
        if space < 0 or line.span.end - space < 40:
            return
        lead = Span(line.span.start, space)
        text = lead.of(self.match)
        if not self.types.search(text) or regex.search(r"[。；，]", text):
            return
        for cut in range(len(text) // 2, len(text)):
            # the file's name and its title were run together: X:Y X
            tail = text[cut:]
            if len(tail) >= 6 and text.startswith(tail):
                lead = Span(lead.start + cut, lead.end)
                break
        self.titles.append((lead,))

    # -- signature, annexes, imprint ----------------------------------------------------------------------------------

    def tail(self) -> None:
        """Reads signature lines wherever they stand, the scheme's own title behind them, and the imprint."""
        for k, line in enumerate(self.lines):
            if k in self.used or line.table is not None or line.span.length > _LONGEST_TAIL:
                continue
            text = self.said(k)
            signed = _SIGNED_LINE.fullmatch(text)
            if signed and _ISSUER.fullmatch(signed["issuer"].strip()):
                if not self.issuers:
                    self.issuers = [Span(line.span.start, line.span.start + signed.end("issuer"))]
                    self.issued = Span(line.span.start + signed.start("date"), line.span.start + signed.end("date"))
                self.used.add(k)
                self._scheme_title(k + 1)
            elif _DATE_LINE.fullmatch(text) and not text.endswith("印发"):
                above = self._issuers_above(k)
                if not self.issuers:
                    self.issuers = [self.lines[a].span for a in above]
                self.issued = self.issued or line.span
                self.used.add(k)
                self.used.update(above)
                self._scheme_title(k + 1)
            elif not self.issuers and self._signs(text) and self._is_last(k):
                self.issuers = [line.span]
                self.used.add(k)
            elif _is_imprint(text, last=k >= len(self.lines) - 3):
                self.used.add(k)
            elif _ANNEX_NOTE.match(text) and len(text) < 120:
                self.used.add(k)
                self._annex_list(k + 1)
            elif self._repeats_title(text) or _QUESTION.fullmatch(text) or _NOT_PART.fullmatch(text):
                self.used.add(k)

    def _is_last(self, k: int) -> bool:
        return all(other in self.used or self.lines[other].furniture for other in range(k + 1, len(self.lines)))

    def _signs(self, text: str) -> bool:
        """True for a last line that is an agency's name alone."""
        return (
            len(text) <= 30
            and _ISSUER.fullmatch(text) is not None
            and regex.search(r"[省市县区镇乡]", text) is not None
        )

    def _annex_list(self, k: int) -> None:
        """The further lines of 附件：1.… 2.…"""
        expected = 2
        while k < len(self.lines):
            label = labels.read(self.match, self.lines[k].span.start, self.lines[k].span.end)
            if not label or label.number != expected or _ENDS_SENTENCE.search(self.said(k)):
                return
            self.used.add(k)
            expected += 1
            k += 1

    def _issuers_above(self, k: int) -> list[int]:
        out: list[int] = []
        k -= 1
        while k >= 0 and k not in self.used and len(out) < 12:
            text = self.said(k)
            if len(text) > 60 or self.lines[k].table is not None or not _ISSUER.fullmatch(text):
                break
            if labels.read(text, 0, len(text)):
                break
            out.insert(0, k)
            k -= 1
        return out

    def _scheme_title(self, k: int) -> None:
        """After a shell's signature: notes, the word 附件, and the scheme's own title are no body."""
        block: list[int] = []
        while k < len(self.lines) and len(block) < 5:
            text = self.said(k)
            if k in self.used or _TAIL.match(text) or _ANNEX.fullmatch(text):
                self.used.add(k)
            elif self.lines[k].table is None and self._may_be_title(k, block):
                block.append(k)
            else:
                break
            k += 1
        last = max(
            (n for n, b in enumerate(block) if self.types.search(self.said(b)) or self._repeats_title(self.said(b))),
            default=-1,
        )
        if last < 0:
            return
        self.titles.append(tuple(self.lines[b].span for b in block[: last + 1]))
        self.used.update(block[: last + 1])
        for b in block[last + 1 :]:
            if regex.fullmatch(r"（[^（）]{1,30}）", self.said(b)):
                self.used.add(b)

    def _repeats_title(self, text: str) -> bool:
        """True for a line that says a title again: the scheme's own behind its shell, a page's name."""
        key = _key(text)
        if len(key) < 6:
            return False
        for title in self.titles[len(self._title_keys) :]:
            joined = self._joined_match(title)
            self._title_keys.append(_key(joined))
            self._forwarded_keys.update(_key(m["title"]) for m in _FORWARDED.finditer(joined))
        return key in self._forwarded_keys or any(key in k and len(key) > 0.4 * len(k) for k in self._title_keys)

    # -- what it comes to ---------------------------------------------------------------------------------------------

    def finish(self) -> Letterhead:
        """The letterhead of all that was found."""
        text = self.clean.text
        shell = self.titles[0] if self.titles else self._meta_title() or self.letter
        spans = self._without_part_mark(self._title() or shell)
        title: str | None = self._joined(spans) or None
        links: list[PlanLink] = []
        for candidate in self.titles or [shell]:
            found = _FORWARDED.search(self._joined_match(candidate))
            if found:
                title = self._joined(candidate)[found.start("title") + 1 : found.end("title") - 1]
                links.append(PlanLink("forwards", None, title))
                break
        links += _links(self._joined_match(shell))
        number = self.number or self.meta.get("发文字号") or self.meta.get("文号")
        number_text = regex.sub(r"\s", "", number.of(text)) if number else None
        if number_text and not regex.search(r"[号號]$", number_text):
            number_text = None
        issued = self.issued or self.meta.get("成文日期") or self.meta.get("发文日期")
        date = iso_date(issued.of(self.match)) if issued else None
        issuer = self._issuer(shell)
        return Letterhead(
            title=title,
            title_span=Span(spans[0].start, spans[-1].end) if spans else None,
            number=number_text,
            issuer=issuer[1] if issuer else None,
            addressees=split_addressees(self.addressees.of(text)) if self.addressees else (),
            addressees_span=self.addressees,
            issued_on=date,
            issued_span=issued if date else None,
            region=self._region(issuer, spans),
            links=tuple(dict.fromkeys(links)),
        )

    def _without_part_mark(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """篇二：石桥乡… -> 石桥乡…"""
        mark = _PART_MARK.match(self.match, spans[0].start, spans[0].end) if spans else None
        return (Span(mark.end(), spans[0].end), *spans[1:]) if mark else spans

    def _joined(self, spans: Sequence[Span]) -> str:
        return "".join(s.of(self.clean.text) for s in spans)

    def _joined_match(self, spans: Sequence[Span]) -> str:
        return "".join(s.of(self.match) for s in spans)

    def _meta_title(self) -> tuple[Span, ...]:
        return (self.meta["标题"],) if "标题" in self.meta else ()

    def _title(self) -> tuple[Span, ...]:
        """The scheme's own title behind a shell or a page's name, else the first title."""
        best: tuple[Span, ...] = self.titles[0] if self.titles else ()
        for candidate in self.titles[1:]:
            forwards = _HEAD_OF_FORWARD.search(self._joined_match(candidate))
            before_body = self.addressees is None or candidate[0].start < self.addressees.start
            nearer = self.number is not None and candidate[0].start > self.number.start > best[0].start and before_body
            if forwards or nearer or self._is_dated(candidate) or self._is_handed_on(candidate):
                best = candidate
        return best

    def _is_handed_on(self, candidate: Sequence[Span]) -> bool:
        """True for the title of the scheme that the first title hands on without 《》: 关于印发“十四五”发展规划的通知."""
        found = _HANDED_ON.search(self._joined_match(self.titles[0]))
        return found is not None and _key(found["what"]) == _key(self._joined_match(candidate))

    def _is_dated(self, candidate: Sequence[Span]) -> bool:
        """True for a title under a page's name that its date follows in brackets: the paper's own."""
        if not candidate or all(line.heading_level != 1 for line in self.lines[:2]):
            return False
        after = next((n for n, line in enumerate(self.lines) if line.span.start >= candidate[-1].end), None)
        if after is None:
            return False
        return self.said(after).startswith("（") and _DATE_LINE.fullmatch(self.said(after)) is not None

    def _issuer(self, shell: Sequence[Span]) -> tuple[str, str] | None:
        """Match text and clean text of the issuer (发文机关): signature, site's table, or the title's first words."""
        if self.issuers:
            names = list(dict.fromkeys(_one_line(s.of(self.clean.text)) for s in self.issuers))
            return "、".join(_one_line(s.of(self.match)) for s in self.issuers), "、".join(names)
        if "发文机关" in self.meta:
            span = self.meta["发文机关"]
            return span.of(self.match), span.of(self.clean.text)
        if self._is_dated(self._title() or shell):
            shell = self._title()
        simple = self._joined_match(shell)
        found = regex.match(r"(?P<issuer>[^《》“”关]{2,30}?)(?:关于|印发|转发|批转|对)", simple)
        if found and _ISSUER.fullmatch(found["issuer"].strip()):
            name = self._joined(shell)[: found.end("issuer")]
            return found["issuer"].strip(), regex.sub(r"[ \u3000]+", "、", name.strip())
        if self.head is not None:
            return self.head.of(self.match), _one_line(self.head.of(self.clean.text))
        return self._issuer_in_news()

    def _issuer_in_news(self) -> tuple[str, str] | None:
        """Who issued a paper that a news agency prints: 近日，中共中央、国务院印发了《…》."""
        if not self.lines:
            return None
        start = self.lines[0].span.start
        found = _NEWS.search(self.match, start, min(self.lines[-1].span.end, start + 400))
        if not found:
            return None
        span = Span(*found.span("issuer"))
        return span.of(self.match), span.of(self.clean.text)

    def _region(self, issuer: tuple[str, str] | None, title: Sequence[Span]) -> str | None:
        if issuer and _NATIONAL.match(issuer[0]):
            return None
        named = region_of(*issuer) if issuer else None
        named = named or region_of(self._joined_match(title), self._joined(title))
        if named or not self.lines:
            return named
        masked = _MASKED_REGION.search(self.match, self.lines[0].span.start, self.lines[-1].span.end)
        return masked[0] if masked else None


def _is_imprint(text: str, *, last: bool) -> bool:
    """True for 抄送, 印发, 联系人 and notes in brackets; for a signing post among the last lines."""
    return (last and _SIGNING_POST.fullmatch(text) is not None) or (len(text) < 160 and _TAIL.match(text) is not None)


def _one_line(name: str) -> str:
    """Agencies that sign side by side, parted by wide gaps, as one list."""
    return regex.sub(r"[ \u3000]{2,}", "、", name.strip())


_MARKS = regex.compile(r"[\s_《》〈〉“”\"（）()：:，,、—\-]")


def _key(text: str) -> str:
    return _MARKS.sub("", text)


def _links(title: str) -> list[PlanLink]:
    """What a notice does to an earlier one, read from its title."""
    quoted = regex.search(r"《(?P<title>.+)》", title)
    inner = quoted["title"] if quoted else None
    if regex.search(r"废止|廢止", title):
        return [PlanLink("repeals", None, inner)]
    if regex.search(r"延长|延期|延長", title):
        return [PlanLink("extends", None, inner)]
    if regex.search(r"修改|修订|修訂|更正|补充通知", title):
        return [PlanLink("amends", None, inner)]
    return []


def region_of(match: str, text: str) -> str | None:
    """The place that an agency's name or a title begins with: 中共插旗镇委员会 -> 插旗镇; the innermost of several."""
    at = regex.match(r"(?:中共|中国共产党|\d{4}年(?:度)?|关于|《)*", match)
    position = at.end() if at else 0
    name: str | None = None
    while True:
        found = _REGION.match(match, position)
        if not found or _REGION_STOP.search(match[position : found.end()]):
            return name
        if match[found.end() - 1] in "市区" and _PART_OF_WORD.match(match, found.end()):
            return name
        noun = _PART_OF_NOUN.get(match[found.end() - 1])
        if noun is not None and noun.match(match, found.end()):
            return name
        name = text[position : found.end()]
        position = found.end()


def split_addressees(text: str) -> tuple[str, ...]:
    """各区人民政府，市政府各委、办、局，各有关单位 -> three; a shared head is not cut."""
    parts = regex.split(r"[，,；;\n]|(?<=[委部局办会院府关位构織织司處处])[、](?=各|有关|有關|驻|駐)", text)
    return tuple(p.strip() for p in parts if p.strip())


def iso_date(match: str) -> str | None:
    """二〇二三年三月十六日, 2023年3月16日, 民國112年3月1日 -> ISO; nothing where a part is masked or no date is there."""
    found = _DATE_PARTS.search(match)
    if not found:
        return None
    year_text = found["year"].strip("（ ")
    roc = regex.search(r"民国[ ]?(\d{2,3})", year_text)
    if roc:
        year = int(roc[1]) + 1911
    elif arabic := regex.search(r"\d{4}", year_text):
        year = int(arabic[0])
    else:
        digits = "".join(
            str("〇一二三四五六七八九".index(c))
            for c in regex.sub(r"[○O零]", "〇", year_text)
            if c in "〇一二三四五六七八九"
        )
        if len(digits) != 4:
            return None
        year = int(digits)
    month, day = labels.chinese_number(found["month"].strip()), labels.chinese_number(found["day"].strip())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"
