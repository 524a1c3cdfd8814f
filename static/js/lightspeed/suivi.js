// Où en est une synchronisation : onglet par onglet, rapport par rapport, pendant qu’elle se fait.

import { icone, tous } from "../dom.js";
import { demandeur } from "../liaison.js";

const PATIENCE = 180_000; // une synchronisation entière, pannes comprises
const RYTHME = 400;
const page = JSON.parse(document.getElementById("lightspeed").textContent);

export const zone = document.querySelector("[data-synchro]");
export const demander = demandeur({ hotel: page.hotel, delai: PATIENCE });

// Lit où en est la synchronisation, onglet par onglet, tant qu’elle n’est pas finie.
export async function suivre(finie) {
  while (!finie()) {
    await new Promise((suite) => setTimeout(suite, RYTHME));
    if (!(await regarder())) return;
  }
}

function compte(nombre, mots, total) {
  return `${nombre} ${nombre > 1 ? `${mots.replace(" ", "s ")}s` : mots} sur ${total}`;
}

export async function regarder() {
  const { bon, corps } = await demander("GET", `/api/lightspeed/sync/status/${zone.dataset.synchro}`);
  if (!bon) return false;
  const lus = Object.keys(corps.rapports).length;
  zone.querySelector("[data-avancement]").value = lus;
  zone.querySelector("[data-lus]").textContent = `${lus} rapports demandés sur 8`;
  zone.querySelector("[data-rempli]").textContent = [compte(corps.onglets_remplis, "onglet rempli", corps.onglets_a_remplir), compte(corps.rapports_lus, "rapport lu", corps.rapports_a_lire)].join(", ");
  zone.querySelector("[data-message]").textContent = corps.message ?? "";
  for (const [cle, { etat, message }] of Object.entries(corps.onglets)) {
    const rangee = zone.querySelector(`[data-onglet="${cle}"]`);
    marquer(rangee.querySelector("[data-repere]"), page.etats[etat]);
    rangee.querySelector("[data-explication]").textContent = message ?? "";
  }
  for (const [rapport, { etat, ms, partiel }] of Object.entries(corps.rapports)) {
    for (const rangee of tous(`[data-rapport="${rapport}"]`, zone)) {
      marquer(rangee.querySelector("[data-lu]"), page.rapports[partiel ? "partiel" : etat]);
      rangee.querySelector("[data-duree]").textContent = ms ? `${ms} ms` : "";
    }
  }
  return true;
}

function marquer(repere, [dessin, mot, sens]) {
  repere.className = `st ${sens}`;
  repere.replaceChildren(icone(dessin), mot);
}
