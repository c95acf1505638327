# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Quiz: what has stayed?
#
# Choose what you want to be asked about. After each answer you hear why it is right or wrong and what that rests on. Nobody counts
# along but you, and a wrong answer costs nothing: it only comes again.
#
# [All labs](01_start_here.ipynb) · [Role-plays](role_plays.ipynb)
# <!-- zh 0d9c2292 -->
# # 测验：你记住了多少？
#
# 选好想考的内容。每答一题，都会告诉你对在哪里、错在哪里，依据是什么。成绩只有你自己看得到；答错也没关系，错题可以再做一遍。
#
# [全部课程](01_start_here.ipynb) · [角色演练](role_plays.ipynb)

# %%
from sim.panels import quiz

LANGUAGE = "en"
quiz(LANGUAGE)
