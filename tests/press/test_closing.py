"""The closed archive: whole, sound, and readable without this program."""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from campaign.cli import main
from campaign.compose.blocks import Document
from campaign.press import closing
from tests.press.office import HOME, Office, loaded, opened, without_pages
from tests.support.inbox import ROSTER_FILE


def _outlines(documents: Sequence[Document], *_: object) -> dict[str, bytes]:
    return {f"{document.name}.pdf": document.outline().encode() for document in documents}


GONE = "栖霞里"
# The archive is closed once for all that look at it: they run in one process.
pytestmark = pytest.mark.xdist_group("closing")


@pytest.fixture(scope="module", autouse=True)
def no_pages() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        without_pages(monkeypatch)
        monkeypatch.setattr(closing, "Workshop", lambda *_: nullcontext())
        monkeypatch.setattr(closing, "load", loaded)
        monkeypatch.setattr(closing, "_printed", _outlines)
        yield


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that has issued two weeks and closed the archive; a community left the roster between."""
    office = opened(tmp_path_factory.mktemp("closing") / "office")
    roster = load_workbook(office.inbox / ROSTER_FILE)
    roster["小区"].append([GONE, "丹砂街道办事处", "清和物业服务有限公司", 80])
    roster.save(office.inbox / ROSTER_FILE)
    assert office.run("issue") == 0
    roster["小区"].delete_rows(roster["小区"].max_row)
    roster.save(office.inbox / ROSTER_FILE)
    office.next_week()
    assert office.run("issue") == 0
    assert close(office) == 0
    return office


def close(office: Office) -> int:
    places = ("--output", str(office.output), "--templates", str(HOME / "templates"))
    return main(["archive", "--input", str(office.inbox), *places])


def held(office: Office) -> dict[str, bytes]:
    """The files of the closed archive by path."""
    (root,) = (p for p in (office.output / closing.CLOSED).iterdir() if p.is_dir())
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_everything_is_there_and_the_zip_holds_the_same(office: Office) -> None:
    files = held(office)
    for name, data in office.everything().items():
        if name.startswith("archive/"):
            assert files[name.replace("archive/", f"{closing.ISSUES}/", 1)] == data
    assert {"发文登记簿.xlsx", "阅读说明.pdf", "阅读说明.txt", closing.LIST, closing.CHECKSUMS} <= set(files)
    assert {"总结报告/总结报告.pdf", "考核评分细则/考核评分实施细则.pdf"} <= set(files)
    assert any(name.startswith("档案/小区/") for name in files)
    (zipped,) = (office.output / closing.CLOSED).glob("*.zip")
    with ZipFile(zipped) as package:
        assert {name.split("/", 1)[1]: package.read(name) for name in package.namelist()} == files


def test_who_left_the_roster_half_way_has_a_dossier(office: Office) -> None:
    assert f"档案/小区/档案-{GONE}.pdf" in held(office)


def test_every_file_has_its_digest_in_the_common_form(office: Office) -> None:
    files = held(office)
    told = dict(line.split(" *", 1)[::-1] for line in files[closing.CHECKSUMS].decode().splitlines())
    assert set(told) == set(files) - {closing.CHECKSUMS}
    assert all(told[name] == hashlib.sha256(files[name]).hexdigest() for name in told)
    listed = load_workbook(BytesIO(files[closing.LIST])).active
    assert listed is not None
    links = {c.hyperlink.target for row in listed.iter_rows() for c in row if c.hyperlink}
    assert len(links) == len(set(told) - {closing.LIST})


def test_the_tables_hold_what_the_weeks_say(office: Office) -> None:
    files = held(office)

    def table(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(StringIO(files[f"数据/{name}.csv"].decode("utf-8-sig"))))

    figures = table("统计")
    for week in office.issued():
        told = json.loads((week.path / "data" / "figures.json").read_bytes())
        rows = [r for r in figures if r["截至日期"] == told["as_of"]]
        assert {r["名称"] for r in rows if r["类别"] == "街道办事处"} == set(told["subdistricts"])
        (total,) = (r for r in rows if r["类别"] == "合计")
        assert [int(total[n]) for n in ("发现问题", "已销号", "逾期")] == [
            told["totals"][n] for n in ("found", "closed", "overdue")
        ]
        problems = [r for r in table("问题") if r["截至日期"] == told["as_of"]]
        assert len(problems) == told["totals"]["found"]
    guide = files["阅读说明.txt"].decode("utf-8-sig")
    for name in ("问题", "统计", "得分", "处置"):
        assert f"数据/{name}.csv" in guide
        assert all(
            column in guide
            for column in files[f"数据/{name}.csv"].decode("utf-8-sig").split("\r\n")[0].split(",")
        )


def test_closed_twice_it_has_the_same_bytes(office: Office) -> None:
    first = held(office)
    assert close(office) == 0  # the second time
    assert held(office) == first


def test_a_damaged_archive_is_not_handed_on(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = office.copy(tmp_path / "office")
    shutil.rmtree(damaged.output / closing.CLOSED)
    spoiled = damaged.issued()[0].path / "data" / "figures.json"
    spoiled.chmod(0o644)
    spoiled.write_bytes(spoiled.read_bytes() + b" ")
    assert close(damaged) == 6
    assert "figures.json" in capsys.readouterr().err
    assert not (damaged.output / closing.CLOSED).exists()


def test_without_an_issued_week_there_is_nothing_to_close(tmp_path: Path) -> None:
    assert close(opened(tmp_path / "office")) == 2
