"""Which files are read, passed over, or handed to the caller to speak of."""

from pathlib import Path

from campaign.intake.reading import list_files, list_workbooks
from tests.intake.reading.packages import REAL, parts_of, zipped

WORKBOOK = zipped(parts_of())


def put(root: Path, name: str, data: bytes = b"") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_files_are_sorted_into_tables_locks_and_others(tmp_path: Path) -> None:
    for name in ("名册.xlsx", "城南/台账.ET", "城南/台账.csv", "自查/空.xls", "旧.numbers", "平.fods"):
        put(tmp_path, name)
    put(tmp_path, "台账（无扩展名）", WORKBOOK)
    put(tmp_path, "备份.bak", (REAL / "variety.xls").read_bytes())
    put(tmp_path, "~$台账.xlsx", b"\x06wang")
    put(tmp_path, "城南/.~lock.台账.ods#", b",wang")
    put(tmp_path, "通知.docx", WORKBOOK)
    put(tmp_path, "现场.jpg", b"\xff\xd8\xff")
    put(tmp_path, "说明.txt", "说明".encode())
    for name in (
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        ".git/config",
        "__MACOSX/._台账.xlsx",
        "._台账.xlsx",
    ):
        put(tmp_path, name, b"x")

    found = list_files(tmp_path)

    assert found.tables == (
        "台账（无扩展名）",
        "名册.xlsx",
        "城南/台账.ET",
        "城南/台账.csv",
        "备份.bak",
        "平.fods",
        "旧.numbers",
        "自查/空.xls",
    )
    assert found.locks == ("~$台账.xlsx", "城南/.~lock.台账.ods#")
    assert found.others == ("现场.jpg", "说明.txt", "通知.docx")
    assert list_workbooks(tmp_path) == found.tables


def test_an_empty_or_missing_folder_has_no_files(tmp_path: Path) -> None:
    assert list_files(tmp_path) == list_files(tmp_path / "没有")


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "内/台账.xlsx")
    (tmp_path / "内" / "回路").symlink_to(tmp_path)
    assert list_workbooks(tmp_path) == ("内/台账.xlsx",)
