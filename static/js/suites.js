// Les listes simples (enveloppes scellées) : une rangée par montant; la liste entière est une seule case.

import { enCours } from "./cases.js";
import { aRetaper, champsDe, estCase, lire, montrer, nomDe, suiteDe, texteAuRepos, texteDe } from "./champs.js";
import { etat } from "./etat.js";
import { saisir } from "./saisir.js";

const modele = (nom) => document.querySelector(`template[data-suite-neuve="${CSS.escape(nom)}"]`);

const rangeeDe = (champ) => {
  let rangee = champ;
  while (!rangee.parentElement.matches("[data-suite]")) rangee = rangee.parentElement;
  return rangee;
};

// Autant de rangées que de montants, et une vide tant que la nuit se remplit.
export function ranger(nom, montants) {
  const nombre = montants + (etat.modifiable ? 1 : 0);
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

// Quand la dernière case se remplit, une autre s’ouvre dessous.
export function demarrer() {
  document.addEventListener("input", ({ target }) => {
    if (!estCase(target) || !suiteDe(target) || !target.value.trim()) return;
    const champs = champsDe(nomDe(target));
    if (champs.at(-1) === target) ranger(nomDe(target), champs.length);
  });
}

export function retirerElement(champ) {
  const nom = nomDe(champ);
  const avant = texteAuRepos(champ);
  const voisin = champsDe(nom).find((autre) => autre !== champ);
  rangeeDe(champ).remove();
  const texte = voisin ? texteDe(voisin, lireChacun) : "";
  if (texte !== avant) saisir([{ nom, texte, avant }]);
  ranger(nom, champsDe(nom).filter((un) => un.value.trim()).length);
  champsDe(nom)[0]?.focus();
}

const lireChacun = (champ) => (champ.value === champ.defaultValue ? aRetaper(champ) : lire(champ));

