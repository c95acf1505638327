# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # What if we changed our credit policy?
#
# **The question.** You sell on credit. Your customers owe you money for weeks, some of them for longer than agreed, a few
# forever. If you shortened the terms, chased earlier or held orders sooner: how much cash would come free, and what would
# it cost you in sales and goodwill?
#
# Nobody can try that on real customers twice. Here you can: **the same customers, with the same luck, live through two
# policies**, and you look at the difference.
# <!-- zh 460ed297 -->
# # 如果换一套信用政策，会怎样？
#
# **问题。** 公司做赊销，客户的货款一欠就是几周，有的拖过到期日，少数永远收不回来。如果缩短信用期、提早催收、更早冻结订单：
# 能释放多少现金？又会让销售和客户关系付出什么代价？
#
# 在真实的客户身上没法试两次，在这里可以：**同一批客户、同样的运气，分别经历两套政策**，你只看两者之差。

# %%
from sim.panels import predict, what_if

LANGUAGE = "en"

# %% [markdown]
# ## 1. Predict
#
# Before you look: suppose you leave your terms as they are, but keep to them (the ready-made policy "Balanced"): reminders a
# week earlier, one more collector, customers reviewed and watched, orders held after 30 days overdue, promises in writing,
# payment plans, a dispute desk. Say what you expect. A guess that turns out wrong teaches more than a chart that is only
# looked at.
# <!-- zh 5d215bac -->
# ## 1. 先预测
#
# 看结果之前，先想一想：假如信用期不变，但执行到位（即预设政策“均衡”）：提醒提早一周，增加一名催收员，定期复评并做风险预警，
# 逾期30天即冻结订单，承诺要求书面确认，可约定分期还款，并设争议处理专岗。你预计会怎样？猜错一次，比光看图表学到的更多。

# %%
guess = predict(LANGUAGE)
guess

# %% [markdown]
# ## 2. Run
#
# Choose a customer portfolio. On the left stands the baseline, the policy you have; beside it the alternative you are thinking
# of. Move a slider of the alternative and let go: the first picture comes at once from a single run, then it sharpens as more
# runs come in. What you read there rests on assumptions: read the yellow note first.
# <!-- zh e168b750 -->
# ## 2. 运行
#
# 选一个客户组合。左栏是基准方案，即现行政策；右栏是你在考虑的备选方案。拖动“备选方案”一栏的滑块后松手：
# 先用一次模拟立刻出图，随着模拟次数增加，结果越来越准。所有结果都建立在假设之上，请先读黄色提示。

# %%
what_if(LANGUAGE, guess)

# %% [markdown]
# ## 3. Explain
#
# - **Lines and bands.** Each line is the middle of many runs; the band holds the middle 80% of them. Where the two bands lie
#   apart, the policy decides; where they overlap, luck decides too.
# - **The table of differences** compares run with run: the same customers, the same orders, the same luck. That is why a
#   difference can be certain although both bands are wide.
# - **An interval** such as "0.9 m to 1.5 m" says how well we know the average difference after this many runs. If it
#   reaches across zero, these runs have not shown a difference.
# - **Marked levers.** P rests on published figures, R on practice, **A is an assumption**: be wary of a conclusion that
#   hangs on an A.
# - **Relationship.** Pressure, stopped deliveries and disputes annoy customers; the dissatisfied buy less, pay later and may
#   leave for good. No new customers come, so what a harsh policy drives away stays away.
# <!-- zh d38fbe63 -->
# ## 3. 解读
#
# - **线和色带。** 线是多次模拟的中位数，色带覆盖居中80%的结果。两条色带分开，说明起作用的是政策；两条色带重叠，
#   说明运气也在起作用。
# - **差异表。** 逐次对比：同样的客户、同样的订单、同样的运气。所以即使两条色带都很宽，差异仍然可以是确定的。
# - **置信区间。** 例如“90万至150万”，表示经过这么多次模拟，我们对平均差异能把握到什么程度。区间包含零，
#   就是还看不出差异。
# - **可调项的标记。** P 依据公开数据，R 依据行业惯例，**A 是假设值**：如果结论全靠一个 A，就要当心。
# - **客户关系。** 催得太紧、停止供货、争议处理不好，都会让客户不满；不满的客户少下单、晚付款，甚至一去不回。
#   模型里没有新客户补上，所以被逼走的生意就真的没了。

# %% [markdown]
# ## 4. Try it yourself
#
# 1. Which single lever frees the most cash? What does it cost?
# 2. Find an alternative that brings DSO down by 10 days **without** lowering economic profit.
# 3. Start from the preset "strict". What do you lose that DSO does not show?
# 4. Save your best policy to a file, and let a neighbour try to beat it.
# <!-- zh e3c56364 -->
# ## 4. 自己动手
#
# 1. 只动一个可调项，哪一个释放的现金最多？代价是什么？
# 2. 找一套备选方案：DSO 缩短10天，而经济利润**不**下降。
# 3. 从预设“从严”出发：你失去了哪些 DSO 看不出来的东西？
# 4. 把你最好的方案存成文件，请旁边的同事来挑战。

# %% [markdown]
# ## 5. Debrief
#
# - Was your prediction right in its direction? In its size? What had you not thought of?
# - DSO can fall for three reasons: customers pay sooner, you sell less on credit, or the month's sales moved. Which was it here?
# - Satisfaction and churn rest on assumptions: would your conclusion survive if harder collection drove twice as many
#   customers away?
# - What would you have to believe about your own customers before you did this for real, and how could you check it?
# <!-- zh e8ed70f8 -->
# ## 5. 复盘
#
# - 你的预测方向对吗？大小对吗？有什么没想到？
# - DSO 下降可能有三个原因：客户付得更快、赊销减少、当月销售额变动。这里是哪一个？
# - 客户满意度和流失都靠假设：如果加紧催收逼走的客户多一倍，你的结论还站得住吗？
# - 真要这么做之前，你对自己客户的哪些判断必须成立？又怎样去核实？
