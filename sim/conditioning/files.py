"""Where posteriors lie: those that come with the program, and those made on demand. Imports nothing heavy."""

from __future__ import annotations

from pathlib import Path

from sim.region.pack import Pack

FOLDER = "posterior"
#: Seed of the posteriors that come with the program.
SEED = 1


def file_name(pack: Pack, as_of: int) -> str:
    """`<region>-<year>.npz`: one posterior for a city and its districts."""
    return f"{(pack.whole or pack).id}-{as_of}.npz"


def committed_file(pack: Pack, as_of: int) -> Path:
    """Where the posterior that comes with the program lies."""
    return pack.folder.parent / FOLDER / file_name(pack, as_of)


def cache_file(pack: Pack, as_of: int, cache: Path, seed: int = SEED, inflate: bool = False) -> Path:
    """Where a posterior made on demand is kept; only the ordinary one has the name that runs look for."""
    parts = [*([f"seed{seed}"] if seed != SEED else []), *(["inflated"] if inflate else [])]
    name = Path(file_name(pack, as_of))
    return cache / ("-".join([name.stem, *parts]) + name.suffix)
