"""Configuration from the environment; a wrong value stops the start with one clear line."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent


class ConfigError(SystemExit):
    """A setting that can't be used; ends the program with that line."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(f"jobfair: {name}: {fault}")


@dataclass(frozen=True)
class Config:
    """All settings, checked."""

    environment: str
    data_dir: Path
    database_url: str
    secret_key: str
    data_key: bytes
    base_url: str
    host: str
    port: int
    tls_cert: str
    tls_key: str
    trusted_proxies: int
    smtp_url: str
    mail_from: str
    operator_name: str
    operator_address: str
    operator_phone: str
    operator_email: str
    routing_url: str = ""
    testing: bool = False

    @property
    def production(self) -> bool:
        """Tell whether real people's data are in here."""
        return self.environment == "production"

    @property
    def sqlite(self) -> bool:
        """Tell whether the embedded database is used."""
        return self.database_url.startswith("sqlite")


def load_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Return the checked settings; keys that are absent in development are made and kept.

    Raises ConfigError.
    """
    environment = environ.get("JOBFAIR_ENV", "development")
    if environment not in ("development", "production"):
        raise ConfigError("JOBFAIR_ENV", "must be development or production")
    data_dir = Path(environ.get("DATA_DIR") or ROOT / "instance").resolve()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = environment == "development"
    host = environ.get("HOST") or "127.0.0.1"
    port = _number(environ, "PORT", 8000, 65535)
    scheme = "https" if environ.get("TLS_CERT") else "http"
    shown = "localhost" if host in ("0.0.0.0", "127.0.0.1") else host  # noqa: S104  # compared, not bound
    return Config(
        environment=environment,
        data_dir=data_dir,
        database_url=_database(environ, data_dir),
        secret_key=_key(environ, "SECRET_KEY", data_dir, made),
        data_key=_key(environ, "DATA_KEY", data_dir, made).encode(),
        base_url=_base_url(environ.get("BASE_URL") or f"{scheme}://{shown}:{port}"),
        host=host,
        port=port,
        tls_cert=_file(environ, "TLS_CERT"),
        tls_key=_file(environ, "TLS_KEY"),
        trusted_proxies=_number(environ, "TRUSTED_PROXIES", 0, 10),
        smtp_url=_smtp(environ),
        mail_from=environ.get("MAIL_FROM") or "jobfair@localhost.localdomain",
        operator_name=environ.get("OPERATOR_NAME") or "Migrationszentrum (Musterbetreiber)",
        operator_address=environ.get("OPERATOR_ADDRESS") or "Am Schölerberg 1, 49082 Osnabrück",
        operator_phone=environ.get("OPERATOR_PHONE") or "0541 501 0000",
        operator_email=environ.get("OPERATOR_EMAIL") or "jobfair@example.org",
        routing_url=_routing(environ),
    )


def _number(environ: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise ConfigError(name, f"must be a whole number from 0 to {most}")
    return int(text)


def _file(environ: Mapping[str, str], name: str) -> str:
    path = environ.get(name) or ""
    if path and not Path(path).is_file():
        raise ConfigError(name, "names no file that can be read")
    return path


def _database(environ: Mapping[str, str], data_dir: Path) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'jobfair.sqlite3'}"
    scheme = url.split(":", 1)[0]
    if scheme in ("postgres", "postgresql"):
        return url.replace(scheme, "postgresql+psycopg", 1)
    if scheme not in ("sqlite", "postgresql+psycopg"):
        raise ConfigError("DATABASE_URL", "must begin with sqlite: or postgresql:")
    return url


def _smtp(environ: Mapping[str, str]) -> str:
    url = environ.get("SMTP_URL") or ""
    if url and (urlsplit(url).scheme not in ("smtp", "smtps") or not urlsplit(url).hostname):
        raise ConfigError("SMTP_URL", "must look like smtp://user:password@host:587")
    return url


def _routing(environ: Mapping[str, str]) -> str:
    url = environ.get("ROUTING_URL") or ""
    parts = urlsplit(url)
    fits = parts.scheme in ("http", "https") and parts.hostname and not parts.query
    if url and not fits:
        raise ConfigError("ROUTING_URL", "must look like https://routing.example.org")
    return url.rstrip("/")


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ConfigError("BASE_URL", "must look like https://fair.example.org")
    return url.rstrip("/")


def _key(environ: Mapping[str, str], name: str, data_dir: Path, may_make: bool) -> str:
    if value := environ.get(name):
        if len(value) < 32:
            raise ConfigError(name, "must have 32 characters or more")
        return value
    if not may_make:
        raise ConfigError(name, "is required when JOBFAIR_ENV=production")
    kept = data_dir / f"{name.lower()}.txt"
    if not kept.exists():
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            kept.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text().strip()
