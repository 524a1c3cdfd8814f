// Verrouille un poste partagé laissé seul : sans touche ni geste, dans aucun onglet, pendant data-veille minutes.

import { tiroir } from "./tiroir.js";

const gestes = tiroir("localStorage");
const formulaire = document.querySelector("form[data-veille]");
const CLE = "rj-dernier-geste";
const delai = Number(formulaire?.dataset.veille ?? 0) * 60_000;

function noter() {
  gestes.garder(CLE, String(Date.now()));
}

function reste() {
  return Number(gestes.lire(CLE) ?? 0) + delai - Date.now();
}

function veiller() {
  const attente = reste();
  if (attente <= 0) {
    formulaire.requestSubmit();
    return;
  }
  setTimeout(veiller, Math.min(attente + 50, 30_000));
}

if (delai > 0) {
  noter();
  for (const geste of ["keydown", "pointerdown", "wheel", "touchstart"]) {
    addEventListener(geste, noter, { passive: true });
  }
  veiller();
}
