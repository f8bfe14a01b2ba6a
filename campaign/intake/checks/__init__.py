"""Checks across cells, files and weeks: what only shows once all the books are read.

Each is one small function from the material to findings, with its code in the catalogue; CHECKS lists them in
the order in which they run. What can be told from one row alone is told where the row is read.
"""

from collections.abc import Iterator

from campaign.intake.checks.material import Check, Finding, Material
from campaign.intake.checks.merits import matter_without_rule
from campaign.intake.checks.repeats import repeated_across_files, repeated_on_a_sheet
from campaign.intake.checks.reporting import stale, unchanged, undated, unreported
from campaign.intake.checks.scope import other_numbers_than_the_notice
from campaign.intake.checks.self_checks import failed_without_problem, passed_in_spite_of_problem
from campaign.intake.checks.spot_checks import recheck_of_no_row
from campaign.intake.faults import fault
from campaign.records import Fault

__all__ = ["CHECKS", "Check", "Finding", "Material", "run"]

CHECKS: tuple[Check, ...] = (
    Check("I-SET-ROSTER-SCOPE", other_numbers_than_the_notice),
    Check("I-SET-UNREPORTED", unreported),
    Check("I-SET-REPORTED-ON", undated),
    Check("I-SET-STALE", stale),
    Check("I-SET-UNCHANGED", unchanged),
    Check("I-ROW-DUPLICATE", repeated_on_a_sheet),
    Check("I-SET-DUPLICATE", repeated_across_files),
    Check("I-ROW-FAIL-UNLISTED", failed_without_problem),
    Check("I-ROW-PASS-DENIED", passed_in_spite_of_problem),
    Check("I-CELL-RECHECK-ROW", recheck_of_no_row),
    Check("I-CELL-MATTER", matter_without_rule),
)


def run(material: Material) -> Iterator[Fault]:
    """What all checks find, as faults."""
    for check in CHECKS:
        for finding in check.find(material):
            yield fault(check.code, finding.ref, finding.value, **finding.words)
