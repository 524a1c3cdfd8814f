// La ligne de sauvegarde : elle ne dit « Enregistré » qu’après le serveur, et jamais quand quelque chose attend.

import { toutes } from "./boite.js";
import { el, tous } from "./dom.js";
import { adresseDe, ecouter } from "./etat.js";
import { heure, pluriel } from "./fr.js";

let phase = { nom: "repos" };
let derniere = "";
let depuis = ""; // l’heure des chiffres montrés, quand ils n’ont pas pu être relus
let premiere = null; // ce que le serveur a dessiné

const attend = (entree) => entree.etat === "prete";

function afficher() {
  const entrees = toutes();
  const enAttente = entrees.filter((entree) => attend(entree) && entree.genre !== "brouillon").length;
  const aVoir = entrees.filter((entree) => !attend(entree));
  const ouverte = entrees.some((entree) => entree.genre === "brouillon" && attend(entree));
  const morceaux = [];
  if (enAttente && (phase.nom === "attente" || phase.nom === "arret")) {
    morceaux.push(`${pluriel(enAttente, "modification", "modifications")} en attente : ${phase.raison}`);
  } else if (enAttente) {
    morceaux.push("Enregistrement…");
  }
  if (aVoir.length) morceaux.push(lien(aVoir));
  if (!morceaux.length && ouverte) morceaux.push("Saisie en cours");
  if (!morceaux.length && derniere) morceaux.push(`Enregistré à ${derniere}`);
  if (phase.phrase && enAttente) morceaux.push(phase.phrase);
  ecrire([...(morceaux.length ? morceaux : [premiere]), ...(depuis ? [`chiffres lus à ${depuis}`] : [])]);
}

// Ce qui ne partira pas de soi-même, avec un lien vers la première case.
function lien(aVoir) {
  const texte = `${pluriel(aVoir.length, "valeur", "valeurs")} à revoir`;
  return el("a", { href: adresseDe(aVoir[0].nom) }, texte);
}

function ecrire(morceaux) {
  for (const sortie of tous("[data-sauvegarde]")) {
    const texte = morceaux.map((morceau) => morceau.textContent ?? morceau).join(" · ");
    if (sortie.textContent === texte) continue;
    sortie.replaceChildren(...morceaux.flatMap((morceau, rang) => (rang ? [" · ", morceau] : [morceau])));
  }
}

export function demarrer() {
  premiere = document.querySelector("[data-sauvegarde]")?.textContent ?? "";
  ecouter("boite", afficher);
  ecouter("phase", (nouvelle) => {
    phase = nouvelle;
    afficher();
  });
  ecouter("age", (age) => {
    depuis = age.depuis;
    afficher();
  });
  ecouter("reponse", ({ corps, noms, onglet, heure: recue }) => {
    const instants = noms.map((nom) => corps.origines?.[nom.slice(onglet.length + 1)]?.a).filter(Boolean).sort();
    derniere = heure(instants.at(-1) ?? recue) || derniere; // une case vidée n’a plus d’origine
    afficher();
  });
}
