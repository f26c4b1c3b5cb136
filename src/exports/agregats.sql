-- Les agrégats de l’observatoire, en SQL ordinaire : sommes exactes de nombres entiers, que l’on peut
-- additionner. Essayé avec DuckDB et Spark ; rien n’y est propre à un moteur.
--
-- Deux tables sont attendues (`docs/formats.md`) :
--   reponses  les fichiers imports/<contenu>/reponses.parquet du dossier data/store, avec une colonne
--             « import » qui dit de quel dossier vient chaque ligne ;
--   elements  le référentiel, donné ci-dessus : position de l’élément, position de son critère, source,
--             et 1 ou 0 par type d’accueil auquel il s’applique, dans l’ordre de leurs bits.
-- Chaque requête donne une table du dossier « agregats » de chaque import. Pour les lire avec --agregats, il faut
-- en ôter les unités remplacées ou annulées : tests/agregats/duckdb_egal.py montre comment.

-- table: elements
SELECT r.import, r.unite, r.element,
       CAST(COALESCE(SUM(CAST(r.micro AS BIGINT)), 0) AS BIGINT) AS somme,
       CAST(COALESCE(SUM(CAST(r.micro AS BIGINT) * CAST(r.micro AS BIGINT)), 0) AS BIGINT) AS carres,
       COUNT(r.micro) AS niveaux,
       CAST(SUM(CASE WHEN r.statut = 0 THEN 1 ELSE 0 END) AS BIGINT) AS notes,
       CAST(SUM(CASE WHEN r.statut = 1 THEN 1 ELSE 0 END) AS BIGINT) AS nc,
       CAST(SUM(CASE WHEN r.statut = 3 THEN 1 ELSE 0 END) AS BIGINT) AS nsp,
       COUNT(*) AS lignes
FROM reponses r
GROUP BY r.import, r.unite, r.element;

-- table: modalites
SELECT r.import, r.unite, r.element, r.modalite, COUNT(*) AS notes
FROM reponses r
WHERE r.statut = 0 AND r.modalite IS NOT NULL
GROUP BY r.import, r.unite, r.element, r.modalite;

-- table: criteres
SELECT p.import, p.unite, p.critere, p.types, COUNT(*) AS repondants
FROM (
  SELECT r.import, r.unite, r.repondant, e.critere,
         MAX(e.t1) + 2 * MAX(e.t2) + 4 * MAX(e.t3) + 8 * MAX(e.t4) + 16 * MAX(e.t5) + 32 * MAX(e.t6) AS types
  FROM reponses r JOIN elements e ON r.element = e.element
  WHERE r.repondant IS NOT NULL AND r.statut = 0
  GROUP BY r.import, r.unite, r.repondant, e.critere
) p
WHERE p.types > 0
GROUP BY p.import, p.unite, p.critere, p.types;

-- table: repondants
SELECT r.import, r.unite, COUNT(DISTINCT r.repondant) AS repondants
FROM reponses r
WHERE r.repondant IS NOT NULL AND r.statut <> 4
GROUP BY r.import, r.unite;

-- table: grilles
SELECT DISTINCT r.import, r.unite, r.jour
FROM reponses r
WHERE r.repondant IS NULL;

-- table: familles
SELECT f.import, f.unite, f.critere, f.somme, f.niveaux,
       t.somme - f.somme AS somme_reste, t.niveaux - f.niveaux AS niveaux_reste, COUNT(*) AS familles
FROM (
  SELECT r.import, r.unite, r.repondant, e.critere,
         CAST(SUM(CAST(r.micro AS BIGINT)) AS BIGINT) AS somme, COUNT(*) AS niveaux
  FROM reponses r JOIN elements e ON r.element = e.element
  WHERE r.repondant IS NOT NULL AND r.micro IS NOT NULL AND e.source = 'FAM'
  GROUP BY r.import, r.unite, r.repondant, e.critere
) f
JOIN (
  SELECT r.import, r.unite, r.repondant,
         CAST(SUM(CAST(r.micro AS BIGINT)) AS BIGINT) AS somme, COUNT(*) AS niveaux
  FROM reponses r JOIN elements e ON r.element = e.element
  WHERE r.repondant IS NOT NULL AND r.micro IS NOT NULL AND e.source = 'FAM'
  GROUP BY r.import, r.unite, r.repondant
) t ON f.import = t.import AND f.unite = t.unite AND f.repondant = t.repondant
WHERE t.niveaux > f.niveaux
GROUP BY f.import, f.unite, f.critere, f.somme, f.niveaux, t.somme - f.somme, t.niveaux - f.niveaux;
