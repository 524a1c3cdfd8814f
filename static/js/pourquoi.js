// *Pourquoi ?* : la formule en français avec les chiffres de cette nuit, chacun menant à son champ.

import { demander, phraseDe } from "./api.js";
import { bouton, el } from "./dom.js";
import { adresseDe, dire, ecouter, etat } from "./etat.js";
import { typographie } from "./fr.js";

let ouvert = null; // le bouton dont l’explication est ouverte

const marge = () => document.querySelector("[data-marge]");

async function ouvrir(source, foyer = true) {
  const reponse = await demander("GET", `${etat.api}/pourquoi/${source.dataset.pourquoi}`);
  if (reponse.statut === 401) {
    dire("session");
    return;
  }
  ouvert?.setAttribute("aria-expanded", "false");
  ouvert = source;
  source.setAttribute("aria-expanded", "true");
  marge().replaceChildren(...contenu(reponse));
  marge().hidden = false;
  if (foyer) marge().focus();
}

function contenu(reponse) {
  const { corps } = reponse;
  const titre = (texte) => el("div", { class: "head" }, el("h2", { id: "pourquoi" }, texte), bouton("Fermer", fermer, { class: "link", "data-fermer": true }));
  if (reponse.statut !== 200) return [titre("Pourquoi\u202f?"), el("p", {}, phraseDe(reponse))];
  const termes = corps.termes.map(terme);
  const resultat = el("tr", { class: "res" }, el("th", { scope: "row" }, el("span", { class: "op" }, "="), typographie(corps.libelle)), el("td", {}, corps.valeur));
  return [
    titre(`Pourquoi ${corps.valeur}\u202f?`),
    el("p", {}, typographie(corps.formule)),
    corps.phrase && el("p", {}, typographie(corps.phrase)),
    el("table", { class: "sum" }, el("caption", { class: "vh" }, `Ce que lit ${typographie(corps.libelle)}`), el("tbody", {}, ...termes, resultat)),
  ].filter(Boolean);
}

function terme({ champ, libelle, valeur, origine }) {
  const mene = !/^(previous|property)\./.test(champ);
  const nom = mene ? el("a", { href: adresseDe(champ.replace(/\[.*$/, "")) }, typographie(libelle)) : typographie(libelle);
  return el("tr", {}, el("th", { scope: "row" }, el("span", { class: "op" }), nom, " ", el("span", { class: "soft" }, typographie(origine))), el("td", {}, valeur));
}

function fermer() {
  if (!ouvert) return;
  marge().hidden = true;
  ouvert.setAttribute("aria-expanded", "false");
  ouvert.focus();
  ouvert = null;
}

export function demarrer() {
  document.addEventListener("click", ({ target }) => {
    const source = target.closest("[data-pourquoi]");
    if (source) ouvrir(source);
  });
  marge()?.addEventListener("keydown", ({ key }) => key === "Escape" && fermer());
  ecouter("reponse", () => ouvert && ouvrir(ouvert, false));
}
