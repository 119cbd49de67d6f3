"""The phone app's forms on a slow phone: Chromium with its processor slowed down six times, a house of ten members.

Work of the page is measured, not the wait for a frame. Opening is told by the processor time of the page's thread too:
on a busy machine that says more than the clock.
"""

import gzip
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright
from tests.browser import harness

from benchmarks.figures import start, tell

SLOWER = 6
TIMES = 9
MEMBERS = 10
BUILT = Path(__file__).resolve().parents[1] / "src/mudmai/surveys/static/field"
OPEN = """async given => {
    const began = performance.now();
    await harness.show(given);
    document.body.offsetHeight;
    return performance.now() - began;
}"""
KEYSTROKE = """async times => {
    const field = document.querySelector(".f-open input.f-input");
    const took = [];
    for (let time = 0; time < times; time += 1) {
        field.value += "ก";
        const began = performance.now();
        field.dispatchEvent(new InputEvent("input", {bubbles: true}));
        document.body.offsetHeight;
        took.push(performance.now() - began);
        await new Promise(done => setTimeout(done, 50));
    }
    return took;
}"""
SERIALISE = """async times => {
    const took = [];
    for (let time = 0; time < times; time += 1) {
        const began = performance.now();
        await harness.filling.save();
        took.push(performance.now() - began);
    }
    return took;
}"""


def main() -> None:
    start()
    tell_size()
    from mudmai.kernel import clock
    from mudmai.surveys.rules.ready import ready_form
    from mudmai.surveys.rules.xlsform import convert

    ready = ready_form("xray")
    xform = convert(ready.xlsx(), ready.filename, now=clock.now()).xform
    people = [
        {"person_key": f"{number:032x}", "given_name": f"สมชาย {number}", "family_name": "ใจดี", "birth_date": "1950-03"}
        for number in range(MEMBERS)
    ]
    given = {"xform": xform, "known": {"members": people}}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = harness.build(Path(folder))
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        harness.open_harness(page, built)
        devtools = page.context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        measure(page, devtools, given)
        browser.close()


def measure(page: Page, devtools: CDPSession, given: dict[str, Any]) -> None:
    told("a form opened, the first since the app began", [page.evaluate(OPEN, given)], None)
    clock, processor = [], []
    for _time in range(TIMES):
        before = worked(devtools)
        clock.append(page.evaluate(OPEN, given))
        processor.append(worked(devtools) - before)
    told("a form opened, by the clock", clock, None)
    told("a form opened, processor time", processor, 500)
    answer = "given => harness.answer(given)"
    page.evaluate(answer, {"visit_outcome": "done", "member_event": "here"})
    while not page.locator(".f-fold").count():
        page.locator(".f-bar [type=submit]").click()
        later = page.get_by_role("button", name="ข้ามไปก่อน")
        if later.count():
            later.click()
    page.locator(".f-fold").nth(MEMBERS // 2).click()
    page.evaluate(answer, {"member_event": "here"})
    told("a keystroke, ten members", page.evaluate(KEYSTROKE, 30), 30)
    told("the draft written as XML, ten members", page.evaluate(SERIALISE, 30), 30)


def worked(devtools: CDPSession) -> float:
    """Milliseconds of processor time the page has taken so far; slowed down, it counts what a slow one would take."""
    metrics = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def told(name: str, took: list[float], limit: float | None) -> None:
    middle = round(statistics.median(took), 1)
    tell(f"{name} ({SLOWER}× slower processor)", middle, "ms", limit=limit, longest=round(max(took), 1))


def tell_size() -> None:
    """All JavaScript of the app as it is sent, gzipped."""
    scripts = [path for path in BUILT.rglob("*.js") if path.name != "preview.js"]
    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts)
    if scripts:
        tell("JavaScript of the phone app, gzipped", round(size / 1000, 1), "kB", limit=350)


if __name__ == "__main__":
    main()
