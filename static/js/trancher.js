// *Garder* ou *Prendre* : la décision part tout de suite, la page suit la réponse.

import { demander, phraseDe } from "./api.js";
import { annoncer } from "./annonce.js";
import { dire, etat } from "./etat.js";
import { noter } from "./sous.js";

export function demarrer() {
  document.addEventListener("click", async ({ target }) => {
    const bouton = target.closest("[data-choix]");
    if (!bouton) return;
    const { pour: nom, choix } = bouton.dataset;
    bouton.disabled = true;
    const reponse = await demander("POST", `${etat.api}/trancher`, { corps: { version: etat.version, case: nom, choix } });
    bouton.disabled = false;
    if (reponse.statut === 200) {
      dire("reponse", { onglet: nom.split(".")[0], corps: reponse.corps, noms: [] });
      annoncer(choix === "garder" ? "Chiffre saisi gardé." : "Chiffre de la source pris.");
    } else if (reponse.statut === 401) {
      dire("session");
    } else {
      noter(nom, "arrivee", "err", phraseDe(reponse));
      dire("lire");
    }
  });
}
