"""A small grid of the night for the modules that read the page."""

GRID = """
<main>
  <span data-hors-selection></span><output data-selection hidden></output>
  <input type="checkbox" data-parcours>
  <table class="dense"><tbody>
    <tr><td><input data-case="transelect.a.visa" data-genre="money" value="1000,50"></td>
        <td><input data-case="transelect.a.amex" data-genre="money"></td>
        <td><output data-chiffre="transelect.a" data-genre="money" data-valeur="-0.25">−0,25</output></td></tr>
    <tr class="group"><td colspan="3">Groupe</td></tr>
    <tr><td><input data-case="transelect.b.visa" data-genre="money" value="=2*10"></td>
        <td><input data-case="transelect.b.amex" data-genre="text" value="=SOMME(A1)"></td>
        <td><output data-chiffre="transelect.b"></output></td></tr>
  </tbody></table>
  <section><table><tbody data-liste="sd.sd_entries" data-veille="oui">
    <tr data-ligne="z" data-fantome='{"name": "Zoé", "currency": "US"}'>
      <td><input data-case="sd.sd_entries.z.name" data-genre="text" placeholder="Zoé"></td>
      <td><select data-case="sd.sd_entries.z.currency" data-genre="choice">
        <option value="">US</option><option>US</option></select></td>
      <td><input data-case="sd.sd_entries.z.amount" data-genre="money"></td></tr>
  </tbody></table></section>
</main>
"""
"""A grid of two terminals, a calculated figure and a heading; a list with a line of the night before."""

AT = """const case_ = (nom) => document.querySelector(`[data-case="${nom}"]`);
const td = (nom) => case_(nom).closest("td");"""
"""Where a cell is, and what holds it."""


def laid(desk):
    """The desk, with the grid on its page; what is usual is what Transelect and the envelopes take."""
    desk.run(
        """document.body.insertAdjacentHTML("beforeend", donne[0]);
        etat.etat.habituelles = ["a.visa", "a.amex", "b.visa", "b.amex", "sd_entries.amount"];""",
        GRID,
    )
    return desk
