# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # People
#
# On 29 March the sales team is two trucks short of its quarterly target. A dealer, 40 days late, would take both. Ms Zhou of credit control has
# put its orders on hold. At six in the evening somebody finds the password that lifts a hold.
#
# Nobody did anything strange: each did what they are paid for. This lab shows what the plan on paper does to sales, cash and losses.
# <!-- zh 9029ef36 -->
# # 人的因素
#
# 3月29日，销售团队离季度目标还差两车货。有家经销商逾期40天，两车都肯要。信用管理的周姐已经冻结了它的订单。晚上六点，有人找到了能解除冻结的密码。
#
# 没有谁做了出格的事：每个人只是做了考核让他做的事。这一课就看：纸上的激励方案，会怎样改变销售、现金和坏账。

# %%
from sim.panels import Lab, bonus_plans, commission_plans

LANGUAGE = "en"
lab = Lab("10_people", LANGUAGE)
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
# ### Six ways of paying sales
#
# Press the button. Each row is the same company with the same customers and the same luck; only the plan for sales differs. A dot right of
# the grey line is more than without commission, left of it less; a hollow dot is not clear.
# <!-- zh 7f788780 -->
# ## 2. 运行
#
# ### 六种销售激励
#
# 点击按钮。每一行都是同一家公司、同样的客户、同样的运气，只有销售激励不同。点在灰线右边，表示比“不提成”多，左边表示少；空心点表示不明确。

# %%
lab.veiled(commission_plans(LANGUAGE))

# %% [markdown]
# ### The whole panel
#
# It opens with everything a sales director may wish for: booked sales, a push, and the right to lift half of the holds. The panel lives through
# 64 runs, the table above through 32: so its figures differ a little, within the intervals.
# <!-- zh 425c0065 -->
# ### 完整面板
#
# 打开时是销售总监梦想的一切：按签单提成、季末冲量，外加放行一半冻结订单的权力。面板模拟64次，上面的表模拟32次，所以数字略有出入，但都在区间之内。

# %%
lab.panel()

# %%
lab.picture("override")

# %% [markdown]
# ### Five ways of steering collectors
#
# Collectors answer to pay as well. Press the button, then look at effort (load, contacts) on the left and at what comes of it on the right.
# <!-- zh 5ad3172b -->
# ### 五种催收员激励
#
# 催收员同样会看着考核行事。点击按钮，左边看努力（负荷、联络次数），右边看结果。

# %%
lab.veiled(bonus_plans(LANGUAGE))

# %% [markdown]
# ## 3. Explain
#
# - **Booked sales.** More orders, most of them from grades that others no longer serve; failures among them rise (A: half a grade). The gain is
#   seen at once, the loss when it is written off, a year later or two. That is why expected credit loss stands in the table.
# - **Push.** Orders of the quarter's last month rise, those of the month after fall, and what was pushed is paid ten days later (A).
# - **Override.** Held orders go out. Some of these customers pay, and their margin is welcome: in a single good year this may look like profit. Cash is
#   lower at once, and the expected loss shows what is left to the next year. If an override pays in the long run, too, the hold stands too sharp.
# - **Collected cash.** Sales make some of the first calls themselves and sell a little less. People who are paid when the customer pays ask early.
# - **Shared target.** Each percent shared takes back a percent of the effect; at 100% in this model nothing is left of it.
# - **Collectors' bonus on cash.** More effort, a harsher tone, easy items first: contacts go up, and the large old claims get older. A balanced
#   bonus buys a little less effort without the damage. The order of the list alone, without a bonus, does more here than any bonus.
# - **What the model leaves out.** The fixed pay that a commission replaces, and who joins or leaves because of it. So compare plans with each other, and
#   “no commission” with none of them.
# <!-- zh 9016b112 -->
# ## 3. 解读
#
# - **按签单提成。** 订单多了，多半来自别家不肯再供的等级，违约随之增加（A：质量降半级）。好处当场看得见，坏处要等一两年后核销才现形，
#   所以表里列了预期信用损失。
# - **冲量。** 季度末月的订单上升，下一个月下降；冲出来的订单晚付十天（A）。
# - **越权放行。** 冻结的订单发出去了。其中有些客户会付款，毛利也不错：单看一个好年份，甚至像是赚了。但现金立刻变少，预期信用损失则是留给明年的账。
#   如果长期看越权放行也划算，说明冻结线定得太严。
# - **按回款提成。** 销售会自己打一部分首次催款电话，卖得略少。钱到了才有提成的人，自然早早去问。
# - **共担指标。** 每共担一个百分点，就抵消一个百分点的影响；共担100%，在模型里影响全部消失。
# - **只按回款发催收奖金。** 更卖力、语气更冲、先挑好收的：联络次数上去了，大额老账却越来越老。综合考核买到的努力略少，但没有副作用。
#   在这里，不发奖金、只改名单顺序，比哪种奖金都管用。
# - **模型没有计入的。** 提成所替代的固定工资，以及谁因此加入或离开。所以要在各方案之间比较，不要拿“不提成”去比。

# %% [markdown]
# ## 4. Tasks
# <!-- zh 2471d1f2 -->
# ## 4. 任务

# %%
lab.task("makeup")

# %%
lab.task("plan")

# %%
lab.task("gaming")

# %%
lab.task("override")

# %%
lab.task("paradox")

# %%
lab.task("goal")

# %% [markdown]
# ## 5. Debrief
#
# - What are you paid for, and what does it make you do that helps nobody?
# - How many holds were lifted in your company last quarter, by whom, and how many of those invoices were paid in time?
# - Write the override rule of your company in five lines: who, up to which amount, until when, against what, and where it is written down.
# - Which figure would you put beside booked sales on the wall of the sales office?
# <!-- zh da0d341a -->
# ## 5. 复盘
#
# - 你的考核指标是什么？它让你做了哪些对谁都没好处的事？
# - 上季度公司解除了多少次冻结，谁解除的？这些发票有多少按时付了？
# - 用五行写出你们公司的放行规则：谁批、多少金额、到哪天、换来什么、记在哪里。
# - 如果在销售办公室墙上的签单榜旁边再挂一个数字，你会选哪个？

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
