// Les listes simples (enveloppes scellées) : une rangée par montant; la liste entière est une seule case.

import { enCours } from "./cases.js";
import { aRetaper, champsDe, lire, montrer, nomDe, texteAuRepos, texteDe } from "./champs.js";
import { saisir } from "./saisir.js";

const modele = (nom) => document.querySelector(`template[data-element-neuf="${CSS.escape(nom)}"]`);

const rangeeDe = (champ) => {
  let rangee = champ;
  while (!rangee.parentElement.matches("[data-suite]")) rangee = rangee.parentElement;
  return rangee;
};

// Autant de rangées que de montants; une rangée vide où l’on se trouve reste.
export function ranger(nom, nombre) {
  const suite = document.querySelector(`[data-suite="${CSS.escape(nom)}"]`);
  if (!suite) return [];
  for (let manque = nombre - champsDe(nom).length; manque > 0; manque -= 1) suite.append(modele(nom).content.cloneNode(true));
  for (const trop of champsDe(nom).slice(nombre)) if (document.activeElement !== trop) rangeeDe(trop).remove();
  return champsDe(nom);
}

// Montre dans la suite un texte qui n’est pas encore enregistré.
export function etaler(nom, texte) {
  const textes = texte.split(";").map((un) => un.trim()).filter(Boolean);
  ranger(nom, textes.length).forEach((champ, rang) => champ !== enCours() && montrer(champ, textes[rang] ?? ""));
}

export function ajouterElement(nom) {
  const suite = document.querySelector(`[data-suite="${CSS.escape(nom)}"]`);
  suite.append(modele(nom).content.cloneNode(true));
  champsDe(nom).at(-1).focus();
}

export function retirerElement(champ) {
  const nom = nomDe(champ);
  const avant = texteAuRepos(champ);
  const voisin = champsDe(nom).find((autre) => autre !== champ);
  rangeeDe(champ).remove();
  const texte = voisin ? texteDe(voisin, lireChacun) : "";
  if (texte !== avant) saisir([{ nom, texte, avant }]);
  (voisin ?? document.querySelector(`[data-ajouter="${CSS.escape(nom)}"]`))?.focus();
}

const lireChacun = (champ) => (champ.value === champ.defaultValue ? aRetaper(champ) : lire(champ));

