"""Is every lever declared once, held within its range, and written down so that it can be read again?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.base.errors import BadInput
from sim.model.policy import LEVERS, LadderStep, Policy, Terms, read_policy, write_policy
from sim.model.presets import load_policy, policy_names
from sim.words import LANGUAGES, Words
from tests.twin.strategies import policies

NUMBERS = [lever for lever in LEVERS.values() if lever.kind == "int"]
IN_FORCE = Policy().with_levers(
    {
        "terms.net_days": 90,
        "credit.limit_pct": 200,
        "collection.collectors": 3,
        "collection.ladder_shift_days": 2,
    }
)


def rules_of(make):
    with pytest.raises(BadInput) as caught:
        make()
    for lang in LANGUAGES:  # every problem can be told
        assert len(Words(lang).problems(caught.value).splitlines()) == len(caught.value.problems)
    return sorted((problem.rule, problem.field) for problem in caught.value.problems)


def policy_file(tmp_path, text, base=None):
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return read_policy(path, base=base)


@pytest.mark.parametrize("lever", NUMBERS, ids=lambda lever: lever.path)
def test_a_lever_declares_its_unit_range_and_a_default_inside_it(lever):
    assert lever.unit
    assert lever.low <= lever.default <= lever.high
    assert lever.step > 0
    assert lever.basis in "PRA"


@pytest.mark.parametrize("lever", NUMBERS, ids=lambda lever: lever.path)
def test_a_slider_can_stand_on_the_default_and_on_both_ends(lever):
    assert (lever.default - lever.low) % lever.step == 0
    assert (lever.high - lever.low) % lever.step == 0


@pytest.mark.parametrize("lever", NUMBERS, ids=lambda lever: lever.path)
def test_a_lever_may_stand_at_its_ends_and_not_beyond(lever):
    free = Policy().with_levers({"terms.discount_bp": 0})
    for value in (lever.low, lever.high):
        if lever.path != "terms.discount_bp" or value == 0:
            assert free.with_levers({lever.path: value}).value_of(lever.path) == value
    assert rules_of(lambda: free.with_levers({lever.path: lever.low - 1})) == [("at_least", lever.path)]
    assert rules_of(lambda: free.with_levers({lever.path: lever.high + 1})) == [("at_most", lever.path)]


def test_every_lever_of_the_tree_is_found_once():
    tree = Policy().model_dump()
    inside = {f"{branch}.{name}" for branch, values in tree.items() for name in values}
    assert inside == set(LEVERS) | {"collection.ladder"}
    assert all(Policy().value_of(path) == lever.default for path, lever in LEVERS.items())


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("terms.net_days", True, "not_whole_number"),
        ("terms.net_days", 60.0, "not_whole_number"),
        ("terms.net_days", "60", "not_whole_number"),
        ("terms.net_days", None, "not_whole_number"),
        ("credit.hold_when_overdue", 1, "not_yes_or_no"),
        ("credit.limit_enforcement", "warn", "not_a_choice"),
        ("collection.worklist", 3, "not_a_choice"),
        ("terms.colour", 1, "unknown_field"),
        ("taxes.rate", 1, "unknown_field"),
        ("terms", 1, "unknown_field"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_name(path, value, rule):
    assert rules_of(lambda: Policy().with_levers({path: value})) == [(rule, path)]


def test_a_decimal_where_a_whole_number_is_wanted_is_shown_as_written():
    with pytest.raises(BadInput) as caught:
        Policy().with_levers({"terms.net_days": 60.0})
    assert "60.0" in Words("en").problems(caught.value)


def test_all_problems_are_told_at_once():
    changes = {
        "terms.net_days": -1,
        "credit.limit_pct": "much",
        "finance.gold": 3,
        "collection.collectors": 99,
    }
    assert rules_of(lambda: Policy().with_levers(changes)) == [
        ("at_least", "terms.net_days"),
        ("at_most", "collection.collectors"),
        ("not_whole_number", "credit.limit_pct"),
        ("unknown_field", "finance.gold"),
    ]


def test_an_early_payment_discount_ends_before_the_due_date():
    discount = {"terms.discount_bp": 200, "terms.discount_days": 30, "terms.net_days": 30}
    assert rules_of(lambda: Policy().with_levers(discount)) == [("discount_after_due", "terms.discount_days")]
    assert Terms(discount_bp=0, discount_days=30, net_days=0).net_days == 0  # no discount, no rule


def test_the_steps_of_the_ladder_go_up():
    steps = (LadderStep(days=5, move="email"), LadderStep(days=5, move="phone"))
    assert rules_of(lambda: Policy().with_levers({"collection.ladder": steps})) == [
        ("ladder_not_ascending", "collection.ladder")
    ]
    assert Policy().with_levers({"collection.ladder": ()}).collection.ladder == ()


def test_a_policy_is_never_edited_in_place():
    before = Policy()
    after = before.with_levers({"terms.net_days": 30})
    assert (before.terms.net_days, after.terms.net_days) == (60, 30)
    with pytest.raises(ValueError, match="frozen"):
        before.terms.net_days = 30  # type: ignore[misc]
    assert {before: 1}[Policy()] == 1


@given(policies())
@settings(max_examples=25)
def test_a_policy_written_down_is_read_back_equal(tmp_path_factory, policy):
    path = tmp_path_factory.mktemp("policies") / "policy.toml"
    write_policy(policy, path)
    assert read_policy(path) == policy


def test_a_file_changes_the_policy_in_force_and_nothing_else(tmp_path):
    text = '[about]\nauthor = "sales"\n[terms]\nnet_days = 45\n[add]\n"collection.collectors" = -1\n'
    found = policy_file(tmp_path, text, IN_FORCE)
    assert found == IN_FORCE.with_levers({"terms.net_days": 45, "collection.collectors": 2})


def test_a_step_from_where_the_base_stands_stays_within_the_range(tmp_path):
    text = '[add]\n"terms.net_days" = 500\n"collection.collectors" = -9\n'
    found = policy_file(tmp_path, text, IN_FORCE)
    assert (found.terms.net_days, found.collection.collectors) == (180, 0)


def test_a_setting_given_twice_is_refused_not_guessed(tmp_path):
    text = '[terms]\nnet_days = 30\n[add]\n"terms.net_days" = -15\n[scale]\n"terms.net_days" = 50\n'
    with pytest.raises(BadInput) as refused:
        policy_file(tmp_path, text)
    found = [(problem.rule, problem.field) for problem in refused.value.problems]
    assert found == [("set_twice", "add.terms.net_days"), ("set_twice", "scale.terms.net_days")]


def test_a_lever_may_be_scaled_from_where_the_base_has_it(tmp_path):
    text = '[scale]\n"credit.limit_pct" = 75\n"terms.net_days" = 1000\n'
    found = policy_file(tmp_path, text, IN_FORCE)
    assert (found.credit.limit_pct, found.terms.net_days) == (150, 180)


def test_a_shorter_term_stays_longer_than_a_discount_in_force(tmp_path):
    base = Policy().with_levers({"terms.net_days": 20, "terms.discount_bp": 200, "terms.discount_days": 10})
    assert load_policy("strict", base=base).terms.net_days == 11
    without = policy_file(tmp_path, '[terms]\ndiscount_bp = 0\n[add]\n"terms.net_days" = -15\n', base)
    assert without.terms.net_days == 5


def test_a_file_of_an_editor_on_windows_is_read(tmp_path):
    path = tmp_path / "policy.toml"
    path.write_bytes(b"\xef\xbb\xbf[terms]\r\nnet_days = 45\r\n")
    assert read_policy(path).terms.net_days == 45


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("add = 5\n", [("not_a_table", "add")]),
        ("scale = 5\n", [("not_a_table", "scale")]),
        ('[scale]\n"terms.net_days" = 0.5\n', [("not_whole_number", "scale.terms.net_days")]),
        ("terms = 5\n", [("not_a_table", "terms")]),
        ("[taxes]\nrate = 3\n", [("unknown_field", "taxes")]),
        ('[add]\n"terms.net_days" = "more"\n', [("not_whole_number", "add.terms.net_days")]),
        ('[add]\n"terms.net_days" = true\n', [("not_whole_number", "add.terms.net_days")]),
        ('[add]\n"collection.worklist" = 1\n', [("unknown_field", "add.collection.worklist")]),
        ("[collection]\nladder = 5\n", [("not_a_list", "collection.ladder")]),
        (
            '[collection]\nladder = [{ days = 3, move = "shout" }]\n',
            [("not_a_choice", "collection.ladder.0.move")],
        ),
        ('[collection]\nladder = [{ move = "email" }]\n', [("missing", "collection.ladder.0.days")]),
        ("[terms]\nnet_days = 1.5\n", [("not_whole_number", "terms.net_days")]),
    ],
)
def test_a_wrong_file_is_told_by_field_and_rule(tmp_path, text, expected):
    assert rules_of(lambda: policy_file(tmp_path, text)) == expected


def test_everything_wrong_in_a_file_is_told_at_once(tmp_path):
    text = '[taxes]\nrate = 3\n[terms]\nnet_days = 999\n[add]\n"terms.colour" = 1\n'
    assert [rule for rule, _ in rules_of(lambda: policy_file(tmp_path, text))] == [
        "at_most", "unknown_field", "unknown_field",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"[terms\nnet_days", b"\xff\xfe[\x00t\x00"])
def test_what_is_no_toml_is_refused(tmp_path, content):
    path = tmp_path / "policy.toml"
    path.write_bytes(content)
    assert [rule for rule, _ in rules_of(lambda: read_policy(path))] == ["not_toml"]


def test_a_policy_file_that_cannot_be_read_is_told(tmp_path):
    assert [rule for rule, _ in rules_of(lambda: read_policy(tmp_path))] == ["file_unreadable"]


def test_an_unknown_policy_names_the_known_ones(tmp_path):
    with pytest.raises(BadInput) as caught:
        load_policy("stern")
    assert "relationship" in Words("zh").problems(caught.value)


@pytest.mark.parametrize("name", policy_names())
def test_every_ready_made_policy_fits_any_base(name):
    for base in (Policy(), IN_FORCE, Policy().with_levers({"terms.net_days": 0, "collection.ladder": ()})):
        assert isinstance(load_policy(name, base=base), Policy)


def test_ready_made_policies_are_changes_to_the_policy_in_force():
    assert load_policy("as_is", base=IN_FORCE) == IN_FORCE
    strict, growth = (load_policy(name, base=IN_FORCE) for name in ("strict", "growth"))
    assert (strict.terms.net_days, growth.terms.net_days) == (75, 120)
    assert (strict.credit.limit_pct, growth.credit.limit_pct) == (150, 300)
    assert load_policy("balanced", base=IN_FORCE).collection.collectors == 4


@given(st.sampled_from(policy_names()), policies())
@settings(max_examples=25)
def test_no_base_makes_a_ready_made_policy_fail(name, base):
    assert isinstance(load_policy(name, base=base), Policy)


def test_a_policy_of_good_relations_never_stops_deliveries_sooner_than_today():
    for days in (15, 45, 90, 180):
        in_force = Policy().with_levers({"credit.hold_overdue_days": days})
        kind = load_policy("relationship", base=in_force)
        assert kind.credit.hold_overdue_days >= days
