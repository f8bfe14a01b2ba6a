"""The catalogue of everything that can be wrong with a workbook: code, severity, message, remedy.

Codes are never renumbered or reused. The words (see wordings) are for the clerk and the offices; placeholders
in braces are filled in by `fault`, those for the campaign's nouns ({community} …) at the end of intake. Where
the fault lies is put in front of each message by `fault` itself.
"""

from dataclasses import fields, replace

from campaign.intake.wordings.cells import CELLS
from campaign.intake.wordings.files import FILES
from campaign.intake.wordings.kind import FaultKind
from campaign.intake.wordings.rows import ROWS
from campaign.intake.wordings.sets import SETS
from campaign.records import CellRef, Fault
from campaign.rulebook.model import Nouns

__all__ = ["CATALOGUE", "FaultKind", "fault", "in_words"]

_NOUNS = {place.name: "{" + place.name + "}" for place in fields(Nouns)}

CATALOGUE = {kind.code: kind for kind in (*FILES, *CELLS, *ROWS, *SETS)}


def fault(code: str, ref: CellRef, value: str = "", **words: object) -> Fault:
    """A fault of a catalogued kind at a place. `words` fill the placeholders of its message and remedy.

    The places of the campaign's nouns stay open; `in_words` fills them.
    """
    kind = CATALOGUE[code]
    words.setdefault("hint", "")
    filled = {**_NOUNS, "value": value, **words}
    return Fault(
        code=code,
        severity=kind.severity,
        ref=ref,
        value=value,
        message=f"{ref}：{kind.message.format(**filled)}",
        remedy=kind.remedy.format(**filled),
    )


def in_words(found: Fault, nouns: Nouns) -> Fault:
    """A fault that calls everybody what the campaign calls them."""
    message, remedy = nouns.fill(found.message), nouns.fill(found.remedy)
    if (message, remedy) == (found.message, found.remedy):
        return found
    return replace(found, message=message, remedy=remedy)
