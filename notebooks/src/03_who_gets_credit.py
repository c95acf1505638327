# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Who gets credit?
#
# You run credit control at a trading house that keeps 6 fen of every yuan it sells. This morning eight companies ask to buy on
# account. The salesmen know them all and vouch for every one. You know what is in a thin file, and you can buy more. One of
# them wants about as much as all the others together. Whatever you decide, you will only ever see half of what it brought: nobody
# sends you the bill for a good customer refused.
# <!-- zh 086e7f64 -->
# # 谁可以赊销
#
# 你在一家贸易公司管信用，每卖1元只留下6分钱毛利。今天早上有八家企业申请赊购。销售员每家都认识，每家都打包票。你手里只有薄薄的
# 资料，想多了解可以花钱买。其中一家想买的量，差不多抵得上其他几家的总和。不管怎么决定，你只看得到结果的一半：错拒了一家好客户，没有人会
# 给你开账单。

# %%
from sim.panels import Lab, applicants_desk, cut_off

LANGUAGE = "en"
lab = Lab("03_who_gets_credit", LANGUAGE)
lab.opening()

# %% [markdown]
# ## 1. Predict
#
# Another seller first: a manufacturer that keeps 20 fen of every yuan. Its credit committee proposes to refuse everybody of the
# two weakest grades. Commit yourself before you look.
# <!-- zh 540df247 -->
# ## 1. 先预测
#
# 先看另一家卖方：一家毛利20%的制造企业。它的信用委员会提议，最弱的两个等级一律不赊。看结果之前，先说出你的判断。

# %%
lab.predict()

# %% [markdown]
# ## 2. Run: your desk
#
# Read the cards. Each shows what the file says, the score that the project's scorecard makes of it, and how much of what the
# scorecard looks at is known at all. Buttons buy more: statements make the accounts more accurate, references say how the
# applicant pays others. Then decide on each: accept, accept within a limit, start small, prepayment only, or refuse. Close the
# desk, and the same applicants live a year in the model, under your decisions and under the rule's (unaudited statements on
# everybody, grade E refused, the others limited by grade).
# <!-- zh 24192948 -->
# ## 2. 运行：你的评审桌
#
# 先读卡片。每张卡上有资料内容、本项目评分卡给出的分数，以及评分卡要看的内容里我们到底掌握了多少。按钮可以买信息：报表让财务数据更准，
# 同业询问能告诉你它平时怎样付别家的货款。然后逐家决定：不限额赊销、限额赊销、先做小单、只做预付款，或者谢绝。全部定下之后，同一批申请人在模型里
# 过一年，一遍按你的决定，一遍按规则（每家都取未审计报表，E级谢绝，其余按等级给额度）。

# %%
lab.veiled(applicants_desk(LANGUAGE))

# %% [markdown]
# **Look back.** "In the year that came" is one throw of the dice. "Over many possible years" is the same applicants with other
# luck: that is what your *decisions* were worth. Compare the column "Would have earned most" with yours. Where did you refuse
# somebody whose average year was good? Where did a report that you bought change nothing? Then try another desk.
#
# ## 3. Run: where to draw the line
#
# Many applicants now, and one line: every applicant that scores below it is refused. Move the margin first and watch where the top of the
# curve goes. Then change the times, and what you read of everybody.
# <!-- zh cb311f93 -->
# **回头看。**“这一年”只是掷了一次骰子；“多种可能年份”是同一批申请人换了运气，那才是你的*决定*值多少。拿“平均赚得最多的决定”那一列和你的
# 对一对：哪一家平均年份其实不错，却被你谢绝了？哪一份花钱买的报告什么也没改变？然后再换一桌试试。
#
# ## 3. 运行：线该划在哪里
#
# 现在是一大批申请人，只有一条线：低于这条线的一律谢绝。先拖动毛利，看曲线的最高点往哪里走；再换经济环境，再换取得的资料。

# %%
lab.veiled(cut_off(LANGUAGE))

# %% [markdown]
# ## 4. Run: the manufacturer
#
# The panel compares the manufacturer's policy with one that refuses grades D and E. Your predictions stand below it.
# <!-- zh c0f1944f -->
# ## 4. 运行：制造企业
#
# 面板把这家制造企业的现行政策与“不对D、E级赊销”作比较，你的预测在面板下方。

# %%
lab.panel()

# %%
lab.picture("limits")

# %% [markdown]
# ## 5. Explain
#
# - **Two mistakes, one of them invisible.** Granting credit to somebody who fails costs the goods. Refusing somebody who would
#   have paid costs the margin, again and again, and nobody books it. A cut-off trades one mistake for the other.
# - **Why the margin moves the line.** One failure costs about what is owed at that moment, less what the estate brings back.
#   Each year of a good customer earns its margin. With 6% it takes many good years to make up for one failure, with 20% few. The
#   share of a year's sales that is lost is roughly *chance to fail × share lost × days owed / 365 × run-up*: a customer that fails tends to owe more
#   than usual. For every grade the chances are assumptions (A); your own bad-debt file is the better source.
# - **What information is worth.** It pays where it can change the decision: near the line, and for large amounts. For a small
#   customer far above the line, the price of an audit is a loss.
# - **Limits.** *Need*: purchases of the term and ten days, times 1.3. *Risk caps*: a tenth of net worth, a tenth of our own
#   sales for one name (published rules of thumb), a loss budget. By grade more or less of it. A limit that is too tight for lumpy
#   orders refuses good orders one by one, without anybody having decided so.
# - **The first small order.** On its own it may lose money on average. It buys what no report sells: whether this customer pays
#   *us*. Only customers who paid get the next one, so the gain comes from repeating with the right ones.
# <!-- zh 5e4e8481 -->
# ## 5. 解读
#
# - **两种错误，有一种看不见。** 赊给了会倒的客户，损失的是货；谢绝了会付的客户，损失的是毛利，年复一年，却没有人入账。准入线就是拿一种
#   错误换另一种。
# - **毛利为什么会移动这条线。** 客户倒闭一次，损失大约是当时的欠款减去清算收回的部分；好客户每过一年，赚一年毛利。毛利6%，要很多个好
#   年份才补得回一次倒闭；毛利20%，几年就够。一年销售额的损失率大约是：*倒闭概率 × 损失比例 × 欠款天数 ÷ 365 × 放大倍数*，因为要倒的客户
#   往往比平时欠得更多。各等级的概率都是假设值（A），你们自己的坏账档案是更好的来源。
# - **信息值多少钱。** 能改变决定的地方才值：靠近准入线的，金额大的。对一家远高于线的小客户，买审计报表就是亏钱。
# - **额度。** *需要量*：信用期加十天的采购额，乘1.3。*风险上限*：净资产的一成，单一客户不超过自身销售的一成（公开的经验法则），损失预算。
#   再按等级增减。订单大小不一时，额度太紧会把好订单一单一单卡掉，而谁也没有做过这个决定。
# - **先做小单。** 单看这一单，平均可能亏。它买到的是报告里没有的东西：这家客户*付不付我们的钱*。付了的才有下一单，所以赚的是和对的客户
#   反复做。

# %% [markdown]
# ## 6. Tasks
# <!-- zh 09bfd979 -->
# ## 6. 任务

# %%
lab.task("how_sure")

# %%
lab.task("new_sales")

# %%
lab.task("repeat")

# %%
lab.task("limit")

# %%
lab.task("big_one")

# %%
lab.task("better_control")

# %% [markdown]
# ## 7. Debrief
#
# - What does a refusal cost in your company, per year? Who sees it?
# - Which of your customers would you refuse today, had they applied this morning with today's file? What has that taught you
#   about the file?
# - Salespeople paid on booked sales and a credit controller blamed for bad debt look at the same applicant. Which line would each
#   of them draw? Who should draw it?
# - Luck or skill: how many years would you need before you could tell a good credit controller from a lucky one?
# <!-- zh ceeb065a -->
# ## 7. 复盘
#
# - 在你们公司，谢绝一家客户一年的代价是多少？谁看得见？
# - 如果现有客户今天早上拿着现在的资料来申请，你会谢绝哪几家？这说明资料缺了什么？
# - 按签单拿提成的销售，和为坏账挨批的信用经理，看的是同一家申请人。他们各自会把线划在哪里？应该由谁来划？
# - 运气还是本事：要看多少年，才能分清一个好的信用经理和一个运气好的？

# %%
lab.closing()
