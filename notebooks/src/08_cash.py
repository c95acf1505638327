# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Cash: growth that empties the till
#
# The best year in the company's history: demand grows by 40%, sales wants to grow with it and offers 90 days instead of 60. The
# budget shows more sales and more profit. In autumn the bookkeeper puts her head round the door: "Tomorrow's wages go out. The
# overdraft is full." How can that be?
# <!-- zh 10a35f5a -->
# # 现金：增长怎样掏空钱柜
#
# 公司有史以来最好的一年：需求增长四成，销售部想趁势扩张，把信用期从60天放到90天。预算显示销售更多、利润更高。
# 到了秋天，出纳探进头来：“明天发工资，透支额度已经用满了。”怎么会这样？

# %%
from sim.panels import Lab, cash_forecast_check, ruin_probability

LANGUAGE = "en"
lab = Lab("08_cash", LANGUAGE)
lab.opening()

# %% [markdown]
# ## 1. Predict
#
# Two questions about profit and cash, one about luck. Write your number down before you look.
# <!-- zh 2ac7e398 -->
# ## 1. 先预测
#
# 两个关于利润和现金的问题，一个关于运气的问题。看结果之前，先写下你的数字。

# %%
lab.predict()

# %% [markdown]
# ## 2. Run: the same customers, 60 days and 90 days
#
# The alternative starts where the sales department wants to go: 90 days. Watch cash and profit together.
# <!-- zh 6e41840b -->
# ## 2. 运行：同样的客户，60天对90天
#
# 备选方案从销售部的主张开始：90天。请同时看现金和利润。

# %%
lab.panel()

# %%
lab.picture("till")

# %% [markdown]
# ### How likely is ruin?
#
# A mean does not go bankrupt; single futures do. Below, the company lives through up to 48 futures that differ by luck alone.
# *Ruin*, in the tables *insolvency*, means: something had to be paid, and neither cash nor overdraft was there. The band is the 95% interval of the share: with few
# futures it is wide.
# <!-- zh 0312c276 -->
# ### 资金链断裂的可能性有多大？
#
# 平均数不会破产，破产的是一个个具体的未来。下面让公司经历最多48个未来，彼此只有运气不同。*断裂*是指：有款必须付，现金和透支额度却都用完了。
# 色带是断裂比例的95%区间：未来越少，区间越宽。

# %%
lab.veiled(ruin_probability(LANGUAGE))

# %% [markdown]
# ### Who waits when the money runs short?
#
# Wages and taxes must be paid; suppliers can be made to wait, for a while. A smaller company, a distributor of consumer goods, goes from 30 to
# 75 days. See what happens to payable days, to disputes, and in the end to sales.
# <!-- zh 5df322d6 -->
# ### 钱不够时，谁在等？
#
# 工资和税款必须付，供应商可以暂时拖一拖。这里换一家较小的快消品经销商，信用期从30天放到75天。看看应付天数、争议率，最后看销售额怎样变。

# %%
lab.panel("suppliers")

# %% [markdown]
# ### The 13-week forecast: would we have seen it coming?
#
# At the end of a week the kit takes the payment pattern known on that day and runs it over what is open and over new sales as they
# were lately. Nothing known later is used. Move the date, change the future, and compare with what came.
# <!-- zh 42c59774 -->
# ### 13周预测：能不能提前看出来？
#
# 在某一周结束时，本工具取当天已知的付款规律，套用到现有欠款和按近期水平估计的新增销售上，绝不使用之后的信息。拖动预测时点，换一个未来，与实际回款比较。

# %%
lab.veiled(cash_forecast_check(LANGUAGE))

# %% [markdown]
# ## 3. Explain
#
# - **Growth is paid for in advance.** Goods, wages and transport go out now, the customer's money comes after terms and delay. The money
#   tied up is the *working-capital requirement*: receivables + stock - payables. It grows with sales and with days, and both at
#   once multiply.
# - **Once, and at once.** Longer terms cost interest every year, which is little; and the whole rise of the balance *once*, which may be
#   more than the company has. The profit and loss account shows only the first.
# - **The low point decides**, not the mean and not the year's end. It comes where outflow is ahead: after stocking up, before
#   the Spring Festival payments are in, in the middle of a rush.
# - **Ruin is a share of futures.** With n futures and none ruined, the truth may still be some percent (for 50 futures, up to about 7%).
# - **What helps, and who pays:** shorter terms (some customers leave), deposits (few accept), early-payment discount (margin),
#   supplier days (suppliers; agreed it is a deal, taken it is a breach), pledge loan and overdraft (interest; a bank may cut them
#   in bad times), faster collection (people and goodwill).
# - **Suppliers close the circle.** Suppliers who are paid late deliver late. Our own deliveries slip, customers dispute, and disputed
#   invoices are not paid: the shortage feeds itself.
# <!-- zh 652f63c4 -->
# ## 3. 解读
#
# - **增长要先垫钱。** 货款、工资、运费现在就要付，客户的钱要过了信用期、再拖一阵才来。垫进去的就是*营运资金需求*：应收＋存货－应付。
#   它随销售增长，也随天数增长，两者同时增长就是相乘。
# - **一次性，而且马上。** 放长信用期，每年的代价是利息，不多；但余额的全部增量要*一次性*垫上，可能超过公司的家底。利润表只显示前者。
# - **决定生死的是最低点**，不是平均数，也不是年末数。它出现在支出走在前面的时候：备货之后、春节前回款到账之前、增长最猛的当口。
# - **断裂概率是在各种可能未来中的占比。** 模拟n个未来，一个也没断裂，真实概率仍可能有百分之几（50个未来时最高约7%）。
# - **有哪些办法，谁买单：** 缩短信用期（部分客户会走）、收预付款（肯付的不多）、现金折扣（让出毛利）、供应商账期（供应商；谈妥是交易，
#   硬拖是违约）、质押贷款和透支（利息；形势不好时银行可能压缩）、加紧催收（人手和客户关系）。
# - **问题从供应商那里兜一圈又回来。** 被拖欠的供应商交货也拖，我们自己的交货跟着误，客户提出争议，有争议的发票不付款：缺口越滚越大。

# %% [markdown]
# ## 4. Tasks
# <!-- zh 2471d1f2 -->
# ## 4. 任务

# %%
lab.task("cash_need")

# %%
lab.task("cycle")

# %%
lab.task("save_it")

# %%
lab.task("knock_on")

# %%
lab.task("forecast")

# %%
lab.task("never")

# %% [markdown]
# ## 5. Debrief
#
# - Net profit rose. What did you have to look at to see the danger, and who in your company looks at it every week?
# - Which of the ways out would your company choose? Who is not in the room when that is decided?
# - How much probability of ruin would you accept for how much more profit? Say a number.
# - When did you last hold a cash forecast against what came?
# <!-- zh d47d1963 -->
# ## 5. 复盘
#
# - 净利润上升了。要看什么才能发现危险？在贵公司，谁每周在看？
# - 贵公司会选哪条出路？做决定时，谁不在场？
# - 多赚多少利润，你愿意承担多大的断裂概率？请说出一个数。
# - 上一次把现金预测与实际对照，是什么时候？

# %%
lab.closing()
