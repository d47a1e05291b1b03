"""What tasks inherit from headings, paragraphs, the whole plan and sentences that point back; and the day to show."""

from __future__ import annotations

from dataclasses import replace

from extractor.assemble.dates import carried, deadline, due, inherited_for, pointed_back
from extractor.extractors.deadlines import DeadlineValue, find
from extractor.lexicon import load
from extractor.model import Deadline, Evidence, Node, Sentence, Span
from extractor.text import PlanText
from tests.plan_texts import plan_of

PHASES = """工作从2023年3月至12月，分两个阶段开展。
# （一）宣传发动阶段（2023年3月-4月底）
各村组建宣传队伍。
# （二）集中整治阶段（2023年5月-10月）
镇村联动开展整治，6月底前完成主干道清理。
# （三）长效管护
各村建立管护制度。"""


def _at(plan: PlanText, word: str) -> list[tuple[str, str]]:
    node = plan.node_at(plan.text.index(word))
    found = list(find(plan, load()))
    return [(m.span.of(plan.text), why.why) for m, why in inherited_for(plan, node, found)]


def test_phase_dates_hold_below_their_heading() -> None:
    plan = plan_of(PHASES, year="2023")
    assert _at(plan, "各村组建") == [("2023年3月-4月底", "heading")]
    assert _at(plan, "镇村联动") == [("2023年5月-10月", "heading")]


def test_period_of_the_whole_plan_holds_where_no_heading_has_one() -> None:
    plan = plan_of(PHASES, year="2023")
    assert _at(plan, "各村建立") == [("从2023年3月至12月", "document_rule")]


def test_a_bare_date_goes_by_the_year_of_its_stage() -> None:
    text = """# 集中攻坚阶段（2024年9月-12月）
10月15日前完成摸排。
# 巩固提升阶段（2025年1月-6月）
3月底前完成改造。
# 延续阶段（2025年9月-2026年2月）
11月底前完成复查。"""
    plan = plan_of(text, year="2024", issued_on="2024-08-30")
    made = [deadline(plan, m, load()) for m in find(plan, load())]
    told = {d.evidence.quote: (d.ends_on, [why.why for why in d.basis]) for d in made}
    assert told["10月15日前"][0] == "2024-10-15"
    assert told["3月底前"] == ("2025-03-31", ["heading"])
    assert told["11月底前"][0] == "2024-11-30"


def test_inherited_deadline_says_so() -> None:
    plan = plan_of(PHASES, year="2023")
    mentions = list(find(plan, load()))
    [(mention, why)] = inherited_for(plan, plan.node_at(plan.text.index("各村组建")), mentions)
    d = deadline(plan, mention, load(), inherited=why)
    assert d.inherited and d.basis[0].why == "heading" and (d.starts_on, d.ends_on) == ("2023-03-01", "2023-04-30")


def test_opening_date_holds_until_another_stands() -> None:
    plan = plan_of("到2025年，建成示范村10个。培育企业5家。2027年底前再建5个。打造品牌3个。", year="2023")
    mentions = list(find(plan, load()))
    got = [(s.span.of(plan.text), m.span.of(plan.text)) for s, m, _ in carried(plan, mentions)]
    assert got == [("培育企业5家。", "到2025年")]


def test_date_inside_a_sentence_is_not_carried() -> None:
    plan = plan_of("各村要在2025年底前建成示范村10个。培育企业5家。", year="2023")
    assert carried(plan, list(find(plan, load()))) == []


def test_pointing_back() -> None:
    plan = plan_of("# 一、整治内容\n各村清理合同。\n以上工作要在2023年9月底前完成。", year="2023")
    [mention] = find(plan, load())
    assert isinstance(mention.value, DeadlineValue) and mention.value.back


def test_pointing_back_covers_the_items_before() -> None:
    """As a paragraph of its own; inside an item's text it is the item's own."""
    text = "一、内容\n（一）清理合同。\n（二）清收欠款。\n以上任务须在2023年7月底前完成。"
    first = Span(text.index("（一）"), text.index("\n（二）"))
    last = Span(text.index("（二）"), len(text))
    back = Span(text.index("以上"), len(text))
    items = (
        Node("item", 2, first, label="（一）", sentences=(Sentence(first),), paragraphs=(first,)),
        Node(
            "item",
            2,
            last,
            label="（二）",
            sentences=(Sentence(last),),
            paragraphs=(Span(last.start, back.start - 1), back),
        ),
    )
    made = plan_of(text, year="2023")
    heading = Node("heading", 1, Span(0, len(text)), heading=Span(2, 4), children=items)
    plan = replace(made, root=Node("plan", 0, made.span, children=(heading,)))
    covered = [
        node.label for node, _, why in pointed_back(plan, list(find(plan, load()))) if why.why == "back_reference"
    ]
    assert covered == ["（一）", "（二）"]


def test_year_of_the_context() -> None:
    """A month takes the year written before it in its paragraph, and says so."""
    plan = plan_of("2024年5月底前完成招标，10月底前完工。", year="2023")
    first, second = (deadline(plan, m, load()) for m in find(plan, load()))
    assert first.basis == () and second.ends_on == "2024-10-31"
    assert [(b.why, b.evidence.quote) for b in second.basis] == [("paragraph", "2024年5月底")]


def _deadline(ends_on: str | None, *, kind: str = "by", inherited: bool = False, edtf: str | None = None) -> Deadline:
    return Deadline(kind, Evidence("", ()), "", ends_on=ends_on, inherited=inherited, edtf=edtf)  # type: ignore[arg-type]


def test_due_is_the_latest_own_end() -> None:
    own = [_deadline("2023-06-30"), _deadline("2023-09-30"), _deadline("2023-12-31", inherited=True)]
    assert due(own) == ("2023-09-30", "own")


def test_due_falls_back_on_what_is_inherited() -> None:
    assert due([_deadline("2023-12-31", inherited=True)]) == ("2023-12-31", "inherited")


def test_due_never_comes_from_lengths_and_partial_dates() -> None:
    assert due([_deadline("2023-06-30", kind="within"), _deadline(None, edtf="20XX-05")]) == (None, None)


def test_period_alone_under_its_heading_holds_for_the_plan() -> None:
    plan = plan_of("# 一、整治时间\n2023年4月10日至6月30日。\n# 二、整治重点\n各学校排查线路。", year="2023")
    assert _at(plan, "各学校") == [("2023年4月10日至6月30日", "document_rule")]


def test_period_inside_a_long_line_is_its_own() -> None:
    plan = plan_of(
        "# 一、时间安排\n2023年4月10日至6月30日，由县教育局牵头，组织各学校对食堂、宿舍、实验室和校车逐一开展排查整治。\n# 二、要求\n各学校报送台账。",
        year="2023",
    )
    assert _at(plan, "各学校报送") == []
