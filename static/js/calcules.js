// Taper sur un chiffre calculé ne fait rien : dire pourquoi, et où regarder.

import { annoncer } from "./annonce.js";
import { denoter, noter } from "./sous.js";

const PHRASE = "Ce chiffre est calculé : il ne se tape pas. « Pourquoi ? » montre les cases d’où il vient.";

export function demarrer() {
  document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
    const nom = target.dataset?.chiffre;
    if (!nom || !/^[\d.,=+−-]$|^(Enter|Delete|Backspace)$/.test(key) || ctrlKey || metaKey || altKey) return;
    noter(nom, "calcule", "wait", PHRASE);
    annoncer(PHRASE);
  });
  document.addEventListener("focusout", ({ target }) => target.dataset?.chiffre && denoter(target.dataset.chiffre, "calcule"));
}
