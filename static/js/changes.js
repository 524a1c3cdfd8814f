// Ce que Lightspeed a changé depuis la synchronisation d’avant se voit à la case, et s’entend avec elle.

import { champDe } from "./champs.js";
import { el } from "./dom.js";
import { etat } from "./etat.js";

export function marquer() {
  for (const [nom, avant] of Object.entries(etat.changes)) {
    const champ = champDe(nom);
    const place = champ?.closest("td");
    if (!place) continue;
    const id = `change-${nom}`;
    place.classList.add("change");
    place.append(el("span", { class: "vh", id }, `changé par Lightspeed, était ${avant}`));
    champ.title = `Changé par Lightspeed; était ${avant}`;
    champ.setAttribute("aria-describedby", [champ.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
  }
}
