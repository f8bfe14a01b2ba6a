"""What lies in input/ is what the generator writes, part for part; another week lies beside it unmixed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from ruamel.yaml import YAML

from sample import __main__ as command
from sample import county
from sample.__main__ import WEEK, main
from sample.county import County
from sample.parcel import write_week

ROOT = Path(__file__).parents[2]
LARGEST = 1_500_000  # bytes

# The parcel is written once for all that look at it: they run in one process.
pytestmark = pytest.mark.xdist_group("parcel")


@pytest.fixture(scope="module")
def parcel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("input")
    write_week(county(), WEEK, folder)
    return folder


def workbooks(folder: Path) -> dict[str, Path]:
    return {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*.xlsx"))}


def parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents, unpacked: how tightly zlib packs may differ between machines."""
    with ZipFile(path) as package:
        for entry in package.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            yield entry.filename, package.read(entry)


def test_shipped_input_is_what_the_generator_writes(parcel: Path) -> None:
    made, shipped = workbooks(parcel), workbooks(ROOT / "input")
    assert list(made) == list(shipped)
    for name, path in made.items():
        assert list(parts(path)) == list(parts(shipped[name])), name


def test_shipped_input_is_small() -> None:
    assert sum(p.stat().st_size for p in workbooks(ROOT / "input").values()) < LARGEST


def test_a_parcel_holds_every_kind(parcel: Path) -> None:
    names = list(workbooks(parcel))
    books = county().books(WEEK)
    assert {n for n in names if "/" not in n} == {
        "名册.xlsx",
        "督导抽查.xlsx",
        "信访投诉.xlsx",
        "工作开展情况.xlsx",
    }
    assert sum(n.startswith("台账/") for n in names) == 3
    assert sum(n.startswith("自查表/") for n in names) == len(books.self_checks)


def test_first_week_hands_in_no_spot_checks(tmp_path: Path) -> None:
    made = county()
    write_week(made, made.fridays[0], tmp_path)
    assert "督导抽查.xlsx" not in workbooks(tmp_path)


def test_counts_of_work_are_headed_by_words_of_the_rules(parcel: Path) -> None:
    words = YAML(typ="safe").load((ROOT / "rules" / "headings.yaml").read_text(encoding="utf-8"))
    heading = [c.value for c in load_workbook(parcel / "工作开展情况.xlsx").worksheets[0][2]]
    assert len(heading) == 7
    assert all(any(w in str(h) for w in words["activity"]["counts"]) for h in heading[2:])


def test_command_writes_one_week(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--weeks", "2023-03-31", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "名册.xlsx").exists()
    assert capsys.readouterr().err == ""


def test_command_writes_several_weeks_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, date, Path]] = []

    def write_week(made: County, friday: date, folder: Path) -> tuple[Path, ...]:
        asked.append((made.seed, friday, folder))
        return ()

    monkeypatch.setattr(command, "write_week", write_week)
    assert main(["--weeks", "2023-03-31", "2023-04-07", "--out", str(tmp_path), "--seed", "3"]) == 0
    assert asked == [
        (3, date(2023, 3, 31), tmp_path / "2023-03-31"),
        (3, date(2023, 4, 7), tmp_path / "2023-04-07"),
    ]


def test_command_refuses_a_day_that_closes_no_week(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--weeks", "2023-04-27", "--out", str(tmp_path)]) == 2
    assert "2023-04-28" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_command_points_at_workbooks_that_are_not_the_samples(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "别的.xlsx").write_bytes(b"")
    assert main(["--weeks", str(date(2023, 3, 31)), "--out", str(tmp_path)]) == 2
    assert "别的.xlsx" in capsys.readouterr().err
