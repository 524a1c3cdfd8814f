// *Pourquoi ?* : la formule en français avec les chiffres de cette nuit, chacun menant à son champ.

import { demander, phraseDe } from "./api.js";
import { el } from "./dom.js";
import { adresseDe, dire, ecouter, etat } from "./etat.js";
import { typographie } from "./fr.js";

let ouvert = null; // le bouton dont l’explication est ouverte

const panneau = () => document.getElementById("pourquoi");
const place = (nom) => panneau().querySelector(`[data-pourquoi-${nom}]`);

async function ouvrir(bouton, foyer = true) {
  const reponse = await demander("GET", `${etat.api}/pourquoi/${bouton.dataset.pourquoi}`);
  if (reponse.statut === 401) {
    dire("session");
    return;
  }
  ouvert?.setAttribute("aria-expanded", "false");
  ouvert = bouton;
  bouton.setAttribute("aria-expanded", "true");
  remplir(reponse);
  panneau().hidden = false;
  if (!foyer) return;
  panneau().tabIndex = -1;
  panneau().focus();
}

function remplir(reponse) {
  const { corps } = reponse;
  const connu = reponse.statut === 200;
  place("titre").textContent = connu ? `Pourquoi ${corps.libelle} ?` : "Pourquoi ?";
  place("phrase").textContent = connu ? typographie([corps.formule, corps.phrase].filter(Boolean).join(" — ")) : phraseDe(reponse);
  place("termes").replaceChildren(...(connu ? [...corps.termes.map(terme), resultat(corps)] : []));
}

function terme({ champ, libelle, valeur, origine }) {
  const mene = !/^(previous|property)\./.test(champ);
  const nom = mene ? el("a", { href: adresseDe(champ) }, typographie(libelle)) : typographie(libelle);
  return el("tr", {}, el("th", { scope: "row" }, nom, " ", el("span", { class: "soft" }, typographie(origine))), el("td", {}, valeur));
}

const resultat = ({ libelle, valeur }) => el("tr", { class: "res" }, el("th", { scope: "row" }, typographie(libelle)), el("td", {}, valeur));

function fermer() {
  if (!ouvert) return;
  panneau().hidden = true;
  ouvert.setAttribute("aria-expanded", "false");
  ouvert.focus();
  ouvert = null;
}

export function demarrer() {
  document.addEventListener("click", ({ target }) => {
    const bouton = target.closest("[data-pourquoi]");
    if (bouton) ouvrir(bouton);
    else if (target.closest("#pourquoi [data-fermer]")) fermer();
  });
  panneau()?.addEventListener("keydown", ({ key }) => key === "Escape" && fermer());
  ecouter("reponse", () => ouvert && ouvrir(ouvert, false));
}
