// La liste des touches, dans son dialogue.

export function montrerTouches() {
  const boite = document.getElementById("touches");
  if (boite && !boite.open) boite.showModal();
  return Boolean(boite);
}
