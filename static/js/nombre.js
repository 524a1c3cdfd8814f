// La grammaire d’un nombre tapé, celle du serveur : ce qui ne peut pas en être un est refusé tout de suite, sans rien calculer.

const SIGNE = /^[-−]$/;
const OPERANDE = /^(\d+|\d{1,3}( \d{3})+)?([.,]\d+)?$/;
const MONTRE = 40;

const montre = (texte) => (texte.length <= MONTRE ? texte : `${texte.slice(0, MONTRE - 1)}…`);

// La phrase du refus, vide quand le texte se lit.
export function refus(genre, texte) {
  if (genre !== "money" && genre !== "count") return "";
  if (!texte.trim()) return "";
  if (/^\s*=\s*$/.test(texte)) return "Le champ est vide : tapez un montant.";
  for (const operande of operandes(texte)) {
    const phrase = refusOperande(operande, operandes(texte).length === 1);
    if (phrase) return phrase;
  }
  if (genre === "count" && /[,.$]/.test(texte)) return `Il faut un nombre entier : « ${montre(texte)} ».`;
  return "";
}

// Coupe une somme devant chaque signe; le premier, et un moins final seul, appartiennent à leur nombre.
function operandes(texte) {
  const corps = texte.replace(/\s/g, " ").trim().replace(/^=/, "").trim();
  if (SIGNE.test(corps.slice(-1)) && !/[-+−]/.test(corps.slice(1, -1))) return [corps];
  const morceaux = [];
  let debut = 0;
  for (let i = 1; i < corps.length; i += 1) {
    if (/[-+−]/.test(corps[i])) {
      morceaux.push(corps.slice(debut, i));
      debut = i;
    }
  }
  return [...morceaux, corps.slice(debut)];
}

function refusOperande(operande, seul) {
  let texte = operande.trim();
  let signes = 0;
  const plus = texte[0] === "+";
  if (/^[-+−]/.test(texte)) {
    signes += 1;
    texte = texte.slice(1).trim();
  }
  if (seul && SIGNE.test(texte.slice(-1))) {
    signes += 1;
    texte = texte.slice(0, -1).trim();
  }
  const enclos = /^\(([^()]*)\)( ?\$)?$/.exec(texte);
  if (enclos) {
    signes += plus ? 0 : 1;
    texte = enclos[1].trim();
  }
  if (signes > 1) return `Deux signes pour un seul nombre : « ${montre(operande)} ».`;
  return refusNombre(texte.replace(/\$$/, "").trim());
}

function refusNombre(nombre) {
  if (!nombre) return "Il manque un nombre de part et d'autre d'un signe.";
  if (!OPERANDE.test(nombre)) return pourquoi(nombre);
  const [entier, decimales = ""] = nombre.replaceAll(" ", "").replace(",", ".").split(".");
  if (decimales.length > 2) return `Plus de deux décimales : « ${montre(nombre)} ». Tapez les milliers sans virgule ni point.`;
  if (entier.replace(/^0+/, "").length > 12) return `Montant trop grand : « ${montre(nombre)} ».`;
  return "";
}

function pourquoi(nombre) {
  const lettres = [...new Set(nombre.match(/\p{L}/gu) ?? [])].sort().join("").slice(0, 8);
  if (lettres) return `« ${montre(nombre)} » contient « ${lettres} », qui n'est pas un chiffre.`;
  if ((nombre.match(/[.,]/g) ?? []).length > 1) return `« ${montre(nombre)} » a plus d'un séparateur décimal. Tapez par exemple 1 234,56.`;
  return `« ${montre(nombre)} » n'est pas un montant. Tapez par exemple 1 234,56.`;
}
