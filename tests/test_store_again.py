"""Taking in again: ids stay, what people did stands, and what changed is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import identity
from extractor.model import Extraction, PlanLink, Task
from extractor.normalise.script import simplified
from extractor.store import Store, open_store
from extractor.store.intake import taken_ids
from extractor.store.reconcile import reconcile
from extractor.store.schema import APART
from tests.factories import ELDERLY, ENVIRONMENT, ITEMS, PUBLICITY, Item, notice


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with open_store(tmp_path / "t.db") as opened:
        yield opened


def tasks(store: Store) -> list[Task]:
    return [task for _, plan in store.register().plans() for task in plan.tasks]


def ids(extraction: Extraction) -> list[str]:
    return [task.id for plan in extraction.plans for task in plan.tasks]


# -- ids are minted from content ---------------------------------------------------------------------------------------


def test_the_same_words_in_other_dress_give_the_same_ids() -> None:
    plain = notice(ITEMS)
    other = notice(
        [
            replace(
                item,
                title=item.title + " ",
                measures=[m.replace("，", ", ").replace("。", "。\n") for m in item.measures],
            )
            for item in (ELDERLY, PUBLICITY)
        ],
        head="\n\n",
    )
    assert ids(other) == ids(notice([ELDERLY, PUBLICITY]))
    assert ids(plain)[2] == ids(notice(ITEMS, path="b.pdf", media_type="application/pdf"))[2]


def test_traditional_script_gives_the_same_ids() -> None:
    one = notice([Item("健全养老服务体系", ["新建养老服务站，全面开展为老服务。"])], title="养老服务方案")
    two = notice([Item("健全養老服務體系", ["新建養老服務站，全面開展為老服務。"])], title="養老服務方案")
    assert one.plans[0].id == two.plans[0].id
    assert ids(one) == ids(two)


def test_assigning_twice_changes_nothing() -> None:
    extraction = notice(ITEMS)
    again = identity.assign(extraction.plans, text=extraction.source.text, repairs=())
    assert again == extraction.plans


def test_equal_tasks_of_one_plan_get_ids_of_their_own() -> None:
    extraction = notice([PUBLICITY, PUBLICITY, PUBLICITY])
    assert len(set(ids(extraction))) == 3


def test_masked_numbers_name_no_notice() -> None:
    for masked in ("×政发〔2023〕×号", "XX发〔20XX〕X号", "某政发〔2023〕3号", "甲政发〔20××〕5号", "", None, "无号"):
        assert identity.document_number(masked, simplified) is None, masked
    assert identity.document_number("甲政发〔2023〕13号", simplified) == identity.document_number(
        "甲政發[2023] 13號", simplified
    )


def test_a_reference_to_nothing_is_our_fault() -> None:
    extraction = notice(ITEMS, assign=False)
    plan = extraction.plans[0]
    task = replace(plan.tasks[0], deadlines=(replace(plan.tasks[0].deadlines[0], measure_id="nowhere"),))
    with pytest.raises(ValueError, match="nowhere"):
        identity.assign([replace(plan, tasks=(task,))], text=extraction.source.text, repairs=())


# -- and kept ----------------------------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    store.put(notice(ITEMS))
    before = store.register()
    report = store.put(notice(ITEMS))
    assert (report.new, report.same, report.changed, report.vanished) == (0, 3, 0, 0)
    assert store.register() == before
    assert [event.what for event in store.history(tasks(store)[0].id)] == []


def test_a_better_reading_of_the_same_file_keeps_ids_and_children(store: Store) -> None:
    first = notice(ITEMS)
    store.put(first)
    old = tasks(store)[0]
    plan = first.plans[0]
    better = replace(plan.tasks[0], title="开展河道环境整治", deadlines=plan.tasks[0].deadlines[:1])
    report = store.put(replace(first, plans=(replace(plan, tasks=(better, *plan.tasks[1:])),)))
    assert (report.same, report.changed) == (2, 1)
    now = tasks(store)[0]
    assert now.id == old.id
    assert now.title == "开展河道环境整治"
    assert [d.id for d in now.deadlines] == [old.deadlines[0].id]
    assert now.targets[0].id == old.targets[0].id
    changed = store.history(now.id)
    assert [event.what for event in changed] == ["changed"]
    assert changed[0].old.title == "开展环境整治"


def test_a_changed_file_at_the_same_path_is_a_new_version(store: Store) -> None:
    store.put(notice(ITEMS))
    before = tasks(store)
    reworded = replace(ELDERLY, measures=["新建养老服务站15个，11月底前全部投入使用。"], deadlines=(), targets=())
    added = Item("推进垃圾分类", ["各村要建立垃圾分类台账，每周检查。"])
    report = store.put(notice([PUBLICITY, ENVIRONMENT, reworded, added]))
    now = tasks(store)
    assert (report.new, report.same, report.changed, report.vanished) == (1, 2, 1, 0)
    assert [t.id for t in now] == [before[2].id, before[0].id, before[1].id, now[3].id]
    assert now[3].id not in {t.id for t in before}
    assert len(store.register().extractions) == 1


def test_what_a_later_version_adds_to_a_task_is_found_by_its_id(store: Store) -> None:
    store.put(notice(ITEMS))
    more = replace(ELDERLY, measures=[*ELDERLY.measures, "每季度上门走访独居老人一次。"])
    store.put(notice([ENVIRONMENT, more, PUBLICITY], number="甲政发〔2026〕9号"))
    apart = store._connection.execute(f"select id, task_id from measures where {APART}").fetchall()
    assert apart, "it was minted for the later version, whose ids begin otherwise"
    for name, task in apart:
        assert taken_ids(store._connection, [name, "m00000000000000f"]) == {name}
        store.remove(name, by="张三")
        now = next(t for t in store.register(decided=True).extractions[0].plans[0].tasks if t.id == task)
        assert name not in {m.id for m in now.measures}
    own = tasks(store)[0].measures[0].id
    assert taken_ids(store._connection, [own, own[:-1]]) == {own}
    assert store.intact() == []


def test_what_vanished_is_said_and_comes_back_under_its_id(store: Store) -> None:
    store.put(notice(ITEMS))
    gone = tasks(store)[1].id
    shorter = notice([ENVIRONMENT, PUBLICITY])
    report = store.put(shorter)
    assert report.vanished == 1
    assert gone not in {t.id for t in tasks(store)}
    assert [event.what for event in store.history(gone)] == ["vanished"]
    report = store.put(notice(ITEMS, foot="（此件公开发布）"))
    assert report.returned == 1
    assert gone in {t.id for t in tasks(store)}


def test_decisions_and_statuses_survive_a_second_run(store: Store) -> None:
    first = notice(ITEMS)
    store.put(first)
    task = tasks(store)[0]
    store.edit(task.id, "due_on", "2026-09-30", by="张三")
    store.edit(task.deadlines[0].id, "ends_on", "2026-09-30", by="张三")
    store.edit(task.responsibilities[0].id, "unit", "平安办", by="张三")
    store.set_status(task.id, "in_progress", by="李四")
    for again in (first, notice(ITEMS, head="\n"), notice([*ITEMS, Item("新增事项", ["抓好落实。"])])):
        store.put(again)
        extracted = tasks(store)[0]
        assert extracted.id == task.id
        assert extracted.due_on == "2026-06-30"
        decided = store.reading(task.id).decided
        assert decided is not None
        assert decided.due_on == "2026-09-30"
        assert decided.deadlines[0].ends_on == "2026-09-30"
        assert decided.responsibilities[0].unit == "平安办"
        assert store.office()[task.id].status == "in_progress"


def test_a_corrected_value_stands_where_the_extractor_finds_it_no_more(store: Store) -> None:
    first = notice(ITEMS)
    store.put(first)
    task = tasks(store)[0]
    store.edit(task.deadlines[0].id, "ends_on", "2026-07-15", by="张三")
    plan = first.plans[0]
    worse = replace(plan.tasks[0], deadlines=(), targets=(), due_on=None)
    store.put(replace(first, plans=(replace(plan, tasks=(worse, *plan.tasks[1:])),)))
    decided = store.reading(task.id).decided
    assert decided is not None
    assert [d.ends_on for d in decided.deadlines] == ["2026-07-15"]
    assert decided.due_on == "2026-07-15"


def test_a_vanished_task_that_somebody_works_on_stays_in_the_register_and_is_a_problem(store: Store) -> None:
    store.put(notice(ITEMS))
    worked, judged, alone = tasks(store)
    store.set_status(worked.id, "in_progress", by="李四")
    store.accept(judged.id, by="张三")
    store.put(
        notice([Item("完全不同的事项", ["另行安排部署相关工作任务。"]), *ITEMS[:0]], title="2026年农村环境整治实施方案")
    )
    store.put(notice([], path="notices/a.txt"))
    kept = {task.id for _, plan in store.register(decided=True).plans() for task in plan.tasks}
    assert {worked.id, judged.id} <= kept
    assert alone.id not in kept or alone.id in {t.id for t in tasks(store)}


def test_a_correction_under_which_the_reading_changed_is_shown(store: Store) -> None:
    store.put(notice(ITEMS))
    task = tasks(store)[1]
    store.edit(task.deadlines[0].id, "ends_on", "2026-11-30", by="张三")
    assert store.conflicts() == []
    later = replace(ELDERLY, deadlines=[("年底前", {"ends_on": "2026-10-31"})])
    store.put(notice([ENVIRONMENT, later, PUBLICITY], foot="\n"))
    assert [decision.entity_id for decision in store.conflicts()] == [task.deadlines[0].id]


# -- one notice, several files -----------------------------------------------------------------------------------------

NUMBERED = {"number": "甲政发〔2026〕5号", "issuer": "甲镇人民政府"}


def test_a_copy_in_another_format_is_a_second_source(store: Store) -> None:
    first = notice(ITEMS, **NUMBERED)
    store.put(first)
    report = store.put(notice(ITEMS, **NUMBERED, path="notices/a.pdf", media_type="application/pdf", foot="\n- 1 -\n"))
    assert [plan.outcome for plan in report.plans] == ["copy"]
    register = store.register()
    assert len(register.extractions) == 2
    assert [task.id for task in tasks(store)] == ids(first)


def test_a_copy_in_the_other_script_is_a_copy(store: Store) -> None:
    to_traditional = str.maketrans("环节养务体宣传导农镇", "環節養務體宣傳導農鎮")

    def dressed(item: Item) -> Item:
        return Item(item.title.translate(to_traditional), [m.translate(to_traditional) for m in item.measures])

    plain = [Item(item.title, item.measures) for item in ITEMS]
    store.put(notice(plain, region="甲镇"))
    report = store.put(notice([dressed(item) for item in ITEMS], region="甲鎮", path="b.txt"))
    assert [plan.outcome for plan in report.plans] == ["copy"]
    store.put(notice([dressed(item) for item in ITEMS], region="甲鎮"))  # in place of the first
    assert store.history(tasks(store)[0].id) == []


def test_near_copies_without_a_number_are_one_notice(store: Store) -> None:
    many = [
        Item(f"第{k}项工作", [f"各村要认真做好第{k}项工作的组织实施和责任落实，确保取得实效。"]) for k in "甲乙丙丁戊己"
    ]
    store.put(notice(many))
    report = store.put(notice(many, path="copy.txt", foot="\n转载自某网站"))
    assert [plan.outcome for plan in report.plans] == ["copy"]
    assert len(tasks(store)) == 6


def test_plans_of_one_file_that_are_alike_are_known_again_each_by_its_own_words(store: Store) -> None:
    shared = [Item(f"第{k}项工作", [f"各村要认真做好第{k}项工作的组织实施和责任落实。"]) for k in "甲乙丙丁戊己庚辛"]
    first = [*shared, Item("抓好春耕", ["抓好春耕备耕工作，确保不误农时。"])]
    second = [*shared, Item("抓好秋收", ["抓好秋收秋种工作，确保颗粒归仓。"])]
    for k, items in enumerate((first, second)):
        store.put(notice(items, title=None, path=f"{k}.txt"))
    before = [task.id for task in tasks(store)]
    for k, items in enumerate((second, first)):
        report = store.put(notice(items, title=None, path=f"copy{k}.txt", foot="\n转载"))
        assert [plan.outcome for plan in report.plans] == ["copy"]
    assert [task.id for task in tasks(store)] == before


def test_another_year_or_another_issuer_is_another_notice(store: Store) -> None:
    store.put(notice(ITEMS))
    store.put(notice(ITEMS, title="2027年农村环境整治实施方案", issued_on="2027-03-01", path="b.txt"))
    assert len(tasks(store)) == 6
    store.put(notice(ITEMS, number="乙政发〔2026〕5号", issuer="乙镇人民政府", region="乙镇", path="c.txt"))
    assert len(list(store.register().plans())) == 3
    store.put(notice([*ITEMS[:2]], number="甲政发〔2026〕5号", issuer="丙县人民政府", path="d.txt", title="另一个方案"))
    store.put(notice([*ITEMS[1:]], number="甲政发〔2026〕5号", issuer="丁县人民政府", path="e.txt", title="又一个方案"))
    names = [task.id for task in tasks(store)]
    assert len(names) == len(set(names))


def test_a_corrected_notice_under_the_same_number_is_a_new_version(store: Store) -> None:
    store.put(notice(ITEMS, **NUMBERED))
    before = [task.id for task in tasks(store)]
    later = replace(
        ELDERLY,
        measures=["新建养老服务站12个，2027年底前全部投入使用。"],
        deadlines=[("2027年底前", {"ends_on": "2027-12-31"})],
    )
    report = store.put(notice([ENVIRONMENT, later, PUBLICITY], **NUMBERED, path="更正.txt", issued_on="2026-04-01"))
    assert [plan.outcome for plan in report.plans] == ["version"]
    assert [task.id for task in tasks(store)] == before
    assert tasks(store)[1].due_on == "2027-12-31"
    assert [problem.code for _, problem in store.problems()] == ["copies_differ"]


def test_a_print_of_the_same_day_never_displaces_the_typed_file(store: Store) -> None:
    store.put(notice(ITEMS, **NUMBERED))
    worse = replace(ELDERLY, deadlines=(), targets=())
    scanned = notice([ENVIRONMENT, worse, PUBLICITY], **NUMBERED, path="z.pdf", media_type="application/pdf")
    assert [plan.outcome for plan in store.put(scanned).plans] == ["copy"]
    assert tasks(store)[1].due_on == "2026-12-31"
    assert [problem.code for _, problem in store.problems()] == ["copies_differ"]


def test_a_fuller_file_of_the_notice_takes_its_place(store: Store) -> None:
    store.put(notice(ITEMS[:2], **NUMBERED))
    before = [task.id for task in tasks(store)]
    full = notice(ITEMS, **NUMBERED, path="full.pdf", media_type="application/pdf")
    assert [plan.outcome for plan in store.put(full).plans] == ["version"]
    assert [task.id for task in tasks(store)][:2] == before
    partial = notice(ITEMS[:1], **NUMBERED, path="shell.txt", foot="附件另发")
    assert [plan.outcome for plan in store.put(partial).plans] == ["copy"]
    assert len(tasks(store)) == 3


def test_a_notice_handed_on_by_three_levels_gives_one_set_of_tasks(store: Store) -> None:
    many = [
        Item(f"抓好{k}领域安全整治", [f"全面排查{k}领域安全隐患，建立台账，逐项整改销号，{k}领域整改率达到100%。"])
        for k in ("燃气", "消防", "道路", "建筑", "校园", "水域", "危化")
    ]
    province = notice(many, number="省安委〔2026〕1号", issuer="某省安全生产委员会", region="某省", path="1省.txt",
                      title="2026年安全整治方案")  # fmt: skip
    order = Item("按时报送", ["各县区于3月20日前将贯彻情况报市安委办。"], section=("市有关要求",))
    city = notice([order, *many], number="市安委〔2026〕7号", issuer="某市安全生产委员会", region="某市", path="2市.txt",
                  title="转发2026年安全整治方案的通知", links=[PlanLink("forwards", "省安委〔2026〕1号", None)])  # fmt: skip
    order = Item("按时报送", ["各镇于3月15日前将贯彻情况报县安委办。"], section=("县有关要求",))
    county = notice([order, *many], number="县安委〔2026〕9号", issuer="某县安全生产委员会", region="某县", path="3县.txt",
                    title="转发2026年安全整治方案的通知", links=[PlanLink("forwards", "市安委〔2026〕7号", None)])  # fmt: skip
    outcomes = [[plan.outcome for plan in store.put(e).plans] for e in (province, city, county)]
    assert outcomes == [["new"], ["layer"], ["layer"]]
    assert len(tasks(store)) == 9
    origins = {
        row[0] for row in store._connection.execute("select 来源 from register where 工作任务 = '抓好燃气领域安全整治'")
    }
    assert origins == {"省安委〔2026〕1号；市安委〔2026〕7号；县安委〔2026〕9号"}
    again = store.put(replace(city, source=replace(city.source)))
    assert (again.new, again.same, again.vanished) == (0, 1, 0)
    assert len(tasks(store)) == 9
    assert store.intact() == []


def test_a_plan_that_a_file_gives_no_more_is_gone_but_not_lost(store: Store) -> None:
    first = notice(ITEMS)
    store.put(first)
    name = tasks(store)[0].id
    report = store.put(replace(first, plans=()))
    assert report.vanished == 3
    assert tasks(store) == []
    assert store.history(name)[0].what == "vanished"


# -- matching ----------------------------------------------------------------------------------------------------------


def test_reconciling_a_plan_with_itself_changes_nothing() -> None:
    plan = notice(ITEMS).plans[0]
    matched = reconcile(plan.tasks, plan.goals, plan, simplify=simplified)
    assert matched.plan == plan
    assert matched.same == tuple(task.id for task in plan.tasks)
    assert not (matched.new or matched.changed or matched.vanished)


def test_a_new_task_is_not_taken_for_a_vanished_one() -> None:
    plan = notice(ITEMS).plans[0]
    other = notice([ENVIRONMENT, Item("落实防汛责任", ["汛期实行24小时值班。"]), PUBLICITY]).plans[0]
    matched = reconcile(plan.tasks, plan.goals, other, simplify=simplified)
    assert len(matched.new) == 1
    assert matched.vanished == (plan.tasks[1].id,)


# -- laws --------------------------------------------------------------------------------------------------------------

_POOL = [
    *ITEMS,
    *(
        Item(f"{field}{duty}", [f"各村要{duty}{field}工作，明确责任到人，{field}不得走过场。", f"定期通报{field}进展。"],
             units=[("综治办", "lead")])
        for field in ("河道", "道路", "校园", "防火")
        for duty in ("排查", "整改")
    ),
]  # fmt: skip
_CHOICES = st.lists(st.tuples(st.integers(0, len(_POOL) - 1), st.booleans()), max_size=8, unique_by=lambda c: c[0])


def _chosen(choice: tuple[int, bool]) -> Item:
    """An item of the pool, perhaps lightly reworded."""
    item = _POOL[choice[0]]
    return replace(item, measures=[*item.measures, "确保取得实效。"]) if choice[1] else item


@settings(max_examples=40, deadline=None)
@given(st.lists(_CHOICES, min_size=2, max_size=5))
def test_whatever_the_versions_the_same_words_keep_their_id(versions: list[list[tuple[int, bool]]]) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "t.db") as store:
        before: dict[tuple[str, str], str] = {}
        worked: set[str] = set()
        for number, choices in enumerate(versions):
            extraction = notice([_chosen(c) for c in choices], number="甲政发〔2026〕5号", issuer="甲镇人民政府",
                                foot=f"第{number}版")  # fmt: skip
            report = store.put(extraction)
            now = tasks(store)
            counted = report.new + report.same + report.changed + report.returned
            assert counted == len(now) == len(choices)
            assert len({task.id for task in now}) == len(now)
            said = {(task.title, task.evidence.quote): task.id for task in now}
            for words, name in said.items():
                assert before.get(words, name) == name
            assert [t.title for t in now] == [t.title for t in extraction.plans[0].tasks]
            before = said
            if now:
                store.set_status(now[0].id, "in_progress", by="李四")
                worked.add(now[0].id)
            standing = {t.id for _, plan in store.register(decided=True).plans() for t in plan.tasks}
            assert worked <= standing
        assert store.intact() == []
