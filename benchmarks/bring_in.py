"""A long list from the file to the preview, and from there to the folded registry."""

import sys
import time

from benchmarks import figures


def main() -> None:
    large = int(sys.argv[1]) >= figures.MILLION
    figures.start()
    from django.conf import settings

    from mudmai.intake import services as intake

    data = (settings.HOME / "benchmark.xlsx").read_bytes()
    begun = time.monotonic()
    upload = intake.receive(by=None, filename="benchmark.xlsx", data=data)
    intake.read(upload)
    intake.guess(upload)
    intake.preview(upload)
    previewed = time.monotonic()
    figures.tell("file to preview", round(previewed - begun, 1), "s")
    intake.commit(upload)
    done = time.monotonic()
    figures.tell("preview to folded registry", round(done - previewed, 1), "s")
    seconds = round(done - begun, 1)
    if large:
        figures.tell("file to folded registry", seconds, "s", limit=180)
    else:
        figures.tell("file to folded registry", seconds, "s", limit=2.5, against=figures.PEER)
    figures.tell_process(4.0 if large else 2.0)
    for name, number in intake.result_of(upload).items():
        if name != "batch":
            figures.tell(f"  {name}", number, "")


if __name__ == "__main__":
    main()
