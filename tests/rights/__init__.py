"""The world and the readers of the tests that go through every page: test_rights.py and test_routes.py."""
