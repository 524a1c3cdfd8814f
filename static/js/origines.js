// D’où vient chaque chiffre : la lettre du folio, un mot, l’heure et la personne.

import { champDe, valeurAuRepos } from "./champs.js";
import { el, tous } from "./dom.js";

const GENRES = { saisi: ["S", "Saisi"], importe: ["I", "Importé"], lightspeed: ["L", "Lightspeed"], repris: ["R", "Reporté"], calcule: ["=", "Calculé"] };

export function marquerOrigines(onglet, origines, saisies) {
  for (const place of tous(`[data-origine^="${onglet}."]`)) {
    const dense = place.matches(".tag");
    if (!dense) place.dataset.origine = premierRempli(place) ?? place.dataset.origine;
    const cle = place.dataset.origine.slice(onglet.length + 1);
    const origine = origines[cle] ?? implicite(place.dataset.origine);
    if (dense) place.textContent = origine && origine.genre !== "saisi" ? GENRES[origine.genre][0] : "";
    else if (!origine) place.replaceChildren();
    else if (origines[cle] || !dejaDit(place, origine)) place.replaceChildren(...mention(origine, saisies[cle]));
  }
}

// La rangée dit l’origine de sa première case remplie, sinon celle de son dernier chiffre.
function premierRempli(place) {
  const rangee = place.closest("tr");
  if (!rangee) return null;
  const champ = tous("[data-case]", rangee).find(valeurAuRepos);
  return champ?.dataset.case ?? tous("[data-chiffre]", rangee).at(-1)?.dataset.chiffre;
}

// Une valeur que personne n’a donnée : reportée dans une case, calculée ailleurs.
function implicite(nom) {
  const champ = champDe(nom);
  if (champ) return valeurAuRepos(champ) ? { genre: "repris" } : null;
  return document.querySelector(`[data-chiffre="${CSS.escape(nom)}"]`)?.textContent.trim() ? { genre: "calcule" } : null;
}

// Le gabarit en dit plus que nous (« de l’onglet 2 ») : on ne le réécrit pas.
const dejaDit = (place, { genre }) => place.textContent.trim().startsWith(GENRES[genre][0]);

function mention(origine, saisie) {
  const [lettre, mot] = GENRES[origine.genre];
  const detail = detailDe(origine);
  return [
    el("span", { class: "tag", "aria-hidden": "true" }, lettre),
    mot,
    ...(detail ? [el("span", { class: "when" }, ` ${detail}`)] : []),
    ...(saisie ? [el("span", { class: "sum" }, ` ${saisie}`)] : []),
  ];
}

// « 02:38, Auditrice », « rév. 5 à 05:03 ».
export function detailDe({ a, par, revision }) {
  const heure = /T(\d\d:\d\d)/.exec(a ?? "")?.[1] ?? "";
  if (revision !== undefined && revision !== null) return `rév. ${revision}${heure && ` à ${heure}`}`;
  return [heure, par].filter(Boolean).join(", ");
}
