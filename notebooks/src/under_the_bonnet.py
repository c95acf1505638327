# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Under the bonnet: how does the simulation work?
#
# Somebody at the back of the room always asks: and how do you know? The question is fair. Here you see what happens between a
# slider and a chart: what nature decides, how an invoice comes to be paid, and why two policies are given the same luck.
#
# No mathematics is needed, and no programming; those who read Python find one folded part for them.
# <!-- zh 59f5c084 -->
# # 模型是怎样运转的？
#
# 教室后排总有人问：你怎么知道？问得有理。这里让你看到，从拖动滑块到画出图表，中间发生了什么：自然决定了什么，
# 一张发票怎样走到付款，为什么要给两套政策同样的运气。
#
# 不需要数学基础，也不需要会编程；会读 Python 的人，可以打开其中折叠的一段。

# %%
from sim.panels import Lab, nouns, one_life, payment_clock, same_luck, twin_check

LANGUAGE = "en"
lab = Lab("under_the_bonnet", LANGUAGE)
lab.opening()

# %% [markdown]
# ## 1. Predict
# <!-- zh c533e590 -->
# ## 1. 先预测

# %%
lab.predict()

# %% [markdown]
# ## 2. Six words
#
# A portfolio of customers lives through a world (what nature decided), managed under a policy (what we decide), and leaves a
# ledger (what anybody could have written down). Figures are measured from ledgers only. So nobody can cheat, neither the policy
# nor the chart: what the seller could not know that day plays no part in what the seller does.
# <!-- zh d7ae99ce -->
# ## 2. 六个概念
#
# 一批客户经历一个“世界”（由自然决定），在一套政策（由我们决定）之下，留下一本账（任何人都能记下来的）。指标只从账本计算。
# 所以谁也不能作弊，政策不能，图表也不能：卖方当天不可能知道的事，不会影响卖方的做法。

# %%
nouns(LANGUAGE)

# %% [markdown]
# ## 3. One customer's life
#
# Before the first day nature has drawn every order this customer might place, with its amount, its patience when it is held, and
# its luck with payment. The policy decides which of them come true. Choose "Strict" and keep the run: some orders that were
# invoiced are lost and others are paid on another day, but the days on which they are wanted, the amounts and the luck stay.
# <!-- zh fa4ddd6d -->
# ## 3. 一个客户的一生
#
# 第一天之前，自然已经抽好了这个客户可能下的每个订单：金额、被冻结时的耐心、付款的运气。政策只决定其中哪些成真。
# 换成“从严”政策、仍看同一次模拟：有的订单由开票变成流失，有的换了付款日，但想下单的日子、金额和运气都不变。

# %%
one_life(LANGUAGE)

# %% [markdown]
# ## 4. The payment clock
#
# Each open invoice has a clock. Every day it runs on by a little: by the *hazard*, which depends on the kind of payer and on how
# late the invoice is. When the clock has run as far as this invoice's *luck* asks, it is ready to be paid, and it is paid on
# the customer's next pay day. What we do, a letter or a call, makes the clock run faster for ten working days. How much
# faster depends on why the customer is late. These effects are assumptions (A).
# <!-- zh 5cb5be75 -->
# ## 4. 付款时钟
#
# 每张未付发票都有一个时钟。它每天往前走一点，走多少取决于**风险率**，而风险率由客户的付款类型和逾期天数决定。时钟走到这张发票的
# **运气**所要求的位置，就具备了付款条件，在客户的下一个付款日付款。我们发一封函、打一个电话，时钟在十个工作日内就走得快些；
# 快多少，要看客户为什么拖。这些效果都是假设（A）。

# %%
payment_clock(LANGUAGE)

# %% [markdown]
# ## 5. The same luck twice
#
# Each dot is a run: the alternative's figure minus the baseline's. In one row both policies met the same customers with the
# same luck, in the other each had a luck of its own. The second row scatters far more, and so even its middle may lie far off.
# <!-- zh 4a9de655 -->
# ## 5. 同样的运气，走两遍
#
# 每个点是一次模拟：备选方案的指标减去基准方案的指标。一排里两套政策面对同样的客户、同样的运气，另一排里各有各的运气。
# 第二排散得开得多，所以连它的中间位置也可能偏得很远。

# %%
lab.veiled(same_luck(LANGUAGE))

# %% [markdown]
# ## 6. Two programs, one ledger
#
# The engine behind all labs is fast: departments act on columns of numbers. Beside it stands a readable twin: every customer and
# every invoice tells its own story. Both were written from the same page of rules. Let them live through the same world.
# <!-- zh 47629c7b -->
# ## 6. 两个程序，一本账
#
# 各实训背后的引擎很快：各部门成列地处理数字。旁边还有一个简明模型：每个客户、每张发票各讲各的故事。两者按同一页规则各自编写。
# 让它们走过同一个世界。

# %%
twin_check(LANGUAGE)

# %%
lab.compare()

# %% [markdown]
# ## 7. What the model leaves out
#
# - Customers who leave are not replaced, and nobody new comes because terms are generous.
# - Competitors' terms are given; they do not respond to ours.
# - Affiliates of one group fail together, but each has a limit of its own.
# - What a move does, how pressure is taken, how orders respond to terms: all assumptions, the same for every customer of a kind.
# - Prices and margins do not move with the times.
#
# What is left out works on both policies. It spoils a comparison only where it would work on one of them more than on the other.
# Ask that question before you trust a difference.
# <!-- zh 826efbc7 -->
# ## 7. 模型没有考虑什么
#
# - 客户流失后没有新客户补上；条件放宽也不会引来新客户。
# - 竞争对手的条件是给定的，不会随我们的政策变化。
# - 同一集团的关联企业会一起违约，但各有各的额度。
# - 动作有多大效果、客户怎样承受压力、订单对信用期的反应：都是假设，同一类客户完全相同。
# - 价格和毛利不随经济环境变化。
#
# 没考虑的因素对两套政策都起作用。只有当它对其中一套影响更大时，才会使比较失真。相信一个差异之前，先问这个问题。

# %% [markdown]
# ## 8. Tasks
# <!-- zh 95d1691f -->
# ## 8. 任务

# %%
lab.task("nouns")

# %%
lab.task("survival")

# %%
lab.task("late_move")

# %%
lab.task("twin")

# %%
lab.task("leaves_out")

# %% [markdown]
# ## 9. Debrief
#
# - Which assumption would you check first in your own ledger, and how?
# - Where would a difference between two policies be spoilt by what is left out?
# - To whom in your company would you show the two rows of dots?
# <!-- zh d5e7fdba -->
# ## 9. 复盘
#
# - 你会先在自己的账上核实哪个假设？怎么核实？
# - 在哪些情况下，没考虑的因素会让两套政策的差异失真？
# - 那两排点，你会拿给公司里的谁看？

# %% [markdown]
# ## 10. Summary
#
# One page to print or to save.
# <!-- zh 6066a90d -->
# ## 10. 小结
#
# 一页纸，可打印、可保存。

# %%
lab.closing()
