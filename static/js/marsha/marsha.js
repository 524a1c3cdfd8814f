// La page de MARSHA : relier, couper, envoyer.

import "../page.js";
import { brancher, demandeur, dire, refuser as refuserSous } from "../liaison.js";

const FORMULAIRE = "[data-liaison]";
const { hotel } = JSON.parse(document.getElementById("marsha").textContent);
const demander = demandeur({ hotel, delai: 60_000 });
const refuser = (reponse) => refuserSous(reponse, FORMULAIRE);

const GESTES = {
  async relier() {
    dire("Un instant…");
    const donnes = Object.fromEntries(new FormData(document.querySelector(FORMULAIRE)));
    const reponse = await demander("POST", "/api/marsha/connect", donnes);
    if (!reponse.bon) return refuser(reponse);
    return location.assign(reponse.corps.auth_url ?? location.pathname);
  },
  async couper() {
    const reponse = await demander("POST", "/api/marsha/disconnect", {});
    return reponse.bon ? location.assign(location.pathname) : refuser(reponse);
  },
  async envoyer({ dataset }) {
    const reponse = await demander("POST", `/api/marsha/submit/${dataset.jour}`, {});
    if (!reponse.bon) return refuser(reponse);
    const envoi = `?jour=${dataset.jour}`; // la même adresse, à l’ancre près, ne se relirait pas
    return location.search === envoi ? location.reload() : location.assign(`${location.pathname}${envoi}#envoi-titre`);
  },
};

brancher(GESTES, FORMULAIRE);
