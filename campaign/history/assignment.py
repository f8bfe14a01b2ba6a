"""The best one-to-one assignment between two small sets: the Hungarian method (Kuhn 1955, Munkres 1957)."""

from collections.abc import Iterable, Mapping

_MOST = 150  # of one side; beyond it, of what belongs together, the best pairs are taken one by one

Pair = tuple[int, int]


def assign(weights: Mapping[Pair, float]) -> tuple[Pair, ...]:
    """Pairs of left and right, each at most once, whose positive weights have the greatest sum.

    What is not in `weights` is never paired. The same weights give the same pairs. Time is cubic in the size
    of what hangs together, linear in how many such parts there are.
    """
    pairs: list[Pair] = []
    for left, right in _components(weights):
        if max(len(left), len(right)) > _MOST:
            pairs += _greedily(weights, set(left))
            continue
        table = [[weights.get((i, j), 0.0) for j in right] for i in left]
        pairs += [(left[r], right[c]) for r, c in _best(table) if (left[r], right[c]) in weights]
    return tuple(sorted(pairs))


def _components(pairs: Iterable[Pair]) -> list[tuple[list[int], list[int]]]:
    """What hangs together: the left and right members of each connected part, in order."""
    neighbours: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i, j in sorted(pairs):
        neighbours.setdefault((0, i), []).append((1, j))
        neighbours.setdefault((1, j), []).append((0, i))
    seen: set[tuple[int, int]] = set()
    parts: list[tuple[list[int], list[int]]] = []
    for start in neighbours:
        if start in seen:
            continue
        found, stack = [start], [start]
        seen.add(start)
        while stack:
            fresh = [n for n in neighbours[stack.pop()] if n not in seen]
            seen.update(fresh)
            found += fresh
            stack += fresh
        members = sorted(set(found))
        parts.append(([n for side, n in members if not side], [n for side, n in members if side]))
    return parts


def _greedily(weights: Mapping[Pair, float], members: set[int]) -> list[Pair]:
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs: list[Pair] = []
    for (i, j), _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if i in members and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return pairs


def _best(table: list[list[float]]) -> list[Pair]:
    """Row and column of each pair of the assignment with the greatest sum."""
    if len(table) > len(table[0]):
        turned = [list(column) for column in zip(*table, strict=True)]
        return [(row, column) for column, row in _best(turned)]
    highest = max(map(max, table))
    search = _Search([[highest - weight for weight in row] for row in table])
    for row in range(1, len(table) + 1):
        search.add(row)
    return sorted((row - 1, column - 1) for column, row in enumerate(search.row_of) if column and row)


class _Search:
    """Rows taken into the assignment one by one along the cheapest path, with potentials.

    Rows and columns count from 1; 0 is where a path starts.
    """

    def __init__(self, costs: list[list[float]]) -> None:
        self.costs = costs
        self.columns = range(1, len(costs[0]) + 1)
        self.row_rise = [0.0] * (len(costs) + 1)
        self.column_rise = [0.0] * (len(costs[0]) + 1)
        self.row_of = [0] * (len(costs[0]) + 1)

    def add(self, row: int) -> None:
        """Take in a row and let others move over for it where that is cheaper."""
        self.row_of[0] = row
        least, came_from = [float("inf")] * len(self.row_of), [0] * len(self.row_of)
        done: list[int] = []
        column = 0
        while self.row_of[column]:
            done.append(column)
            column = self._step(column, done, least, came_from)
        while column:
            self.row_of[column] = self.row_of[came_from[column]]
            column = came_from[column]

    def _step(self, column: int, done: list[int], least: list[float], came_from: list[int]) -> int:
        here = self.row_of[column]
        left = [j for j in self.columns if j not in done]
        for j in left:
            cost = self.costs[here - 1][j - 1] - self.row_rise[here] - self.column_rise[j]
            if cost < least[j]:
                least[j], came_from[j] = cost, column
        best = min(left, key=lambda j: least[j])
        step = least[best]
        for j in done:
            self.row_rise[self.row_of[j]] += step
            self.column_rise[j] -= step
        for j in left:
            least[j] -= step
        return best
