"""Issuing is one step on the disk: whatever interrupts it, a week is issued whole or not at all."""

import errno
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from campaign.errors import ArchiveError
from campaign.history import archive, filing, freezing, register
from campaign.history.archive import ARCHIVE, BrokenArchiveError
from campaign.history.freezing import AlreadyThereError, catch_up, freeze, held
from campaign.history.publish import MANIFEST, BusyError, UnwritableError
from campaign.history.register import REGISTER, RegisterOpenError
from campaign.history.verifying import check
from tests.support.archive import FILES, FIRST, bulletin, issue, manifest, notice
from tests.support.faults import killed, refusing, steps_of

WEEK = timedelta(days=7)
NEXT = FIRST + WEEK

State = dict[str, bytes]


def state(output: Path) -> State:
    """All files that anybody would look for, but hidden ones."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.relative_to(output).parts[0].startswith(".")
    }


def next_week(output: Path) -> None:
    """Issue the second week."""
    issue(output, 2, NEXT, papers=(bulletin(2, NEXT), notice(2, NEXT)))


# The archives are made once and copied: these tests run in one process.
pytestmark = pytest.mark.xdist_group("freezing")


@pytest.fixture(scope="module")
def one_week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("archive") / "one"
    issue(output, 1, FIRST, papers=(bulletin(1, FIRST), notice(1, FIRST)))
    return output


@pytest.fixture(scope="module")
def two_weeks(one_week: Path) -> Path:
    output = one_week.parent / "two"
    shutil.copytree(one_week, output)
    next_week(output)
    return output


@pytest.fixture
def before(one_week: Path, tmp_path: Path) -> Path:
    """An archive of one week, and a register with a number of the clerk's own."""
    return Path(shutil.copytree(one_week, tmp_path / "before"))


@pytest.fixture
def after(two_weeks: Path, tmp_path: Path) -> Path:
    """The same with the second week issued and nothing in between."""
    return Path(shutil.copytree(two_weeks, tmp_path / "after"))


def tried(before: Path, spoil: Callable[[Path], None]) -> tuple[State, State]:
    """The state when work on a copy was spoilt, and after the next run has put things right."""
    output = before.parent / "work"
    shutil.rmtree(output, ignore_errors=True)
    shutil.copytree(before, output)
    spoil(output)
    spoilt = state(output)
    with held(output):
        pass
    assert not [path for path in output.iterdir() if path.name.startswith(".new")]
    return spoilt, state(output)


def test_a_week_is_frozen_and_entered(after: Path) -> None:
    assert [w.manifest.folder for w in archive.issued(after)] == ["2023-04-14", "2023-04-21"]
    assert check(after).findings == ()
    assert [(t.series, t.number) for t in register.read(after).taken if not t.of_issue] == [
        ("清物治办约", 1),
        ("清物治办约", 2),
    ]
    files = [p for p in (after / ARCHIVE / "2023-04-21").rglob("*") if p.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o444}


def _killed_everywhere(before: Path, after: Path, stride: int) -> int:
    """Kill at every stride-th step; how many steps there are. What is left is old or new, then made whole."""
    old, new = state(before), state(after)
    copy = before.parent / "steps"
    shutil.copytree(before, copy)
    steps = steps_of(copy, lambda: next_week(copy))
    for step in range(1, steps + 1, stride):

        def spoil(output: Path, step: int = step) -> None:
            assert killed(output, lambda: next_week(output), step)

        spoilt, whole = tried(before, spoil)
        issued = f"{ARCHIVE}/2023-04-21/{MANIFEST}" in spoilt
        assert whole == (new if issued else old), step
    return steps


def test_killed_at_any_step_it_is_issued_whole_or_not_at_all(before: Path, after: Path) -> None:
    assert _killed_everywhere(before, after, 7) > 40


@pytest.mark.deep
def test_killed_at_every_step_it_is_issued_whole_or_not_at_all(before: Path, after: Path) -> None:
    assert _killed_everywhere(before, after, 1) > 40


def test_running_again_after_a_kill_issues_it_once(before: Path, after: Path) -> None:
    new = state(after)
    for step in (20, 45):

        def spoil(output: Path, step: int = step) -> None:
            assert killed(output, lambda: next_week(output), step)
            with held(output):
                pass
            if len(archive.issued(output)) == 1:
                next_week(output)

        assert tried(before, spoil)[1] == new


def test_a_disk_that_is_full_leaves_old_or_new(before: Path, after: Path) -> None:
    old, new = state(before), state(after)
    for since in range(1, 49, 12):

        def spoil(output: Path, since: int = since) -> None:
            with refusing(output, errno.ENOSPC, since=since), pytest.raises(ArchiveError):
                next_week(output)

        spoilt, whole = tried(before, spoil)
        issued = f"{ARCHIVE}/2023-04-21/{MANIFEST}" in spoilt
        assert whole == (new if issued else old), since


def test_a_folder_that_is_read_only_is_told_before_anything_is_written(before: Path) -> None:
    old = state(before)
    with refusing(before, errno.EROFS), pytest.raises(UnwritableError):
        next_week(before)
    assert state(before) == old


def test_an_open_register_leaves_the_rest_for_the_next_run(before: Path, after: Path) -> None:
    lock = before / f"~${REGISTER}"
    lock.write_bytes(b"")
    with pytest.raises(RegisterOpenError):
        next_week(before)
    assert filing.read_order(before) != filing.read_order(after)
    lock.unlink()
    with held(before) as finished:
        assert finished == "2023-04-21"
    assert state(before) == state(after)


def test_two_at_once_the_second_is_told(before: Path) -> None:
    with held(before), pytest.raises(BusyError):
        next_week(before)


def test_an_issued_week_is_never_written_again(before: Path) -> None:
    old = state(before)
    with held(before), pytest.raises(AlreadyThereError):
        freeze(before, "2023-04-14", {**FILES, MANIFEST: b"{}"})
    assert state(before) == old


def test_nothing_is_frozen_without_its_manifest(before: Path) -> None:
    with held(before), pytest.raises(ValueError, match="manifest"):
        freeze(before, "2023-04-21", FILES)


@pytest.mark.parametrize("gone", ["2023-04-14", "2023-04-21"])
def test_what_is_gone_is_not_mended_away(after: Path, gone: str) -> None:
    shutil.rmtree(after / ARCHIVE / gone)
    with pytest.raises(BrokenArchiveError):
        catch_up(after)
    with freezing.tended(after) as remark:
        assert "2023-04-21" in remark  # the folder that is gone, or the one that misses it


def test_a_lost_order_of_issuing_is_not_made_up(after: Path) -> None:
    (after / ARCHIVE / filing.ORDER).unlink()
    with pytest.raises(BrokenArchiveError):
        catch_up(after)


def test_a_corrected_edition_enters_its_bulletin_alone(after: Path) -> None:
    issue(after, 1, FIRST, edition=1, papers=(bulletin(1, FIRST, 1), notice(1, FIRST)))
    now = register.read(after).taken
    assert [(t.number, t.edition) for t in now if t.of_issue] == [(1, 0), (2, 0), (1, 1)]
    assert len([t for t in now if not t.of_issue]) == 2
    assert check(after).findings == ()


def test_only_the_manifest_that_follows_is_taken(before: Path) -> None:
    made = manifest(before, 2, NEXT)
    assert (made.order, made.previous) == (2, archive.issued(before)[0].link)
    assert date.fromisoformat(made.folder) == NEXT
