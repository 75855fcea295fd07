"""What a student's cells had printed, made safe to stand on a page that an instructor is logged in to."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any

__all__ = ["plain_text", "safe_outputs"]

_MOST_TEXT = 20_000
_MOST_IMAGE = 3 * 2**20
_MOST_OUTPUTS = 50
_IMAGES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
# colours of a traceback stay: nbconvert turns them into markup of its own after it has escaped the text
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe_outputs(outputs: object) -> list[dict[str, Any]]:
    """
    What of a submitted cell's *outputs* may be shown: text, errors, and PNG and JPEG pictures.

    HTML, SVG, JavaScript, LaTeX, Markdown and widgets can all run in formgrader and are left out; where
    nothing else is left of an output a line says so. Long ones are cut.
    """
    if not isinstance(outputs, list):
        return []
    safe = []
    left = _MOST_TEXT
    for output in outputs[:_MOST_OUTPUTS]:
        made = _safe(output, left) if isinstance(output, dict) else None
        if made is not None:
            safe.append(made)
            left -= _length(made)
    if len(outputs) > _MOST_OUTPUTS:
        safe.append(_stream("stdout", f"[{len(outputs) - _MOST_OUTPUTS} more outputs left out]\n"))
    return safe


def plain_text(text: str) -> str:
    """
    Markdown that shows *text* exactly as it was typed, whatever it holds.

    nbgrader's pages render the Markdown of answers with its raw HTML, scripts too.
    """
    quoted = "".join(c if c.isalnum() or c in " \n" else f"&#{ord(c)};" for c in _CONTROLS.sub("�", text))
    # an empty line would end the block for Markdown
    lines = (line or "&#8203;" for line in quoted.split("\n"))
    joined = "\n".join(lines)
    return f'<pre style="white-space: pre-wrap; word-break: break-word">{joined}</pre>'


def _safe(output: Mapping[str, Any], left: int) -> dict[str, Any] | None:
    match output.get("output_type"):
        case "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return _stream(name, _text(output.get("text"), left))
        case "error":
            trace = output.get("traceback")
            lines = [_text(line, left) for line in trace[-60:]] if isinstance(trace, list) else []
            return {
                "output_type": "error",
                "ename": _text(output.get("ename"), 200),
                "evalue": _text(output.get("evalue"), 2000),
                "traceback": [_text("\n".join(lines), left)],
            }
        case "display_data" | "execute_result":
            return _data(output.get("data"), left)
    return None


def _data(data: object, left: int) -> dict[str, Any] | None:
    if not isinstance(data, dict) or not data:
        return None
    kept = {kind: image for kind in _IMAGES if (image := _image(kind, data.get(kind))) is not None}
    if "text/plain" in data:
        kept["text/plain"] = _text(data["text/plain"], left)
    if not kept:
        kinds = ", ".join(sorted(kind for kind in data if re.fullmatch(r"[a-z0-9.+/-]{1,60}", str(kind))))
        kept["text/plain"] = f"[output left out: {kinds or 'of no known type'}]"
    return {"output_type": "display_data", "data": kept, "metadata": {}}


def _image(kind: str, value: object) -> str | None:
    text = "".join(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else value
    if not isinstance(text, str) or len(text) > _MOST_IMAGE * 4 // 3:
        return None
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(data).decode() if data.startswith(_IMAGES[kind]) else None


def _text(value: object, most: int) -> str:
    text = "".join(map(str, value)) if isinstance(value, list) else str(value or "")
    text = _CONTROLS.sub("�", text)
    return text if len(text) <= max(most, 0) else f"{text[: max(most, 0)]}\n[… cut]\n"


def _stream(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def _length(output: Mapping[str, Any]) -> int:
    return sum(len(str(value)) for key, value in output.items() if key != "data") + len(
        output.get("data", {}).get("text/plain", "")
    )
