// Entrée suit les cases habituelles : de l’une à la suivante encore vide, puis à l’onglet suivant. Les habituelles sont celles que l’on a
// tapées les dernières nuits; ce choix suit la personne d’une page à l’autre. Ctrl+Entrée fait l’inverse, une fois.

import { estCase, estFige, lire, nomDe } from "./champs.js";
import { tous } from "./dom.js";
import { etat, moi } from "./etat.js";
import { FANTOME } from "./fantomes.js";
import { ajouter, casesDe } from "./lignes.js";
import { tiroir } from "./tiroir.js";

const CLE = `parcours ${moi}`;
const choix = tiroir("localStorage");
const habituelles = new Set(etat.habituelles);

const bascule = () => document.querySelector("[data-parcours]");
export const suivi = () => Boolean(bascule()?.checked);

// Le nom d’une case dans son onglet; une colonne de liste, sans sa ligne.
const cleDe = (champ) => {
  const [, ...parties] = nomDe(champ).split(".");
  return (champ.closest("[data-liste]") ? [parties[0], parties.at(-1)] : parties).join(".");
};

const vide = (champ) => (champ.type === "checkbox" ? !champ.checked : !lire(champ).trim());
// Un texte de plusieurs lignes en est quand la nuit le demande : le motif d’une correction.
const demandee = (champ) => document.getElementById(`${nomDe(champ)}-remarque`);
const estHabituelle = (champ) => (champ.tagName === "TEXTAREA" ? demandee(champ) : habituelles.has(cleDe(champ))) && !estFige(champ) && champ.getClientRects().length > 0;

// Ce qui nomme une ligne pâle entre avec son chiffre : on n’y passe pas.
const nommee = (champ) => champ.closest(FANTOME) && (champ.placeholder || champ.options?.[0]?.text);

// Une liste qui n’a pas les lignes de la veille en reçoit une neuve, tant que la dernière n’est pas vide.
const listes = () => tous("main [data-ajouter]:not([data-ligne-valeurs])").filter(({ dataset }) => {
  const corps = document.querySelector(`[data-liste="${CSS.escape(dataset.ajouter)}"]`);
  const cle = dataset.ajouter.split(".")[1];
  const derniere = tous("[data-ligne]:not([hidden])", corps).at(-1);
  return [...habituelles].some((nom) => nom.startsWith(`${cle}.`)) && !corps.dataset.veille && !(derniere && casesDe(derniere).every(vide));
});

// Une valeur proposée (part d’écart, solde à reprendre) se prend d’une Entrée sur son bouton, à la place de sa case.
const propositions = () => tous("main [data-proposer]:not([disabled]), main [data-ajouter][data-ligne-valeurs]:not([disabled])");
const proposee = (champ) => Boolean(document.querySelector(`[data-proposer="${CSS.escape(nomDe(champ))}"]`));

// Une grille se lit colonne par colonne, comme le relevé d’un terminal; le reste, rangée par rangée.
function ordre() {
  const rang = new Map(tous("main table").map((table, i) => [table, i]));
  const cle = (champ) => {
    const cellule = champ.closest("td");
    const table = champ.closest("table");
    if (champ.dataset.ajouter && champ.dataset.ligneValeurs) return [rang.get(champ.closest("section").querySelector("table")), Infinity, 1];
    if (champ.dataset.ajouter) return [rang.get(champ.closest("section").querySelector("table")), Infinity, 0];
    if (!cellule) return [rang.get(table) ?? -1, 0, 0];
    const [x, y] = [cellule.cellIndex, cellule.parentElement.rowIndex];
    return table.matches(".dense") ? [rang.get(table), x, y] : [rang.get(table), y, x];
  };
  const places = [...tous("main [data-case]").filter(estHabituelle), ...listes(), ...propositions()].map((champ) => [champ, cle(champ)]);
  return places.sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).map(([champ]) => champ);
}

const aFaire = (place) => place.matches("button") || (vide(place) && !nommee(place) && !proposee(place));

// La suivante après celle-ci, ou la première de l’onglet; rien quand il n’en reste pas.
export function suivante(champ) {
  const places = ordre();
  const apres = (un) => champ.compareDocumentPosition(un) & Node.DOCUMENT_POSITION_FOLLOWING;
  const suite = !champ ? places : places.includes(champ) ? places.slice(places.indexOf(champ) + 1) : places.filter(apres);
  const rangee = champ?.closest("[data-ligne]");
  const passee = rangee && casesDe(rangee).every(vide) ? rangee : null; // une ligne où l’on n’a rien tapé se passe d’un coup
  const trouvee = suite.find((un) => aFaire(un) && !(passee && passee.contains(un)));
  if (!trouvee?.dataset.ajouter || trouvee.dataset.ligneValeurs) return trouvee;
  ajouter(trouvee.dataset.ajouter);
  return document.activeElement;
}

// Le choisir au clavier mène aussi à la première case encore vide.
export function basculer() {
  bascule()?.click();
  if (suivi() && !estCase(document.activeElement)) suivante()?.focus();
  return Boolean(bascule());
}

export function demarrer() {
  if (!bascule()) return;
  bascule().checked = choix.lire(CLE) === "oui";
  document.addEventListener("click", ({ target }) => {
    if (suivi() && target.closest("[data-proposer], [data-ligne-valeurs]")) suivante(document.activeElement)?.focus();
  });
  bascule().addEventListener("change", () => choix.garder(CLE, suivi() ? "oui" : ""));
}
