"""The place that a paper governs (地区)."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.model import Span
from extractor.segment.letterhead.page import Page

# 江州市, 江州区, 景德镇市, 新乡县, 津市市: what ends like a place goes on to the end of the name, where no other word begins
# (镇市场监管所, 乡县级河长)
_GOES_ON = "(?![市县](?![场域划级内间容联]|政(?!府|协)|民(?!政)))"
_REGION = regex.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{1,7}}?(?:省|自治区|自治州|市(?!市(?!场))|县|区|镇{_GOES_ON}|乡{_GOES_ON}|街道|旗(?![镇乡县区市帜舰])|盟|州(?!区(?![域划级间内])){_GOES_ON}"
    r"|(?<![农乡新各本我全政心驻联])村(?=村?民委员会|村?委会|党总支|党支部|党委|支部|“?两委))|(?:[XxＸ×#*]{1,4}|某某?)(?:省|市|县|区|镇|乡|街道|旗|村))"
)
_REGION_STOP = regex.compile(
    r"(?:城市|都市|集市|超市|股市|社区|乡镇|城镇|村镇|地区|园区|市区|小区|城区|片区|景区|灾区|牧区|林区|库区|校区|山区|郊区|辖区|全区|全市|全县|全镇|全乡|全省|本市|本县|本镇|我市|我县|我镇|我区|我乡|我省|各县|各市|各区|各镇|各乡|特区|新区试验区|开发区|示范区|功能区|集聚区|保护区|示范县|示范镇|示范市|强镇|乡村|城乡|家乡|老区|军区|选区|街区|革命老区|建制镇|省市|市县|县乡|文明城)$"
)
# 盐城市, 成都市, 房山区, 西城区, 富强镇 end like such a word, and are places: with one character before it that makes no
# phrase of it (老城区, 在山区), or with the place's own authorities behind it (新城区人民政府)
_NAMED_ALIKE = regex.compile(r"(?P<own>[\u4e00-\u9fff])(?:城市|都市|城镇|城区|山区|强镇)")
_PHRASE_OF_ONE = frozenset(
    "老新旧主大小中全各深半高县市区镇乡本我多双名古水建强创做抓促推保护爱迎在对为以向把将让从与和及是于"
)
_AUTHORITY = regex.compile(r"(?:人民)?政府|人大|政协|(?:区|市|镇)?委|纪委|党工?委")
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
_BEFORE_PLACE = regex.compile(r"(?:中共|中国共产党|\d{4}年(?:度)?|关于|《)*")
_NATIONAL = regex.compile(r"国务院|中共中央|中央|全国")
_MASKED_REGION = regex.compile(r"(?:[XＸx×#*]{1,3}|某)(?:省(?!道)|市|县|区|镇|乡|街道)(?!级)")
# 根据《*县关于……的通知》: a place in the name of another's paper
_IN_NAME = regex.compile(r"《[^》\n]*")


def region_named(page: Page, issuer: tuple[str, str] | None, title: Sequence[Span]) -> str | None:
    """The region of a paper: its issuer's, its title's, else a masked one of its text; none for a national paper."""
    if issuer and _NATIONAL.match(issuer[0]):
        return None
    named = region_of(*issuer) if issuer else None
    named = named or region_of(page.joined_match(title), page.joined(title))
    if named or not page.lines:
        return named
    start, end = page.lines[0].span.start, page.lines[-1].span.end
    own = (m for m in _MASKED_REGION.finditer(page.match, start, end) if not _names_paper(page.match, start, m.start()))
    masked = next(own, None)
    return masked[0] if masked else None


def _names_paper(match: str, start: int, place: int) -> bool:
    """True for a place that the name of a paper opens with."""
    return _IN_NAME.fullmatch(match, max(start, match.rfind("《", start, place)), place) is not None


def _is_place(match: str, found: regex.Match[str]) -> bool:
    """True where what ends like a common word (城市, 山区) is a place's name all the same."""
    alike = _NAMED_ALIKE.fullmatch(found[0])
    if alike is None:
        return False
    return alike["own"] not in _PHRASE_OF_ONE or _AUTHORITY.match(match, found.end()) is not None


def region_of(match: str, text: str) -> str | None:
    """The place that an agency's name or a title begins with: 中共插旗镇委员会 -> 插旗镇; the innermost of several."""
    at = _BEFORE_PLACE.match(match)
    position = at.end() if at else 0
    name: str | None = None
    while True:
        found = _REGION.match(match, position)
        if not found or (_REGION_STOP.search(found[0]) and not _is_place(match, found)):
            return name
        if match[found.end() - 1] in "市区" and _PART_OF_WORD.match(match, found.end()):
            return name
        noun = _PART_OF_NOUN.get(match[found.end() - 1])
        if noun is not None and noun.match(match, found.end()):
            return name
        name = text[position : found.end()]
        position = found.end()
