"""What a check finds, and what a check is: a name, a clause with its strength, and a small pure function."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from campaign.render.conformance.reading import Reading
from campaign.render.geometry.layout import Layout, Parameter, Strength


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a page is not as it should be. `page` counts from 1; 0 means the whole file."""

    page: int
    measured: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Check:
    """One check. Its clause, strength and tolerance are the parameter `checks.<code>` of layout.yaml."""

    code: str
    title: str
    function: Callable[[Reading], Iterable[Finding]]

    def parameter(self, layout: Layout) -> Parameter:
        """Clause, strength and tolerance."""
        return layout.parameter(f"checks.{self.code}")


@dataclass(frozen=True, slots=True)
class Result:
    """A finding with the check that made it and how binding that is."""

    check: Check
    finding: Finding
    clause: str
    strength: Strength

    @property
    def fails(self) -> bool:
        """Whether it makes the document fail: only what is prescribed does."""
        return self.strength is Strength.PRESCRIBED


def mm(value: float) -> str:
    """A length for people: 7.0毫米."""
    return f"{value:.1f}毫米"
