// Ce qui entre dans une case autrement qu’au clavier : collé, glissé, corrigé, choisi, rempli par le navigateur. C’est fini quand cela
// entre : rien n’attend qu’on quitte la case.

import { estEntree, estModifiee, quitter, taper, valider } from "./cases.js";
import { estCase, estFige, estTexte, suiteDe } from "./champs.js";
import { coller } from "./coller.js";

const AUTREMENT = /^(insertFrom|insertReplacement|history|deleteBy|$)/;
const PAUSE = 1000; // qui colle puis continue de taper n’a pas fini
let bientot = 0;

const ouverte = (cible) => estCase(cible) && estTexte(cible) && !estFige(cible);
const ailleurs = (champ) => document.activeElement !== champ;

function entrer({ target: champ, inputType = "" }) {
  if (!ouverte(champ)) return;
  clearTimeout(bientot);
  if (ailleurs(champ)) setTimeout(() => ailleurs(champ) && quitter(champ));
  else if (AUTREMENT.test(inputType)) bientot = setTimeout(() => estModifiee(champ) && valider(champ), PAUSE);
}

// Un remplissage qui ne dit que « changé ».
function changer({ target: champ }) {
  if (!ouverte(champ) || !ailleurs(champ) || estEntree(champ)) return;
  taper(champ);
  quitter(champ);
}

// Glissé avec la souris : prend la place, comme collé; ce qu’on a glissé reste où il était.
function deposer(evenement) {
  const champ = evenement.target;
  const texte = evenement.dataTransfer?.getData("text/plain");
  if (!texte || !ouverte(champ) || suiteDe(champ) || champ.tagName === "TEXTAREA") return;
  evenement.preventDefault();
  champ.focus();
  coller(champ, texte);
}

export function demarrer() {
  document.addEventListener("input", entrer);
  document.addEventListener("change", changer);
  document.addEventListener("drop", deposer);
}
