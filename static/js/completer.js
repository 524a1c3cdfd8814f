// Un texte de liste se complète comme dans Excel : dès qu’un seul de ceux des dernières nuits ou de la colonne commence ainsi, sa fin paraît,
// prise tout entière. Continuer à taper la remplace, Suppr l’ôte; ce que la case montre est ce qui est gardé.

import { estCase, estFige, genreDe, lire, nomDe } from "./champs.js";
import { tous } from "./dom.js";
import { etat } from "./etat.js";
import { simplifie } from "./fr.js";

// Le seul texte connu qui commence ainsi; rien quand il y en a plusieurs, ou que le texte en est déjà un.
export function complet(texte, connus) {
  const debut = simplifie(texte);
  const trouves = new Set(connus.filter((connu) => simplifie(connu).startsWith(debut)));
  const [seul = ""] = trouves.size === 1 ? trouves : [];
  return debut.trim() && seul.length > texte.length ? seul : "";
}

function connusDe(champ) {
  const [, liste, , colonne] = nomDe(champ).split(".");
  const autres = tous(`[data-case$=".${colonne}"]`, champ.closest("[data-liste]")).filter((un) => un !== champ);
  return [...(etat.textes?.[`${liste}.${colonne}`] ?? []), ...autres.map((un) => lire(un).trim()).filter(Boolean)];
}

function completer({ target: champ, inputType, isComposing }) {
  if (inputType !== "insertText" || isComposing || !estCase(champ) || !champ.matches("[data-liste] input:not([type=checkbox], [list])")) return;
  if (genreDe(champ) !== "text" || estFige(champ) || champ.selectionEnd !== champ.value.length) return;
  const tape = champ.value;
  const entier = complet(tape, connusDe(champ));
  if (!entier) return;
  champ.value = entier;
  champ.setSelectionRange(tape.length, entier.length);
}

// Avant ce qui garde la frappe : le texte complété en est.
export const demarrer = () => document.addEventListener("input", completer, true);
