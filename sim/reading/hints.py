"""What to write instead of a text that stands where a number or a structure should: slips of the keyboard, units,
ranges in words.
"""

from __future__ import annotations

import re
import unicodedata

from sim.language import Text

_NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_JOINED = re.compile(rf"[\[(]?\s*({_NUMBER})\s*(?:,|、|~|-|–|—|至|到|\.\.)\s*({_NUMBER})\s*[\])]?")
_NARROWER = str.maketrans({"【": "[", "】": "]", "〔": "[", "〕": "]", "−": "-", "–": "-", "—": "-", "、": ","})
_QUOTED = re.compile(r"[“”‘’＂＇](.*)[“”‘’＂＇]")
_SCALES = {"亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3}  # what a unit begins with -> power of ten
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
WIDE_OPENING, WIDE_CLOSING = "【［（｛〔", "】］）｝〕"


def narrowed(written: str) -> str:
    """The text with half-width signs and digits; a Chinese bracket becomes the one that YAML knows."""
    return unicodedata.normalize("NFKC", written.translate(_NARROWER)).strip()


def spaced(written: str) -> str:
    """The text narrowed, with the spaces after colons and commas that YAML needs: `2022：3，2025：4`."""
    return re.sub(r"\s*,\s*", ", ", re.sub(r"\s*:\s*", ": ", narrowed(written)))


def width_hint(written: str, unit: str = "") -> Text | None:
    """What to write instead of a text that should have been a number or a structure; None where nobody can say.

    `unit` is the Chinese unit of the number that was wanted, where there is one: 亿元, 万人/年.
    """
    narrow = narrowed(written)
    for look in (_unseen, _quotes, _colon, _equals, _around, _date, _braces, _separators, _range):
        found = look(written, narrow)
        if found is not None:
            return found
    counted = _unit(narrow, unit)
    if counted is not None:
        return counted
    if narrow != written and re.fullmatch(_NUMBER, narrow):
        return Text(f"含全角字符，请改为半角：{narrow}", f"full-width characters; write {narrow}")
    if re.fullmatch(_NUMBER, written):
        return Text("请去掉引号", "leave out the quotes")
    return None


def _unseen(written: str, narrow: str) -> Text | None:
    plain = _UNSEEN.sub("", written)
    if plain == written:
        return None
    return Text(f"含看不见的字符，请删去重写：{plain}", f"invisible characters; write it anew: {plain}")


def _quotes(written: str, narrow: str) -> Text | None:
    """A number in Chinese quotes, which YAML takes for letters."""
    found = _QUOTED.fullmatch(written.strip())
    if found is None or not re.fullmatch(_NUMBER, narrowed(found[1])):
        return None
    return Text(f"请去掉引号：{narrowed(found[1])}", f"leave out the quotes: {narrowed(found[1])}")


def _equals(written: str, narrow: str) -> Text | None:
    found = re.fullmatch(r"([A-Za-z_]\w*)\s*=\s*(.+)", narrow)
    if found is None:
        return None
    return Text(f"不用等号，写成 {found[1]}: {found[2]}", f"no equals sign; write {found[1]}: {found[2]}")


def _around(written: str, narrow: str) -> Text | None:
    """A number with something before or after it: a comma, a remark, a word of comparison."""
    if re.fullmatch(rf"{_NUMBER}[,;。；]", narrow):
        return Text(f"行尾不要标点：{narrow[:-1]}", f"no punctuation at the end: {narrow[:-1]}")
    remark = re.fullmatch(rf"({_NUMBER})\s*(#.*)", narrow)
    if remark is not None and "＃" in written:
        wanted = f"{remark[1]} {remark[2]}"
        return Text(
            f"注释的 # 应为半角，前面有空格：{wanted}", f"the # of a remark is half-width, after a space: {wanted}"
        )
    if remark is not None:
        return Text(f"# 前要有空格：{remark[1]} {remark[2]}", f"a space is needed before #: {remark[1]} {remark[2]}")
    compared = re.fullmatch(rf"(?:约|大约|近|超过?|不低于|不高于|至少|[≥≤><~=]=?)\s*({_NUMBER})", narrow)
    if compared is None:
        return None
    return Text(f"请只写数值：{compared[1]}", f"write the number only: {compared[1]}")


def _colon(written: str, narrow: str) -> Text | None:
    if re.match("^[A-Za-z_][\\w.\\-]*:[\u3000\u00a0]", written):
        tidy = re.sub(r"\s+", " ", narrow)
        return Text(f"冒号后要用半角空格，即 {tidy}", f"the space after the colon is no plain one: {tidy}")
    if re.match(r"^[\w.\-]+\s*：", written):
        return Text(
            f"似为全角冒号“：”，请改为“: ”，即 {spaced(written)}", f'a full-width colon "："; write {spaced(written)}'
        )
    if re.match(r"^[A-Za-z_][\w.\-]*:[^\s:/\\]", written):
        return Text(f"冒号后要有空格，即 {spaced(written)}", f"a space is needed after the colon: {spaced(written)}")
    return None


def _date(written: str, narrow: str) -> Text | None:
    found = re.fullmatch(r"((?:19|20)[0-9]{2})\s*(?:[-/.年][0-9 -/.年月日号]*|年(?:底|初|末|度)?)", narrow)
    if found is None or re.fullmatch(_NUMBER, narrow) or _two_years(narrow):
        return None
    return Text(f"只写年份：{found[1]}", f"write the year only: {found[1]}")


def _two_years(narrow: str) -> bool:
    return re.fullmatch(r"(?:19|20)[0-9]{2}\s*\S\s*(?:19|20)[0-9]{2}", narrow) is not None


def _braces(written: str, narrow: str) -> Text | None:
    if not written.startswith("｛"):
        return None
    return Text(f"括号等应为半角：{spaced(written)}", f"brackets must be half-width: {spaced(written)}")


def _separators(written: str, narrow: str) -> Text | None:
    if re.fullmatch(r"[-+]?[0-9]{1,3}([,_][0-9]{3})+(\.[0-9]+)?", narrow):
        plain = re.sub("[,_]", "", narrow)
        return Text(f"请去掉分隔符：{plain}", f"leave out the separators: {plain}")
    return None


def _range(written: str, narrow: str) -> Text | None:
    bare = re.sub(r"(?<=[0-9])\s*(?:%|个?百分点)", "", narrow)
    found = _JOINED.fullmatch(bare)
    if found is not None:
        pair = f"[{found[1]}, {found[2]}]"
        return Text(f"区间请写 {pair}", f"write a range as {pair}")
    if written and written[0] in WIDE_OPENING:
        return Text("括号和逗号应为半角，如 [1, 5]", "brackets and commas must be half-width, such as [1, 5]")
    return None


def _unit(narrow: str, wanted: str) -> Text | None:
    found = re.fullmatch(rf"({_NUMBER})\s*([^0-9\s.,:;\[\](){{}}+-][^0-9]{{0,9}})", narrow)
    if found is None or re.fullmatch(_NUMBER, narrow):
        return None
    if found[2] == "%":
        return Text(f"请去掉百分号，只写数值：{found[1]}", f"leave out the percent sign: {found[1]}")
    shift = _shift(found[2], wanted)
    if shift is None:
        zh = f"请换算成{wanted.partition('/')[0] or '规定的单位'}，只写数值"
        return Text(zh, "convert it into the unit of this key and write the number only")
    if shift:
        number = f"{float(found[1]) * 10.0**shift:.12g}"
        return Text(f"单位为{wanted}，请写 {number}", f"the unit is {10 ** abs(shift)} times "
                    f"{'smaller' if shift > 0 else 'larger'}; write {number}")  # fmt: skip
    return Text(f"请只写数值，不写单位：{found[1]}", f"write the number without a unit: {found[1]}")


def _shift(written: str, wanted: str) -> int | None:
    """The power of ten that leads from a number in one unit to one in another: 万元 to 亿元 is −4.

    None where it cannot be known: the unit wanted is not, or it counts something else.
    """
    power, what = _scaled(written)
    if not wanted:
        return None if power else 0
    power_wanted, what_wanted = _scaled(wanted.partition("/")[0])
    if power == power_wanted:
        return 0
    return power - power_wanted if what.removesuffix("/年") in ("", what_wanted) else None


def _scaled(unit: str) -> tuple[int, str]:
    """The power of ten a unit begins with, and what it counts."""
    scale = next((scale for scale in _SCALES if unit.startswith(scale)), "")
    return _SCALES.get(scale, 0), unit.removeprefix(scale).strip()
