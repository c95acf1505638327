"""What do all labs share: opening, prediction, panel, tasks, summary?"""
