# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Role-plays: talk to your customer
#
# Here you sit opposite the customer. Read your card, begin, and choose what you say. What the other side thinks of it you will hear
# in the answers, and see in the debrief. You can take anything back and try it another way: nobody keeps a record of it but you.
#
# Some of what you can say is clever and wrong, and some of it is against the law. It looks like the rest, as it does in life.
#
# [All labs](01_start_here.ipynb) · [Quiz](quiz.ipynb)
# <!-- zh 1b7f699d -->
# # 角色演练：和客户谈
#
# 在这里，客户就坐在你对面。读完角色卡，开始谈话，选择你要说的话。对方怎么想，能从回答里听出来，复盘时会全部揭晓。
# 说过的话都可以收回来换一种说法，除了你自己，没有人会留下记录。
#
# 有些话听着高明，其实不对；有些话已经违法。它们看上去和别的话没什么两样，现实中也是如此。
#
# [全部课程](01_start_here.ipynb) · [测验](quiz.ipynb)

# %%
from sim.panels import role_plays

LANGUAGE = "en"
role_plays(LANGUAGE)
