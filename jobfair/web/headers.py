"""Security headers, caching and compression of every answer."""

import gzip
import secrets

from flask import Flask, Response, g, request

CSP = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "script-src 'self' 'nonce-{nonce}'{more}; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; "
    "worker-src 'self' blob:"
)
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}
COMPRESSED = frozenset({"text/html", "application/json", "application/problem+json", "text/csv"})
LEAST_BYTES = 600


def csp_nonce() -> str:
    """Return the nonce of this answer's scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def allow_wasm() -> None:
    """Let this page compile WebAssembly: the scanner only."""
    g.csp_more = " 'wasm-unsafe-eval'"


def _secure(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    policy = CSP.format(nonce=csp_nonce(), more=g.get("csp_more", ""))
    response.headers.setdefault("Content-Security-Policy", policy)
    if g.get("private"):
        response.headers.setdefault("X-Robots-Tag", "noindex")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _cache(response: Response) -> Response:
    if "Cache-Control" not in response.headers:
        private = (
            g.get("private") or request.method not in ("GET", "HEAD") or response.status_code >= 400
        )
        response.headers["Cache-Control"] = "no-store" if private else "private, no-cache"
        response.vary.update(("Cookie", "Accept-Language"))
    return response


def _can_compress(response: Response) -> bool:
    ready = response.is_streamed or response.direct_passthrough or response.content_encoding
    return response.mimetype in COMPRESSED and not ready


def _compress(response: Response) -> Response:
    if not _can_compress(response) or not request.accept_encodings.quality("gzip"):
        return response
    body = response.get_data()
    if len(body) >= LEAST_BYTES:
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response


def init_headers(app: Flask) -> None:
    """Give every answer its headers; the order is that of the last registered first."""
    app.after_request(_compress)
    app.after_request(_cache)
    app.after_request(_secure)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
