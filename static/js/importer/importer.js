// La page des classeurs : les envoie un à un pour dire où l’on en est, et suit les mois pendant qu’ils entrent.

import "../page.js";

const formulaire = document.querySelector("[data-depot]");
const avancement = document.querySelector("[data-avancement]");
const RYTHME = 3_000;

async function envoyer(classeur) {
  const corps = new FormData(formulaire);
  corps.set("classeurs", classeur);
  const reponse = await fetch(formulaire.action, { method: "POST", body: corps });
  if (reponse.status === 413) throw new Error(`« ${classeur.name} » est trop lourd pour ce serveur (MAX_BODY_BYTES).`);
  const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
  if (!page.querySelector("[data-depot]")) throw new Error("Le serveur n’a pas répondu comme prévu. Recharger la page.");
  return page;
}

async function deposer(classeurs) {
  const refus = document.querySelector("[data-refus]");
  refus.replaceChildren();
  for (const [rang, classeur] of classeurs.entries()) {
    avancement.textContent = `Lecture de ${rang + 1} sur ${classeurs.length} : ${classeur.name}`;
    const page = await envoyer(classeur);
    refus.append(...page.querySelector("[data-refus]").childNodes);
    document.querySelector("[data-attendus]").replaceWith(page.querySelector("[data-attendus]"));
  }
  avancement.textContent = classeurs.length > 1 ? `${classeurs.length} classeurs lus.` : "Classeur lu.";
  document.getElementById("attendus-titre").scrollIntoView({ block: "nearest" });
}

formulaire.addEventListener("submit", async (geste) => {
  const bouton = formulaire.querySelector("button");
  geste.preventDefault();
  bouton.disabled = true;
  try {
    await deposer([...document.getElementById("classeurs").files]);
  } catch (erreur) {
    avancement.textContent = erreur instanceof TypeError ? "Le serveur ne répond pas. Vérifier le réseau, puis recommencer." : erreur.message;
  } finally {
    bouton.disabled = false;
  }
});

const suite = document.querySelector("[data-suite]");
if (suite) setTimeout(() => location.replace(suite.dataset.suite), RYTHME);
