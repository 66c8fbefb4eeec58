"""The server: sockets, HTTP, who may ask, what can be asked."""
