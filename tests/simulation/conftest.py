from tests.server.conftest import cluster

__all__ = ["cluster"]
