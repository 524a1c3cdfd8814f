// Ce que toute page sait faire : le thème, l’impression, la liste des touches, les dialogues qu’un bouton ferme.

import { demarrer as impression } from "./impression.js";
import { demarrer as oubliees } from "./oubliees.js";
import { demarrer as theme } from "./theme.js";
import { montrerTouches } from "./touches.js";

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-imprimer]")) print();
  else if (target.closest("[data-touches]")) montrerTouches();
  else if (target.closest("dialog [data-fermer]")) target.closest("dialog").close();
});

document.addEventListener("keydown", (evenement) => {
  const ecrit = evenement.target.closest?.("input, textarea, select, dialog");
  if (evenement.key === "?" && !ecrit && montrerTouches()) evenement.preventDefault();
});

theme();
impression();
oubliees();
