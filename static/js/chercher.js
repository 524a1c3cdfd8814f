// Ctrl+K, F5 ou `/` : un onglet par son numéro, un champ par son nom, sans se soucier des accents.

import { dialogue, el, tous } from "./dom.js";
import { adresseDe, etat } from "./etat.js";
import { simplifie } from "./fr.js";

const MAXIMUM = 12;

let champs = null; // [nom, libellé], demandés une fois

async function lireChamps() {
  if (champs || !etat.champs) return champs ?? [];
  const reponse = await fetch(etat.champs, { headers: { Accept: "application/json" } }).catch(() => null);
  champs = reponse?.ok ? await reponse.json() : null;
  return champs ?? [];
}

function lireOnglets() {
  return tous("a[data-onglet]").map((lien) => {
    const numero = lien.querySelector(".n").textContent.trim();
    const titre = lien.children[1].textContent.trim();
    return { nom: lien.dataset.onglet, texte: `${numero} · ${titre}`, cles: [numero, simplifie(titre)] };
  });
}

// Un nombre entier désigne un onglet; ce qui commence par le texte passe devant ce qui le contient.
function trouver(onglets, noms, demande) {
  const voulu = simplifie(demande.trim());
  if (!voulu) return onglets;
  if (/^\d+$/.test(voulu)) return onglets.filter(({ cles }) => cles[0] === voulu);
  const titres = new Map(onglets.filter(({ nom }) => nom).map(({ nom, texte }) => [nom, texte]));
  const connus = noms.map(([nom, libelle]) => ({ nom, texte: libelle, sous: titres.get(nom.split(".")[0]), cles: [simplifie(libelle)] }));
  const mots = voulu.split(/\s+/);
  const retenus = [...onglets, ...connus].filter(({ cles }) => cles.some((cle) => mots.every((mot) => cle.includes(mot))));
  const debute = ({ cles }) => cles.some((cle) => cle.startsWith(voulu));
  return [...retenus.filter(debute), ...retenus.filter((un) => !debute(un))].slice(0, MAXIMUM);
}

// Ce que la page offre de faire : « synchroniser », « imprimer »…
const gestes = () => tous("main button[data-action]:not([disabled]), main .title a[href]").filter((un) => un.getClientRects().length)
  .map((geste) => ({ geste, texte: geste.textContent.trim(), cles: [simplifie(geste.textContent.trim())] }));

export function chercher() {
  const champ = el("input", { type: "search", id: "chercher", autocomplete: "off", "aria-label": "Numéro d’un onglet ou nom d’un champ" });
  const liste = el("ul", { class: "resultats" });
  const boite = dialogue("Aller à", el("p", {}, champ), liste);
  const montrer = async () => {
    const trouves = trouver([...lireOnglets(), ...(champ.value.trim() ? gestes() : [])], await lireChamps(), champ.value);
    liste.replaceChildren(...trouves.map(resultat));
    if (!trouves.length) liste.append(el("li", { class: "soft" }, "Rien ne porte ce nom."));
  };
  champ.addEventListener("input", montrer);
  boite.addEventListener("keydown", (evenement) => marcher(evenement, champ, liste));
  boite.addEventListener("click", ({ target }) => target.closest("a") && boite.close());
  montrer();
  return true;
}

const resultat = ({ nom, texte, sous, geste }) => el("li", {}, geste
  ? el("a", { href: "#", click: (evenement) => { evenement.preventDefault(); geste.click(); } }, texte)
  : el("a", { href: adresseDe(nom) }, texte, sous && el("span", { class: "soft" }, ` ${sous}`)));

// Les flèches marchent dans les résultats, Entrée prend le premier.
function marcher(evenement, champ, liste) {
  const liens = tous("a", liste);
  const rang = liens.indexOf(document.activeElement);
  const pas = { ArrowDown: 1, ArrowUp: -1 }[evenement.key];
  if (pas && liens.length) {
    evenement.preventDefault();
    (liens[rang + pas] ?? (pas < 0 ? champ : liens[rang])).focus();
  } else if (evenement.key === "Enter" && evenement.target === champ) {
    evenement.preventDefault();
    liens[0]?.click();
  }
}
