"""Reading rules/consequences.yaml: what follows from scores and records, and what a notice must say."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.records import DecisionKind, SubjectKind
from campaign.rulebook.condition_terms import ConditionTerms, Repeated
from campaign.rulebook.conditions import CONDITIONS, Ground
from campaign.rulebook.events import event_keys, subject_zh
from campaign.rulebook.model import Campaign, Checklist, Consequence, InterviewTerms, Scheme
from campaign.rulebook.notices import Notices, read_notices
from campaign.rulebook.reader import Entry, quoted
from campaign.rulebook.scoring import read_period

Ladders = Mapping[DecisionKind, Mapping[SubjectKind, tuple[str, ...]]]

_COMMON = ("id", "title", "clause", "kind", "subject", "when")
_OPTIONAL = ("from", "until", "note", "cooling_days", "also")
_INTERVIEW = (
    "within_working_days",
    "at_time",
    "place",
    "host",
    "attendee",
    "bring",
    "report_within_working_days",
)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The parts of the file."""

    consequences: tuple[Consequence, ...]
    ladders: Ladders
    interview: InterviewTerms
    notices: Notices


def read_consequences(
    entry: Entry, campaign: Campaign, checklist: Checklist, schemes: Mapping[SubjectKind, Scheme]
) -> Outcomes:
    """Consequences, ladders, interview terms and what other documents say."""
    fields = entry.mapping(("interview", "ladders", "consequences"), ("notices",))
    consequences: list[Consequence] = []
    for item in fields["consequences"].items():
        consequence = _consequence(item, campaign, checklist, schemes)
        if any(consequence.id == other.id for other in consequences):
            item.refuse(f"处置编号“{consequence.id}”写了两次；请另编一个号")
        for terms in (consequence.terms, *consequence.also):
            if isinstance(terms, Repeated):
                _follows(item, consequence, terms, consequences)
        consequences.append(consequence)
    notices = read_notices(fields["notices"], campaign) if "notices" in fields else {}
    return Outcomes(
        tuple(consequences), _ladders(fields["ladders"]), _interview(fields["interview"]), notices
    )


def _consequence(
    entry: Entry, campaign: Campaign, checklist: Checklist, schemes: Mapping[SubjectKind, Scheme]
) -> Consequence:
    found = entry.entries()
    if "when" not in found:
        entry.refuse(f"缺少“when”；可以用的有{quoted(CONDITIONS)}")
    when = found["when"].one_of({name: name for name in CONDITIONS})
    condition = CONDITIONS[when]
    if "subject" not in found:
        entry.refuse(f"缺少“subject”；可以用的有{quoted(SubjectKind)}")
    subject = found["subject"].member(SubjectKind)
    counted = "of" in condition.required and "of" in found
    source = event_keys(found["of"], subject) if counted else ()
    fields = entry.mapping((*_COMMON, *condition.required), (*_OPTIONAL, *condition.optional, *source))
    if subject not in schemes:
        fields["subject"].refuse(f"没有{subject_zh(subject)}的评分规则，无从处置")
    period = read_period(fields, campaign)
    ground = Ground(subject, schemes[subject], checklist)
    return Consequence(
        id=fields["id"].text(),
        title=fields["title"].text(),
        clause=fields["clause"].text(),
        kind=fields["kind"].member(DecisionKind),
        subject=subject,
        when=when,
        from_date=period.first,
        until_date=period.last,
        note=fields["note"].text() if "note" in fields else "",
        settings={
            key: found[key].plain()
            for key in (*condition.required, *condition.optional, *source)
            if key in found
        },
        terms=condition.read(fields, ground),
        also=tuple(_also(item, ground) for item in fields["also"].items()) if "also" in fields else (),
        cooling_days=fields["cooling_days"].whole() if "cooling_days" in fields else 0,
    )


def _also(entry: Entry, ground: Ground) -> ConditionTerms:
    """A further condition: its name under `when`, and its own settings."""
    found = entry.entries()
    if "when" not in found:
        entry.refuse(f"缺少“when”；可以用的有{quoted(CONDITIONS)}")
    condition = CONDITIONS[found["when"].one_of({name: name for name in CONDITIONS})]
    counted = "of" in condition.required and "of" in found
    source = event_keys(found["of"], ground.subject) if counted else ()
    return condition.read(
        entry.mapping(("when", *condition.required), (*condition.optional, *source)), ground
    )


def _follows(entry: Entry, consequence: Consequence, terms: Repeated, earlier: list[Consequence]) -> None:
    """A consequence that counts decisions must stand after one that takes them, for the same subjects."""
    if not any(other.kind is terms.decision and other.subject is consequence.subject for other in earlier):
        entry.refuse("所计的处置（decision）前面没有针对同一对象的规则，这一条永远不会生效")


def _ladders(entry: Entry) -> Ladders:
    """Kind of decision → kind of subject → what is reached the first time, the second, and so on."""
    kinds = entry.mapping((), tuple(DecisionKind))
    subjects = tuple(SubjectKind)
    return {
        DecisionKind(kind): {
            SubjectKind(subject): rungs.texts() for subject, rungs in child.mapping((), subjects).items()
        }
        for kind, child in kinds.items()
    }


def _interview(entry: Entry) -> InterviewTerms:
    fields = entry.mapping(_INTERVIEW)
    attendee = fields["attendee"].mapping(tuple(SubjectKind))
    return InterviewTerms(
        within_working_days=fields["within_working_days"].whole(1),
        at_time=fields["at_time"].text(blank=True),
        place=fields["place"].text(blank=True),
        host=fields["host"].text(),
        attendee={SubjectKind(name): value.text() for name, value in attendee.items()},
        bring=fields["bring"].texts(blank=True),
        report_within_working_days=fields["report_within_working_days"].whole(1),
    )
