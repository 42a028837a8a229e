"""Two texts compared: nothing is lost, nothing is invented, what stayed is not marked."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.review.sentences import Sentence, compared, sentences

texts = st.text(alphabet="甲乙丙。！；\n 1”", max_size=60)


@given(texts, texts)
def test_both_texts_can_be_read_out_of_the_comparison(old: str, new: str) -> None:
    found = compared(old, new)
    assert tuple(s.text for s in found if s.kind != "added") == sentences(old)
    assert tuple(s.text for s in found if s.kind != "removed") == sentences(new)


@given(texts)
def test_a_text_is_equal_to_itself(text: str) -> None:
    assert all(s.kind == "kept" for s in compared(text, text))


@given(texts)
def test_every_character_but_blanks_is_in_a_sentence(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_one_sentence_rewritten() -> None:
    old = "全年接待5批次。经费没有超支。"
    assert compared(old, "全年接待6批次。经费没有超支。\n下一步加强管理。") == (
        Sentence("removed", "全年接待5批次。"),
        Sentence("added", "全年接待6批次。"),
        Sentence("kept", "经费没有超支。"),
        Sentence("added", "下一步加强管理。"),
    )


def test_quotation_marks_stay_with_their_sentence() -> None:
    assert sentences("他说：“好。”然后走了") == ("他说：“好。”", "然后走了")
