"""
The form check in every notebook: whether an answer has the form asked for, never whether it is right.

`SOURCE` goes into a cell as it stands here, so `form_checker` needs nothing of the project, and no global
name either: a student who calls a variable `list` or `sum` must not break it.
"""
# ruff: noqa: UP029, I001

import inspect
from collections.abc import Callable
from typing import Any

__all__ = ["SOURCE", "form_checker"]


def form_checker(
    names: "dict[str, Any]", forms: "dict[str, dict[str, Any]]", languages: "tuple[str, ...]"
) -> "Callable[..., None]":
    """
    Make `check_form`, which prints whether an answer has the form asked for. It knows no right answers.

    Args:
        names: the notebook's variables.
        forms: what each answer looks like, by variable.
        languages: what to print in, of "ko" and "en".
    """
    import ast
    import dis
    import unicodedata
    from builtins import Exception, all, any, bool, callable, dict, float, getattr, int, isinstance, issubclass, len
    from builtins import list, map, object, print, set, sorted, str, tuple, type, zip

    import numpy as np

    sentences = {
        "blank": ("아직 답하지 않았다", "not answered yet"),
        "unreadable": ("답을 읽을 수 없다", "cannot be read"),
        "unknown": ("그런 문제가 없다", "no such question"),
        "essay": ("글로 답하는 문제이므로 확인하지 않는다", "an essay: its form is not checked"),
        "number": ("숫자 형식의 답이다", "has the form of a number"),
        "no number": ("아직 숫자 형식이 아니다", "not a number yet"),
        "quoted number": (
            "숫자가 든 글자이다. 따옴표 없이 숫자만 쓰는 것이 안전하다",
            "a text with a number in it; the number alone, without quotation marks, is safer",
        ),
        "term": ("용어 형식의 답이다", "has the form of a term"),
        "no term": ("아직 따옴표 안에 쓴 짧은 용어가 아니다", "not a short text in quotation marks yet"),
        "choice": ("보기 하나를 고른 답이다", "names one option"),
        "no choice": ("아직 A부터 {}까지의 문자 하나가 아니다", "not one letter from A to {} yet"),
        "choices": ("보기를 고른 답이다", "names options"),
        "no choices": ("아직 A부터 {}까지의 문자로 된 답이 아니다", "not made of letters from A to {} yet"),
        "order": ("모든 보기를 한 번씩 쓴 답이다", "names every option once"),
        "no order": (
            "아직 A부터 {}까지를 한 번씩 쓴 답이 아니다",
            "does not name each from A to {} once yet",
        ),
        "fields": ("모든 항목을 채운 답이다", "fills every field"),
        "no fields": ("아직 주어진 항목을 채운 형식이 아니다", "not the given fields filled in yet"),
        "open field": ("아직 비어 있는 항목: {}", "still open: {}"),
        "wrong field": ("숫자 형식이 아닌 항목: {}", "not a number: {}"),
        "extra field": ("주어지지 않은 항목이 있다", "has a field that was not given"),
        "expression": ("식 형식의 답이다", "has the form of an expression"),
        "no expression": ("아직 따옴표 안에 쓴 식이 아니다", "not an expression in quotation marks yet"),
        "other names": (
            "쓸 수 있는 이름({}) 말고 다른 것이 있다",
            "not made of numbers, + - * / ** and {} alone",
        ),
        "defined": ("정의되었다", "defined"),
        "undefined": ("아직 정의되지 않았다", "not defined yet"),
        "empty": ("정의되었으나 내용이 비어 있다", "defined, but empty"),
        "no callable": ("호출할 수 있는 것이 아니다", "defined, but cannot be called"),
        "no model": ("Keras 모델이 아니다", "defined, but not a Keras model"),
    }

    def is_blank(value: "Any") -> bool:
        if value is None or value is ...:
            return True
        if type(value) is str:
            text = unicodedata.normalize("NFKC", value)
            return not any(c.isprintable() and not c.isspace() and c not in ".…\u1160\u3164" for c in text)
        if type(value) is dict:
            return all(map(is_blank, value.values()))
        return type(value) in (list, tuple, set) and all(map(is_blank, value))

    def is_number(value: "Any") -> bool:
        if issubclass(type(value), np.generic) and value.dtype.kind in "iuf":
            value = value.item()
        return type(value) in (int, float) and -1e15 <= value <= 1e15

    def is_small(value: "Any") -> bool:
        return is_number(value) and -1e9 <= value <= 1e9

    def letters(value: "Any", count: int) -> "list[str] | None":
        if type(value) in (list, tuple, set):
            read = [letters(item, count) for item in value]
            return None if None in read else [letter for part in read for letter in part or ()]
        if type(value) is int:
            value = str(value)
        if type(value) is not str or len(value) > 200:
            return None
        text = unicodedata.normalize("NFKC", value).upper()
        for joint in ("->", "=>", "AND", "그리고", "와", "과", "및"):
            text = text.replace(joint, " ")
        shown = "ABCDEFGHIJ"[:count]
        known = {**dict(zip(shown, shown, strict=True)), **dict(zip("123456789", shown, strict=False))}
        found = [c for c in text if c.isalnum()]
        return [known[c] for c in found] if found and all(c in known for c in found) else None

    def about_letters(value: object, kind: str, count: int) -> "tuple[str, str]":
        found = letters(value, count) or []
        fits = {"choice": len(set(found)) == 1, "choices": len(found) > 0}
        fits["order"] = sorted(found) == list("ABCDEFGHIJ"[:count])
        return (kind, "") if fits[kind] else (f"no {kind}", "ABCDEFGHIJ"[count - 1])

    def about_number(value: object) -> "tuple[str, str]":
        if is_number(value):
            return "number", ""
        quoted = type(value) is str and len(value) <= 200 and any(c.isnumeric() for c in value)
        return ("quoted number" if quoted else "no number"), ""

    def about_fields(value: "Any", fields: "dict[str, str]") -> "tuple[str, str]":
        if type(value) is not dict:
            return "no fields", ""
        written = {name.casefold(): name for name in fields}
        value = {written.get(str(name).strip().casefold(), name): entry for name, entry in value.items()}
        if any(name not in fields for name in value):
            return "extra field", ""
        # None is how Keras spells "no activation"
        open_fields = [
            name
            for name, kind in fields.items()
            if is_blank(value.get(name, ...)) and not (kind == "activation" and value.get(name, ...) is None)
        ]
        if open_fields:
            return "open field", ", ".join(open_fields)
        numbers = [name for name, kind in fields.items() if kind in ("units", "number")]
        wrong = [name for name in numbers if about_number(value[name])[0] == "no number"]
        return ("wrong field", ", ".join(wrong)) if wrong else ("fields", "")

    def about_expression(value: "Any", allowed: "list[str]") -> "tuple[str, str]":
        if is_number(value):
            value = str(value)
        if type(value) is not str or len(value) > 200:
            return "no expression", ""
        tree = ast.parse(unicodedata.normalize("NFC", value).strip().strip("`'\"").strip(), mode="eval")
        signs = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.UAdd, ast.USub)
        plain = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Name, ast.Load, *signs)
        for node in ast.walk(tree):
            fits = isinstance(node, plain) or (isinstance(node, ast.Constant) and is_small(node.value))
            if not fits or (isinstance(node, ast.Name) and node.id not in allowed):
                return "other names", ", ".join(allowed)
        return "expression", ""

    def about_code(name: str, form: str) -> "tuple[str, str]":
        if name not in names:
            return "undefined", ""
        value = names[name]
        if is_blank(value):
            return "blank", ""
        if form == "model" and getattr(value, "layers", None) is None:
            return ("empty" if callable(value) and is_empty(value) else "no model"), ""
        if form in ("function", "class") and not callable(value):
            return "no callable", ""
        return ("empty" if is_empty(value) else "defined"), ""

    def is_empty(value: "Any") -> bool:
        if type(value) is not type(is_empty):
            return False
        return all(step.opname == "RESUME" or step.argval is None for step in dis.get_instructions(value))

    def about(variable: str, form: "dict[str, Any]") -> "tuple[str, str]":
        value = names.get(variable, ...)
        if is_blank(value):
            return "blank", ""
        kind = form["kind"]
        if kind == "number":
            return about_number(value)
        if kind == "term":
            fits = type(value) is str and len(value) <= form["longest"] and any(c.isalnum() for c in value)
            return ("term" if fits else "no term"), ""
        if kind == "fields":
            return about_fields(value, form["fields"])
        if kind == "expression":
            try:
                return about_expression(value, form["names"])
            except Exception:
                return "no expression", ""
        return about_letters(value, kind, form["options"])

    def safely(variable: str, look: "Callable[..., tuple[str, str]]", *arguments: object) -> None:
        try:
            key, detail = look(*arguments)
        except Exception:
            key, detail = "unreadable", ""
        said = [sentences[key][language != "ko"].format(detail) for language in languages]
        print(f"{variable}: {' / '.join(said)}")

    def check_form(variable: "str | None" = None) -> None:
        """Print about the answer in *variable*, or about all of them."""
        for name in forms if variable is None else [variable]:
            form = forms.get(name, {"kind": "unknown"}) if type(name) is str else {"kind": "unknown"}
            if form["kind"] == "code":
                for defined in form["names"]:
                    safely(f"{name} ({defined})", about_code, defined, form["form"])
            elif form["kind"] in ("essay", "unknown"):
                safely(name, lambda key: (key, ""), form["kind"])
            else:
                safely(name, about, name, form)

    return check_form


SOURCE = inspect.getsource(form_checker)
"""The source of `form_checker`, for the notebook's cell."""
