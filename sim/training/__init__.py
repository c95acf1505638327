"""What does a trainer hand out besides the role-plays? Guides, session plans, case studies, quizzes: `exercises/`."""
