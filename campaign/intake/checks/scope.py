"""The roster against the notice."""

from collections.abc import Iterator

from campaign.intake.checks.material import Finding, Material
from campaign.records import CellRef


def other_numbers_than_the_notice(material: Material) -> Iterator[Finding]:
    """Numbers of communities and companies that differ from those the notice states."""
    roster, campaign = material.books.roster, material.campaign
    nouns = campaign.nouns
    counts = (
        (nouns.community, len(roster.communities), campaign.scope_communities),
        (nouns.company, len(roster.companies), campaign.scope_companies),
    )
    for field, found, expected in counts:
        if material.roster_file and expected is not None and found != expected:
            words = {"field": field, "found": found, "expected": expected}
            yield Finding(CellRef(material.roster_file), str(found), words)
