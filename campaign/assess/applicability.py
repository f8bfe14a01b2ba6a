"""Whether a rule applies to a subject at all: where every self-check says 不适用, it may not."""

from campaign.assess.subjects import Subject
from campaign.assess.verdicts import LeftOut
from campaign.rulebook.model import Rule
from campaign.rulebook.terms import Lacking


def inapplicable(rule: Rule, subject: Subject) -> LeftOut | None:
    """That the rule does not apply, with the answers that say so; None where it applies.

    It applies where any community has not answered, has answered otherwise, or has a problem of the items.
    """
    if rule.not_applicable is None or not subject.communities:
        return None
    if any(problem.item in rule.applies_to for problem in subject.problems):
        return None
    cells = []
    for community in subject.communities:
        for item in rule.applies_to:
            cell = subject.inapplicable.get((community.name, item))
            if cell is None:
                return None
            cells.append(cell)
    items = "、".join(str(item) for item in rule.applies_to)
    end = "，不扣分" if rule.not_applicable is Lacking.FULL else ""
    because = f"“{rule.title}”（{rule.id}）：自查表条目{items}均为“不适用”{end}"
    return LeftOut(rule.not_applicable, because, tuple(cells))
