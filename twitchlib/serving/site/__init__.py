"""The course as a folder of files: pages whose lessons are run by the browser itself."""
