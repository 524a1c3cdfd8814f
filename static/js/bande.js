// Ce qui est toujours en vue : les cinq montants, l’état des onglets, la complétude, l’état de la nuit. Une balance qui change s’annonce.

import { annoncer } from "./annonce.js";
import { el, icone, tous } from "./dom.js";
import { etat } from "./etat.js";
import { chiffre, dit, pluriel } from "./fr.js";
import { ecrire } from "./recalcul.js";

const ETATS = {
  equilibre: ["ok", "ok", "équilibré"], ecart: ["diff", "diff", "écart"], a_expliquer: ["wait", "note", "à expliquer"],
  expliquee: ["", "note", "expliquée"], attente: ["", "wait", "en attente"], na: ["", "dash", "sans objet"], erreur: ["diff", "warn", "erreur"], vide: ["", "void", "vide"],
  en_cours: ["wait", "half", "en cours"], synchronise: ["", "sync", "synchronisé"], complet: ["ok", "ok", "complet"],
  sans_activite: ["", "dash", "sans activité"], soumise: ["", "ok", "soumise"], verrouillee: ["", "lock", "verrouillée"],
};
const permis = etat.modifiable;

let vue = 0; // la version la plus récente déjà montrée

export function appliquerNuit(nuit) {
  if (nuit.version < vue) return;
  vue = nuit.version;
  for (const montant of nuit.bande) montrerMontant(montant);
  for (const [onglet, axes] of Object.entries(nuit.onglets)) {
    for (const place of tous(`[data-onglet-etat="${onglet}"]`)) dessiner(place, etatDe(axes));
  }
  montrerCompletude(nuit);
  for (const place of tous("[data-etat-nuit]")) place.textContent = nuit.libelle_etat;
  if ("modifiable" in nuit) figer(!nuit.modifiable);
}

function montrerMontant({ cle, libelle, valeur, etat: balance, attend = [] }) {
  for (const lien of tous(`[data-bande="${cle}"]`)) {
    const place = lien.querySelector(".st");
    const nouveau = attend.length ? "attente" : balance === "ok" ? equilibre(cle, valeur) : balance;
    const papiers = lien.querySelector("[data-attend]");
    papiers.textContent = papiers.title = attend.join(", ");
    const sortie = lien.querySelector("output");
    if (valeur && !sortie.querySelector("[data-unite]")) sortie.append(el("span", { class: "cur", "data-unite": true }, "\u00a0$"));
    if (!valeur) sortie.querySelector("[data-unite]")?.remove();
    const change = ecrire(sortie, chiffre(valeur));
    const manque = attend.length ? ` : ${pluriel(attend.length, "papier", "papiers")}` : "";
    if (dessiner(place, nouveau, manque) || change) annoncer(`${libelle} : ${place.textContent.trim()}, ${dit("money", valeur)}.`);
  }
}

const equilibre = (cle, valeur) => (cle === "diff_caisse" && /[1-9]/.test(valeur ?? "") ? "expliquee" : "equilibre");

function etatDe({ etat: rempli, equilibre: balance, source, attend = [] }) {
  if (source === "error") return "erreur";
  if (balance === "ecart" || balance === "a_expliquer") return balance;
  if (rempli !== "complet") return rempli;
  if (attend.length) return "attente";
  if (balance === "ok") return "equilibre";
  return source === "synced" ? "synchronise" : "complet";
}

// L’icône et le mot d’un état, jamais la couleur seule; dit si quelque chose a changé.
function dessiner(place, nouveau, suite = "") {
  const [sens, dessin, mot] = ETATS[nouveau];
  if (place.textContent.trim() === mot + suite) return false;
  place.className = `st ${sens}`.trim();
  place.replaceChildren(icone(dessin), suite ? el("span", {}, mot, el("span", { class: "papiers" }, suite)) : mot);
  return true;
}

function montrerCompletude({ onglets }) {
  const remplis = Object.values(onglets).filter(({ etat: rempli }) => rempli === "complet" || rempli === "sans_activite").length;
  for (const place of tous("[data-completude]")) {
    if (place.tagName === "PROGRESS") place.value = remplis;
    else ecrire(place, `${remplis} sur ${Object.keys(onglets).length}`);
  }
}

// Une nuit soumise ou verrouillée ne se tape plus; le texte reste lisible et copiable.
export function figer(fige) {
  if (etat.modifiable === !fige || !permis) return;
  etat.modifiable = !fige;
  for (const champ of tous("[data-case]")) {
    if (champ.matches("select, [type=checkbox]")) champ.disabled = fige;
    else champ.readOnly = fige;
  }
  for (const bouton of tous("[data-ajouter], [data-retirer], [data-proposer], [data-choix]")) bouton.disabled = fige;
}
