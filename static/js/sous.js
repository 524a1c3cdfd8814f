// Ce qui s’ouvre sous une rangée : au plus une note d’une sorte pour une case. Le gabarit en dessine, les modules aussi (`data-sorte`).

import { champDe } from "./champs.js";
import { el, icone, tous } from "./dom.js";

const ICONES = { err: "alert-octagon", ask: "alert-triangle", info: "message-square" };

const idDe = (nom, sorte) => `${nom}-${sorte}`;

// `classe` : err (refus), ask (une question), info (une remarque).
export function noter(nom, sorte, classe, phrase, ...suite) {
  const place = placeDe(nom);
  if (!place) return;
  const id = idDe(nom, sorte);
  const note = el("div", { class: `note ${classe}`, id, "data-note": nom, "data-sorte": sorte }, el("p", {}, icone(ICONES[classe]), " ", phrase), ...suite);
  const ancienne = document.getElementById(id);
  if (ancienne) ancienne.replaceWith(note);
  else place.append(note);
  place.closest("[data-sous]").hidden = false;
  decrire(nom);
}

export function denoter(nom, sorte) {
  const note = document.getElementById(idDe(nom, sorte));
  if (note) oter(note);
}

// Enlève des notes, et referme ce qui n’en a plus.
export function oter(...notes) {
  for (const note of notes) {
    const sous = note.closest("[data-sous]");
    note.remove();
    if (sous) sous.hidden = !sous.querySelector(".note");
    decrire(note.dataset.note);
  }
}

export const choix = (...boutons) => el("div", { class: "choice" }, ...boutons);

// La case dit à un lecteur d’écran quelles notes la concernent.
function decrire(nom) {
  const champ = champDe(nom);
  if (!champ) return;
  const miennes = tous(`[data-note="${CSS.escape(nom)}"][id]`).map((note) => note.id);
  if (miennes.length) champ.setAttribute("aria-describedby", miennes.join(" "));
  else champ.removeAttribute("aria-describedby");
}

// La place la plus précise : celle du nom, sinon celle de sa ligne ou de son groupe.
function placeDe(nom) {
  for (let cherche = nom; cherche.includes("."); cherche = cherche.slice(0, cherche.lastIndexOf("."))) {
    const sous = document.querySelector(`[data-sous~="${CSS.escape(cherche)}"]`);
    if (sous) return sous.querySelector("td") ?? sous;
  }
  return null;
}
