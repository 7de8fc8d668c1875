import logging


class ReferenceOnly(logging.Filter):
    pass


class OneLineJson(logging.Formatter):
    pass
