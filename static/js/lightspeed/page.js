// La page de Lightspeed : configurer, autoriser, tester, couper, et suivre une synchronisation pendant qu’elle se fait.

import { icone } from "../dom.js";
import { brancher, demandeur, dire, refuser as refuserSous } from "../liaison.js";

const PATIENCE = 180_000; // une synchronisation entière, pannes comprises
const RYTHME = 400;
const FORMULAIRE = "[data-reglages]";
const page = JSON.parse(document.getElementById("lightspeed").textContent);
const zone = document.querySelector("[data-synchro]");

const demander = demandeur({ hotel: page.hotel, delai: PATIENCE });
const refuser = (reponse) => refuserSous(reponse, FORMULAIRE);

function reglages() {
  const champs = new FormData(document.querySelector(FORMULAIRE));
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

brancher(GESTES, FORMULAIRE);

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
