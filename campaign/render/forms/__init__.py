"""Blank forms (空白表样): what the offices fill in, made from the same schema that reads it.

Columns carry the first spelling of each field in rules/headings.yaml, so that a form filled in and sent back
is read without a guess. Names, items and choices come from the roster and the rulebook; none is typed here.
"""

from collections import Counter
from collections.abc import Iterator

from campaign.compose.composing import file_name
from campaign.records import Roster
from campaign.render.forms.kinds import (
    activity,
    adjustments,
    complaints,
    ledger,
    merits,
    self_check,
    spot_checks,
    waivers,
)
from campaign.render.forms.register import roster_form
from campaign.render.forms.workbook import form_workbook
from campaign.rulebook.model import Rulebook

ROSTER = "名册.xlsx"
SELF_CHECKS = "自查表"


def blank_forms(rulebook: Rulebook, roster: Roster) -> dict[str, bytes]:
    """Every blank form of the campaign: path below the folder of forms → workbook.

    A roster without a community gives one thing alone, the roster to fill in: without names no form could
    offer them.
    """
    if not roster.communities:
        return {ROSTER: roster_form(rulebook)}
    seen: Counter[str] = Counter()
    forms = {}
    for path, data in _forms(rulebook, roster):
        seen[path.casefold()] += 1
        count = seen[path.casefold()]
        forms[f"{path}（{count}）.xlsx" if count > 1 else f"{path}.xlsx"] = data
    return forms


def _forms(rulebook: Rulebook, roster: Roster) -> Iterator[tuple[str, bytes]]:
    dated = rulebook.campaign.starts_on
    for office in roster.subdistricts:
        yield f"问题台账-{file_name(office.name)}", form_workbook(ledger(rulebook, roster, office), dated)
    for community in roster.communities:
        folder = f"{SELF_CHECKS}/{file_name(community.subdistrict)}"
        data = form_workbook(self_check(rulebook, community), dated)
        yield f"{folder}/{file_name(f'{community.name}自查表')}", data
    yield "督导抽查", form_workbook(spot_checks(rulebook, roster), dated)
    yield "信访投诉", form_workbook(complaints(rulebook, roster), dated)
    yield "工作开展情况", form_workbook(activity(rulebook, roster), dated)
    for name, kind, make in (
        ("考核事项", "merit", merits),
        ("得分调整", "adjustment", adjustments),
        ("豁免", "waiver", waivers),
    ):
        if kind in rulebook.words.kinds:  # a campaign may do without
            yield name, form_workbook(make(rulebook, roster), dated)
