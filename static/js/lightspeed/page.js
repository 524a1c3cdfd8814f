// La page de Lightspeed : configurer, autoriser, tester, couper, et suivre une synchronisation pendant qu’elle se fait.

import "../page.js";
import { icone, meta, tous } from "../dom.js";

const PATIENCE = 180_000; // une synchronisation entière, pannes comprises
const RYTHME = 400;
const page = JSON.parse(document.getElementById("lightspeed").textContent);
const avis = document.querySelector("[data-avis]");
const zone = document.querySelector("[data-synchro]");

async function demander(methode, adresse, corps) {
  const headers = { Accept: "application/json" };
  if (methode !== "GET") {
    headers["X-CSRFToken"] = meta("csrf-token");
    headers["X-Utilisateur"] = meta("utilisateur");
    headers["X-Hotel"] = page.hotel;
    headers["Content-Type"] = "application/json";
  }
  try {
    const reponse = await fetch(adresse, { method: methode, headers, body: corps && JSON.stringify(corps), cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return { bon: reponse.ok, statut: reponse.status, corps: await reponse.json() };
  } catch {
    return { bon: false, statut: 0, corps: { detail: "Le serveur ne répond pas. Vérifier le réseau, puis recommencer." } };
  }
}

function dire(phrase, genre = "attente") {
  avis.textContent = phrase;
  avis.className = genre;
  avis.hidden = !phrase;
}

function refuser({ corps }) {
  for (const champ of tous("[data-reglages] [aria-invalid]")) champ.removeAttribute("aria-invalid");
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

function reglages() {
  const champs = new FormData(document.querySelector("[data-reglages]"));
  return { ...Object.fromEntries(champs), auto_sync: champs.has("auto_sync") };
}

const trouve = ({ nom, compte, devise, date_ouverte: ouverte }) => `Lightspeed répond : ${nom}, compte ${compte}, ${devise}, date ouverte ${ouverte}.`;

async function relier(corps, suite) {
  dire("Un instant…");
  const reponse = await demander("POST", "/api/lightspeed/connect", corps);
  if (!reponse.bon) return refuser(reponse);
  if (reponse.corps.auth_url) return location.assign(reponse.corps.auth_url);
  return suite(reponse.corps);
}

const recharger = () => location.assign(location.pathname + location.search.replace(/[?&]retour=\w+/, ""));

const GESTES = {
  enregistrer: () => relier({ action: "enregistrer", reglages: reglages() }, recharger),
  oublier: () => relier({ action: "enregistrer", reglages: { webhook_secret: null } }, recharger),
  tester: () => relier({ action: "tester", reglages: reglages() }, ({ compte }) => dire(trouve(compte), "fait")),
  essayer: () => relier({ action: "tester" }, ({ compte }) => dire(trouve(compte), "fait")),
  autoriser: () => relier({ action: "autoriser" }, recharger),
  async deconnecter() {
    const reponse = await demander("POST", "/api/lightspeed/disconnect", {});
    return reponse.bon ? recharger() : refuser(reponse);
  },
  synchroniser,
};

async function synchroniser(bouton) {
  dire("");
  let fini = false;
  const suivi = suivre(() => fini);
  const reponse = await demander("POST", `/api/lightspeed/sync/${bouton.dataset.jour}`, {});
  fini = true;
  await suivi;
  if (!reponse.bon && reponse.statut !== 503) return refuser(reponse);
  await regarder();
  if (!reponse.bon) return refuser(reponse);
  return recharger();
}

// Lit où en est la synchronisation, onglet par onglet, tant qu’elle n’est pas finie.
async function suivre(finie) {
  while (!finie()) {
    await new Promise((suite) => setTimeout(suite, RYTHME));
    if (!(await regarder())) return;
  }
}

function compte(nombre, mots, total) {
  return `${nombre} ${nombre > 1 ? `${mots.replace(" ", "s ")}s` : mots} sur ${total}`;
}

async function regarder() {
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
  return true;
}

function marquer(repere, [dessin, mot, sens]) {
  repere.className = `st ${sens}`;
  repere.replaceChildren(icone(dessin), mot);
}

document.addEventListener("click", async ({ target }) => {
  const bouton = target.closest("[data-geste]");
  if (!bouton || (bouton.dataset.confirmer && !confirm(bouton.dataset.confirmer))) return;
  bouton.disabled = true;
  await GESTES[bouton.dataset.geste](bouton);
  bouton.disabled = false;
});

document.addEventListener("submit", (evenement) => evenement.target.closest("[data-reglages]") && evenement.preventDefault());

// Une synchronisation commencée ailleurs (à l’ouverture, par quelqu’un d’autre) se suit de la même façon.
if (zone?.hasAttribute("data-en-cours")) {
  const reste = async () => (await demander("GET", `/api/lightspeed/sync/status/${zone.dataset.synchro}`)).corps.en_cours;
  let encore = true;
  suivre(() => !encore);
  while (encore) {
    await new Promise((suite) => setTimeout(suite, 2 * RYTHME));
    encore = await reste();
  }
  recharger();
}
