"""Issuing, correcting and proving from end to end, with documents composed but not set."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from campaign.history import archive, freezing, register
from campaign.history.archive import ARCHIVE, INPUTS, RULES, TEMPLATES
from campaign.history.register import REGISTER
from campaign.history.verifying import check
from campaign.press import Folders, proving
from campaign.press.making import Made
from tests.press.office import HOME, Office, opened, outlines, without_pages
from tests.support.inbox import DANSHA, DURU, waive, write

AS_OF = date(2023, 4, 28)
NEXT = date(2023, 5, 5)

# Offices that have issued are made once and copied: these tests run in one process.
pytestmark = pytest.mark.xdist_group("issuing")


@pytest.fixture(autouse=True)
def no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    without_pages(monkeypatch)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return opened(tmp_path / "office")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that has issued its week."""
    with pytest.MonkeyPatch.context() as patch:
        without_pages(patch)
        office = opened(tmp_path_factory.mktemp("once") / "office")
        assert office.run("issue") == 0
    return office


@pytest.fixture
def issued(once: Office, tmp_path: Path) -> Office:
    return once.copy(tmp_path / "issued")


def by_hand(office: Office, *rows: list[object]) -> None:
    """The clerk enters rows in the register: 文种, 文号, 成文日期."""
    path = office.output / REGISTER
    if not path.exists():
        office.output.mkdir(parents=True, exist_ok=True)
        path.write_bytes(register.new())
    book = load_workbook(path)
    for kind, number, day in rows:
        book.worksheets[0].append([None, kind, number, "手工", "", day])
    book.save(path)


def documents(office: Office) -> list[str]:
    """The numbers of the last issued week's documents."""
    return [paper.number for paper in office.issued()[-1].manifest.documents if paper.number]


def test_a_week_is_issued_with_all_it_was_made_of(issued: Office) -> None:
    (week,) = issued.issued()
    manifest = week.manifest
    assert (manifest.as_of, manifest.number, manifest.total_number, manifest.order) == (AS_OF, 5, 5, 1)
    for file in issued.inbox.iterdir():
        assert (week.path / INPUTS / file.name).read_bytes() == file.read_bytes()
    assert (week.path / RULES / "campaign.yaml").is_file()
    assert (week.path / TEMPLATES / "bulletin.html").is_file()
    bulletin = (week.path / "第5期周通报.docx").read_text(encoding="utf-8")
    assert "第5期（总第5期）" in bulletin
    snapshot = week.snapshot()
    assert (snapshot.draft, snapshot.number, snapshot.total_number) == (False, 5, 5)
    assert documents(issued)[0] == "第5期（总第5期）"
    assert len(documents(issued)) == 1 + len(snapshot.numbers)
    assert check(issued.output).findings == ()


def test_every_notice_has_its_number_in_the_register(issued: Office) -> None:
    snapshot = issued.issued()[0].snapshot()
    assert snapshot.numbers  # the small county has somebody to call in
    taken = {(t.series, t.number) for t in register.read(issued.output).taken if not t.of_issue}
    assert {(f"务物治办{n.stream}", n.number) for n in snapshot.numbers} == taken


def test_errors_block_and_leave_nothing_behind(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    write(office.inbox / DURU, "E3", "2023.4.31")
    assert office.run("issue") == 3
    assert "2023.4.31" in capsys.readouterr().out
    assert office.everything() == {}


def test_a_waived_error_does_not_block(office: Office) -> None:
    write(office.inbox / DANSHA, "I4", None)
    waive(office.inbox, f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|原始单据遗失|秦某|2023年6月25日")
    assert office.run("issue") == 0


def test_a_week_is_issued_once(issued: Office) -> None:
    before = issued.everything()
    assert issued.run("issue") == 2
    assert issued.everything() == before


def test_an_interrupted_issue_is_finished_by_running_it_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(freezing, "enter", _interrupt)
        assert office.run("issue") == 6
    assert not (office.output / REGISTER).exists()
    assert office.run("issue") == 0
    assert check(office.output).findings == ()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_weeks_are_issued_in_order(office: Office, tmp_path: Path) -> None:
    assert office.run("weekly") == 0
    earlier = Path(shutil.copytree(office.inbox, tmp_path / "earlier"))
    office.next_week()
    assert office.run("issue") == 2  # the week before lies there as a draft
    (office.output / "2023-04-28").rename(tmp_path / "aside")
    assert office.run("issue") == 0
    assert office.run("issue", "--input", str(earlier)) == 2  # a later one is issued
    assert [w.manifest.as_of for w in office.issued()] == [NEXT]


def test_numbers_go_on_from_the_clerks_own(office: Office) -> None:
    by_hand(
        office, ["周通报", "第2期（总第31期）", "2023-04-21"], ["公函", "务物治办约〔2023〕7号", "2023-04-22"]
    )
    by_hand(office, ["", "第1期", "2023-04-14"], ["公函", "务物治办约〔2022〕70号", "2022-12-30"])
    assert office.run("issue") == 0
    assert documents(office)[0] == "第3期（总第32期）"
    mine = [n for n in office.issued()[0].snapshot().numbers if n.stream == "约"]
    assert [n.number for n in mine] == list(range(8, 8 + len(mine)))
    by_hand(office, ["公函", "务物治办约〔2023〕90号", "2023-05-01"])
    office.next_week()
    assert office.run("issue") == 0
    assert documents(office)[0] == "第4期（总第33期）"
    again = [n for n in office.issued()[1].snapshot().numbers if n.stream == "约"]
    assert [n.number for n in again] == list(range(91, 91 + len(again)))
    assert check(office.output).findings == ()


def test_a_new_year_begins_with_one_and_the_total_goes_on(office: Office) -> None:
    by_hand(office, ["周通报", "第40期（总第52期）", "2022-12-30"])
    assert office.run("issue") == 0
    assert documents(office)[0] == "第1期（总第53期）"


def test_a_register_that_cannot_be_read_stops_the_issue(office: Office) -> None:
    by_hand(office, ["公函", "约谈8", "2023-04-22"])
    before = office.everything()
    assert office.run("issue") == 6
    assert office.everything() == before


def test_an_open_register_stops_the_issue(office: Office) -> None:
    office.output.mkdir()
    (office.output / f"~${REGISTER}").write_bytes(b"")
    assert office.run("issue") == 6
    assert not (office.output / ARCHIVE).exists()


def test_drafts_take_their_number_from_the_archive(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    by_hand(office, ["周通报", "第7期（总第9期）", "2023-04-21"])
    office.run("issue")
    assert office.run("weekly") == 0  # the same week again: a draft under the number it has
    assert "已经印发" in capsys.readouterr().out
    assert (office.output / "2023-04-28" / "第8期周通报.docx").is_file()
    office.next_week()
    assert office.run("weekly") == 0
    assert (office.output / "2023-05-05" / "第9期周通报.docx").is_file()
    assert len(office.issued()) == 1


def corrected(office: Office, reason: str = "漏报") -> int:
    return office.run("correct", "第5期", "--reason", reason)


def test_a_correction_stands_beside_what_was_issued(issued: Office) -> None:
    before = issued.everything()
    write(issued.inbox / DURU, "G3", "已销号")
    write(issued.inbox / DURU, "H3", "2023.4.19")
    write(issued.inbox / DURU, "I3", "2023.4.20")
    assert corrected(issued) == 0
    after = issued.everything()
    kept = [name for name in before if name.startswith(f"{ARCHIVE}/2023-04-28/")]
    assert all(after[name] == before[name] for name in kept)
    original, edition = issued.issued()
    assert edition.manifest.folder == "2023-04-28-更正1"
    assert edition.manifest.corrects == original.link
    assert documents(issued)[0] == "第5期（总第5期）（更正）"
    old, new = original.snapshot(), edition.snapshot()
    assert (new.edition, new.correction, new.number) == (1, "漏报", old.number)
    assert old.assessment.figures.totals.closed + 1 == new.assessment.figures.totals.closed
    note = (edition.path / "第5期更正说明.docx").read_text(encoding="utf-8")
    assert "都濡街道办事处\t已销号\t1\t2" in note
    assert "漏报" in note
    withdrawn = [n.text for n in old.numbers if n not in new.numbers]
    assert withdrawn
    assert all(text in note for text in withdrawn)
    assert check(issued.output).findings == ()
    issued.next_week()
    assert issued.run("issue") == 0
    assert [w.edition for w in archive.past(issued.issued(), before=NEXT)] == [1]


def test_a_correction_that_changes_nothing_is_refused(issued: Office) -> None:
    before = issued.everything()
    assert corrected(issued) == 2
    book = load_workbook(issued.inbox / DURU)
    book.worksheets[0].insert_rows(1)  # the same ledger one row lower
    book.save(issued.inbox / DURU)
    assert corrected(issued) == 2
    assert issued.everything() == before


def test_a_correction_of_words_alone_is_issued(issued: Office) -> None:
    write(issued.inbox / DURU, "D3", "消火栓没有水")
    assert corrected(issued) == 0


@pytest.mark.parametrize(("which", "reason"), [("第5期", " "), ("第6期", "漏报"), ("2022年第5期", "漏报")])
def test_a_correction_needs_an_issue_and_a_reason(issued: Office, which: str, reason: str) -> None:
    assert issued.run("correct", which, "--reason", reason) == 2


@pytest.mark.deep
def test_a_second_correction_corrects_the_first(issued: Office) -> None:
    write(issued.inbox / DURU, "D3", "消火栓没有水")
    corrected(issued)
    write(issued.inbox / DURU, "D3", "消火栓没有水压")
    assert corrected(issued, "又改") == 0
    assert [w.manifest.folder for w in issued.issued()] == [
        "2023-04-28",
        "2023-04-28-更正1",
        "2023-04-28-更正2",
    ]
    assert issued.issued()[2].manifest.corrects == issued.issued()[1].link
    assert documents(issued)[0] == "第5期（总第5期）（第2次更正）"
    assert issued.run("verify") == 0


# --- Proof ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def thrice(once: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two issued weeks, the first one corrected after the second was issued."""
    office = once.copy(tmp_path_factory.mktemp("thrice") / "office")
    first = Path(shutil.copytree(office.inbox, office.home / "first"))
    with pytest.MonkeyPatch.context() as patch:
        without_pages(patch)
        office.next_week()
        office.run("issue")
        write(first / DURU, "D3", "消火栓没有水")
        assert office.run("correct", "第5期", "--reason", "错字", "--input", str(first)) == 0
    return office


@pytest.fixture
def two_weeks(thrice: Office, tmp_path: Path) -> Office:
    return thrice.copy(tmp_path / "two")


def proof(office: Office, only: str = "") -> proving.Proof:
    places = Folders(office.inbox, HOME / "rules", office.templates, office.output, Path("nowhere"))
    return proving.verify(places, 1, only=only)


def test_every_week_is_made_again_from_its_own_material(two_weeks: Office) -> None:
    shutil.rmtree(two_weeks.inbox)  # nothing of it is needed
    shown = proof(two_weeks)
    assert [(one.issued.manifest.folder, one.files, one.changed) for one in shown.rebuilt] == [
        ("2023-04-28", (), ()),
        ("2023-05-05", (), ()),
        ("2023-04-28-更正1", (), ()),
    ]
    assert shown.fine


def test_a_changed_byte_is_told_with_exit_code_6(
    two_weeks: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    path = two_weeks.output / ARCHIVE / "2023-04-28" / "data" / "figures.json"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))
    assert two_weeks.run("verify", "--quick") == 6
    assert "2023-04-28/data/figures.json" in capsys.readouterr().out


def changed(name: str, change: Callable[[bytes], bytes]) -> Callable[..., Made]:
    """As `outlines`, by a program that makes one file otherwise."""

    def made(*arguments: Any) -> Made:  # noqa: ANN401 - whatever make_files takes
        known = outlines(*arguments)
        files = {n: change(data) if n.endswith(name) else data for n, data in known.files.items()}
        return replace(known, files=files)

    return made


def test_another_program_is_named_and_figures_are_compared(
    two_weeks: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pages(monkeypatch, changed(".pdf", lambda data: data + b" set anew"))
    monkeypatch.setattr(proving, "__version__", "9.9.9")
    shown = proof(two_weeks, "第6期")
    assert shown.fine
    assert all("9.9.9" in one.changed[0] and one.files and not one.data for one in shown.rebuilt)
    spaced = changed("figures.json", lambda data: json.dumps(json.loads(data)).encode())
    without_pages(monkeypatch, spaced)  # laid out otherwise, the same figures
    assert proof(two_weeks, "第6期").fine
    without_pages(
        monkeypatch, changed("figures.json", lambda data: data.replace(b'"found": 2', b'"found": 3'))
    )
    shown = proof(two_weeks, "第6期")
    assert not shown.fine
    assert {one.data for one in shown.rebuilt} == {("data/figures.json",)}


def test_the_same_program_must_give_the_same_bytes(
    two_weeks: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pages(monkeypatch, changed("周通报.pdf", lambda data: data + b"!"))
    assert two_weeks.run("verify", "--rebuild", "第6期") == 6
    assert two_weeks.run("verify", "--rebuild", "第9期") == 2
    assert two_weeks.run("verify", "--quick") == 0


def test_a_lost_register_is_made_from_the_archive_on_request(two_weeks: Office) -> None:
    (two_weeks.output / REGISTER).unlink()
    assert two_weeks.run("verify", "--quick") == 6
    two_weeks.next_week()
    assert two_weeks.run("issue") in {2, 6}
    assert not (two_weeks.output / REGISTER).exists()
    assert two_weeks.run("verify", "--quick", "--register") == 0
    assert check(two_weeks.output).findings == ()


def test_nothing_issued_yet_is_no_failure(office: Office) -> None:
    assert office.run("verify") == 0
