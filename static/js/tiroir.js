// Le petit rangement du navigateur (localStorage, sessionStorage) : interdit ou plein, la mémoire de la page en tient lieu.

export function tiroir(lequel) {
  const memoire = new Map();
  const essayer = (geste, sinon) => {
    try {
      return geste(window[lequel]);
    } catch {
      return sinon;
    }
  };
  return {
    lire: (cle) => memoire.get(cle) ?? essayer((vrai) => vrai.getItem(cle), null),
    garder(cle, valeur) {
      memoire.delete(cle);
      const garde = essayer((vrai) => {
        vrai.setItem(cle, valeur);
        return true;
      }, false);
      if (!garde) memoire.set(cle, valeur);
    },
    oter(cle) {
      memoire.delete(cle);
      essayer((vrai) => vrai.removeItem(cle));
    },
  };
}
