"""The partials of a store by DuckDB, over the same Parquet, against those of the program.

    python tests/agregats/duckdb_egal.py DOSSIER REQUETES.sql

DOSSIER is an observatory whose imports are folded (any `indicateurs` does it); REQUETES.sql is what
`exporter sql` prints. Needs duckdb, from PyPI. Says how many rows of each table are equal, and the
times; leaves with 1 when any differs.
"""

import glob
import os
import re
import sys
import time

import duckdb

TABLES = ["elements", "modalites", "criteres", "repondants", "grilles", "familles"]


def main(folder, sql):
    store = os.path.join(folder, "data", "store", "imports")
    db = duckdb.connect()
    db.execute("SET threads = 2; SET memory_limit = '6GB'")
    folded = sorted(os.path.dirname(p) for p in glob.glob(f"{store}/*/agregats"))
    parts = [
        f"SELECT '{os.path.basename(d)}' AS import, unite, repondant, jour, element, statut, micro, modalite"
        f" FROM read_parquet('{d}/reponses.parquet')"
        for d in folded
    ]
    db.execute("CREATE VIEW reponses AS " + " UNION ALL ".join(parts))
    text = open(sql, encoding="utf-8").read()
    head, *queries = re.split(r"^-- table: (\w+)\n", text, flags=re.M)
    db.execute(re.sub(r"^--.*$", "", head, flags=re.M))
    different = 0
    for table, query in zip(queries[::2], queries[1::2]):
        query = query.strip().rstrip(";")
        own = " UNION ALL ".join(
            f"SELECT '{os.path.basename(d)}' AS import, * FROM read_parquet('{d}/agregats/{table}.parquet')"
            for d in folded
        )
        start = time.monotonic()
        db.execute(f"CREATE TEMP TABLE sql_{table} AS {query}")
        seconds = time.monotonic() - start
        rows = db.execute(f"SELECT COUNT(*) FROM sql_{table}").fetchone()[0]
        missing = f"SELECT COUNT(*) FROM (SELECT * FROM sql_{table} EXCEPT ALL SELECT * FROM ({own}))"
        extra = f"SELECT COUNT(*) FROM (SELECT * FROM ({own}) EXCEPT ALL SELECT * FROM sql_{table})"
        gap = db.execute(missing).fetchone()[0] + db.execute(extra).fetchone()[0]
        different += gap
        print(f'{{"table": "{table}", "lignes": {rows}, "differentes": {gap}, "duckdb_s": {seconds:.2f}}}')
    return 1 if different or len(queries) != 2 * len(TABLES) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
