// Ce que d’autres ont saisi arrive sans recharger : la nuit est relue par son ETag quand la page est vue, jamais par-dessus une frappe.

import { demander } from "./api.js";
import { annoncer } from "./annonce.js";
import { toutes, trouver } from "./boite.js";
import { enCours } from "./cases.js";
import { champDe, genreDe, libelleDe, nomDe, valeurAuRepos } from "./champs.js";
import { ecouter, dire, etat } from "./etat.js";
import { dit, heure } from "./fr.js";
import { denoter, noter } from "./sous.js";

const RYTHME = 15000;
const VIEUX = 3 * RYTHME;
const PRESENCE = 300000; // sans un geste depuis, la page ne demande plus rien : laissée seule, elle ne prolonge pas la session

let etag = "";
let minuterie = 0;
let enRoute = false;
let encore = false; // demandée pendant une lecture : celle-ci est peut-être déjà d’avant
let dernierGeste = Date.now();
let lecture = { instant: Date.now(), heure: heure(etat.heure) };
let reprise = estReprise(); // la page vient de la mémoire du navigateur : elle est d’un autre moment

// Ce que le navigateur montre sans l’avoir redemandé : retour, onglet rouvert, page préparée d’avance.
function estReprise() {
  const [arrivee] = performance.getEntriesByType("navigation");
  return Boolean(document.wasDiscarded || document.prerendering || arrivee?.type === "back_forward" || arrivee?.transferSize === 0);
}

export async function rafraichir() {
  clearTimeout(minuterie);
  if (enRoute) {
    encore = true;
    return;
  }
  if (document.visibilityState === "visible" && Date.now() - dernierGeste < PRESENCE) await lire();
  dater();
  minuterie = setTimeout(rafraichir, encore ? 0 : RYTHME);
  encore = false;
}

async function lire() {
  enRoute = true;
  const reponse = await demander("GET", etat.api, { etag });
  enRoute = false;
  if (reponse.statut === 200 || reponse.statut === 304) lecture = { instant: Date.now(), heure: heure(reponse.heure) || lecture.heure };
  if (reponse.statut === 200) recevoir(reponse);
  else if (reponse.statut === 401) dire("session");
}

// Des chiffres qu’on n’a pas pu relire disent leur heure.
const dater = () => dire("age", { depuis: Date.now() - lecture.instant > VIEUX ? lecture.heure : "" });

function recevoir({ corps, etag: nouveau }) {
  const change = reprise || etag !== "" || corps.version !== etat.version;
  reprise = false;
  etag = nouveau ?? "";
  if (corps.version < etat.version) return;
  const avant = gardees();
  dire("fraiche", { nuit: corps, document: corps.tabs?.[etat.onglet], change });
  for (const [champ, valeur] of avant) prevenir(champ, valeur);
}

// Les cases où quelque chose est tapé ou en attente, avec ce que le serveur en disait.
function gardees() {
  const noms = toutes().filter((entree) => entree.onglet === etat.onglet && entree.etat === "prete").map((entree) => entree.nom);
  const champs = [enCours(), ...noms.map(champDe)].filter((champ) => champ?.matches("[data-case]"));
  return new Map(champs.map((champ) => [champ, valeurAuRepos(champ)]));
}

// L’autre valeur se montre sous la rangée; ce qui est tapé reste, et le serveur posera la question.
function prevenir(champ, avant) {
  const valeur = valeurAuRepos(champ);
  if (valeur === avant) return;
  const phrase = `${libelleDe(champ)} : quelqu’un d’autre vient de saisir ${dit(genreDe(champ), valeur)} pendant que vous tapiez. Votre texte est gardé.`;
  noter(nomDe(champ), "arrivee", "ask", phrase);
  annoncer(phrase);
}

// Revenir devant la page est un geste : elle se relit avant qu’on la croie.
export function revenir() {
  dernierGeste = Date.now();
  return rafraichir();
}

function geste() {
  const absente = Date.now() - dernierGeste > PRESENCE;
  dernierGeste = Date.now();
  if (absente) rafraichir();
}

export function demarrer() {
  for (const quoi of ["keydown", "pointerdown", "wheel", "focus"]) addEventListener(quoi, geste, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && revenir());
  for (const quoi of ["resume", "prerenderingchange"]) document.addEventListener(quoi, revenir);
  addEventListener("focus", rafraichir);
  ecouter("lire", () => {
    etag = "";
    rafraichir();
  });
  ecouter("reponse", ({ onglet }) => {
    if (onglet === etat.onglet) return;
    dernierGeste = Date.now(); // quelqu’un est là, sur une autre page du même poste
    rafraichir();
  });
  ecouter("boite", () => {
    for (const note of document.querySelectorAll("[data-note=arrivee]")) {
      const nom = note.id.slice(0, -"-arrivee".length);
      if (!trouver(nom) && !trouver(nom, "brouillon")) denoter(nom, "arrivee");
    }
  });
  minuterie = setTimeout(rafraichir, reprise ? 0 : RYTHME);
}
