# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Pressure and relationship
#
# A customer of eleven years owes two invoices, 70 and 40 days late. The sales manager says: one harsh word and they buy elsewhere. The
# controller says: those who shout are paid first. The lawyer says: sue, before there is nothing left.
#
# All three are right about somebody. This lab is about whom, how hard, and when to stop.
# <!-- zh 87b4c715 -->
# # 催收力度与客户关系
#
# 一家合作了十一年的客户，有两张发票分别逾期70天和40天。销售经理说：话一说重，他们就去别家买了。财务总监说：谁嗓门大谁先拿到钱。
# 律师说：趁还有东西可执行，赶紧起诉。
#
# 三个人说的都有道理，只是对象不同。这一课就谈：对谁、催多狠、什么时候停。

# %%
from sim.panels import Lab, hand_over, one_claim, pressure

LANGUAGE = "en"
lab = Lab("07_pressure_and_relationship", LANGUAGE)
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
# ### Five pressures
#
# From two reminders to something every four days. Two years, because a customer who leaves in the first year is missed in the second. Read the
# rows from top to bottom: what gets better all the way, and what does not?
# <!-- zh aa5d0518 -->
# ## 2. 运行
#
# ### 五档力度
#
# 从两次提醒，到每四天来一次。模拟两年，因为第一年走掉的客户，第二年才显出少了。从上往下看：哪些一路变好，哪些不是？

# %%
lab.veiled(pressure(LANGUAGE))

# %%
lab.picture("earlier")

# %% [markdown]
# ### The whole panel: tone, stop of supply, agency, court
#
# It opens with one change only: a harsh tone instead of a kind one.
# <!-- zh 709f786d -->
# ### 完整面板：语气、停供、委外、诉讼
#
# 打开时只改了一处：语气从友好变成强硬。

# %%
lab.panel()

# %% [markdown]
# ### When should others take over?
#
# Seven companies that differ in one rule: what happens to every claim that is so many days late. One keeps it; the others give it
# to an agency, apply for a payment order or go to court.
# <!-- zh e0deaa62 -->
# ### 什么时候交给第三方？
#
# 七家公司只差一条规则：欠款逾期满多少天，怎么处理。一家自己催，其余的一律移交催收机构、申请支付令，或者起诉。

# %%
lab.veiled(hand_over(LANGUAGE))

# %% [markdown]
# ### One claim on your desk
#
# A rule treats all alike; you need not. Set one claim as you know it, if possible a real case of your own (without names). The chart shows
# how its worth melts with age; the line marks today.
# <!-- zh 7ac156fc -->
# ### 手上的这一笔
#
# 规则对谁都一样，你不必如此。把一笔欠款按你了解的情况设好，最好用你自己的真实案例（不出现名字）。图中可见它的净值怎样随账龄缩水，竖线是今天。

# %%
lab.veiled(one_claim(LANGUAGE))

# %% [markdown]
# ## 3. Explain
#
# - **Why there is a best point.** More pressure brings money sooner, step by step less of it; it costs satisfaction, step by step more.
#   Where the two meet lies the best point. With no new customers in the model, a customer driven away stays away.
# - **Tone.** In this model a firm or harsh tone helps with those who can pay but will not, and only in personal talks. They are few here,
#   so payments are hardly sooner, while everybody hears the tone. That is a result of assumptions; research with a bank's customers
#   points the same way (a conversation and a likeable voice raised repayment).
# - **Threats.** A threat works on those who can pay, as far as they believe it. A bluff halves the belief (assumption); what is carried out restores
#   half of what was lost.
# - **Agency.** The curve of the US league survey counts what is ever collected by anybody. Handing over everything at 90 days costs more here than it
#   saves: nearly all would have come anyway, and commission is due on all of it. The claim desk lets you state the agency's own doing: at
#   a third (assumption), one claim can be worth handing over where the rule for all is not.
# - **Court.** Documents decide whether you win, seized assets whether you are paid. A payment order is cheap and fails when the debtor
#   objects. After three years the debtor may refuse, unless before that a demand that can be proved, a part payment or an acknowledgement has started the time again.
# - **Stopping.** When every row of the desk is below zero or not worth an hour, write off the amount and keep the claim.
# - **Lawful only.** Force, threats of it, harassment, telling third parties, posing as an authority: unlawful, no matter who does it for you. What such an
#   agency brings is lost again in damages and reputation.
# <!-- zh 4b400086 -->
# ## 3. 解读
#
# - **为什么有最佳点。** 力度越大，钱回得越快，但每加一档多回的越来越少；满意度的损失却一档比一档大。两者相抵处就是最佳点。
#   模型里没有新客户补上，逼走的就真的走了。
# - **语气。** 在本模型里，坚决或强硬的语气只对有钱不付的客户、且只在当面或电话交谈中有用。这类客户在这里很少，所以回款几乎没有加快，
#   而所有客户都听到了这种语气。这是由假设推出的结果；针对银行客户的研究方向一致（对话和亲切的声音提高还款）。
# - **威慑。** 对付得起的客户有效，前提是他们信。虚张声势一次，可信度减半（假设值）；说到做到，可以补回失去的一半。
# - **催收机构。** 美国商账机构联盟调查的曲线统计的是“最终收回”，不论谁收的。90天一律移交，在这里花的比省的多：几乎都会自己到账，佣金却全额照付。
#   在单笔权衡里可以自己设定机构的真实贡献：按三分之一（假设值），单笔移交可能划算，而一刀切的规则不划算。
# - **法院。** 证据决定输赢，查封到的财产决定拿不拿得到钱。支付令便宜，但对方一提出书面异议就失效。三年时效届满后对方可以拒付，除非在此之前，有据可查的催款、
#   部分付款或对方承认欠款已使时效重新计算。
# - **放手。** 如果每一行净值都是负的，或者还不值一个工时，就做账面核销，债权保留（账销案存）。
# - **必须合法。** 暴力、恐吓、滋扰、向第三人散布欠款、冒充公职，都是违法的，不管谁替你做。这样收来的钱，会在赔偿和名声上加倍赔进去。

# %% [markdown]
# ## 4. Tasks
# <!-- zh 2471d1f2 -->
# ## 4. 任务

# %%
lab.task("court_fee")

# %%
lab.task("agency_breakeven")

# %%
lab.task("small_claim")

# %%
lab.task("bluff")

# %%
lab.task("lawful")

# %%
lab.task("goal")

# %% [markdown]
# ## 5. Debrief
#
# - Your own last lawyer's letter: what did you announce, and did you do it?
# - Which of your customers would you press harder than today, and which less? By what do you tell them apart?
# - What would have to be in your files today so that you would win in court in a year?
# - How old is your oldest claim that still takes somebody's time? What is it worth by the claim desk?
# <!-- zh 0b6c5cbf -->
# ## 5. 复盘
#
# - 你们最近一次发律师函，说了要做什么？后来做了吗？
# - 哪些客户应该比现在催得更紧，哪些该松一点？凭什么区分？
# - 要想一年后打赢官司，今天的档案里必须有什么？
# - 还在占着人手催的账里，拖得最久的一笔拖了多久？用单笔权衡算，它还值多少？

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
