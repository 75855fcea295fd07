"""Options that several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["BankOption", "DaskOption", "JsonOption", "LanguageOption", "UnsafeOption", "VariantOption"]

BankOption = Annotated[Path | None, typer.Option("--bank", help="Folder of questions (default: the package's own)")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program")]
VariantOption = Annotated[int, typer.Option("--variant", "-n", help="Which variant: any number draws one")]
LanguageOption = Annotated[str, typer.Option("--lang", help="ko or en")]
DaskOption = Annotated[
    str | None,
    typer.Option("--dask", help="Grade on a Dask cluster: its scheduler, as tls://HOST:8786 (docs/cluster.md)"),
]
UnsafeOption = Annotated[
    bool,
    typer.Option("--unsafe-no-sandbox", help="Run student code without walls where no other tier works"),
]
