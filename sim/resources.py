"""Where the files that come with the program lie: in the checkout, or inside an installed wheel.

In a checkout `calibration/` and `scenarios/` stand beside `sim/`; the wheel carries them in `sim/_data/`
(`pyproject.toml`, force-include). Nothing else in the project asks which of the two it is.
"""

from __future__ import annotations

from pathlib import Path

from sim.errors import InputError, Problem
from sim.language import Text

DATA_FOLDERS = ("calibration", "scenarios")

_PACKAGE = Path(__file__).resolve().parent


def is_installed() -> bool:
    """True when the program runs from an installed wheel, False in a checkout."""
    return (_PACKAGE / "_data").is_dir()


def project_root() -> Path:
    """The folder that holds `calibration/` and `scenarios/`."""
    return _PACKAGE / "_data" if is_installed() else _PACKAGE.parent


def data_path(folder: str, *parts: str) -> Path:
    """The path of something in a data folder, for example `data_path("calibration", "world.yaml")`.

    The folder itself must exist (InputError: the copy of the program is incomplete); what `parts` name need
    not. Raises ValueError when `folder` is not one of `DATA_FOLDERS`.
    """
    if folder not in DATA_FOLDERS:
        raise ValueError(f"no data folder {folder!r}; one of {', '.join(DATA_FOLDERS)}")
    path = project_root() / folder
    if not path.is_dir():
        text = Text(
            zh=f"程序文件不完整：缺少文件夹“{folder}”，请重新取得完整的程序",
            en=f"the program's files are incomplete: the folder '{folder}' is missing, get a full copy",
        )
        raise InputError(Problem(file=None, line=None, column=None, key=folder, text=text))
    return path.joinpath(*parts)


def results_folder() -> Path:
    """Where results go when `--out` is not given; it need not exist yet.

    `results/` of the checkout, or of the working folder when the program is installed.
    """
    return (Path.cwd() if is_installed() else project_root()) / "results"
