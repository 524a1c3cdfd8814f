// Entrer dans une case et en sortir. En entrant : le texte de la somme, ou le nombre simple. En sortant : le texte tapé part.
// Ce qui est en train d’être tapé est gardé à chaque frappe (brouillon), pour un navigateur qui mourrait.

import { enlever, poser, trouver } from "./boite.js";
import { aRetaper, estCase, estFige, estTexte, lire, montrer, nomDe, texteAuRepos, texteDe, valeurAuRepos } from "./champs.js";
import { etat } from "./etat.js";
import { saisir } from "./saisir.js";

const entrees = new WeakMap(); // champ → {texte, avant, base} : ce qu’on a trouvé en entrant

const retenue = (champ) => trouver(nomDe(champ));

export const estEntree = (champ) => entrees.has(champ);
export const estModifiee = (champ) => entrees.has(champ) && champ.value !== entrees.get(champ).texte;

// La case où l’on est en train de taper, s’il y en a une.
export function enCours() {
  const champ = document.activeElement;
  return estCase(champ) && estModifiee(champ) ? champ : null;
}

function entrer(champ) {
  if (entrees.has(champ) || estFige(champ) || !estTexte(champ)) return;
  if (!retenue(champ)) montrer(champ, aRetaper(champ));
  entrees.set(champ, { texte: champ.value, avant: retenue(champ)?.texte ?? texteAuRepos(champ), base: undefined });
  champ.select();
}

// La valeur du serveur vient de changer sous une case où l’on est, mais où rien n’est tapé.
export function rentrer(champ) {
  const { selectionStart: debut, selectionEnd: fin, value } = champ;
  entrees.delete(champ);
  entrer(champ);
  if (Number.isInteger(debut) && (debut > 0 || fin < value.length)) champ.setSelectionRange(debut, fin);
}

// Enregistre sans quitter la case.
export function valider(champ) {
  quitter(champ);
  if (document.activeElement === champ) entrer(champ);
}

// Un texte entré sans être dans la case (dépôt, remplissage du navigateur, son menu Annuler) part d’après ce qu’elle montrait.
const surprise = (champ) => ({ texte: retenue(champ)?.texte ?? valeurAuRepos(champ), avant: retenue(champ)?.texte ?? texteAuRepos(champ), base: undefined });

export function taper(champ) {
  if (!entrees.has(champ)) entrees.set(champ, surprise(champ));
  const entree = entrees.get(champ);
  const brouillon = trouver(nomDe(champ), "brouillon");
  if (estModifiee(champ)) {
    entree.base ??= retenue(champ) ? undefined : etat.version;
    poser([{ nom: nomDe(champ), genre: "brouillon", texte: texteDe(champ), base: entree.base ?? retenue(champ)?.base }]);
  } else if (brouillon) {
    enlever([brouillon]);
  }
}

export function quitter(champ) {
  const entree = entrees.get(champ);
  if (!entree) return;
  const change = estModifiee(champ);
  entrees.delete(champ);
  if (change) {
    saisir([{ nom: nomDe(champ), texte: texteDe(champ, lireAutres(champ)), avant: entree.avant, base: entree.base }]);
  } else if (!retenue(champ)) {
    montrer(champ, valeurAuRepos(champ));
  }
}

// Dans une suite, les autres montants comptent tels qu’on les retaperait.
const lireAutres = (champ) => (autre) => (autre === champ || retenue(autre) ? lire(autre) : aRetaper(autre));

export function oublierBrouillon(champ) {
  const brouillon = trouver(nomDe(champ), "brouillon");
  if (brouillon) enlever([brouillon]);
}

// Échap : d’abord ce qu’on vient de taper, ensuite ce qui n’a pas pu être enregistré.
function renoncer(champ) {
  const attente = retenue(champ);
  if (estModifiee(champ)) {
    champ.value = entrees.get(champ).texte;
    oublierBrouillon(champ);
  } else if (attente && attente.etat !== "prete") {
    enlever([attente]);
    rentrer(champ);
  }
  champ.select?.();
}

function choisir(champ) {
  const avant = retenue(champ)?.texte ?? valeurAuRepos(champ);
  if (lire(champ) !== avant) saisir([{ nom: nomDe(champ), texte: lire(champ), avant }]);
}

// Un collage ou une annulation remplace ce qui était en train d’être tapé.
export function abandonner(champ) {
  entrees.delete(champ);
  oublierBrouillon(champ);
}

export function quitterTout() {
  if (estCase(document.activeElement)) quitter(document.activeElement);
}

export function demarrer() {
  document.addEventListener("focusin", ({ target }) => estCase(target) && entrer(target));
  document.addEventListener("focusout", ({ target }) => {
    const ailleurs = document.activeElement === target || document.querySelector("dialog[open]");
    if (estCase(target) && !ailleurs) quitter(target);
  });
  document.addEventListener("input", ({ target }) => estCase(target) && estTexte(target) && taper(target));
  document.addEventListener("change", ({ target }) => estCase(target) && !estTexte(target) && choisir(target));
  document.addEventListener("keydown", (evenement) => {
    if (evenement.key !== "Escape" || !estCase(evenement.target) || estFige(evenement.target)) return;
    evenement.preventDefault();
    renoncer(evenement.target);
  });
  reprendreLaPage();
}

// Ce qui a été tapé avant que ce module n’arrive compte aussi.
function reprendreLaPage() {
  const champ = document.activeElement;
  if (!estCase(champ) || !estTexte(champ)) return;
  if (champ.value === champ.defaultValue) entrer(champ);
  else {
    entrees.set(champ, { texte: aRetaper(champ), avant: texteAuRepos(champ), base: undefined });
    taper(champ);
  }
}

