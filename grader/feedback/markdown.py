"""Our own Markdown as HTML that can load nothing and link nowhere."""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

__all__ = ["as_block", "as_line", "data_uri"]

_ATTACHMENT = re.compile(r"attachment:(.+)\.png")
_SWITCHED_OFF = ["link", "autolink", "reference", "html_inline", "html_block"]


class _Renderer(RendererHTML):
    """The plain renderer, but an image is one of our figures or nothing but its words."""

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        token = tokens[idx]
        words = self.renderInlineAsText(token.children or [], options, env)
        known = _ATTACHMENT.fullmatch(str(token.attrs.get("src", "")))
        uri = env["figures"].get(known[1]) if known else None
        if known is None or uri is None:
            return str(Markup("<em>{}</em>").format(words))
        if known[1] in env["shown"]:
            # the page's other language has shown the picture already, but described it in other words
            return str(Markup('<span class="unseen">{}</span>').format(words))
        env["shown"].add(known[1])
        return str(Markup('<img src="{}" alt="{}">').format(uri, words))


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    return parser.enable("table").disable(_SWITCHED_OFF)


def _without_styles(tokens: Iterable[Token]) -> None:
    """The page's policy forbids `style` attributes, which tables use to align their columns."""
    for token in tokens:
        style = str(token.attrs.pop("style", ""))
        if style.startswith("text-align:"):
            token.attrSet("class", f"align-{style.removeprefix('text-align:')}")


def as_block(text: str, figures: Mapping[str, str] | None = None, shown: set[str] | None = None) -> Markup:
    """
    *text* as paragraphs, lists, tables and code.

    Args:
        figures: `data:` URIs by name, for images such as `![…](attachment:NAME.png)`.
        shown: the names already on the page, which are not shown again; grows.
    """
    if "attachment:" not in text:
        return _plain_block(text)
    return _rendered(text, {"figures": figures or {}, "shown": set() if shown is None else shown})


@functools.lru_cache(maxsize=4096)
def _plain_block(text: str) -> Markup:
    # the same few variants stand on the pages of a whole class
    return _rendered(text, {"figures": {}, "shown": set()})


def _rendered(text: str, env: MutableMapping[str, Any]) -> Markup:
    tokens = _parser().parse(text, env)
    _without_styles(tokens)
    return Markup(_parser().renderer.render(tokens, _parser().options, env))


@functools.lru_cache(maxsize=1024)
def as_line(text: str) -> Markup:
    """*text* without blocks, for a heading."""
    return Markup(_parser().renderInline(" ".join(text.split()), {"figures": {}, "shown": set()}))


@functools.lru_cache(maxsize=256)
def data_uri(png: bytes) -> str:
    """A PNG as a `data:` URI; the same few stand on the pages of a whole class."""
    return "data:image/png;base64," + base64.b64encode(png).decode()
