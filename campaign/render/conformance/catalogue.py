"""The table of checks in docs/conformance.md, written from the register and the layout profile.

`python -m campaign.render.conformance.catalogue` prints it; a test compares the page.
"""

import inspect
from collections.abc import Iterator
from pathlib import Path

from campaign.render.conformance.findings import Check
from campaign.render.conformance.register import CHECKS
from campaign.render.geometry import layout


def table(profile: layout.Layout) -> str:
    """The checks as a Markdown table: code, Chinese name, what it looks at, clause, strength, tolerance."""
    return "\n".join(_rows(profile)) + "\n"


def _rows(profile: layout.Layout) -> Iterator[str]:
    yield "| check | 名称 | looks at | clause | strength | value |"
    yield "|---|---|---|---|---|---|"
    for check in CHECKS:
        parameter = check.parameter(profile)
        cells = (
            f"`{check.code}`",
            check.title,
            _about(check),
            parameter.clause,
            parameter.strength.value,
            parameter.text,
        )
        yield f"| {' | '.join(cells)} |"


def _about(check: Check) -> str:
    """The first sentence of the check's docstring, without the clause it begins with."""
    words = " ".join((inspect.getdoc(check.function) or "").split())
    clause, colon, rest = words.partition(": ")
    return (rest if colon and clause[:1].isdigit() else words).rstrip(".")


if __name__ == "__main__":
    import click

    click.echo(table(layout.load(Path("templates"))), nl=False)
