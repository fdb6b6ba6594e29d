"""Where the files in `assets/` lie, in the source tree and in an installed wheel; knows nothing of Qt."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "assets"
_SOURCE_TREE = _PACKAGE.parent / "assets"


def assets_folder() -> Path:
    """Return the folder of icons, examples, lessons and translations."""
    return _INSTALLED if _INSTALLED.is_dir() else _SOURCE_TREE


def asset(path: str | Path) -> Path:
    """Return the path of one asset, named relative to `assets/`, such as `"icons/play.svg"`."""
    return assets_folder() / path
