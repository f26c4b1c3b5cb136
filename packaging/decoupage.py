#!/usr/bin/env python3
"""Makes data/init/decoupage-2026.zip, the list of EPCI and communes that the program embeds.

Source: the npm package @etalab/decoupage-administratif, whose data are under Licence Ouverte 2.0 (its code, unused here, is under MIT):
names and codes from the Code officiel géographique (Insee), perimeters of EPCI from the DGCL, populations municipales from Insee.
To remake it for another year: npm pack @etalab/decoupage-administratif@6.0.0, then
    python3 packaging/decoupage.py etalab-decoupage-administratif-6.0.0.tgz 2026
and change the name of the file and the year in src/vocabulary/communes/official_list.rs. Same package in, same bytes out.
"""
import json
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
LICENCE = """Liste des EPCI à fiscalité propre et des communes de France, {year}.
Licence Ouverte 2.0 (Etalab) : https://www.etalab.gouv.fr/licence-ouverte-open-licence
Sources : Insee, Code officiel géographique et populations municipales ; DGCL, périmètres des EPCI à fiscalité propre ;
réunis par le paquet @etalab/decoupage-administratif {version}. Remise en forme : packaging/decoupage.py.
"""


def read(package):
    with tarfile.open(package) as tar:
        def one(name):
            return json.load(tar.extractfile(f"package/{name}"))
        return one("package.json")["version"], *(one(f"data/{n}.json") for n in ("communes", "epci", "departements"))


def table(communes, epci, departements):
    """D: a département. E: an EPCI, then its communes; one without code holds those of none. A: a commune of before."""
    now = {c["code"]: c for c in communes if c["type"] == "commune-actuelle"}
    lines = ["\t".join(("D", d["code"], d["nom"])) for d in departements]
    left = dict(now)

    def commune(code):
        left.pop(code)
        c = now[code]
        lines.append("\t".join((code, c["nom"], str(c.get("population", "")))))

    for e in sorted(epci, key=lambda e: e["code"]):
        lines.append("\t".join(("E", e["code"], e["type"], " ".join(e["nom"].split()))))
        for code in sorted(m["code"] for m in e["membres"]):
            commune(code)
    lines.append("E\t\t\t")
    for code in sorted(left):
        commune(code)
    former = {c["code"]: (c["nom"], c["chefLieu"]) for c in communes if c["type"] in ("commune-deleguee", "commune-associee")}
    for c in now.values():
        for code in c.get("anciensCodes", []):
            former.setdefault(code, ("", c["code"]))
    for code, (name, seat) in sorted(former.items()):
        # A seat that bears the name of the whole says nothing.
        if seat in now and now[seat]["nom"] != name:
            lines.append("\t".join(("A", code, name, seat)))
    return "\n".join(lines) + "\n"


def main(package, year):
    version, *parts = read(package)
    out = HERE.parent / "data" / "init" / f"decoupage-{year}.zip"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in (("decoupage.tsv", table(*parts)), ("LICENCE.txt", LICENCE.format(year=year, version=version))):
            entry = zipfile.ZipInfo(name, (int(year), 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, text.encode())
    print(f"{out.name} : {out.stat().st_size} octets")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
