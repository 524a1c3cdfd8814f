// Envoie la boîte : une demande à la fois pour la nuit, les cases d’un onglet lues à la même version ensemble.

import { demander, lancer } from "./api.js";
import { aEnvoyer, marquerParties, relire } from "./boite.js";
import { seul } from "./entre-pages.js";
import { dire, etat } from "./etat.js";
import { traiter } from "./issues.js";

const ENSEMBLE = 200;
const ESSAIS = [1, 2, 4, 8, 15, 30];

let demande = false;
let tourne = false;
let rendezVous = 0;
let echecs = 0;
let enVol = [];

// Tout ce qui presse l’envoi passe par ici; plusieurs demandes rapprochées n’en font qu’une.
export function envoyer() {
  demande = true;
  clearTimeout(rendezVous);
  if (tourne) return;
  tourne = true;
  queueMicrotask(tourner);
}

async function tourner() {
  try {
    while (demande) {
      demande = false;
      await seul(vider);
    }
  } finally {
    tourne = false;
  }
}

async function vider() {
  await relire();
  for (let lot = prochain(aEnvoyer()); lot.length; lot = prochain(aEnvoyer())) {
    dire("phase", { nom: "envoi" });
    enVol = lot;
    marquerParties(lot);
    const reponse = await demander("PATCH", adresse(lot), { corps: corps(lot), garde: true });
    enVol = [];
    const suite = traiter(lot, reponse);
    if (suite) {
      dire("phase", suite);
      if (suite.nom === "attente") plusTard(suite);
      return;
    }
    echecs = 0;
    await relire();
  }
  dire("phase", { nom: "repos" });
}

function plusTard({ attendre }) {
  const secondes = attendre || ESSAIS[Math.min(echecs, ESSAIS.length - 1)];
  echecs += 1;
  rendezVous = setTimeout(envoyer, secondes * 1000);
}

// Le plus ancien d’abord, et ce qui peut partir avec lui.
function prochain(entrees) {
  const [premiere, ...autres] = entrees.toSorted((a, b) => a.quand - b.quand);
  if (!premiere) return [];
  if (premiere.seule) return [premiere];
  const avec = autres.filter((autre) => autre.onglet === premiere.onglet && autre.base === premiere.base && !autre.seule);
  return [premiere, ...avec].slice(0, ENSEMBLE);
}

const adresse = ([{ onglet }]) => `${etat.api}/${onglet}`;

function corps(lot) {
  const saisies = {};
  const values = {};
  const annule = lot.filter(({ defait }) => defait).map(({ onglet, nom }) => nom.slice(onglet.length + 1));
  for (const { onglet, nom, genre, texte } of lot) {
    const cle = nom.slice(onglet.length + 1);
    if (genre === "retrait") {
      const [liste, id] = cle.split(".");
      (values[liste] ??= []).push({ id, _supprimer: true });
    } else {
      saisies[cle] = texte;
    }
  }
  return { version: lot[0].base, saisies, values, ...(annule.length ? { annule } : {}) };
}

// La page s’en va : ce qui n’est pas déjà parti part sans attendre de réponse, et reste dans la boîte jusqu’à ce qu’on la sache.
export function partir() {
  const partis = new Set(enVol.map((entree) => entree.timbre));
  let reste = aEnvoyer().filter((entree) => !partis.has(entree.timbre));
  while (reste.length) {
    const lot = prochain(reste);
    lancer("PATCH", adresse(lot), corps(lot));
    marquerParties(lot);
    reste = reste.filter((entree) => !lot.includes(entree));
  }
}

addEventListener("online", envoyer);
