// Les pages d’une liaison (Lightspeed, MARSHA) : demander, dire ce qui est arrivé, nommer la case refusée, suivre les boutons.

import { meta, tous } from "./dom.js";

const avis = document.querySelector("[data-avis]");

// `hotel` : celui de la page; `delai` : la patience, en millisecondes.
export const demandeur = ({ hotel, delai }) =>
  async function demander(methode, adresse, corps) {
    const headers = { Accept: "application/json" };
    if (methode !== "GET") {
      Object.assign(headers, { "Content-Type": "application/json", "X-CSRFToken": meta("csrf-token"), "X-Utilisateur": meta("utilisateur"), "X-Hotel": hotel });
    }
    try {
      const reponse = await fetch(adresse, { method: methode, headers, body: corps && JSON.stringify(corps), cache: "no-store", signal: AbortSignal.timeout(delai) });
      return { bon: reponse.ok, statut: reponse.status, corps: await reponse.json() };
    } catch {
      return { bon: false, statut: 0, corps: { detail: "Le serveur ne répond pas. Vérifier le réseau, puis recommencer." } };
    }
  };

export function dire(phrase, genre = "attente") {
  avis.textContent = phrase;
  avis.className = genre;
  avis.hidden = !phrase;
}

// Chaque faute sous sa case du formulaire; le reste en haut, en vue.
export function refuser({ corps }, formulaire) {
  for (const champ of tous(`${formulaire} [aria-invalid]`)) champ.removeAttribute("aria-invalid");
  const autres = [];
  for (const { chemin, message } of corps.erreurs ?? []) {
    const champ = document.getElementById(chemin);
    if (!champ) autres.push(message);
    else {
      champ.setAttribute("aria-invalid", "true");
      document.getElementById(`${chemin}-note`).textContent = message;
    }
  }
  const encore = corps.retry_in_minutes ? `Recommencer dans ${corps.retry_in_minutes} min.` : "";
  dire([corps.detail, ...autres, encore].filter(Boolean).join(" "), "refus");
  avis.scrollIntoView({ block: "nearest" });
}

// Un bouton fait son geste une fois à la fois; le formulaire ne part jamais de lui-même.
export function brancher(gestes, formulaire) {
  document.addEventListener("click", async ({ target }) => {
    const bouton = target.closest("[data-geste]");
    if (!bouton || (bouton.dataset.confirmer && !confirm(bouton.dataset.confirmer))) return;
    bouton.disabled = true;
    await gestes[bouton.dataset.geste](bouton);
    bouton.disabled = false;
  });
  document.addEventListener("submit", (evenement) => evenement.target.closest(formulaire) && evenement.preventDefault());
}
