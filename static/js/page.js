// Ce que toute page sait faire : le thème, l’impression, la liste des touches, les dialogues qu’un bouton ferme.

import "./veille.js";
import { meta, montrerTouches, tous } from "./dom.js";
import { demarrer as impression } from "./impression.js";
import { demarrer as oubliees } from "./oubliees.js";
import { demarrer as theme } from "./theme.js";

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-imprimer]")) print();
  else if (target.closest("[data-touches]")) montrerTouches();
  else if (target.closest("dialog [data-fermer]")) target.closest("dialog").close();
});

document.addEventListener("keydown", (evenement) => {
  const ecrit = evenement.target.closest?.("input, textarea, select, dialog");
  if (evenement.key === "?" && !ecrit && montrerTouches()) evenement.preventDefault();
});

// Une page reprise (retour, onglet rouvert, poste réveillé) ne montre pas ses anciens chiffres : elle est relue, sauf si l’on y écrit. Celle
// de la nuit se relit d’elle-même; la réponse à un formulaire ne se demande pas deux fois.
const FRAICHE = 15000;
const lueA = Date.now();
const relisible = meta("relisible") && !document.getElementById("nuit");
const occupee = () => document.querySelector("dialog[open], main button:disabled") || tous("main input, main textarea").some((champ) => champ.value !== champ.defaultValue || champ.checked !== champ.defaultChecked);

function relire(age = Date.now() - lueA) {
  if (relisible && document.visibilityState === "visible" && age > FRAICHE && !occupee()) location.replace(location.pathname + location.search);
}

addEventListener("pageshow", ({ persisted }) => persisted && relire(Infinity));
document.addEventListener("visibilitychange", () => relire());
document.addEventListener("resume", () => relire());
document.addEventListener("prerenderingchange", () => relire());

theme();
impression();
oubliees();
