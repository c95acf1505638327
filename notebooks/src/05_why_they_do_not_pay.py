# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Why they do not pay
#
# Six accounts lie on your desk, all of them late. One of these customers forgot. One has no money. One is waiting for three
# damaged pallets to be put right, one for its own pay run, one for its own customers. And one could pay at any time and likes
# your money better where it is now. They all say the same on the telephone: "next week". The ledger says more.
# <!-- zh 2ea2c41a -->
# # 客户为什么不付款
#
# 桌上摆着六家客户的账，全都拖着没付。一家忘了；一家没钱；一家在等三托破损的货给个说法；一家在等自己的付款日；一家在等自己的客户付款；还有一家随时
# 付得起，只是觉得你的钱放在它那里更好。电话里他们说的都一样：“下周”。账上能看出来的，比这多得多。

# %%
from sim.panels import Lab, case_desk, causes_table, settlement, ten_months

LANGUAGE = "en"
lab = Lab("05_why_they_do_not_pay", LANGUAGE)
lab.opening()

# %% [markdown]
# ## 1. Predict
# <!-- zh c533e590 -->
# ## 1. 先预测

# %%
lab.predict()

# %% [markdown]
# ## 2. Run: six cases
#
# Each case is a customer of the model, after a year under the usual ladder. You see what anyone could read in the ledger: bars are
# invoices from issue to payment, marks below are our contacts, broken promises and complaints. Up to three talks may bring out
# more; each has about one chance in three (assumption). Say the cause, choose your move, commit: only then you hear what was
# behind it, and what each move does to such payers in the model. A *strategic late payer* could pay and does not want to; a *chain
# debtor* waits for its own customers. The cases were chosen because their accounts speak clearly. Real ones mumble.
# <!-- zh b5195bf7 -->
# ## 2. 运行：六个案例
#
# 每个案例都是模型里的一家客户，按常规催收阶梯过了一年。你看到的，是任何人都能从账上读到的：横条是发票从开出到付款，下面的记号是我方的联系、对方的失约和
# 异议。最多可以谈三次，每次大约三分之一的机会问出实情（假设）。说出原因，选好对策，再提交：这时才揭晓真相，以及各种做法在模型里对这类客户的
# 作用。“策略拖延型”付得起却不想付，“三角债型”在等自己的客户付款。这几个案例是特意挑的，账上说得很清楚。真实的账户往往含糊得多。

# %%
lab.veiled(case_desk(LANGUAGE))

# %% [markdown]
# ## 3. Run: every move against every cause
#
# The same businesses with one cause each, answered in one way for a year, against no answer at all. Read it by columns: what helps
# *this* kind of payer? Then by rows: on whom is this move wasted? Then switch to satisfaction.
# <!-- zh 65ffc618 -->
# ## 3. 运行：每种做法对每种原因
#
# 同样的企业，每组一种原因，一年只用一种做法，与“什么都不做”相比。先竖着看：什么对*这类*客户有用？再横着看：这种做法用在谁身上是浪费？最后
# 切换到满意度。

# %%
lab.veiled(causes_table(LANGUAGE))

# %% [markdown]
# ## 4. Run: a window is not a mood
#
# Supermarkets do not pay when they are pressed but when statement, invoice and three signatures meet their calendar. Move the day of
# delivery over the 25th.
# <!-- zh 651c9b30 -->
# ## 4. 运行：窗口不讲情面
#
# 商超付款不看你催得紧不紧，只看对账单、发票和三个签字赶没赶上日历。把送货日拖过25日看看。

# %%
lab.veiled(settlement(LANGUAGE))

# %% [markdown]
# ## 5. Run: the agent who works ten months
#
# Two groups of dealers place no orders in January and February. One group rests. The other spends the two months on settling
# accounts. In the sales line they look alike, and the alarm rings for both. Which figure tells them apart?
# <!-- zh 536ef734 -->
# ## 5. 运行：一年只做十个月的代理商
#
# 两组经销商一二月份都不下单。一组是歇业，另一组用这两个月结账。单看销售，两组一个样，预警也都响。哪个数字能把两者区分开？

# %%
lab.veiled(ten_months(LANGUAGE))

# %% [markdown]
# ## 6. Run: the whole company
#
# What does it bring to build answers to the causes into the company: a desk for complaints, asking why, plans, promises in writing?
# <!-- zh 58cc7cae -->
# ## 6. 运行：整个公司
#
# 把“对症下药”变成公司制度：争议专岗、先问原因、分期还款、书面承诺，能带来什么？

# %%
lab.panel()

# %%
lab.picture("customer")

# %% [markdown]
# ## 7. Explain
#
# - **Six causes, six marks.** *Forgetful*: moderate, even lateness; money soon after a reminder. *Cash-strapped*: part payments,
#   promises meant and missed. *Disputing*: complaints, and reminders that move nothing. *Process-bound*: fixed pay days, whole
#   amounts. *Strategic*: promise after promise broken, money only when something is at stake. *Chain debtor*: long overdue always,
#   since its own customers are.
# - **What the evidence says.** In small loans reminders raise payment on time by 7-9% (Cadena and Schoar); a talk with a
#   person resolves far more than a letter (Laudenbach, Pirschel and Siegel); adding the threat of being found out makes a letter
#   stronger, an appeal to morals does not (Fellner, Sausgruber and Traxler). None of these studies is about Chinese companies:
#   in the model all effects are assumptions (A), wide ones.
# - **Why a call helps with nearly everybody here.** It brings a promise, and the model lets promises be kept with the same chance
#   whatever the cause, except by the unwilling. Calls need people, though. What the desk, the reminder and the calendar solve
#   by themselves leaves the people for the rest.
# - **Pressure.** It is for those who can pay and will not. It must be lawful, announced, and carried out on the day named: in the
#   model a bluff halves the belief in the next threat. And it costs goodwill with everybody who is struck by it for another reason.
# - **The sixty-day rule.** Large buyers have to pay small and medium-sized suppliers within sixty days of delivery as a rule, public bodies sooner
#   (State Council Decree 802, since June 2025). Tell the buyer when you sign the contract that you are a small or medium-sized enterprise,
#   as the rule asks, so that you can rely on it later.
# - **Two readings of ten months.** Ask which it is before the two months come. If the agent rests, settle the account before, and
#   watch the stocking-up order that falls due in the silence. If it settles accounts then, be on its list.
# <!-- zh eb6c6635 -->
# ## 7. 解读
#
# - **六种原因，六种痕迹。** *遗忘型*：拖得不长、次次差不多，提醒后很快到账。*资金紧张型*：分次付，承诺是真心的却兑现不了。
#   *争议型*：异议多，发提醒不起作用。*流程型*：固定日子付款，整笔付清。*策略拖延型*：一再失约，只有碰到痛处才付。
#   *三角债型*：总是拖很久，因为它自己的客户也拖。
# - **研究怎么说。** 小额贷款中，提醒使按时还款提高7%至9%（Cadena、Schoar）；与人交谈解决的问题远多于一封信
#   （Laudenbach、Pirschel、Siegel）；信里写明会被查到，效果更强，道德劝说没有用（Fellner、Sausgruber、Traxler）。这些研究都不是针对中国企业的：模型里的效果全是
#   假设值（A），范围很宽。
# - **为什么电话几乎对谁都有用。** 电话能要到承诺；在模型里，除了不想付的，守约概率不看原因。但电话要人打。专岗、提醒、日历自己能解决的，
#   就把人手留给其余的客户。
# - **施压。** 只用于付得起却不付的人。必须合法，事先说明，到日子就执行：在模型里，虚张声势一次，下一次的可信度减半。用错了对象，伤的是
#   和无辜客户的关系。
# - **六十天规则。** 大型企业原则上应自交付之日起六十天内付款给中小企业，机关、事业单位更快（国务院令第802号，2025年6月起施行）。签合同时
#   要按规定主动告知自己是中小企业，以后才好援用这条规则。
# - **“十个月”的两种解释。** 在那两个月到来之前先问清是哪一种。如果是歇业，提前对账结清，当心节前备货单正好在没人时到期；如果是用来结账，
#   就要排进它的付款名单。

# %% [markdown]
# ## 8. Tasks
# <!-- zh 95d1691f -->
# ## 8. 任务

# %%
lab.task("read_signs")

# %%
lab.task("window")

# %%
lab.task("right_move")

# %%
lab.task("silence")

# %%
lab.task("cure")

# %%
lab.task("ladder_of_will")

# %% [markdown]
# ## 9. Debrief
#
# - Take one late customer of your own, without its name. Which marks does its account show? What would you ask before the next
#   reminder?
# - Which of your moves do you use because it fits, and which because it is the next one on the list?
# - How much of your customers' lateness begins in your own company: wrong invoices, late deliveries, missing papers?
# - Where did the model's table surprise you, and which assumption would you doubt first?
# <!-- zh 09db7c6f -->
# ## 9. 复盘
#
# - 想一家你们自己的拖款客户（不说名字）。它的账上有哪些痕迹？下次提醒之前，你想先问什么？
# - 你们的催收动作里，哪些是因为对症，哪些只是因为轮到下一步？
# - 客户的拖款，有多少起因在自己公司：发票开错、送货晚、单据不全？
# - 模型的表哪里出乎你的意料？你会先怀疑哪个假设？

# %%
lab.closing()
