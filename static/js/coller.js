// Coller un bloc copié d’Excel : les cases se remplissent à droite et vers le bas; une annulation le défait d’un coup.

import { annoncer } from "./annonce.js";
import { estCase, estFige, estNombre, nomDe, suiteDe, texteAuRepos } from "./champs.js";
import { RIEN, cellules, propre as nettoyer } from "./calcul.js";
import { tous } from "./dom.js";
import { pluriel } from "./fr.js";
import { identifiant, trouver } from "./boite.js";
import { inserer } from "./lignes.js";
import { abandonner } from "./cases.js";
import { grille } from "./curseur.js";
import { ecouter } from "./etat.js";
import { saisir } from "./saisir.js";
import { noter, oter } from "./sous.js";

// Comme le serveur (utils/rj/reading.py) : au-delà, rien du bloc n’est gardé.
const LIGNES_AU_PLUS = 500;

const combien = (texte) => texte.replace(/\r\n?/g, "\n").split("\n").length;

// La phrase qui refuse un bloc trop long, ou rien.
function tropLong(depart, rangees) {
  const corps = depart.closest("[data-liste]");
  const lignes = corps ? tous("[data-ligne]:not([hidden])", corps) : [];
  const avant = corps ? lignes.indexOf(depart.closest("[data-ligne]")) : 0;
  if (avant + rangees <= LIGNES_AU_PLUS) return "";
  const titre = corps?.closest("section")?.getAttribute("aria-label");
  return `${titre ? `La liste « ${titre} » a` : "Une liste a"} au plus ${LIGNES_AU_PLUS} lignes; ${avant + rangees} sont données. Rien du bloc collé n’est gardé.`;
}

// Un choix se colle par son mot aussi bien que par son code; une case à cocher, par oui ou non.
function traduire(champ, texte) {
  if (champ.tagName === "TEXTAREA") return texte.trim();
  const propre = nettoyer(texte);
  if (estNombre(champ)) return RIEN.test(propre) ? "0" : propre;
  if (champ.type === "checkbox") return /^(oui|vrai|x|1|true)$/i.test(propre) ? "true" : "";
  if (champ.tagName !== "SELECT") return propre;
  const option = [...champ.options].find(({ value, text }) => [value, text.trim()].some((un) => un.toLowerCase() === propre.toLowerCase()));
  return option ? option.value : propre;
}

function allonger(depart, rangees) {
  const corps = depart.closest("[data-liste]");
  if (!corps) return;
  const lignes = tous("[data-ligne]:not([hidden])", corps);
  const manque = rangees - (lignes.length - lignes.indexOf(depart.closest("[data-ligne]")));
  for (let i = 0; i < manque; i += 1) inserer(corps.dataset.liste, identifiant());
}

// Les rangées vides de la fin n’ajoutent pas de ligne à la liste; celles du milieu gardent leur place.
export function coller(depart, donne) {
  const texte = donne.trimEnd();
  const phrase = tropLong(depart, combien(texte));
  if (phrase) return refuser(depart, phrase);
  const bloc = cellules(texte);
  allonger(depart, bloc.length);
  const places = grille(depart);
  const changements = [];
  let perdues = 0;
  bloc.forEach((rangee, y) => rangee.forEach((cellule, x) => {
    const champ = places(x, y);
    if (!cellule.trim()) return;
    if (!champ || estFige(champ) || suiteDe(champ)) perdues += 1;
    else changements.push({ nom: nomDe(champ), texte: traduire(champ, cellule), avant: trouver(nomDe(champ))?.texte ?? texteAuRepos(champ) });
  }));
  abandonner(depart);
  const bons = saisir(changements);
  if (perdues) refuser(depart, `${pluriel(perdues, "valeur du bloc collé tombe", "valeurs du bloc collé tombent")} hors des cases à remplir : rien n’en est gardé.`);
  annoncer(`${pluriel(changements.length, "case collée", "cases collées")}${bons ? "." : " ; au moins une est refusée."}`);
}

function refuser(depart, phrase) {
  noter(nomDe(depart), "collage", "wait", phrase);
  annoncer(phrase);
}

export function demarrer() {
  ecouter("saisie", () => {
    const note = document.querySelector("[data-note=collage]");
    if (note) oter(note);
  });
  document.addEventListener("paste", (evenement) => {
    const champ = evenement.target;
    if (!estCase(champ) || estFige(champ)) return;
    const texte = evenement.clipboardData.getData("text/plain");
    if (!/[\t\r\n]/.test(texte.replace(/\r?\n$|\r$/, "")) || champ.tagName === "TEXTAREA") return;
    evenement.preventDefault();
    coller(champ, texte);
  });
}

