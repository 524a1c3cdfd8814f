// Les lignes d’une liste : en ajouter, en retirer, en faire apparaître quand le serveur ou la boîte en connaît une de plus.
// L’identifiant naît ici : une ligne renvoyée deux fois n’est jamais deux lignes.

import { identifiant, trouver, enlever, toutes } from "./boite.js";
import { champDe, estCase, nomDe, texteAuRepos, valeurAuRepos } from "./champs.js";
import { tous } from "./dom.js";
import { dire } from "./etat.js";
import { FANTOME, reelle } from "./fantomes.js";
import { retirer, saisir } from "./saisir.js";
import { retirerElement } from "./suites.js";

const PLACE = /__id__/g;

const modeleDe = (liste) => document.querySelector(`template[data-ligne-neuve="${CSS.escape(liste)}"]`);
const corpsDe = (liste) => document.querySelector(`[data-liste="${CSS.escape(liste)}"]`);
const ligneDe = (liste, id) => corpsDe(liste)?.querySelector(`[data-ligne="${CSS.escape(id)}"]`);
const sousDe = (ligne) => (ligne.nextElementSibling?.matches("[data-sous]") ? ligne.nextElementSibling : null);
export const casesDe = (ligne) => tous("[data-case]", ligne);
const estVide = (ligne) => casesDe(ligne).every((champ) => !valeurAuRepos(champ) && !trouver(nomDe(champ)));

// La ligne de la page où est cette case, si c’est une case de liste.
export function ligneNommee(nom) {
  const [onglet, cle, id, colonne] = nom.split(".");
  return colonne ? ligneDe(`${onglet}.${cle}`, id) : null;
}

// Fait exister la ligne d’une case dont le nom contient un identifiant que la page n’a pas.
export function assurer(nom) {
  const [onglet, cle, id, colonne] = nom.split(".");
  const liste = `${onglet}.${cle}`;
  if (colonne && !champDe(nom) && modeleDe(liste)) inserer(liste, id);
}

export function inserer(liste, id) {
  const fragment = modeleDe(liste).content.cloneNode(true);
  for (const element of tous("*", fragment)) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes("__id__")) element.setAttribute(name, value.replace(PLACE, id));
    }
  }
  corpsDe(liste).append(fragment);
  return ligneDe(liste, id);
}

export function cacher(nom, cache) {
  const [onglet, cle, id] = nom.split(".");
  const ligne = ligneDe(`${onglet}.${cle}`, id);
  if (ligne) ligne.hidden = cache;
}

function oter(ligne) {
  sousDe(ligne)?.remove();
  ligne.remove();
}

// Les lignes que le serveur connaît; une ligne neuve, en attente ou en cours de frappe reste.
export function accorder(liste, ids) {
  for (const id of ids) if (!ligneDe(liste, id)) inserer(liste, id).dataset.connue = "";
  for (const ligne of tous("[data-ligne]", corpsDe(liste))) {
    const connue = ids.includes(ligne.dataset.ligne);
    if (connue) ligne.dataset.connue = "";
    if (connue && ligne.matches(FANTOME)) reelle(ligne);
    const enAttente = toutes().some((entree) => entree.nom.startsWith(`${liste}.${ligne.dataset.ligne}`));
    const retiree = !connue && ("connue" in ligne.dataset || ligne.hidden);
    if (retiree && !enAttente && !ligne.contains(document.activeElement)) oter(ligne);
  }
}

export function ajouter(liste, valeurs = {}) {
  const ligne = inserer(liste, identifiant());
  const cases = casesDe(ligne);
  const colonne = (champ) => nomDe(champ).split(".").at(-1);
  const donnees = cases.filter((champ) => colonne(champ) in valeurs).map((champ) => ({ nom: nomDe(champ), texte: valeurs[colonne(champ)], avant: "" }));
  if (donnees.length) saisir(donnees);
  (cases.find((champ) => !(colonne(champ) in valeurs)) ?? cases[0]).focus();
}

// Retire une ligne et ce qui attendait de partir pour elle; dit si le serveur doit l’apprendre.
export function effacer(ligne, plus) {
  const vide = estVide(ligne) && !("connue" in ligne.dataset);
  enlever(casesDe(ligne).flatMap((champ) => [trouver(nomDe(champ)), trouver(nomDe(champ), "brouillon")]).filter(Boolean));
  if (vide) oter(ligne);
  else retirer(`${ligne.closest("[data-liste]").dataset.liste}.${ligne.dataset.ligne}`, ligne.querySelector("[data-retirer]")?.getAttribute("aria-label") ?? "Ligne retirée", plus);
  return !vide;
}

function retirerLigne(ligne) {
  const liste = ligne.closest("[data-liste]").dataset.liste;
  const suivante = tous("[data-ligne]:not([hidden])", corpsDe(liste)).find((autre) => autre !== ligne);
  const cases = casesDe(ligne);
  const changements = cases.map((champ) => ({ nom: nomDe(champ), texte: "", avant: trouver(nomDe(champ))?.texte ?? texteAuRepos(champ) })).filter(({ avant }) => avant);
  if (effacer(ligne)) dire("saisie", { changements });
  (suivante?.querySelector("[data-case]") ?? document.querySelector(`[data-ajouter="${CSS.escape(liste)}"]`))?.focus();
}

export function demarrer() {
  for (const ligne of tous("[data-ligne]:not([data-fantome])")) ligne.dataset.connue = "";
  document.addEventListener("click", ({ target }) => {
    const bouton = target.closest("[data-ajouter], [data-retirer]");
    if (!bouton) return;
    if (bouton.matches("[data-ajouter]")) {
      ajouter(bouton.dataset.ajouter, JSON.parse(bouton.dataset.ligneValeurs ?? "{}"));
      if (bouton.dataset.ligneValeurs) (bouton.closest(".note") ?? bouton).remove();
      return;
    }
    const ligne = bouton.closest("[data-ligne]");
    if (ligne) retirerLigne(ligne);
    else retirerElement([...bouton.closest("tr").querySelectorAll("input")].find(estCase));
  });
}

export const listesDe = (onglet) => tous("[data-liste]").map((corps) => corps.dataset.liste).filter((liste) => liste.startsWith(`${onglet}.`));
export const suitesDe = (onglet) => tous("[data-suite]").map((suite) => suite.dataset.suite).filter((nom) => nom.startsWith(`${onglet}.`));
