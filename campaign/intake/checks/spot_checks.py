"""Inspections of problems said to be put right, against the ledgers that say so."""

from collections.abc import Iterator

from campaign.intake.checks.material import Finding, Material
from campaign.intake.names import names_of
from campaign.intake.rechecks import by_serial, inspected
from campaign.records import Recheck


def recheck_of_no_row(material: Material) -> Iterator[Finding]:
    """Inspections that found a problem not put right after all, but name no row of the ledgers."""
    wanting = [
        check
        for check in material.books.spot_checks or ()
        if check.recheck is not None and check.recheck is not Recheck.CONFIRMED
    ]
    if not wanting:
        return
    agencies = [(a.name, a.aliases) for a in material.campaign.agencies]
    names = names_of(material.books.roster, agencies, material.rulebook.words)
    serials = by_serial(material.books.problems)
    for check in wanting:
        if inspected(check, serials, lambda text: names.unit(text).name or "") is None:
            yield Finding(check.origin.ref("problem"), check.serial, {"found": check.unit})
