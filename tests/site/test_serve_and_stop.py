"""mudmai serve: web and worker in processes of their own; jobs are done, both stop cleanly."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from mudmai.site import serving


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_refused_with_another_to_try(taken_port):
    with pytest.raises(serving.PortTaken, match=str(taken_port)):
        serving.serve(host="127.0.0.1", port=taken_port)


def test_the_next_free_port_is_found(taken_port):
    assert serving.free_port(first=taken_port) > taken_port


def test_web_and_worker_start_together_and_stop_cleanly(tmp_path):
    port = serving.free_port(first=18000 + os.getpid() % 2000)
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "MUDMAI_TODAY"}}
    environment |= {"MUDMAI_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mudmai.site.settings"}
    words = [sys.executable, "-m", "mudmai.site.cli", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as whole:
        try:
            assert f"http://127.0.0.1:{port}/" in whole.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                assert answer.read() == b"ok"
            parts = children_of(whole.pid)
            assert len(parts) == 2
        finally:
            whole.send_signal(signal.SIGTERM)
        assert whole.wait(timeout=30) == 0
    time.sleep(0.2)
    assert not any(is_running(part) for part in parts)


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return [int(child) for child in children.read().split()]


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_that_dies_is_started_again(tmp_path):
    note = tmp_path / "starts"
    script = f"open({str(note)!r}, 'a').write('x')"
    lasting = serving.Part("web", [sys.executable, "-c", "import time; time.sleep(60)"], essential=True)
    dying = serving.Part("worker", [sys.executable, "-c", script])
    watch = serving.Watch([lasting, dying], "http://127.0.0.1:9/", None)
    serving.start(lasting)
    serving.start(dying)

    deadline = time.monotonic() + 10
    while dying.starts < 2 and time.monotonic() < deadline:
        watch.look_after_parts()
        time.sleep(0.05)

    serving.end([lasting, dying])
    assert dying.starts == 2
    assert lasting.process.poll() is not None


def test_when_the_web_server_ends_all_ends():
    web = serving.Part("web", [sys.executable, "-c", "raise SystemExit(3)"], essential=True)
    watch = serving.Watch([web], "http://127.0.0.1:9/", None)
    serving.start(web)
    web.process.wait()

    assert watch.look_after_parts() == 3
    assert watch.stopping
