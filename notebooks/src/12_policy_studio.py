# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Policy studio: which credit policy should we have?
#
# On Thursday the management meets. Sales wants ninety days for everybody, finance wants deposits, and the owner wants to know
# why the money is always late. You are to propose one policy for the coming year, and you will be asked four questions: what
# does it bring, which part of it does the work, does it survive a bad year, and how sure are you?
#
# Here every lever of the model is at hand, and every figure. Same customers, same luck, two policies side by side.
# <!-- zh db5b882b -->
# # 政策工作台：我们该用哪一套信用政策？
#
# 周四开经营会。销售想给所有客户九十天，财务想收预付款，老板想知道钱为什么总是回得慢。你要为下一年提出一套政策，
# 会上会问你四个问题：能带来什么，哪一部分真正起作用，遇到坏年景还成不成立，你有多大把握？
#
# 这里有模型的全部可调项和全部指标。同一批客户、同样的运气，两套政策并排比较。

# %%
from sim.panels import Lab, studio_in

LANGUAGE = "en"
lab = Lab("12_policy_studio", LANGUAGE)
lab.opening()

# %% [markdown]
# ## 1. Predict
#
# The ready-made policy "Balanced" leaves the terms as they are and keeps to them better: reminders earlier, one more collector,
# promises in writing, a dispute desk, customers watched, orders held a month earlier. Commit yourself before you look.
# <!-- zh 89681084 -->
# ## 1. 先预测
#
# 预设政策“均衡”不改信用条件，只是执行更到位：提早提醒，增加一名催收员，承诺要求书面确认，设争议处理专岗，关注客户风险，
# 提早一个月冻结订单。看结果之前先作出判断。

# %%
lab.predict()

# %% [markdown]
# ## 2. Run
#
# - **Levers** stand on the left, branch by branch: baseline and alternative in one row, a slider and a number to type. Search by
#   name or by what a lever does. What differs is marked blue; the arrow beside it puts the lever back.
# - **Pages** stand on the right: charts, differences, why it changed, assumptions, your saved policies, the report. Choose your
#   figures from all the model measures.
# - **From month**: let the alternative begin later, as it would in life.
#
# Read the yellow note first. Below the studio a list ticks off what you have tried.
# <!-- zh 7b129c2c -->
# ## 2. 运行
#
# - **可调项**在左侧，按类别排列：基准方案和备选方案同在一行，可拖滑块，也可直接输入数字。可按名称或作用查找。不同之处标为蓝色，
#   旁边的箭头可恢复为基准值。
# - **各页**在右侧：走势图、差异表、原因、假设、我的政策、报告。指标可从模型的全部指标中选。
# - **起始月份**：像现实中那样，让备选方案晚些时候才开始执行。
#
# 请先读黄色提示。工作台下方的清单会自动勾选你做过的事。

# %%
studio_in(lab)

# %% [markdown]
# ## 3. Explain
#
# - **A difference, not a forecast.** Each run lives twice, once under each policy, with the same orders, the same failures and the
#   same luck. The interval says how well these runs know the mean difference; it says nothing about whether the model is right.
# - **Why it changed.** The page moves the changed levers one after the other, in different orders, and takes the mean of what each
#   adds (the Shapley value of game theory). So the parts add up. Levers that mean nothing alone, such as an alarm and what it
#   brings about, are moved together.
# - **Assumptions.** Marked A: chosen so that the model behaves sensibly, without a published source. A conclusion that turns
#   round when an A is taken low or high is a question to your own data, not an answer.
# - **One figure is never enough.** Receivables fall when customers pay sooner, and also when they buy less. Look at credit sales,
#   sales lost, the lowest cash and customer satisfaction beside DSO.
# <!-- zh f9a4fff6 -->
# ## 3. 解读
#
# - **看的是差异，不是预测。** 每次模拟都在两套政策下各走一遍，订单相同、违约相同、运气相同。置信区间说明这些模拟对平均差异有多大把握，
#   并不说明模型本身对不对。
# - **变化的原因。** 该页把改动过的可调项按不同顺序逐个调整，取各自作用的平均值（博弈论中的沙普利值），所以各项相加等于总差异。
#   单独没有意义的可调项（例如预警和预警后的措施）合在一起调整。
# - **假设。** 标为A的数值是为使模型合理而设定的，没有公开来源。如果某个A取低值或高值时结论反转，那就不是答案，而是要用自己的数据去核实的问题。
# - **一个指标永远不够。** 应收账款下降，可能是客户付得快了，也可能是买得少了。看DSO的同时，要看赊销额、流失订单额、现金最低点和客户满意度。

# %% [markdown]
# ## 4. Tasks
# <!-- zh 2471d1f2 -->
# ## 4. 任务

# %%
lab.task("sooner")

# %%
lab.task("till")

# %%
lab.task("upstream")

# %%
lab.task("slump")

# %%
lab.task("survives")

# %%
lab.task("proposal")

# %% [markdown]
# ## 5. Debrief
#
# - Which lever did most for your policy, and what does its label say: P, R or A?
# - Which figure got worse? Who in your company would feel it, and have you asked them?
# - What would you have to find out about your own customers before Thursday, and in which ledger does it stand?
# - Exchange policy files with a neighbour: load theirs as the baseline. Whose is better, and for whom?
# <!-- zh cf45252f -->
# ## 5. 复盘
#
# - 你的政策里哪个可调项作用最大？它的标记是P、R还是A？
# - 哪个指标变差了？公司里谁会感受到，你问过他们吗？
# - 周四之前，你还必须弄清自己客户的哪些情况？在哪本账上查得到？
# - 与旁边的同事交换政策文件，把对方的设为基准方案。谁的更好？对谁更好？

# %%
lab.closing()
