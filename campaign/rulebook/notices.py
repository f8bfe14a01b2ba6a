"""Reading the part `notices` of rules/consequences.yaml: what the documents of a decision must say beyond its
reasons. All of it is for the office to decide; what is left blank is filled in by hand.
"""

from collections.abc import Mapping

from campaign.records import DecisionKind
from campaign.rulebook.model import Campaign, LiftedWhen, NoticeTerms
from campaign.rulebook.reader import Entry, unknown

Notices = Mapping[DecisionKind, NoticeTerms]

_COMMON = (
    "within_working_days",
    "report_within_working_days",
    "basis",
    "consequence",
    "rights",
    "supervisor",
    "verifier",
    "copied_to",
)
# What only one kind of decision can have.
_OWN = {
    DecisionKind.LISTED_SUPERVISION: ("lifted_when",),
    DecisionKind.ACCOUNTABILITY_REFERRAL: ("to",),
}


def read_notices(entry: Entry, campaign: Campaign) -> Notices:
    """Kind of decision → what its documents say."""
    kinds = entry.mapping((), tuple(DecisionKind))
    return {DecisionKind(name): _terms(DecisionKind(name), child, campaign) for name, child in kinds.items()}


def _terms(kind: DecisionKind, entry: Entry, campaign: Campaign) -> NoticeTerms:
    fields = entry.mapping((), (*_COMMON, *_OWN.get(kind, ())))

    def days(name: str) -> int | None:
        return fields[name].whole_or_blank() if name in fields else None

    def text(name: str) -> str:
        return fields[name].text(blank=True) if name in fields else ""

    def texts(name: str) -> tuple[str, ...]:
        return fields[name].texts(blank=True) if name in fields else ()

    return NoticeTerms(
        within_working_days=days("within_working_days"),
        report_within_working_days=days("report_within_working_days"),
        basis=texts("basis"),
        consequence=text("consequence"),
        rights=text("rights"),
        to=_agency(fields["to"], campaign) if "to" in fields else "",
        supervisor=text("supervisor"),
        verifier=text("verifier"),
        copied_to=texts("copied_to"),
        lifted_when=fields["lifted_when"].member(LiftedWhen) if "lifted_when" in fields else None,
    )


def _agency(entry: Entry, campaign: Campaign) -> str:
    """One of the member agencies by its name, or ""."""
    name = entry.text(blank=True)
    known = [agency.name for agency in campaign.agencies]
    if name and name not in known:
        entry.refuse(unknown(f"成员单位中没有“{name}”", name, known))
    return name
