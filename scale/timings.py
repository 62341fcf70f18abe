"""Times of a lake against those of `report`, over a folder of reports: `check.py --time FOLDER`.

Every step is a process of its own. Wall and processor time and peak memory of it are taken, those of a cluster from /proc. The
answers of engines are compared with `report` once the clock has stopped. As a program, this file is one such engine.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time

import engines

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Usage:
    """Processor seconds and peak resident bytes of all processes that this one started, and theirs."""

    def __init__(self):
        self.ticks, self.peak, self.running = {}, 0, True
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while self.running:
            self.sample()
            time.sleep(0.5)

    def sample(self):
        found = {}
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/stat") as stat:
                    cells = stat.read().rpartition(")")[2].split()
                found[int(name)] = int(cells[1]), int(cells[11]) + int(cells[12]), int(cells[21]) * PAGE
            except (OSError, IndexError):
                continue
        ours, resident = {os.getpid()}, 0
        grown = True
        while grown:
            grown = {pid for pid, (parent, *_) in found.items() if parent in ours and pid not in ours}
            ours |= grown
        for pid in ours - {os.getpid()}:
            self.ticks[pid] = max(self.ticks.get(pid, 0), found[pid][1])
            resident += found[pid][2]
        self.peak = max(self.peak, resident)

    def end(self):
        self.sample()
        self.running = False
        return sum(self.ticks.values()) / TICKS, self.peak


def high_water(pid):
    """The peak of resident bytes of a process so far. What `wait4` says is at least that of this process, whatever the other one took."""
    try:
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


def step(command, limit):
    """Wall seconds, processor seconds, peak bytes and what was said; None for the first three if it failed or took too long."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=err)
        peak, late, ended = 0, False, 0
        while not ended:
            time.sleep(0.005)
            peak = max(peak, high_water(child.pid))
            if time.perf_counter() - begun > limit and not late:
                late = True
                child.kill()
            ended, status, usage = os.wait4(child.pid, os.WNOHANG)
        wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode(errors="replace")
        if child.returncode:
            err.seek(0)
            lines = err.read().decode(errors="replace").strip().splitlines()
            return None, None, None, f"not finished in {limit} s" if late else f"failed: {lines[-1][:200] if lines else child.returncode}"
        return wall, usage.ru_utime + usage.ru_stime, peak, said


def size(folder):
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names)


def check(ordersift, folder, names, limit, work):
    """Prints a table of times; whether anything failed or differed."""
    text, lake = size(folder), os.path.join(work, "lake")
    started = lambda *line: [ordersift, *line, "--no-config", "--max-rejects", "100%", "--quiet"]  # noqa: E731
    rows, failed = [], False

    def note(what, wall, cpu, peak, remark=""):
        nonlocal failed
        failed |= wall is None
        rate = f"{text / wall / 1e9:.3f}" if wall else ""
        cells = ["" if wall is None else f"{wall:.1f}", "" if cpu is None else f"{cpu:.1f}", rate, "" if peak is None else f"{peak / 2**20:,.0f}"]
        rows.append([what, *cells, remark])
        print("  " + ", ".join(filter(None, [what, wall and f"{wall:.1f} s", remark])), flush=True)

    def timed(what, command):
        wall, cpu, peak, said = step(command, limit)
        note(what, wall, cpu, peak, said if wall is None else "")
        return said

    # The page cache is warm for all alike.
    step(["cat", *(os.path.join(at, name) for at, _, files in os.walk(folder) for name in files)], limit)
    for threads in ["1", "2"]:
        for what, command in {
            "convert --each": ["convert", folder, "--each", "--force", "--out", lake],
            "convert --out lines.parquet": ["convert", folder, "--force", "--out", os.path.join(work, "lines.parquet")],
            "report": ["report", folder, "--format", "json"],
        }.items():
            said = timed(f"`{what} --threads {threads}`", started(*command, "--threads", threads))
            if what == "report":
                report = os.path.join(work, "report.json")
                with open(report, "w") as file:
                    file.write(said)
    timed("`report LAKE --threads 2`", started("report", lake, "--format", "json", "--threads", "2"))
    for name in names:
        script = os.path.join(work, name + ".sql")
        with open(script, "wb") as file:
            file.write(subprocess.run([ordersift, "sql", "--dialect", name, "--lake", lake, "--materialize"], check=True, capture_output=True).stdout)
        command = [sys.executable, os.path.abspath(__file__), name, script, report, ordersift, work]
        cluster, usage = None, None
        try:
            if name == "spark":
                import spark

                usage = Usage()
                cluster = spark.Cluster(spark.home(), work, memory="5g")
                command.append(cluster.url)
            wall, cpu, peak, said = step(command, limit)
            whole = usage.end() if usage else None
            if wall is None:
                note(name, None, None, None, said)
                continue
            told = json.loads(said.splitlines()[-1])
            # An engine compares its answer after the clock has stopped; that of a cluster is small beside its work.
            cpu, peak = whole or (told["cpu"], told["peak"])
            failed |= told["differ"] > 0 or told["cells"] == 0
            remark = f"{told['cells']:,} cells compared, {told['differ']:,} differ"
            note(f"{name} {told['version']}, views stored", told["stored"], None, None)
            note(f"{name} {told['version']}, all {told['tables']} tables", told["wall"], cpu, peak, remark)
        finally:
            if cluster:
                cluster.stop()
    print()
    print("| step | wall, s | processor, s | GB of text a second | memory, MiB | |")
    print("|:---|---:|---:|---:|---:|:---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(f"\n{text:,} bytes of text, {size(os.path.join(lake, 'lines')):,} bytes of lines in the lake, {os.cpu_count()} processors")
    return failed


def engine(name, script, report, ordersift, work, url=None):
    """Runs the views and fetches all tables, then compares them with the report."""
    import check

    begun = time.perf_counter()
    if name == "spark":
        import spark

        chosen = spark.Spark(url, work, memory="4g", partitions=8)
    else:
        chosen = {"duckdb": engines.DuckDB, "datafusion": engines.DataFusion}[name]()
    with open(script) as file:
        for statement in engines.statements(file.read()):
            chosen.run(statement)
    stored = time.perf_counter() - begun
    tables = check.listed(ordersift)
    found = {view: chosen.rows(view) for view in tables.values()}
    wall, usage, peak = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF), high_water(os.getpid())
    for rows in found.values():
        for row in rows:
            row.pop("account")
    with open(report) as file:
        expected = json.load(file)["tables"]
    cells = differ = 0
    for table, view in tables.items():
        compared, wrong, example = check.difference(check.given(view, expected[table]["rows"]), found[view])
        cells, differ = cells + compared, differ + wrong
        if wrong:
            print(f"{table}: {example}", file=sys.stderr)
    print(json.dumps({
        "version": chosen.version, "tables": len(tables), "stored": stored, "wall": wall, "cells": cells, "differ": differ,
        "cpu": usage.ru_utime + usage.ru_stime, "peak": peak,
    }))
    chosen.close()


if __name__ == "__main__":
    engine(*sys.argv[1:])
