// Peint sur la page ce que la boîte contient : le texte tapé dans sa case, et sous la rangée pourquoi il n’est pas enregistré.

import { annoncer } from "./annonce.js";
import { changer, enlever, poser, toutes } from "./boite.js";
import { champDe, champsDe, estTexte, genreDe, montrer, reposer, suiteDe } from "./champs.js";
import { enCours, rentrer } from "./cases.js";
import { bouton, el } from "./dom.js";
import { envoyer } from "./envoi.js";
import { dire, ecouter, etat } from "./etat.js";
import { dit } from "./fr.js";
import { assurer, cacher } from "./lignes.js";
import { choix, denoter, noter } from "./sous.js";
import { etaler } from "./suites.js";

let peintes = new Map(); // nom → ce qui a été peint, pour ne rien refaire

const marque = (entree) => `${entree.etat} ${entree.timbre}`;

function peindre() {
  const entrees = toutes().filter((entree) => entree.onglet === etat.onglet && (entree.genre !== "brouillon" || entree.etat === "retrouve"));
  const vues = new Map(entrees.map((entree) => [`${entree.genre} ${entree.nom}`, entree]));
  for (const [cle, ancienne] of peintes) if (!vues.has(cle)) effacer(ancienne.entree);
  for (const [cle, entree] of vues) {
    if (peintes.get(cle)?.marque !== marque(entree)) montrerEntree(entree);
  }
  peintes = new Map([...vues].map(([cle, entree]) => [cle, { entree, marque: marque(entree) }]));
}

function montrerEntree(entree) {
  denoter(entree.nom, "avis");
  if (entree.genre === "retrait") {
    cacher(entree.nom, entree.etat === "prete");
    NOTES[entree.etat]?.(entree);
    return;
  }
  assurer(entree.nom);
  const [champ] = champsDe(entree.nom);
  if (!champ) return;
  ecrire(champ, entree.texte);
  for (const un of champsDe(entree.nom)) {
    un.classList.toggle("attente", true);
    if (entree.etat === "refuse") un.setAttribute("aria-invalid", "true");
    else un.removeAttribute("aria-invalid");
  }
  NOTES[entree.etat]?.(entree);
}

function ecrire(champ, texte) {
  if (suiteDe(champ)) etaler(champ.dataset.case, texte);
  else if (enCours() !== champ) {
    montrer(champ, texte);
    if (document.activeElement === champ) rentrer(champ);
  }
}

function effacer({ nom, genre }) {
  denoter(nom, "avis");
  if (genre === "retrait") cacher(nom, false);
  for (const champ of champsDe(nom)) {
    champ.classList.remove("attente");
    champ.removeAttribute("aria-invalid");
    if (enCours() === champ) continue;
    if (document.activeElement === champ && estTexte(champ)) rentrer(champ);
    else reposer(champ);
  }
}

const cite = (entree) => `« ${entree.texte.length > 60 ? `${entree.texte.slice(0, 59)}…` : entree.texte} »`;
const rejeter = (entree) => () => {
  enlever([entree]);
  dire("lire");
};
const reprendre = (entree) => () => {
  poser([{ ...entree, genre: entree.genre === "brouillon" ? "saisie" : entree.genre, etat: "prete" }]);
  envoyer();
};
const aCopier = (entree) => el("input", { class: "copie", readonly: true, value: entree.texte, "aria-label": "Valeur à copier", focus: ({ target }) => target.select() });

const NOTES = {
  refuse: (entree) => {
    noter(entree.nom, "avis", "err", `${entree.libelle} : ${entree.phrase} Rien n’est enregistré pour ce champ.`);
    annoncer(`${entree.libelle} : ${entree.phrase}`);
  },
  conflit: (entree) => {
    const champ = champDe(entree.nom);
    const [mien, autre] = [entree.votre, entree.actuelle].map((valeur) => dit(champ && genreDe(champ), texteDe(valeur)));
    const phrase = `${entree.libelle} : ${entree.autre} a changé cette valeur pendant que vous tapiez. Laquelle garder ?`;
    noter(entree.nom, "avis", "ask", phrase, choix(
      el("span", {}, "La vôtre ", el("b", {}, entree.genre === "retrait" ? "ligne retirée" : mien), " ", bouton("Garder la mienne", reprendre(entree))),
      el("span", {}, `Celle de ${entree.autre} `, el("b", {}, autre), " ", bouton("Prendre l’autre", rejeter(entree))),
    ));
    annoncer(phrase);
  },
  verrou: (entree) => {
    const phrase = `${entree.libelle} : ${cite(entree)} n’est pas enregistré. ${entree.phrase}`;
    noter(entree.nom, "avis", "err", phrase, choix(aCopier(entree), bouton("Essayer encore", reprendre(entree)), bouton("Oublier", rejeter(entree))));
    annoncer(phrase);
  },
  retrouve: (entree) => {
    const phrase = `Texte retrouvé, pas encore enregistré : ${cite(entree)}.`;
    noter(entree.nom, "avis", "ask", phrase, choix(bouton("Enregistrer", reprendre(entree)), bouton("Oublier", rejeter(entree))));
  },
};

const texteDe = (valeur) => (valeur && typeof valeur === "object" ? Object.values(valeur).join(", ") : valeur);

// Les brouillons d’une page morte se montrent; ils ne partent pas d’eux-mêmes, on ne sait pas s’ils étaient finis.
export function retrouver() {
  const ici = enCours()?.dataset.case;
  const brouillons = toutes().filter((entree) => entree.genre === "brouillon" && entree.etat === "prete" && entree.nom !== ici);
  if (brouillons.length) changer(brouillons, (entree) => ({ ...entree, etat: "retrouve" }));
  peindre();
}

export function demarrer() {
  ecouter("boite", ({ ailleurs }) => !ailleurs && peindre());
  retrouver();
}
