"""The branches of a policy: one file each, every lever declared once."""
