"""Reading rules/campaign.yaml: name, basis, calendar and cast of the campaign."""

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields

from campaign.rulebook.model import Agency, Campaign, ForecastTerms, MeetingTerms, Nouns, Phase, PhotoChoice
from campaign.rulebook.reader import Entry

_TEXTS = (
    "name",
    "county",
    "notice_title",
    "notice_number",
    "leading_group",
    "office",
    "office_short",
    "bulletin_name",
    "agency_code",
)
_DAYS = ("starts_on", "ends_on", "first_bulletin_on")
_LISTS = (
    "nouns",
    "phases",
    "agencies",
    "scope",
    "addressees",
    "reported_to",
    "copied_to",
    "copies",
    "contact",
)


def read_campaign(fields: Mapping[str, Entry]) -> Campaign:
    """The campaign; `fields` are those of CAMPAIGN_KEYS."""
    texts = {name: fields[name].text() for name in _TEXTS}
    starts_on, ends_on, first = (fields[name].day() for name in _DAYS)
    if ends_on < starts_on:
        fields["ends_on"].refuse(f"结束日期 {ends_on} 早于开始日期 {starts_on}")
    if not starts_on <= first <= ends_on:
        fields["first_bulletin_on"].refuse(f"第1期的截至日期应在 {starts_on} 至 {ends_on} 之间")
    scope = fields["scope"].mapping((), ("communities", "companies"))
    return Campaign(
        **texts,
        starts_on=starts_on,
        ends_on=ends_on,
        first_bulletin_on=first,
        phases=_phases(fields["phases"]),
        agencies=_agencies(fields["agencies"]),
        scope_communities=scope["communities"].whole(1) if "communities" in scope else None,
        scope_companies=scope["companies"].whole(1) if "companies" in scope else None,
        addressees=fields["addressees"].texts(),
        reported_to=fields["reported_to"].texts(blank=True),
        copied_to=fields["copied_to"].texts(blank=True),
        copies=fields["copies"].whole_or_blank(),
        contact=fields["contact"].text(blank=True),
        nouns=_nouns(fields["nouns"]),
        forecast=_forecast(fields),
        meeting=_meeting(fields),
        photo_annex=(
            fields["photo_annex"].member(PhotoChoice) if "photo_annex" in fields else PhotoChoice.TELLING
        ),
    )


CAMPAIGN_KEYS = (*_TEXTS, *_DAYS, *_LISTS)
CAMPAIGN_MAY = ("forecast", "meeting", "photo_annex")


def _nouns(entry: Entry) -> Nouns:
    named = entry.mapping(tuple(place.name for place in dataclass_fields(Nouns)))
    return Nouns(**{name: value.text() for name, value in named.items()})


def _forecast(fields: Mapping[str, Entry]) -> ForecastTerms:
    """How the end is foretold; the phase must be one of the campaign's."""
    if "forecast" not in fields:
        return ForecastTerms()
    found = fields["forecast"].mapping((), ("weeks", "least", "phase"))
    usual = ForecastTerms()
    names = {phase.name: phase.name for phase in _phases(fields["phases"])}
    return ForecastTerms(
        weeks=found["weeks"].whole(1) if "weeks" in found else usual.weeks,
        least=found["least"].whole(1) if "least" in found else usual.least,
        phase=found["phase"].one_of(names) if "phase" in found else usual.phase,
    )


def _meeting(fields: Mapping[str, Entry]) -> MeetingTerms:
    """What the office has fixed of its weekly meeting."""
    if "meeting" not in fields:
        return MeetingTerms()
    found = fields["meeting"].mapping((), ("time", "place", "host", "attendees"))
    words = {name: found[name].text(blank=True) for name in ("time", "place", "host") if name in found}
    attendees = found["attendees"].texts(blank=True) if "attendees" in found else ()
    return MeetingTerms(**words, attendees=attendees)


def _phases(entry: Entry) -> tuple[Phase, ...]:
    """Phases in the order in which they begin; they may overlap."""
    phases: list[Phase] = []
    for item in entry.items():
        fields = item.mapping(("name", "ends_on"), ("starts_on",))
        phase = Phase(
            fields["name"].text(),
            fields["starts_on"].day() if "starts_on" in fields else None,
            fields["ends_on"].day(),
        )
        if phase.starts_on and phase.ends_on < phase.starts_on:
            fields["ends_on"].refuse(f"“{phase.name}”的止日 {phase.ends_on} 早于起日 {phase.starts_on}")
        if phases and phase.starts_on is None:
            item.refuse(f"“{phase.name}”没有起日；只有第一个阶段可以不写 starts_on")
        if phases and phases[-1].starts_on and phase.starts_on and phase.starts_on < phases[-1].starts_on:
            fields["starts_on"].refuse(f"“{phase.name}”的起日早于前一阶段；请按先后排列")
        phases.append(phase)
    if not phases:
        entry.refuse("至少要有一个阶段")
    return tuple(phases)


def _agencies(entry: Entry) -> tuple[Agency, ...]:
    """Member agencies; no name or alias may stand for two of them."""
    agencies: list[Agency] = []
    taken: dict[str, str] = {}
    for item in entry.items():
        fields = item.mapping(("name", "duty"), ("aliases",))
        aliases = fields["aliases"].texts(blank=True) if "aliases" in fields else ()
        agency = Agency(fields["name"].text(), fields["duty"].text(), aliases)
        for name in (agency.name, *aliases):
            if name in taken:
                item.refuse(f"“{name}”既是“{taken[name]}”又是“{agency.name}”的叫法；一种叫法只能指一个单位")
            taken[name] = agency.name
        agencies.append(agency)
    return tuple(agencies)
