"""What a command prints, as a picture of a terminal: for the pages of docs/ that show each step.

Letters stand on a grid, hanzi two columns wide, so that tables look as they do on a screen.
"""

from __future__ import annotations

import io
import unicodedata

from PIL import Image, ImageDraw, ImageFont

from sim.charts.fonts import find_font

SIZE = 22  # pixels of a letter
CELL = (12, 30)  # width and height of one column of the grid, pixels
MARGIN = 22
PAPER, INK, PROMPT = "#fbfbf8", "#1a1a1a", "#17507a"
COLOURS = 32  # of the palette: a picture of text needs few


def width(text: str) -> int:
    """Columns that a line takes on the grid."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def picture(command: str, printed: str, most: int = 34, across: int = 0) -> bytes:
    """PNG of the command and the first `most` lines of what it printed, with a mark where more follows.

    A command that is wider than what it prints is broken; the picture is scaled down to `across` pixels.
    """
    lines = [line.rstrip() for line in printed.rstrip().splitlines()]
    room = max(100, *(width(line) for line in lines[:most]))
    shown = [*_broken(f"> {command}", room), "", *lines[:most], *(["…"] if len(lines) > most else [])]
    wide = max(width(line) for line in shown) * CELL[0] + 2 * MARGIN
    image = Image.new("RGB", (wide, len(shown) * CELL[1] + 2 * MARGIN), PAPER)
    font = ImageFont.truetype(str(find_font().path), SIZE)
    for row, line in enumerate(shown):
        _write(
            image,
            font,
            line,
            MARGIN + row * CELL[1],
            PROMPT if line.startswith((">", "    ")) and row < shown.index("") else INK,
        )
    return compact(image, across)


def _broken(command: str, room: int) -> list[str]:
    """The words of a command in lines of at most `room` columns, further ones indented."""
    lines = [""]
    for word in command.split(" "):
        if lines[-1].strip() and width(f"{lines[-1]} {word}") > room:
            lines.append("   ")
        lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def _squeeze(
    image: Image.Image, font: ImageFont.FreeTypeFont, letter: str, place: tuple[int, int, int], colour: str
) -> None:
    """A letter that is wider than its columns of the grid, such as %, made narrower."""
    x, y, across = place
    mask = Image.new("L", (int(font.getlength(letter)) + 2, CELL[1]))
    ImageDraw.Draw(mask).text((0, 0), letter, font=font, fill=255)
    image.paste(colour, (x, y), mask.resize((across, CELL[1]), Image.Resampling.LANCZOS))


def _write(image: Image.Image, font: ImageFont.FreeTypeFont, line: str, y: int, colour: str) -> None:
    draw = ImageDraw.Draw(image)
    column = 0
    for letter in line:
        cells = width(letter)
        x = MARGIN + column * CELL[0]
        if letter in "━─":  # a rule of the table, drawn so that its parts join
            thick = 2 if letter == "━" else 1
            draw.rectangle((x, y + CELL[1] // 2, x + CELL[0] * cells, y + CELL[1] // 2 + thick - 1), fill=colour)
        elif letter.strip():
            wide = draw.textlength(letter, font=font)
            if wide <= cells * CELL[0]:
                draw.text((x + (cells * CELL[0] - wide) / 2, y), letter, font=font, fill=colour)
            else:
                _squeeze(image, font, letter, (x, y, cells * CELL[0]), colour)
        column += cells


def compact(image: Image.Image, across: int = 0) -> bytes:
    """PNG bytes in few colours; scaled down to `across` pixels where it is wider. No stamp of time or program."""
    if across and image.width > across:
        image = image.resize((across, round(image.height * across / image.width)), Image.Resampling.LANCZOS)
    memory = io.BytesIO()
    few = image.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(memory, "PNG", optimize=True)
    return memory.getvalue()
