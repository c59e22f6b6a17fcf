"""The scheduler of a Dask cluster: its address, whether it is there, and a connection to it."""

from __future__ import annotations

import logging
import re
import socket
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sim.errors import InputError, Problem
from sim.language import Text

if TYPE_CHECKING:
    from distributed import Client

#: Seconds until a scheduler must have answered.
ANSWER_WITHIN = 8.0
_ADDRESS = re.compile(r"tcp://(\[[0-9a-fA-F:.]+\]|[^\s:/@\[\]]+):(\d{1,5})")
_MOST_PORT = 65_535
_LENGTH, _MOST_GREETING = 8, 65_536  # bytes
_OTHER = Text("应答的是别的程序，或不相容的版本", "what answers is another program, or of another version")
_REASONS: Mapping[type[Exception], Text] = {
    ConnectionRefusedError: Text("拒绝连接", "connection refused"),
    TimeoutError: Text(f"{ANSWER_WITHIN:.0f} 秒内没有应答", f"no answer in {ANSWER_WITHIN:.0f} seconds"),
    socket.gaierror: Text("找不到这个主机名", "no host of this name"),
}


def check_scheduler(address: str) -> None:
    """Raise InputError unless this is an address, something answers there, and the library to ask it is installed."""
    host, port = _parts(address)
    if find_spec("distributed") is None:
        raise refused(
            '没有安装 distributed；请先安装本程序的 cluster 附加项：pip install "regional-scenarios[cluster]"',
            'distributed is not installed; install the extra first: pip install "regional-scenarios[cluster]"',
        )
    try:
        with socket.create_connection((host, port), ANSWER_WITHIN) as asked:
            greeting = asked.recv(_LENGTH)  # schedulers speak first, and say how much will come
    except (OSError, UnicodeError) as error:
        raise _no_scheduler(address, _REASONS.get(type(error), Text("不能连接", "no connection"))) from None
    if len(greeting) < _LENGTH or not 0 < int.from_bytes(greeting, "little") < _MOST_GREETING:
        raise _no_scheduler(address, _OTHER)


def _parts(address: str) -> tuple[str, int]:
    """Host and port; raises InputError unless this is tcp://host:port."""
    found = _ADDRESS.fullmatch(address)
    if found and 1 <= int(found[2]) <= _MOST_PORT:
        return found[1].strip("[]"), int(found[2])
    zh, en = f"“{address}”不是调度程序的地址，", f'"{address}" is not the address of a scheduler, '
    meant = re.sub(r"^(\w+://)?", "tcp://", address.strip().rstrip("/"), count=1)
    if address.startswith("tls://"):
        zh, en = zh + "不支持加密连接 tls://。", en + "encrypted connections (tls://) are not supported. "
    elif _ADDRESS.fullmatch(meant) and int(meant.rpartition(":")[2]) <= _MOST_PORT and not address.startswith("http"):
        zh, en = zh + f"您是否想写 {meant}？", en + f"did you mean {meant}? "
    raise refused(
        f"{zh}应写作 tcp://主机:端口，例如 tcp://192.168.1.10:8786（调度程序启动时会显示）",
        f"{en}Write tcp://host:port, such as tcp://192.168.1.10:8786 (shown when the scheduler starts)",
    )


def refused(zh: str, en: str) -> InputError:
    """An error of the option that names the scheduler."""
    return InputError(Problem(None, None, None, "--scheduler", Text(zh, en)))


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler; when it ends, the cluster drops all that was asked of it."""
    from distributed import Client

    with _quiet():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of other versions: those that matter are refused in plain words
                client = Client(address, timeout=ANSWER_WITHIN, set_as_default=False, name="sweep")
        except (OSError, ValueError, TypeError):
            raise _no_scheduler(address, _OTHER) from None
        try:
            yield client
        finally:
            with suppress(OSError):
                client.close(timeout=ANSWER_WITHIN)


def _no_scheduler(address: str, why: Text) -> InputError:
    return refused(
        f"{address} 没有 Dask 调度程序（{why.zh}）；启动：在一台机器上运行 dask scheduler，"
        f"在各台机器上运行 dask worker {address} --nthreads 1",
        f"no Dask scheduler at {address} ({why.en}); to start one: dask scheduler on one machine, "
        f"and dask worker {address} --nthreads 1 on each",
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the library's own log from the terminal: what a planner must know is told in other words."""
    logger = logging.getLogger("distributed")
    children = [logging.getLogger(name) for name in logging.root.manager.loggerDict if name.startswith("distributed.")]
    before = [(one, one.level) for one in (logger, *children)]
    for one, _ in before:
        one.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for one, level in before:
            one.setLevel(level)
