"""A cell of an earlier week is named with that week, kept as such, and never linked to this week's file."""

import json
from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook

from campaign.history.weeks import dump, parse
from campaign.records import Assessment, CellRef, Snapshot
from campaign.render.data import scores_json
from campaign.render.sheets.annex import score_annex
from tests.support import county

EARLIER = CellRef("台账/某处.xlsx", "问题台账", 7, 5, issue=4)


def assessment() -> Assessment:
    """The sample week's, every line resting on a cell of an earlier week beside its own."""
    made = county.week().assessment
    return replace(
        made,
        scorecards=tuple(
            replace(
                card,
                lines=tuple(replace(line, evidence=(*line.evidence, EARLIER)) for line in card.lines),
            )
            for card in made.scorecards
        ),
    )


def test_the_annex_links_this_weeks_cells_alone() -> None:
    book = load_workbook(BytesIO(score_annex(county.week(assessment=assessment()), county.rulebook())))
    sheet = book["街道办事处"]
    rows = [row for row in sheet.iter_rows() if "第4期" in str(row[6].value)]
    assert rows
    for row in rows:
        assert str(row[6].value) == "第4期《台账/某处.xlsx》“问题台账”"
        assert [cell.value for cell in row[7:] if cell.value] == ["E7"]
        assert not [cell for cell in row[7:] if cell.hyperlink]
    assert [cell for row in sheet.iter_rows(min_col=8) for cell in row if cell.hyperlink]


def test_the_data_tells_the_issue_where_it_is_not_this_weeks() -> None:
    made = assessment()
    lines = [line for c in json.loads(scores_json(made))["subdistricts"] for line in c["lines"]]
    places = [place for line in lines for place in line["evidence"]]
    assert {place.get("issue") for place in places} == {None, 4}
    assert all(place["file"] == EARLIER.file for place in places if "issue" in place)


def test_a_week_keeps_it() -> None:
    week = Snapshot(5, county.books(), assessment())
    assert parse(dump(week)) == week
