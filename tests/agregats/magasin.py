"""What a store holds, read without the program: its imports in order, and which of their units are to be
seen (docs/formats.md, 1). Shared by the scripts that compute the partials by another engine.
"""

import glob
import heapq
import json
import os
import re

# Tables of the partials, their columns in order and their types: those of docs/formats.md, 2.
TABLES = {
    "elements": {
        "unite": "UINTEGER", "element": "UINTEGER", "somme": "BIGINT", "carres": "BIGINT", "niveaux": "UINTEGER",
        "notes": "UINTEGER", "nc": "UINTEGER", "nsp": "UINTEGER", "lignes": "UINTEGER",
    },
    "modalites": {"unite": "UINTEGER", "element": "UINTEGER", "modalite": "UINTEGER", "notes": "UINTEGER"},
    "criteres": {"unite": "UINTEGER", "critere": "UINTEGER", "types": "UINTEGER", "repondants": "UINTEGER"},
    "repondants": {"unite": "UINTEGER", "repondants": "UINTEGER"},
    "grilles": {"unite": "UINTEGER", "jour": "INTEGER"},
    "familles": {
        "unite": "UINTEGER", "critere": "UINTEGER", "somme": "BIGINT", "niveaux": "UINTEGER",
        "somme_reste": "BIGINT", "niveaux_reste": "UINTEGER", "familles": "UINTEGER",
    },
}


class Queries:
    """What `exporter sql` printed: the hash of its référentiel, what comes first, a query per table."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.referentiel = re.search(r"SHA-256 ([0-9a-f]{64})", text).group(1)
        head, *queries = re.split(r"^-- table: (\w+)\n", text, flags=re.M)
        self.head = re.sub(r"^--.*$", "", head, flags=re.M).strip().rstrip(";")
        self.tables = {name: sql.strip().rstrip(";") for name, sql in zip(queries[::2], queries[1::2])}
        if list(self.tables) != list(TABLES):
            raise SystemExit(f"{path} : tables inattendues, {list(self.tables)}.")


class Import:
    """A run of `importer`."""

    def __init__(self, store, brought):
        self.campaign = brought["campagne"]
        self.referentiel = brought["referentiel"]
        self.name = brought["contenu"]
        self.dir = os.path.join(store, "imports", self.name)
        self.taken_back = [False] * len(brought["fichiers"])

    def is_folded(self):
        return os.path.isfile(os.path.join(self.dir, "agregats", "agregats.json"))


def imports(folder):
    """Imports of an observatory, each after those that it had seen, then by the name of its manifest."""
    store = os.path.join(folder, "data", "store")
    manifests = {}
    for path in glob.glob(os.path.join(store, "manifestes", "*.json")):
        with open(path, encoding="utf-8") as file:
            manifests[os.path.splitext(os.path.basename(path))[0]] = json.load(file)
    awaited = {name: set(manifest["vus"]) for name, manifest in manifests.items()}
    ready = sorted(name for name, seen in awaited.items() if not seen)
    found, taken = {}, []
    while ready:
        name = heapq.heappop(ready)
        action = manifests[name]["action"]
        if "import" in action:
            found[name] = Import(store, action["import"])
        else:
            taken.append(action["annulation"])
        for other, seen in awaited.items():
            if name in seen:
                seen.remove(name)
                if not seen:
                    heapq.heappush(ready, other)
    for back in taken:
        for file in back["fichiers"]:
            found[back["import"]].taken_back[file] = True
    return list(found.values())
