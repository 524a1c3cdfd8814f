"""The server: one process, eight threads, so that one scheduler runs and one writer at a time waits for the disk."""

import os
import time

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from config.logging import gunicorn_loggers
from config.settings import Settings, SettingsError

try:
    settings = Settings.from_env()
except SettingsError as error:
    raise SystemExit(str(error)) from None

STARTED = float(os.environ.get("RJ_DEBUT", "").replace(",", ".") or time.time())

wsgi_app = "main:create_app()"
bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
worker_class = "config.worker.PunctualWorker"
workers = 1
threads = 8
timeout = 60
graceful_timeout = 30
keepalive = 15
sendfile = False
control_socket_disable = True
forwarded_allow_ips = ""  # what a proxy says is read once, by the application: TRUSTED_PROXIES
logconfig_dict = gunicorn_loggers(settings.log_level)


def post_worker_init(worker: Worker) -> None:
    """Start what runs by itself; say where to go, once, when the application answers."""
    from database.base import emptied  # noqa: PLC0415 - in the worker only: the parent needs none of it
    from utils.actions.lightspeed.seed import seed_at_start  # noqa: PLC0415 - as above
    from utils.scheduler import server  # noqa: PLC0415 - as above

    if trouble := emptied(worker.wsgi):
        print(trouble, flush=True)  # noqa: T201
        raise SystemExit(Arbiter.WORKER_BOOT_ERROR)
    said = seed_at_start(worker.wsgi)
    server.start(worker.wsgi)
    if worker.age > 1:
        return
    if said:
        print(f"  {said}", flush=True)  # noqa: T201
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    seconds = f"{time.time() - STARTED:.1f}".replace(".", ",")
    hint = " — auditeur@demo.hotel, mot de passe demo-RJ-2026" if settings.demo else ""
    print(f"  Serveur : {seconds} s", f"RJ Natif est prêt : http://{host}:{settings.port}{hint}", sep="\n", flush=True)  # noqa: T201


def worker_exit(_server: Arbiter, worker: Worker) -> None:
    """Begin nothing more once the server stops."""
    from utils.scheduler import server  # noqa: PLC0415 - as above

    server.stop(worker.wsgi)
