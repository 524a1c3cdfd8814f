// Ce qui est toujours en vue : les cinq montants, l’état des onglets, la complétude, l’état de la nuit. Une balance qui change s’annonce.

import { annoncer } from "./annonce.js";
import { tous } from "./dom.js";
import { etat } from "./etat.js";
import { chiffre, dit } from "./fr.js";
import { ecrire } from "./recalcul.js";

let vue = 0; // la version la plus récente déjà montrée

export function appliquerNuit(nuit) {
  if (nuit.version < vue) return;
  vue = nuit.version;
  for (const montant of nuit.bande) montrerMontant(montant);
  for (const [onglet, axes] of Object.entries(nuit.onglets)) {
    for (const place of tous(`[data-onglet-etat="${onglet}"]`)) copier(place, etatDe(axes));
  }
  montrerCompletude(nuit);
  for (const place of tous("[data-etat-nuit]")) place.textContent = nuit.libelle_etat;
  if ("modifiable" in nuit) figer(!nuit.modifiable);
}

function montrerMontant({ cle, libelle, valeur, etat: balance }) {
  for (const lien of tous(`[data-bande="${cle}"]`)) {
    const place = lien.querySelector(".st");
    const nouveau = balance === "ok" ? equilibre(cle, valeur) : balance;
    const change = ecrire(lien.querySelector("output"), chiffre(valeur));
    const autre = place.dataset.etat !== nouveau;
    copier(place, nouveau);
    if (change || autre) annoncer(`${libelle} : ${place.textContent.trim()}, ${dit("money", valeur)}.`);
  }
}

const equilibre = (cle, valeur) => (cle === "diff_caisse" && /[1-9]/.test(valeur ?? "") ? "expliquee" : "equilibre");

function etatDe({ etat: rempli, equilibre: balance, source }) {
  if (balance === "ecart" || balance === "a_expliquer") return balance;
  if (rempli === "vide" || rempli === "sans_activite") return rempli;
  if (rempli === "en_cours") return source === "synced" ? "synchronise" : "en_cours";
  return balance === "ok" ? "equilibre" : "complet";
}

// Chaque état n’est écrit qu’une fois, dans le gabarit : on en copie l’icône et le mot.
function copier(place, nouveau) {
  const modele = document.getElementById("etats")?.content.querySelector(`[data-etat="${nouveau}"]`);
  if (!modele || place.dataset.etat === nouveau) return;
  place.className = modele.className;
  place.dataset.etat = nouveau;
  place.replaceChildren(...modele.cloneNode(true).childNodes);
}

function montrerCompletude({ onglets, completude }) {
  const remplis = Object.values(onglets).filter(({ etat: rempli }) => rempli === "complet" || rempli === "sans_activite").length;
  for (const place of tous("[data-completude]")) {
    if (place.tagName === "PROGRESS") place.value = place.max === 100 ? completude : remplis;
    else ecrire(place, `${remplis} sur ${Object.keys(onglets).length}`);
  }
}

// Une nuit soumise ou verrouillée ne se tape plus; le texte reste lisible et copiable.
export function figer(fige) {
  if (etat.modifiable === !fige) return;
  etat.modifiable = !fige;
  for (const champ of tous("[data-case], [data-element]")) {
    if (champ.matches("select, [type=checkbox]")) champ.disabled = fige;
    else champ.readOnly = fige;
  }
  for (const bouton of tous("[data-ajouter], [data-retirer], [data-proposer], [data-trancher]")) bouton.disabled = fige;
}
