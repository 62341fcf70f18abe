"""Spark as a standalone cluster: a master and two workers on the loopback address, of the Spark that PyPI ships."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import engines
import faults


def java():
    """The version of the Java runtime, or None."""
    if not shutil.which("java"):
        return None
    return subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()[0]


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def home():
    import pyspark

    return os.path.dirname(pyspark.__file__)


class Cluster:
    """A master and two workers, each a process group of its own."""

    def __init__(self, home, work, memory="1g"):
        self.home, self.work, self.processes = home, work, []
        self.port = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.environment = dict(os.environ, SPARK_HOME=home, SPARK_LOCAL_IP="127.0.0.1", SPARK_NO_DAEMONIZE="1", SPARK_WORKER_DIR=work)
        self.begin("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", "0")
        self.wait("master", "I have been elected leader")
        for number in (1, 2):
            self.begin(f"worker-{number}", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", memory,
                       "--webui-port", "0", "--work-dir", os.path.join(work, f"work-{number}"), self.url)
            self.wait(f"worker-{number}", "Successfully registered with master")

    def begin(self, name, *command):
        log = open(os.path.join(self.work, name + ".log"), "wb")
        process = subprocess.Popen([os.path.join(self.home, "bin", "spark-class"), *command], env=self.environment, stdout=log, stderr=log,
                                   start_new_session=True)
        self.processes.append((name, process))

    def wait(self, name, text):
        path = os.path.join(self.work, name + ".log")
        for _ in range(240):
            if text in open(path, errors="replace").read():
                return
            time.sleep(0.25)
        raise RuntimeError(f"{name} did not start:\n{open(path, errors='replace').read()[-2000:]}")

    def kill(self, name):
        """Ends a process and what it started, at once."""
        for known, process in self.processes:
            if known == name and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def stop(self):
        for name, _ in reversed(self.processes):
            self.kill(name)


class Spark:
    name = "spark"

    def __init__(self, url, work, memory="768m", partitions=2):
        import pyspark
        from pyspark.sql import SparkSession

        self.version = pyspark.__version__
        builder = SparkSession.builder.master(url).appName("ordersift-check")
        for key, value in {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.executor.memory": memory,
            "spark.executor.cores": "1",
            "spark.cores.max": "2",
            "spark.sql.shuffle.partitions": str(partitions),
            "spark.sql.warehouse.dir": os.path.join(work, "warehouse"),
            "spark.local.dir": os.path.join(work, "local"),
        }.items():
            builder = builder.config(key, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        self.before_table = None

    def run(self, statement):
        self.session.sql(statement)

    def rows(self, table):
        if self.before_table:
            self.before_table(table)
        return [row.asDict() for row in self.session.sql(f"SELECT * FROM {table}").collect()]

    def executors(self):
        tracker = self.session.sparkContext._jsc.sc().statusTracker()
        return len(tracker.getExecutorInfos()) - 1

    def close(self):
        self.session.stop()


class Again:
    """A session that is used for one lake after the other, without the tables and views of the last one."""

    def __init__(self, spark):
        self.spark, self.run, self.rows = spark, spark.run, spark.rows
        for known in spark.session.catalog.listTables():
            spark.run(f"DROP {'VIEW' if known.isTemporary else 'TABLE'} IF EXISTS {known.name}")

    def close(self):
        pass


def check(check, small, run, shown, only):
    """Runs the views on a cluster, once, and once more with a worker that is killed while a query runs; between them, asks for small
    lakes that are broken. Whether anything differs."""
    found = java()
    if not found:
        print("spark: left out, there is no Java runtime (17 or later; on Debian `apt-get install openjdk-17-jre-headless`)")
        return False
    try:
        import pyspark  # noqa: F401
    except ImportError:
        print("spark: left out, pyspark is not installed (`pip install -r scale/requirements-spark.txt`)")
        return False
    tables = only and only.split(",")
    failed = False
    for killed in (False, True):
        work = tempfile.mkdtemp(prefix="ordersift-spark-")
        begun = time.time()
        cluster = Cluster(home(), work)
        print(f"spark: {found}; a master and two workers at {cluster.url}" + ("; worker-1 is killed midway" if killed else ""))
        try:
            engine = Spark(cluster.url, work)
            state = {"killed": 0}
            if killed:
                # The first table is read with both workers, so that one of them holds a part of what is cached; then it dies while
                # the second table is being read.
                def before_table(table, state=state):
                    if table in check.tables.values():
                        state["killed"] += 1
                        if state["killed"] == 2:
                            state["executors"] = engine.executors()
                            threading.Timer(0.2, cluster.kill, ["worker-1"]).start()

                engine.before_table = before_table
            compared, differing, first = run(check, engine, check.script("spark", "--materialize"), tables)
            if killed:
                print(f"  executors before the kill: {state.get('executors')}, at the end: {engine.executors()}")
                failed |= not (state.get("executors") == 2 and engine.executors() == 1)
            shown(engine, time.time() - begun, compared, differing, first)
            failed |= sum(differing.values()) > 0 or not sum(compared.values())
            if not killed:
                failed |= faults.check(small, lambda: Again(engine), "spark", tables=["fulfillment", "status", "channels"]) > 0
            engine.close()
        finally:
            cluster.stop()
            shutil.rmtree(work, ignore_errors=True)
    return failed
