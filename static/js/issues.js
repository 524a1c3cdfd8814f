// Ce que chaque réponse du serveur fait aux entrées envoyées. Rend la suite : rien quand l’envoi continue, sinon pourquoi il s’arrête.

import { phraseDe } from "./api.js";
import { changer, conclure } from "./boite.js";
import { diffuser } from "./entre-pages.js";
import { dire, monNom } from "./etat.js";

const ISSUES = { 200: garde, 401: session, 403: retenu, 404: arret, 409: conflit, 413: tropGros, 422: refuse, 423: retenu };

export function traiter(lot, reponse) {
  const { statut, attendre } = reponse;
  if (ISSUES[statut]) return ISSUES[statut](lot, reponse);
  if (statut === 0) return { nom: "attente", raison: "hors ligne", attendre };
  if (statut === 503 || statut === 429) return { nom: "attente", raison: "serveur occupé", attendre };
  if (statut >= 500) return { nom: "attente", raison: "erreur du serveur", attendre };
  return arret(lot, reponse);
}

function garde(lot, { corps, heure }) {
  if (!Number.isInteger(corps.version)) return { nom: "attente", raison: "réponse illisible", attendre: 0 };
  const detail = { onglet: lot[0].onglet, corps, noms: lot.map((entree) => entree.nom), heure };
  conclure(lot, corps.version);
  dire("reponse", detail);
  diffuser("reponse", detail);
  return null;
}

function session() {
  dire("session");
  return { nom: "arret", raison: "session expirée" };
}

function arret(lot, reponse) {
  return { nom: "arret", raison: "refusé par le serveur", phrase: phraseDe(reponse) };
}

// La nuit ou le rôle ne laisse plus rien écrire : le texte reste, à copier.
function retenu(lot, reponse) {
  changer(lot, (entree) => ({ ...entree, etat: "verrou", phrase: phraseDe(reponse) }));
  dire("lire");
  return null;
}

// Quelqu’un d’autre a changé les mêmes cases; les autres repartent. Sauf si c’est nous : un texte d’avant, parti sans qu’on sache s’il
// était arrivé, l’était; celui-ci passe par-dessus.
function conflit(lot, reponse) {
  const conflits = new Map((reponse.corps.conflits ?? []).map((un) => [un.chemin, un]));
  const touchees = lot.filter((entree) => conflits.has(entree.nom));
  if (!touchees.length) return arret(lot, reponse);
  changer(touchees, (entree) => {
    const { votre, actuelle, par } = conflits.get(entree.nom);
    const rebasee = { ...entree, base: reponse.corps.version, parti: false, incertaine: false };
    return entree.incertaine && par === monNom ? rebasee : { ...rebasee, etat: "conflit", votre, actuelle, autre: par };
  });
  dire("lire");
  return null;
}

function refuse(lot, reponse) {
  const phrases = new Map(lot.map((entree) => [entree, phrasePour(entree, reponse.corps.erreurs ?? [])]));
  const touchees = lot.filter((entree) => phrases.get(entree));
  if (touchees.length) {
    const parTimbre = new Map(touchees.map((entree) => [entree.timbre, phrases.get(entree)]));
    changer(touchees, (entree) => ({ ...entree, etat: "refuse", phrase: parTimbre.get(entree.timbre) }));
    return null;
  }
  return unParUn(lot, reponse);
}

const phrasePour = ({ onglet, nom }, erreurs) => {
  const cle = nom.slice(onglet.length + 1);
  return erreurs.find(({ chemin }) => chemin === nom || chemin === `saisies.${cle}` || chemin === `values.${nom}`)?.message;
};

function tropGros(lot, reponse) {
  return unParUn(lot, reponse);
}

// Le refus ne dit pas quelle case est en cause : chacune repart seule, et celle qui est refusée l’est pour elle.
function unParUn(lot, reponse) {
  if (lot.length > 1) changer(lot, (entree) => ({ ...entree, seule: true }));
  else changer(lot, (entree) => ({ ...entree, etat: "refuse", phrase: reponse.corps.erreurs?.[0]?.message ?? phraseDe(reponse) }));
  return null;
}
