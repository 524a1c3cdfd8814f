// La boîte d’envoi de la nuit : tout ce qui est tapé y entre d’abord, et n’en sort que sur la parole du serveur.
//
// Une entrée : {cle, timbre, onglet, nom, genre, texte, base, par, auteur, quand, etat, …}. Elle est au compte `par`, pour toujours : la
// page d’un autre ne la montre pas et ne l’envoie pas. `genre` : saisie, retrait (d’une ligne) ou
// brouillon (une case pas encore quittée). `base` : la version que la personne avait sous les yeux. `etat` : prete, refuse,
// conflit, verrou ou retrouve. `timbre` change à chaque frappe validée : une réponse ne touche que ce qu’elle concerne. `parti` :
// envoyée, on ne sait pas ce qu’il en est advenu; `incertaine` : un texte d’avant est parti ainsi, et a pu être gardé.

import { diffuser } from "./entre-pages.js";
import { dire, etat, moi, monNom } from "./etat.js";
import { changer as changerCles, lireTout, mettre } from "./magasin.js";

const MIENNES = [etat.hotel, etat.date, moi];
const memoire = new Map();
const nonEcrites = new Set(); // les timbres que le disque n’a pas encore : la mémoire de la page les garde
const finies = new Set(); // ceux que le serveur a, même si le disque n’a pas pu les oublier
let ecritures = 0;
let instant = 0;

// Jamais deux fois le même : ce qui est collé d’un coup part dans l’ordre où on le lit.
const unInstant = () => (instant = Math.max(Date.now(), instant + 1));

export const identifiant = () => [...crypto.getRandomValues(new Uint8Array(8))].map((octet) => octet.toString(16).padStart(2, "0")).join("");

const cleDe = (nom, genre) => [...MIENNES, nom, genre];
const enTexte = (cle) => cle.join("\n");

export const toutes = () => [...memoire.values()];
export const trouver = (nom, genre = "saisie") => memoire.get(enTexte(cleDe(nom, genre)));
export const aEnvoyer = () => toutes().filter((entree) => entree.etat === "prete" && entree.genre !== "brouillon");

// Une saisie prend la place du brouillon de sa case, d’un seul geste.
export function poser(nouvelles) {
  const entrees = nouvelles.map((nouvelle) => completee(nouvelle));
  const finis = entrees.filter(({ genre }) => genre === "saisie").map(({ nom }) => cleDe(nom, "brouillon"));
  for (const cle of finis) memoire.delete(enTexte(cle));
  for (const entree of entrees) memoire.set(enTexte(entree.cle), entree);
  for (const { timbre } of entrees) nonEcrites.add(timbre);
  ecritures += 1;
  mettre(entrees, finis, () => {
    for (const { timbre } of entrees) nonEcrites.delete(timbre);
    diffuser("boite");
  });
  dire("boite");
}

// Une case reprise avant d’être enregistrée garde la version lue la première fois.
function completee(nouvelle) {
  const genre = nouvelle.genre ?? "saisie";
  const avant = trouver(nouvelle.nom, genre);
  const base = nouvelle.base ?? avant?.base ?? etat.version;
  return {
    etat: "prete", quand: unInstant(), onglet: nouvelle.nom.split(".")[0],
    ...nouvelle, par: moi, auteur: monNom, genre, base, cle: cleDe(nouvelle.nom, genre), timbre: identifiant(),
    parti: false, incertaine: Boolean(nouvelle.incertaine || avant?.parti || avant?.incertaine),
  };
}

// Change des entrées qui n’ont pas été retapées depuis; `devient` rend la nouvelle entrée, ou `null` pour l’enlever.
export function changer(entrees, devient, retapee = () => undefined) {
  const timbres = new Map(entrees.map((entree) => [enTexte(entree.cle), entree.timbre]));
  const suite = (entree) => (timbres.get(enTexte(entree.cle)) === entree.timbre ? devient(entree) : retapee(entree));
  for (const cle of timbres.keys()) {
    const nouvelle = memoire.has(cle) ? suite(memoire.get(cle)) : undefined;
    if (nouvelle === null) finies.add(memoire.get(cle).timbre);
    if (nouvelle === null) memoire.delete(cle);
    else if (nouvelle !== undefined) memoire.set(cle, nouvelle);
  }
  ecritures += 1;
  changerCles(entrees.map((entree) => entree.cle), suite, () => diffuser("boite"));
  dire("boite");
}

export const enlever = (entrees) => entrees.length && changer(entrees, () => null);

export const marquerParties = (entrees) => changer(entrees, (entree) => ({ ...entree, parti: true }));

// Le serveur a gardé ces entrées à cette version; ce qui a été retapé entre-temps l’a été par-dessus.
export const conclure = (entrees, version) => changer(entrees, () => null, (entree) => ({ ...entree, base: version, incertaine: false }));

// Relit ce que les autres pages ont écrit; une écriture faite pendant la lecture la recommence.
export async function relire() {
  const vues = ecritures;
  const lues = await lireTout(MIENNES);
  if (lues === null) return;
  if (vues !== ecritures) {
    await relire();
    return;
  }
  const gardees = toutes().filter(({ timbre }) => nonEcrites.has(timbre));
  memoire.clear();
  for (const entree of [...lues.filter(({ timbre }) => !finies.has(timbre)), ...gardees]) memoire.set(enTexte(entree.cle), entree);
  dire("boite");
}
