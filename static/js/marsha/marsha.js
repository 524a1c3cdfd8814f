// La page de MARSHA : relier, couper, envoyer.

import "../page.js";
import { meta, tous } from "../dom.js";

const page = JSON.parse(document.getElementById("marsha").textContent);
const avis = document.querySelector("[data-avis]");
const PATIENCE = 60_000;

async function demander(adresse, corps) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": meta("csrf-token"), "X-Utilisateur": meta("utilisateur"), "X-Hotel": page.hotel };
  try {
    const reponse = await fetch(adresse, { method: "POST", headers, body: JSON.stringify(corps), cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return { bon: reponse.ok, corps: await reponse.json() };
  } catch {
    return { bon: false, corps: { detail: "Le serveur ne répond pas. Vérifier le réseau, puis recommencer." } };
  }
}

function dire(phrase, genre = "attente") {
  avis.textContent = phrase;
  avis.className = genre;
  avis.hidden = !phrase;
  avis.scrollIntoView({ block: "nearest" });
}

function refuser({ corps }) {
  for (const champ of tous("[data-liaison] [aria-invalid]")) champ.removeAttribute("aria-invalid");
  const autres = [];
  for (const { chemin, message } of corps.erreurs ?? []) {
    const champ = document.getElementById(chemin);
    if (!champ) autres.push(message);
    else {
      champ.setAttribute("aria-invalid", "true");
      document.getElementById(`${chemin}-note`).textContent = message;
    }
  }
  dire([corps.detail, ...autres].filter(Boolean).join(" "), "refus");
}

const GESTES = {
  async relier() {
    dire("Un instant…");
    const donnes = Object.fromEntries(new FormData(document.querySelector("[data-liaison]")));
    const reponse = await demander("/api/marsha/connect", donnes);
    if (!reponse.bon) return refuser(reponse);
    return location.assign(reponse.corps.auth_url ?? location.pathname);
  },
  async couper() {
    const reponse = await demander("/api/marsha/disconnect", {});
    return reponse.bon ? location.assign(location.pathname) : refuser(reponse);
  },
  async envoyer({ dataset }) {
    const reponse = await demander(`/api/marsha/submit/${dataset.jour}`, {});
    if (!reponse.bon) return refuser(reponse);
    const suite = `?jour=${dataset.jour}`;
    const ici = location.search === suite;
    location.assign(`${location.pathname}${suite}#envoi-titre`);
    return ici && location.reload(); // sans quoi l’ancre seule changerait
  },
};

document.addEventListener("click", async ({ target }) => {
  const bouton = target.closest("[data-geste]");
  if (!bouton || (bouton.dataset.confirmer && !confirm(bouton.dataset.confirmer))) return;
  bouton.disabled = true;
  await GESTES[bouton.dataset.geste](bouton);
  bouton.disabled = false;
});

document.addEventListener("submit", (evenement) => evenement.target.closest("[data-liaison]") && evenement.preventDefault());
