"""The partials of a store by Spark, on a cluster whose executor is killed in the middle, against those of
the program. Run by hand: it takes a few hundred megabytes of packages and a Java (17 or later).

    python -m venv env && env/bin/pip install pyspark
    env/bin/python tests/agregats/spark_egal.py DOSSIER REQUETES.sql

DOSSIER is an observatory whose imports are folded (any `indicateurs` does it); REQUETES.sql is what
`exporter sql` prints, which Spark runs as it is. Two workers of one core and one gigabyte
(`local-cluster[2,1,1024]`), so that executors are processes of their own. While they compute the table
that takes longest, one is killed (SIGKILL) as soon as it has a task: Spark gives its tasks to the other,
starts a new executor, and every row must be the program's all the same. Says how many rows of each table
are equal, the times, and what became of the executors; leaves with 1 when a row differs or nobody died.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import urllib.request

import pyspark
from pyspark.sql import SparkSession

from magasin import TABLES, Queries, imports

# Joins and counts respondents of every critère: the longest.
KILLED_DURING = "criteres"
EXECUTOR = "CoarseGrainedExecutorBackend"


def session():
    # A local cluster starts its executors from here.
    os.environ["SPARK_HOME"] = os.path.dirname(pyspark.__file__)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("agregats")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.shuffle.partitions", "16")
        # More tasks than executors, so that one dies with work to do.
        .config("spark.sql.files.maxPartitionBytes", "1m")
        .config("spark.sql.warehouse.dir", tempfile.mkdtemp(prefix="agregats-entrepot-"))
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.ui.port", "0")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    return spark


def parent_of(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        return int(file.read().rpartition(")")[2].split()[1])


def own_executors():
    """Executors that descend from this process, and no others: their process ids by executor id."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                words = file.read().decode(errors="replace").split("\0")
            if not any(word.endswith(EXECUTOR) for word in words):
                continue
            above = parent_of(pid)
            while above > 1 and above != os.getpid():
                above = parent_of(above)
        except OSError:
            continue  # gone meanwhile
        if above == os.getpid():
            found[words[words.index("--executor-id") + 1]] = int(pid)
    return found


def executors(spark):
    """What the status API says of every executor, dead ones included."""
    context = spark.sparkContext
    port = context.uiWebUrl.rpartition(":")[2]
    url = f"http://127.0.0.1:{port}/api/v1/applications/{context.applicationId}/allexecutors"
    with urllib.request.urlopen(url, timeout=120) as answer:
        listed = json.load(answer)
    return {e["id"]: e for e in listed if e["id"] != "driver"}


def kill_one_at_work(spark, done, killed):
    """Kills an executor as soon as tasks run, unless all is done before."""
    tracker = spark.sparkContext.statusTracker()
    while not done.wait(0.01):
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        running = [s for s in stages if s is not None and s.numActiveTasks > 0]
        pids = own_executors() if running else {}
        if pids:
            executor, pid = max(pids.items())
            os.kill(pid, signal.SIGKILL)
            stage = running[0]
            killed.update(
                executeur=executor, pid=pid, taches=stage.numTasks, finies=stage.numCompletedTasks,
                en_cours=stage.numActiveTasks,
            )
            return


def compute(spark, queries, folded, work):
    """Computes each table beside the program's; gives how many rows differ, and who was killed."""
    columns = "unite, repondant, jour, element, statut, micro, modalite"
    parts = (f"SELECT '{i.name}' AS import, {columns} FROM parquet.`{i.dir}/reponses.parquet`" for i in folded)
    spark.sql(" UNION ALL ".join(parts)).createOrReplaceTempView("reponses")
    spark.sql(queries.head)
    different, killed = 0, {}
    for table, query in queries.tables.items():
        done = threading.Event()
        killer = threading.Thread(target=kill_one_at_work, args=(spark, done, killed))
        if table == KILLED_DURING:
            killer.start()
        start = time.monotonic()
        # Written, so that the rows compared are those that were computed while it happened.
        spark.sql(query).write.parquet(f"{work}/{table}")
        seconds = time.monotonic() - start
        done.set()
        if table == KILLED_DURING:
            killer.join()
        columns = ["import", *TABLES[table]]
        found = spark.read.parquet(f"{work}/{table}").select(*columns)
        own = " UNION ALL ".join(
            f"SELECT '{i.name}' AS import, {', '.join(TABLES[table])} FROM parquet.`{i.dir}/agregats/{table}.parquet`"
            for i in folded
        )
        own = spark.sql(own)
        rows = found.count()
        gap = found.exceptAll(own).count() + own.exceptAll(found).count()
        different += gap
        print(f'{{"table": "{table}", "lignes": {rows}, "differentes": {gap}, "spark_s": {seconds:.2f}}}', flush=True)
    return different, killed


def fate(spark, killed):
    """Whether the one killed is dead and another came; says it."""
    if not killed:
        print("Aucun exécuteur n’a pu être tué pendant le calcul.", file=sys.stderr)
        return False
    deadline = time.monotonic() + 60
    while True:
        known = executors(spark)
        dead = known.get(killed["executeur"], {})
        came = [e for e in known.values() if e["addTime"] > dead.get("removeTime", "9")]
        if came or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    told = {
        "tue": killed,
        "vivant": dead.get("isActive"),
        "retire": dead.get("removeTime"),
        "raison": " ".join(dead.get("removeReason", "").split())[:120],
        "taches_perdues": dead.get("failedTasks", 0),
        "remplace_par": [{"executeur": e["id"], "arrive": e["addTime"], "taches": e["totalTasks"]} for e in came],
    }
    print(json.dumps(told, ensure_ascii=False))
    return dead.get("isActive") is False and bool(came) and not os.path.exists(f"/proc/{killed['pid']}")


def main(folder, sql):
    queries = Queries(sql)
    folder = os.path.abspath(folder)
    folded = [i for i in imports(folder) if i.is_folded() and i.referentiel == queries.referentiel]
    if not folded:
        raise SystemExit("Aucun import agrégé avec ce référentiel : lancez « indicateurs » d’abord.")
    spark = session()
    work = tempfile.mkdtemp(prefix="agregats-spark-")
    try:
        different, killed = compute(spark, queries, folded, work)
        survived = fate(spark, killed)
    finally:
        spark.stop()
        shutil.rmtree(work, ignore_errors=True)
    return 1 if different or not survived else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
