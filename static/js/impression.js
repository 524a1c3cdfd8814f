// Avant d’imprimer, chaque case de texte montre tout ce qu’elle contient : sur le papier, rien ne défile.

const COUPABLES = "textarea, select, input:not([type]), input[type='text']";

function ecrit(champ) {
  return champ.matches("select") ? champ.selectedOptions[0]?.textContent ?? "" : champ.value;
}

function montrer() {
  for (const champ of document.querySelectorAll(`.ledger .in :is(${COUPABLES})`)) {
    if (champ.matches("[inputmode='decimal']") || champ.parentElement.querySelector("[data-ecrit]")) continue;
    const texte = document.createElement("span");
    texte.dataset.ecrit = "";
    texte.textContent = ecrit(champ);
    champ.after(texte);
  }
}

function ranger() {
  document.querySelectorAll("[data-ecrit]").forEach((texte) => texte.remove());
}

export function demarrer() {
  addEventListener("beforeprint", montrer);
  addEventListener("afterprint", ranger);
}
