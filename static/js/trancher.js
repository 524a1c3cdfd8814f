// *Garder* ou *Prendre* : la décision part tout de suite, la page suit la réponse. Une valeur proposée (solde à reprendre, grand livre
// de la veille) compte quand on la confirme : elle entre comme si on l’avait tapée.

import { demander, phraseDe } from "./api.js";
import { annoncer } from "./annonce.js";
import { champDe, texteAuRepos } from "./champs.js";
import { dire, etat } from "./etat.js";
import { saisir } from "./saisir.js";
import { noter, oter } from "./sous.js";

function proposer(bouton) {
  const champ = champDe(bouton.dataset.proposer);
  if (!champ) return;
  saisir([{ nom: bouton.dataset.proposer, texte: bouton.dataset.valeur, avant: texteAuRepos(champ) }]);
  const note = bouton.closest("[data-note]");
  if (note) oter(note);
  else bouton.remove();
  champ.focus();
}

export function demarrer() {
  document.addEventListener("click", async ({ target }) => {
    const propose = target.closest("[data-proposer]");
    if (propose) proposer(propose);
    const bouton = target.closest("[data-choix]");
    if (!bouton) return;
    const { pour: nom, choix } = bouton.dataset;
    bouton.disabled = true;
    const reponse = await demander("POST", `${etat.api}/trancher`, { corps: { version: etat.version, case: nom, choix } });
    bouton.disabled = false;
    if (reponse.statut === 200) {
      dire("reponse", { onglet: nom.split(".")[0], corps: reponse.corps, noms: [], heure: reponse.heure });
      annoncer(choix === "garder" ? "Chiffre saisi gardé." : "Chiffre de la source pris.");
    } else if (reponse.statut === 401) {
      dire("session");
    } else {
      noter(nom, "arrivee", "err", phraseDe(reponse));
      dire("lire");
    }
  });
}
