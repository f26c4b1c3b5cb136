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
