// Ce qu’entend un lecteur d’écran, sans l’interrompre : les phrases rapprochées sont dites ensemble.

const DELAI = 700;
let attente = 0;
let phrases = [];

export function annoncer(phrase) {
  if (!phrases.includes(phrase)) phrases.push(phrase);
  clearTimeout(attente);
  attente = setTimeout(() => {
    const place = document.querySelector("[data-annonce]");
    if (place) place.textContent = phrases.join(" ");
    phrases = [];
  }, DELAI);
}
