// Ce que la page sait de la nuit : lu une fois dans la page, puis tenu à jour par les réponses du serveur.
// `version` est celle où les cases de l’onglet affiché ont été lues.

export const etat = JSON.parse(document.getElementById("nuit").textContent);

// Le compte pour qui la page est dessinée : ce qui est tapé ici est à lui, qui que ce soit qui se connecte ensuite.
export const moi = etat.utilisateur.id;
export const monNom = etat.utilisateur.nom;

const bus = new EventTarget();

export const dire = (quoi, detail) => bus.dispatchEvent(new CustomEvent(quoi, { detail }));

export const ecouter = (quoi, suite) => bus.addEventListener(quoi, (evenement) => suite(evenement.detail ?? {}));

// L’adresse d’un onglet ou d’un champ, par les liens du rail.
export function adresseDe(nom) {
  const onglet = nom.split(".")[0];
  const page = new URL(`/rj/native/${etat.date}/${onglet}`, location.href);
  if (nom !== onglet) page.hash = nom;
  return page.href;
}
