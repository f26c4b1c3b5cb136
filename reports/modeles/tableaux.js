// Trier et filtrer les tableaux d'une page : un confort, la page se lit entière sans lui.
for (const table of document.querySelectorAll(".table table")) {
  const body = table.tBodies[0], rows = [...body.rows];
  if (rows.length < 8 || !table.tHead || rows.some((row) => row.classList.contains("axe"))) continue;
  const value = (row, column) => {
    const text = (row.cells[column]?.textContent || "").trim();
    const number = text.replace(/[\s\u00a0\u202f]/g, "").match(/^[+−-]?\d+(,\d+)?/);
    const day = text.match(/^(\d\d)\/(\d\d)\/(\d{4})$/);
    if (day) return Number(day[3] + day[2] + day[1]);
    return number ? Number(number[0].replace(",", ".").replace("−", "-")) : text;
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return a.localeCompare(b, "fr");
  };
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const order = rows.map((row, rank) => [value(row, column), rank, row]);
      order.sort((a, b) => (up ? 1 : -1) * compare(a[0], b[0]) || a[1] - b[1]);
      body.append(...order.map((entry) => entry[2]));
    });
  });
  const label = document.createElement("label"), input = document.createElement("input");
  label.className = "filtre";
  input.type = "search";
  label.append("Ne garder que les lignes où l’on lit : ", input);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLocaleLowerCase("fr");
    for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase("fr").includes(wanted);
  });
  table.closest(".table").before(label);
}
