// La grammaire d’un nombre tapé, celle du serveur (utils/money.py, utils/lookalikes.py) : même valeur, même refus.

import { PLUS, Refus, cite, formule, moins, montre, nombre, plus, propre, refuser } from "./calcul.js";

const PLUS_GRAND = 99999999999999n;
const JOUR = "(?:0[1-9]|[12]\\d|3[01])";
const MOIS = "(?:0[1-9]|1[0-2])";
const AN = "(?:(?:19|20)\\d{2})";
const ABC = "[2-9]\\d{2}";
const FORMES = [
  ["une date", `${AN}([-/. ])\\d{1,2}\\1\\d{1,2}(?:[T ][\\d:.]+Z?)?|${AN}[-/](?:${MOIS}|[1-9])`],
  ["une date", `\\d{1,2}([-/. ])\\d{1,2}\\1${AN}(?: [\\d:.]+)?|${MOIS}[-/]${AN}`],
  ["une date", `(?:${JOUR}([-/.])${MOIS}\\1|${MOIS}([-/.])${JOUR}\\2)\\d{2}`],
  ["une date", `\\d{2}([-/.])${MOIS}\\1${JOUR}`],
  ["une date", `${JOUR}-(?:${MOIS}|[1-9])|(?:${MOIS}|[1-9])-${JOUR}`],
  ["un intervalle", `${AN}-(?:\\d{2}|${AN})`],
  ["une heure", "\\d{1,2} ?[:hH] ?[0-5]\\d(?::[0-5]\\d)?"],
  ["un numéro de téléphone", "(?:\\+?1[-.])?\\d{3}([-.])\\d{3}\\1\\d{4}|\\d{3}-\\d{4}"],
  ["un numéro de téléphone", `(?:\\+?1[-. ]?)?(?:\\(${ABC}\\)[- ]?|${ABC}[-. ])${ABC}[-. ]?\\d{4}`],
  ["un numéro de téléphone", `1?${ABC}${ABC}\\d{4}`],
  ["une adresse IP", "\\d{1,3}(?:\\.\\d{1,3}){3}"],
  ["un code postal", "[A-Za-z]\\d[A-Za-z][- ]?\\d[A-Za-z]\\d|\\d{5}-\\d{4}"],
  ["un tiret", "[-−‐‑‒–—] *\\$?|\\$ *[-−‐‑‒–—]"],
  ["un numéro", "\\d{3}(?:-\\d{3}){2,}|\\d{4}(?:-\\d{4}){2,}"],
].map(([quoi, forme]) => [quoi, new RegExp(`^(?:${forme})$`)]);
const ENTIER = /^(?:\d{1,3}(?: \d{3})+|\d{1,15})$/;
const [UN_JOUR, UN_MOIS] = ["(?:0?[1-9]|[12]\\d|3[01])", "(?:0?[1-9]|1[0-2])"];
const DEDANS = [
  ["une date", `${AN}-${UN_MOIS}-${UN_JOUR}|${UN_JOUR}-${UN_MOIS}-${AN}`],
  ["un numéro de téléphone", "\\d{3}-\\d{3}-\\d{4}"],
].map(([quoi, forme]) => [quoi, new RegExp(`(?<![\\d,.])(?:${forme})(?!\\d|[,.]\\d)`)]);

// La valeur (« 1234.50 », ou un entier en texte) et la phrase du refus, vide quand le texte se lit.
export function lire(genre, texte) {
  const corps = propre(texte);
  if (!corps) return { valeur: null, phrase: "" };
  try {
    return { valeur: genre === "count" ? compte(corps) : montant(corps), phrase: "" };
  } catch (erreur) {
    if (erreur instanceof Refus) return { valeur: null, phrase: erreur.message };
    throw erreur;
  }
}

export const refus = (genre, texte) => (genre === "money" || genre === "count" ? lire(genre, texte).phrase : "");

const grandeur = (n) => (n < 0n ? -n : n);

// Une fraction au cent le plus proche, la demie loin de zéro : « -1234.50 ».
export function enCents([n, d]) {
  const cents = (grandeur(n) * 200n + d) / (2n * d);
  const chiffres = String(cents).padStart(3, "0");
  return `${n < 0n && cents ? "-" : ""}${chiffres.slice(0, -2)}.${chiffres.slice(-2)}`;
}

function montant(corps) {
  const [n, d] = exact(corps);
  if ((grandeur(n) * 200n + d) / (2n * d) > PLUS_GRAND) refuser(`Montant trop grand : ${cite(corps)}.`);
  return enCents([n, d]);
}

function compte(corps) {
  const [n, d] = exact(corps);
  if (grandeur(n) * 100n > PLUS_GRAND * d) refuser(`Nombre trop grand : ${cite(corps)}.`);
  if (/[,.$]/.test(corps) || n % d) refuser(`Il faut un nombre entier : ${cite(corps)}.`);
  if (n < 0n) refuser(`Le nombre ne peut pas être négatif : ${cite(corps)}.`);
  return String(n / d);
}

function exact(texte) {
  const corps = texte.replace(/^=/, "").trim();
  if (!corps) refuser("Le champ est vide : tapez un montant.");
  if ([...corps].length > 5000) refuser("Le calcul est trop long : au plus 5000 caractères.");
  if (corps !== texte && !/^[^-+−*×/÷()]+[-−]$/.test(corps)) return formule(corps);
  const quoi = corps === texte && sosie(corps);
  if (quoi) refuser(`${cite(corps)} est ${quoi}, pas un montant.${conseil(quoi, corps)}`);
  const morceaux = operandes(corps);
  return morceaux.map((un) => signe(un, morceaux.length === 1)).reduce(plus);
}

function conseil(quoi, corps) {
  const [premier, second, ...autres] = corps.split(/[-−‐‑‒–—]/);
  if (!autres.length && ENTIER.test(premier) && ENTIER.test(second ?? "")) return ` Pour soustraire, tapez ${montre(`=${premier}-${second}`)}.`;
  return { "une fraction": ` Pour diviser, tapez =${montre(corps)}.`, "un tiret": " Pour zéro, tapez 0." }[quoi] ?? "";
}

function sosie(texte) {
  const serre = /[^ ][-−‐‑‒–—][^ ]/u.test(texte) ? texte.replace(/ ?[-−‐‑‒–—] ?/g, "-") : texte;
  const forme = FORMES.find(([, une]) => une.test(serre)) ?? DEDANS.find(([, une]) => une.test(serre));
  if (forme) return forme[0];
  if (/^(?:\d+ )?\d+ ?[/⁄] ?\d+$/.test(texte)) return "une fraction";
  const parts = serre.split("-");
  if (parts.length === 1 || !parts.every((part) => ENTIER.test(part))) return "";
  const [premier, ...autres] = parts.map((part) => BigInt(part.replaceAll(" ", "")));
  if (premier > autres.reduce((a, b) => a + b) && !parts.some((part) => /^0./.test(part))) return "";
  return autres.length === 1 ? "un intervalle" : "un numéro";
}

// Coupe une somme devant chaque signe; le premier, et un moins final seul, appartiennent à leur nombre.
function operandes(corps) {
  if (/[-−]$/.test(corps) && !/[-+−]/.test(corps.slice(1, -1))) return [corps];
  return (corps[0] + corps.slice(1).replace(/[-+−]/g, "\n$&")).split("\n");
}

function signe(operande, seul) {
  let texte = operande.trim();
  let negatif = "";
  let signes = 0;
  const positif = texte[0] === "+";
  if (texte && PLUS.includes(texte[0])) {
    negatif = texte[0];
    signes = 1;
    texte = texte.slice(1).trim();
  }
  if (seul && /[-−]$/.test(texte)) {
    negatif = "-";
    signes += 1;
    texte = texte.slice(0, -1).trim();
  }
  const enclos = /^\(([^()]*)\)( *\$)?$/.exec(texte);
  if (enclos) {
    negatif = "-";
    signes += positif ? 0 : 1;
    texte = enclos[1].trim();
  }
  if (signes > 1) refuser(`Deux signes pour un seul nombre : ${cite(operande)}.`);
  return moins(negatif, nombre(texte, false));
}
