"""What is wrong with a value of a pack, in words: the validation library says it in English, and not what to do.

Not here: where it stands (compiling.py), or mistakes between several values (lint/).
"""

from collections.abc import Mapping

from pydantic_core import ErrorDetails

_WHOLE, _NUMBER, _YES_NO = "应是整数", "应是数字", "应是 true 或 false"
_LIST = "应是一个列表：一条一行、以 - 开头，或写成 [甲, 乙]"
_KEYS = "应是“键: 值”，一行一个，或写成 {键: 值, 键: 值}"
_MEANING: Mapping[str, str] = {
    "missing": "缺少这个键",
    "extra_forbidden": "不认识这个键；请核对写法和缩进，或删去",
    "string_pattern_mismatch": "只可用小写字母、数字和下划线，以字母开头",
    "union_tag_invalid": "没有这个种类",
    "union_tag_not_found": "没有写种类（type 或 kind）",
    "literal_error": "没有这个写法",
    "string_type": "应是文字（数字请加引号）",
    "string_too_short": "不能空着",
    "string_too_long": "最多 {max_length} 个字",
    "too_short": "至少要有 {min_length} 条",
    "too_long": "最多 {max_length} 条",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
    **dict.fromkeys(("decimal_parsing", "decimal_type", "finite_number"), _NUMBER),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), _WHOLE),
    **dict.fromkeys(("bool_parsing", "bool_type"), _YES_NO),
    **dict.fromkeys(("tuple_type", "list_type"), _LIST),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), _KEYS),
}


def in_words(error: ErrorDetails) -> str:
    """What is wrong, and what is possible instead."""
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context.get("error", error["msg"]))
    text = _MEANING.get(error["type"], error["msg"])
    for name, value in context.items():
        text = text.replace(f"{{{name}}}", str(value))
    expected = str(context.get("expected_tags") or context.get("expected") or "")
    return text + (f"，可用：{expected.replace(' or ', '、').replace(', ', '、').replace(chr(39), '')}" if expected else "")
