"""Designs as network namespaces of Linux: real packets as a second opinion on the routing core."""
