"""The help page lists what there is, and every example form on it can be parsed."""

from core.language.names import builtins, namespaces
from core.language.reference import language_page


def test_the_page_names_every_function_that_programs_can_call():
    page = language_page()
    missing = [
        path
        for path in namespaces.TABLE
        if not path.startswith(("jnp", "autograd", "core")) and path.split(".")[-1] not in page
    ]
    assert not missing
    assert all(f"`{name}(" in page for name in builtins.BUILTINS)


def test_every_row_of_the_tables_leads_to_a_function():
    """A row whose function does not exist would silently be left out."""
    from core.language.names import tables

    rows = [line.split(" = ")[1].strip() for line in tables.FUNCTIONS.strip().splitlines()]
    rows += [
        line.split()[0]
        for table in (tables.ELEMENTWISE, tables.BINARY, tables.REDUCTIONS)
        for line in table.strip().splitlines()
    ]
    assert [name for name in rows if namespaces.implementation(name) is None] == []
