"""How do the committed lessons stay clean while people work in them?"""

from __future__ import annotations

from typing import Any

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE_INFO = {"name": "python"}


def keep_lesson_clean(model: dict[str, Any], path: str, contents_manager: object) -> None:  # noqa: ARG001
    """Save what a person wrote in a lesson, but none of its outputs: they come back at the next opening.

    Jupyter calls it with these names before it writes any file.
    """
    if model.get("type") != "notebook":
        return
    notebook = model["content"]
    if "receivables_lab" not in notebook["metadata"]:
        return
    notebook["metadata"].pop("widgets", None)
    notebook["metadata"]["kernelspec"] = dict(KERNEL)
    notebook["metadata"]["language_info"] = dict(LANGUAGE_INFO)
    for cell in notebook["cells"]:
        cell["metadata"].pop("trusted", None)
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "code":
            cell["outputs"] = []
            cell["execution_count"] = None
