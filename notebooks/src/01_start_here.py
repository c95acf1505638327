# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Start here: from order to cash
#
# Wang Lei sells pumps and valves. On the third of January a contractor orders, and Wang Lei is pleased: another order in.
# At the end of March the managing director asks him where the money is. "They always pay," says Wang Lei. "When?" asks the
# director. Nobody in the room knows.
#
# **This lab shows you where the money was all the time.** You follow single invoices from the order to the cash, watch a whole
# year at the desk day by day, look one customer in the eye, and take a first drive on the panel with which all later labs are
# run. You need no code: everything is buttons, lists and sliders.
#
# **Language.** 中文 or English: choose in the line below. Every lab exists in both, with the same figures.
# <!-- zh d8bf096c -->
# # 从这里开始：从订单到现金
#
# 王磊卖泵和阀门。一月三日，一家工程公司下了单，他很高兴：又签一单。三月底，总经理
# 问他钱在哪里。“他们一向会付的。”王磊说。“什么时候付？”总经理问。会议室里没有人知道。
#
# **这一课让你看到，这段时间钱到底在哪里。** 你会跟着一张张发票从订单走到现金，逐日回看应收岗位的一年，细看一个客户，
# 再第一次试用后面各课都要用的面板。不需要写代码：全是按钮、列表和滑块。
#
# **语言。** 中文或English：在下面一行选择。每一课都有两个版本，数字完全相同。

# %%
from sim.panels import Lab, customer_timeline, invoice_path, replay

LANGUAGE = "en"
lab = Lab("01_start_here", LANGUAGE)
lab.opening()

# %% [markdown]
# ## 1. Predict
#
# Before you look: make up your mind. Nobody sees your answers but you, and they are kept beside what comes out. A wrong guess
# teaches more than a chart that is only looked at.
# <!-- zh 5a2554c3 -->
# ## 1. 先预测
#
# 看结果之前，先写下你的判断。答案只有你自己看得到，会和结果放在一起对照。猜错一次，比光看图表学到的更多。

# %%
lab.predict()

# %% [markdown]
# ## 2. Run
#
# ### The path of an invoice
#
# Choose what kind of invoice you want to follow. Press **What happens next?** and say aloud, before each step, what you expect.
# At the end a bar shows where the days went.
# <!-- zh 802722ae -->
# ## 2. 运行
#
# ### 一张发票的路
#
# 先选要跟踪哪一类发票，再点**接下来发生了什么？** 每走一步之前，先说出你估计会怎样。走到最后，会有一条横条显示这些天都花在哪里。

# %%
lab.veiled(invoice_path(LANGUAGE))

# %% [markdown]
# ### The desk, day by day
#
# One desk, one year, some two hundred customers. Press **Play**, stop when something catches your eye, step forward and back.
# Every number can be traced: rest the pointer on it to see its rows in the ledger, or choose it in the list below the year to
# read them.
# <!-- zh 5d3f6ea9 -->
# ### 岗位上的每一天
#
# 一个岗位，一年时间，约两百个客户。点**播放**，看到感兴趣的就停下来，也可以一天天往前、往后翻。每个数字都能追溯：
# 鼠标停在数字上，显示它在账本里的行号；在年度图下方的列表里选中它，就能看到这些记录。

# %%
lab.veiled(replay(LANGUAGE))

# %% [markdown]
# ### One customer's year
#
# The same year, seen from one customer. Light bars are the agreed term, dark ones are late. What came first: the reminder, the
# promise, or the money?
# <!-- zh 8bbf35cb -->
# ### 一个客户的一年
#
# 同一年，换成从一个客户的角度看。浅色条是信用期，深色条是逾期。先来的是提醒、承诺，还是钱？

# %%
lab.veiled(customer_timeline(LANGUAGE))

# %% [markdown]
# ### A tour of the panel
#
# So far you have watched one year. From here on you change it. **Left column: the baseline**, the policy in force. **Right
# column: your alternative.** Both live through the same year with the same customers and the same luck, many times over.
#
# 1. Move one slider of the alternative and let go. A first picture comes at once, from a single run.
# 2. Wait: more runs come in and the lines settle. The band holds the middle 80% of the runs.
# 3. Read the table. An interval that reaches across zero means: these runs have not shown a difference.
# 4. Rest the pointer on a lever's name. **P** rests on published figures, **R** on practice, **A** is an assumption.
# <!-- zh 16d29b87 -->
# ### 认识面板
#
# 到这里为止你看的是一年的经过，接下来由你来改变它。**左栏是基准方案**，即现行政策；**右栏是你的备选方案**。
# 两套政策用同样的客户、同样的运气经历同一年，反复很多次。
#
# 1. 拖动备选方案的一个滑块，松手。先用一次模拟立刻出图。
# 2. 等一等：模拟次数增加，线条逐渐稳定。色带覆盖居中80%的结果。
# 3. 读差异表。置信区间跨过零，意思是：这些模拟还看不出差异。
# 4. 鼠标停在可调项的名称上看说明。**P** 依据公开数据，**R** 依据行业惯例，**A** 是假设值。

# %%
lab.panel()

# %% [markdown]
# ## 3. Explain
#
# **Four stretches, four owners.** From the order to the cash an invoice goes through *deciding* (credit control and sales),
# *delivering and invoicing* (warehouse and billing), the *agreed term* (signed by sales, paid for by the company) and being
# *late* (the customer, and the person who asks it to pay). Collectors meet only the last stretch. The first two are entirely ours, and
# no customer has to be persuaded to shorten them.
#
# **Documents decide.** To be paid you must be able to show what was ordered, that it arrived, and what was agreed:
# order or contract, signed delivery note, invoice. Most of what is later called a collection problem is a missing paper.
#
# **A contact changes the odds, not the customer.** In this model, as at work, a call may reach nobody, may bring a promise, and
# a promise may be kept or not. How much each does is an assumption (A) that you can look up and doubt.
#
# **The ledger is all we see.** The desk shows what anyone could have written down: orders, entries, actions, bank. Why a
# customer does not pay is hidden from you here, as it is at work. Lab 5 is about finding out.
# <!-- zh 7665f757 -->
# ## 3. 解读
#
# **四段路，四个主人。** 从订单到现金，一张发票要经过：*审单放行*（信用管理和销售）、*发货开票*（仓库和开票）、
# *信用期*（销售签的字，公司出的钱）、*逾期*（客户，以及去催款的人）。催收员碰到的只是最后一段。前两段完全在我们自己手里，
# 缩短它们不需要说服任何客户。
#
# **单据说了算。** 想收到钱，就要拿得出证据，说明订了什么、货到没到、怎么约定的：订单或合同、签收单、发票。
# 许多后来叫作“催收问题”的事，起因只是缺了一张单据。
#
# **联络改变的是概率，不是客户。** 和实际工作一样，打电话可能找不到人，可能得到承诺，承诺可能兑现也可能落空。
# 每种联络作用有多大，是假设值（A），可以查，也可以怀疑。
#
# **我们看到的只有账本。** 岗位上显示的，都是任何人能记下的事：订单、分录、动作、银行流水。客户为什么不付款，
# 在这里和在工作中一样，是看不见的。第5课讲怎样找出原因。

# %% [markdown]
# ## 4. Tasks
# <!-- zh 2471d1f2 -->
# ## 4. 任务

# %%
lab.task("steps")

# %%
lab.task("order_to_cash")

# %%
lab.task("dispute")

# %%
lab.task("quiet_days")

# %%
lab.task("behind")

# %%
lab.task("first_goal")

# %% [markdown]
# ## 5. Debrief
#
# - Which of the four stretches is longest in your own company? How do you know?
# - Whose targets would have to change for the first two to become shorter?
# - On the desk: on which day would you have acted differently, and what did you not know on that day?
# - Which document is missing most often when you ask for money?
# - What would you have to believe before you carried a number from this panel into a meeting?
# <!-- zh e57e73b3 -->
# ## 5. 复盘
#
# - 在你们公司，四段中哪一段最长？你是怎么知道的？
# - 要缩短前两段，得改谁的考核指标？
# - 回到岗位上：哪一天你会做得不一样？那一天你还不知道什么？
# - 你们去催款时，最常缺的是哪张单据？
# - 要把面板上的一个数字带进会议室，你得先相信什么？

# %%
lab.closing()

# %% [markdown]
# ## All labs
#
# Beside the labs: [role-plays](role_plays.ipynb), in which you talk to the customer yourself, and a [quiz](quiz.ipynb) on everything.
# <!-- zh 3ecbd91d -->
# ## 全部课程
#
# 实训之外：[角色演练](role_plays.ipynb)，由你亲自和客户谈；还有[测验](quiz.ipynb)，检验各课所学。

# %%
lab.home()
