"""Small registers for the tests of the exports, with words that stand where their spans say."""

from __future__ import annotations

from extractor.model import (
    Basis,
    Deadline,
    Evidence,
    Extraction,
    Goal,
    Measure,
    Plan,
    Problem,
    Register,
    Responsibility,
    Source,
    Span,
    Target,
    Task,
)

TEXT = (
    "柳河镇秋季秸秆禁烧工作方案\n柳政发〔2025〕8号\n各村（社区）：\n"
    "一、工作目标\n到2025年底，秸秆综合利用率达到95%以上，火点同比下降30%。\n"
    "二、重点任务\n（一）落实巡查制度。各村每村组建不少于3人的巡查队，每日巡查两次。"
    "发现火点48小时内处置完毕。（牵头单位：农业农村办；责任单位：各村、派出所）\n"
    "（二）按时报送情况。各村每月28日前将台账报送镇农业农村办，联系人：王某，电话：13900001234。\n"
    "柳河镇人民政府\n2025年8月12日\n"
)


def found(words: str, start: int = 0) -> Evidence:
    """The evidence of ``words`` where they first stand in the sample text from ``start``."""
    at = TEXT.index(words, start)
    return Evidence(words, (Span(at, at + len(words)),))


def sample_plan(identifier: str = "p1") -> Plan:
    """One plan with two tasks and a goal."""
    year_end = Deadline("by", found("到2025年底"), "deadlines.by", ends_on="2025-12-31", id="d1")
    patrol = Task(
        title="落实巡查制度",
        evidence=found("落实巡查制度。各村每村组建不少于3人的巡查队，每日巡查两次。发现火点48小时内处置完毕。"),
        rule="tasks.item",
        section=("二、重点任务", "（一）落实巡查制度。"),
        measures=(
            Measure(found("各村每村组建不少于3人的巡查队，每日巡查两次。"), "m1"),
            Measure(found("发现火点48小时内处置完毕。"), "m2"),
        ),
        responsibilities=(
            Responsibility("农业农村办", "lead", found("牵头单位：农业农村办"), "units.bracket", id="r1"),
            Responsibility("各村", "responsible", found("责任单位：各村、派出所"), "units.bracket", id="r2"),
            Responsibility("派出所", "responsible", found("责任单位：各村、派出所"), "units.bracket", id="r3"),
        ),
        deadlines=(
            Deadline("within", found("48小时内"), "deadlines.within", duration="PT48H", id="d2"),
            Deadline("recurring", found("每日"), "deadlines.each", recurrence="FREQ=DAILY", id="d3"),
            Deadline(
                "by",
                found("到2025年底"),
                "deadlines.by",
                ends_on="2025-12-31",
                inherited=True,
                basis=(Basis("heading", found("到2025年底")),),
                id="d4",
            ),
        ),
        targets=(Target("巡查队人数", ">=", 3, None, "人", found("每村组建不少于3人"), "targets.at_least", id="q1"),),
        due_on="2025-12-31",
        due_rule="inherited",
        id="t1",
    )
    report = Task(
        title="按时报送情况",
        evidence=found("按时报送情况。各村每月28日前将台账报送镇农业农村办，联系人：王某，电话：13900001234。"),
        rule="tasks.item",
        section=("二、重点任务", "（二）按时报送情况。"),
        measures=(Measure(found("各村每月28日前将台账报送镇农业农村办，联系人：王某，电话：13900001234。"), "m3"),),
        responsibilities=(Responsibility("各村", "responsible", found("各村每月28日前"), "units.subject", id="r4"),),
        deadlines=(
            Deadline(
                "recurring", found("每月28日前"), "deadlines.each", recurrence="FREQ=MONTHLY;BYMONTHDAY=28", id="d5"
            ),
        ),
        report_to="镇农业农村办",
        contact="王某，电话：13900001234",
        confidence=0.5,
        id="t2",
    )
    goal = Goal(
        found("到2025年底，秸秆综合利用率达到95%以上，火点同比下降30%。"),
        section=("一、工作目标",),
        deadlines=(year_end,),
        targets=(
            Target("秸秆综合利用率", ">=", 95, None, "%", found("秸秆综合利用率达到95%以上"), "targets.reach", id="q2"),
            Target("火点", "=", 30, 30, "%", found("火点同比下降30%"), "targets.fall", change="decrease", id="q3"),
        ),
        id="g1",
    )
    return Plan(
        title="柳河镇秋季秸秆禁烧工作方案",
        pieces=(Span(0, len(TEXT)),),
        number="柳政发〔2025〕8号",
        issuer="柳河镇人民政府",
        addressees=("各村（社区）",),
        issued_on="2025-08-12",
        region="柳河镇",
        tasks=(patrol, report),
        goals=(goal,),
        id=identifier,
    )


def sample_register(*plans: Plan) -> Register:
    """A register of one file with these plans (or the sample plan) and one problem."""
    source = Source(
        "s", "通知/柳河镇.txt", "0" * 64, "text/plain", TEXT, "utf-8", pages=((0, 1), (TEXT.index("二、"), 2))
    )
    problem = Problem("annex_missing", "正文提到附件《巡查队名单》，文件里没有", (Span(0, 4),))
    return Register((Extraction(source, plans or (sample_plan(),), (problem,)),))


def task_with(title: str, text: str = "各村要抓好落实。", **more: object) -> Task:
    """A task with words of one's own, for hostile and long texts; its spans are not those of any text."""
    evidence = Evidence(text, (Span(0, max(len(text), 1)),))
    return Task(
        title=title, evidence=evidence, rule="r", measures=(Measure(evidence),), id=f"t-{abs(hash(title))}", **more
    )  # type: ignore[arg-type]
