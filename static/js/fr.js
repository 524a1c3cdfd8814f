// Le français du Québec : les valeurs JSON comme on les lit, sans jamais passer par un nombre à virgule flottante.

const INSECABLE = "\u00a0";
const MOINS = "\u2212";

// « 1 234,56 » d’un texte décimal; rien n’est arrondi, des zéros complètent.
export function nombre(valeur, decimales = 2) {
  const [, signe, entier, , fraction = ""] = /^(-?)(\d+)(\.(\d+))?$/.exec(String(valeur)) ?? [];
  if (entier === undefined) return String(valeur);
  const groupes = entier.replace(/\B(?=(\d{3})+$)/g, INSECABLE);
  const suite = fraction.padEnd(decimales, "0");
  const nul = !/[1-9]/.test(entier + suite);
  return (signe && !nul ? MOINS : "") + groupes + (suite && `,${suite}`);
}

// Sans accents ni majuscules, pour comparer.
export const simplifie = (texte) => texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const argent = (valeur) => `${nombre(valeur)}${INSECABLE}$`;

// Une valeur comme une case la montre, sans unité; une valeur absente est un texte vide.
export function affiche(genre, valeur) {
  if (valeur === null || valeur === undefined) return "";
  return genre === "text" || genre === "choice" || genre === "date" ? String(valeur) : chiffre(valeur);
}

// Un chiffre calculé : un décimal est un texte (« 1234.50 », « 1.000 »), un compte est un entier.
export function chiffre(valeur) {
  if (valeur === null || valeur === undefined) return "";
  if (typeof valeur === "boolean") return valeur ? "oui" : "non";
  if (typeof valeur === "number") return nombre(valeur, 0);
  return /^-?\d+\.\d+$/.test(valeur) ? nombre(valeur) : String(valeur);
}

// La même dans une phrase : avec son unité, et « vide » quand elle manque.
export const dit = (genre, valeur) =>
  valeur === null || valeur === undefined || valeur === "" ? "vide" : genre === "money" && typeof valeur === "string" ? argent(valeur) : affiche(genre, valeur);

// Le nombre tel qu’on le retape : « -1234,56 ».
export const simple = (texte) => texte.replace(/[\s$]/g, "").replaceAll(MOINS, "-");

export const typographie = (texte) => texte.replaceAll("'", "’");

export const pluriel = (nombre, un, plusieurs) => `${nombre} ${nombre > 1 ? plusieurs : un}`;

// « 03:12:07 » d’un instant ISO que le serveur donne à l’heure de l’hôtel; vide sinon : l’horloge du poste ne dit jamais l’heure.
export const heure = (instant) => /T(\d\d:\d\d:\d\d)/.exec(instant ?? "")?.[1] ?? "";
