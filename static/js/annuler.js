// Ctrl+Z : remet la valeur d’avant le dernier changement de cet onglet, et n’en laisse rien; Ctrl+Y : le refait. Les piles suivent
// l’onglet du navigateur d’une page à l’autre; elles sont à la personne qui a tapé.

import { annoncer } from "./annonce.js";
import { enlever, trouver } from "./boite.js";
import { champDe, libelleDe, nomDe, texteAuRepos } from "./champs.js";
import { tous } from "./dom.js";
import { ecouter, etat, moi } from "./etat.js";
import { casesDe, effacer, ligneNommee } from "./lignes.js";
import { saisir } from "./saisir.js";
import { oter } from "./sous.js";
import { tiroir } from "./tiroir.js";

const PROFONDEUR = 50;
const piles = tiroir("sessionStorage");
const cle = (quoi) => [quoi, etat.hotel, etat.date, etat.onglet, moi].join(" ");

const lire = (quoi) => JSON.parse(piles.lire(cle(quoi)) ?? "[]");
const ecrire = (quoi, pile) => piles.garder(cle(quoi), JSON.stringify(pile.slice(-PROFONDEUR)));

// La version du serveur qui a reçu le changement : si quelqu’un l’a changé depuis, annuler pose la question au lieu d’écraser.
function dater(noms, version) {
  const touche = (nom) => noms.some((un) => nom === un || nom.startsWith(`${un}.`));
  for (const quoi of ["annuler", "refaire"]) {
    ecrire(quoi, lire(quoi).map((changements) => changements.map((un) => (touche(un.nom) ? { ...un, base: version } : un))));
  }
}

const tenir = ({ nom, texte, avant }) => ({ nom, avant, apres: texte, base: etat.version });

function deplacer(de, vers, sens, mot) {
  const pile = lire(de);
  const changements = pile.pop();
  if (!changements) {
    annoncer(`Rien à ${de} dans cet onglet.`);
    return;
  }
  ecrire(de, pile);
  ecrire(vers, [...lire(vers), changements]);
  oter(...tous("[data-note=collage]"));
  remettre(changements.map((un) => ({ nom: un.nom, texte: un[sens], base: un.base })));
  const champ = changements.map(({ nom }) => champDe(nom)).find((un) => un?.getClientRects().length);
  champ?.focus();
  annoncer(`${mot} : ${champ ? libelleDe(champ) : "le dernier changement"}.`);
}

export const annuler = () => deplacer("annuler", "refaire", "avant", "Annulé");
export const refaire = () => deplacer("refaire", "annuler", "apres", "Refait");

// Une ligne dont il ne reste rien s’en va : elle n’était là que par ce qu’on défait.
function remettre(changements) {
  const textes = new Map(changements.map(({ nom, texte }) => [nom, texte]));
  const lignes = new Set(changements.map(({ nom }) => ligneNommee(nom)).filter(Boolean));
  const vides = new Set([...lignes].filter((ligne) => casesDe(ligne).every((champ) => !(textes.get(nomDe(champ)) ?? texteDe(champ)))));
  const siennes = changements.filter(({ nom }) => !vides.has(ligneNommee(nom)));
  for (const ligne of vides) effacer(ligne, { incertaine: true });
  enlever(siennes.map(({ nom }) => trouver(nom.split(".").slice(0, 3).join("."), "retrait")).filter(Boolean));
  if (siennes.length) saisir(siennes.map((un) => ({ ...un, defait: true, incertaine: true })), { annulable: false });
}

const texteDe = (champ) => trouver(nomDe(champ))?.texte ?? texteAuRepos(champ);

export function demarrer() {
  ecouter("saisie", ({ changements }) => {
    ecrire("annuler", [...lire("annuler"), changements.map(tenir)]);
    ecrire("refaire", []);
  });
  ecouter("reponse", ({ noms, corps, ailleurs }) => !ailleurs && dater(noms, corps.version));
}
