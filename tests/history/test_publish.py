"""A folder appears all at once or not at all, and what the clerk changed in it is kept."""

import json
import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest

from campaign.history import publish
from campaign.history.publish import KEPT, MANIFEST, BusyError, UnwritableError, digest, locked


def manifest(files: dict[str, bytes]) -> bytes:
    return json.dumps({"outputs": {name: digest(data) for name, data in files.items()}}).encode()


def put(output: Path, files: dict[str, bytes], name: str = "2023-04-28") -> tuple[str, ...]:
    with locked(output):
        return publish.publish({**files, MANIFEST: manifest(files)}, output / name)


def held(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name != MANIFEST
    }


def test_a_new_folder_holds_exactly_what_was_given(tmp_path: Path) -> None:
    files = {"第5期周通报.pdf": b"pdf", "data/figures.json": b"{}"}
    assert put(tmp_path, files) == ()
    assert held(tmp_path / "2023-04-28") == files
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith(".")] == ["2023-04-28"]


def test_a_second_run_replaces_the_first_whole(tmp_path: Path) -> None:
    put(tmp_path, {"约谈通知书-甲.pdf": b"1", "a.txt": b"1"})
    put(tmp_path, {"a.txt": b"2"})
    assert held(tmp_path / "2023-04-28") == {"a.txt": b"2"}


def test_without_exchange_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    put(tmp_path, {"a.txt": b"1"})
    put(tmp_path, {"a.txt": b"2"})
    assert held(tmp_path / "2023-04-28") == {"a.txt": b"2"}


def test_edited_and_added_files_are_kept_through_every_run(tmp_path: Path) -> None:
    put(tmp_path, {"通报.docx": b"1", "a.txt": b"1"})
    folder = tmp_path / "2023-04-28"
    (folder / "通报.docx").write_bytes(b"edited")
    (folder / "领导批示.txt").write_bytes(b"added")
    assert sorted(put(tmp_path, {"通报.docx": b"2"})) == [f"{KEPT}/通报.docx", f"{KEPT}/领导批示.txt"]
    (folder / "通报.docx").write_bytes(b"edited again")
    assert put(tmp_path, {"通报.docx": b"3"}) == (f"{KEPT}/通报（2）.docx",)
    assert held(folder) == {
        "通报.docx": b"3",
        f"{KEPT}/通报.docx": b"edited",
        f"{KEPT}/通报（2）.docx": b"edited again",
        f"{KEPT}/领导批示.txt": b"added",
    }


def test_what_word_leaves_open_is_not_kept(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": b"1"})
    (tmp_path / "2023-04-28" / "~$通报.docx").write_bytes(b"lock")
    assert put(tmp_path, {"a.txt": b"2"}) == ()


@pytest.mark.parametrize("step", ["_write", "_sync", "_replace"])
def test_a_failure_at_any_step_leaves_the_former_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    put(tmp_path, {"a.txt": b"1"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(publish, step, full)
        with pytest.raises(UnwritableError):
            put(tmp_path, {"a.txt": b"2"})
    assert held(tmp_path / "2023-04-28") == {"a.txt": b"1"}


def test_a_crash_between_the_two_renames_is_repaired(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": b"1"})
    (tmp_path / "2023-04-28").rename(tmp_path / ".old-2023-04-28")
    (tmp_path / ".new-2023-04-28").mkdir()
    with locked(tmp_path):
        pass
    assert held(tmp_path / "2023-04-28") == {"a.txt": b"1"}
    assert not (tmp_path / ".new-2023-04-28").exists()


def test_a_second_run_at_once_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(BusyError, match=str(os.getpid())), locked(tmp_path):
        pass


def test_a_process_that_is_split_off_does_not_hold_the_folder(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside a test runner's threads
        reading, writing = os.pipe()
        with locked(tmp_path):
            child = os.fork()
            if not child:
                os.write(writing, b"!")
                time.sleep(30)
                os._exit(0)
            os.read(reading, 1)  # it runs
    os.close(reading)
    os.close(writing)
    with locked(tmp_path):  # the child is still there
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnwritableError), locked(tmp_path / "file" / "output"):
        pass


WRITER = """
import sys, json
from pathlib import Path
from campaign.history.publish import MANIFEST, digest, locked, publish
output = Path(sys.argv[1])
n = 0
while True:
    n += 1
    files = {f"{i}.txt": str(n).encode() * 2000 for i in range(20)}
    files[MANIFEST] = json.dumps({"outputs": {k: digest(v) for k, v in files.items()}}).encode()
    with locked(output):
        publish(files, output / "week")
    print(n, flush=True)
"""


def test_killed_at_any_instant_the_folder_is_old_or_new_never_mixed(tmp_path: Path) -> None:
    for delay in (0.0, 0.003, 0.007, 0.011, 0.017, 0.023):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        with locked(tmp_path):
            pass
        contents = {p.read_bytes() for p in (tmp_path / "week").glob("*.txt")}
        assert len(contents) == 1
        assert len(list((tmp_path / "week").glob("*.txt"))) == 20
        assert not list(tmp_path.glob(".new-*"))
