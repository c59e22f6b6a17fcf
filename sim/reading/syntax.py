"""YAML syntax errors in words a planner can act on, above all those a Chinese input method produces."""

from __future__ import annotations

import re

import yaml

from sim.errors import Problem
from sim.language import Text

LONGEST_KEY = 200  # characters of a line that are searched for a slip; the search is quadratic at worst

_FULL_WIDTH_COLON = re.compile(r"^\s*(?:-\s+)*[^\s\"'#:：{\[][^\"'#:：]*(：)")
_TAB_IN_INDENT = re.compile(r"^[ ]*(\t)")
_WIDE_SPACE_IN_INDENT = re.compile("^[ ]*([\u3000\u00a0])")

_NO_SPACE = re.compile("^\\s*(?:-\\s+)*[^\\s\"'#:：{\\[]+(:)(?=[^\\s:/\\\\]|[\u3000\u00a0])")
_NO_SPACE_AFTER_DASH = re.compile(r"^\s*(-)[A-Za-z_][\w]*:(?:\s|$)")
_BARE_PATH = re.compile(r"^\s*[\w.\-]+:\s+([0-9]{4}):\s")
_WIDE_REMARK = re.compile(r"^\s*(＃|//|--\s)")
_WIDE_BRACKET = re.compile(r"^\s*(?:-\s+)*[\w.\-]+:\s+([｛［【])")
_EQUALS = re.compile(r"^\s*[A-Za-z_]\w*\s*(=)\s*[^=]*$")

_SUSPECTS = (
    (_TAB_IN_INDENT, Text("缩进中有制表符（Tab），请改为空格。", "a tab in the indentation; use spaces.")),
    (
        _WIDE_SPACE_IN_INDENT,
        Text("缩进中有全角空格，请改为半角空格。", "a full-width space in the indentation; use spaces."),
    ),
    (_WIDE_REMARK, Text("注释以半角的 # 开头，# 后空一格。", "a remark starts with a half-width # and a space.")),
    (
        _WIDE_BRACKET,
        Text(
            "全角的括号，请改为半角：{ } 和 [ ]，其中的冒号、逗号也用半角。",
            "a full-width bracket; write { } or [ ], with half-width colons and commas in it.",
        ),
    ),
    (
        _FULL_WIDTH_COLON,
        Text(
            "键后是全角冒号“：”，请改为半角冒号加空格“: ”。",
            'a full-width colon "：" after a key; write ": ".',
        ),
    ),
    (
        _NO_SPACE_AFTER_DASH,
        Text("“-”后要有空格：写成“- 键: 值”。", 'a space is needed after "-": write "- key: value".'),
    ),
    (_BARE_PATH, Text("各年的值要写在花括号里，如 {2022: 1, 2025: 2}。", "years stand in braces: {2022: 1, 2025: 2}.")),
    (_EQUALS, Text("不用等号：写成“键: 值”。", 'no equals sign: write "key: value".')),
    (_NO_SPACE, Text("冒号后要有半角空格：写成“键: 值”。", 'a space is needed after the colon: write "key: value".')),
)

_MEANINGS = (
    ("nesting too deep", Text("嵌套超过 50 层，不予读取。", "nested deeper than 50 levels; refused.")),
    ("found unexpected end of stream", Text("引号没有配对。", "a quote is not closed.")),
    ("<stream end>", Text("括号没有配对。", "a bracket is not closed.")),
    (
        "mapping values are not allowed",
        Text(
            "此处不应有冒号：一行只写一个“键: 值”，下一级另起一行并缩进；检查缩进，含“: ”的文字请加引号。",
            'no ":" can stand here: one "key: value" a line, the next level on a line of its own; '
            'check the indentation, quote text with ": ".',
        ),
    ),
    (
        "could not find expected ':'",
        Text("缺少冒号：应写成“键: 值”。", 'a colon is missing: write "key: value".'),
    ),
    ("'\\t'", Text("此处有制表符（Tab），请改为空格。", "a tab stands here; use spaces.")),
    (
        "cannot start any token",
        Text(
            '以此字符（%、@、`、> 等）开头的文字要加引号，如 ">="；数值请去掉百分号。',
            'text that starts with this character (%, @, `, >) is quoted, as in ">="; a number takes no percent sign.',
        ),
    ),
    (
        "expected chomping or indentation",
        Text('以 > 或 | 开头的文字要加引号，如 ">="。', 'text that starts with > or | must be quoted, as in ">=".'),
    ),
    (
        "found undefined alias",
        Text("引用（*）的锚点（&）没有定义。", "an alias (*) of an anchor (&) that is not defined."),
    ),
    (
        "expected a single document",
        Text("一个文件只能有一份内容（检查“---”）。", 'one document a file (check "---").'),
    ),
    (
        "but found another document",
        Text("一个文件只能有一份内容（检查“---”）。", 'one document a file (check "---").'),
    ),
    (
        "expected ',' or",
        Text("括号没有配对，或缺少逗号。", "a bracket is not closed, or a comma is missing."),
    ),
    ("but found '}'", Text("多了一个右括号 }。", "one closing bracket } too many.")),
    ("but found ']'", Text("多了一个右括号 ]。", "one closing bracket ] too many.")),
    (
        "expected alphabetic or numeric",
        Text("以 * 或 & 开头的文字要加引号。", "text that starts with * or & must be quoted."),
    ),
    ("expected URI", Text("以 ! 开头的文字要加引号。", "text that starts with ! must be quoted.")),
    (
        "expected <block end>",
        Text("缩进不齐，或列表与键值混写。", "uneven indentation, or a list mixed with keys."),
    ),
    ("could not determine a constructor", Text("不支持该 YAML 标签。", "this YAML tag is not supported.")),
)


def syntax_problem(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    """One problem for a PyYAML error: the likely slip of the keyboard if one is near, else what YAML says."""
    if isinstance(error, yaml.reader.ReaderError):
        return _control_character(error, text, shown)
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem(shown, None, None, "", Text(f"YAML 语法错误：{error}", f"YAML syntax error: {error}"))
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(shown, None, None, "", _meaning(error.problem or ""))
    context = error.context_mark.line if error.context_mark else mark.line
    suspect = _suspect_line(text, sorted({context, mark.line - 1, mark.line}))
    if suspect is not None and "nesting" not in (error.problem or ""):
        line, column, meaning = suspect
        return Problem(shown, line, column, "", meaning)
    if "end of stream" in (error.problem or "") and error.context_mark:
        mark = error.context_mark  # the quote that was opened, not the end of the file
    return Problem(shown, mark.line + 1, mark.column + 1, "", _meaning(error.problem or ""))


def _suspect_line(text: str, lines: list[int]) -> tuple[int, int, Text] | None:
    written = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)  # the line breaks PyYAML counts
    for number in lines:
        if not 0 <= number < len(written):
            continue
        for pattern, meaning in _SUSPECTS:
            found = pattern.match(written[number][:LONGEST_KEY])
            if found:
                return number + 1, found.start(1) + 1, meaning
    return None


def _meaning(problem: str) -> Text:
    for part, meaning in _MEANINGS:
        if part in problem:
            return Text(f"YAML 语法错误：{meaning.zh}", f"YAML syntax error: {meaning.en}")
    return Text(f"YAML 语法错误：{problem}", f"YAML syntax error: {problem}")


def _control_character(error: yaml.reader.ReaderError, text: str, shown: str) -> Problem:
    before = text[: error.position]
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    code = f"U+{error.character:04X}" if isinstance(error.character, int) else repr(error.character)
    meaning = Text(
        f"文件中有不可见的控制字符 {code}，请删去。",
        f"the file holds the control character {code}; remove it.",
    )
    return Problem(shown, line, column, "", meaning)
