// Parler au serveur. Une réponse est toujours `{statut, corps, attendre, etag, heure}`; un réseau muet donne le statut 0.

import { etat, moi } from "./etat.js";

const DELAI = 15000;
const GARDE = 60000; // au-delà, le navigateur refuse de finir l’envoi d’une page fermée

const jeton = document.querySelector('meta[name="csrf-token"]');

export async function demander(methode, adresse, { corps, etag, garde = false, delai = DELAI } = {}, encore = true) {
  const texte = corps === undefined ? undefined : JSON.stringify(corps);
  const reponse = await joindre(adresse, {
    method: methode,
    body: texte,
    headers: entetes(methode, etag),
    keepalive: garde && (texte ?? "").length < GARDE,
    signal: AbortSignal.timeout(delai),
  });
  if (reponse.statut === 400 && methode !== "GET" && encore && (await renouvelerJeton())) {
    return demander(methode, adresse, { corps, etag, garde, delai }, false);
  }
  return reponse;
}

// Pour une page qui se ferme : l’envoi part, la réponse sera demandée de nouveau à la prochaine ouverture.
export function lancer(methode, adresse, corps) {
  fetch(adresse, { method: methode, body: JSON.stringify(corps), headers: entetes(methode), keepalive: true }).catch(() => {});
}

function entetes(methode, etag) {
  const communs = { Accept: "application/json" };
  if (etag) communs["If-None-Match"] = etag;
  if (methode === "GET") return communs;
  return { ...communs, "Content-Type": "application/json", "X-CSRFToken": jeton.content, "X-Hotel": etat.hotel, "X-Utilisateur": moi };
}

async function joindre(adresse, options) {
  try {
    const reponse = await fetch(adresse, { ...options, cache: "no-store" });
    return await lire(reponse);
  } catch {
    return { statut: 0, corps: {}, attendre: 0 };
  }
}

// Une réponse « 200 » qui n’est pas la nôtre (portail d’un réseau, page d’un mandataire) ne dit rien : c’est un réseau muet.
async function lire(reponse) {
  const genre = reponse.headers.get("Content-Type") ?? "";
  const corps = genre.includes("json") ? await reponse.json() : null;
  if (reponse.ok && corps === null) return { statut: 0, corps: {}, attendre: 0 };
  const attendre = Number(reponse.headers.get("Retry-After")) || 0;
  return { statut: reponse.status, corps: corps ?? {}, attendre, etag: reponse.headers.get("ETag"), heure: reponse.headers.get("X-Heure") };
}

// Le jeton d’une session nouvelle : la page de connexion le porte, ou celle où elle mène quand on est déjà entré.
export async function renouvelerJeton() {
  try {
    const reponse = await fetch("/connexion", { cache: "no-store", signal: AbortSignal.timeout(DELAI) });
    return adopterJeton(await reponse.text());
  } catch {
    return false;
  }
}

export function adopterJeton(page) {
  const lu = meta(page, "csrf-token");
  if (lu) jeton.content = lu;
  return Boolean(lu);
}

// Pour qui le serveur a dessiné cette page; vide quand personne n’est connecté.
export const compteDe = (page) => meta(page, "utilisateur");

const meta = (page, nom) => new DOMParser().parseFromString(page, "text/html").querySelector(`meta[name="${nom}"]`)?.content ?? "";

export const jetonCourant = () => jeton.content;

// Ce qu’un refus dit à une personne.
export const phraseDe = ({ statut, corps }) =>
  corps.detail || (statut === 0 ? "Le serveur ne répond pas. Vérifier le réseau, puis recommencer." : "Le serveur a refusé la demande. Recommencer dans un instant.");
