// Choisir plusieurs cases, comme dans Excel : Maj et les flèches, Maj et un clic, ou la souris qui glisse. Un rectangle d’une seule table,
// chiffres calculés compris; le foyer reste à la case d’où il part.

import { estModifiee } from "./cases.js";
import { estCase, estFige } from "./champs.js";
import { celluleDe, rangeesDe } from "./curseur.js";
import { tous } from "./dom.js";
import { dire } from "./etat.js";

const SENS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const VALEUR = "[data-case], [data-chiffre]";

let bornes = null; // les deux coins : [la cellule d’où l’on part, celle où l’on est]

const estVue = (cellule) => cellule.getClientRects().length > 0;
const place = (cellule) => [cellule.cellIndex, rangeesDe(cellule.closest("table")).indexOf(cellule.parentElement)];

// Les cellules choisies, rangée par rangée; rien quand une seule l’est. Une colonne mise de côté n’en est pas.
export function rectangle([de, a] = bornes ?? []) {
  if (!de?.isConnected || !a?.isConnected) return [];
  const [[x1, y1], [x2, y2]] = [place(de), place(a)];
  const rangees = rangeesDe(de.closest("table")).slice(Math.min(y1, y2), Math.max(y1, y2) + 1);
  return rangees.map((rangee) => [...rangee.cells].slice(Math.min(x1, x2), Math.max(x1, x2) + 1).filter(estVue)).filter(({ length }) => length);
}

export const valeurDe = (cellule) => cellule.querySelector(VALEUR);
export const choisies = () => rectangle().flat().map(valeurDe).filter(Boolean);

function peindre() {
  const vues = new Set(rectangle().flat());
  for (const cellule of tous("td.choisi")) if (!vues.has(cellule)) cellule.classList.remove("choisi");
  for (const cellule of vues) cellule.classList.add("choisi");
  dire("selection");
}

export function choisir(de, a) {
  if (de === a ? !bornes : bornes && bornes[0] === de && bornes[1] === a) return;
  bornes = de === a ? null : [de, a];
  peindre();
}

export function lacher() {
  if (!bornes) return false;
  bornes = null;
  peindre();
  return true;
}

// Tant que la case est prise tout entière, ou que rien ne s’y tape, Maj et une flèche choisissent des cases; dans un texte qu’on corrige, des
// caractères.
const entiere = (champ) => estFige(champ) || (!estModifiee(champ) && (!champ.setSelectionRange || (champ.selectionStart === 0 && champ.selectionEnd === champ.value.length)));

export function etendre(champ, touche) {
  const pas = SENS[touche];
  const de = celluleDe(champ);
  if (!pas || !de?.closest("table") || (!bornes && !entiere(champ))) return false;
  const [x, y] = place(bornes?.[1] ?? de);
  const rangees = rangeesDe(de.closest("table"));
  for (let [i, j] = [x + pas[0], y + pas[1]]; rangees[j]?.cells[i]; i += pas[0], j += pas[1]) {
    const cellule = rangees[j].cells[i];
    if (!estVue(cellule) || !cellule.matches("tbody td, tfoot td")) continue;
    choisir(de, cellule);
    cellule.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }
  return true;
}

// La cellule sous la souris, si elle est de la table d’où l’on part.
export function celluleSous({ clientX, clientY }, de) {
  const cellule = document.elementFromPoint(clientX, clientY)?.closest("tbody td, tfoot td");
  return cellule && cellule.closest("table") === de.closest("table") && rangeesDe(de.closest("table")).includes(cellule.parentElement) ? cellule : null;
}

let glisse = null; // la cellule où le bouton de la souris a été pressé

function presser(evenement) {
  const { target, shiftKey, button } = evenement;
  const cellule = target.closest("tbody td, tfoot td");
  const active = estCase(document.activeElement) ? celluleDe(document.activeElement) : null;
  if (button || target.closest("button:not(.why), a, .poignee")) return;
  if (shiftKey && cellule && active && cellule !== active && cellule.closest("table") === active.closest("table")) {
    evenement.preventDefault();
    choisir(active, cellule);
    return;
  }
  lacher();
  glisse = cellule?.querySelector("[data-case]") ? cellule : null;
}

function glisser(evenement) {
  if (!glisse || evenement.buttons !== 1 || evenement.pointerType !== "mouse" || !glisse.contains(document.activeElement)) return;
  const cellule = celluleSous(evenement, glisse);
  if (!cellule || (cellule === glisse && !bornes)) return;
  evenement.preventDefault();
  choisir(glisse, cellule);
}

export function demarrer() {
  document.addEventListener("mousedown", presser);
  document.addEventListener("pointermove", glisser);
  document.addEventListener("pointerup", () => (glisse = null));
  document.addEventListener("focusin", ({ target }) => bornes && !bornes[0].contains(target) && lacher());
  document.addEventListener("input", lacher);
}
