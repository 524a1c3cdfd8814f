// Soumettre, laisser passer un contrôle, verrouiller, rouvrir : seulement quand tout ce qui est tapé est enregistré; le refus se lit sur place.

import { annoncer } from "./annonce.js";
import { demander, phraseDe } from "./api.js";
import { aEnvoyer, toutes } from "./boite.js";
import { quitterTout } from "./cases.js";
import { el, tous } from "./dom.js";
import { envoyer } from "./envoi.js";
import { dire, etat } from "./etat.js";
import { pluriel, typographie } from "./fr.js";

const PATIENCE = 5000;
const LENTE = 180_000; // Lightspeed peut se faire attendre, pannes et reprises comprises
const CHEMINS = { soumettre: "soumettre", deroger: "derogations", verrouiller: "verrouiller", rouvrir: "rouvrir", reprendre: "reprendre-soumission", envoyer: "envoyer", veille: "reprendre-veille" };
const SANS_CORPS = ["verrouiller", "reprendre", "envoyer", "veille"];

async function agir(bouton) {
  const formulaire = bouton.closest("[data-formulaire]");
  quitterTout();
  bouton.disabled = true;
  repondre(formulaire, "Un instant…");
  const reste = await enregistrerTout();
  const reponse = reste ? null : await demanderAction(bouton, formulaire);
  bouton.disabled = false;
  if (reste) repondre(formulaire, `${pluriel(reste, "valeur n’est", "valeurs ne sont")} pas encore enregistrée${reste > 1 ? "s" : ""} : rien n’a été fait.`);
  else if (reponse.statut >= 200 && reponse.statut < 300) {
    const { phrase, liens } = reponse.corps;
    if (liens) history.replaceState({ phrase, liens }, "");
    location.reload();
  }
  else if (reponse.statut === 401) {
    repondre(formulaire, phraseDe(reponse));
    dire("session");
  } else refuser(formulaire, reponse);
}

function demanderAction(bouton, formulaire) {
  const { action } = bouton.dataset;
  if (action === "synchroniser") return demander("POST", `/api/lightspeed/sync/${etat.date}`, { corps: {}, delai: LENTE });
  return demander("POST", `${etat.api}/${CHEMINS[action]}`, { corps: corpsDe(bouton, formulaire) });
}

// Attend que la boîte soit vide; rend le nombre de valeurs qui n’ont pas pu partir.
async function enregistrerTout() {
  const fin = Date.now() + PATIENCE;
  envoyer();
  while (aEnvoyer().length && Date.now() < fin) await new Promise((suite) => setTimeout(suite, 50));
  return toutes().filter((entree) => entree.genre !== "brouillon").length;
}

function corpsDe({ dataset: { action, check, enAttente } }, formulaire) {
  if (SANS_CORPS.includes(action)) return {};
  const champs = tous("[data-motif]", formulaire);
  if (action !== "soumettre") return { motif: champs[0]?.value ?? "", ...(check ? { check } : {}) };
  const donnes = champs.filter((champ) => champ.value.trim());
  const motifs = Object.fromEntries(donnes.flatMap((champ) => clesDe(champ).map((cle) => [cle, champ.value])));
  return enAttente === undefined ? { motifs } : { motifs, en_attente: true };
}

// Un motif peut répondre à plusieurs remarques semblables.
const clesDe = (champ) => champ.dataset.motif.split(" ");

// La phrase générale dans la réponse, celle de chaque motif sous son champ.
function refuser(formulaire, reponse) {
  for (const ancienne of tous(".error", formulaire)) ancienne.remove();
  const autres = [];
  let premier = null;
  for (const { chemin, message } of reponse.corps.erreurs ?? []) {
    const champ = champMotif(formulaire, chemin);
    if (!champ) {
      autres.push(typographie(message));
      continue;
    }
    const id = `motif-${tous("[data-motif]").indexOf(champ)}-erreur`;
    champ.setAttribute("aria-invalid", "true");
    champ.setAttribute("aria-describedby", id);
    champ.after(el("p", { class: "error", id }, typographie(message)));
    premier ??= champ;
  }
  const minutes = reponse.corps.retry_in_minutes;
  const phrase = [typographie(phraseDe(reponse)), ...autres, ...(minutes ? [`Recommencer dans ${minutes} min.`] : [])].join(" ");
  const synchro = formulaire?.dataset.formulaire === "synchroniser";
  repondre(formulaire, phrase, synchro ? [LIGHTSPEED] : []);
  if (synchro) annoncer(phrase);
  premier?.focus();
}

const champMotif = (formulaire, chemin) =>
  tous("[data-motif]", formulaire).find((champ) => clesDe(champ).some((cle) => chemin === `motifs.${cle}`) || (chemin === "motif" && !champ.dataset.motif));

const repondre = (formulaire, phrase, liens = []) => {
  const place = formulaire?.querySelector("[data-reponse]");
  if (!place) return;
  place.replaceChildren(phrase, ...liens.flatMap(({ libelle, adresse }) => [" ", el("a", { href: adresse }, libelle)]));
  annoncer(phrase);
};

// Le résultat d’une synchronisation se lit là où elle a été demandée, une fois la page relue.
function direResultat() {
  const { phrase, liens } = history.state ?? {};
  const formulaire = document.querySelector("[data-formulaire=synchroniser]");
  if (!phrase || !formulaire) return;
  history.replaceState(null, "");
  repondre(formulaire, phrase, [...liens, LIGHTSPEED]);
}

const LIGHTSPEED = { libelle: "Lightspeed", adresse: `/lightspeed/?jour=${etat.date}` };

// Se déconnecter ou verrouiller le poste attend que tout soit parti sous le nom de qui l’a tapé.
async function sortir(evenement) {
  const formulaire = evenement.target;
  if (!formulaire.matches("[data-sortie]")) return;
  evenement.preventDefault();
  quitterTout();
  await enregistrerTout();
  formulaire.submit();
}

// Combien de motifs restent à donner, pendant qu’on les écrit; le serveur juge ce qu’ils disent.
function compterMotifs({ target }) {
  const place = target.matches("[data-motif]") && target.form?.querySelector("[data-manque]");
  if (!place) return;
  const vides = tous("[data-motif]", target.form).filter((champ) => !champ.value.trim()).length;
  place.textContent = vides ? pluriel(vides, ...place.dataset.manque.split("|")) : "";
}

export function demarrer() {
  direResultat();
  document.addEventListener("input", compterMotifs);
  document.addEventListener("submit", sortir);
  document.addEventListener("submit", (evenement) => {
    const formulaire = evenement.target.closest("[data-formulaire]");
    const bouton = evenement.submitter?.matches("[data-action]") ? evenement.submitter : formulaire?.querySelector("[data-action]");
    if (!formulaire || !bouton) return;
    evenement.preventDefault();
    agir(bouton);
  });
  document.addEventListener("click", (evenement) => {
    const bouton = evenement.target.closest("[data-action][type=button]");
    if (bouton) agir(bouton);
  });
}
