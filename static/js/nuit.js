// La page de la nuit : branche les modules, dans l’ordre où ils ont besoin les uns des autres.

import "./page.js";
import "./presence.js";
import * as actions from "./actions.js";
import * as aller from "./aller.js";
import * as annuler from "./annuler.js";
import * as autrement from "./autrement.js";
import * as avis from "./avis.js";
import { appliquerNuit } from "./bande.js";
import { redessiner } from "./blocs.js";
import { relire } from "./boite.js";
import * as calcules from "./calcules.js";
import * as cases from "./cases.js";
import { marquer } from "./changes.js";
import * as clavier from "./clavier.js";
import * as coller from "./coller.js";
import * as completer from "./completer.js";
import * as connexion from "./connexion.js";
import * as copier from "./copier.js";
import { envoyer, partir } from "./envoi.js";
import { ecouter, etat } from "./etat.js";
import * as fraicheur from "./fraicheur.js";
import * as habitude from "./habitude.js";
import * as lignes from "./lignes.js";
import { auRetour } from "./magasin.js";
import * as parcours from "./parcours.js";
import * as pourquoi from "./pourquoi.js";
import { appliquerChiffres, appliquerOnglet } from "./recalcul.js";
import { montrerChoix, montrerRemarques } from "./remarques.js";
import * as remplir from "./remplir.js";
import * as selection from "./selection.js";
import * as somme from "./somme.js";
import * as statut from "./statut.js";
import * as suites from "./suites.js";
import * as trancher from "./trancher.js";

function appliquer(onglet, document_, nuit, recalcules = {}) {
  if (onglet === etat.onglet && document_.version < etat.version) return;
  appliquerChiffres(recalcules);
  appliquerOnglet(onglet, document_);
  if (onglet === etat.onglet) montrerChoix(onglet, document_);
  if (!nuit) return;
  appliquerNuit(nuit);
  montrerRemarques(nuit.remarques);
}

ecouter("boite", ({ ailleurs }) => ailleurs && relire());
ecouter("reponse", ({ onglet, corps }) => {
  appliquer(onglet, corps, corps.nuit, corps.recalcules);
  redessiner();
});
ecouter("fraiche", ({ nuit, document: lu, change }) => {
  for (const [onglet, document_] of Object.entries(nuit.tabs ?? {})) if (onglet !== etat.onglet) appliquerOnglet(onglet, { ...document_, version: nuit.version });
  if (lu) appliquer(etat.onglet, { ...lu, version: nuit.version }, nuit);
  if (change) redessiner();
});

for (const module of [completer, cases, lignes, suites, statut, annuler, coller, copier, selection, somme, remplir, autrement, parcours, clavier, pourquoi, trancher, actions, connexion, calcules, fraicheur]) module.demarrer();

marquer();

if (document.querySelector("[data-habitude]")) {
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.("input[data-case]")) habitude.montrer(target);
    else habitude.cacher();
  });
}

addEventListener("pagehide", () => {
  cases.quitterTout();
  partir();
});
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  envoyer();
  fraicheur.revenir();
});

auRetour(async () => {
  await relire();
  avis.retrouver();
  envoyer();
});
aller.demarrer();
await relire();
avis.demarrer();
envoyer();
document.documentElement.dataset.pret = "";
