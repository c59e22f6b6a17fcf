"""A sweep on a Dask cluster: a real scheduler and workers on this machine, some of them killed."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from sim.errors import InputError
from sim.region.reading import read_pack
from sim.resources import data_path
from sim.sweep import cluster, identity, scheduler, workers
from sim.sweep.on_worker import OnWorker, require_memory
from sim.sweep.points import Sweep, read_sweep
from sim.sweep.store import carry_out
from tests.clusters import PROJECT, Cluster, looked_up

SPEC = """\
name: small
label: 小网格
scenario: baseline
draws: 60
targets: [plan14.gdp_growth.2025, plan14.trade_total.2025]
axes:
  investment_growth: {from: -4, to: 4, steps: 8}
  trade_growth: {from: -5, to: 5, steps: 6}
"""
POINTS = 48


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    file = tmp_path_factory.mktemp("spec") / "small.yaml"
    file.write_text(SPEC, encoding="utf-8")
    return read_sweep(file, pack=read_pack(data_path("calibration"), "west_coast"), scenarios=data_path("scenarios"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="needs the extra: pip install regional-scenarios[cluster]")
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.start_scheduler()
        for _ in range(2):
            made.start_worker()
        made.await_workers(2)
        yield made
    finally:
        made.end()


def test_a_worker_killed_in_the_middle_loses_and_changes_nothing(
    running: Cluster, sweep: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_out(sweep, tmp_path / "here", workers=1)
    seen: list[int] = []

    def kill_one(done: int) -> None:
        seen.append(done)
        if len(seen) == 4:
            running.workers[0].kill()

    monkeypatch.setattr(workers, "POINTS_TOGETHER", 2)
    found = carry_out(sweep, tmp_path / "there", workers=1, progress=kill_one, scheduler=running.address)
    assert running.workers[0].wait() == -signal.SIGKILL
    assert seen[0] == 0
    assert seen[-1] == POINTS == found.computed
    assert (tmp_path / "there" / "points.bin").stat().st_size == (tmp_path / "here" / "points.bin").stat().st_size
    for name in ("points.csv", "manifest.json"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_the_cluster_forgets_a_sweep_that_is_closed(running: Cluster, sweep: Sweep) -> None:
    with closing(cluster.compute_on_cluster(sweep, range(1, POINTS + 1), running.address)) as batches:
        next(batches)
        assert looked_up(running.address)[0] > 1
    until = time.monotonic() + 10.0
    while (left := looked_up(running.address)) != (0, dict.fromkeys(left[1], 0)) and time.monotonic() < until:
        time.sleep(0.1)
    assert left[0] == 0
    assert set(left[1].values()) == {0}


def test_a_worker_without_the_program_is_refused_by_name(running: Cluster, sweep: Sweep, tmp_path: Path) -> None:
    running.start_worker(cwd=tmp_path)
    running.await_workers(2)
    with pytest.raises(InputError) as caught:
        list(cluster.compute_on_cluster(sweep, [1], running.address))
    (problem,) = caught.value.problems
    assert problem.key == "--scheduler"
    assert problem.text.zh.startswith("tcp://127.0.0.1:")
    assert "No module named 'sim'" in problem.text.zh
    running.workers.pop().kill()


def test_a_cluster_without_workers_is_waited_for_and_then_given_up(
    running: Cluster, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "WORKERS_WITHIN", 1.0)
    monkeypatch.setattr(cluster, "_GLANCE", 0.2)
    monkeypatch.setattr(workers, "POINTS_TOGETHER", 1)
    told: list[str] = []
    with closing(
        cluster.compute_on_cluster(sweep, range(1, POINTS + 1), running.address, lambda t: told.append(t.zh))
    ) as batches:
        next(batches)
        for worker in running.workers:
            worker.kill()
        with pytest.raises(InputError, match="再次运行同一命令即可续算") as caught:
            list(batches)
    assert "没有工作进程" in caught.value.problems[0].text.zh
    assert told == ["集群中没有工作进程，最多再等 1 秒"]


def test_a_worker_that_comes_later_is_waited_for(running: Cluster, sweep: Sweep) -> None:
    told: list[str] = []
    running.start_worker()
    found = list(cluster.compute_on_cluster(sweep, [1, 2], running.address, lambda t: told.append(t.zh)))
    assert sorted(result.point for batch in found for result in batch) == [1, 2]
    assert told[-1:] in ([], ["工作进程已恢复，继续测算"])


def test_a_scheduler_that_ends_leaves_what_is_stored(
    running: Cluster, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "POINTS_TOGETHER", 1)
    with closing(cluster.compute_on_cluster(sweep, range(1, POINTS + 1), running.address)) as batches:
        next(batches)
        running.processes[0].kill()
        with pytest.raises(InputError, match="与调度程序的连接已断开；已完成的点都已存盘"):
            list(batches)


def test_no_scheduler_is_said_with_how_to_start_one(sweep: Sweep) -> None:
    pytest.importorskip("distributed", reason="needs the extra: pip install regional-scenarios[cluster]")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # taken, but nobody listens
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(InputError) as caught:
            next(cluster.compute_on_cluster(sweep, [1], address))
    text = caught.value.problems[0].text
    assert text.zh.startswith(f"{address} 没有 Dask 调度程序（拒绝连接）")
    assert f"dask worker {address} --nthreads 1" in text.zh
    assert "dask scheduler" in text.en


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1:8786", "您是否想写 tcp://127.0.0.1:8786？"),
        ("tcp://127.0.0.1:8786/", "您是否想写 tcp://127.0.0.1:8786？"),
        ("udp://[::1]:8786", "您是否想写 tcp://[::1]:8786？"),
        ("tls://127.0.0.1:8786", "不支持加密连接 tls://"),
        ("http://127.0.0.1:8787/status", "应写作 tcp://主机:端口"),
        ("tcp://127.0.0.1:65536", "应写作 tcp://主机:端口"),
        ("tcp://127.0.0.1:0", "应写作 tcp://主机:端口"),
        ("tcp://user@host:8786", "应写作 tcp://主机:端口"),
        ("tcp://host", "应写作 tcp://主机:端口"),
        ("", "应写作 tcp://主机:端口"),
    ],
)
def test_what_is_no_address_is_refused(address: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        scheduler.check_scheduler(address)
    assert said in caught.value.problems[0].text.zh
    assert caught.value.problems[0].key == "--scheduler"


@pytest.mark.parametrize(
    ("greeting", "said"), [(b"SSH-2.0-OpenSSH_9.6\r\n", "应答的是别的程序"), (b"", "秒内没有应答")]
)
def test_another_server_at_the_address_is_told_from_a_scheduler(
    monkeypatch: pytest.MonkeyPatch, greeting: bytes, said: str
) -> None:
    pytest.importorskip("distributed", reason="needs the extra: pip install regional-scenarios[cluster]")
    monkeypatch.setattr(scheduler, "ANSWER_WITHIN", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as other:
        answering = Thread(target=_greet, args=(other, greeting))
        answering.start()
        with pytest.raises(InputError, match=said):
            scheduler.check_scheduler(f"tcp://127.0.0.1:{other.getsockname()[1]}")
        answering.join()


def _greet(server: socket.socket, greeting: bytes) -> None:
    connection, _ = server.accept()
    with connection, suppress(ConnectionError):
        connection.sendall(greeting)
        connection.recv(1)  # until the other side has gone


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"regional-scenarios\[cluster\]"):
        scheduler.check_scheduler("tcp://127.0.0.1:8786")


def test_differences_are_named_with_both_values() -> None:
    ours = identity.identity()
    assert identity.unlike(dict(ours), ours) is None
    text = identity.unlike({**ours, "numpy": "1.0", "model": "abc"}, ours)
    assert text is not None
    assert f"程序本身那里 abc、这里 {ours['model']}" in text.zh
    assert f"version of NumPy 1.0 there, {ours['numpy']} here" in text.en


def test_a_worker_that_came_late_with_another_version_computes_nothing(sweep: Sweep) -> None:
    kept = OnWorker(pickle.dumps(sweep), {**identity.identity(), "numpy": "1.0"})
    with pytest.raises(InputError, match="NumPy 版本"):
        kept.compute([1])
    assert kept.evaluator is None


def test_what_travels_is_the_sweep_without_its_draws(sweep: Sweep) -> None:
    kept = OnWorker(pickle.dumps(sweep), identity.identity())
    here = kept.compute([1])
    assert kept.evaluator is not None
    copy = pickle.loads(pickle.dumps(kept))
    assert copy.evaluator is None
    assert copy.compute([1])[0].flat().tobytes() == here[0].flat().tobytes()


def test_processors_that_calculate_otherwise_are_told_apart() -> None:
    features = np._core._multiarray_umath.__cpu_features__  # type: ignore[attr-defined]
    if not features.get("AVX512_SKX"):
        pytest.skip("needs a processor with AVX-512, whose functions differ from those without")
    off = " ".join(name for name, there in features.items() if there and name.startswith(("AVX512", "X86_V4")))
    command = [sys.executable, "-c", "from sim.sweep.identity import arithmetic; print(arithmetic())"]
    environment = os.environ | {"NPY_DISABLE_CPU_FEATURES": off}
    done = subprocess.run(command, check=True, capture_output=True, cwd=PROJECT, env=environment)
    assert len(done.stdout.strip()) == len(identity.arithmetic())
    assert done.stdout.strip().decode() != identity.arithmetic()


def test_a_worker_short_of_memory_is_told_before_it_stands_still() -> None:
    require_memory(used=700, limit=1000)
    require_memory(used=10**12, limit=0)  # no limit
    with pytest.raises(InputError, match="内存上限 858 MB 不够，测算已用 689 MB"):
        require_memory(used=689 * 2**20, limit=858 * 2**20)
