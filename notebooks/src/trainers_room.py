# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Trainer's room
#
# For those who run the course: timetables, and per lab the timing, the solution of every task, the figures to expect and the
# wrong answers that come up. Trainees' pages do not lead here.
# <!-- zh 6405eddb -->
# # 培训师专区
#
# 供授课人使用：课程安排，以及每个实训的时间分配、各任务的答案、预期数字和常见的错误回答。学员页面没有通往这里的链接。

# %%
from sim.panels import TrainersRoom

LANGUAGE = "en"
room = TrainersRoom(LANGUAGE)

# %% [markdown]
# ## Timetables
#
# Half a day, one day or two days. A lab takes 20 to 40 minutes; the timetable leaves room to talk. What belongs together stays
# together: do not split a lab by a break, because the prediction is forgotten.
# <!-- zh d9c8dbb8 -->
# ## 课程安排
#
# 可选半天、一天或两天。每个实训需要20到40分钟，安排中留出了讨论时间。不要在一个实训中间休息，否则学员会忘了自己的预测。

# %%
room.timetables()

# %% [markdown]
# ## How to run a lab
#
# 1. Tell the story in two minutes. Let everybody write down a prediction **before** anybody touches a slider; hands up for each
#    answer, and keep the count on the board.
# 2. Run it on the projector, or let pairs run it. Read the yellow note aloud once: what is known, what is assumed.
# 3. Ask for the reason before you explain it. Those who were wrong speak first: nothing is lost by being wrong here.
# 4. Tasks in pairs. Hints come one by one; "Show the answer" appears after the first try.
# 5. Debrief with the questions of the lab, and end with one sentence from each table: what shall we do differently on Monday?
# <!-- zh 9d148217 -->
# ## 怎样带一个实训
#
# 1. 用两分钟讲完情境。在任何人动滑块**之前**，让每个人写下预测；逐项举手，把人数记在白板上。
# 2. 在投影上运行，或两人一组运行。把黄色提示念一遍：哪些有依据，哪些是假设。
# 3. 先问原因，再解释。猜错的人先说：在这里猜错没有任何损失。
# 4. 任务两人一组做。提示逐条出现；第一次检查之后才会出现“看答案”。
# 5. 用实训里的问题复盘，最后每组说一句：下周一我们有什么不同的做法？

# %% [markdown]
# ## Solutions and figures
#
# Choose a lab. The figures are worked out while you look, from the same runs as on the trainees' panels; the interval says how
# well the average is known.
# <!-- zh e2f6ae95 -->
# ## 答案与预期数字
#
# 选择一个实训。数字在打开时现场计算，与学员面板用的是同样的模拟；区间表示对平均值的把握程度。

# %%
room.lab()
