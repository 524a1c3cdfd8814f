// Sur toute page : dit quand des valeurs tapées dans une nuit n’ont jamais pu être enregistrées. Les siennes mènent à leur nuit; celles
// d’une autre personne se comptent seulement : elles ne se montrent et ne partent qu’à sa connexion.

import { el, meta, tous } from "./dom.js";
import { pluriel } from "./fr.js";
import { lireTard } from "./magasin.js";

const moi = meta("utilisateur");

function parGroupe(entrees, cleDe) {
  const groupes = new Map();
  for (const entree of entrees) groupes.set(cleDe(entree), [...(groupes.get(cleDe(entree)) ?? []), entree]);
  return [...groupes.values()];
}

const mienne = ([{ cle, onglet, nom }, ...autres]) =>
  el("li", {}, el("a", { href: `/rj/native/${cle[1]}/${onglet}#${nom}` }, `Nuit du ${cle[1]}`), ` : ${pluriel(1 + autres.length, "valeur tapée n’est pas enregistrée", "valeurs tapées ne sont pas enregistrées")}.`);

const autrui = ([{ cle, auteur, par }, ...autres]) =>
  el("li", {}, `${auteur ?? par} a laissé ${pluriel(1 + autres.length, "valeur non enregistrée", "valeurs non enregistrées")} dans ce navigateur (nuit du ${cle[1]}). ${autres.length ? "Elles partiront" : "Elle partira"} à sa prochaine connexion, à son nom.`);

export async function demarrer() {
  const place = document.querySelector("main");
  const entrees = (await lireTard([])) ?? [];
  if (!place || !entrees.length) return;
  const ici = location.pathname;
  const siennes = entrees.filter(({ par, cle }) => par === moi && !ici.startsWith(`/rj/native/${cle[1]}`));
  const autres = entrees.filter(({ par }) => par !== moi);
  const lignes = [
    ...parGroupe(siennes, ({ cle }) => cle[1]).map(mienne),
    ...parGroupe(autres, ({ par, cle }) => `${par} ${cle[1]}`).map(autrui),
  ];
  for (const ancienne of tous(".oubliees")) ancienne.remove();
  if (lignes.length) place.prepend(el("ul", { class: "note err oubliees" }, ...lignes));
}
