"""Whatever is not as it was left is found, and nothing else."""

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from campaign.history import archive
from campaign.history.archive import ARCHIVE
from campaign.history.filing import CATALOGUE, ORDER, order_bytes, read_catalogue
from campaign.history.publish import MANIFEST
from campaign.history.register import REGISTER
from campaign.history.verifying import Finding, check
from tests.support.archive import FIRST, bulletin, issue, notice

WEEK = timedelta(days=7)
_PRIME = 2_654_435_761  # spreads the trials over a file, the same way every time


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three issued weeks, the second corrected."""
    output = tmp_path_factory.mktemp("archived") / "output"
    for number in (1, 2, 3):
        day = FIRST + (number - 1) * WEEK
        issue(output, number, day, papers=(bulletin(number, day), notice(number, day)))
    day = FIRST + WEEK
    issue(output, 2, day, edition=1, papers=(bulletin(2, day, 1), notice(2, day)))
    return output


@pytest.fixture
def output(archived: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(archived, tmp_path / "output"))


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def places(output: Path) -> list[str]:
    return sorted({finding.place.removeprefix(f"{ARCHIVE}/") for finding in check(output).findings})


def test_an_archive_as_it_was_left_has_no_finding(archived: Path) -> None:
    checked = check(archived)
    assert checked.findings == ()
    assert [w.manifest.folder for w in checked.known] == [
        "2023-04-14",
        "2023-04-21",
        "2023-04-28",
        "2023-04-21-更正1",
    ]


def test_nothing_issued_is_nothing_wrong(tmp_path: Path) -> None:
    assert check(tmp_path / "none").findings == ()


def _flips(archived: Path, output: Path, trials: int) -> None:
    """Change one byte of a file of the archive after the other; each is found, and put back."""
    files = sorted(p.relative_to(archived) for p in (archived / ARCHIVE).rglob("*") if p.is_file())
    for trial in range(trials):
        name = files[trial % len(files)]
        path = output / name
        data = bytearray(path.read_bytes())
        place = trial * _PRIME % len(data)
        data[place] ^= 1 << trial % 8
        overwrite(path, bytes(data))
        assert check(output).findings, (name, place)
        overwrite(path, (archived / name).read_bytes())
    assert check(output).findings == ()


def test_any_changed_byte_is_found(archived: Path, output: Path) -> None:
    _flips(archived, output, 25)


@pytest.mark.deep
def test_any_changed_byte_is_found_in_a_thousand_trials(archived: Path, output: Path) -> None:
    _flips(archived, output, 1000)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("2023-04-21/第5期周通报.pdf", lambda p: overwrite(p, p.read_bytes() + b"\n")),
        ("2023-04-21/第5期周通报.pdf", lambda p: overwrite(p, b"")),
        ("2023-04-21/第5期周通报.pdf", Path.unlink),
        ("2023-04-21/新.txt", lambda p: p.write_bytes(b"")),
        ("2023-04-21/空文件夹", Path.mkdir),
        ("2023-04-21/输入/台账/~$丹砂.xlsx", lambda p: p.write_bytes(b"")),
        ("2023-04-21/manifest.json", lambda p: overwrite(p, p.read_bytes() + b" ")),
        ("2023-04-28/manifest.json", lambda p: overwrite(p, p.read_bytes() + b" ")),
        ("归档目录.xlsx", lambda p: overwrite(p, p.read_bytes() + b" ")),
        ("归档目录.xlsx", Path.unlink),
        ("印发顺序.json", lambda p: overwrite(p, p.read_bytes() + b" ")),
        ("印发顺序.json", Path.unlink),
        ("备份", Path.mkdir),
        ("说明.txt", lambda p: p.write_bytes(b"")),
    ],
)
def test_what_is_changed_added_or_removed_is_named(
    output: Path, name: str, change: Callable[[Path], object]
) -> None:
    change(output / ARCHIVE / name)
    assert name in places(output)


def test_two_files_swapped_are_both_named(output: Path) -> None:
    one, other = (
        output / ARCHIVE / f"2023-04-21/{name}" for name in ("第5期周通报.pdf", "data/figures.json")
    )
    data = one.read_bytes(), other.read_bytes()
    overwrite(one, data[1])
    overwrite(other, data[0])
    assert places(output) == ["2023-04-21/data/figures.json", "2023-04-21/第5期周通报.pdf"]


def test_a_link_in_place_of_a_file_is_named(output: Path) -> None:
    path = output / ARCHIVE / "2023-04-21/第5期周通报.pdf"
    path.rename(output / "elsewhere.pdf")
    path.symlink_to(output / "elsewhere.pdf")
    assert places(output) == ["2023-04-21/第5期周通报.pdf"]


@pytest.mark.parametrize("gone", ["2023-04-14", "2023-04-28", "2023-04-21-更正1"])
def test_a_removed_week_is_named_the_last_too(output: Path, gone: str) -> None:
    shutil.rmtree(output / ARCHIVE / gone)
    found = check(output).findings
    assert Finding(f"{ARCHIVE}/{gone}", "印发过，现在不见了，或者读不出来") in found
    assert any(gone in one.words for one in found if one.place == REGISTER)


def test_the_last_week_removed_with_all_trace_in_the_archive_is_still_in_the_register(output: Path) -> None:
    shutil.rmtree(output / ARCHIVE / "2023-04-21-更正1")
    known = archive.issued(output)
    from campaign.history.filing import catalogue_bytes  # noqa: PLC0415 - what a forger would do
    from campaign.history.publish import digest  # noqa: PLC0415

    catalogue = catalogue_bytes(known)
    (output / ARCHIVE / CATALOGUE).write_bytes(catalogue)
    (output / ARCHIVE / ORDER).write_bytes(order_bytes(known, digest(catalogue)))
    assert places(output) == [REGISTER]


def test_the_whole_archive_removed_is_still_in_the_register(output: Path) -> None:
    shutil.rmtree(output / ARCHIVE)
    assert places(output) == [REGISTER]


def test_a_renamed_folder_is_named(output: Path) -> None:
    (output / ARCHIVE / "2023-04-28").rename(output / ARCHIVE / "2023-05-05")
    assert {"2023-04-28", "2023-05-05/manifest.json"} <= set(places(output))


def test_two_folders_swapped_are_named(output: Path) -> None:
    place = output / ARCHIVE
    (place / "2023-04-14").rename(place / "aside")
    (place / "2023-04-28").rename(place / "2023-04-14")
    (place / "aside").rename(place / "2023-04-28")
    assert {"2023-04-14/manifest.json", "2023-04-28/manifest.json"} <= set(places(output))


def test_an_order_rearranged_is_told(output: Path) -> None:
    path = output / ARCHIVE / ORDER
    content = json.loads(path.read_bytes())
    content["issued"][0], content["issued"][1] = content["issued"][1], content["issued"][0]
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    assert {"2023-04-14", "2023-04-21", ORDER} <= set(places(output))


def test_an_edition_smuggled_in_is_named(output: Path) -> None:
    shutil.copytree(output / ARCHIVE / "2023-04-28", output / ARCHIVE / "2023-05-05")
    assert "2023-05-05/manifest.json" in places(output)


def test_a_forged_manifest_breaks_the_chain(output: Path) -> None:
    path = output / ARCHIVE / "2023-04-14" / MANIFEST
    content = json.loads(path.read_bytes())
    content["correction"] = "改过"
    overwrite(path, json.dumps(content, ensure_ascii=False).encode())
    assert f"2023-04-14/{MANIFEST}" in places(output)


@pytest.mark.parametrize(
    ("column", "value"),
    [("文号", "清物治办约〔2023〕8号"), ("文号", None), ("归档位置", "archive/2023-04-14/x")],
)
def test_a_register_that_contradicts_the_archive_is_told(
    output: Path, column: str, value: str | None
) -> None:
    book = load_workbook(output / REGISTER)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    head = next(number for number, line in enumerate(rows, 1) if "文号" in line)
    sheet.cell(head + 4, rows[head - 1].index(column) + 1, value).value = value
    book.save(output / REGISTER)
    assert places(output) == [REGISTER]


def test_a_register_that_is_gone_or_unreadable_is_told(output: Path) -> None:
    (output / REGISTER).write_bytes(b"")
    assert places(output) == [REGISTER]
    (output / REGISTER).unlink()
    assert places(output) == [REGISTER]


def test_further_rows_of_the_clerk_are_no_finding(output: Path) -> None:
    book = load_workbook(output / REGISTER)
    book.worksheets[0].append([9, "公函", "清物治办约〔2023〕50号", "手工", "", FIRST, "", "", "", ""])
    book.save(output / REGISTER)
    assert check(output).findings == ()


def test_the_catalogue_lists_items_by_year_and_retention(archived: Path) -> None:
    rows = read_catalogue((archived / ARCHIVE / CATALOGUE).read_bytes())
    assert [(row[0], row[1], row[2], row[4], row[7]) for row in rows] == [
        ("2023", "10年", 1, "第1期（总第1期）", 4),
        ("2023", "永久", 1, "清物治办约〔2023〕1号", 2),
        ("2023", "10年", 2, "第2期（总第2期）", 4),
        ("2023", "永久", 2, "清物治办约〔2023〕2号", 2),
        ("2023", "10年", 3, "第3期（总第3期）", 4),
        ("2023", "永久", 3, "清物治办约〔2023〕3号", 2),
        ("2023", "10年", 4, "第2期（总第2期）（更正）", 4),
        ("2023", "永久", 4, "清物治办约〔2023〕2号", 2),
    ]
    assert [row[9] for row in rows[-2:]] == ["更正：漏报", "更正：漏报"]
