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
# A customer asks for fifteen days more. Sales wants to say yes, finance wants to say no.
# <!-- zh 6a8694e0 -->
# # 信用期：时间值多少钱
#
# 客户要求多给十五天账期。销售想答应，财务想拒绝。

# %%
from sim.panels import Lab

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
# ## 2. Run
# <!-- zh 358d597b -->
# ## 2. 运行

# %%
lab.panel()

# %% [markdown]
# ## 3. Explain
#
# DSO, overdue and the ageing report each tell a part of it.
# <!-- zh d9530fc8 -->
# ## 3. 解读
#
# DSO、逾期和账龄分析各说明一部分。

# %% [markdown]
# ## 4. Tasks
# <!-- zh 2471d1f2 -->
# ## 4. 任务

# %%
lab.task("discount_cost")

# %%
lab.task("free_cash")

# %%
lab.task("who_asks")

# %%
lab.task("steps")

# %% [markdown]
# ## 5. Debrief
#
# - Who pays for the days?
# <!-- zh 7b78a7dc -->
# ## 5. 复盘
#
# - 这些天数到底由谁买单？

# %%
lab.closing()
