// La page vivante imprimée (Ctrl+P) : un texte plus long que sa case s’imprime en entier.

import { CASE, estTexte } from "./champs.js";
import { el, tous } from "./dom.js";

export function demarrer() {
  addEventListener("beforeprint", () => {
    for (const champ of tous(`.in > input${CASE}`).filter((un) => estTexte(un) && un.scrollWidth > un.clientWidth)) champ.after(el("span", { class: "imprime" }, champ.value));
  });
  addEventListener("afterprint", () => {
    for (const copie of tous(".imprime")) copie.remove();
  });
}
