"use strict";
// Says each minute that a page is open; says to the person when the program was closed meanwhile.
const alive = () =>
  fetch("/vie", { method: "POST", keepalive: true }).catch(() => {
    if (document.getElementById("ferme")) return;
    const note = document.createElement("p");
    note.id = "ferme";
    note.className = "erreur";
    note.setAttribute("role", "alert");
    note.textContent = "L’observatoire est fermé : double-cliquez sur son icône pour le rouvrir. Ce que vous tapez ici ne sera pas gardé.";
    document.getElementById("contenu").prepend(note);
  });
alive();
setInterval(alive, 60000);
document.addEventListener("visibilitychange", () => document.hidden || alive());

// What was done is said once: its words leave the address.
const here = new URL(location.href);
if (here.searchParams.has("sceau")) {
  ["dit", "sceau"].forEach((word) => here.searchParams.delete(word));
  history.replaceState(null, "", here);
}

// A menu that is open closes by a click elsewhere, or by Escape, which goes back to its word.
const menus = [...document.querySelectorAll(".bandeau details")];
document.addEventListener("click", (event) => menus.forEach((m) => m.contains(event.target) || (m.open = false)));
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && menus.find((m) => m.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// How far a long job is.
const told = document.getElementById("avance");
if (told) {
  const source = new EventSource(told.dataset.etat);
  source.onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (!state.en_cours) {
      source.close();
      location.replace("/travail");
      return;
    }
    if (!state.total) return;
    const bar = told.querySelector("progress");
    bar.max = state.total;
    bar.value = state.faits;
    told.querySelector("span").textContent = state.faits + " sur " + state.total + " " + state.etape;
  };
}

// Files may be dropped anywhere on the form, and are looked at at once.
for (const form of document.querySelectorAll("form.depot")) {
  const field = form.querySelector("input[type=file]");
  const over = (on) => (event) => {
    event.preventDefault();
    form.classList.toggle("survol", on);
  };
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

// A choice that only shows something else needs no second click.
for (const list of document.querySelectorAll("form.choix select")) {
  list.addEventListener("change", () => list.form.requestSubmit());
}

// What was typed and not kept is not lost by a click elsewhere.
let typed = false;
for (const form of document.querySelectorAll("form.garde")) {
  form.addEventListener("input", () => (typed = true));
  form.addEventListener("submit", () => (typed = false));
}
addEventListener("beforeunload", (event) => typed && event.preventDefault());

// A button that was clicked once waits: two clicks write nothing twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    if (form.querySelector("button.reste")) return;
    setTimeout(() => form.querySelectorAll("button").forEach((b) => (b.disabled = true)), 0);
  });
}
addEventListener("pageshow", () => document.querySelectorAll("button:disabled").forEach((b) => (b.disabled = false)));

// What is typed is kept at each answer; a button waits until it is.
for (const form of document.querySelectorAll("form.autogarde")) {
  const said = form.querySelector(".garde-dit");
  let waiting = 0;
  let last = Promise.resolve();
  const keep = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set("auto", "oui");
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    const state = answer?.ok ? await answer.json().catch(() => null) : null;
    if (state) form.elements.vu.value = state.vu;
    said.textContent = state?.dit ?? "Pas gardé : rechargez la page avant de continuer.";
    said.classList.toggle("erreur", !state);
    waiting -= 1;
    typed = waiting > 0 || !state;
  };
  form.addEventListener("change", () => {
    waiting += 1;
    last = last.then(keep);
  });
  form.addEventListener("submit", (event) => {
    if (!waiting) return;
    event.preventDefault();
    last.then(() => form.requestSubmit(event.submitter));
  });
}

// A paper is typed with figures alone: the rank of the answer, and the next question comes.
for (const form of document.querySelectorAll("form.chiffres")) {
  const groups = [...form.querySelectorAll("fieldset.question")];
  form.addEventListener("keydown", (event) => {
    const at = groups.findIndex((group) => group.contains(event.target));
    if (at < 0 || !/^[0-9]$/.test(event.key)) return;
    const boxes = [...groups[at].querySelectorAll("input")];
    const box = event.key === "0" ? boxes.at(-1) : boxes.slice(0, -1)[event.key - 1];
    if (!box) return;
    event.preventDefault();
    box.click();
    (groups[at + 1] ?? form).querySelector(groups[at + 1] ? "input" : "button").focus();
  });
  groups[0]?.querySelector("input").focus();
}
