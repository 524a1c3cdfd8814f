// Ctrl+Z : remet la valeur d’avant le dernier changement de cet onglet. La pile suit l’onglet du navigateur d’une page à l’autre.

import { annoncer } from "./annonce.js";
import { champDe, libelleDe } from "./champs.js";
import { ecouter, etat } from "./etat.js";
import { saisir } from "./saisir.js";

const CLE = `annuler ${etat.hotel} ${etat.date} ${etat.onglet}`;
const PROFONDEUR = 50;

const lire = () => JSON.parse(sessionStorage.getItem(CLE) ?? "[]");
const ecrire = (pile) => sessionStorage.setItem(CLE, JSON.stringify(pile.slice(-PROFONDEUR)));

// La version du serveur qui a reçu le changement : si quelqu’un l’a changé depuis, annuler pose la question au lieu d’écraser.
function dater(noms, version) {
  ecrire(lire().map((changements) => changements.map((un) => (noms.includes(un.nom) ? { ...un, base: version } : un))));
}

export function annuler() {
  const pile = lire();
  const changements = pile.pop();
  if (!changements) {
    annoncer("Rien à annuler dans cet onglet.");
    return;
  }
  ecrire(pile);
  saisir(changements.map(({ nom, avant, base }) => ({ nom, texte: avant, base })), { annulable: false });
  const champ = champDe(changements[0].nom);
  champ?.focus();
  annoncer(`Annulé : ${champ ? libelleDe(champ) : "le dernier changement"}.`);
}

export function demarrer() {
  ecouter("saisie", ({ changements }) => ecrire([...lire(), changements.map(({ nom, avant }) => ({ nom, avant }))]));
  ecouter("reponse", ({ noms, corps, ailleurs }) => !ailleurs && dater(noms, corps.version));
}
