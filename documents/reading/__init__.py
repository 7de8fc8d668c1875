"""What a file says in words, so that it can be searched: read once, after the upload, by the worker.

The process that reads imports nothing but `words`.
"""
