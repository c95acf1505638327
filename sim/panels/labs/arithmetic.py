"""What does a formula of a lab give? Plain arithmetic on named facts, and nothing else."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping

_TWO: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_CALLS: dict[str, Callable[..., float]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
}
LARGEST_POWER = 400.0


class NotArithmetic(ValueError):
    """This is no formula of ours; the text says which part."""


def result(formula: str, facts: Mapping[str, float]) -> float:
    """The formula's value. Raises NotArithmetic for anything but numbers, facts, + - * / ** and a few functions."""
    try:
        tree = ast.parse(formula, mode="eval")
    except (SyntaxError, ValueError) as error:
        raise NotArithmetic(formula) from error
    try:
        found = _value(tree.body, facts)
    except (ArithmeticError, TypeError, ValueError) as error:
        raise NotArithmetic(str(error)) from error
    if isinstance(found, complex) or not math.isfinite(found):
        raise NotArithmetic(formula)
    return float(found)


_SIGNS = (("**", "^"), ("*", "×"), ("/", "÷"), ("-", "−"))


def with_facts(formula: str, facts: Mapping[str, float]) -> str:
    """The formula with its facts in place and the signs a person would write: 0.02 ÷ (1 − 0.02) × 365 ÷ 20."""
    tree = _Placed(facts).visit(ast.parse(formula, mode="eval"))
    said = ast.unparse(tree)
    for typed, written in _SIGNS:
        said = said.replace(typed, written)
    return said


def is_sum(formula: str) -> bool:
    """Is there anything to work out, or is the formula a figure as it stands?"""
    return not isinstance(ast.parse(formula, mode="eval").body, ast.Name | ast.Constant)


class _Placed(ast.NodeTransformer):
    """Puts facts in place of their names."""

    def __init__(self, facts: Mapping[str, float]):
        self._facts = facts

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A fact's figure, with thousands' commas; a function's name as it is."""
        if node.id not in self._facts:
            return node
        return ast.Name(id=f"{self._facts[node.id]:,.10g}", ctx=node.ctx)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A number of the formula's own, written like the facts."""
        return ast.Name(id=f"{_value(node, {}):,.10g}", ctx=ast.Load())


def _value(node: ast.expr, facts: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name) if name in facts:
            return float(facts[name])
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, facts)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _TWO:
            first, second = _value(left, facts), _value(right, facts)
            if isinstance(op, ast.Pow) and abs(second) > LARGEST_POWER:
                raise NotArithmetic(ast.unparse(node))
            return _TWO[type(op)](first, second)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _CALLS and args:
            return float(_CALLS[name](*(_value(arg, facts) for arg in args)))
    raise NotArithmetic(ast.unparse(node))
