"""Adds up the runners' own results: TRX files of dotnet test and the counts given on the command line.

usage: totals.py RESULTS_DIR [passed failed skipped]...
Prints `N passed, N failed, N skipped`; exits with 1 when anything failed or nothing ran.
"""
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

NAMESPACE = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"


def counted(trx: Path) -> tuple[int, int, int]:
    counters = xml.parse(trx).getroot().find(f"{NAMESPACE}ResultSummary/{NAMESPACE}Counters")
    total, executed = int(counters.get("total")), int(counters.get("executed"))
    passed, failed = int(counters.get("passed")), int(counters.get("failed"))
    return passed, failed + (executed - passed - failed), total - executed


def main() -> int:
    sums = [0, 0, 0]
    for trx in sorted(Path(sys.argv[1]).rglob("*.trx")):
        sums = [a + b for a, b in zip(sums, counted(trx))]
    extra = [int(n) for n in sys.argv[2:]]
    for place in range(0, len(extra), 3):
        sums = [a + b for a, b in zip(sums, extra[place:place + 3])]
    print(f"{sums[0]} passed, {sums[1]} failed, {sums[2]} skipped")
    return 0 if sums[0] > 0 and sums[1] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
