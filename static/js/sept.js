// La marge d’un grand écran : ce qu’est la case où l’on est, hier, d’habitude, et ses sept dernières nuits.

import { el } from "./dom.js";
import { chiffre } from "./fr.js";

const SVG = "http://www.w3.org/2000/svg";
const HAUT = 36; // la plus haute barre, comme le serveur la mesure
const PAS = 16;

// La case, hier et l’habitude, puis les sept nuits : une barre et son chiffre.
export function enMarge(champ, { jour, nuits: noms = [] }, dites) {
  const titre = el("div", { class: "head" }, el("h3", {}, champ.labels?.[0]?.textContent.trim() || champ.getAttribute("aria-label") || ""));
  if (!dites) return [titre, el("p", { class: "soft" }, "Aucune des nuits d’avant n’a ce chiffre.")];
  const connues = [["Hier", dites.hier], [`${jour}, d’habitude`, dites.habituel], ["au moins", dites.bas], ["au plus", dites.haut]].filter(([, valeur]) => valeur !== undefined);
  const sept = (dites.sept ?? []).map((valeur, rang) => [noms[rang], valeur]);
  return [titre, table("Hier et d’habitude", connues), ...(sept.length ? [barres(dites.traits), table("Sept dernières nuits", sept)] : [])];
}

const table = (nom, rangees) =>
  el("table", { class: "sum" }, el("caption", { class: "vh" }, nom), el("tbody", {}, ...rangees.map(([dite, valeur]) => el("tr", {}, el("th", { scope: "row" }, dite), el("td", {}, chiffre(valeur) || "–")))));

function barres(traits) {
  const dessin = document.createElementNS(SVG, "svg");
  dessin.setAttribute("viewBox", `0 0 ${traits.length * PAS} ${HAUT}`);
  dessin.setAttribute("preserveAspectRatio", "none");
  dessin.setAttribute("class", "barres");
  dessin.setAttribute("aria-hidden", "true");
  for (const [rang, trait] of traits.entries()) {
    const barre = document.createElementNS(SVG, "rect");
    for (const [nom, valeur] of Object.entries({ x: rang * PAS + 3, y: HAUT - Math.max(trait, 1), width: PAS - 6, height: Math.max(trait, 1) })) barre.setAttribute(nom, valeur);
    dessin.append(barre);
  }
  return dessin;
}
