// Marcher dans le tableau comme dans Excel : la colonne d’abord, puis la colonne suivante. On ne sort jamais du tableau : un chiffre
// tapé sans regarder ne tombe pas dans celui d’à côté.

import { CASE, estCase, lire } from "./champs.js";
import { tous } from "./dom.js";
import { FANTOME } from "./fantomes.js";
import { ajouter } from "./lignes.js";
import { suivi } from "./parcours.js";

const estVisible = (champ) => champ.getClientRects().length > 0;
const casesDe = (place) => tous(CASE, place).filter(estVisible);
export const rangeesDe = (table) => [...table.rows].filter((rangee) => !rangee.hidden && !rangee.matches("[data-sous], .group"));
export const celluleDe = (champ) => champ.closest("td, th");
const colonneDe = (champ) => celluleDe(champ)?.cellIndex;

const dansColonne = (rangee, colonne) => {
  const champ = rangee?.cells[colonne]?.querySelector(CASE);
  return champ && estVisible(champ) ? champ : null;
};

let course = null; // là où la suite de Tab a commencé : {rangee, colonne}

// Une suite de Tab dans une rangée; Entrée la finit et revient sous son début.
export function noterTab(champ) {
  const rangee = champ.closest("tr");
  if (!rangee) course = null;
  else if (course?.rangee !== rangee) course = { rangee, colonne: colonneDe(champ) };
}

export const finirTab = () => (course = null);

// Entrée : la case d’au-dessous (1) ou d’au-dessus (−1), au bout de la colonne la suivante ou la précédente; au bout d’une liste, une
// ligne de plus. Rien quand il n’y a plus où aller.
export function entree(champ, pas) {
  const rangee = champ.closest("tr");
  const colonne = course?.rangee === rangee && pas > 0 ? course.colonne : colonneDe(champ);
  course = null;
  return verticale(champ, pas, colonne) ?? (rangee && !listeOuverte(champ) ? autreColonne(rangee.closest("table"), colonne, pas) : null);
}

export function verticale(champ, pas, colonne = colonneDe(champ)) {
  const rangee = champ.closest("tr");
  if (!rangee) return null;
  const rangees = rangeesDe(rangee.closest("table"));
  for (let i = rangees.indexOf(rangee) + pas; i >= 0 && i < rangees.length; i += pas) {
    if (pas > 0 && allonge(champ, rangees[i])) return derniere(champ, colonne);
    const trouvee = dansColonne(rangees[i], colonne);
    if (trouvee) return trouvee;
  }
  return pas > 0 && allonge(champ, null) ? derniere(champ, colonne) : null;
}

function autreColonne(table, colonne, pas) {
  const rangees = pas > 0 ? rangeesDe(table) : rangeesDe(table).reverse();
  const largeur = Math.max(...rangees.map((rangee) => rangee.cells.length));
  for (let x = colonne + pas; x >= 0 && x < largeur; x += pas) {
    const trouvee = rangees.map((rangee) => dansColonne(rangee, x)).find(Boolean);
    if (trouvee) return trouvee;
  }
  return null;
}

const listeOuverte = (champ) => champ.closest("[data-liste]") && !champ.readOnly && !champ.disabled;

// On sort d’une liste par le bas : si la ligne où l’on est porte quelque chose, une autre s’ouvre.
function allonge(champ, suivante) {
  const corps = champ.closest("[data-liste]");
  const rangee = champ.closest("tr");
  if (!listeOuverte(champ) || (suivante && corps.contains(suivante))) return false;
  if (!rangee.matches(FANTOME) && !casesDe(rangee).some((un) => lire(un).trim())) return false;
  ajouter(corps.dataset.liste);
  return true;
}

// Une ligne neuve : sa case de la même colonne, ou la première pour qui suit les cases habituelles.
function derniere(champ, colonne) {
  if (suivi()) return document.activeElement;
  const rangees = rangeesDe(champ.closest("table")).filter((rangee) => rangee.closest("[data-liste]"));
  return dansColonne(rangees.at(-1), colonne) ?? document.activeElement;
}

export function horizontale(champ, pas) {
  const rangee = casesDe(champ.closest("tr") ?? champ.parentElement);
  return rangee[rangee.indexOf(champ) + pas] ?? null;
}

// Pour coller : la case à tant de colonnes et de rangées de celle-ci. Une liste simple n’a que sa colonne.
export function grille(depart) {
  const cellule = celluleDe(depart);
  const rangees = rangeesDe(cellule.closest("table"));
  const rang = rangees.indexOf(cellule.parentElement);
  return (x, y) => dansColonne(rangees[rang + y], cellule.cellIndex + x);
}

export const premiere = () => casesDe(document.querySelector("main") ?? document).find((champ) => !champ.disabled) ?? null;

// Le texte est-il entré tout entier, ou le curseur est-il à ce bout-là ?
export function auBout(champ, pas) {
  if (!estCase(champ) || champ.selectionStart === null || champ.selectionStart === undefined) return champ.matches("select, [type=checkbox]");
  const { selectionStart: debut, selectionEnd: fin, value } = champ;
  if (debut === 0 && fin === value.length) return true;
  return debut === fin && (pas < 0 ? debut === 0 : fin === value.length);
}
