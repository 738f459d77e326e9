"""A small identity provider (OpenID Connect): whoever comes is signed in as `address`, without a question."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "planner", "secret-of-the-planner"
SECRETS = """
[auth]
redirect_uri = "{planner}/oauth2callback"
cookie_secret = "a-long-secret-that-signs-the-cookie-of-the-test"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


class Provider(ThreadingHTTPServer):
    """The provider; `address` is who signs in next."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.address, self.verified = "me@example.org", True
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.asked: dict[str, str] = {}  # nonces by code

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def secrets(self, planner: str) -> str:
        """The section of Streamlit's secrets that sets sign-in up for the planner at an address."""
        return SECRETS.format(planner=planner, client=CLIENT, secret=SECRET, provider=self.url)

    def token(self, nonce: str) -> str:
        """Who signed in, signed."""
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": self.address, "iat": now, "exp": now + 600, "nonce": nonce,
            "email": self.address, "email_verified": self.verified, "name": self.address.partition("@")[0].capitalize(),
        }  # fmt: skip
        return str(jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key))


class _Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        parts, url = urlsplit(self.path), self.server.url
        if parts.path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": url, "authorization_endpoint": f"{url}/authorize", "token_endpoint": f"{url}/token",
                    "jwks_uri": f"{url}/keys", "response_types_supported": ["code"],
                    "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
                }
            )  # fmt: skip
        elif parts.path == "/keys":
            self._json({"keys": [self.server.key.as_dict(private=False)]})
        elif parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            code = f"code-{len(self.server.asked)}"
            self.server.asked[code] = asked.get("nonce", "")
            self.send_response(302)
            self.send_header(
                "location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        nonce = self.server.asked.pop(form["code"][0], None)
        if nonce is None:
            self.send_error(400)
            return
        self._json(
            {"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": self.server.token(nonce)}
        )

    def _json(self, value: Any) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the screen."""


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider as long as it is needed."""
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
