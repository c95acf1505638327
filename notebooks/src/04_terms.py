# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Terms: what does time cost?
#
# A customer that buys two million a year asks for fifteen days more. Sales wants to say yes: competitors offer it, and it costs
# nothing. Finance wants to say no: it costs cash. Both are right, and neither has worked it out. This lab does: for days,
# discounts, deposits, instalments and bills, and for the question who should get which.
# <!-- zh 4921513c -->
# # 信用条件：时间值多少钱
#
# 一家年采购两百万的客户要求多给十五天账期。销售想答应：竞争对手都给，又不花钱。财务想拒绝：要占现金。两边都有道理，两边都没有算过。
# 这一课来算：天数、折扣、预付款、分期、票据，以及谁该得到哪一种。

# %%
from sim.panels import Lab, best_term, discount_cost, term_rules

LANGUAGE = "en"
lab = Lab("04_terms", LANGUAGE)
lab.opening()

# %% [markdown]
# ## 1. Predict
# <!-- zh c533e590 -->
# ## 1. 先预测

# %%
lab.predict()

# %% [markdown]
# ## 2. Run: days and discounts
#
# Terms in force are net 60. The panel starts with 45. Try 75, 90 and 120, too; then go back to 60 and offer a discount. Late
# interest, a charge for credit and "due at month end" are levers as well. Watch three things at once: the lowest point of cash, sales,
# and profit.
# <!-- zh 43d744eb -->
# ## 2. 运行：天数与折扣
#
# 现行信用期是60天，面板一开始设成45天。再试试75、90、120天；然后改回60天，给一个折扣。逾期利息、赊销加价、“月末到期”也都可以调。
# 同时盯住三样：现金最低点、销售、利润。

# %%
lab.panel()

# %% [markdown]
# One lever, all values: the picture lives the same year once for every term.
# <!-- zh f2ee92de -->
# 一个可调项，全部取值：下图把同一年按每个信用期各过一遍。

# %%
lab.picture("sweep")

# %% [markdown]
# **How sharp is the best term?** The textbook's answer in straight lines. Move "more sales per day of term" by a third and see how
# far the top runs. The number that matters most is the one that nobody in the house knows exactly.
# <!-- zh 9c4266aa -->
# **最佳期限有多精确？** 下面是教科书的直线答案。把“信用期每多1天，销售增加”改动三分之一，看最高点跑多远。最要紧的那个数，偏偏是公司里
# 没有人确切知道的。

# %%
lab.veiled(best_term(LANGUAGE))

# %% [markdown]
# ## 3. Run: what a missed discount costs
#
# Put in your own terms, and the day on which the buyer really pays.
# <!-- zh 144d6a31 -->
# ## 3. 运行：放弃折扣的代价
#
# 填入你们自己的条件，以及买方真正付款的那一天。

# %%
lab.veiled(discount_cost(LANGUAGE))

# %% [markdown]
# ## 4. Run: deposits, instalments, retention, bills
#
# The second panel starts with half of the customers paying by bill of exchange. Then set that to zero and try one form after the
# other: a deposit, a deposit *or nothing*, three instalments, retention. Last, bills again, but sold to the bank.
# <!-- zh 2c14ae01 -->
# ## 4. 运行：预付款、分期、质保金、票据
#
# 第二个面板一开始是一半客户用票据付款。看完把它改回零，逐一试试：收预付款、*不给预付款就不发货*、分三期、留质保金。最后再回到票据，
# 但拿去贴现。

# %%
lab.panel("forms")

# %% [markdown]
# ## 5. Run: who gets how long?
#
# A popular article says: strong payers shorter, weak payers longer. Credit practice says the reverse for the weak. The market, says
# research, gives most to the strong. Three rules, the same customers, the same luck.
# <!-- zh ba0f11ba -->
# ## 5. 运行：谁该得到多长？
#
# 一篇流行文章说：付款能力强的缩短，弱的延长。信用管理的惯例对弱客户恰好相反。研究发现，市场给强者的最长。三条规则，同一批客户，同样
# 的运气。

# %%
lab.veiled(term_rules(LANGUAGE))

# %% [markdown]
# ## 6. Explain
#
# - **A term is a price.** Each day costs the money tied up in goods, and a little more loss; each day brings orders, but every
#   further one brings fewer. So profit has a top somewhere in between, and the top is flat: over a wide range profit hardly moves
#   while cash moves a great deal. Let cash and the bank decide inside the range.
# - **How orders answer is an assumption (A)** per customer, near published findings: when a Chilean chain had its terms to small
#   suppliers cut from 90 to 30 days, trade with them became less likely (Breza and Liberman). Ask ten of your own customers what
#   they would do with fifteen days less.
# - **A discount is a price cut for those who can take it.** Those who would have paid early anyway take it first: pure cost. What
#   it brings must come from the others. A buyer that passes it up borrows from you at a high rate; for you it is an expensive way
#   to raise cash.
# - **A deposit** moves money before the goods; most refuse it, and where it is a condition their orders are lost. **Instalments**
#   are longer terms by another name: look at receivables. **Retention** is the longest term of all.
# - **A bill of exchange** settles the receivable in the books. The money comes when the bill matures or is sold; a customer's own
#   (commercial) bill can still bounce. Measure DSO with and without bills.
# - **Strong or weak?** Giving time to the weak puts more of our money with those who fail more often; taking it from the strong
#   puts at risk the orders of those who can choose. The rule by bargaining power is what the strong obtain; whether it pays depends
#   on what cash costs you.
# <!-- zh eb9709dd -->
# ## 6. 解读
#
# - **信用期就是价格。** 每多一天，货里压的钱就多一天成本，损失也略增；每多一天会带来订单，但一天比一天少。所以利润在中间某处最高，而且
#   最高点附近很平：一大段天数里利润几乎不动，现金却变化很大。在这一段之内，让现金和银行来决定。
# - **订单对账期的反应是假设值（A）**，每家客户不同，与公开研究接近：智利一家连锁企业对小供应商的账期从90天缩到30天后，双方成交的可能性下降
#   （Breza、Liberman）。问问你自己的十家客户：少给十五天，他们会怎么做？
# - **折扣是给拿得到的人降价。** 本来就会早付的人最先拿，纯属成本；好处要靠其他人。买方放弃折扣，等于向你借了一笔高息款；对你来说，
#   用折扣换现金也很贵。
# - **预付款** 让钱走在货前面；多数客户不肯，若作为条件，他们的订单就没了。**分期** 是换个名字的长账期，看看应收账款就知道。**质保金** 是最长
#   的账期。
# - **票据** 结清的是账上的应收。票据到期或贴现才有现金；客户自己开的商业承兑汇票还可能拒付。DSO要算含票据和不含票据两个数。
# - **强者还是弱者？** 把时间给弱者，是把更多的钱放在更容易倒的人手里；从强者那里收回时间，是拿可以另选供应商的订单冒险。按议价能力是强者
#   实际拿到的结果，划不划算，要看你的现金值多少钱。

# %% [markdown]
# ## 7. Tasks
# <!-- zh 0abcf25b -->
# ## 7. 任务

# %%
lab.task("missed_discount")

# %%
lab.task("true_day")

# %%
lab.task("relax")

# %%
lab.task("free_cash")

# %%
lab.task("bills")

# %%
lab.task("who_gets_longer")

# %%
lab.task("dearest")

# %% [markdown]
# ## 8. Debrief
#
# - Who in your house may give away days, and who sees what they cost?
# - Which of your customers pay by bill? Do they stand in your DSO?
# - You are asked for fifteen days more tomorrow. What do you ask for in return: volume, a deposit, a bill, a higher price?
# - Which single number would you have to know better before you changed your terms, and how could you find out?
# <!-- zh 44ce3c79 -->
# ## 8. 复盘
#
# - 在你们公司，谁有权多给天数？谁看得见这些天数的代价？
# - 哪些客户用票据付款？你们的DSO算进去了吗？
# - 明天就有客户要多十五天。你要什么作交换：销量、预付款、票据，还是价格？
# - 改信用条件之前，哪一个数你最需要弄清楚？怎样弄清楚？

# %%
lab.closing()
