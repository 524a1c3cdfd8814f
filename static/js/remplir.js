// Remplir vers le bas (Ctrl+D), tirer le coin d’une case le long de sa colonne, vider les cases choisies. Un geste s’annule d’un coup;
// chaque case passe par la même porte que ce qu’on tape.

import { annoncer } from "./annonce.js";
import { trouver } from "./boite.js";
import { abandonner, estModifiee, valider } from "./cases.js";
import { estCase, estFige, estNombre, nomDe, suiteDe, texteAuRepos, valeurAuRepos } from "./champs.js";
import { celluleDe, verticale } from "./curseur.js";
import { el } from "./dom.js";
import { pluriel } from "./fr.js";
import { saisir } from "./saisir.js";
import { celluleSous, choisies, choisir, lacher, rectangle } from "./selection.js";

const caseDe = (cellule) => cellule?.querySelector("[data-case]");
const texteDe = (champ) => trouver(nomDe(champ))?.texte ?? (champ.matches("select, [type=checkbox]") ? valeurAuRepos(champ) : texteAuRepos(champ));
const remplissable = (champ) => champ && !estFige(champ) && !suiteDe(champ) && champ.tagName !== "TEXTAREA";

// `paires` : [[case, texte], …]; ce qui ne se remplit pas est laissé.
function poser(paires, mot) {
  const changements = paires
    .filter(([champ, texte]) => remplissable(champ) && texteDe(champ) !== texte)
    .map(([champ, texte]) => ({ nom: nomDe(champ), texte, avant: texteDe(champ) }));
  if (paires.some(([champ]) => champ === document.activeElement)) abandonner(document.activeElement);
  if (changements.length) saisir(changements);
  annoncer(changements.length ? `${pluriel(changements.length, `case ${mot}`, `cases ${mot}s`)}.` : `Aucune case n’est ${mot}.`);
}

// La première rangée du choix descend dans les autres; sans choix, la case d’au-dessus descend dans celle-ci.
export function remplir(champ) {
  const [premiere, ...autres] = rectangle();
  if (autres.length && estModifiee(champ)) valider(champ);
  const dessus = autres.length ? null : verticale(champ, -1);
  const paires = autres.length
    ? autres.flatMap((rangee) => rangee.map((cellule, rang) => [caseDe(cellule), caseDe(premiere[rang])]))
    : [[champ, dessus]];
  poser(paires.filter(([, source]) => source && texteDe(source)).map(([cible, source]) => [cible, texteDe(source)]), "remplie");
  return true;
}

export function vider() {
  const champs = choisies().filter(estCase);
  if (choisies().length < 2) return false;
  poser(champs.map((champ) => [champ, ""]), "vidée");
  return true;
}

const poignee = el("span", { class: "poignee", "aria-hidden": true, title: "Tirer pour remplir la colonne" });

// Le coin n’est là que sous une souris : au doigt, il prendrait la place du texte.
function montrer({ target }) {
  const cellule = estCase(target) && estNombre(target) && remplissable(target) && celluleDe(target);
  if (cellule && matchMedia("(hover: hover) and (pointer: fine)").matches) cellule.append(poignee);
  else poignee.remove();
}

function tirer(evenement) {
  const de = poignee.parentElement;
  const cellule = celluleSous(evenement, de);
  const rangee = cellule?.parentElement;
  if (rangee?.cells[de.cellIndex]) choisir(de, rangee.cells[de.cellIndex]);
}

function deposer() {
  const de = poignee.parentElement;
  const source = caseDe(de);
  const cibles = choisies().filter((champ) => estCase(champ) && champ !== source);
  if (estModifiee(source)) valider(source);
  if (cibles.length && texteDe(source)) poser(cibles.map((champ) => [champ, texteDe(source)]), "remplie");
}

export function demarrer() {
  document.addEventListener("focusin", montrer);
  document.addEventListener("focusout", ({ target }) => target.closest("td")?.contains(poignee) && poignee.remove());
  poignee.addEventListener("mousedown", (evenement) => evenement.preventDefault());
  poignee.addEventListener("pointerdown", (evenement) => {
    lacher();
    poignee.setPointerCapture(evenement.pointerId);
  });
  poignee.addEventListener("pointermove", (evenement) => poignee.hasPointerCapture(evenement.pointerId) && tirer(evenement));
  poignee.addEventListener("pointerup", deposer);
}
