"""Every address of the application, from its own map, and who may ask for what: a new one must be written here."""

from tests.utils.actions.nights import DAY, PEOPLE

PUBLIC = None
"""Anybody, signed in or not."""

ALL = frozenset(PEOPLE)
FILL = frozenset({"auditeur", "superviseur", "admin"})
CORRECT = frozenset({"superviseur", "comptable", "controleur", "directeur", "admin"})
OVERRIDE = CORRECT
WORK = FILL | CORRECT
LOCK = frozenset({"comptable", "controleur", "directeur", "admin"})
EXPORT = LOCK | {"adjoint"}
ADMIN = frozenset({"admin"})

SYNC = frozenset({"auditeur", "superviseur", "controleur", "directeur", "admin"})
DBRS = frozenset({"auditeur", "superviseur", "comptable", "controleur", "directeur", "admin"})
PMS = frozenset({"controleur", "directeur", "admin"})

LAUNCH = frozenset({"directeur", "admin"})
BUDGET = frozenset({"comptable", "controleur", "directeur", "admin"})

API = "/api/rj/native/session/<jour>"
PAGE = "/rj/native/<jour>"
USER = "/utilisateurs/<int:compte>"

EXPECTED = {
    f"GET {API}": ALL,
    f"POST {API}": FILL,
    f"GET {API}/<onglet>": ALL,
    f"PATCH {API}/<onglet>": WORK,
    f"PUT {API}/reprise": WORK,
    f"POST {API}/reprendre-veille": WORK,
    f"GET {API}/journal": ALL,
    f"GET {API}/revisions": ALL,
    f"GET {API}/revisions/<int:avant>/<int:apres>": ALL,
    f"GET {PAGE}/revisions": ALL,
    f"GET {API}/habitudes/<onglet>": ALL,
    f"GET {API}/pourquoi/<path:champ>": ALL,
    f"POST {API}/soumettre": WORK,
    f"POST {API}/derogations": OVERRIDE,
    f"POST {API}/verrouiller": LOCK,
    f"POST {API}/rouvrir": CORRECT,
    f"POST {API}/reprendre-soumission": ALL,
    f"POST {API}/envoyer": ALL,
    f"POST {API}/trancher": WORK,
    "GET /api/moi": ALL,
    "GET /api/openapi.json": PUBLIC,
    "GET /": ALL,
    "GET /aide": ALL,
    "GET /historique": ALL,
    "GET /papiers/<jour>": ALL,
    "POST /papiers/<jour>/exercice": FILL,
    "GET /journal": ALL,
    "GET /journal/export.csv": EXPORT,
    "GET /rj/native/": ALL,
    "GET /rj/native/champs": ALL,
    f"GET {PAGE}": ALL,
    f"GET {PAGE}/<onglet>": ALL,
    f"GET {PAGE}/<onglet>/imprimer": ALL,
    f"GET {PAGE}/imprimer": ALL,
    f"GET {PAGE}/classeur": ALL,
    f"POST {PAGE}/classeur": ALL,
    f"GET {PAGE}/journal": ALL,
    f"POST {PAGE}/ouvrir": FILL,
    f"GET {PAGE}/partage": ALL,
    f"POST {PAGE}/partage/enveloppes": WORK,
    f"POST {PAGE}/partage/presence": ALL,
    f"POST {PAGE}/partage/releve": WORK,
    f"POST {PAGE}/partage/signature": OVERRIDE,
    f"POST {PAGE}/partage/vu": ALL,
    f"POST {PAGE}/trancher": WORK,
    f"GET {PAGE}/reprise": WORK,
    f"POST {PAGE}/reprise": WORK,
    "GET /connexion": PUBLIC,
    "POST /connexion": PUBLIC,
    "GET /connexion/code": PUBLIC,
    "POST /connexion/code": PUBLIC,
    "POST /deconnexion": ALL,
    "POST /hotel": ALL,
    "GET /hotels": ADMIN,
    "POST /hotels": ADMIN,
    "POST /hotels/<code>/travail": ALL,
    f"GET {API}/exports/<forme>": ALL,
    "GET /api/rj/native/exports/<forme>": EXPORT,
    "GET /historique/comparer": ALL,
    "GET /historique/personnes": ALL - {"adjoint"},
    "GET /historique/chercher": ALL,
    "GET /exporter": ALL,
    "GET /exporter/fichier": ALL,
    "GET /importer": BUDGET,
    "GET /importer/modele/<forme>": BUDGET,
    "GET /importer/budgets": BUDGET,
    "POST /importer/budgets": BUDGET,
    "POST /importer/budgets/acceptes": BUDGET,
    "GET /importer/budgets/modele/<forme>": BUDGET,
    "POST /importer": BUDGET,
    "POST /importer/tout": BUDGET,
    "GET /importer/<int:mois>": BUDGET,
    "POST /importer/<int:mois>/entree": BUDGET,
    "POST /importer/<int:mois>/retrait": BUDGET,
    "GET /lightspeed/": SYNC,
    "GET /lightspeed/historique": SYNC,
    "GET /lightspeed/historique/<jour>": SYNC,
    "GET /api/lightspeed/status": SYNC,
    "POST /api/lightspeed/connect": PMS,
    "GET /api/lightspeed/callback": PMS,
    "POST /api/lightspeed/disconnect": PMS,
    "POST /api/lightspeed/sync/<jour>": SYNC,
    "GET /api/lightspeed/sync/status/<jour>": SYNC,
    "POST /webhooks/lightspeed": PUBLIC,
    "GET /marsha": ALL,
    "POST /api/marsha/connect": PMS,
    "GET /api/marsha/callback": PMS,
    "POST /api/marsha/disconnect": PMS,
    "POST /api/marsha/submit/<jour>": DBRS,
    "GET /api/marsha/status/<jour>": ALL,
    "GET /api/marsha/benchmarks/<jour>": ALL,
    "GET /api/marsha/position/<jour>": ALL,
    "POST /webhooks/marsha/validation": PUBLIC,
    "GET /automatismes": ALL,
    "POST /automatismes/<tache>/lancer": LAUNCH,
    "GET /api/automatismes": ALL,
    "POST /api/automatismes/<tache>/lancer": LAUNCH,
    "GET /notifications": ALL,
    "POST /notifications/preferences": ALL,
    "POST /notifications/alertes/<int:alerte>/prise": ALL,
    "GET /notifications/bilan": ALL,
    "GET /notifications/bilan/corps": ALL,
    "GET /notifications/courriels/<int:courriel>": ALL,
    "GET /notifications/courriels/<int:courriel>/corps": ALL,
    "POST /notifications/courriels/<int:courriel>/renvoi": LAUNCH,
    "POST /notifications/essai": LAUNCH,
    "GET /notifications/reglages": LAUNCH,
    "POST /notifications/reglages": LAUNCH,
    "GET /notifications/budgets": BUDGET,
    "POST /notifications/budgets": BUDGET,
    "GET /notifications/desabonnement/<jeton>": PUBLIC,
    "POST /notifications/desabonnement/<jeton>": PUBLIC,
    "POST /api/notifications/setup": LAUNCH,
    "POST /api/notifications/test": LAUNCH,
    "GET /api/notifications/preferences": ALL,
    "POST /api/notifications/preferences": ALL,
    "GET /parametres": ADMIN,
    "GET /parametres/<section>": ADMIN,
    "POST /parametres/<section>": ADMIN,
    "GET /profil": ALL,
    "GET /profil/mot-de-passe": ALL,
    "POST /profil/mot-de-passe": ALL,
    "POST /profil/seances/<int:seance>/fin": ALL,
    "POST /profil/seances/fin": ALL,
    "GET /profil/second-facteur": ALL,
    "POST /profil/second-facteur": ALL,
    "POST /profil/second-facteur/retrait": ALL,
    "POST /profil/theme": ALL,
    "POST /profil/invitations/<int:invitation>/acceptation": ALL,
    "POST /profil/invitations/<int:invitation>/refus": ALL,
    "GET /mot-de-passe-oublie": PUBLIC,
    "POST /mot-de-passe-oublie": PUBLIC,
    "GET /reinitialisation/<jeton>": PUBLIC,
    "POST /reinitialisation/<jeton>": PUBLIC,
    "GET /utilisateurs": ADMIN,
    "POST /utilisateurs": ADMIN,
    f"GET {USER}": ADMIN,
    f"POST {USER}/deblocage": ADMIN,
    f"POST {USER}/etat": ADMIN,
    f"POST {USER}/fermeture": ADMIN,
    f"POST {USER}/invitation/retrait": ADMIN,
    f"POST {USER}/lien": ADMIN,
    f"POST {USER}/mot-de-passe": ADMIN,
    f"POST {USER}/nom": ADMIN,
    f"POST {USER}/role": ADMIN,
    f"POST {USER}/second-facteur": ADMIN,
    "GET /utilisateurs/personnel": ADMIN,
    "POST /utilisateurs/personnel": ADMIN,
    "POST /utilisateurs/personnel/separation": ADMIN,
    "GET /verrou": PUBLIC,
    "POST /verrou": ALL,
    "POST /verrou/ouverture": PUBLIC,
    "GET /healthz": PUBLIC,
    "GET /.well-known/security.txt": PUBLIC,
    "GET /readyz": PUBLIC,
    "GET /metrics": PUBLIC,
    "GET /static/<version>/<path:filename>": PUBLIC,
}
"""Method and rule of each address, and the accounts of the demonstration that may ask for it."""

SIGNED = frozenset(
    {
        "POST /webhooks/lightspeed",
        "POST /webhooks/marsha/validation",
        "POST /notifications/desabonnement/<jeton>",
    }
)
"""Addresses that ask for no token of a page: what they are sent is signed."""

GIVEN = {
    "jour": DAY,
    "onglet": "recap",
    "champ": "recap.cash_ls_net",
    "avant": 1,
    "apres": 2,
    "section": "taux",
    "tache": "synchro",
    "code": "DEMO",
    "compte": 1,
    "seance": 1,
    "invitation": 1,
    "alerte": 1,
    "mois": 1,
    "forme": "csv",
    "courriel": 1,
    "jeton": "x",
    "version": "v",
    "filename": "css/base.css",
}
"""What stands in the variable parts of an address."""


def addresses(app, **given):
    """Every method and rule of the application with an address that it answers: « GET /rule », « GET », « /url »."""
    values = GIVEN | given
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            url = adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}, method=method)
            yield f"{method} {rule.rule}", method, url
