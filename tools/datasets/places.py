"""Where do invented customers come from? Places that are on no map, and countries for buyers abroad."""

PLACES = (
    ("Yunlan", "云岚"), ("Xingdu", "星渡"), ("Mochuan", "墨川"), ("Baiting", "白汀"), ("Lanqiao", "岚桥"),
    ("Wangxi", "望汐"), ("Zhuyin", "竹隐"), ("Jiyuan", "霁原"), ("Muye", "沐野"), ("Luming", "鹿鸣"),
    ("Qingyu", "青屿"), ("Hexi", "禾汐"), ("Feilan", "飞澜"),
)  # fmt: skip

COUNTRIES_NEAR = {
    #            in Chinese, how much likelier a buyer fails there than at home (1-4)
    "Germany": ("德国", 1.0),
    "Netherlands": ("荷兰", 1.0),
    "Japan": ("日本", 1.0),
    "USA": ("美国", 1.2),
    "Poland": ("波兰", 1.5),
    "Mexico": ("墨西哥", 2.0),
}
COUNTRIES_MIDDLE = {
    "Vietnam": ("越南", 1.8),
    "Thailand": ("泰国", 1.5),
    "Turkey": ("土耳其", 2.5),
    "Chile": ("智利", 1.5),
    "UAE": ("阿联酋", 1.5),
}
COUNTRIES_FAR = {
    "Nigeria": ("尼日利亚", 4.0),
    "Kenya": ("肯尼亚", 3.0),
    "Egypt": ("埃及", 3.5),
    "Bangladesh": ("孟加拉国", 3.0),
    "Argentina": ("阿根廷", 4.0),
}
"""Multipliers are assumptions; they are no judgement on any country."""
