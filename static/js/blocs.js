// Ce que le serveur dessine mieux que nous (Sommaire, repères) : après un changement, la page est relue et ces blocs remplacés.

import { annoncer } from "./annonce.js";
import { tous } from "./dom.js";

const DELAI = 250;
let attente = 0;

export function redessiner() {
  if (!tous("[data-bloc]").length) return;
  clearTimeout(attente);
  attente = setTimeout(relire, DELAI);
}

async function relire() {
  const reponse = await fetch(location.pathname, { cache: "no-store" }).catch(() => null);
  if (!reponse?.ok || reponse.redirected) return;
  const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
  for (const bloc of tous("[data-bloc]")) {
    const neuf = page.querySelector(`[data-bloc="${CSS.escape(bloc.dataset.bloc)}"]`);
    if (!neuf || neuf.isEqualNode(bloc) || bloc.contains(document.activeElement) || estEntame(bloc)) continue;
    // un moment de la nuit qui arrive se dit une fois
    const { moment } = neuf.dataset;
    if (moment && moment !== bloc.dataset.moment) annoncer(neuf.textContent);
    bloc.replaceWith(document.adoptNode(neuf));
  }
}

// Un motif commencé ne se perd pas.
const estEntame = (bloc) => tous("textarea, input", bloc).some((champ) => champ.value !== champ.defaultValue);
