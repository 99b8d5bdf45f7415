"""GATEWAY_SERVER=loopback: LocalStack's own web server, bound to the address that GATEWAY_LISTEN names.

LocalStack 4.8.1 takes only the port from GATEWAY_LISTEN and opens it on every interface, to which anyone on the same
network could then speak, and have code run by a lambda.
"""

from functools import lru_cache

from localstack.runtime.server.core import RuntimeServerPlugin


class LoopbackServerPlugin(RuntimeServerPlugin):
    name = "loopback"

    def load(self, *args, **kwargs):
        from localstack.runtime.server.twisted import TwistedRuntimeServer
        from rolo.serving.twisted import TwistedGateway
        from twisted.internet import reactor
        from twisted.web import http

        # Twisted 24.3 makes an e-mail of each content type to read it: an eighth of LocalStack's time, measured 2026-11.
        http._parseContentType = lru_cache(maxsize=256)(http._parseContentType)

        class LoopbackServer(TwistedRuntimeServer):
            def register(self, gateway, listen, ssl_creds=None):
                site = TwistedGateway(gateway)
                for address in listen:
                    # Fails at once when the port is taken; LocalStack's own way leaves it running without a port.
                    reactor.listenTCP(address.port, site, interface=address.host)

        return LoopbackServer()
