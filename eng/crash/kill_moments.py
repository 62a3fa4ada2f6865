"""Kills the running house at random moments, starts it again, and at the end asks for the balance.

usage: kill_moments.py [--kills 50] [--seed 1] [--invoices 120] [--speed 60] [--build]

Each kill is a SIGKILL while work is in flight; what was in flight is read from the journal and printed. After the last
one the house runs to the end (--once) and must balance; then this script compares the journal with what
eng/samples/expected.py says must ship: no order lost, none shipped twice.
"""
import argparse
import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "silo/bin/Release/net10.0/Warehouse.Silo.dll"
RUNNING = re.compile(r"placed (\d+)")
BACK_AT_WORK = 500  # rows since the last kill: leases, read-backs and then orders, totes, vehicles


class Journal:
    """What is in flight, followed by position through a read-only connection."""

    def __init__(self, file: Path):
        self.file, self.position = file, 0
        self.lit, self.driving, self.crane, self.shipped = set(), {}, set(), Counter()
        self.placed, self.ended = set(), set()

    def follow(self) -> None:
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as database:
            rows = database.execute("select position, stream, body from journal where position > ? order by position", (self.position,))
            for position, stream, body in rows:
                self.position = position
                for event in json.loads(body).get("events", []):
                    self.hear(stream, event)
            self.effects = database.execute("select count(*) from effect where due is null").fetchone()[0]

    def hear(self, stream: str, event: dict) -> None:
        name = event["is"]
        if name == "station.lit":
            self.lit.add(event["task"]["id"])
        elif name in ("station.pick-confirmed", "station.pick-short", "station.put-out"):
            self.lit.discard(event["task"])
        elif name == "agv.mission-begun":
            self.driving[stream] = event["mission"]
        elif name in ("agv.mission-done", "agv.mission-failed"):
            self.driving.pop(stream, None)
        elif name == "crane.job-started":
            self.crane.add(event["job"])
        elif name in ("crane.job-done", "crane.job-failed"):
            self.crane.discard(event["job"])
        elif name == "order.placed":
            self.placed.add(stream)
        elif name == "order.shipped":
            self.shipped[stream] += 1
        if name in ("order.shipped", "order.cancelled", "order.closed"):
            self.ended.add(stream)

    def in_flight(self, invoices: int) -> dict[str, int]:
        return {"import": max(0, invoices - len(self.placed)), "commit": self.effects, "lit tag": len(self.lit),
                "moving vehicle": len(self.driving), "crane job": len(self.crane), "open order": len(self.placed - self.ended)}


def start(data: Path, options: argparse.Namespace, *more: str) -> subprocess.Popen:
    command = ["dotnet", str(PROGRAM), "--data", str(data), "--port", "5680", "--speed", str(options.speed),
               "--Warehouse:Demo:MaxInvoices", str(options.invoices), "--Warehouse:Demo:ProgressSeconds", "1", *more]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def kill_once(data: Path, options: argparse.Namespace, chance: random.Random, journal: Journal) -> None:
    """Lets the house come back to work, which shows in rows of its own in the journal, and kills it some time after."""
    first, before = journal.position == 0, journal.position
    house = start(data, options)
    for line in house.stdout:
        placed = RUNNING.search(line)
        if placed and (not first or int(placed[1]) > 0):
            journal.follow()
            if journal.position >= before + BACK_AT_WORK:
                break
    time.sleep(chance.uniform(0.0, options.longest))
    house.kill()
    house.wait()


def expected(invoices: int) -> dict:
    said = subprocess.run([sys.executable, str(ROOT / "eng/samples/expected.py"), str(ROOT / "samples")], check=True, capture_output=True, text=True)
    return json.loads(said.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("kills", 50), ("seed", 1), ("invoices", 120), ("speed", 60)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--longest", type=float, default=8.0, help="longest time in seconds between a start and its kill")
    options = parser.parse_args()
    chance, folder = random.Random(options.seed), Path(tempfile.mkdtemp())
    print(f"seed {options.seed}, {options.kills} kills, {options.invoices} invoices")
    journal, struck = Journal(folder / "journal.db"), Counter()
    try:
        for number in range(1, options.kills + 1):
            kill_once(folder, options, chance, journal)
            journal.follow()
            flying = journal.in_flight(options.invoices)
            struck.update(what for what, count in flying.items() if count)
            print(f"kill {number:2}: " + ", ".join(f"{count} {what}" for what, count in flying.items()), flush=True)
        house = start(folder, options, "--once")
        tail = [line for line in house.stdout if not line.startswith(("warn", "info"))][-12:]
        code = house.wait()
        journal.follow()
        return judge(journal, options, code, tail, struck)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def judge(journal: Journal, options: argparse.Namespace, code: int, tail: list[str], struck: Counter) -> int:
    print("".join(tail))
    must = {f"order:uci/{order}" for order, fate in orders(expected(options.invoices)).items() if fate["mustShip"]} & journal.placed
    lost, twice = must - set(journal.shipped), [order for order, times in journal.shipped.items() if times > 1]
    print("struck while in flight: " + ", ".join(f"{what} {count}" for what, count in struck.items()))
    print(f"{len(journal.placed)} orders placed, {len(must)} must ship, {len(journal.shipped)} shipped, lost {sorted(lost)}, shipped twice {twice}")
    wanted = {"import", "commit", "lit tag", "moving vehicle", "crane job"} if options.kills >= 20 else set()
    never = wanted - set(struck)
    if never:
        print(f"never struck: {sorted(never)}")
    return 0 if code == 0 and not lost and not twice and not never else 1


def orders(said: dict) -> dict:
    found = said["orders"]
    return found if isinstance(found, dict) else {order["external_id"]: order for order in found}


if __name__ == "__main__":
    sys.exit(main())
