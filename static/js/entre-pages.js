// Les pages d’une même nuit ouvertes dans ce navigateur : ce que l’une apprend, les autres l’apprennent; une seule envoie à la fois.

import { dire, etat } from "./etat.js";

const NOM = `rj ${etat.hotel} ${etat.date}`;
const canal = new BroadcastChannel(NOM);

canal.addEventListener("message", ({ data }) => dire(data.quoi, { ...data.detail, ailleurs: true }));

export const diffuser = (quoi, detail) => canal.postMessage({ quoi, detail });

// Sans verrous (page servie sans chiffrement ailleurs que sur cette machine), chaque page envoie pour elle : le serveur reconnaît un envoi répété.
export const seul = (travail) => (navigator.locks ? navigator.locks.request(NOM, travail) : travail());
