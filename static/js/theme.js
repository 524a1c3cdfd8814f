// Clair ou sombre : le choix se voit tout de suite, le serveur le retient pour la page suivante, les autres pages ouvertes suivent.

import { tiroir } from "./tiroir.js";

const choix = tiroir("localStorage");
const racine = document.documentElement;

const sombre = () => (racine.dataset.theme ? racine.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

export function demarrer() {
  document.addEventListener("click", (evenement) => {
    const bouton = evenement.target.closest("[data-bascule-theme]");
    if (!bouton) return;
    evenement.preventDefault();
    const choisi = sombre() ? "light" : "dark";
    racine.dataset.theme = choisi;
    choix.garder("theme", choisi);
    document.cookie = `theme=${choisi}; path=/; max-age=31536000; samesite=lax`;
  });
  addEventListener("storage", ({ key, newValue }) => {
    if (key === "theme" && newValue) racine.dataset.theme = newValue;
  });
}
