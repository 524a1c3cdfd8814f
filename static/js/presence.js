// Dit que l’on est sur cette nuit, et montre qui d’autre y est, toutes les 45 secondes tant que quelqu’un est devant la page.

import { meta } from "./dom.js";

const PRESENCE = 300_000; // sans un geste depuis, plus personne n’y est : la page laissée seule ne prolonge pas la session

const volet = document.querySelector("[data-partage]");
const presents = volet?.querySelector("[data-presents]");
let dernierGeste = Date.now();

async function signaler() {
  if (document.hidden || Date.now() - dernierGeste > PRESENCE) return;
  const hotel = volet.querySelector('input[name="hotel"]')?.value ?? JSON.parse(document.getElementById("nuit").textContent).hotel;
  try {
    const reponse = await fetch(volet.dataset.partage, {
      method: "POST",
      headers: { "X-CSRFToken": meta("csrf-token"), "X-Hotel": hotel, "X-Utilisateur": meta("utilisateur"), Accept: "application/json" },
    });
    if (!reponse.ok) return;
    const { presents: noms } = await reponse.json();
    const texte = noms.length ? `Aussi sur cette nuit : ${noms.join(", ")}` : "";
    if (presents.textContent !== texte) presents.textContent = texte;
  } catch {
    // Hors ligne : la page le dit déjà ailleurs.
  }
}

if (volet) {
  if (location.hash === "#partage") volet.open = true;
  signaler();
  setInterval(signaler, 45_000);
  document.addEventListener("visibilitychange", signaler);
  for (const quoi of ["keydown", "pointerdown", "wheel", "focus"]) {
    addEventListener(quoi, () => (dernierGeste = Date.now()), { capture: true, passive: true });
  }
}
