from tests.server.conftest import cluster as cluster  # the fixture
