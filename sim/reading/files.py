"""From a path a person typed to the text of a YAML file, with everything that can go wrong named.

The files come from Windows editors as often as from Linux ones: a byte order mark is accepted, GBK and UTF-16
are recognised and named, an Excel workbook given by mistake is called one.
"""

from __future__ import annotations

import os
from pathlib import Path

from sim.errors import InputError, Problem, nearest
from sim.language import Text

LARGEST_FILE = 2_000_000  # bytes; the largest honest region pack is a hundredth of this
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
OFFICE_MARK = b"PK\x03\x04"
_FOLDER = Text("这是文件夹，不是文件；请写到其中的文件名。", "this is a folder, not a file; name a file in it.")


def shown_path(path: str | Path) -> str:
    """The path as people see it: relative when it lies below the working folder, else as it was typed."""
    typed = str(path)
    try:
        return Path(os.path.abspath(typed)).relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return typed


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a file of at most 2 MB; raises InputError when there is none, or it cannot be read."""
    shown = shown_path(path)
    try:
        with open(path, "rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
            size = max(os.fstat(stream.fileno()).st_size, len(content))
    except FileNotFoundError:
        raise _whole_file(shown, _missing(Path(path))) from None
    except IsADirectoryError:
        raise _whole_file(shown, _FOLDER) from None
    except (OSError, ValueError) as error:  # no permission, a name too long, a NUL in the name
        raise _whole_file(shown, _unreadable(Path(path), error)) from None
    if len(content) > LARGEST_FILE:
        raise _whole_file(shown, _too_large(size))
    return content


def decode(content: bytes, shown: str) -> str:
    """The text of UTF-8 bytes with or without a byte order mark; raises InputError naming the encoding
    found.
    """
    if content.startswith(OFFICE_MARK):
        raise _whole_file(
            shown,
            Text(
                "这是 Excel、Word 或压缩文件，不是 YAML 文本。",
                "this is an Excel, Word or zip file, not YAML text.",
            ),
        )
    if content.startswith(UTF16_MARKS):
        raise _whole_file(
            shown,
            Text("文件编码为 UTF-16，请另存为 UTF-8。", "the file is encoded in UTF-16; save it as UTF-8."),
        )
    if b"\0" in content:
        raise _whole_file(shown, Text("这是二进制文件，不是文本。", "this is a binary file, not text."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(_wrong_encoding(content, error.start, shown)) from None


def _wrong_encoding(content: bytes, start: int, shown: str) -> Problem:
    line_start = content.rfind(b"\n", 0, start) + 1
    column = len(content[line_start:start].decode("utf-8-sig", errors="replace")) + 1
    line = content.count(b"\n", 0, start) + 1
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        text = Text(
            "文件不是 UTF-8 编码，请用文本编辑器另存为 UTF-8。",
            "the file is not encoded in UTF-8; save it as UTF-8 in a text editor.",
        )
    else:
        text = Text(
            "文件编码似为 GBK（GB18030），请另存为 UTF-8。",
            "the file seems to be encoded in GBK (GB18030); save it as UTF-8.",
        )
    return Problem(shown, line, column, "", text)


def _too_large(size: int) -> Text:
    size = max(size, LARGEST_FILE + 1)
    shown = f"{size / 1e6:,.0f} MB" if size >= 3 * 10**6 else f"{size / 1e6:.2f} MB"
    return Text(
        f"文件超过 2 MB（{shown}），不予读取；写参数的文件只有几 KB，请检查是否给错了文件。",
        f"the file is larger than 2 MB ({shown}) and is refused; files of settings have a few KB, is it the right one?",
    )


def _missing(path: Path) -> Text:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    except OSError:
        return Text("文件不存在，所在文件夹也不存在。", "there is no such file, nor its folder.")
    suggestion = nearest(path.name, names)
    if suggestion is None:
        return Text("文件不存在。", "there is no such file.")
    return Text(f"文件不存在，您是否想写“{suggestion}”？", f'there is no such file, did you mean "{suggestion}"?')


def _unreadable(path: Path, error: Exception) -> Text:
    if isinstance(error, PermissionError):
        try:
            if path.is_dir():  # Windows answers "permission denied" when a folder is opened
                return _FOLDER
        except OSError:
            pass
        return Text("没有读取该文件的权限。", "no permission to read this file.")
    reason = getattr(error, "strerror", None) or str(error)
    return Text(f"无法读取：{reason}", f"cannot be read: {reason}")


def _whole_file(shown: str, text: Text) -> InputError:
    return InputError(Problem(shown, None, None, "", text))
