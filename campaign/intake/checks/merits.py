"""The table of matters (考核事项) against the rules: what no rule looks at changes no score."""

from collections.abc import Iterator
from datetime import date

from campaign.intake.checks.material import Finding, Material
from campaign.records import Merit, SubjectKind
from campaign.rulebook.condition_terms import FreeOf, Occurring
from campaign.rulebook.model import Rulebook
from campaign.rulebook.normal import word_key
from campaign.rulebook.sources import Looked
from campaign.rulebook.terms import looked_at


def matter_without_rule(material: Material) -> Iterator[Finding]:
    """Entries of a matter, or of a level of it, that no rule for their unit looks at on the as-of date."""
    for merit in material.books.merits or ():
        looked = _looked_at(material.rulebook, _kind(merit, material), material.books.as_of)
        if not any(_fits(merit, each) for each in looked):
            words = {"found": f"{merit.matter}（{merit.level}）" if merit.level else merit.matter}
            yield Finding(merit.origin.ref("matter"), merit.matter, words)


def _kind(merit: Merit, material: Material) -> SubjectKind:
    roster = material.books.roster
    if any(merit.unit == s.name for s in roster.subdistricts):
        return SubjectKind.SUBDISTRICT
    if any(merit.unit == c.name for c in roster.companies):
        return SubjectKind.COMPANY
    return SubjectKind.AGENCY


def _looked_at(rulebook: Rulebook, kind: SubjectKind, day: date) -> Iterator[Looked]:
    """What the rules in force for a kind of subject look at; consequences count matters too."""
    scheme = rulebook.scheme(kind)
    for rule in scheme.rules if scheme else ():
        if rule.in_force(day):
            yield from looked_at(rule.terms)
    for consequence in rulebook.consequences:
        if consequence.subject is kind and consequence.in_force(day):
            for terms in (consequence.terms, *consequence.also):
                if isinstance(terms, Occurring | FreeOf):
                    yield from terms.events.looked_at


def _fits(merit: Merit, looked: Looked) -> bool:
    name, levels = looked
    return word_key(name) == word_key(merit.matter) and (
        not levels or word_key(merit.level) in {word_key(level) for level in levels}
    )
