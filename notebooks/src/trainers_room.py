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
# For those who run the course: what to do the evening before, what to print, timetables, and per lab the timing, the solution of every
# task, the figures to expect and the wrong answers that come up. Trainees' pages do not lead here.
# <!-- zh 5460fb0e -->
# # 培训师专区
#
# 供授课人使用：前一天晚上的准备、要打印的材料、课程安排，以及每个实训的时间分配、各任务的答案、预期数字和常见的错误回答。学员页面没有通往这里的链接。

# %%
from sim.panels import TrainersRoom

LANGUAGE = "en"
room = TrainersRoom(LANGUAGE)

# %% [markdown]
# ## The evening before
#
# 1. Choose a timetable below and print its papers with the command that stands under it. Open every lab of the day once, predict, move a slider, solve one task. A lab keeps nothing: when its page
#    is opened anew, it is empty again.
# 2. Choose the same labs at the end of this page, wait until their figures are worked out (a minute or two each), and press *Print*. In the
#    room the projector shows what the trainees see; solutions and figures lie before you on paper.
# 3. Try the projector. Enlarge the page with Ctrl and + to 125%: a panel still fits in width, and its charts can be read from the back. Tables
#    cannot: read the one figure that matters aloud.
# 4. Decide who runs it: one screen for all, or one computer for two trainees. They start it with `arlab show` (or `python start.py show`),
#    without `--trainer`: then this page is not there. No network is needed.
# 5. Write down for each lab the one sentence that should be left in the evening. It stands under *What to bring out*.
# <!-- zh 4b36d7ce -->
# ## 前一天晚上
#
# 1. 在下面选好课程安排，用它下方的命令打印全部材料。当天要上的实训逐个打开，预测一次、拖一次滑块、做一道题。实训不保存进度，页面重新打开就是全新的。
# 2. 在本页末尾逐个选中这些实训，等数字算完（每个一两分钟），点“打印”。上课时投影上是学员看到的页面，答案和数字在你手里的纸上。
# 3. 试一下投影。按Ctrl和+把页面放大到125%：面板宽度仍然放得下，后排也看得清图。表格后排看不清，把最要紧的那个数念出来。
# 4. 想好怎么操作：全班看一块屏幕，还是两人一台电脑。学员用`arlab show`（或`python start.py show`）打开，不加`--trainer`，就没有这一页。不需要联网。
# 5. 每个实训写下一句话：下课时学员应当记住什么。可参考“要领”一栏。

# %% [markdown]
# ## To print
#
# | For | What | Where |
# |---|---|---|
# | all | everything for one timetable: programme, labs, quizzes, cards, keys | `arlab papers half_day --out half_day` |
# | you | solutions and figures of each lab | *Print*, at the end of this page |
# | you | session plans with role-plays, from 90 minutes to two days | `arlab handout sessions --out plans.pdf` |
# | you | how to lead role-plays | `arlab handout facilitator --out guide.pdf` |
# | each pair | role cards, observer's sheet, and your sheet with the key | `arlab roleplay print R01 --out cards.pdf` |
# | each table | a case study with worksheet: C2 goes with lab 9, C3 with lab 8, C4 with lab 2 | `arlab handout C3 --out case.pdf` |
# | everybody | a quiz before and after; with `--answers` for you | `arlab handout measures --out quiz.pdf` |
# | everybody | the one-page summary of a lab, with their name | *Print*, at the end of each lab |
#
# `arlab list handouts` and `arlab list roleplays` name them all.
# <!-- zh c42fbfd0 -->
# ## 要打印的材料
#
# | 给谁 | 什么 | 从哪里来 |
# |---|---|---|
# | 全体 | 一套课程安排的全部材料：日程、实训、测验、角色卡、答案 | `arlab papers half_day --out half_day` |
# | 自己 | 各实训的答案和数字 | 本页末尾的“打印” |
# | 自己 | 含角色演练的课程方案，从90分钟到两天 | `arlab handout sessions --out plans.pdf` |
# | 自己 | 角色演练带教手册 | `arlab handout facilitator --out guide.pdf` |
# | 每两人 | 角色卡、观察员表，以及给自己的带答案的培训师表 | `arlab roleplay print R01 --out cards.pdf` |
# | 每组 | 案例和答题纸：C2配实训9，C3配实训8，C4配实训2 | `arlab handout C3 --out case.pdf` |
# | 每人 | 课前课后各做一次的测验；自己那份加`--answers` | `arlab handout measures --out quiz.pdf` |
# | 每人 | 实训的一页小结，写上姓名 | 每个实训末尾的“打印” |
#
# 全部名称可用`arlab list handouts`和`arlab list roleplays`查看。

# %% [markdown]
# ## Timetables
#
# From ninety minutes to two days, around talks or around the labs at the screen. A lab takes 30 to 40 minutes, its tasks and talk included. Short of time? Leave out tasks, never the prediction or the debrief. What belongs together stays
# together: do not split a lab by a break, because the prediction is forgotten.
# <!-- zh 22aa6ca3 -->
# ## 课程安排
#
# 从九十分钟到两天，有的以谈话演练为主，有的以上机实训为主。每个实训30到40分钟，含做题和讨论。时间不够就少做几道题，预测和复盘不能省。不要在一个实训中间休息，否则学员会忘了自己的预测。

# %%
room.timetables()

# %% [markdown]
# ## On the day: how to run a lab
#
# 1. Tell the story in two minutes. Let everybody write down a prediction **before** anybody touches a slider; hands up for each
#    answer, and keep the count on the board.
# 2. Run it on the projector, or let pairs run it. Read the yellow note aloud once: what is known, what is assumed.
# 3. Ask for the reason before you explain it. Those who were wrong speak first: nothing is lost by being wrong here.
# 4. Tasks in pairs. Hints come one by one; "Show the answer" appears after the first try.
# 5. Debrief with the questions of the lab, and end with one sentence from each table: what shall we do differently on Monday?
# <!-- zh e4027366 -->
# ## 当天：怎样带一个实训
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
# well the average is known. When all are there, the whole can be printed.
# <!-- zh 71b4dbed -->
# ## 答案与预期数字
#
# 选择一个实训。数字在打开时现场计算，与学员面板用的是同样的模拟；区间表示对平均值的把握程度。全部算好后可以打印。

# %%
room.lab()
