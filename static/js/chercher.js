// `/` : un onglet par son numéro, un champ par son nom, sans se soucier des accents.

import { el, tous } from "./dom.js";
import { adresseDe, etat } from "./etat.js";

const MAXIMUM = 12;
const ACCENTS = /\p{M}/gu;

let connus = null;

const simplifie = (texte) => texte.normalize("NFD").replace(ACCENTS, "").toLowerCase();

async function charger() {
  if (connus) return connus;
  const reponse = await fetch("/rj/native/champs", { headers: { Accept: "application/json" } }).catch(() => null);
  const lus = reponse?.ok ? await reponse.json() : { onglets: [], champs: [] };
  const titres = new Map(lus.onglets.map(([cle, numero, titre]) => [cle, `${numero} · ${titre}`]));
  const onglets = lus.onglets.map(([cle, numero, titre]) => ({ nom: cle, texte: `${numero} · ${titre}`, cles: [String(numero), simplifie(titre)] }));
  const champs = lus.champs.map(([nom, libelle]) => ({ nom, texte: libelle, sous: titres.get(nom.split(".")[0]), cles: [simplifie(libelle)] }));
  connus = reponse?.ok ? [...onglets, ...champs] : null;
  return connus ?? [];
}

// Un numéro entier désigne son onglet; les débuts passent avant le reste.
function trouver(liste, demande) {
  const voulu = simplifie(demande.trim());
  if (!voulu) return liste.slice(0, 14);
  if (/^\d+$/.test(voulu)) return liste.filter(({ cles }) => cles[0] === voulu);
  const mots = voulu.split(/\s+/);
  const retenus = liste.filter(({ cles }) => cles.some((cle) => mots.every((mot) => cle.includes(mot))));
  const debute = ({ cles }) => cles.some((cle) => cle.startsWith(voulu));
  return [...retenus.filter(debute), ...retenus.filter((un) => !debute(un))].slice(0, MAXIMUM);
}

export function chercher() {
  const boite = document.getElementById("chercher");
  if (!boite || boite.open) return Boolean(boite);
  const champ = boite.querySelector("input");
  champ.value = "";
  boite.showModal();
  champ.focus();
  montrer(boite, "");
  return true;
}

async function montrer(boite, demande) {
  const liste = await charger();
  const trouves = trouver(liste, demande);
  const place = boite.querySelector("[data-resultats]");
  place.replaceChildren(...trouves.map(({ nom, texte, sous }) => el("li", {}, el("a", { href: adresseDe(nom) }, texte, sous && el("span", { class: "soft" }, ` ${sous}`)))));
  if (!trouves.length) place.append(el("li", { class: "soft" }, connus ? "Rien ne porte ce nom." : "La liste des champs ne se lit pas en ce moment."));
}

// Les flèches marchent dans les résultats, Entrée prend le premier.
function marcher(boite, evenement) {
  const liens = tous("[data-resultats] a", boite);
  const rang = liens.indexOf(document.activeElement);
  const pas = { ArrowDown: 1, ArrowUp: -1 }[evenement.key];
  if (pas && liens.length) {
    evenement.preventDefault();
    (liens[rang + pas] ?? (pas < 0 ? boite.querySelector("input") : liens[rang]))?.focus();
  } else if (evenement.key === "Enter" && evenement.target.matches("input")) {
    evenement.preventDefault();
    liens[0]?.click();
  }
}

export function demarrer() {
  const boite = document.getElementById("chercher");
  if (!boite || !etat.date) return;
  boite.addEventListener("input", ({ target }) => montrer(boite, target.value));
  boite.addEventListener("keydown", (evenement) => marcher(boite, evenement));
  boite.addEventListener("click", ({ target }) => target.closest("a") && boite.close());
}
