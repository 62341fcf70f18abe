#!/usr/bin/env python3
"""ordersift and its rivals on the same job, with the same answers.

Makes an invented all-orders report and an environment of pinned packages (both kept outside this tree), lets every program
answer, compares all answers cell by cell, and only then takes times: wall and CPU time and peak memory, in turns, page cache
warm. Fails if any answer differs.

    benches/rivals/run.py                       one file: 3,100,000 lines, 1.07 GB, five rounds
    benches/rivals/run.py --job folder          twenty downloads of 450,000 lines, cut from that file, five sixths shared with
                                                the next; every program merges them by the newest snapshot of each order
    benches/rivals/run.py --job cp932           one Japanese file in cp932
    benches/rivals/run.py --lines 300000        a quick look
    benches/rivals/run.py --out benches/runs/DATE-MACHINE/rivals.md
"""

import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RIVALS = ["duckdb", "polars", "pandas"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=3_100_000, help="lines of the report (3100000)")
    parser.add_argument("--job", choices=["file", "folder", "cp932"], default="file", help="what is read (file)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the report (1)")
    parser.add_argument("--file", type=Path, help="an all-orders report to take instead")
    parser.add_argument("--rounds", type=int, default=5, help="timed rounds (5)")
    parser.add_argument("--ordersift", type=Path, help="the program; built from this tree if not given")
    parser.add_argument("--out", type=Path, help="keep the result in this file")
    return parser.parse_args()


def cache():
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "ordersift" / "rivals"
    base.mkdir(parents=True, exist_ok=True)
    return base


def program(given):
    if given:
        return given.resolve()
    subprocess.run(["cargo", "build", "--locked", "--release"], cwd=ROOT, check=True)
    metadata = subprocess.run(
        ["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"], cwd=ROOT, check=True, capture_output=True,
    )
    return Path(json.loads(metadata.stdout)["target_directory"]) / "release" / "ordersift"


def environment():
    """A Python with the pinned packages."""
    pins = (HERE / "requirements.txt").read_text()
    folder = cache() / "venv"
    stamp = folder / "pins.txt"
    python = folder / "bin" / "python"
    if not stamp.exists() or stamp.read_text() != pins:
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True)
        stamp.write_text(pins)
    return python


def timed(command, out=None):
    """Wall seconds, CPU seconds and peak mebibytes of a command; the last line it said if it failed."""
    stdout = open(out, "wb") if out else subprocess.DEVNULL
    start = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], stdout=stdout, stderr=subprocess.PIPE, cwd=HERE)
    said = child.stderr.read().decode(errors="replace").strip().splitlines()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if out:
        stdout.close()
    failed = None if child.returncode == 0 else f"exit {child.returncode}: {said[-1] if said else ''}"
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, failed


def versions(python):
    frozen = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout
    return dict(line.split("==") for line in frozen.split() if "==" in line)


def cpu():
    if Path("/proc/cpuinfo").exists():
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def sample(ordersift, options):
    """The invented report of a job."""
    cp932 = ["--market", "jp", "--encoding", "cp932"] if options.job == "cp932" else []
    report = cache() / f"{options.lines}-{options.seed}{'-cp932' if cp932 else ''}.txt"
    if not report.exists():
        made = report.with_suffix(".partial")
        command = [ordersift, "sample", "--lines", str(options.lines), "--seed", str(options.seed), *cp932, "--out", made]
        subprocess.run(command, check=True)
        made.rename(report)
    return downloads(report, options.lines) if options.job == "folder" else report


def downloads(report, lines):
    """Twenty files out of one: file i holds so many lines from a sixth of that times i on. The newest orders are in the first."""
    folder = report.with_suffix(".downloads")
    if not folder.exists():
        made = report.with_suffix(".partial")
        made.mkdir(exist_ok=True)
        size = lines * 450 // 3100 // 6 * 6
        files = [(made / f"{number:02}.txt").open("wb") for number in range(20)]
        with report.open("rb") as source:
            header = source.readline()
            for file in files:
                file.write(header)
            for at, line in enumerate(source):
                step = at // (size // 6)
                for number in range(max(0, step - 5), min(20, step + 1)):
                    files[number].write(line)
                if step > 25:
                    break
        for file in files:
            file.close()
        made.rename(folder)
    return folder


def main():
    options = arguments()
    ordersift, python, work = program(options.ordersift), environment(), cache()
    report = options.file and options.file.resolve()
    if not report:
        report = sample(ordersift, options)
    files = sorted(report.glob("*.txt")) if report.is_dir() else [report]
    encoding = "cp932" if options.job == "cp932" else ""

    jobs = {"ordersift": [ordersift, "report", report, "--format", "json", "--quiet"]}
    jobs |= {name: [python, HERE / f"{name}_job.py", report, work / f"{name}.json", encoding] for name in RIVALS}
    jobs["wc -l"] = ["wc", "-l", *files]
    answer = work / "ordersift.json"

    failures = {}
    print("answers:", flush=True)
    for name, command in jobs.items():
        failed = timed(command, answer if name == "ordersift" else None)[3]
        if failed:
            failures[name] = failed
            print(f"  {name}: failed, {failed}", flush=True)
        elif name in RIVALS:
            compared = subprocess.run([sys.executable, HERE / "compare.py", answer, work / f"{name}.json"], cwd=HERE,
                                      capture_output=True, text=True)
            print(f"  {name}: {(compared.stdout + compared.stderr).strip()}", flush=True)
            if compared.returncode:
                sys.exit("the answers differ: no times are taken")
    if "ordersift" in failures:
        sys.exit("ordersift failed")

    runs = {name: [] for name in jobs if name not in failures}
    for round_ in range(options.rounds):
        for name in runs:
            runs[name].append(timed(jobs[name], answer if name == "ordersift" else None))
        print(f"round {round_ + 1} of {options.rounds} done", flush=True)

    middle = {name: [statistics.median(run[at] for run in taken) for at in range(3)] for name, taken in runs.items()}
    ours = middle["ordersift"][0]
    found = versions(python)
    named = {name: f"{name} {found[name]}" for name in RIVALS} | {"wc -l": "`wc -l`"}
    named["ordersift"] = subprocess.run([ordersift, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    size, lines = sum(file.stat().st_size for file in files), 0
    for path in files:
        with path.open("rb") as file:
            lines += sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 24), b"")) - 1
    text = [
        f"`benches/rivals/run.py --job {options.job} --lines {options.lines} --seed {options.seed} --rounds {options.rounds}`"
        if not options.file else f"`benches/rivals/run.py --job {options.job} --file FILE --rounds {options.rounds}`",
        "",
        f"{datetime.date.today()}, {os.cpu_count()} cores of {cpu()}, {platform.system()}, Python {platform.python_version()}; "
        f"{len(files)} file{'s' * (len(files) > 1)}, {lines:,} lines, {size:,} bytes, page cache warm, {options.rounds} rounds in turns, "
        f"{os.getloadavg()[1]:.0f} processes waiting or running. All answers equal, cell by cell.",
        "",
        "| program | wall, median | wall, least | CPU | peak memory | times ordersift |",
        "|:---|---:|---:|---:|---:|---:|",
    ]
    for name in sorted(middle, key=lambda name: middle[name][0]):
        wall, cpu_time, peak = middle[name]
        least = min(run[0] for run in runs[name])
        text.append(
            f"| {named[name]} | {wall:.2f} s | {least:.2f} s | {cpu_time:.2f} s | {peak:,.0f} MiB | {wall / ours:.1f} |"
        )
    text += [f"| {named.get(name, name)} | {failed} | | | | |" for name, failed in failures.items()]
    rivals = [name for name in RIVALS if name in middle]
    text.append("")
    if rivals:
        fastest = min(rivals, key=lambda name: middle[name][0])
        text.append(f"ordersift takes 1/{middle[fastest][0] / ours:.1f} of the time of the fastest rival ({named[fastest]}), "
                    f"and {ours / middle['wc -l'][0]:.1f} times that of `wc -l`.")
    print("\n".join(["", *text]))
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
