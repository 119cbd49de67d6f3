"""A Spark master and two workers of this test run, on 127.0.0.1."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 300  # quick on an idle machine; tests may share it with many


def missing() -> str:
    """Why there can be no cluster here; "" where there can."""
    if shutil.which("java") is None:
        return "Java is not installed"
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "pyspark is not installed"
    return ""


@contextmanager
def running(folder: Path, workers: int = 2) -> Iterator[str]:
    """A standalone master and its workers of one core each; yields the master's address."""
    import pyspark

    home = Path(pyspark.__file__).parent
    starter = home / "bin/spark-class"
    environment = os.environ | {
        "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable,
        "SPARK_NO_DAEMONIZE": "1",
    }  # fmt: skip
    port, page = free_port(), free_port()
    master = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    commands = [
        [starter, f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", port, "--webui-port", page],
        *(
            [starter, f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--cores", 1, "--memory", "2g",
             "--webui-port", 0, "--work-dir", folder / f"worker-{number}", master]
            for number in range(workers)
        ),
    ]  # fmt: skip
    processes = []
    try:
        for number, command in enumerate(commands):
            with (folder / f"log-{number}.txt").open("wb") as log:
                told = [*map(str, command)]
                processes.append(subprocess.Popen(told, env=environment, stdout=log, stderr=subprocess.STDOUT))
        wait_for(f"http://127.0.0.1:{page}/json/", workers)
        yield master
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(page: str, workers: int) -> None:
    """Wait until the master knows so many workers. Raises TimeoutError."""
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(page, timeout=2) as answer:
                if answer.read().count(b'"state" : "ALIVE"') >= workers:
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise TimeoutError(f"no {workers} workers within {START_SECONDS} s")
