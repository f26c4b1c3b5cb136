"""The partials of a store by DuckDB, over the same Parquet, against those of the program.

    python tests/agregats/duckdb_egal.py DOSSIER REQUETES.sql [CADRE SORTIE]

DOSSIER is an observatory whose imports are folded (any `indicateurs` does it); REQUETES.sql is what
`exporter sql` prints. Needs duckdb, from PyPI. Says how many rows of each table are equal, and the
times; leaves with 1 when any differs.

With CADRE, a folder that `exporter agregats` wrote, the tables that DuckDB computed are brought back:
SORTIE is a folder of the same layout, to be read by `--agregats`. Only what is no table (registry,
référentiels, and the description but for the sums of tables) comes from CADRE.
"""

import glob
import hashlib
import json
import os
import shutil
import sys
import time

import duckdb

from magasin import TABLES, Queries, imports


def union(parts):
    return " UNION ALL ".join(parts)


def parquet(path):
    # Rows of a file are numbered: a later measure of the same line replaces an earlier one.
    return f"read_parquet('{path.replace(chr(39), chr(39) * 2)}', file_row_number = true)"


def compute(db, queries, folded):
    """Computes each table beside the program's; gives how many rows differ."""
    columns = "unite, repondant, jour, element, statut, micro, modalite"
    answers = (f"SELECT '{i.name}' AS import, {columns} FROM {parquet(f'{i.dir}/reponses.parquet')}" for i in folded)
    db.execute("CREATE VIEW reponses AS " + union(answers))
    db.execute(queries.head)
    different = 0
    for table, query in queries.tables.items():
        columns = ", ".join(TABLES[table])
        own = union(
            f"SELECT '{i.name}' AS import, {columns} FROM {parquet(f'{i.dir}/agregats/{table}.parquet')}" for i in folded
        )
        start = time.monotonic()
        db.execute(f"CREATE TEMP TABLE sql_{table} AS {query}")
        seconds = time.monotonic() - start
        rows = db.execute(f"SELECT COUNT(*) FROM sql_{table}").fetchone()[0]
        gap = 0
        for one, other in [(f"SELECT * FROM sql_{table}", own), (own, f"SELECT * FROM sql_{table}")]:
            gap += db.execute(f"SELECT COUNT(*) FROM (({one}) EXCEPT ALL ({other}))").fetchone()[0]
        different += gap
        print(f'{{"table": "{table}", "lignes": {rows}, "differentes": {gap}, "duckdb_s": {seconds:.2f}}}')
    return different


def see(db, campaign):
    """Units to be seen of a campaign, numbered anew: the latest of each key, in files not taken back."""
    files = union(
        f"SELECT {order} AS ordre, '{i.name}' AS import, {file} AS fichier, {i.taken_back[file]} AS repris"
        for order, i in enumerate(campaign)
        for file in range(len(i.taken_back))
    )
    units = union(f"SELECT '{i.name}' AS import, * FROM {parquet(f'{i.dir}/unites.parquet')}" for i in campaign)
    db.execute(f"""
        CREATE OR REPLACE TEMP TABLE visibles AS
        SELECT row_number() OVER (ORDER BY u.ordre, u.unite) - 1 AS rang, u.* FROM (
            SELECT f.ordre, u.*, max(f.ordre) OVER (PARTITION BY u.cle) AS dernier
            FROM ({units}) u JOIN ({files}) f USING (import, fichier)
            WHERE NOT f.repris
        ) u
        WHERE u.ordre = u.dernier""")


def write(db, query, path):
    db.execute(f"COPY ({query}) TO '{path.replace(chr(39), chr(39) * 2)}' (FORMAT parquet, COMPRESSION zstd)")


def share(db, campaign, out):
    """The tables of a campaign, as `exporter agregats` lays them out."""
    see(db, campaign)
    os.makedirs(out)
    for table, types in TABLES.items():
        if table == "familles":
            continue
        columns = ", ".join(f"CAST({c} AS {t}) AS {c}" for c, t in types.items() if c != "unite")
        query = f"SELECT CAST(v.rang AS UINTEGER) AS unite, {columns} FROM sql_{table} t JOIN visibles v USING (import, unite)"
        write(db, f"{query} ORDER BY ALL", f"{out}/{table}.parquet")
    # Families are counted together for the whole territory.
    write(
        db,
        """SELECT CAST(0 AS UINTEGER) AS unite, CAST(critere AS UINTEGER) AS critere, CAST(somme AS BIGINT) AS somme,
            CAST(niveaux AS UINTEGER) AS niveaux, CAST(somme_reste AS BIGINT) AS somme_reste,
            CAST(niveaux_reste AS UINTEGER) AS niveaux_reste, CAST(SUM(familles) AS UINTEGER) AS familles
        FROM sql_familles t JOIN visibles v USING (import, unite)
        GROUP BY critere, somme, niveaux, somme_reste, niveaux_reste ORDER BY ALL""",
        f"{out}/familles.parquet",
    )
    write(
        db,
        """SELECT CAST(rang AS UINTEGER) AS unite, structure, source, visite, observateur, consensus
        FROM visibles ORDER BY rang""",
        f"{out}/unites.parquet",
    )
    measures = union(f"SELECT '{i.name}' AS import, * FROM {parquet(f'{i.dir}/mesures.parquet')}" for i in campaign)
    write(
        db,
        f"""SELECT v.structure, m.fiche, COALESCE(CAST(DATE '1970-01-01' + CAST(m.jour AS INTEGER) AS VARCHAR), '') AS jour,
            m.mesure, m.valeur
        FROM ({measures}) m JOIN visibles v USING (import, unite) ORDER BY v.ordre, m.file_row_number""",
        f"{out}/mesures.parquet",
    )


def describe(db, frame, out):
    """Writes the description of CADRE with the sums of the tables of SORTIE, under its seal."""
    with open(os.path.join(frame, "agregats.json"), encoding="utf-8") as file:
        description = json.load(file)["contenu"]
    for rank, campaign in enumerate(description["campagnes"], 1):
        campaign["tables"] = {}
        for path in sorted(glob.glob(os.path.join(glob.escape(out), f"campagne-{rank}", "*.parquet"))):
            with open(path, "rb") as file:
                sha256 = hashlib.sha256(file.read()).hexdigest()
            rows = db.execute(f"SELECT COUNT(*) FROM {parquet(path)}").fetchone()[0]
            table = os.path.splitext(os.path.basename(path))[0]
            campaign["tables"][table] = {"lignes": rows, "sha256": sha256}
    content = json.dumps(description, ensure_ascii=False, indent=2)
    seal = hashlib.sha256(content.encode("utf-8")).hexdigest()
    with open(os.path.join(out, "agregats.json"), "w", encoding="utf-8", newline="") as file:
        file.write(f'{{"sceau":"{seal}","contenu":\n{content}\n}}\n')


def main(folder, sql, frame=None, out=None):
    queries = Queries(sql)
    folded = [i for i in imports(folder) if i.is_folded() and i.referentiel == queries.referentiel]
    if not folded:
        raise SystemExit("Aucun import agrégé avec ce référentiel : lancez « indicateurs » d’abord.")
    db = duckdb.connect()
    db.execute("SET threads = 2; SET memory_limit = '6GB'")
    different = compute(db, queries, folded)
    if out is not None:
        with open(os.path.join(frame, "agregats.json"), encoding="utf-8") as file:
            campaigns = json.load(file)["contenu"]["campagnes"]
        shutil.copytree(frame, out, ignore=shutil.ignore_patterns("*.parquet", "campagne-*"))
        for rank, campaign in enumerate(campaigns, 1):
            share(db, [i for i in folded if i.campaign == campaign["id"]], f"{out}/campagne-{rank}")
        describe(db, frame, out)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
