// Met la page d’accord avec une réponse du serveur : cases, chiffres, origines. Ce qu’une personne tape ou attend d’enregistrer n’est pas touché.

import { montrerColonnes } from "./aller.js";
import { trouver } from "./boite.js";
import { enCours, rentrer } from "./cases.js";
import { champsDe, estTexte, nomDe, reposer, retenir, suiteDe, valeurAuRepos } from "./champs.js";
import { tous } from "./dom.js";
import { etat } from "./etat.js";
import { chiffre } from "./fr.js";
import { accorder, listesDe, suitesDe } from "./lignes.js";
import { marquerOrigines } from "./origines.js";
import { ranger } from "./suites.js";

const BREF = 1500;

// Un onglet entier : `{version, values, computed, saisies, origines}`.
export function appliquerOnglet(onglet, document_) {
  const { values = {}, computed = {}, saisies = {}, origines = {}, version } = document_;
  const lire = lecteur(values, computed);
  for (const liste of listesDe(onglet)) accorder(liste, (values[cleDe(liste)] ?? []).map((ligne) => ligne.id));
  for (const nom of suitesDe(onglet)) poserSuite(nom, lire(cleDe(nom)) ?? []);
  for (const champ of tous(`[data-case^="${onglet}."]`)) if (!suiteDe(champ)) poser(champ, lire(cleDe(nomDe(champ))), saisies[cleDe(nomDe(champ))]);
  for (const sortie of tous(`[data-chiffre^="${onglet}."]`)) poserChiffre(sortie, lire(cleDe(sortie.dataset.chiffre)));
  marquerOrigines(onglet, origines, saisies);
  if (onglet === etat.onglet) etat.version = Math.max(etat.version, version);
}

// Les figures recalculées des autres onglets que cette page montre aussi.
export function appliquerChiffres(recalcules) {
  for (const [nom, valeur] of Object.entries(recalcules)) {
    for (const sortie of tous(`[data-chiffre="${CSS.escape(nom)}"]`)) poserChiffre(sortie, valeur);
  }
}

const cleDe = (nom) => nom.slice(nom.indexOf(".") + 1);

// Lit une case dans `computed`, sinon dans `values`; les lignes calculées sont rangées comme les lignes données.
function lecteur(values, computed) {
  const rangs = (liste, id) => (values[liste] ?? []).findIndex((ligne) => ligne.id === id);
  const descendre = (document_, chemin) => {
    let place = document_;
    for (const [rang, cle] of chemin.entries()) {
      if (place === undefined || place === null) return undefined;
      place = Array.isArray(place) ? place[rangs(chemin[rang - 1], cle)] : place[cle];
    }
    return place;
  };
  return (cle) => descendre(computed, cle.split(".")) ?? descendre(values, cle.split("."));
}

function poser(champ, valeur, saisie) {
  const avant = valeurAuRepos(champ);
  const tapee = enCours() === champ; // à savoir d’abord : une case intacte montre aussitôt ce qu’on retient pour elle
  retenir(champ, valeur, saisie);
  if (!avant && valeurAuRepos(champ)) montrerColonnes(champ);
  if (trouver(nomDe(champ)) || tapee) return;
  if (document.activeElement === champ && estTexte(champ)) {
    if (valeurAuRepos(champ) !== avant) rentrer(champ);
  } else {
    reposer(champ);
  }
}

// Une suite où l’on tape garde ses rangées; ce que le serveur sait déjà n’en est pas moins retenu.
function poserSuite(nom, montants) {
  const occupee = trouver(nom) || champsDe(nom).includes(enCours());
  const champs = occupee ? champsDe(nom) : ranger(nom, montants.length);
  champs.forEach((champ, rang) => poser(champ, montants[rang]));
}

function poserChiffre(sortie, valeur) {
  const texte = chiffre(valeur);
  if (valeur === undefined || valeur === null) delete sortie.dataset.valeur;
  else sortie.dataset.valeur = valeur;
  if (!ecrire(sortie, texte)) return;
  sortie.classList.add("change");
  setTimeout(() => sortie.classList.remove("change"), BREF);
}

// Change le nombre et garde l’unité; dit si quelque chose a changé.
export function ecrire(sortie, texte) {
  const unites = tous("[data-unite]", sortie);
  const ancien = [...sortie.childNodes].filter((noeud) => !unites.includes(noeud)).map((noeud) => noeud.textContent).join("").trim();
  if (ancien === texte) return false;
  sortie.replaceChildren(texte, ...unites);
  return true;
}

