"""The JSON beside the documents: exactly the shapes that other programs rely on."""

import json
from datetime import date
from decimal import Decimal

from campaign.records import Assessment, Figures, Tally
from campaign.render.data import decisions_json, faults_json, figures_json, scores_json
from tests.render.example import LEDGER, assessment, card, faults, line
from tests.support.county import DANSHA, DAPING, DURU, MINGYUAN, QINGHE, ZHIXING

KEYS = ["communities", "checked", "found", "open", "in_progress", "rectified", "closed", "done"]
KEYS += ["overdue", "new", "newly_closed"]


def test_figures_have_exactly_the_keys_of_the_contract() -> None:
    tally = Tally(31, 14, 72, 5, 28, 21, 18, 5, 21, 16, households=900)
    figures = Figures(date(2023, 4, 14), tally, {DURU: tally}, {QINGHE: tally}, {"听松里": tally}, {5: tally})
    content = json.loads(figures_json(figures, ()))
    assert list(content) == [
        "as_of",
        "totals",
        "subdistricts",
        "companies",
        "communities",
        "groups",
        "unreported",
    ]
    assert content["as_of"] == "2023-04-14"
    assert list(content["totals"]) == KEYS
    assert list(content["totals"].values()) == [31, 14, 72, 5, 28, 21, 18, 39, 5, 21, 16]
    for subject in (
        content["subdistricts"][DURU],
        content["companies"][QINGHE],
        content["communities"]["听松里"],
    ):
        assert subject == content["totals"]
    assert content["groups"] == {"5": content["totals"]}


def test_a_missing_ledger_makes_counts_unknown_and_not_zero() -> None:
    content = json.loads(figures_json(assessment().figures, (DAPING,)))
    missing = content["subdistricts"][DAPING]
    assert [missing[key] for key in KEYS] == [1, 0, *[None] * 9]
    assert missing["missing"] == [DAPING]
    assert content["companies"][ZHIXING]["found"] is None
    assert content["communities"]["临溪苑"]["overdue"] is None
    assert content["totals"]["found"] == 20
    assert content["totals"]["missing"] == [DAPING]
    assert content["totals"]["pending"] == 1
    assert "pending" not in content["subdistricts"][DURU]
    assert "missing" not in content["subdistricts"][DURU]
    assert content["unreported"] == [DAPING]


def test_an_unreported_subdistrict_is_unknown_even_if_its_tally_does_not_say_so() -> None:
    figures = Figures(date(2023, 4, 14), Tally(), {DURU: Tally(), DANSHA: Tally()})
    content = json.loads(figures_json(figures, (DURU,)))
    assert content["subdistricts"][DURU]["closed"] is None
    assert content["subdistricts"][DANSHA]["closed"] == 0


def test_groups_are_in_the_order_of_their_numbers() -> None:
    assert list(json.loads(figures_json(assessment().figures, ()))["groups"]) == ["5", "10"]


def test_scores_add_up_and_name_rule_clause_and_cells() -> None:
    content = json.loads(scores_json(assessment()))
    assert list(content) == ["as_of", "subdistricts", "companies", "agencies"]
    assert content["agencies"] == []
    entry = next(c for c in content["companies"] if c["name"] == MINGYUAN)
    assert list(entry) == ["name", "full", "points", "grade", "rank", "lines"]
    assert (entry["full"], entry["points"], entry["rank"]) == ("100", "97", 2)
    assert Decimal(entry["full"]) + sum(Decimal(x["points"]) for x in entry["lines"]) == Decimal(
        entry["points"]
    )
    assert entry["lines"][0] == {
        "rule": "W-03",
        "clause": "四（二）2",
        "points": "-2.5",
        "because": "2件问题逾期未整改，每件扣1.25分",
        "evidence": [
            {"file": LEDGER, "sheet": "问题台账", "cell": "N18"},
            {"file": LEDGER, "sheet": "问题台账", "cell": "N19"},
        ],
    }


def test_who_is_not_rated_has_neither_points_nor_rank() -> None:
    entry = next(c for c in json.loads(scores_json(assessment()))["companies"] if c["name"] == ZHIXING)
    assert entry["points"] is None
    assert entry["rank"] is None
    assert entry["unrated"]


def test_decisions() -> None:
    first, second = json.loads(decisions_json(assessment()))
    assert first == {
        "kind": "interview",
        "subject": MINGYUAN,
        "rule": "C-01",
        "reasons": ["得分 97 分，排名末位", "2件问题逾期未整改"],
        "evidence": [{"file": LEDGER, "sheet": "问题台账", "cell": "N18"}],
    }
    assert second["kind"] == "commendation"


def test_faults_are_counted_and_stand_worst_first() -> None:
    content = json.loads(faults_json(faults()))
    assert content["counts"] == {"fatal": 1, "error": 2, "warning": 2, "info": 1}
    assert [f["severity"] for f in content["faults"]] == [
        "fatal",
        "error",
        "error",
        "warning",
        "warning",
        "info",
    ]
    assert list(content["faults"][0]) == [
        "code",
        "severity",
        "file",
        "sheet",
        "cell",
        "value",
        "message",
        "remedy",
    ]
    assert content["faults"][0]["cell"] == ""
    assert [f["cell"] for f in content["faults"][1:3]] == ["N18", "N19"]
    assert json.loads(faults_json(()))["counts"] == {"fatal": 0, "error": 0, "warning": 0, "info": 0}


def test_the_order_of_faults_does_not_depend_on_the_order_of_finding() -> None:
    assert faults_json(faults()) == faults_json(faults()[::-1])


def test_text_is_utf_8_as_it_is_indented_and_ends_with_a_newline() -> None:
    empty = Assessment(Figures(date(2023, 4, 14), Tally()), (card(lines=(line(),)),))
    for data in (figures_json(empty.figures, ()), scores_json(empty), decisions_json(empty), faults_json(())):
        assert data.endswith(b"\n")
        assert not data.endswith(b"\n\n")
        assert b"\\u" not in data
    assert QINGHE.encode() in scores_json(empty)
    assert b'\n "as_of": "2023-04-14"' in scores_json(empty)
