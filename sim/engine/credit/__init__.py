"""Who gets how much credit, when are we warned, and when is a claim written off?"""
