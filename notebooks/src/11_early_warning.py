# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Early warning and prediction
#
# "He had been late three times running, his orders had doubled, his limit was full. It was all in the ledger!" After a failure
# everybody has seen it coming. So the credit manager has alarms set up. A month later the sales force is up in arms: dozens of alarms,
# and hardly one of these customers is in trouble. Were the alarms wrong? Or is the question wrong?
# <!-- zh 5b400038 -->
# # 预警与预测
#
# “他已经连续三次晚付，订单翻了一倍，额度也用满了，账上全都有！”客户倒下之后，人人都说早看出来了。于是信用经理设了预警。
# 一个月后，销售部炸了锅：几十条预警，几乎没有一个客户真出事。是预警错了，还是问题问错了？

# %%
from sim.panels import Lab, alarm_debrief, alarm_threshold, late_scorecard, provision_check

LANGUAGE = "en"
lab = Lab("11_early_warning", LANGUAGE)
lab.opening()

# %% [markdown]
# ## 1. Predict
# <!-- zh c533e590 -->
# ## 1. 先预测

# %%
lab.predict()

# %% [markdown]
# ## 2. Run: alarms and false alarms
#
# Eight companies with the same kinds of customers, each with luck of its own, two years each. Three times we look at every customer, sum
# the points of its signals, and wait 180 days: did it fail? The points use only what stood in the ledger that day.
#
# Move the **threshold**. Then say what an alarm costs you: 500 yuan for a call, 2,000 for a visit, 20,000 for a stop of supply that loses
# orders. Look for the cheapest threshold each time. Then judge it on **one company alone**: would you have found the same threshold?
# <!-- zh 0fa99f5d -->
# ## 2. 运行：预警与误报
#
# 八家公司，客户类型相同，运气各异，各经历两年。我们三次检查每一个客户，把它的信号加总成分数，再等180天：违约了吗？打分只用当天账上已有的信息。
#
# 拖动**预警线**。然后说定一次预警花多少钱：打个电话500元，走访2000元，停供造成丢单，2万元。每次找出最省钱的预警线。
# 再改成**只看一家公司**：你还会选同一条线吗？

# %%
lab.veiled(alarm_threshold(LANGUAGE))

# %% [markdown]
# ### What acting on an alarm costs
#
# The alarm itself costs little. In this panel both policies hear the kit's own alarms every Monday; the baseline takes note, the alternative
# stops deliveries.
# <!-- zh 35d44c8d -->
# ### 按预警行动的代价
#
# 预警本身不贵。在这个面板里，两套政策每周一收到同样规则的预警：基准方案只作记录，备选方案停止供货。

# %%
lab.panel()

# %% [markdown]
# ### Who will pay late?
#
# Failure is rare; paying late is not. So here a score has plenty to learn from. Choose what the scorecard may look at, the month up to which it
# may learn, and what counts as late. It is then tested on the invoices issued **after** that month.
#
# Try this: tick only *who the customer is* and learn on 6 months. Compare both numbers of the finding.
# <!-- zh 48d7a201 -->
# ### 谁会迟付？
#
# 违约少见，迟付却很常见，评分有足够的数据可学。请选择评分卡可以看什么、学到第几个月、晚几天算迟付。然后用该月**之后**开出的发票检验。
#
# 试一试：只勾“客户本身”，用6个月学习，比较结论里的两个数字。

# %%
lab.veiled(late_scorecard(LANGUAGE))

# %% [markdown]
# ### What will be lost? The provision
#
# The flow-rate matrix says how much of each age bucket will be lost, from the last twelve months' roll rates. Here stands beside it what happened to
# the very same invoices afterwards.
# <!-- zh b5c2402d -->
# ### 会损失多少？坏账准备
#
# 迁徙率矩阵用过去十二个月的迁徙率，估计每个账龄段会损失多少。旁边列出同一批发票后来的实际结果。

# %%
lab.veiled(provision_check(LANGUAGE))

# %% [markdown]
# ## 3. Explain
#
# - **Base rate.** In half a year little more than one customer in a hundred fails. If a signal is twice as common among those who
#   will fail, it still rings almost only for others. That is arithmetic, not a bad rule.
# - **Cost decides the threshold.** An alarm pays when hit rate × what a hit saves is more than its cost. So ask at a low threshold, act at a
#   high one.
# - **Acting on everything is dear.** A stop hits all who are slow, and few of them fail. What is lost in margin is more than what is saved in
#   losses.
# - **Few failures, much luck.** One company has a handful of failures a year. A threshold chosen on those fits their luck; look how
#   it differs from company to company.
# - **In-sample is not out-of-sample.** A score that may remember names learns habit and luck together. Only later invoices
#   take the luck away. A scorecard with few, plain features loses little; that is a reason to prefer it.
# - **Two qualities.** *Ranking*: are the late ones at the top (AUC, share found)? *Calibration*: do 30 of 100 come late when it says 30%
#   (dots on the diagonal)? For a worklist ranking is enough, for a provision it is not.
# - **Provision.** Loss rate of a bucket = all roll rates still ahead × loss of the last bucket. It takes the last year for the next, so it
#   comes late in a slump: hence the forward-looking factor. In most of these companies 60% for the last bucket provides for more than
#   is lost; try which share would have fitted, and whether it fits the other companies too.
# <!-- zh 037556bb -->
# ## 3. 解读
#
# - **基础概率。** 半年内一百个客户里违约的只有一个多一点。即使某个信号在将要违约的客户中多见一倍，响起来也几乎都是别的客户。这是算术，不是规则差。
# - **成本决定预警线。** 命中率×一次命中省下的钱大于预警成本，预警才划算。所以低分去了解情况，高分才采取行动。
# - **见预警就动手，代价很大。** 停供波及的是所有付款慢的客户，其中真违约的很少，丢掉的毛利比省下的损失多。
# - **违约少，运气多。** 一家公司一年也就几个违约。据此选出的预警线，迁就的是这几家的运气；看看各家公司之间差多少。
# - **样本内不等于样本外。** 允许记名字的评分，把习惯和运气一起学了，只有之后的发票才能把运气剔除。评分卡用的信息少而朴素，换到新发票上准确度下降很少，
#   这正是选它的理由。
# - **两种质量。** *排序*：迟付的是否排在前面（AUC、覆盖率）？*准确*：说30%时，100张里是否真有30张迟付（点是否在对角线上）？
#   排工作清单，有排序就够；计提准备，还要准确。
# - **坏账准备。** 某一段的损失率=后面各步迁徙率连乘×最后一段的损失率。它把去年当作明年，经济下行时会反应迟缓，所以要有前瞻系数。
#   在这些公司中，最后一段取60%，多数计提得比实际损失多；试试取多少才吻合，对其他公司是否也合适。

# %% [markdown]
# ## 4. Tasks
# <!-- zh 2471d1f2 -->
# ## 4. 任务

# %%
lab.task("hit_rate")

# %%
lab.task("break_even")

# %%
lab.task("silence")

# %%
lab.task("honest_test")

# %%
lab.task("loss_rate")

# %%
lab.task("fewer_losses")

# %% [markdown]
# ## 5. Debrief: the hidden side
#
# In the simulation, and only there, one can look behind the curtain: who were the customers that raised an alarm? Real life never shows this
# table, and no figure above has used it.
# <!-- zh 1566ca5d -->
# ## 5. 复盘：揭开真相
#
# 只有在模拟中，才能看到幕后：触发预警的究竟是哪些客户？现实中永远看不到这张表，前面的任何指标也都没有用过它。

# %%
lab.veiled(alarm_debrief(LANGUAGE))

# %% [markdown]
# - Which kinds of payers raise most alarms without ever failing? What would a good question to them be?
# - Which failures could nobody have seen in the ledger? What other source would have shown them?
# - Which alarms does your company have, and who has ever counted their hits?
# - A score says 70% for a customer you know well. What do you do, and what do you write down?
# <!-- zh 533b4b52 -->
# - 哪几类客户预警最多却从不违约？该怎样去问他们？
# - 哪些违约在账上谁也看不出来？还有什么信息来源能看出来？
# - 贵公司有哪些预警？有没有人统计过命中了多少？
# - 评分说某个老客户迟付概率70%。你怎么做？你会记下什么？

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
