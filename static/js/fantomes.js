// Les lignes de la veille, pâles, qu’une liste propose : rien n’en est gardé tant que personne n’y tape. Au premier chiffre, ce qui nomme
// la ligne part avec lui, d’un seul geste : l’annuler ôte le tout.

import { champDe, nomDe } from "./champs.js";
import { tous } from "./dom.js";

export const FANTOME = "[data-fantome]";

// La ligne n’est plus de la veille : elle ne montre que ce qu’elle porte.
export function reelle(ligne) {
  delete ligne.dataset.fantome;
  for (const champ of tous("[placeholder]", ligne)) champ.removeAttribute("placeholder");
  for (const option of tous("option[value='']", ligne)) option.textContent = "";
}

// Ce qui nomme les lignes où l’on tape pour la première fois : autant de changements de plus, qui partent devant les autres.
export function incarner(changements) {
  const tapes = new Set(changements.map(({ nom }) => nom));
  const lignes = new Set(changements.filter(({ texte }) => texte.trim()).map(({ nom }) => champDe(nom)?.closest(FANTOME)).filter(Boolean));
  const noms = [];
  for (const ligne of lignes) {
    const textes = JSON.parse(ligne.dataset.fantome);
    for (const champ of tous("[data-case]", ligne)) {
      const texte = textes[nomDe(champ).split(".").at(-1)];
      if (texte && !tapes.has(nomDe(champ))) noms.push({ nom: nomDe(champ), texte, avant: "" });
    }
    reelle(ligne);
  }
  return noms;
}
