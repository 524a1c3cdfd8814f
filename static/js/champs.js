// Les cases de la page : les trouver par leur nom, lire ce qu’elles portent, y montrer une valeur.
// Une liste simple a plusieurs cases du même nom dans un `data-suite`; ses textes n’en font qu’un, séparés par « ; ».

import { tous } from "./dom.js";
import { affiche, simple } from "./fr.js";

export const CASE = "[data-case]";

export const suiteDe = (champ) => champ.closest("[data-suite]");
export const nomDe = (champ) => champ.dataset.case;
export const genreDe = (champ) => champ.dataset.genre;
export const estCase = (cible) => cible instanceof Element && cible.matches(CASE);
export const estTexte = (champ) => champ.matches("textarea, input:not([type=checkbox])");
export const estNombre = (champ) => genreDe(champ) === "money" || genreDe(champ) === "count";
export const estFige = (champ) => champ.readOnly || champ.disabled;

const selecteur = (nom) => `[data-case="${CSS.escape(nom)}"]`;
export const champsDe = (nom) => tous(selecteur(nom));
export const champDe = (nom) => document.querySelector(selecteur(nom));

export function libelleDe(champ) {
  const dit = champ.dataset.libelle || champ.getAttribute("aria-label") || champ.labels?.[0]?.textContent || nomDe(champ);
  return dit.replace(/\s+/g, " ").trim();
}

// Ce qu’une case montre au repos, d’après le serveur.
export function valeurAuRepos(champ) {
  if (champ.type === "checkbox") return champ.defaultChecked ? "true" : "";
  if (champ.tagName === "SELECT") return tous("option", champ).find((option) => option.defaultSelected)?.value ?? "";
  return champ.defaultValue;
}

// Ce qu’on retape : le texte de la somme, ou le nombre sans espaces.
export const aRetaper = (champ) => (!suiteDe(champ) && champ.dataset.saisie) || (estNombre(champ) ? simple(valeurAuRepos(champ)) : valeurAuRepos(champ));

export function lire(champ) {
  if (champ.type === "checkbox") return champ.checked ? "true" : "";
  return champ.value;
}

export function montrer(champ, texte) {
  if (champ.type === "checkbox") champ.checked = texte === "true";
  else if (champ.value !== texte) champ.value = texte;
}

export const reposer = (champ) => montrer(champ, valeurAuRepos(champ));

// Le texte d’un nom : celui de sa case, ou ceux de toute la suite.
export function texteDe(champ, lecture = lire) {
  if (!suiteDe(champ)) return lecture(champ);
  return champsDe(nomDe(champ)).map((un) => lecture(un).trim()).filter(Boolean).join("; ");
}

export const texteAuRepos = (champ) => texteDe(champ, aRetaper);

// La valeur du serveur, sans toucher à ce qui est montré.
export function retenir(champ, valeur, saisie) {
  const texte = affiche(genreDe(champ), valeur);
  if (champ.type === "checkbox") champ.defaultChecked = valeur === true;
  else if (champ.tagName === "SELECT") {
    const montre = champ.value; // changer le choix de départ change aussi celui qui est montré
    for (const option of champ.options) option.defaultSelected = option.value === texte;
    champ.value = montre;
  } else champ.defaultValue = texte;
  if (saisie) champ.dataset.saisie = champ.title = saisie;
  else if ("saisie" in champ.dataset) {
    delete champ.dataset.saisie;
    champ.removeAttribute("title");
  }
}
