# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The dunning ladder
#
# Mrs Lin is the only collector of a manufacturer with two hundred customers. On quiet days she is through with her list by three
# o'clock; on busy days half of it is left over, and what is left over today is older tomorrow. The managing director offers money
# for three more people. The head of operations says: give it to me, and customers will have no reason to pay late.
#
# Who is right, and how would you find out without trying it on real customers?
# <!-- zh 1f4843fe -->
# # 催收阶梯
#
# 一家制造企业有两百个客户，催收员只有林姐一个人。清闲的日子，下午三点名单就打完了；忙的日子，有一半来不及打，今天剩下的，明天账龄又多一天。
# 总经理答应再给三个人的预算。运营总监却说：把钱给我，客户就没有理由拖款了。
#
# 谁说得对？不拿真客户做试验，怎么才能知道？

# %%
from sim.panels import Lab, busy_desk, capacity, ladder_steps, same_money

LANGUAGE = "en"
lab = Lab("06_dunning_ladder", LANGUAGE)
lab.opening()

# %% [markdown]
# ## 1. Predict
#
# Commit to an answer before you look. A guess that turns out wrong teaches more than a chart that is only looked at.
# <!-- zh db264085 -->
# ## 1. 先预测
#
# 看结果之前先给出答案。猜错一次，比光看图表学到的更多。

# %%
lab.predict()

# %% [markdown]
# ## 2. Run
#
# ### A desk that gets fuller
#
# A *ladder* says what happens on which day: a note before the due date, an e-mail, calls, a visit, letters. Somebody has to do it.
# Move the number of cases slowly upwards and watch the wait, first with two collectors, then with one.
# <!-- zh 2be3d7ae -->
# ## 2. 运行
#
# ### 越来越忙的催收台
#
# *催收阶梯*规定哪一天做什么：到期前问候、邮件、电话、上门、发函。但总得有人去做。把每天的件数慢慢往上调，看等待怎么变；先用两名催收员，
# 再改成一名。

# %%
lab.veiled(busy_desk(LANGUAGE))

# %% [markdown]
# ### How many collectors in a company?
#
# The same question in a whole company, with seasons, disputes, visits that take half a day, and customers who take offence. Each row
# is another size of team; all of them meet the same customers with the same luck.
# <!-- zh 66c58407 -->
# ### 一家公司该配几名催收员？
#
# 同样的问题放到整家公司里：有淡旺季，有争议，上门一次就去掉半天，客户也会不高兴。每一行是一种人数，面对的都是同样的客户、同样的运气。

# %%
lab.veiled(capacity(LANGUAGE))

# %% [markdown]
# ### The same money in two places
#
# Set a budget, counted in collectors' salaries. One plan hires; one spends the same sum upstream; one does half of each. The dispute
# desk stands beside them because it is paid by the case. Then try another portfolio.
# <!-- zh cf6bf25f -->
# ### 同样的钱，花在两个地方
#
# 先定预算，以催收员工资计。一个方案用来招人，一个方案把同样的钱花在源头，一个各花一半。争议处理专岗按件付费，列在旁边作比较。
# 然后换一个客户组合再试。

# %%
lab.veiled(same_money(LANGUAGE))

# %% [markdown]
# ### The whole panel
#
# Here you can move the ladder, the rule of the worklist, promises in writing, action on the cause, automation and the dispute desk
# together.
# <!-- zh c2899af8 -->
# ### 完整面板
#
# 在这里可以同时调整阶梯、催收清单排序、付款承诺书面化、对症催收、自动化和争议处理专岗。

# %%
lab.panel()

# %%
lab.picture("worklists")

# %% [markdown]
# ### Strength: the supplier they cannot do without
#
# A customer short of money first pays those whose goods it cannot do without. Strength, in product, service and brand, lowers risk before
# anybody dials. The panel opens with an ordinary supplier that gives 50 days instead of 60: more cash, and customers leave. Raise
# competitiveness and see who stays, what is written off, and what is left of profit. Then take it back and hire instead.
# <!-- zh af139568 -->
# ### 实力：客户离不开的供应商
#
# 钱不够时，客户先付给离不开的供应商。产品、服务、品牌有实力，还没打催款电话，风险就已经低了。面板打开时，是一家实力一般的供应商把信用期从60天
# 缩到50天：现金多了，客户却在流失。提高竞争力，看看谁留下、核销多少、利润还剩多少；再调回去，改为加人催收，比一比。

# %%
lab.panel("strength")

# %% [markdown]
# ## 3. Explain
#
# - **Why the wait explodes.** Cases do not come evenly. A free hour on Tuesday cannot be used on Thursday. The fuller the desk, the
#   fewer free hours are left to catch up: at 50% a case waits one turn, at 90% nine (Erlang, 1917, for one collector). A shared list
#   waits much less than lists of one's own: somebody is always free first.
# - **What a contact does.** In the model a contact makes payment more likely for ten working days, most with those who forgot, a little
#   with those short of cash, hardly with those who can pay but will not; with a dispute it does nothing (assumptions, A). Experiments with
#   consumers and small loans point the same way: a reminder works, and works better with the name of somebody the customer knows.
# - **Upstream.** Late deliveries, unclear contracts and wrong invoices become disputes; better quality prevents some of them, and good
#   service brings orders. Whether that beats a collector depends on where the bottleneck is: a manufacturer whose one collector cannot
#   keep up gains more from a second one; a distributor whose collector keeps up gains more upstream; with many disputes it is the desk.
# - **Strength.** In the model ten points of competitiveness bring payment a little sooner and 1% more orders, and a tenth fewer customers
#   leave; all of it is felt over some six months (A). So a strong supplier that gives ten days less keeps more customers than an ordinary
#   one. Collectors bring payment sooner by far more, but keep nobody. Strength makes no customer like a shorter term: orders fall as
#   elsewhere, others take their place. And ten points cost 1% of sales a year (A), far more than the losses they spare.
# - **What the model leaves out.** Clerks who no longer correct invoices, better prices for a reliable supplier, customers who come
#   because of it; deposits and guarantees that only a strong supplier is given. Upstream and strength look poorer here than in life. Their
#   prices are assumptions.
# - **Same money, equal?** Quality is bought in steps, so the upstream plan may cost a little less. The table states what each plan costs.
# <!-- zh daf12f06 -->
# ## 3. 解读
#
# - **等待为什么会爆炸。** 活不是均匀来的，周二空出的一小时，周四用不上。催收台越满，能用来追赶的空闲越少：负荷50%时要等一轮，90%时要等九轮
#   （爱尔朗公式，1917年，一名催收员）。共用一张名单比各管各的等得少得多：总有人先空出来。
# - **联络起什么作用。** 在模型里，一次联络使客户在十个工作日内更可能付款：对忘了的客户作用最大，对手头紧的略有作用，对有钱不付的几乎没有；
#   对有争议的毫无作用（假设值，A）。针对个人和小额贷款的实验方向一致：提醒有效，署上熟人的名字更有效。
# - **源头。** 交货晚、合同不清、发票开错，都会变成争议；质量改进能避免一部分，服务好还能带来订单。是否胜过加人，要看瓶颈在哪：
#   唯一的催收员忙不过来的制造企业，再添一人更划算；催收员跟得上的经销商，从源头改进更划算；争议多的，靠争议专岗。
# - **实力。** 在模型里，竞争力每高十点，客户付款略早，订单多1%，流失的客户少一成，约六个月内逐步见效（假设值，A）。所以实力强的供应商少给十天，
#   留住的客户仍比普通供应商多。催收员能让付款提早得多，却留不住客户。实力强，客户也不会喜欢更短的信用期：订单照样减少，只是有别的订单补上。
#   而且每十点一年要花销售额的1%（假设值，A），远远超过少亏的坏账。
# - **模型没有计入的。** 省下来的改票返工人手、可靠供应商的价格优势、慕名而来的客户，
#   以及实力强才要得到的预付款和担保。所以源头改进和实力在这里看上去比现实差一些，两者的价格是假设值。
# - **钱真的一样多吗？** 质量投入只能按档增加，源头方案可能略便宜。表里写明了每个方案的花费。

# %% [markdown]
# ## 4. Tasks
# <!-- zh 2471d1f2 -->
# ## 4. 任务

# %%
lab.task("ladder")

# %%
ladder_steps(LANGUAGE)

# %%
lab.task("calls")

# %%
lab.task("load")

# %%
lab.task("worklist")

# %%
lab.task("breakeven")

# %%
lab.task("goal")

# %%
lab.task("strength")

# %% [markdown]
# ## 5. Debrief
#
# - Which customers on your own list have not been spoken to for a month? Why those?
# - If you could remove one cause of late payment in your company, which one, and what would it cost a year?
# - What would you count to learn whether a call was worth it?
# - Who decides today in which order the list is worked, and what is that person paid for?
# <!-- zh 81bc1747 -->
# ## 5. 复盘
#
# - 你自己的名单上，哪些客户一个月没人联系过？为什么偏偏是他们？
# - 如果只能消除公司里一个造成拖款的原因，你选哪个？一年要花多少钱？
# - 要知道一通电话值不值，你会统计什么？
# - 现在名单按什么顺序催，由谁决定？这个人的考核指标是什么？

# %% [markdown]
# ## 6. Summary
#
# One page to print or to save.
# <!-- zh fdb78166 -->
# ## 6. 小结
#
# 一页纸，可打印、可保存。

# %%
lab.closing()
