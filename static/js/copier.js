// Copier vers Excel : les cases choisies, ou les rangées d’une table qu’on a surlignées, avec ce que portent les cases à remplir.
// Une tabulation entre deux cellules, un nombre sans espace, avec sa virgule.

import { estCase, genreDe, lire as lireCase } from "./champs.js";
import { simple } from "./fr.js";
import { lire } from "./nombre.js";
import { rectangle, valeurDe } from "./selection.js";

const propre = (texte) => texte.replace(/\s+/g, " ").trim();
// Un texte n’est pas une formule pour le chiffrier où on le colle.
const inoffensif = (texte) => (/^[=+@-]/.test(texte) ? `'${texte}` : texte);
const cite = (texte) => (/["\t\n]/.test(texte) ? `"${texte.replaceAll('"', '""')}"` : texte);

function texteCase(champ) {
  if (champ.type === "checkbox") return champ.checked ? "oui" : "non";
  if (champ.tagName === "SELECT") return champ.selectedOptions[0]?.text.trim() ?? "";
  const nombre = /^(money|count)$/.test(genreDe(champ)) && lire(genreDe(champ), lireCase(champ)).valeur;
  return nombre ? nombre.replace(".", ",") : inoffensif(lireCase(champ).trim());
}

function texteDe(cellule) {
  const place = valeurDe(cellule);
  if (!place) return inoffensif(propre(cellule.textContent));
  if (estCase(place)) return texteCase(place);
  const texte = propre(place.textContent);
  return place.dataset.valeur ? simple(texte) : inoffensif(texte);
}

// Les rangées d’une table que la souris a surlignées, cases à remplir comprises.
function surlignees() {
  const choix = getSelection();
  if (!choix.rangeCount || choix.isCollapsed || estCase(document.activeElement)) return [];
  const commun = choix.getRangeAt(0).commonAncestorContainer;
  const table = (commun.closest ? commun : commun.parentElement).closest("table");
  if (!table?.querySelector("[data-case]")) return [];
  return [...table.rows].map((rangee) => [...rangee.cells].filter((cellule) => cellule.getClientRects().length && choix.containsNode(cellule, true))).filter(({ length }) => length);
}

export function demarrer() {
  document.addEventListener("copy", (evenement) => {
    const rangees = [rectangle(), surlignees()].find((bloc) => bloc.flat().length > 1);
    if (!rangees) return;
    evenement.preventDefault();
    evenement.clipboardData.setData("text/plain", rangees.map((rangee) => rangee.map((cellule) => cite(texteDe(cellule))).join("\t")).join("\n"));
  });
}
