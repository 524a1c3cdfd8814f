// Lire un texte tapé ou collé. Un nombre et un calcul sont exacts : des fractions d’entiers, [numérateur, dénominateur]. Le serveur lit de même (utils/money.py).

// Sans les marques invisibles (catégorie Cf, ou que personne ne dessine), toute espace étant la simple.
export const propre = (texte) => texte.replace(/[\p{Cf}\p{DI}]/gu, "").replace(/[\s\x1c-\x1f\x85]/g, " ").replace(/^ +| +$/g, "");

// Des guillemets entourent une cellule quand ils se referment devant une tabulation, une fin de ligne ou la fin; doublés, ils comptent
// pour un. Ailleurs, un guillemet est un caractère.
const CELLULE = /(?:"([^"]*(?:""[^"]*)*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/y;

export function cellules(texte) {
  const entier = texte.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rangees = [[]];
  CELLULE.lastIndex = 0;
  for (let fin = "\t"; fin; ) {
    const [, cite, nu, borne] = CELLULE.exec(entier);
    rangees.at(-1).push(cite === undefined ? nu : cite.replaceAll('""', '"'));
    if (borne === "\n") rangees.push([]);
    fin = borne;
  }
  return rangees;
}

const NOMBRE = /^(\d+|\d{1,3}( \d{3})+)?([.,]\d+)?$/;
// Le zéro du format comptable d’Excel, « -   $ », collé.
export const RIEN = /^(?:[-−–] *\$?|\$ *[-−–])$/;

export const PLUS = "+-−";
const PAR = "/÷";
const SIGNES = `${PLUS}*×${PAR}()`;
const MANQUE = "Il manque un nombre de part et d'autre d'un signe.";

export const montre = (texte) => {
  const signes = [...texte];
  return (signes.length > 40 ? `${signes.slice(0, 39).join("")}…` : texte).replace(/[\p{C}\p{Z}]/gu, " ");
};
export const cite = (texte) => `« ${montre(texte)} »`;
export class Refus extends Error {}
export const refuser = (phrase) => {
  throw new Refus(phrase);
};

const fois = ([a, b], [c, d]) => [a * c, b * d];
export const plus = ([a, b], [c, d]) => (b === d ? [a + c, b] : [a * d + c * b, b * d]);
export const moins = (signe, [n, d]) => (signe && signe !== "+" ? [-n, d] : [n, d]);

// `libre` : les décimales ont la longueur qu’elles veulent.
export function nombre(texte, libre) {
  const lu = texte.replace(/\$$/, "").trim();
  if (!lu) refuser(MANQUE);
  if (!NOMBRE.test(lu)) refuser(pourquoi(lu));
  const [entier, decimales = ""] = lu.replaceAll(" ", "").replace(",", ".").split(".");
  if (decimales.length > 2 && !libre) refuser(`Plus de deux décimales : ${cite(lu)}. Tapez les milliers sans virgule ni point.`);
  if (entier.replace(/^0+/, "").length > 12) refuser(`Montant trop grand : ${cite(lu)}.`);
  return [BigInt(entier + decimales), 10n ** BigInt(decimales.length)];
}

function pourquoi(lu) {
  const lettres = [...new Set(lu.match(/\p{L}/gu))].slice(0, 8).join("");
  if (lettres) return `${cite(lu)} contient « ${lettres} », qui n'est pas un chiffre.`;
  if (lu.replace(/[^.,]/g, "").length > 1) return `${cite(lu)} a plus d'un séparateur décimal. Tapez par exemple 1 234,56.`;
  if (/[*×/÷]/.test(lu)) return `${cite(lu)} : pour multiplier ou diviser, commencez par « = ».`;
  return `${cite(lu)} n'est pas un montant. Tapez par exemple 1 234,56.`;
}

// Un calcul après « = », de gauche à droite, comme un chiffrier.
export function formule(corps) {
  if ([...corps].length > 500) refuser("Le calcul est trop long : au plus 500 caractères.");
  const pieces = corps.match(/[-+−*×/÷()]|[^-+−*×/÷()]+/g).map((une) => une.trim()).filter(Boolean);
  const libre = pieces.filter((une) => !SIGNES.includes(une)).length > 1;
  let rang = 0;
  let profondeur = 0;
  const prendre = (voulus) => (pieces[rang] && voulus.includes(pieces[rang]) ? pieces[rang++] : "");
  function somme() {
    const premier = prendre(PLUS);
    let total = [0n, 1n];
    let seul = !premier;
    for (let signe_ = premier; ; seul = false) {
      const [valeur, sorte] = produit();
      if (sorte === "enclos") refuser(`Un nombre seul entre parenthèses se lit de deux façons : ${cite(corps)}.`);
      total = plus(total, moins(signe_, valeur));
      signe_ = prendre(PLUS);
      if (!signe_) return [total, seul && sorte === "nombre"];
    }
  }
  function produit() {
    let [valeur, sorte] = facteur();
    for (let signe_ = prendre(`*×${PAR}`); signe_; signe_ = prendre(`*×${PAR}`)) {
      const oppose = prendre(PLUS);
      const [n, d] = moins(oppose, facteur()[0]);
      sorte = "";
      const divise = PAR.includes(signe_);
      if (divise && !n) refuser(`On ne divise pas par zéro : ${cite(corps)}.`);
      valeur = fois(valeur, divise ? (n < 0n ? [-d, -n] : [d, n]) : [n, d]);
    }
    return [valeur, sorte];
  }
  function facteur() {
    if (prendre("(")) {
      profondeur += 1;
      if (profondeur > 20) refuser("Le calcul a trop de parenthèses : au plus 20 l'une dans l'autre.");
      const [valeur, seul] = somme();
      if (!prendre(")")) refuser(`Une parenthèse n'est pas fermée : ${cite(corps)}.`);
      profondeur -= 1;
      return [valeur, seul ? "enclos" : ""];
    }
    const piece = pieces[rang];
    if (piece && PLUS.includes(piece)) refuser(`Deux signes pour un seul nombre : ${cite(corps)}.`);
    if (!piece || SIGNES.includes(piece)) refuser(MANQUE);
    rang += 1;
    return [nombre(piece, libre), "nombre"];
  }
  const [total] = somme();
  if (pieces[rang]) refuser(`Le calcul ne se lit pas à partir de ${cite(pieces[rang])}.`);
  return total;
}
