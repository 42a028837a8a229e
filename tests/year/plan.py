"""The simulated county, drawn from its seed: units, people, what each unit fills, and how each person is.

Not here: what happens to them in the year (persons.py, bureau.py).
"""

from dataclasses import dataclass, field
from random import Random

from tests.year.small import PROJECT_FORM, UNIT_FORM

COUNTY = "清溪县"
_ABOVE = [
    "财政",
    "教育",
    "卫健",
    "民政",
    "人社",
    "水务",
    "交通",
    "农业农村",
    "自然资源",
    "住建",
    "文旅",
    "林业",
    "应急",
    "审计",
    "司法",
    "市场监管",
    "生态环境",
    "发改",
    "退役军人",
    "医保",
]
_PLACES = [
    "青石",
    "白杨",
    "双河",
    "柳林",
    "大屯",
    "北关",
    "石桥",
    "清泉",
    "南坪",
    "高桥",
    "龙潭",
    "东山",
    "西湖",
    "马岭",
    "新街",
    "沙田",
    "长岗",
    "云台",
    "花园",
    "铁炉",
    "红旗",
]
_BELOW = (
    ("中心小学", "学校", "教育"),
    ("卫生院", "卫生院", "卫健"),
    ("敬老院", "中心站所", "民政"),
    ("水管站", "中心站所", "水务"),
)
_BELOW += (("中学", "学校", "教育"), ("林业站", "中心站所", "林业"))
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉萍红玲芬燕彬建国志伟海波春梅秀兰文斌永健"

REAL = (  # (form, case, project): the public packs take part with the answers of their own cases
    ("hecheng-2020/department", "department.yaml", ""),
    ("hecheng-2020/project", "project@contract.yaml", "人社包干工作经费"),
    ("lieshan-2023/project", "project@pension.yaml", "城乡居民养老保险"),
    ("guangshui-2024/declaration", "declaration.yaml", ""),
    ("hengyang-2022/department", "department.yaml", ""),
    ("xundian-2023/department", "department.yaml", ""),
    ("qingshan-2025/declaration", "declaration@lamp.yaml", "路灯改造"),
    ("qingshan-2025/project", "project@road-2024.yaml", "农村公路养护"),
)
SIGNED = {"filler_name": "李敏", "filled_on": "2026年3月10日", "filler_phone": "0745-1234567"}  # what 鹤城's case leaves open


@dataclass
class Unit:
    """A unit, and who belongs to it by name."""

    name: str
    code: str
    grouping: str
    above: str = ""
    id: str = ""


@dataclass
class Human:
    """Somebody: what they are, how quick they are, and what they know."""

    name: str
    role: str
    unit: Unit | None
    pace: float = 0.5  # how likely they do on a day what they know they have to
    nightly: bool = False  # looks at the phone late in the evening, too
    code: str = ""
    joined: bool = False
    address: str = ""


@dataclass
class Task:
    """A filing to come: of a unit, perhaps for a project, with a case's answers where it is a public pack's."""

    unit: Unit
    form: str
    project: str = ""
    case: str = ""
    id: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    never: bool = False  # nobody will ever finish it
    returned: int = 0  # how often a reviewer means to give it back


@dataclass
class Plan:
    """Everything drawn before the year begins."""

    units: list[Unit]
    people: list[Human]
    tasks: list[Task]

    def members(self, unit: Unit, role: str) -> list[Human]:
        return [human for human in self.people if human.unit is unit and human.role == role]


def draw(seed: int, units: int, people: int) -> Plan:
    """A county of so many units and people."""
    chance = Random(f"{seed}/plan")
    found = _units(units)
    names = _names(chance, people)
    crowd = [Human(names.pop(), "administrator", None, 1.0), Human(names.pop(), "administrator", None, 1.0)]
    crowd += [Human(names.pop(), "filler", unit, chance.choice((0.2, 0.5, 0.9)), chance.random() < 0.2) for unit in found]
    heads = [unit for unit in found if not unit.above] + chance.sample([u for u in found if u.above], len(found) // 4)
    crowd += [Human(names.pop(), "reviewer", unit, chance.choice((0.4, 0.8))) for unit in heads]
    while names:
        role = chance.choices(("filler", "reviewer", "observer"), (6, 2, 1))[0]
        crowd.append(Human(names.pop(), role, chance.choice(found), chance.choice((0.1, 0.3, 0.6))))
    return Plan(found, crowd, _tasks(chance, found))


def _units(count: int) -> list[Unit]:
    above = _ABOVE[: max(3, count // 6)]
    units = [Unit(f"{COUNTY}{name}局", f"{n:03d}", "部门") for n, name in enumerate(above, 1)]
    for n in range(count - len(units)):
        what, grouping, head = _BELOW[n // len(_PLACES) % len(_BELOW)]
        boss = f"{COUNTY}{head if head in above else above[0]}局"
        units.append(Unit(f"{COUNTY}{_PLACES[n % len(_PLACES)]}{what}", f"{101 + n}", grouping, boss))
    return units


def _names(chance: Random, count: int) -> list[str]:
    every = [f"{a}{b}{c}" for a in _SURNAMES for b in _GIVEN for c in _GIVEN[::3]]
    return chance.sample(every, count)


def _tasks(chance: Random, units: list[Unit]) -> list[Task]:
    tasks = [Task(unit, UNIT_FORM, typed=_short(chance)) for unit in units]
    for unit in chance.sample(units, len(units) // 4):
        for n in range(chance.choice((1, 1, 2))):
            tasks.append(Task(unit, PROJECT_FORM, f"{unit.name[3:]}{'一二'[n]}期工程", typed=_project(chance)))
    for task in tasks:
        task.never = chance.random() < 0.03
        task.returned = chance.choices((0, 1, 2), (75, 20, 5))[0]
    hosts = chance.sample(units, len(REAL)) if len(units) >= len(REAL) else units
    tasks += [
        Task(unit, form, project, case, typed=dict(SIGNED)) for unit, (form, case, project) in zip(hosts, REAL, strict=False)
    ]
    return tasks


def _short(chance: Random) -> dict[str, str]:
    quota = chance.randint(5, 80)
    budget = chance.randint(100, 900)
    final = round(budget * chance.uniform(0.8, 1.0), 2)
    problems = chance.choice(("预算编制还不够细，明年改进。", "有两个项目启动晚了，影响了执行进度。", "没有大的问题。"))
    return {
        "quota": str(quota),
        "staff": str(quota - chance.randint(-1, 3)),
        "budget": f"{budget}",
        "final": f"{final:g}",
        "satisfied": f"{chance.randint(880, 999) / 10:g}%",
        "problems": problems,
    }


def _project(chance: Random) -> dict[str, str]:
    budget = chance.randint(10, 90)
    final = round(budget * chance.uniform(0.9, 1.0), 2)
    done = f"{chance.randint(90, 100)}%"
    return {"budget": str(budget), "final": f"{final:g}", "done": done, "results": "按合同完成，验收合格。"}
