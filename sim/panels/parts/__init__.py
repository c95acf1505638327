"""What all panels are made of: look, controls, charts, pictures, paths."""
