// Une seule porte pour tout ce qui change une case : frappe, collage, annulation, proposition. La boîte d’abord, l’envoi ensuite.

import { poser } from "./boite.js";
import { champDe, genreDe, libelleDe } from "./champs.js";
import { envoyer } from "./envoi.js";
import { dire, etat } from "./etat.js";
import { incarner } from "./fantomes.js";
import { typographie } from "./fr.js";
import { refus } from "./nombre.js";

export const VERROU = "La nuit ne peut plus être modifiée.";

// `changements` : [{nom, texte, avant, base?, defait?, incertaine?}]. Rend vrai quand rien n’est refusé.
export function saisir(demandes, { annulable = true } = {}) {
  const lus = demandes.filter(({ nom, texte }) => jugement(nom, texte).etat === "prete");
  const changements = [...incarner(lus), ...demandes];
  const entrees = changements.map(({ avant, ...changement }) => ({ ...changement, ...jugement(changement.nom, changement.texte) }));
  poser(entrees);
  if (annulable) dire("saisie", { changements });
  envoyer();
  return entrees.every((entree) => entree.etat === "prete");
}

function jugement(nom, texte) {
  const champ = champDe(nom);
  const libelle = champ ? libelleDe(champ) : nom;
  const genre = champ ? genreDe(champ) : "text";
  const morceaux = champ?.closest("[data-suite]") ? texte.split(";") : [texte];
  const phrase = morceaux.map((morceau) => refus(genre, morceau)).find(Boolean);
  if (phrase) return { libelle, etat: "refuse", phrase: typographie(phrase) };
  if (!etat.modifiable) return { libelle, etat: "verrou", phrase: VERROU };
  return { libelle, etat: "prete" };
}

export function retirer(nom, libelle, plus = {}) {
  poser([{ nom, genre: "retrait", texte: "", libelle, ...plus }]);
  envoyer();
}
