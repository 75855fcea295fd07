"""What a student's words for an array's shape, its dtype or the form of labels mean."""

from __future__ import annotations

import re
import unicodedata

from question_bank.answers.base import Malformed
from question_bank.answers.numbers import read_number

__all__ = ["dtype", "labels", "shape"]

_LONGEST = 200
_WORDS = re.compile(r"^(\w+\.)?shape\s*=*|^크기는?\s*=*|tensorshape", re.IGNORECASE)
_ANY = ("none", "batch", "batch_size", "배치", "배치 크기", "n")
_DTYPE = re.compile(r"\b(?:np|numpy|tf|keras|torch)\.|dtype|class\s|[\s'\"=()<>]")
_DTYPES = {
    "float": "float64",
    "double": "float64",
    "f8": "float64",
    "single": "float32",
    "f4": "float32",
    "half": "float16",
    "f2": "float16",
    "int": "int64",
    "i8": "int64",
    "i4": "int32",
    "u1": "uint8",
    "ubyte": "uint8",
    "부호없는8비트정수": "uint8",
    "32비트실수": "float32",
    "64비트실수": "float64",
}
_KNOWN_DTYPES = frozenset(
    ("float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool")
)
_LABELS = {
    "integers": (
        *("integer", "integers", "int", "integerlabels", "integerlabel", "sparse", "sparselabels", "classindex"),
        *("classindices", "classnumbers", "classnumber", "index", "indices", "scalar", "scalarintegers"),
        *("정수", "정수레이블", "정수라벨", "정수인덱스", "클래스번호", "번호", "희소레이블"),
    ),
    "one-hot": (
        *("onehot", "onehotvector", "onehotvectors", "onehotlabels", "onehotencoding", "onehotencoded"),
        *("categorical", "tocategorical", "categoricalencoding"),
        *("원핫", "원핫인코딩", "원핫벡터", "원핫레이블", "원핫라벨", "범주형인코딩", "원핫부호화"),
    ),
    "0 or 1": (
        *(
            "0or1",
            "01",
            "0and1",
            "zeroorone",
            "binary",
            "binarylabels",
            "0또는1",
            "0과1",
            "0이나1",
            "이진레이블",
            "이진",
        ),
        *("0아니면1", "이진라벨"),
    ),
    "multi-hot": (
        "multihot",
        "multihotvector",
        "multihotvectors",
        "multihotencoding",
        "멀티핫",
        "멀티핫인코딩",
        "멀티핫벡터",
    ),
    "real numbers": (
        *("real", "realnumber", "realnumbers", "float", "floats", "continuous", "continuousvalue", "continuousvalues"),
        *("실수", "실숫값", "실수값", "연속값", "연속된값", "연속적인값", "연속형"),
    ),
}
_LABEL_WORDS = {word: name for name, words in _LABELS.items() for word in words}


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise Malformed("expected a name in quotation marks")
    if len(given) > _LONGEST:
        raise Malformed("too long")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", given)).strip()


def shape(given: object) -> object:
    """
    A shape as text, `(32, 10)`; `[32, 10]`, `32 x 10`, `(None, 10)` and a tuple are read, `10` is `(10,)`.

    Raises:
        Malformed: it holds something else than sizes.
    """
    if isinstance(given, list | tuple):
        return _shown([None if size is None else _size(size) for size in given])
    if isinstance(given, bool):
        raise Malformed("true or false is no shape")
    if isinstance(given, int | float):
        return _shown([_size(given)])
    text = _WORDS.sub("", _text(given)).replace("×", "x").strip(" .")
    bare = text.strip("()[] ")
    if not bare:
        if text.replace(" ", "") not in ("()", "[]"):
            raise Malformed("expected a shape such as (3, 4)")
        return _shown([])
    if "," in bare:
        parts = bare.rstrip(", ").split(",")
    elif re.fullmatch(r"\w+(\s*x\s*\w+)+", bare):
        parts = bare.split("x")
    else:
        # `3 4` is how a shape is read aloud; `28*28` is one size, worked out below
        parts = bare.split() if re.fullmatch(r"\w+(\s+\w+)+", bare) else [bare]
    return _shown([None if part.strip().casefold() in _ANY else _size(part) for part in parts])


def _size(value: object) -> int:
    number, percent = read_number(value)
    if percent or number != int(number) or number < 0:
        raise Malformed("a size must be a whole number")
    return int(number)


def _shown(sizes: list[int | None]) -> str:
    inner = ", ".join("None" if size is None else str(size) for size in sizes)
    return f"({inner},)" if len(sizes) == 1 else f"({inner})"


def dtype(given: object) -> object:
    """
    A numpy dtype's name: `np.float32`, `"f4"` and `tf.float32` are `float32`.

    Raises:
        Malformed: it is no name.
    """
    name = _DTYPE.sub("", _text(given)).casefold()
    name = _DTYPES.get(name, name)
    return name if name in _KNOWN_DTYPES else f"? {name[:40]}"


def labels(given: object) -> object:
    """
    A form of labels: `integers`, `one-hot`, `0 or 1`, `multi-hot` or `real numbers`.

    Raises:
        Malformed: it is no name.
    """
    word = "".join(c for c in _text(given).casefold() if c.isalnum())
    for ending in ("", "vectors", "vector", "labels", "label", "values", "벡터", "레이블", "라벨", "값", "의배열"):
        if word.removesuffix(ending) in _LABEL_WORDS:
            return _LABEL_WORDS[word.removesuffix(ending)]
    return f"? {word[:40]}"
