"""How does a learner meet the kit: which notebooks are there, and who serves them?"""
