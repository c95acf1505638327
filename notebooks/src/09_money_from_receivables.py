# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Money from receivables
#
# A salesman of a finance platform promises: “We give your dealer a credit line of a hundred million, and you bear zero risk: insured, guaranteed,
# factored.” Your managing director likes the sentence. You are asked to say what it costs, and what “zero” means.
#
# Build the stack yourself, layer by layer.
# <!-- zh 24c61b15 -->
# # 应收账款变现与避险
#
# 一家金融平台的业务员许诺：“给你的经销商上亿额度，你零风险：有保险、有担保、有保理。”老板很喜欢这句话，让你说清楚：要花多少钱，“零”是什么意思。
#
# 自己动手，一层一层搭起来看。

# %%
from sim.panels import Lab, layers

LANGUAGE = "en"
lab = Lab("09_money_from_receivables", LANGUAGE)
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
# ### Layer upon layer
#
# Choose a layer, guess what it will change, and look. The left column of figures is a normal time, the right one a slump: both for two years,
# with and without your layers, with the same luck. Each new choice lives through it all anew; the figures settle as runs come in.
# <!-- zh 33da6517 -->
# ## 2. 运行
#
# ### 层层设防
#
# 选一层，先猜它会改变什么，再看结果。左列是正常时期，右列是经济下行，都模拟两年，设防与不设防运气相同。每改一次都会重新模拟，
# 随着次数增加，数字逐渐稳定。

# %%
lab.veiled(layers(LANGUAGE))

# %% [markdown]
# ### Insurance and the cash ratio
#
# “Insure, and the cash ratio takes care of itself.” This manufacturer may borrow 70% of its good receivables from the bank; without
# insurance and with all of it. Look at three things: the lowest point of cash, the *cash ratio* (cash / all debts) at the end of the year,
# and the same with the lines that the bank keeps open. Then switch to the slump.
# <!-- zh aad3cd06 -->
# ### 保险与现金比率
#
# “投了保，现金比率自然就好看。”这家制造企业可以向银行借到合格应收账款的70%；比较完全不投保和全额投保。看三样：现金最低点、年末的
# *现金比率*（现金÷全部负债），以及加上银行未用额度之后的比率。然后切换到“经济下行”。

# %%
lab.panel("insured")

# %% [markdown]
# ### The whole panel
#
# It opens with half of the invoices sold to a factor with recourse. Try tight money, a rush of growth, and a pledge loan: it is drawn only when
# cash runs short.
# <!-- zh bc72000c -->
# ### 完整面板
#
# 打开时是一半发票做有追索权保理。试试“资金收紧”和“高速增长”，再试质押贷款：它只在现金不足时才动用。

# %%
lab.panel()

# %%
lab.picture("cash")

# %% [markdown]
# ## 3. Explain
#
# | Product | Money now | Risk of the buyer | Usual price | Label |
# |---|---|---|---|---|
# | Pledge loan | 60-80% of good receivables | all yours | prime rate + 0.5-2.5% | practice |
# | Factoring with recourse | 70-90% of the invoice | all yours: you buy it back | 4.5-7% and a fee of 0.3-1% | practice |
# | Factoring without recourse | 70-90% | the factor's, unless disputed | 0.5-1.5% more | practice |
# | Bank bill discounted | all, less discount | the bank's | 0.8-2% a year | from memory |
# | Buyer's own bill discounted | all, less discount | comes back to you | 3-7% a year | practice |
# | Credit insurance | none | 75-95% the insurer's, within limits | about 0.25% of turnover | published |
# | Guarantee, owner's guarantee | none | as far as the guarantor pays | goodwill, and orders | assumption |
#
# - **Why not zero.** Own share, deductible, limit, late notice, dispute, and the time until it pays: each leaves something. The worst runs leave
#   most, because then many fail at once.
# - **Fine-weather friends.** In a slump insurers and banks cut limits four times as often in this model, the weak names first (A). What was
#   delivered before stays covered, the next truck does not. Whoever leans on a layer should know what happens on the day after it is gone.
# - **Insurance and the cash ratio.** Premium goes out every month. An indemnity comes half a year after the due date, sooner only
#   when insolvency is proved; so cash sinks first and recovers in a normal year to about where it was. After many failures it is above.
#   What grows at once is the bank's line: in the model insured receivables are lent seven points more (A). That is a promise to lend, not
#   cash, and the cash ratio does not count it. Write-offs stay the same, for the insurer pays beside them.
# - **Dear money.** A factor's advance is worth its price while cash is short, and a loss when it is not. Economic profit counts the capital that
#   is freed, net profit only what is paid: that is why the two may differ.
# - **What the model leaves out.** An insurer's own failure, minimum premiums, what asking for a guarantee does to orders, reverse factoring.
# <!-- zh 9fb13fc5 -->
# ## 3. 解读
#
# | 产品 | 现在拿到的钱 | 买方风险归谁 | 通常价格 | 依据 |
# |---|---|---|---|---|
# | 应收账款质押贷款 | 合格应收的60%—80% | 全归自己 | 市场报价利率加0.5%—2.5% | 行业惯例 |
# | 有追索权保理 | 发票的70%—90% | 全归自己，要回购 | 4.5%—7%，另加手续费0.3%—1% | 行业惯例 |
# | 无追索权保理 | 70%—90% | 归保理商，有争议除外 | 再加0.5%—1.5% | 行业惯例 |
# | 银行承兑汇票贴现 | 全额减贴现息 | 归银行 | 年0.8%—2% | 未逐字核对 |
# | 商业承兑汇票贴现 | 全额减贴现息 | 会追索到自己 | 年3%—7% | 行业惯例 |
# | 信用保险 | 没有 | 限额内75%—95%归保险公司 | 约为营业额的0.25% | 公开资料 |
# | 保函、老板个人担保 | 没有 | 担保人付得起多少算多少 | 人情，以及订单 | 假设值 |
#
# - **为什么不是零。** 自担比例、免赔额、限额、报损不及时、争议、等待期，每一样都留下一点。最差的那几次剩得最多，因为那时很多客户一起倒。
# - **晴天送伞。** 模型里经济下行时，保险公司和银行削减额度的频率是平时的四倍，先砍弱客户（A）。之前发的货仍有保障，下一车就没有了。
#   依赖哪一层，就要想好它消失的第二天怎么办。
# - **保险与现金比率。** 保费每个月都要付；赔款要等到期后半年，只有证实破产才会早些。所以现金先降，正常年份到年末大体回到原位，违约多的
#   年份则高于原位。马上提高的是银行额度：模型中，已投保应收的质押率高7个百分点（假设值，A）。但那只是答应借，不是现金，现金比率不算它。
#   坏账核销不变，因为保险公司的赔款另行入账。
# - **钱不便宜。** 现金紧张时，保理预付款物有所值；不紧张时就是亏。经济利润计入释放的资金，净利润只看付出的费用，所以两者可能不同。
# - **模型没有计入的。** 保险公司自身倒闭、最低保费、开口要担保对订单的影响、反向保理。

# %% [markdown]
# ## 4. Tasks
# <!-- zh 2471d1f2 -->
# ## 4. 任务

# %%
lab.task("factoring_cost")

# %%
lab.task("indemnity")

# %%
lab.task("bill")

# %%
lab.task("left")

# %%
lab.task("product")

# %%
lab.task("cash_ratio")

# %%
lab.task("goal")

# %% [markdown]
# ## 5. Debrief
#
# - Write the salesman's sentence anew so that it is true.
# - Which single customer could your company not survive? Which layer stands before it, and who may take the layer away?
# - What do your bank or factor look at before they cut? Would you know it before them?
# - What did one yuan of freed cash cost you a year, and what would you have done with it?
# <!-- zh 65c034ea -->
# ## 5. 复盘
#
# - 把业务员那句话改写成一句真话。
# - 哪一家客户倒下，你们公司扛不住？它前面有哪一层？谁能把这一层拿走？
# - 银行或保理商在削减额度之前看什么？你会比他们先知道吗？
# - 每释放一元现金，一年花了多少？这一元你打算拿来做什么？

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
