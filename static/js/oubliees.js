// Sur toute page : dit quand des valeurs tapées dans une nuit n’ont jamais pu être enregistrées, et mène à cette nuit.

import { el } from "./dom.js";
import { pluriel } from "./fr.js";
import { lireTout } from "./magasin.js";

export async function demarrer() {
  const place = document.querySelector("main");
  const ici = location.pathname;
  const entrees = ((await lireTout([])) ?? []).filter(({ cle }) => !ici.startsWith(`/rj/native/${cle[1]}`));
  if (!place || !entrees.length) return;
  const parNuit = Map.groupBy ? Map.groupBy(entrees, ({ cle }) => cle[1]) : new Map([[entrees[0].cle[1], entrees]]);
  const liens = [...parNuit].map(([date, siennes]) =>
    el("li", {}, el("a", { href: `/rj/native/${date}/${siennes[0].onglet}#${siennes[0].nom}` }, `Nuit du ${date}`), ` : ${pluriel(siennes.length, "valeur tapée n’est pas enregistrée", "valeurs tapées ne sont pas enregistrées")}.`));
  place.prepend(el("ul", { class: "note err oubliees" }, ...liens));
}
