"""Taking the list back that was brought in last: the registry is then as it was before."""

import sys
import time

from benchmarks import figures


def main() -> None:
    count = int(sys.argv[1])
    figures.start()
    from mudmai.intake import services as intake
    from mudmai.people.models import Batch, Person

    batch = Batch.objects.filter(label="benchmark.xlsx", withdrawn=False).latest("made_at")
    begun = time.monotonic()
    intake.undo(batch, by=None)
    seconds = round(time.monotonic() - begun, 1)
    if count >= figures.MILLION:
        figures.tell("list withdrawn", seconds, "s", limit=120)
    else:
        figures.tell("list withdrawn", seconds, "s", limit=2.5, against=figures.PEER)
    figures.tell_process(4.0 if count >= figures.MILLION else 2.0)
    figures.tell("  people too many or too few afterwards", abs(Person.objects.count() - count), "", limit=0)


if __name__ == "__main__":
    main()
