// Un lien vers `#recap.cash_ls_lecture` mène à la case, prête à être tapée.

import { estCase } from "./champs.js";

// Une colonne mise de côté parce qu’elle était vide se montre dès qu’il s’y passe quelque chose.
export function montrerColonnes(place) {
  const case_ = place.closest(".idle") && place.closest(".bloc")?.querySelector("[data-colonnes]");
  if (case_) case_.checked = true;
}

function suivre() {
  const nom = decodeURIComponent(location.hash.slice(1));
  const cible = nom && document.getElementById(nom);
  if (!cible) return;
  const place = estCase(cible) ? cible : (cible.querySelector("[data-case]") ?? cible);
  montrerColonnes(place);
  if (!estCase(place)) place.tabIndex = -1;
  place.focus();
  place.scrollIntoView({ block: "center" });
}

export function demarrer() {
  addEventListener("hashchange", suivre);
  document.addEventListener("click", ({ target }) => {
    const lien = target.closest("a[href*='#']");
    if (lien && lien.hash === location.hash && lien.pathname === location.pathname) setTimeout(suivre);
  });
  suivre();
}
