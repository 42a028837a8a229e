"""Questions that ask for something of a person without saying so: what is not marked goes through the messenger.

Told as a notice, because only the label speaks; 服务热线 and the like are nobody's own.
"""

import re
from collections.abc import Iterator

from scoring.columns import Table
from scoring.errors import Problem
from scoring.form import Form
from scoring.items import Words
from scoring.lint.source import Source
from scoring.yamlfile import Path as Place

OF_A_PERSON = re.compile(
    r"姓名|身份证|证件号|手机|联系电话|联系方式|家庭住址|住址|银行卡|银行账号|微信|邮箱"
    r"|(?:填表|填报|联系|负责|经办|审核|带队)人$|法定?代表人"
)


def persons(form: Form, source: Source) -> Iterator[Problem]:
    """Texts and columns whose label names a person's own data."""
    for n, section in enumerate(form.data.sections):
        for k, item in enumerate(section.items):
            path: Place = ("sections", n, "items", k)
            if isinstance(item, Words) and not item.personal and OF_A_PERSON.search(item.label):
                text = f"{item.label}像是个人信息，请改成 type: person 或 phone，或者写上 personal: true"
                yield source.problem("PERSONAL", "form.yaml", path, text, fatal=False, key="label")
            for at, column in enumerate(item.columns if isinstance(item, Table) else ()):
                if OF_A_PERSON.search(column.label):
                    text = f"{column.label}像是个人信息，表格里的一列没法单独在网页上填，请改成单独的一题"
                    yield source.problem("PERSONAL", "form.yaml", (*path, "columns", at), text, fatal=False, key="label")
