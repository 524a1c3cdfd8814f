// Les remarques de la nuit et les deux chiffres à trancher, sous la rangée de leur case.

import { genreDe, champDe } from "./champs.js";
import { el, tous } from "./dom.js";
import { etat } from "./etat.js";
import { dit, typographie } from "./fr.js";
import { detailDe } from "./origines.js";
import { choix, noter, oter } from "./sous.js";

const SOURCES = { lightspeed: "Lightspeed", importe: "Rapport importé" };

// Une case n’a qu’une note : tout ce qui la remarque s’y suit.
export function montrerRemarques(remarques) {
  oter(...notesDe("remarque"));
  const dites = {};
  for (const { champ, message } of remarques) {
    if (champ.startsWith(`${etat.onglet}.`)) (dites[champ] ??= []).push(typographie(message));
  }
  for (const [champ, phrases] of Object.entries(dites)) noter(champ, "remarque", "wait", phrases.join(" "));
}

// Les deux chiffres d’une case : celui d’une personne, et celui qu’une source donne à côté.
export function montrerChoix(onglet, { origines = {}, differences = [], values }) {
  oter(...notesDe("choix"));
  for (const { champ, saisi, source, ecart } of differences) {
    const cle = champ.slice(onglet.length + 1);
    if (!origines[cle]?.garde || origines[cle].garde !== source) proposer(champ, [saisi, origines[cle]], [source, "La source donne"], ecart);
  }
  for (const [cle, origine] of Object.entries(origines)) {
    if (origine.ailleurs) proposer(`${onglet}.${cle}`, [lire(values, cle), origine], [origine.ailleurs.valeur, nommer(origine.ailleurs)]);
  }
}

function proposer(nom, [saisi, origine], [autre, provenance], ecart) {
  const genre = champDe(nom) ? genreDe(champDe(nom)) : "money";
  const phrase = ["Deux chiffres", ecart ? [", ", el("b", {}, dit(genre, ecart.replace("-", ""))), " d’écart"] : "", ". Le chiffre saisi est retenu tant que personne n’a tranché."].flat();
  const cote = (texte, valeur, choisi, verbe, precision) =>
    el("span", {}, `${texte} `, el("b", {}, dit(genre, valeur)), " ", trancheur(nom, choisi, verbe, precision));
  noter(nom, "choix", "ask", el("span", {}, ...phrase), choix(
    cote(`Saisi ${detailDe(origine ?? {})}`.trim(), saisi, "garder", "Garder", " le chiffre saisi"),
    cote(provenance, autre, "prendre", "Prendre", " l’autre chiffre"),
  ));
}

const trancheur = (nom, choisi, verbe, precision) =>
  el("button", { type: "button", class: "btn", "data-pour": nom, "data-choix": choisi }, verbe, el("span", { class: "vh" }, precision));

const notesDe = (sorte) => tous(`[data-note="${sorte}"]`);
const nommer = (ailleurs) => [SOURCES[ailleurs.genre] ?? "Autre source", detailDe(ailleurs)].filter(Boolean).join(" ");

// La valeur d’une case dans `values`.
function lire(values, cle) {
  return cle.split(".").reduce((place, partie) => (Array.isArray(place) ? place.find((ligne) => ligne.id === partie) : place?.[partie]), values);
}
