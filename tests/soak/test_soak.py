"""Every long proof in small: it holds, and it notices each bug planted for it."""

import pytest

import tests.fuzz
import tests.soak
from tests.soak import Red
from tests.soak.crashing.compiling import NoCompiler
from tests.soak.proofs import Proof, proofs

FOUND = [*proofs(tests.soak), *proofs(tests.fuzz)]
NAMES = [name for name, _ in FOUND]


@pytest.mark.parametrize("proof", [proof for _, proof in FOUND], ids=NAMES)
def test_it_holds(proof: Proof) -> None:
    _run(proof, "")


@pytest.mark.parametrize(
    ("proof", "tooth"), [pytest.param(p, tooth, id=f"{name}-{tooth}") for name, p in FOUND for tooth in p.TEETH]
)
def test_a_planted_bug_is_noticed(proof: Proof, tooth: str) -> None:
    with pytest.raises(Red):
        _run(proof, tooth)


def _run(proof: Proof, planted: str) -> None:
    try:
        proof.run(1, proof.AMOUNT["quick"], planted)
    except NoCompiler:
        pytest.skip("a C compiler is needed to put a watched disk under the program; `make soak` insists on one")
