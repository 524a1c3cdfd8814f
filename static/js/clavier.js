// Les touches. Rien ne demande la souris; sans Ctrl ni Alt, une touche ne fait jamais autre chose qu’écrire dans un texte.

import { annuler, refaire } from "./annuler.js";
import { estModifiee, quitterTout, valider } from "./cases.js";
import { estCase } from "./champs.js";
import { chercher } from "./chercher.js";
import { auBout, entree, finirTab, horizontale, noterTab, premiere, verticale } from "./curseur.js";
import { montrerTouches, tous } from "./dom.js";
import { envoyer } from "./envoi.js";
import { remplir, vider } from "./remplir.js";
import { basculer, suivante as habituelle, suivi } from "./parcours.js";
import { ouvrir as ouvrirRuban } from "./ruban.js";
import { etendre, lacher } from "./selection.js";
import { tiroir } from "./tiroir.js";

const ARRIVEE = "clavier";
const arrivee = tiroir("sessionStorage");

const ecrit = (cible) => cible.matches("input:not([type=checkbox]), select, textarea");

// Une grille se montre avec ses têtes avant la case où l’on va.
const montrer = (champ) => {
  champ.closest(".scroll")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  champ.scrollIntoView({ block: "nearest", inline: "nearest" });
};

const aller = (champ) => {
  champ?.focus();
  if (champ) montrer(champ);
  return true;
};

function colonne(champ, evenement) {
  if (champ.tagName === "TEXTAREA") return false;
  if (evenement.key === "Enter") return suivre(champ, evenement.shiftKey ? -1 : 1, !evenement.shiftKey && suivi());
  const choix = champ.tagName === "SELECT"; // haut et bas y choisissent
  if (evenement.key === "ArrowDown" && !choix) return aller(verticale(champ, 1));
  if (evenement.key === "ArrowUp" && !choix) return aller(verticale(champ, -1));
  const pas = { ArrowLeft: -1, ArrowRight: 1 }[evenement.key];
  const voisin = pas && auBout(champ, pas) && horizontale(champ, pas);
  return voisin ? aller(voisin) : false;
}

// Au bout du tableau, Entrée enregistre et reste; qui suit les cases habituelles passe à l’onglet suivant.
function suivre(champ, pas, parcours) {
  const suivante = parcours ? habituelle(champ) : entree(champ, pas);
  if (parcours && !suivante) return onglet(1);
  if (!suivante || suivante === champ) valider(champ);
  return aller(suivante);
}

function corriger(champ) {
  if (typeof champ.value !== "string" || !champ.setSelectionRange) return false;
  champ.setSelectionRange(champ.value.length, champ.value.length);
  return true;
}

function onglet(pas) {
  const liens = tous("a[data-onglet]");
  const lien = liens[liens.findIndex((un) => un.hasAttribute("aria-current")) + pas];
  if (!lien) return true;
  quitterTout();
  arrivee.garder(ARRIVEE, lien.dataset.onglet);
  location.assign(lien.href);
  return true;
}

function avecControle({ key, target, shiftKey }) {
  if (shiftKey) return key.toLowerCase() === "z" && avecControle({ key: "y", target });
  if (key.toLowerCase() === "k") return chercher();
  if (key.toLowerCase() === "s") {
    if (estCase(target)) valider(target);
    envoyer();
    return true;
  }
  if (key === "Enter" && estCase(target)) return suivre(target, 1, suivi() === (target.tagName === "TEXTAREA"));
  if (key.toLowerCase() === "d" && estCase(target)) return remplir(target);
  const geste = { z: annuler, y: refaire }[key.toLowerCase()];
  if (!geste || (ecrit(target) && !estCase(target)) || (estCase(target) && estModifiee(target))) return false;
  geste();
  return true;
}

function synchroniser() {
  document.querySelector("[data-action=synchroniser]")?.click();
  return true;
}

function traiter(evenement) {
  const { key, target, altKey, ctrlKey, metaKey, shiftKey } = evenement;
  if (altKey) return key === "PageDown" ? onglet(1) : key === "PageUp" ? onglet(-1) : false;
  if (ctrlKey || metaKey) return avecControle(evenement);
  if (key === "F5" && estCase(target) && !shiftKey) return chercher();
  if (key === "F8") return basculer();
  if (key === "F9" && shiftKey) return synchroniser();
  if (key === "/" && !ecrit(target)) return chercher();
  if ((key === "?" && !ecrit(target)) || key === "F1") return montrerTouches();
  if (!estCase(target)) return false;
  if (key === "F9") return ouvrirRuban(target);
  if (key === "Tab") {
    noterTab(target);
    setTimeout(() => estCase(document.activeElement) && montrer(document.activeElement));
  }
  if (key === "Escape" && lacher()) return true;
  if ((key === "Delete" || key === "Backspace") && vider()) return true;
  if (shiftKey && target.tagName !== "TEXTAREA" && etendre(target, key)) return true;
  return key === "F2" ? corriger(target) : colonne(target, evenement);
}

export function demarrer() {
  document.addEventListener("keydown", (evenement) => {
    if (evenement.isComposing || !(evenement.target instanceof Element) || evenement.target.closest("dialog")) return;
    if (traiter(evenement)) evenement.preventDefault();
  });
  document.addEventListener("pointerdown", finirTab);
  document.addEventListener("click", ({ target }) => suivi() && target.closest(".voisins a") && arrivee.garder(ARRIVEE, "voisin"));
  if (arrivee.lire(ARRIVEE) && !location.hash) aller((suivi() ? habituelle() : premiere()) ?? document.querySelector("[data-motif], [data-action=soumettre], .voisins .right"));
  arrivee.oter(ARRIVEE);
}
