"""The assignment is the best there is, whatever its shape."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from campaign.history.assignment import assign

WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 30).map(float), max_size=12
)


def best(weights: dict[tuple[int, int], float]) -> float:
    """The greatest sum, by trying everything."""
    right: list[int | None] = [*range(4), *[None] * 4]
    return max(
        sum(weights.get((i, j), 0.0) for i, j in enumerate(order) if j is not None)
        for order in set(permutations(right, 4))
    )


@given(WEIGHTS)
def test_no_other_assignment_is_better(weights: dict[tuple[int, int], float]) -> None:
    pairs = assign(weights)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert sum(weights[pair] for pair in pairs) == best(weights)


def test_what_has_no_weight_is_never_paired() -> None:
    assert assign({}) == ()
    assert assign({(0, 0): 1.0, (1, 1): 1.0}) == ((0, 0), (1, 1))


def test_what_is_very_many_is_paired_as_well() -> None:
    weights = {(i, j): 2.0 if i == j else 1.0 for i in range(160) for j in range(160)}
    assert assign(weights) == tuple((n, n) for n in range(160))
