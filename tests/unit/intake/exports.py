"""Small exports to import: rows of text under a header."""

from pathlib import Path

HEADER = "customer_id,invoice_no,invoice_date,due_date,paid_date,amount"


def export(
    path: Path, *rows: str, header: str = HEADER, name: str = "export.csv", encoding: str = "utf-8"
) -> Path:
    """A CSV file of these rows."""
    file = path / name
    file.write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
    return file


def numbered(count: int = 20) -> list[str]:
    """So many sound invoices: due after 30 days, paid 5 days late, dates that read one way only."""
    days = [f"2024-{1 + n % 12:02d}-{13 + n % 12:02d}" for n in range(count)]
    return [
        f"C{n % 4},{1000 + n},{day},{_later(day, 30)},{_later(day, 35)},{100 + n}.50"
        for n, day in enumerate(days)
    ]


def _later(day: str, days: int) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
