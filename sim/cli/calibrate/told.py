"""What is told on standard error while a posterior is made: why, which step, and where it could not be kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from sim.conditioning.inflation import refuse_beyond
from sim.conditioning.region import rare_events
from sim.conditioning.service import NotKept, Told, looked_at, why_not
from sim.conditioning.words import step_words
from sim.language import Text
from sim.output.store import REASONS_ZH
from sim.posterior.posterior import Posterior
from sim.reading.files import shown_path
from sim.region.pack import Pack


def say(text: Text) -> None:
    """A line on standard error in both languages."""
    click.echo(f"{text.zh} ({text.en})", err=True)


def say_why(paths: Sequence[Path]) -> None:
    """Tell why files that exist are not used."""
    for text in why_not(paths):
        say(text)


def progress(steps: int) -> Told:
    """Says each step of conditioning: a history of the past years, or the drawing."""
    done = 0

    def told(step: str) -> None:
        nonlocal done
        done += 1
        label = step_words(step)
        click.echo(f"校准 {(done - 1) % steps + 1}/{steps}：{label.zh} ({label.en})", err=True)

    return told


def announced(pack: Pack, as_of: int, cache: Path, seed: int, inflate: bool) -> Told:
    """The same for a run that needs a posterior first: before the first step why it is made, and how long it takes."""
    tell = progress(len(rare_events(pack, as_of)) + 1)
    begun = False

    def told(step: str) -> None:
        nonlocal begun
        if not begun:
            say_why(looked_at(pack, as_of, cache, seed, inflate))
            say(Text("用公布数校准，约需半分钟", "conditioning on the figures, about half a minute"))
        begun = True
        tell(step)

    return told


def used_once(error: NotKept) -> Posterior:
    """A posterior that could not be written, and where that was."""
    why = error.error.strerror or str(error.error)
    reason = REASONS_ZH.get(error.error.errno or 0, why)
    say(
        Text(
            f"{shown_path(error.path)}：校准结果写不进去：{reason}；这次照用，下次重做",
            f"cannot be written: {why}; used this once, made anew next time",
        )
    )
    return error.posterior


def kept_or_used_once(obtained: Callable[[], Posterior | None]) -> Posterior | None:
    """What is obtained, also where it cannot be written. Raises ConditioningError for facts beyond the model."""
    try:
        return obtained()
    except NotKept as error:
        return refuse_beyond(used_once(error))
