// La liste des touches, dans son dialogue.

export function montrerTouches() {
  const boite = document.querySelector("dialog[data-dialogue=touches]");
  if (boite && !boite.open) boite.showModal();
  return Boolean(boite);
}
