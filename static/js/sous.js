// Ce qui s’ouvre sous une rangée : au plus une note d’une sorte pour une case. Le gabarit en dessine, les modules aussi.

import { champDe } from "./champs.js";
import { el, icone, tous } from "./dom.js";

const ICONES = { err: "warn", ask: "wait", wait: "note" };

const idDe = (nom, sorte) => `${nom}-${sorte}`;

// `classe` : err (refus), ask (une question), wait (une remarque).
export function noter(nom, sorte, classe, phrase, ...suite) {
  const id = idDe(nom, sorte);
  const note = el("div", { class: `note ${classe}`, id, "data-note": sorte }, el("p", {}, icone(ICONES[classe]), " ", phrase), ...suite);
  const ancienne = document.getElementById(id);
  if (ancienne) ancienne.replaceWith(note);
  else placeDe(nom)?.append(note);
  decrire(nom);
}

export function denoter(nom, sorte) {
  const note = document.getElementById(idDe(nom, sorte));
  if (note) oter(note);
}

// Enlève des notes; une rangée qui n’en a plus s’en va avec la dernière.
export function oter(...notes) {
  for (const note of notes) {
    const rangee = note.closest("tr[data-sous]");
    note.remove();
    if (rangee && !rangee.querySelector(".note")) rangee.remove();
    decrire(note.id.slice(0, note.id.lastIndexOf("-")));
  }
}

export const choix = (...boutons) => el("div", { class: "choice" }, ...boutons);

// La case dit à un lecteur d’écran quelles notes la concernent.
function decrire(nom) {
  const champ = champDe(nom);
  if (!champ) return;
  const miennes = tous(".note[id]").filter((note) => note.id.slice(0, note.id.lastIndexOf("-")) === nom);
  if (miennes.length) champ.setAttribute("aria-describedby", miennes.map((note) => note.id).join(" "));
  else champ.removeAttribute("aria-describedby");
}

function placeDe(nom) {
  const sous = document.querySelector(`[data-sous~="${CSS.escape(nom)}"]`) ?? creer(nom);
  if (!sous?.matches("tr")) return sous;
  return sous.querySelector("td") ?? sous.appendChild(el("td", { colspan: colonnes(sous) }));
}

// Une rangée de plus sous celle de la case; elle vaut pour toutes les cases de la rangée.
function creer(nom) {
  const place = champDe(nom) ?? document.querySelector(`[data-chiffre="${CSS.escape(nom)}"], [data-ligne="${CSS.escape(nom.split(".")[2] ?? "")}"]`);
  const rangee = place?.closest("tr");
  if (!place) return null;
  const noms = [nom, ...(rangee ? tous("[data-case], [data-chiffre]", rangee).map((un) => un.dataset.case ?? un.dataset.chiffre) : [])];
  const sous = el(rangee ? "tr" : "div", { "data-sous": [...new Set(noms)].join(" ") });
  (rangee ?? place.parentElement).after(sous);
  return sous;
}

const colonnes = (sous) =>
  Math.max(1, ...[...sous.closest("table").rows].map((rangee) => [...rangee.cells].reduce((somme, cellule) => somme + cellule.colSpan, 0)));
