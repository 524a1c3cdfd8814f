// À côté du chiffre où l’on est : ce qu’il est d’habitude ce jour de semaine, ce qu’il était hier, et ses sept dernières nuits dans la
// marge quand elle est large. Rien n’y est jugé.

import { demander } from "./api.js";
import { el } from "./dom.js";
import { etat } from "./etat.js";
import { chiffre } from "./fr.js";
import { enMarge } from "./sept.js";

let lues = null; // une demande par page

const place = document.querySelector("[data-habitude]");
const marge = document.querySelector("[data-sept]");

export async function montrer(champ) {
  lues ??= demander("GET", `${etat.api}/habitudes/${etat.onglet}`);
  const { statut, corps } = await lues;
  if (statut !== 200) lues = null;
  if (champ !== document.activeElement) return;
  const dites = corps.cases?.[champ.dataset.case.slice(etat.onglet.length + 1)];
  place.replaceChildren(...(dites ? lignes(corps.jour, dites) : []));
  if (marge?.checkVisibility()) marge.replaceChildren(...enMarge(champ, corps, dites));
}

export const cacher = () => place.replaceChildren();

function lignes(jour, { hier, habituel, bas, haut, nuits }) {
  const usuel = nuits && [el("span", { title: `${nuits} derniers ${jour}s` }, `${jour}, d’habitude ${chiffre(habituel)}`), el("span", {}, `de ${chiffre(bas)} à ${chiffre(haut)}`)];
  return [...(usuel || []), ...(hier === undefined ? [] : [el("span", {}, `hier ${chiffre(hier)}`)])];
}
