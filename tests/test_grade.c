#include "model/grade.h"

#include "board_kit.h"
#include "model/rule.h"

static const double NEXT_80 = 79.999999999999986; /* the double below 80 */

static void exactly_on_a_limit_is_good(void **state)
{
    (void)state;
    struct limits limits = limits_make(DIRECTION_HIGHER_IS_BETTER, 80, NAN, 70, NAN);
    assert_int_equal(grade_level(&limits, 80), SEVERITY_OK);
    assert_int_equal(grade_level(&limits, NEXT_80), SEVERITY_WARN);
    assert_int_equal(grade_level(&limits, 70), SEVERITY_WARN);
    assert_int_equal(grade_level(&limits, 69.9), SEVERITY_CRITICAL);
}

static void where_lower_is_better_the_high_end_is_bad(void **state)
{
    (void)state;
    struct limits limits = limits_make(DIRECTION_LOWER_IS_BETTER, 60, NAN, 120, NAN);
    assert_int_equal(grade_level(&limits, -1e308), SEVERITY_OK);
    assert_int_equal(grade_level(&limits, 60), SEVERITY_OK);
    assert_int_equal(grade_level(&limits, 61), SEVERITY_WARN);
    assert_int_equal(grade_level(&limits, 121), SEVERITY_CRITICAL);
}

static void a_band_is_bad_on_both_sides(void **state)
{
    (void)state;
    struct limits limits = limits_make(DIRECTION_TARGET_BAND, 60, 85, 40, 90);
    assert_int_equal(grade_level(&limits, 39), SEVERITY_CRITICAL);
    assert_int_equal(grade_level(&limits, 40), SEVERITY_WARN);
    assert_int_equal(grade_level(&limits, 60), SEVERITY_OK);
    assert_int_equal(grade_level(&limits, 85), SEVERITY_OK);
    assert_int_equal(grade_level(&limits, 90), SEVERITY_WARN);
    assert_int_equal(grade_level(&limits, 91), SEVERITY_CRITICAL);
}

static void a_value_has_recovered_when_it_is_better_by_the_hysteresis(void **state)
{
    (void)state;
    struct limits limits = limits_make(DIRECTION_HIGHER_IS_BETTER, 80, NAN, 70, NAN);
    assert_false(grade_recovered(&limits, SEVERITY_WARN, 2, 81.9));
    assert_true(grade_recovered(&limits, SEVERITY_WARN, 2, 82));
    assert_false(grade_recovered(&limits, SEVERITY_CRITICAL, 2, 71.9));
    assert_true(grade_recovered(&limits, SEVERITY_CRITICAL, 2, 72));
}

static void a_band_is_left_on_the_side_where_it_was_crossed(void **state)
{
    (void)state;
    struct limits limits = limits_make(DIRECTION_TARGET_BAND, 60, 85, 40, 90);
    assert_false(grade_recovered(&limits, SEVERITY_WARN, 2, 83.5));
    assert_true(grade_recovered(&limits, SEVERITY_WARN, 2, 83));
    assert_false(grade_recovered(&limits, SEVERITY_WARN, 2, 61));
    assert_true(grade_recovered(&limits, SEVERITY_WARN, 2, 62));
}

static void a_warning_without_a_critical_limit_stays_a_warning(void **state)
{
    (void)state;
    struct limits limits = limits_make(DIRECTION_LOWER_IS_BETTER, 60, NAN, NAN, NAN);
    assert_int_equal(grade_level(&limits, 1e308), SEVERITY_WARN);
}

/* ---- which thresholds are a tile's ---- */

/* A service level tile of queue "a" on the phone. */
static struct rule rule_of(struct kit *kit)
{
    struct dims scope = kit->tiles[0].where;
    return rule_for_tile(&kit->settings, &kit->tiles[0], &scope);
}

static void prepare(struct kit *kit)
{
    kit_init(kit);
    struct tile_settings *tile = kit_tile(kit, "sl", "service_level");
    tile->where.value[DIM_QUEUE] = "a";
    tile->where.value[DIM_CHANNEL] = "voice";
}

static void without_a_rule_the_catalogue_judges(void **state)
{
    (void)state;
    struct kit kit;
    prepare(&kit);
    struct rule rule = rule_of(&kit);
    assert_true(rule.limits.warn_low == 80);
    assert_true(rule.limits.critical_low == 70);
    assert_true(rule.hysteresis == 2);
    assert_true(rule.min_sample == 20);
    assert_true(rule.target == 80);
    assert_int_equal(rule.for_ms, 120000);
    assert_int_equal(rule.clear_ms, 180000);
    assert_int_equal(rule.stale_after_ms, 60000);
    kit_finish(&kit);
}

static void the_more_specific_rule_wins_wherever_it_stands(void **state)
{
    (void)state;
    struct kit kit;
    prepare(&kit);
    struct rule_settings *specific = kit_rule(&kit, "service_level");
    specific->where.value[DIM_QUEUE] = "a";
    specific->where.value[DIM_CHANNEL] = "voice";
    specific->warn = 90;
    struct rule_settings *queue = kit_rule(&kit, "service_level");
    queue->where.value[DIM_QUEUE] = "a";
    queue->warn = 60;
    queue->critical = 50;
    kit_rule(&kit, "service_level")->warn = 10;
    struct rule rule = rule_of(&kit);
    assert_true(rule.limits.warn_low == 90);
    assert_true(rule.limits.critical_low == 50);
    kit_finish(&kit);
}

static void of_equal_rules_the_last_wins(void **state)
{
    (void)state;
    struct kit kit;
    prepare(&kit);
    kit_rule(&kit, "service_level")->warn = 60;
    kit_rule(&kit, "service_level")->warn = 65;
    assert_true(rule_of(&kit).limits.warn_low == 65);
    kit_finish(&kit);
}

static void a_rule_for_another_queue_or_kpi_does_not_apply(void **state)
{
    (void)state;
    struct kit kit;
    prepare(&kit);
    struct rule_settings *other = kit_rule(&kit, "service_level");
    other->where.value[DIM_QUEUE] = "b";
    other->warn = 60;
    kit_rule(&kit, "answer_rate")->warn = 50;
    assert_true(rule_of(&kit).limits.warn_low == 80);
    kit_finish(&kit);
}

static void the_tiles_own_rule_wins_over_all(void **state)
{
    (void)state;
    struct kit kit;
    prepare(&kit);
    kit_rule(&kit, "service_level")->warn = 60;
    kit.tiles[0].rule.warn = 75;
    kit.tiles[0].rule.for_ms = 0;
    struct rule rule = rule_of(&kit);
    assert_true(rule.limits.warn_low == 75);
    assert_int_equal(rule.for_ms, 0);
    kit_finish(&kit);
}

static void another_direction_brings_its_own_limits(void **state)
{
    (void)state;
    struct kit kit;
    prepare(&kit);
    kit.tiles[0].rule.has_direction = true;
    kit.tiles[0].rule.direction = DIRECTION_LOWER_IS_BETTER;
    kit.tiles[0].rule.warn = 30;
    struct rule rule = rule_of(&kit);
    assert_true(rule.limits.warn_high == 30);
    assert_unknown(rule.limits.warn_low);
    assert_unknown(rule.limits.critical_high);
    kit_finish(&kit);
}

static void percent_of_a_plan_is_not_judged_without_one(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "aht", "aht")->rule.warn = 90;
    struct rule rule = rule_of(&kit);
    assert_false(grade_possible(&rule.limits));
    assert_unknown(rule.target);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exactly_on_a_limit_is_good),
        cmocka_unit_test(where_lower_is_better_the_high_end_is_bad),
        cmocka_unit_test(a_band_is_bad_on_both_sides),
        cmocka_unit_test(a_value_has_recovered_when_it_is_better_by_the_hysteresis),
        cmocka_unit_test(a_band_is_left_on_the_side_where_it_was_crossed),
        cmocka_unit_test(a_warning_without_a_critical_limit_stays_a_warning),
        cmocka_unit_test(without_a_rule_the_catalogue_judges),
        cmocka_unit_test(the_more_specific_rule_wins_wherever_it_stands),
        cmocka_unit_test(of_equal_rules_the_last_wins),
        cmocka_unit_test(a_rule_for_another_queue_or_kpi_does_not_apply),
        cmocka_unit_test(the_tiles_own_rule_wins_over_all),
        cmocka_unit_test(another_direction_brings_its_own_limits),
        cmocka_unit_test(percent_of_a_plan_is_not_judged_without_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
