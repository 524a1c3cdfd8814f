// Fabriquer et trouver des éléments. Les données n’entrent que comme texte : rien de tapé ne peut devenir du HTML.

const SVG = "http://www.w3.org/2000/svg";

export const tous = (selecteur, dans = document) => [...dans.querySelectorAll(selecteur)];

// Ce que le gabarit dit de la page dans son en-tête; vide quand il n’en dit rien.
export const meta = (nom) => document.querySelector(`meta[name="${nom}"]`)?.content ?? "";

export function el(nom, attributs = {}, ...contenu) {
  const element = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) {
    if (typeof valeur === "function") element.addEventListener(cle, valeur);
    else if (valeur !== false && valeur != null) element.setAttribute(cle, valeur === true ? "" : valeur);
  }
  element.append(...contenu.flat().filter((morceau) => morceau != null && morceau !== false));
  return element;
}

export function icone(nom) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${nom}`);
  svg.append(use);
  return svg;
}

export const bouton = (texte, click, attributs = {}) => el("button", { type: "button", class: "btn", click, ...attributs }, texte);

// Un dialogue natif, retiré de la page quand il se ferme; le foyer revient de lui-même où il était.
export function dialogue(titre, ...contenu) {
  const id = `titre-${Math.floor(performance.now())}`;
  const boite = el("dialog", { class: "dialogue", "aria-labelledby": id }, el("h2", { id }, titre), ...contenu);
  boite.addEventListener("close", () => boite.remove());
  document.body.append(boite);
  boite.showModal();
  return boite;
}

// La liste des touches, dans son dialogue.
export function montrerTouches() {
  const boite = document.querySelector("dialog[data-dialogue=touches]");
  if (boite && !boite.open) boite.showModal();
  return Boolean(boite);
}
