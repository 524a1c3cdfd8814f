// La page de Lightspeed : configurer, autoriser, tester, couper, et suivre une synchronisation pendant qu’elle se fait.

import "../page.js";
import { el, icone } from "../dom.js";
import { brancher, dire, refuser as refuserSous } from "../liaison.js";
import { demander, regarder, suivre, zone } from "./suivi.js";

const FORMULAIRE = "[data-reglages]";
const refuser = (reponse) => refuserSous(reponse, FORMULAIRE);

function reglages() {
  const champs = new FormData(document.querySelector(FORMULAIRE));
  return { ...Object.fromEntries(champs), auto_sync: champs.has("auto_sync") };
}

// Un essai se lit étape par étape, là où il a été demandé.
function essaye({ compte, essai }) {
  const { nom, compte: numero, devise, date_ouverte: ouverte } = compte;
  dire(`Lightspeed répond : ${nom}, compte ${numero}, ${devise}, date ouverte ${ouverte}.`, essai.every(({ bon }) => bon) ? "fait" : "attente");
  document.querySelector("[data-essai-titre]").textContent = "À l’instant; rien n’a été écrit dans la nuit";
  const etapes = essai.map(({ libelle, valeur, bon }) => el("div", {}, el("dt", {}, libelle), el("dd", {}, el("span", { class: bon ? "st ok" : "st diff" }, icone(bon ? "ok" : "warn"), valeur))));
  document.querySelector("[data-essai]").replaceChildren(...etapes);
}

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
  tester: () => relier({ action: "tester", reglages: reglages() }, essaye),
  essayer: () => relier({ action: "tester" }, essaye),
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

function ouvrir(bouton) {
  const volet = document.getElementById(bouton.dataset.ouvre);
  volet.open = true;
  volet.querySelector("summary").focus();
  volet.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", ({ target }) => {
  const bouton = target.closest("[data-ouvre]");
  if (bouton) ouvrir(bouton);
});

brancher(GESTES, FORMULAIRE);

// Une synchronisation commencée ailleurs (à l’ouverture, par quelqu’un d’autre) se suit de la même façon.
if (zone?.hasAttribute("data-en-cours")) {
  const reste = async () => (await demander("GET", `/api/lightspeed/sync/status/${zone.dataset.synchro}`)).corps.en_cours;
  let encore = true;
  suivre(() => !encore);
  while (encore) {
    await new Promise((suite) => setTimeout(suite, 800));
    encore = await reste();
  }
  recharger();
}
