// La session a expiré pendant la nuit : on entre de nouveau sur place, et ce qui attendait part.

import { adopterJeton, compteDe, jetonCourant, renouvelerJeton } from "./api.js";
import { enCours } from "./cases.js";
import { dialogue, el } from "./dom.js";
import { envoyer } from "./envoi.js";
import { dire, ecouter, moi } from "./etat.js";

const PHRASE = "La session est terminée. Ce qui est tapé est gardé dans ce navigateur et partira dès la connexion.";
let boite = null;

// Jamais par-dessus une frappe : le dialogue attend qu’on ait quitté la case.
function demanderSession() {
  if (boite) return;
  if (enCours()) {
    document.addEventListener("focusout", () => setTimeout(demanderSession), { once: true });
    return;
  }
  ouvrir();
}

function champ(libelle, id, attributs) {
  return el("p", {}, el("label", { for: id }, libelle), el("input", { id, name: attributs.name, required: true, ...attributs }));
}

function ouvrir() {
  const erreur = el("p", { class: "error", role: "alert" });
  const formulaire = el(
    "form", { submit: (evenement) => entrer(evenement, erreur) },
    el("p", {}, PHRASE), erreur,
    champ("Adresse courriel", "session-courriel", { name: "email", type: "email", autocomplete: "username", maxlength: "254" }),
    champ("Mot de passe", "session-passe", { name: "password", type: "password", autocomplete: "current-password", maxlength: "200" }),
    el("p", { class: "choice" }, el("button", { class: "btn" }, "Se connecter"), " ", el("button", { class: "btn", type: "button", click: () => boite.close() }, "Plus tard")),
  );
  boite = dialogue("Se connecter de nouveau", formulaire);
  boite.addEventListener("close", () => (boite = null));
}

async function entrer(evenement, erreur) {
  evenement.preventDefault();
  const donnees = new URLSearchParams(new FormData(evenement.target));
  if (!(await renouvelerJeton())) {
    erreur.textContent = "Le serveur ne répond pas. Vérifier le réseau, puis recommencer.";
    return;
  }
  donnees.set("csrf_token", jetonCourant());
  const reponse = await fetch("/connexion", { method: "POST", body: donnees }).catch(() => null);
  const page = reponse ? await reponse.text() : "";
  if (reponse?.ok && !new URL(reponse.url).pathname.startsWith("/connexion")) {
    if (compteDe(page) !== moi) {
      location.reload(); // la page suivante est à qui vient d’entrer; ce qui est tapé ici attend son auteur
      return;
    }
    adopterJeton(page);
    boite?.close();
    envoyer();
    dire("lire");
    return;
  }
  const lue = new DOMParser().parseFromString(page, "text/html").querySelector("#erreur");
  erreur.textContent = lue?.textContent ?? "La connexion a échoué. Recommencer.";
}

export function demarrer() {
  ecouter("session", demanderSession);
}
