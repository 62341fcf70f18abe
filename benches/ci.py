#!/usr/bin/env python3
"""Benchmarks for a job on somebody's machine: is ordersift slower than it was?

Makes invented reports, runs the program's jobs and the stages of `cargo bench` on them, writes a Markdown table and a JSON file,
compares with the JSON file of an earlier run and fails if anything needs more than it may. Nothing but Python and cargo is needed.

    benches/ci.py --out bench.json --append "$GITHUB_STEP_SUMMARY"      measure
    benches/ci.py --out bench.json --before kept.json                   measure, compare and fail past the limits
    benches/ci.py --before-program old/ordersift                        compare with another program, run in turns

What is compared, the best of what both runs have:
  instructions  counted by callgrind, one thread, if valgrind is there. They differ by far less than a percent from run to run,
                whatever else the machine does. Compare runs of the same kind of processor and compiler only.
  ratio         the least CPU time of many rounds, divided by the least CPU time of a fixed piece of work (hashing a file in
                Python) done in the same rounds. It removes most of what makes one machine faster than the next.
Exit code 1 is a benchmark past its limit, 2 a failure of the run itself.
"""

import argparse
import hashlib
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ordersift", type=Path, help="the program; built from this tree if not given")
    parser.add_argument("--before", type=Path, help="the JSON file of an earlier run")
    parser.add_argument("--before-program", type=Path, help="another ordersift, run in turns with this one")
    parser.add_argument("--out", type=Path, help="keep the result in this JSON file")
    parser.add_argument("--append", type=Path, help="append the Markdown table to this file")
    parser.add_argument("--lines", type=int, default=60_000, help="lines of a report (60000)")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of timed runs (9)")
    parser.add_argument("--no-callgrind", action="store_true", help="take times though valgrind is there")
    parser.add_argument("--no-stages", action="store_true", help="leave the stages of `cargo bench` out")
    parser.add_argument("--limit-instructions", type=float, default=1.03, help="the most that instructions may grow (1.03)")
    parser.add_argument("--limit-ratio", type=float, default=1.30, help="the most that time ratios may grow (1.30)")
    return parser.parse_args()


def build():
    run(["cargo", "build", "--locked", "--release"], cwd=ROOT)
    metadata = run(["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"], cwd=ROOT)
    return Path(json.loads(metadata.stdout)["target_directory"]) / "release" / "ordersift"


def run(command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode:
        print(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr}", file=sys.stderr)
        sys.exit(2)
    return done


def jobs(ordersift, folder, lines):
    """The jobs by name: a function from a program to its command. Their files are made by one program for all."""
    made = {
        "orders": ["--lines", lines],
        "backlog": ["--kind", "unshipped", "--lines", lines],
        "japan": ["--market", "jp", "--encoding", "cp932", "--lines", lines],
        "downloads": ["--downloads", 12, "--lines", lines // 6],
    }
    files = {name: folder / name for name in made}
    for name, options in made.items():
        run([ordersift, "sample", *options, "--out", files[name]])
    parquet = folder / "lines.parquet"
    run([ordersift, "convert", files["orders"], "--out", parquet])
    again = folder / "again.parquet"
    report = lambda name, *more: lambda program: [program, "report", files[name], "--threads", 1, "--quiet", *more]
    return {
        "check": lambda program: [program, "check", files["orders"]],
        "report, first screen": report("orders"),
        "report, all tables as JSON": report("orders", "--format", "json"),
        "report, twelve overlapping downloads": report("downloads"),
        "report, a cp932 file": report("japan"),
        "worklist": lambda program: [program, "worklist", files["backlog"]],
        "convert to Parquet": lambda program: [program, "convert", files["orders"], "--out", again, "--force"],
        "report, converted lines": lambda program: [program, "report", parquet, "--threads", 1, "--quiet"],
        "sample": lambda program: [program, "sample", "--lines", lines],
    }


def single():
    """The environment of a run on one thread."""
    return os.environ | {"RAYON_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1", "NO_COLOR": "1"}


def instructions(command):
    """Instructions of a command by callgrind."""
    with tempfile.TemporaryDirectory() as folder:
        counted = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/counts", *command]
        done = run(counted, env=single())
    return int(re.search(r"Collected : (\d+)", done.stderr)[1])


def cpu_time(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(command, env=single())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def yardstick(text):
    before = time.process_time()
    hashlib.blake2b(text).digest()
    text.split(b"\t")
    return time.process_time() - before


def ratios(todo, programs, rounds, text):
    """By program and job, the least CPU time in turns with the yardstick's, divided by the yardstick's least."""
    least, measure = {}, []
    for _ in range(rounds):
        measure.append(yardstick(text))
        for name, command in todo.items():
            for at, program in enumerate(programs):
                taken = cpu_time(command(program))
                least[at, name] = min(taken, least.get((at, name), taken))
    return {key: taken / min(measure) for key, taken in least.items()}, min(measure)


def stages(measure):
    """The stages of `cargo bench` on 10,000 lines: the least time of a pass, divided by the yardstick's."""
    run(["cargo", "bench", "--locked", "--bench", "stages", "--", "^10000 lines"], cwd=ROOT)
    metadata = run(["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"], cwd=ROOT)
    found = {}
    target = Path(json.loads(metadata.stdout)["target_directory"])
    for file in sorted(target.glob("criterion/10000 lines/*/new/sample.json")):
        sample = json.loads(file.read_text())
        least = min(time / passes for time, passes in zip(sample["times"], sample["iters"])) / 1e9
        found[f"stage {file.parts[-3]}"] = {"ratio": least / measure}
    return found


def compared(before, now, options):
    """How much a benchmark grew, by which measure, and the most it may; `None` if the two have no measure in common."""
    for measure, limit in (("instructions", options.limit_instructions), ("ratio", options.limit_ratio)):
        if before.get(measure) and now.get(measure):
            return now[measure] / before[measure], measure, limit
    return None


def table(result, before, options):
    """The Markdown table, and what is past its limit."""
    rows = ["| benchmark | instructions | ratio | before | limit | |", "|:---|---:|---:|---:|---:|:---|"]
    past = []
    for name, now in result["benchmarks"].items():
        grown = compared(before.get(name, {}), now, options)
        cells = [name, f"{now['instructions']:,}" if "instructions" in now else "", f"{now['ratio']:.3f}" if "ratio" in now else ""]
        if grown:
            times, measure, limit = grown
            is_past = times > limit
            cells += [f"× {times:.3f} ({measure})", f"× {limit:.2f}", "**slower**" if is_past else ""]
            past += [f"{name}: × {times:.3f} {measure}, at most × {limit:.2f}"] if is_past else []
        else:
            cells += ["", "", "new" if before else ""]
        rows.append("| " + " | ".join(cells) + " |")
    past += [f"{name}: was measured before, and is gone" for name in before if name not in result["benchmarks"]]
    return "\n".join(rows), past


def main():
    options = arguments()
    ordersift = options.ordersift.resolve() if options.ordersift else build()
    kept = json.loads(options.before.read_text()) if options.before else None
    if kept and kept["lines"] != options.lines:
        print(f"{options.before} is of {kept['lines']} lines, this run of {options.lines}", file=sys.stderr)
        sys.exit(2)
    programs = [ordersift] + ([options.before_program.resolve()] if options.before_program else [])
    counts = not options.no_callgrind and shutil.which("valgrind") is not None
    with tempfile.TemporaryDirectory() as folder:
        todo = jobs(ordersift, Path(folder), options.lines)
        text = (Path(folder) / "orders").read_bytes()
        taken, measure = ratios(todo, programs, options.rounds, text)
        measured = [{name: {"ratio": taken[at, name]} for name in todo} for at in range(len(programs))]
        if counts:
            for at, program in enumerate(programs):
                for name, command in todo.items():
                    measured[at][name]["instructions"] = instructions(command(program))
    if not options.no_stages:
        measured[0] |= stages(measure)
    version = run([ordersift, "--version"]).stdout.strip()
    result = {
        "version": version, "date": date.today().isoformat(), "system": platform.system(), "machine": platform.machine(),
        "lines": options.lines, "rounds": options.rounds, "benchmarks": measured[0],
    }
    before = measured[1] if len(programs) > 1 else kept["benchmarks"] if kept else {}
    if options.no_stages or len(programs) > 1:
        before = {name: value for name, value in before.items() if not name.startswith("stage ")}
    rows, past = table(result, before, options)
    about = f"{version}, {result['lines']:,} lines, {result['rounds']} rounds, {result['system']} {result['machine']}"
    markdown = f"### Benchmarks\n\n{about}\n\n{rows}\n\n" + "".join(f"- {text}\n" for text in past)
    print(markdown)
    if options.out:
        options.out.write_text(json.dumps(result, indent=1) + "\n")
    if options.append:
        with options.append.open("a") as file:
            file.write(markdown)
    sys.exit(1 if past else 0)


if __name__ == "__main__":
    main()
