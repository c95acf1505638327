# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # What DSO says and hides
#
# Monday, nine o'clock. The sales director is in high spirits: "DSO down by nine days. Our new reminders work!" The
# controller looks at the same ledger and says: "Nobody paid a day earlier." Both hold a figure called DSO. Who
# is right?
# <!-- zh 737e0a28 -->
# # DSO：说出了什么，又掩盖了什么
#
# 周一上午九点，销售总监兴致很高：“DSO降了九天，新的催款提醒见效了！”财务主管看着同一本账说：“没有一个客户早付过
# 一天。”两人手里的数字都叫DSO。到底谁说得对？

# %%
from sim.panels import Lab, dso_explorer, overdue_calculator

LANGUAGE = "en"
lab = Lab("02_dso", LANGUAGE)
lab.opening()

# %% [markdown]
# ## 1. Predict
#
# Say what you expect before you look. What follows stays covered until you have.
# <!-- zh a87d9913 -->
# ## 1. 先预测
#
# 看结果之前，先说出你的判断；没有作答，后面的内容会先遮住。

# %%
lab.predict()

# %% [markdown]
# ## 2. Run: a company whose customers never change
#
# In this company **every** invoice is paid in full after the same number of days, always. Only its sales move. Let **growth** go
# first: what happens to period-end DSO, what to count-back, what to days to pay? Then put growth back and try the **season**.
# Then change from quarter to month and to year: the same ledger, the same customers, other figures.
# <!-- zh 678c8c62 -->
# ## 2. 运行：一家客户从不改变习惯的公司
#
# 这家公司的**每一张**发票都在同样的天数后全额付清，始终如此，变的只有销售额。先拖动**增长**：期末余额法DSO怎样变？
# 倒推法呢？实际付款天数呢？然后把增长归零，再试**季节**。最后把周期从季改成月、改成年：同一本账，同一批客户，数字却不同。

# %%
lab.veiled(dso_explorer(LANGUAGE))

# %% [markdown]
# And this is how it looks in a company with 200 customers of all kinds, where luck has a hand in it as well.
# <!-- zh 66c9e7f0 -->
# 下面是一家有200个各类客户的公司，其中还有运气的成分。

# %%
lab.picture("seven")

# %%
lab.compare()

# %% [markdown]
# ## 3. Explain: seven formulas, seven questions
#
# | Figure | The question it answers | What moves it although nobody pays differently |
# |---|---|---|
# | DSO, period-end | How many days of this period's sales are unpaid on its last day? | growth, season, length of the period |
# | DSO, average balance | The same with the mean of opening and closing balance | the same; calmer only when the balance is |
# | DSO, daily balance | The same with the balance of every day | the same, but least of these three over a year |
# | DSO, count-back | How many of the latest days' sales are unpaid? | season a little; growth hardly |
# | Best-possible DSO | What would be left if all that is overdue were paid? | terms, season, growth |
# | Average days delinquent | How many days does lateness add? It is DSO less best-possible DSO. | season, growth |
# | Days to pay | How old was the money that came in? | growth and season a little, when customers differ; unpaid invoices are missing |
#
# **Turnover is not DSO.** Turnover says how many *times* a year the receivables are collected and granted again; DSO says how many
# *days* that takes. Turnover × average DSO = days of the period, always, if both use the same balance. When turnover rises,
# DSO falls. Popular texts call DSO a "turnover rate": ask for the unit and you know which one they mean.
#
# **Growth** lifts an annual DSO, because the balance is from the end of the year and the sales are from all of it. A fast-growing
# company looks like a slow collector; a shrinking one looks brilliant. **Season** does it within the year. When the
# true days to pay stand still, neither is anybody's merit or fault.
#
# **What to look at instead.** The share of each month's sales that is still unpaid after 30, 60 and 90 days: it does not care how
# large the month was. And overdue days, invoice by invoice: the next section.
# <!-- zh 3b496d6d -->
# ## 3. 解读：七种公式，七个问题
#
# | 指标 | 它回答什么问题 | 没人改变付款习惯时，什么会让它变 |
# |---|---|---|
# | 期末余额法DSO | 期末那天，本期销售额有多少天没收回？ | 增长、季节、周期长短 |
# | 平均余额法DSO | 同上，余额取期初期末均值 | 同上；余额平稳时它才平稳 |
# | 日均余额法DSO | 同上，余额取每天的平均 | 前三种中受影响最小（按年看） |
# | 倒推法DSO | 最近多少天的销售额没收回？ | 季节稍有影响，增长几乎没有 |
# | 最佳可能DSO | 如果逾期款全部收回，还剩多少天？ | 信用期、季节、增长 |
# | 平均拖欠天数 | 拖欠让DSO多了几天？即DSO减最佳可能DSO | 季节、增长 |
# | 实际付款天数 | 到账的钱平均多少天前开的票？ | 客户快慢不一时，增长和季节稍有影响；没付的发票不在其中 |
#
# **周转率不是DSO。** 周转率说的是应收账款一年收回、再赊出多少*次*；DSO说的是这需要多少*天*。只要余额口径一致，
# 周转率×平均余额法DSO永远等于当期天数。周转率升，DSO就降。有些通俗文章把DSO叫作“周转率”，问一下单位就知道指的是哪一个。
#
# **增长**会抬高年度DSO：余额是年底的，销售额却是全年的。成长快的公司看上去收款慢，萎缩的公司反而显得出色。
# **季节**在一年之内起同样的作用。只要实际付款天数没变，这既不是谁的功劳，也不是谁的过错。
#
# **那该看什么？** 看每个月的销售额在30天、60天、90天后还有多大比例没收回，它不受当月销售额大小的影响；
# 再看逐张发票的逾期天数，见下一节。

# %% [markdown]
# ### How many days overdue is one invoice?
#
# 1. **Due date** = invoice date (or delivery, acceptance or statement date, as the contract says) + credit days; moved to the customer's
#    fixed payment day or to the next working day *only if the contract says so*.
# 2. Counted to the day the **cash is received**, not to the day of the promise, nor of a bill of exchange.
# 3. A **part payment** splits the invoice: the paid part stops, the rest goes on.
# 4. A **dispute** stops a second clock only. The first runs on.
# 5. An **extension** sets a new due date. The first one stays in the ledger.
# 6. **Grace** days: within them nothing is overdue; after them all days since the due date count.
# 7. Several invoices: weighted **by amount**.
#
# The invoice below falls due in the National Day holiday. Move one slider at a time and read the clauses.
# <!-- zh af41e999 -->
# ### 一张发票逾期多少天？
#
# 1. **到期日** = 开票日（或按合同为交货日、验收日、对账日）+ 信用期；*只有合同约定时*，才顺延到客户的固定付款日或下一工作日。
# 2. 算到**现金到账**的那天，不是承诺的那天，也不是收到票据的那天。
# 3. **部分付款**把发票分成两部分：已付的停止计算，未付的继续。
# 4. **争议**期间只停第二只表，第一只照走。
# 5. **展期**产生新的到期日，原到期日留在账上。
# 6. **宽限期**内不算逾期；一旦超过，从到期日起全部计入。
# 7. 多张发票：按**金额**加权。
#
# 下面这张发票正好在国庆假期到期。一次只动一个滑块，读一读各条规则。

# %%
overdue_calculator(LANGUAGE)

# %% [markdown]
# ## 4. Tasks
#
# Paper or a pocket calculator will do. Hints come one after the other; a wrong answer is told why.
# <!-- zh 34b6d330 -->
# ## 4. 任务
#
# 用纸笔或计算器即可。提示逐条给出，答错会说明原因。

# %%
lab.task("period_end")

# %%
lab.task("count_back")

# %%
lab.task("times")

# %%
lab.task("mixed_up")

# %%
lab.task("who_moved_it")

# %%
lab.task("weighted_days")

# %%
lab.task("extension")

# %% [markdown]
# ## 5. Debrief
#
# - Which DSO stands in your own monthly report: which formula, which period, with or without VAT? Who in the room knows?
# - Somebody's bonus depends on period-end DSO. What would you do in the last week of the quarter if it were yours?
# - Which two figures would you put beside DSO so that nobody can be praised or blamed for the season?
# - Where in your company does a due date change without a trace?
# <!-- zh a2763790 -->
# ## 5. 复盘
#
# - 贵公司月报里的DSO是哪一种：什么公式、什么周期、含不含税？在座有谁说得清？
# - 有人的奖金与期末余额法DSO挂钩。如果是你，季度最后一周会怎么做？
# - 你会在DSO旁边再放哪两个指标，免得有人因为淡旺季白受表扬或批评？
# - 在贵公司，到期日会在哪些环节被悄悄改掉？

# %%
lab.closing()
