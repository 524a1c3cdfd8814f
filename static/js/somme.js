// La somme, le compte et la moyenne des cases choisies, dans la case de gauche de la bande. Un coup d’œil, pas un chiffre de la nuit :
// rien n’en est gardé. Exact : des fractions d’entiers, arrondies une fois.

import { annoncer } from "./annonce.js";
import { plus } from "./calcul.js";
import { estCase, genreDe, lire as texteDe } from "./champs.js";
import { el } from "./dom.js";
import { ecouter } from "./etat.js";
import { nombre as enFrancais, pluriel } from "./fr.js";
import { enCents, lire } from "./nombre.js";
import { choisies } from "./selection.js";

const NOMBRE = /^(-?\d+)(?:\.(\d+))?$/;

// La valeur d’une case ou d’un chiffre, en fraction; rien quand ce n’est pas un nombre.
function valeur(champ) {
  if (!/^(money|count|percent|factor)$/.test(genreDe(champ))) return null;
  const texte = estCase(champ) ? lire(genreDe(champ), texteDe(champ)).valeur : champ.dataset.valeur;
  const [, entier, decimales = ""] = NOMBRE.exec(texte ?? "") ?? [];
  return entier === undefined ? null : [BigInt(entier + decimales), 10n ** BigInt(decimales.length)];
}

// `{compte, somme, moyenne}` en texte décimal; rien sans nombre.
export function resumer(champs) {
  const valeurs = champs.map(valeur).filter(Boolean);
  if (!valeurs.length) return null;
  const [n, d] = valeurs.reduce(plus);
  return { compte: valeurs.length, somme: enCents([n, d]), moyenne: enCents([n, d * BigInt(valeurs.length)]) };
}

function montrer() {
  const champs = choisies();
  const sortie = document.querySelector("[data-selection]");
  const trouve = champs.length > 1 && resumer(champs);
  sortie.hidden = !trouve;
  document.querySelector("[data-hors-selection]").hidden = Boolean(trouve);
  if (!trouve) return;
  const somme = `Somme ${enFrancais(trouve.somme)}`;
  const reste = `${pluriel(trouve.compte, "nombre", "nombres")}, moyenne ${enFrancais(trouve.moyenne)}`;
  sortie.replaceChildren(el("b", {}, somme), el("span", {}, reste));
  annoncer(`${somme}, ${reste}.`);
}

export const demarrer = () => ecouter("selection", montrer);
