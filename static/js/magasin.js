// IndexedDB, et rien d’autre : c’est la seule mémoire d’un navigateur qui survive à sa mort subite.
// Éprouvé : localStorage y perd ses dernières secondes; une écriture stricte validée aussitôt, non.

const MAGASIN = "boite";
const PATIENCE = 400; // un disque sain répond en quelques millisecondes
let base = null;
let muette = null; // une lecture restée sans réponse : tant qu’elle n’en a pas, personne n’attend plus rien
let retour = () => {};

// Ce qu’il faut refaire quand la mémoire du navigateur, qu’on n’attendait plus, répond enfin.
export const auRetour = (suite) => (retour = suite);

export const ouvert = new Promise((fini) => {
  const demande = indexedDB.open("rj", 1);
  demande.onupgradeneeded = () => demande.result.createObjectStore(MAGASIN, { keyPath: "cle" });
  demande.onerror = () => fini(false);
  demande.onsuccess = () => {
    base = demande.result;
    base.onversionchange = () => base.close();
    fini(true);
  };
}).catch(() => false);

// Sans attendre quand la base est ouverte : une page qui se ferme n’attend pas. `apres` n’est dit que si tout est écrit.
export function ecrire(quoi, apres = () => {}) {
  if (!base) {
    ouvert.then((reussi) => reussi && ecrire(quoi, apres));
    return;
  }
  let transaction = null;
  try {
    transaction = base.transaction(MAGASIN, "readwrite", { durability: "strict" });
    quoi(transaction.objectStore(MAGASIN));
    transaction.oncomplete = apres;
  } catch {
    transaction?.abort(); // disque plein, données du site effacées : la mémoire de la page garde l’entrée et l’envoie
  }
}

// Validée aussitôt : une page qui se ferme n’aura pas de tour de plus.
export const mettre = (entrees, enlevees, apres) =>
  ecrire((magasin) => {
    for (const entree of entrees) magasin.put(entree);
    for (const cle of enlevees) magasin.delete(cle);
    magasin.transaction.commit();
  }, apres);

// Relit chaque clé et écrit ce que `devient` en fait, dans une même transaction : `null` l’enlève, `undefined` la laisse.
export const changer = (cles, devient, apres) =>
  ecrire((magasin) => {
    for (const cle of cles) {
      magasin.get(cle).onsuccess = ({ target }) => {
        const nouvelle = target.result && devient(target.result);
        if (nouvelle === null) magasin.delete(cle);
        else if (nouvelle !== undefined) magasin.put(nouvelle);
      };
    }
  }, apres);

// Tout ce qui commence par ce préfixe de clé; `null` quand rien ne peut être lu.
export async function lireTout(prefixe) {
  if (muette) return null;
  const lecture = lireTard(prefixe);
  const lues = await Promise.race([lecture, new Promise((fini) => setTimeout(fini, PATIENCE))]);
  if (lues !== undefined) return lues;
  muette = lecture.then(() => {
    muette = null;
    retour();
  });
  return null;
}

// De même, aussi longtemps que la mémoire se fait attendre : pour ce qui ne retient personne.
export const lireTard = (prefixe) => lire(prefixe).catch(() => null);

async function lire(prefixe) {
  if (!(await ouvert)) return null;
  const plage = IDBKeyRange.bound(prefixe, [...prefixe, []]);
  return new Promise((fini) => {
    const demande = base.transaction(MAGASIN).objectStore(MAGASIN).getAll(plage);
    demande.onsuccess = () => fini(demande.result);
    demande.onerror = () => fini(null);
  });
}
