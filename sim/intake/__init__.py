"""Floor 2: reading ERP exports. Mapping, evidence, quality report; what cannot be known is said, never guessed."""

from sim.intake.importing import Imported, import_file
from sim.intake.mapping import Mapping, read_mapping, write_mapping
from sim.intake.render import render
from sim.intake.report import Report

__all__ = ["Imported", "Mapping", "Report", "import_file", "read_mapping", "render", "write_mapping"]
