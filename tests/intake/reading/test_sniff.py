"""Files are known by their bytes; the name only chooses the words."""

import pytest

from campaign.intake.reading.limits import Refused
from campaign.intake.reading.sniff import OLE_MAGIC, Container, sniff
from tests.intake.reading.packages import REAL

LEDGER = "序号,小区,状态\n1,云栖苑,未整改\n2,松涛里,已整改\n"


@pytest.mark.parametrize(
    ("data", "suffix", "container"),
    [
        (LEDGER.encode(), ".csv", Container.CSV),
        (LEDGER.encode("gb18030"), ".xls", Container.CSV),
        (LEDGER.replace(",", "\t").encode("utf-16"), ".xls", Container.CSV),
        ("只有一列\n甲\n".encode(), ".csv", Container.CSV),
        ("BM编号,小区\n1,云栖苑\n".encode(), ".csv", Container.CSV),
        ((REAL / "variety.xls").read_bytes(), ".xlsx", Container.XLS),
        ((REAL / "excel2.xls").read_bytes(), ".et", Container.XLS),
        (OLE_MAGIC + b"\0" * 600, ".xls", Container.XLS),
    ],
)
def test_containers(data: bytes, suffix: str, container: Container) -> None:
    assert sniff(data, suffix) is container


@pytest.mark.parametrize(
    ("names", "suffix", "container"),
    [
        (("[Content_Types].xml", "xl/workbook.xml"), ".xls", Container.XLSX),
        (("[Content_Types].xml", r"xl\workbook.xml"), ".xlsx", Container.XLSX),
        (("[Content_Types].xml", "XL/Workbook.XML"), ".xlsx", Container.XLSX),
        (("[Content_Types].xml", "Sheet.xml"), ".xlsx", Container.XLSX),
        (("[Content_Types].xml", "xl/workbook.bin"), ".xlsx", Container.XLSB),
        (("mimetype", "content.xml"), ".xlsx", Container.ODS),
    ],
)
def test_zip_packages(names: tuple[str, ...], suffix: str, container: Container) -> None:
    assert sniff(b"PK\x03\x04", suffix, names) is container


@pytest.mark.parametrize(
    ("data", "names", "suffix", "code"),
    [
        (b"", (), ".xlsx", "I-FILE-EMPTY"),
        (b"\0" * 4096, (), ".xlsx", "I-FILE-DAMAGED"),
        (b"\x01\x02\x03\xff\xfe\x00", (), ".xls", "I-FILE-DAMAGED"),
        (b"\x01\x02\x03\xff\xfe\x00", (), ".dat", "I-FILE-TYPE"),
        (b"\xef\xbb\xbf <HTML><table><tr><td>1</td></tr></table>", (), ".xls", "I-FILE-DISGUISED"),
        (b"<?xml version='1.0'?><html xmlns='x'/>", (), ".xls", "I-FILE-DISGUISED"),
        (b"MIME-Version: 1.0\r\n", (), ".xls", "I-FILE-DISGUISED"),
        (
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
            (),
            ".xls",
            "I-FILE-DISGUISED",
        ),
        (b"<?xml version='1.0'?><office:document/>", (), ".fods", "I-FILE-TYPE"),
        (b"%PDF-1.7", (), ".xlsx", "I-FILE-DISGUISED"),
        (b"%PDF-1.7", (), ".pdf", "I-FILE-TYPE"),
        (b"BM\0\0\0\0\0\0", (), ".bmp", "I-FILE-TYPE"),
        ("此文件含有病毒，已被删除。".encode(), (), ".xlsx", "I-FILE-DISGUISED"),
        (b"PK\x03\x04", ("word/document.xml", "[Content_Types].xml"), ".xlsx", "I-FILE-DISGUISED"),
        (b"PK\x03\x04", ("Index/Document.iwa",), ".numbers", "I-FILE-TYPE"),
        (b"PK\x03\x04", ("表.numbers/Index.zip",), ".numbers", "I-FILE-TYPE"),
        (b"PK\x03\x04", ("照片.jpg",), ".zip", "I-FILE-TYPE"),
        ((REAL / "encrypted.xlsx").read_bytes(), (), ".xlsx", "I-FILE-ENCRYPTED"),
    ],
)
def test_refusals(data: bytes, names: tuple[str, ...], suffix: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        sniff(data, suffix, names)
    assert refusal.value.code == code
