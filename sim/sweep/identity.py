"""What a process computes with: the same answers here and there mean the same bytes from both.

The same program and libraries do not suffice. NumPy chooses its loops by the processor, and `exp` and `log` with
AVX-512 differ in the last digit from those without; so does the C library of another system.
"""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from sim.language import Text
from sim.output.store import digest, model_hash
from sim.randomness import generator

#: What each part of an identity is called.
PARTS: Mapping[str, Text] = {
    "model": Text("程序本身", "the program itself"),
    "numpy": Text("NumPy 版本", "version of NumPy"),
    "scipy": Text("SciPy 版本", "version of SciPy"),
    "python": Text("Python 版本", "version of Python"),
    "machine": Text("机器类型", "machine type"),
    "arithmetic": Text("处理器的数学函数末位", "last digits of the processor's functions"),
}
_SAMPLES = 4096
_LISTED = 3  # workers named in one message
_DIGITS = 12  # hexadecimal digits that are shown; enough to tell two programs apart


@cache
def identity() -> dict[str, str]:
    """Program, libraries and arithmetic of this process, as they were when it was first asked."""
    return {
        "model": model_hash()[:_DIGITS],
        "numpy": importlib.metadata.version("numpy"),
        "scipy": importlib.metadata.version("scipy"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "arithmetic": arithmetic(),
    }


def arithmetic() -> str:
    """Hash of what the functions that the model uses give here, bit by bit, on arguments that are the same anywhere."""
    from scipy.special import ndtr, ndtri

    uniform = generator(1, "arithmetic", 0).random((3, _SAMPLES))
    normal = generator(2, "arithmetic", 0).standard_normal((8, _SAMPLES))
    x = 40.0 * uniform[0] - 20.0
    found = [
        np.exp(x), np.expm1(x / 20.0), np.log(uniform[1]), np.log1p(uniform[2]), np.sqrt(uniform[1]),
        uniform[1] ** (x / 10.0), np.tanh(x), ndtr(x / 4.0), ndtri(uniform[2]), normal, normal.sum(axis=1),
        normal.mean(axis=0), normal.std(axis=1), np.cumsum(normal, axis=1), normal @ normal.T,
        np.linalg.cholesky(normal @ normal.T), np.einsum("ik,jk->ij", normal[:3], normal),
    ]  # fmt: skip
    return digest(b"".join(part.tobytes() for part in found))[:_DIGITS]


def unlike(answer: object, ours: Mapping[str, str]) -> Text | None:
    """What is not the same where `answer` comes from, or None; an answer that is no identity is an error of asking."""
    if not isinstance(answer, dict):
        return Text(
            f"没有安装同一版本的本程序（{answer}）；请在每台机器上（包括调度程序）安装后重新启动",
            f"this version of the program is not installed ({answer}); install it on every machine, "
            "the scheduler's too, and start them again",
        )
    parts = [part for part in PARTS if answer.get(part) != ours[part]]
    if not parts:
        return None
    zh = "、".join(f"{PARTS[part].zh}那里 {answer.get(part)}、这里 {ours[part]}" for part in parts)
    en = ", ".join(f"{PARTS[part].en} {answer.get(part)} there, {ours[part]} here" for part in parts)
    return Text(
        f"与本机不同，结果不会逐字节相同：{zh}；请统一后重新启动工作进程",
        f"not as here, results would not be the same bytes: {en}; make them the same and start the workers again",
    )


def listed(workers: Sequence[str]) -> Text:
    """Addresses of workers, the first few of many."""
    first, more = ", ".join(workers[:_LISTED]), len(workers) - _LISTED
    return Text(f"{first} 等 {len(workers)} 处", f"{first} and {more} more") if more > 0 else Text(first, first)
