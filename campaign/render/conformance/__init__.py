"""The conformance checker: finished PDF pages measured against GB/T 9704-2012.

    python -m campaign.render.conformance FILE.pdf

It measures what is printed (ink, edges, rules, faces), not how the file was made, so any PDF can be held
against the profile in templates/layout.yaml. Only what the standard prescribes (规定) fails; the rest warns.
"""

from campaign.render.conformance.findings import Check, Finding, Result
from campaign.render.conformance.measuring import UnreadablePdfError, measure
from campaign.render.conformance.model import Paper
from campaign.render.conformance.reading import Reading, parts
from campaign.render.conformance.register import CHECKS
from campaign.render.geometry.layout import Layout

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Reading",
    "Result",
    "UnreadablePdfError",
    "check",
    "hold",
    "measure",
    "parts",
]


def check(data: bytes, layout: Layout) -> tuple[Result, ...]:
    """Hold a PDF against the profile; what is amiss, in the order of the checks.

    Raises:
        UnreadablePdfError: it cannot be opened.
        TemplateError: the profile lacks a parameter.
    """
    return hold(measure(data), layout)


def hold(paper: Paper, layout: Layout) -> tuple[Result, ...]:
    """Hold measured pages against the profile, each document of a print set for itself."""
    return tuple(
        Result(one, finding, parameter.clause, parameter.strength)
        for document in parts(paper, layout)
        for reading in (Reading(document, layout),)
        for one in CHECKS
        for parameter in (one.parameter(layout),)
        for finding in one.function(reading)
    )
