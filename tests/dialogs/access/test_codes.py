"""Codes: random enough, typed in any way, told from everything else people type."""

import secrets

from hypothesis import given
from hypothesis import strategies as st

from dialogs.access import codes
from scoring.textgate import clean
from tests.dialogs.tiny import WHOLE

fresh = (
    st.binary(min_size=codes.LENGTH, max_size=codes.LENGTH)
    .map(lambda b: "".join(codes.ALPHABET[x % 32] for x in b))
    .filter(lambda code: sum(ch.isalpha() for ch in code) >= codes.FEWEST_LETTERS)
)


def test_a_code_has_more_than_128_random_bits_and_no_letter_that_is_misread() -> None:
    made = {codes.new_code(secrets.token_bytes) for _ in range(1000)}
    assert len(made) == 1000
    assert len(codes.ALPHABET) ** codes.LENGTH >= 2**128
    assert not set("ILOU") & set("".join(made))


def test_a_link_fits_into_a_start_parameter() -> None:
    payload = "i" + codes.new_code(secrets.token_bytes)
    assert len(payload) <= 64
    assert payload.isascii()
    assert payload.isalnum()


def as_typed(code: str, how: int) -> str:
    forms = (
        codes.shown(code),
        codes.shown(code).lower(),
        code,
        codes.shown(code).replace("-", " "),
        f"邀请码：{codes.shown(code)}",
        f"我的邀请码是 {code.lower()}。",
        codes.shown(code).replace("0", "O").replace("1", "l"),
        "".join(chr(ord(ch) + 0xFEE0) for ch in codes.shown(code)),  # full width
        codes.shown(code).replace("-", "—"),
        f"https://t.me/ziping_bot?start=i{code}",
        f"  “{codes.shown(code)}”  ",
        codes.shown(code).replace("-", "-\n"),
    )
    return forms[how % len(forms)]


@given(fresh, st.integers(0, 11))
def test_a_code_is_recognised_however_it_is_typed(code: str, how: int) -> None:
    assert codes.code_in(clean(as_typed(code, how))) == code


@given(st.text(max_size=60))
def test_what_is_recognised_is_always_a_code_and_never_fails(text: str) -> None:
    code = codes.code_in(text)
    assert code == "" or (len(code) == codes.LENGTH and set(code) <= set(codes.ALPHABET))


@given(st.lists(st.decimals(0, 9999, places=0), min_size=4, max_size=14))
def test_a_line_of_figures_is_never_a_code(figures: list[object]) -> None:
    assert codes.code_in(" ".join(str(f) for f in figures)) == ""


def test_answers_are_no_codes() -> None:
    for answer in (*WHOLE.values(), "1200 1300 1400 1500 1600 1700 1800", "13800001111 0745-1234567 110101199001011234", "跳过"):
        assert codes.code_in(answer) == ""


def test_only_the_hash_is_kept_and_tells_nothing() -> None:
    code = codes.new_code(secrets.token_bytes)
    assert code not in codes.hashed(code)
    assert len(codes.hashed(code)) == 64
    assert codes.hashed(code) == codes.hashed(codes.plain_code(codes.shown(code).lower()))
