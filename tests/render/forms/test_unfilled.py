"""A form sent back as it was: no false alarm, nothing counted as zero, and the office is named."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from campaign.intake.desk import Intake
from tests.render.forms.filling import fill, forms, opened, report_on, saved, sent, told
from tests.support.county import AS_OF, DANSHA, DURU


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of form: its path among the blank ones, its sheet, and how intake shows that it came in."""

    path: str
    sheet: str

    def handed_in(self, intake: Intake) -> bool:
        """Whether intake takes it for something that the office reported."""
        books = intake.books
        return {
            "问题台账": DURU not in books.unreported,
            "自查表": bool(books.self_checks),
            "督导抽查": books.spot_checks is not None,
            "信访投诉": books.complaints is not None,
            "工作开展情况": books.activities is not None,
        }[self.sheet]


LEDGER = Kind(f"问题台账-{DURU}.xlsx", "问题台账")
CHECK = Kind(f"自查表/{DURU}/听松里自查表.xlsx", "自查表")
OTHERS = [Kind(f"{name}.xlsx", name) for name in ("督导抽查", "信访投诉", "工作开展情况")]
KINDS = [LEDGER, CHECK, *OTHERS]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.sheet)
def test_unfilled_is_not_handed_in_and_said_once(kind: Kind, tmp_path: Path) -> None:
    intake = sent(tmp_path, AS_OF, 表=forms()[kind.path])
    assert [(f.code, f.severity, f.ref.cell) for f in told(intake, "表")] == [("I-SET-BLANK", "warning", "")]
    assert not kind.handed_in(intake)


@pytest.mark.parametrize("kind", [LEDGER, *OTHERS], ids=lambda kind: kind.sheet)
def test_dated_and_without_a_row_is_a_report_of_zero(kind: Kind, tmp_path: Path) -> None:
    book = opened(forms()[kind.path])
    report_on(book[kind.sheet], AS_OF)
    intake = sent(tmp_path, AS_OF, 表=saved(book))
    assert told(intake, "表") == []
    assert kind.handed_in(intake)
    assert intake.books.problems == ()


def test_a_day_in_the_file_name_alone_is_no_report_of_zero(tmp_path: Path) -> None:
    name = f"问题台账-{DURU}2023.4.28"
    intake = sent(tmp_path, AS_OF, **{name: forms()[LEDGER.path]})
    assert "I-SET-BLANK" in {f.code for f in told(intake, name)}
    assert DURU in intake.books.unreported


def test_a_day_that_is_none_does_not_make_a_form_blank(tmp_path: Path) -> None:
    book = opened(forms()[LEDGER.path])
    fill(book["问题台账"], "ledger", (), None)
    book["问题台账"]["P2"].value = "2023年4月31日"
    intake = sent(tmp_path, AS_OF, 表=saved(book))
    assert [(f.code, f.ref.cell) for f in told(intake, "表") if f.blocks] == [("I-CELL-DATE", "P2")]
    assert "I-SET-BLANK" not in {f.code for f in intake.faults}


def test_a_dated_self_check_without_an_answer_is_an_error(tmp_path: Path) -> None:
    book = opened(forms()[CHECK.path])
    report_on(book["自查表"], date(2023, 4, 20))
    intake = sent(tmp_path, AS_OF, 表=saved(book))
    assert [f.code for f in told(intake, "表")] == ["I-SET-CHECK-BLANK"]


def test_a_blank_form_beside_the_real_ledger_does_not_shut_it_out(tmp_path: Path) -> None:
    book = opened(forms()[LEDGER.path])
    report_on(book["问题台账"], AS_OF)
    intake = sent(tmp_path, AS_OF, 台账=saved(book), 空表=forms()[LEDGER.path])
    assert [f.code for f in told(intake, "空表")] == ["I-SET-BLANK"]
    assert told(intake, "台账") == []
    assert DURU not in intake.books.unreported
    assert DANSHA in intake.books.unreported
