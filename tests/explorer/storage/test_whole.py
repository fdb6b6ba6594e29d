"""Files written whole: if these fail, saving breaks a link, shows a private file to others, or leaves half a file."""

import errno
import os
import stat
from pathlib import Path

import pytest

from explorer.export import Job, export
from explorer.storage import whole
from explorer.storage.texts import write_texts
from explorer.storage.whole import file_name, is_read_only, replacing, write_whole

needs_links = pytest.mark.skipif(os.name == "nt", reason="links need rights there")
needs_modes = pytest.mark.skipif(os.name == "nt", reason="there are no modes there")


@pytest.fixture
def umask():
    """Sets the umask, and puts the old one back."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@needs_links
def test_the_target_of_a_link_is_written_and_the_link_stays(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real/a.json")
    write_whole(tmp_path / "link.json", "new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real" / "a.json").read_text() == "new"


@needs_links
def test_a_link_that_leads_nowhere_yet_gets_its_target(tmp_path):
    (tmp_path / "link.json").symlink_to("a.json")
    write_whole(tmp_path / "link.json", "new")
    assert (tmp_path / "link.json").is_symlink() and (tmp_path / "a.json").read_text() == "new"


@needs_links
def test_links_that_go_round_are_refused(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError):
        write_whole(tmp_path / "a", "new")
    assert (tmp_path / "a").is_symlink() and (tmp_path / "b").is_symlink()


@needs_links
def test_all_names_of_a_file_keep_the_same_content(tmp_path):
    (tmp_path / "one").write_text("a long old text")
    os.link(tmp_path / "one", tmp_path / "two")
    write_whole(tmp_path / "one", "new")
    assert (tmp_path / "two").read_text() == (tmp_path / "one").read_text() == "new"
    assert sorted(os.listdir(tmp_path)) == ["one", "two"]


@needs_links
def test_a_file_with_two_names_comes_back_where_the_disk_is_full(tmp_path, monkeypatch):
    (tmp_path / "one").write_text("a long old text")
    os.link(tmp_path / "one", tmp_path / "two")

    def full(_source, target):
        target.write(b"half")
        target.flush()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(OSError):
        write_whole(tmp_path / "one", "new")
    assert (tmp_path / "one").read_text() == "a long old text"


@needs_modes
@pytest.mark.parametrize("wanted", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_of_a_file_is_kept(tmp_path, wanted):
    (tmp_path / "a").write_text("old")
    os.chmod(tmp_path / "a", wanted)
    write_whole(tmp_path / "a", "new")
    assert mode(tmp_path / "a") == wanted


@needs_modes
def test_a_private_file_is_private_while_it_is_written(tmp_path):
    (tmp_path / "a").write_text("old")
    os.chmod(tmp_path / "a", 0o600)
    with replacing(tmp_path / "a") as unfinished:
        assert mode(unfinished) == 0o600


@needs_modes
@pytest.mark.parametrize(("mask", "wanted"), [(0o077, 0o600), (0o022, 0o644), (0o002, 0o664)])
def test_new_files_exports_and_scripts_follow_the_umask(tmp_path, umask, mask, wanted):
    from core.language import parse
    from core.run import record

    umask(mask)
    write_whole(tmp_path / "a", "new")
    export(Job(record(parse("x*x"))), tmp_path / "a.dot")
    assert write_texts({tmp_path / "a.py": "1"}) == ""
    assert [mode(tmp_path / name) for name in ("a", "a.dot", "a.py")] == [wanted] * 3


@pytest.mark.parametrize("size", [240, 246, 251, 255])
def test_long_names_work(tmp_path, size):
    path = tmp_path / ("n" * (size - 5) + ".json")
    for text in ("one", "two"):
        write_whole(path, text)
        assert path.read_text() == text
    assert len(os.listdir(tmp_path)) == 1


def test_what_killed_saves_left_is_removed_and_nothing_else(tmp_path):
    write_whole(tmp_path / "a", "new")
    now = (tmp_path / "a").stat().st_mtime
    left = {".tape-0123abcd": 3_600, ".tape-0123abcd.svg": 3_600, ".tape-89abcdef": 1, ".tape-x": 3_600}
    for name, age in left.items():
        (tmp_path / name).write_text("half")
        os.utime(tmp_path / name, (now - age, now - age))
    write_whole(tmp_path / "a", "newer")
    assert sorted(os.listdir(tmp_path)) == [".tape-89abcdef", ".tape-x", "a"]


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    write_whole(tmp_path / "a", "old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole, "_flush", full)
    with pytest.raises(OSError):
        write_whole(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "old" and os.listdir(tmp_path) == ["a"]


def test_a_file_in_a_folder_that_takes_no_new_ones_is_changed_in_place(tmp_path, monkeypatch):
    write_whole(tmp_path / "a", "a long old text")
    really = os.open

    def refuse(path, flags, *more, **named):
        if flags & os.O_CREAT and Path(path).parent == tmp_path:
            raise PermissionError(errno.EACCES, "Permission denied")
        return really(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", refuse)
    write_whole(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "new"
    with pytest.raises(PermissionError):
        write_whole(tmp_path / "b", "new")


@needs_modes
def test_a_protected_file_is_known(tmp_path):
    write_whole(tmp_path / "a", "new")
    assert not is_read_only(tmp_path / "a") and not is_read_only(tmp_path / "missing")
    os.chmod(tmp_path / "a", 0o444)
    assert is_read_only(tmp_path / "a")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("mine", "mine"), ("ratio: a/b", "ratio- a-b"), ('<>"|?*', ""), ("con", "con_"), ("COM1.x", "COM1.x_"),
        ("console", "console"), (" .. ", ""), ("Loss 0.5", "Loss 0.5"), ("π\ud83d", "π"), ("n" * 300, "n" * 180),
        ("π" * 120, "π" * 90),
    ],
)  # fmt: skip
def test_a_title_becomes_a_name_that_every_system_takes(title, name):
    assert file_name(title) == name
