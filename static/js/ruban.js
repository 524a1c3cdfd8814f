// Le ruban de la calculatrice, F9 dans une case : un nombre par ligne, le total dessous. Gardé, il devient le calcul de la case, enregistré
// et journalisé avec son chiffre; rouvert, il montre ses lignes. Rien ne change avant « Garder ».

import { abandonner } from "./cases.js";
import { trouver } from "./boite.js";
import { estFige, estNombre, libelleDe, lire as lireCase, nomDe, suiteDe, texteAuRepos } from "./champs.js";
import { PLUS } from "./calcul.js";
import { bouton, dialogue, el } from "./dom.js";
import { nombre, typographie } from "./fr.js";
import { lire } from "./nombre.js";
import { saisir } from "./saisir.js";

// « =12,50+3,10-4*2 » en « 12,50 », « +3,10 », « -4*2 » : un signe hors d’une parenthèse et d’un produit commence une ligne.
export function lignesDe(texte) {
  const lignes = [""];
  let profondeur = 0;
  for (const signe of texte.replace(/^\s*=/, "").trim()) {
    const avant = lignes.at(-1).trim();
    if (signe === "(") profondeur += 1;
    if (signe === ")") profondeur -= 1;
    if (PLUS.includes(signe) && !profondeur && avant && !/[*×/÷+−-]$/.test(avant)) lignes.push(signe);
    else lignes[lignes.length - 1] += signe;
  }
  return lignes.map((une) => une.trim()).filter(Boolean);
}

const signee = (ligne) => (PLUS.includes(ligne[0]) ? ligne : `+${ligne}`);

// Un seul nombre simple est lui-même; sans produit, un long ruban se passe du signe « = », que le serveur borne à 500 caractères.
export function texteDe(lignes) {
  const [premiere = "", ...autres] = lignes;
  const corps = premiere.replace(/^\+/, "") + autres.map(signee).join("");
  if (!autres.length && !/[*×/÷(]/.test(corps)) return corps;
  return corps.length > 500 && !/[*×/÷(]/.test(corps) ? corps : `=${corps}`;
}

class Ruban {
  constructor(champ) {
    this.champ = champ;
    this.lignes = lignesDe(lireCase(champ));
    this.liste = el("ol", { class: "ruban" });
    this.total = el("output", { "aria-live": "polite" });
    this.erreur = el("p", { class: "error", role: "alert" });
    this.nombre = el("input", { inputmode: "decimal", autocomplete: "off", "aria-label": "Nombre suivant", placeholder: "Un nombre, puis +, − ou Entrée; Entrée seule garde", keydown: (evenement) => this.frapper(evenement) });
    this.boite = dialogue(
      `Ruban : ${libelleDe(champ)}`,
      this.liste,
      el("p", { class: "total-ruban" }, "Total", this.total),
      el("p", {}, this.nombre),
      this.erreur,
      el("p", { class: "choice" }, bouton("Garder", () => this.garder(), { class: "btn main" }), bouton("Fermer sans garder", () => this.boite.close())),
    );
    this.nombre.focus();
    this.montrer();
  }

  frapper(evenement) {
    const { key } = evenement;
    const texte = this.nombre.value.trim();
    const fini = /[\d),$]$/.test(texte) && texte.split("(").length === texte.split(")").length;
    if (key === "Enter") texte ? this.ajouter("") : this.garder();
    else if ((key === "+" || key === "-") && fini && this.nombre.selectionStart === this.nombre.value.length) this.ajouter(key);
    else if (key === "Backspace" && !texte && this.lignes.length) this.reprendre(this.lignes.length - 1);
    else return;
    evenement.preventDefault();
  }

  ajouter(suite) {
    const lignes = [...this.lignes, ...lignesDe(this.nombre.value)];
    const { phrase } = lire("money", texteDe(lignes));
    this.erreur.textContent = typographie(phrase);
    if (phrase) return;
    this.lignes = lignes;
    this.nombre.value = suite;
    this.montrer();
  }

  reprendre(rang) {
    this.nombre.value = this.lignes.splice(rang, 1)[0].replace(/^\+/, "");
    this.nombre.focus();
    this.montrer();
  }

  montrer() {
    this.liste.replaceChildren(...this.lignes.map((ligne, rang) => {
      const [signe, corps] = PLUS.includes(ligne[0]) ? [ligne[0], ligne.slice(1)] : [rang ? "+" : "", ligne];
      const vaut = /[*×/÷(]/.test(corps) && lire("money", `=${corps}`).valeur;
      return el("li", {}, el("span", {}, signe.replace("-", "−")), el("span", {}, corps, vaut && ` = ${nombre(vaut)}`),
        bouton("×", () => this.reprendre(rang), { class: "icone", "aria-label": `Reprendre ${ligne}` }));
    }));
    this.liste.lastChild?.scrollIntoView({ block: "nearest" });
    const { valeur } = lire("money", texteDe(this.lignes));
    this.total.textContent = valeur === null ? "" : nombre(valeur);
  }

  garder() {
    if (this.nombre.value.trim()) this.ajouter("");
    if (this.nombre.value.trim()) return;
    const { champ } = this;
    const texte = texteDe(this.lignes);
    this.boite.close();
    const avant = trouver(nomDe(champ))?.texte ?? texteAuRepos(champ);
    if (texte === avant) return;
    abandonner(champ);
    saisir([{ nom: nomDe(champ), texte, avant }]);
  }
}

export function ouvrir(champ) {
  const possible = estNombre(champ) && !estFige(champ) && !suiteDe(champ);
  if (possible) new Ruban(champ);
  return possible;
}
