"""What kind of file this is, by its bytes. Its name only tells how to say what is wrong with it."""

from enum import StrEnum
from io import BytesIO

import olefile

from campaign.intake.reading.csv_reader import decode, is_table
from campaign.intake.reading.limits import Refused

TABLE_SUFFIXES = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".et", ".ett"}
    | {".ods", ".ots", ".fods", ".csv", ".tsv", ".numbers"}
)
_TEXT_TABLE_SUFFIXES = frozenset({".csv", ".tsv"})

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A worksheet stream without a container: Excel 2 to 4.
_BIFF_MAGIC = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")

_FOREIGN = (
    (b"%PDF", "PDF 文件"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"GIF8", "图片"),
    (b"II*\0", "图片"),
    (b"MM\0*", "图片"),
    (b"RIFF", "多媒体文件"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"ID;P", "SYLK 文件"),
    (b"SQLite format 3", "数据库文件"),
)
_SHORT_FOREIGN = ((b"BM", "图片"), (b"MZ", "程序文件"))  # these may also begin a line of text
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<div", b"<style", b"<script")
_ARCHIVE_KINDS = (
    ("word/", "Word 文档"),
    ("ppt/", "演示文稿"),
    ("index/document.iwa", "苹果 Numbers 表格"),
    ("index.zip", "苹果 Numbers 表格"),
)
_OLE_KINDS = (
    ("WordDocument", "Word 文档"),
    ("PowerPoint Document", "演示文稿"),
    ("__properties_version1.0", "Outlook 邮件"),
)
_NAMED_KINDS = frozenset({".numbers", ".fods"})  # whose content is what the name says, only not readable


class Container(StrEnum):
    """A container that one of the readers can take."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    CSV = "csv"


def sniff(data: bytes, suffix: str, names: tuple[str, ...] = ()) -> Container:
    """The container that `data` is; `names` are the parts of its zip package where it is one.

    Raises:
        Refused: empty, encrypted, damaged, or a kind of file that is no readable table.
    """
    if not data:
        raise Refused("I-FILE-EMPTY")
    if not data.strip(b"\0"):
        raise Refused("I-FILE-DAMAGED")
    if data.startswith(ZIP_MAGIC):
        return _sniff_zip({name.replace("\\", "/").lstrip("/").lower() for name in names}, suffix)
    if data.startswith(OLE_MAGIC):
        return _sniff_ole(data, suffix)
    if data.startswith(_BIFF_MAGIC):
        return Container.XLS
    known = _FOREIGN + (_SHORT_FOREIGN if b"\0" in data[:64] else ())
    if kind := next((kind for magic, kind in known if data.startswith(magic)), ""):
        raise _foreign(kind, suffix)
    return _sniff_text(data, suffix)


def _foreign(kind: str, suffix: str) -> Refused:
    disguised = suffix in TABLE_SUFFIXES and suffix not in _NAMED_KINDS
    return Refused("I-FILE-DISGUISED" if disguised else "I-FILE-TYPE", found=kind)


def _sniff_zip(names: set[str], suffix: str) -> Container:
    if "xl/workbook.bin" in names:
        return Container.XLSB
    if "content.xml" in names:
        return Container.ODS
    if any(name.startswith("xl/") or name.endswith("/workbook.xml") for name in names):
        return Container.XLSX
    for beginning, kind in _ARCHIVE_KINDS:
        if any(name.startswith(beginning) or f"/{beginning}" in name for name in names):
            raise _foreign(kind, suffix)
    if "[content_types].xml" in names:  # an office package with its parts in unusual places
        return Container.XLSX
    raise _foreign("压缩包", suffix)


def _sniff_ole(data: bytes, suffix: str) -> Container:
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            streams = {name[0] for name in container.listdir()}
    except Exception:  # noqa: BLE001 - a broken directory; xlrd may still find the workbook
        return Container.XLS
    if "EncryptedPackage" in streams:
        raise Refused("I-FILE-ENCRYPTED")
    if not streams & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        for stream, kind in _OLE_KINDS:
            if stream in streams:
                raise _foreign(kind, suffix)
    return Container.XLS


def _sniff_text(data: bytes, suffix: str) -> Container:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"mime-version:", *_HTML)):
        raise _foreign("网页（HTML）", suffix)
    if head.startswith((b"<?xml", b"<workbook")):
        raise _sniff_xml(head, suffix)
    text = decode(data)
    if text is None:
        raise (
            Refused("I-FILE-DAMAGED")
            if suffix in TABLE_SUFFIXES
            else Refused("I-FILE-TYPE", found="未知格式")
        )
    if suffix in _TEXT_TABLE_SUFFIXES or is_table(text):
        return Container.CSV
    raise _foreign("纯文本", suffix)


def _sniff_xml(head: bytes, suffix: str) -> Refused:
    if b"office:document" in head:
        return Refused("I-FILE-TYPE", found="单个 XML 的 ODS 表格")
    if any(mark in head for mark in _HTML):
        return _foreign("网页（HTML）", suffix)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b"<workbook" in head:
        return _foreign("XML 表格 2003", suffix)
    return _foreign("XML 文件", suffix)
