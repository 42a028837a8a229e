"""Who is named in a filing: the persons it asks for, those who are known to take part, and names behind a title.

Also what looks like a phone number, an identity number or an address of mail. Not here: what is done about it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from scoring.answers import Answers
from scoring.form import Form
from scoring.items import Person

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦苏潘葛奚范彭郎鲁韦昌马苗凤俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬乐傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧伏戴谈宋茅庞熊"
    "纪舒屈祝董梁杜阮蓝闵席季麻贾娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房裘缪干宗丁宣邓郁杭洪"
    "包诸崔吉龚程邢裴陆荣翁荀羊惠甄曲封段焦巴牧车侯班秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司黎蒲白怀索赖卓蔺屠乔"
    "胥苍双闻党翟谭贡劳姬申扶堵冉宰郦雍桑桂牛寿边扈燕冀郏尚别庄晏柴瞿阎充慕连茹习宦艾鱼容易慎戈廖庾居衡耿满"
    "弘匡国文寇广禄阙欧殳沃利蔚越隆师巩聂晁勾敖融冷辛阚饶曾沙养鞠须丰蒯荆红游竺益桓岳帅涂肖闫覃岑"
)
# Surnames that are words as well (向, 和, 应 …) are left out: a name behind a title is only guessed.
TITLES = "联系人|填表人|填报人|审核人|复核人|负责人|经办人|带队人|局长|副局长|主任|副主任|科长|副科长|股长|副股长|书记|副书记|县长|副县长|所长|站长|院长|校长|会计|出纳|同志"
DOES = "同志|先生|女士|等|督办|牵头|负责|带队|主持|参加|分管|主管|组织|要求|指出|强调|介绍|表示|说|签|审|批|任|带|到|赴|率|在|对|与|及|亲自|担任|经办|填报|审核|联系"
BEHIND_TITLE = re.compile(rf"(?:{TITLES})[:：为是]?\s*(?P<name>[{SURNAMES}][㐀-鿿]{{1,2}}?)(?=[，。、；,;：:（）()\s]|{DOES}|$)")
BEFORE_TITLE = re.compile(rf"(?:^|[，。、；,;：:（）()\s由])(?P<name>[{SURNAMES}][㐀-鿿]{{1,2}})(?=同志|先生|女士)")
PHONE = re.compile(
    r"(?<![\d.])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[(（]?0\d{2,3}[)）]?[- ]?\d{7,8}(?:[-转]\d{1,5})?)(?![\d.])"
)
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NUMBERS = (IDENTITY, PHONE, MAIL)
LONG_NAME = 3  # characters from which a name known from elsewhere is looked for: a shorter one may be a word


@dataclass(frozen=True)
class Names:
    """The names to be taken out, the longest first."""

    all: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds any of them, also with blanks between the characters."""
        spelled = [r"\s*".join(map(re.escape, name)) for name in sorted(self.all, key=lambda n: (-len(n), n))]
        return re.compile("|".join(spelled)) if spelled else None


def names_in(form: Form, answers: Answers, members: Iterable[str] = (), others: Iterable[str] = ()) -> Names:
    """The names of a filing. `members`: people of the unit; `others`: people of other units, if their names are long."""
    found = set(_persons(form, answers))
    found |= {plain for name in members if len(plain := _plain(name)) >= 2}
    found |= {plain for name in others if len(plain := _plain(name)) >= LONG_NAME}
    return Names(frozenset(found))


def _persons(form: Form, answers: Answers) -> Iterator[str]:
    """Whoever stands where a form asks for a person; several may stand there."""
    for id, item in form.items.items():
        answer = answers.get(id)
        if isinstance(item, Person) and answer is not None and isinstance(answer.value, str):
            for name in re.split(r"[、，,;；/和\s]+", answer.value):
                if len(plain := _plain(name)) >= 2:
                    yield plain
            if len(whole := _plain(answer.value)) in (2, 3, 4):
                yield whole


def _plain(name: str) -> str:
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFC", name))
    return bare if re.fullmatch(r"[㐀-鿿·•A-Za-z]+", bare) else ""
