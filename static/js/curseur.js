// Marcher dans le tableau comme dans Excel : la colonne d’abord, la rangée ensuite, puis le tableau suivant.

import { CASE, estCase, lire } from "./champs.js";
import { tous } from "./dom.js";
import { ajouter } from "./lignes.js";

const estVisible = (champ) => champ.getClientRects().length > 0;
const casesDe = (place) => tous(CASE, place).filter(estVisible);
const rangeesDe = (table) => [...table.rows].filter((rangee) => !rangee.hidden && !rangee.matches("[data-sous], .group"));
const celluleDe = (champ) => champ.closest("td, th");

const dansColonne = (rangee, colonne) => {
  const champ = rangee?.cells[colonne]?.querySelector(CASE);
  return champ && estVisible(champ) ? champ : null;
};

// La case d’au-dessus (−1) ou d’au-dessous (1) dans la colonne, sinon celle du tableau voisin; au bout d’une liste, une ligne de plus.
export function verticale(champ, pas) {
  const cellule = celluleDe(champ);
  const table = cellule?.closest("table");
  if (!table) return voisine(champ, pas);
  const rangees = rangeesDe(table);
  for (let i = rangees.indexOf(cellule.parentElement) + pas; i >= 0 && i < rangees.length; i += pas) {
    if (pas > 0 && allonge(champ, rangees[i])) return derniere(champ, cellule.cellIndex);
    const trouvee = dansColonne(rangees[i], cellule.cellIndex);
    if (trouvee) return trouvee;
  }
  if (pas > 0 && allonge(champ, null)) return derniere(champ, cellule.cellIndex);
  return tableVoisine(table, pas);
}

// On sort d’une liste par le bas : si la ligne où l’on est porte quelque chose, une autre s’ouvre.
function allonge(champ, suivante) {
  const corps = champ.closest("[data-liste]");
  const rangee = champ.closest("tr");
  if (!corps || champ.readOnly || (suivante && corps.contains(suivante))) return false;
  if (!casesDe(rangee).some((un) => lire(un).trim())) return false;
  ajouter(corps.dataset.liste);
  return true;
}

function derniere(champ, colonne) {
  const rangees = rangeesDe(champ.closest("table")).filter((rangee) => rangee.closest("[data-liste]"));
  return dansColonne(rangees.at(-1), colonne) ?? document.activeElement;
}

function tableVoisine(table, pas) {
  const tables = tous("table").filter((autre) => casesDe(autre).length);
  const voisin = tables[tables.indexOf(table) + pas];
  if (!voisin) return null;
  return pas > 0 ? casesDe(voisin)[0] : casesDe(voisin).at(-1);
}

function voisine(champ, pas) {
  const toutes = casesDe(document);
  return toutes[toutes.indexOf(champ) + pas] ?? null;
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
  if (!estCase(champ) || champ.selectionStart === null || champ.selectionStart === undefined) return champ.type === "checkbox";
  const { selectionStart: debut, selectionEnd: fin, value } = champ;
  if (debut === 0 && fin === value.length) return true;
  return debut === fin && (pas < 0 ? debut === 0 : fin === value.length);
}
