"""Workbooks with bytes changed anywhere end in a grid or in a fatal fault, never in an exception."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.records import Severity
from tests.intake.reading.packages import REAL, attempt, saved, variety, zipped

XLSX = saved(variety())
Change = Callable[[bytes], bytes]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """A change of some bytes at a relative place."""
    place = draw(st.floats(0, 1))
    instead = draw(st.binary(max_size=4) | st.sampled_from([b"<", b"&", b'"', b"XFD1048576", b"-1", b"</c>"]))
    cut = draw(st.integers(0, 4))

    def change(data: bytes) -> bytes:
        at = int(place * len(data))
        return data[:at] + instead + data[at + cut :]

    return change


def ends_well(tmp_path: Path, name: str, data: bytes) -> None:
    workbook, faults = attempt(tmp_path, name, data)
    assert workbook is not None or [fault.severity for fault in faults] == [Severity.FATAL]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes(), st.sampled_from(sorted(ZipFile(BytesIO(XLSX)).namelist())))
def test_a_part_with_changed_bytes(tmp_path: Path, change: Change, part: str) -> None:
    with ZipFile(BytesIO(XLSX)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    ends_well(tmp_path, "台账.xlsx", zipped(parts | {part: change(parts[part])}))


@pytest.mark.parametrize(
    "data", [XLSX, (REAL / "variety.ods").read_bytes(), (REAL / "strict.xlsx").read_bytes()]
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes())
def test_a_file_with_changed_bytes(tmp_path: Path, data: bytes, change: Change) -> None:
    ends_well(tmp_path, "台账.xlsx", change(data))


@pytest.mark.parametrize("size", [1, 4, 30, 100, 1000, 5000])
@pytest.mark.parametrize("name", ["variety.xls", "variety.ods", "strict.xlsx", "encrypted.xlsx"])
def test_files_cut_off(tmp_path: Path, name: str, size: int) -> None:
    workbook, faults = attempt(tmp_path, name, (REAL / name).read_bytes()[:size])
    assert workbook is None
    assert [fault.severity for fault in faults] == [Severity.FATAL]
