"""Named random streams.

The value at (seed, stream, year, draw) depends on nothing else: every stream is keyed by a stable digest
of its name, a stream is drawn in fixed blocks of ``BLOCK`` draws, and rows (years) are filled in order, so
that more draws, a longer horizon, another chunk size or another number of workers leave every value as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Draws made and computed together. Part of the definition of the streams: changing it changes every number.
BLOCK = 5120

#: The sources of uncertainty of the contract, each of which can be switched off.
SOURCES = ("facts", "parameters", "shocks", "discrepancy", "scenario", "reporting")


def generator(seed: int, stream: str, block: int) -> np.random.Generator:
    """Return the generator of one block of one named stream.

    seed : non-negative integer; stream : name; block : index of the block of ``BLOCK`` draws.
    SFC64 because it draws normals half again as fast as Philox; the key is a 256-bit digest, so streams
    do not overlap in practice.
    """
    digest = hashlib.blake2b(f"{seed}\x1f{stream}\x1f{block}".encode(), digest_size=32).digest()
    # As 32-bit words rather than one large integer: the same seed, made in half the time.
    words = np.frombuffer(digest, dtype="<u4")
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(words)))


@dataclass(frozen=True, slots=True)
class Draws:
    """One block of draws: a source of standard normals and uniforms by name.

    A source that is switched off gives zeros (normals) or one half (uniforms): the centre of every prior.
    ``size`` is ``BLOCK``, or 1 when nothing is random.
    """

    seed: int
    block: int
    sources: frozenset[str]
    size: int = BLOCK

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        """Standard normals, shape (rows, draw)."""
        if source not in self.sources:
            return np.zeros((rows, self.size))
        return generator(self.seed, f"{source}.{name}", self.block).standard_normal((rows, self.size))

    def normals(self, source: str, names: Sequence[str], rows: int) -> Array:
        """Standard normals of several streams, shape (rows, name, draw): a view whose streams are contiguous."""
        out = np.zeros((len(names), rows, self.size))
        if source in self.sources:
            for name, stream in zip(names, out, strict=True):
                generator(self.seed, f"{source}.{name}", self.block).standard_normal(out=stream)
        return out.transpose(1, 0, 2)

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Uniforms on [0, 1), shape (rows, draw)."""
        if source not in self.sources:
            return np.full((rows, self.size), 0.5)
        return generator(self.seed, f"{source}.{name}", self.block).random((rows, self.size))


@dataclass(frozen=True, slots=True)
class RelatedDraws(Draws):
    """Draws of a region that has something in common with another, its twin.

    A stream `<own>.<kind>…` is the correlation of its kind times the twin's stream of the same name, and chance of
    its own for the rest: standard normals again. `related` gives the correlation by kind, the first word behind the
    region's name; "parameters" stands for all parameters. Kinds that are not named are independent.
    """

    base: Draws | None = None
    own: str = ""
    twin: str = ""
    related: Mapping[str, float] = field(default_factory=dict)

    def normal(self, source: str, name: str, rows: int = 1) -> Array:
        """Standard normals, shape (rows, draw)."""
        assert self.base is not None
        alone = self.base.normal(source, name, rows)
        correlation = self._correlation(source, name)
        if correlation == 0.0:
            return alone
        common = self.base.normal(source, self.twin + name.removeprefix(self.own), rows)
        mixed: Array = correlation * common + np.sqrt(1.0 - correlation**2) * alone
        return mixed

    def normals(self, source: str, names: Sequence[str], rows: int) -> Array:
        """Standard normals of several streams, shape (rows, name, draw)."""
        made = [self.normal(source, name, rows) for name in names]
        return np.stack(made, axis=1) if made else np.zeros((rows, 0, self.size))

    def uniform(self, source: str, name: str, rows: int = 1) -> Array:
        """Uniforms on [0, 1), shape (rows, draw): those of the region's own streams."""
        assert self.base is not None
        return self.base.uniform(source, name, rows)

    def _correlation(self, source: str, name: str) -> float:
        if not name.startswith(f"{self.own}."):
            return 0.0
        kind = source if source == "parameters" else name.removeprefix(f"{self.own}.").partition(".")[0]
        return self.related.get(kind, 0.0)


def related_draws(base: Draws, own: str, twin: str, related: Mapping[str, float]) -> RelatedDraws:
    """Draws of region `own` that have something in common with those of `twin`, both from `base`."""
    return RelatedDraws(base.seed, base.block, base.sources, base.size, base, own, twin, related)


def heavy_tailed(normal: Array, degrees_of_freedom: float) -> Array:
    """Turn standard normals into unit-variance fat-tailed values, monotonically.

    The Cornish-Fisher expansion of Student's t to second order in 1/df, divided by its exact standard
    deviation under the normal. Monotone, so a prior stays a function of one standard normal.
    Source: Fisher and Cornish (1960), Technometrics 2, 209-225.
    """
    inverse = 1.0 / degrees_of_freedom
    linear = 1.0 + inverse / 4 + inverse**2 * 3 / 96
    cubic = inverse / 4 + inverse**2 * 16 / 96
    fifth = inverse**2 * 5 / 96
    # E[(a z + b z^3 + c z^5)^2] with the even moments of the normal 1, 3, 15, 105, 945.
    variance = linear**2 + 6 * linear * cubic + 15 * (cubic**2 + 2 * linear * fifth)
    variance += 210 * cubic * fifth + 945 * fifth**2
    square = normal * normal
    value: Array = normal * (linear + square * (cubic + square * fifth)) / np.sqrt(variance)
    return value
