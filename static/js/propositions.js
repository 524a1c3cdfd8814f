// Une valeur proposée (solde à reprendre, grand livre de la veille) compte quand on la confirme : elle entre comme si on l’avait tapée.

import { champDe, texteAuRepos } from "./champs.js";
import { oter } from "./sous.js";
import { saisir } from "./saisir.js";

export function demarrer() {
  document.addEventListener("click", ({ target }) => {
    const bouton = target.closest("[data-proposer]");
    const champ = bouton && champDe(bouton.dataset.proposer);
    if (!champ) return;
    saisir([{ nom: bouton.dataset.proposer, texte: bouton.dataset.valeur, avant: texteAuRepos(champ) }]);
    const note = bouton.closest("[data-note]");
    if (note) oter(note);
    else bouton.remove();
    champ.focus();
  });
}
