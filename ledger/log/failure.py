"""The alarm raised when the ledger is found altered; it is never a refusal of a request."""


class Tampered(Exception):
    """Something recorded or signed is not as it was.

    `code` is stable (UPPER_SNAKE, with its sentence in the catalogue), `values` fill the sentence: `position` names the
    first fact at fault where one is, `size` the checkpoint.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, *(f"{key}={value}" for key, value in values.items()))
        self.code = code
        self.values = values
