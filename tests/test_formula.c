#include "model/formula.h"

#include "board_kit.h"
#include "table.h"

/* ---- the vectors ---- */

/* aggregation_counters.csv calls the NPS answers otherwise than counters.csv. */
static const char *counter_name(const char *name)
{
    static const char *const NAMES[][2] = {
        {"nps_p", "nps_promoters"}, {"nps_d", "nps_detractors"}, {"nps_n", "nps_responses"}};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (text_equal(name, NAMES[i][0]))
            return NAMES[i][1];
    return name;
}

/* What two queues counted. */
static void say_two_queues(struct kit *kit, const struct table *counters)
{
    for (size_t i = 0; i < counters->row_count; i++) {
        const char *name = counter_name(table_text(counters, i, "counter"));
        kit_say(kit, name, table_number(counters, i, "queue_1"), PERIOD_TODAY, "1");
        kit_say(kit, name, table_number(counters, i, "queue_2"), PERIOD_TODAY, "2");
    }
}

static void show_for_both_and_each(struct kit *kit, const char *kpi)
{
    kit_init(kit);
    kit_tile(kit, "both", kpi);
    kit_tile(kit, "1", kpi)->where.value[DIM_QUEUE] = "1";
    kit_tile(kit, "2", kpi)->where.value[DIM_QUEUE] = "2";
    kit_start(kit);
}

static void compare_row(const struct kit *kit, const struct table *cases, size_t row)
{
    static const char *const COLUMNS[] = {"correct_aggregate", "queue_1", "queue_2"};
    for (size_t i = 0; i < 3; i++) {
        double expected = table_number(cases, row, COLUMNS[i]);
        double shown = kit->snapshot->pages[0].tiles[i].value;
        if (!(fabs(shown - expected) <= 1e-9 * fabs(expected)))
            fail_msg("%s, %s: %.12g, expected %.12g", table_text(cases, row, "kpi"), COLUMNS[i], shown,
                     expected);
    }
}

static void two_queues_make_one_figure_as_ratio_of_sums(void **state)
{
    (void)state;
    struct table cases, counters;
    assert_true(table_read(&cases, "tests/data/aggregation_cases.csv"));
    assert_true(table_read(&counters, "tests/data/aggregation_counters.csv"));
    for (size_t row = 0; row < cases.row_count; row++) {
        struct kit kit;
        show_for_both_and_each(&kit, table_text(&cases, row, "kpi"));
        say_two_queues(&kit, &counters);
        kit_answer(&kit, 0);
        kit_look_at(&kit, kit_at(0));
        compare_row(&kit, &cases, row);
        kit_finish(&kit);
    }
    table_finish(&cases);
    table_finish(&counters);
}

/* The service level of one row, with the source's own numerator and denominator where `counted` is a number.
 */
static void assert_service_level(const struct table *cases, size_t row, double in_t, double counted,
                                 const char *column)
{
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    kit_say(&kit, "offered", table_number(cases, row, "offered"), PERIOD_30M, "a");
    kit_say(&kit, "answered_in_t", in_t, PERIOD_30M, "a");
    kit_say(&kit, "short_abandoned", table_number(cases, row, "short_abandoned"), PERIOD_30M, "a");
    if (!isnan(counted))
        kit_say(&kit, "sl_counted", counted, PERIOD_30M, "a");
    kit_answer(&kit, 0);
    double shown = kit_look(&kit, 0, 0)->value, expected = table_number(cases, row, column);
    if (isnan(expected) != isnan(shown) || fabs(shown - expected) > 1e-9 * expected)
        fail_msg("%s, %s: %.12g, expected %.12g", table_text(cases, row, "case"), column, shown, expected);
    kit_finish(&kit);
}

static void the_service_level_is_v1_or_the_sources_own(void **state)
{
    (void)state;
    struct table cases;
    assert_true(table_read(&cases, "tests/data/sl_variants.csv"));
    for (size_t row = 0; row < cases.row_count; row++) {
        double offered = table_number(&cases, row, "offered");
        double in_t = table_number(&cases, row, "answered_in_t");
        double gone_in_t = table_number(&cases, row, "abandoned_in_t");
        double shortly = table_number(&cases, row, "short_abandoned");
        assert_service_level(&cases, row, in_t, NAN, "V1_default");
        assert_service_level(&cases, row, in_t, offered, "V2_all_abandons_count");
        assert_service_level(&cases, row, in_t, offered - gone_in_t, "V3_exclude_abandons_in_t");
        assert_service_level(&cases, row, in_t + gone_in_t, offered, "V4_abandons_in_t_are_success");
        assert_service_level(&cases, row, in_t, table_number(&cases, row, "answered"), "V5_answered_only");
        assert_service_level(&cases, row, in_t + shortly, offered, "V6_short_abandons_are_success");
    }
    table_finish(&cases);
}

/* ---- rules in sentences: what one tile shows of what one source says ---- */

static void show(struct kit *kit, const char *kpi)
{
    kit_init(kit);
    kit_tile(kit, "tile", kpi);
    kit_start(kit);
}

static const struct snapshot_tile *result(struct kit *kit)
{
    kit_answer(kit, 0);
    return kit_look(kit, 0, 0);
}

static void zero_contacts_have_no_service_level(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "offered", 0, PERIOD_30M, NULL);
    kit_say(&kit, "answered_in_t", 0, PERIOD_30M, NULL);
    const struct snapshot_tile *tile = result(&kit);
    assert_unknown(tile->value);
    assert_int_equal(tile->display, DISPLAY_NEUTRAL);
    assert_true(tile->n == 0);
    kit_finish(&kit);
}

static void short_abandons_that_nobody_sends_count_as_none(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "offered", 100, PERIOD_30M, NULL);
    kit_say(&kit, "answered_in_t", 80, PERIOD_30M, NULL);
    assert_number(result(&kit), 80);
    kit_finish(&kit);
}

static void short_abandons_by_themselves_are_unknown_and_not_none(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "short_abandons");
    kit_say(&kit, "offered", 100, PERIOD_TODAY, NULL);
    assert_unknown(result(&kit)->value);
    kit_finish(&kit);
}

static void short_abandons_of_one_queue_are_taken_off(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_abandoned");
    kit_say(&kit, "abandoned", 10, PERIOD_TODAY, "a");
    kit_say(&kit, "abandoned", 20, PERIOD_TODAY, "b");
    kit_say(&kit, "short_abandoned", 4, PERIOD_TODAY, "a");
    kit_say(&kit, "short_abandoned", NAN, PERIOD_TODAY, "b");
    assert_number(result(&kit), 26);
    kit_finish(&kit);
}

static void one_unknown_counter_makes_the_sum_unknown(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_offered");
    kit_say(&kit, "offered", 10, PERIOD_TODAY, "a");
    kit_say(&kit, "offered", NAN, PERIOD_TODAY, "b");
    const struct snapshot_tile *tile = result(&kit);
    assert_unknown(tile->value);
    assert_int_equal(tile->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

static void counters_of_different_queues_make_no_ratio(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "asa");
    kit_say(&kit, "answered", 10, PERIOD_TODAY, "a");
    kit_say(&kit, "answered", 10, PERIOD_TODAY, "b");
    kit_say(&kit, "wait_answered_s", 100, PERIOD_TODAY, "a");
    assert_unknown(result(&kit)->value);
    kit_finish(&kit);
}

static void handling_time_falls_back_to_what_the_source_counts_as_handling(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "aht");
    kit_say(&kit, "handled", 10, PERIOD_TODAY, NULL);
    kit_say(&kit, "talk_s", 2000, PERIOD_TODAY, NULL);
    kit_say(&kit, "handle_s", 2720, PERIOD_TODAY, NULL);
    assert_number(result(&kit), 272);
    kit_finish(&kit);
}

static void handling_time_is_made_of_its_parts_where_all_are_known(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "aht");
    kit_say(&kit, "handled", 10, PERIOD_TODAY, NULL);
    kit_say(&kit, "talk_s", 2000, PERIOD_TODAY, NULL);
    kit_say(&kit, "hold_s", 100, PERIOD_TODAY, NULL);
    kit_say(&kit, "acw_s", 400, PERIOD_TODAY, NULL);
    kit_say(&kit, "handle_s", 9999, PERIOD_TODAY, NULL);
    assert_number(result(&kit), 250);
    kit_finish(&kit);
}

static void handling_time_falls_back_also_when_a_part_becomes_null(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "aht");
    kit_say(&kit, "handled", 10, PERIOD_TODAY, NULL);
    kit_say(&kit, "talk_s", 2000, PERIOD_TODAY, NULL);
    kit_say(&kit, "hold_s", NAN, PERIOD_TODAY, NULL);
    kit_say(&kit, "acw_s", 400, PERIOD_TODAY, NULL);
    kit_say(&kit, "handle_s", 2720, PERIOD_TODAY, NULL);
    assert_number(result(&kit), 272);
    kit_finish(&kit);
}

static void the_sources_own_denominator_must_be_there_for_every_queue(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "offered", 100, PERIOD_30M, "a");
    kit_say(&kit, "offered", 100, PERIOD_30M, "b");
    kit_say(&kit, "answered_in_t", 80, PERIOD_30M, "a");
    kit_say(&kit, "answered_in_t", 80, PERIOD_30M, "b");
    kit_say(&kit, "sl_counted", 90, PERIOD_30M, "a");
    assert_number(result(&kit), 80);
    kit_finish(&kit);
}

static void a_service_level_of_half_the_queues_is_none(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "offered", 100, PERIOD_30M, "a");
    kit_say(&kit, "offered", 100, PERIOD_30M, "b");
    kit_say(&kit, "answered_in_t", 80, PERIOD_30M, "a");
    kit_say(&kit, "sl_counted", 90, PERIOD_30M, "a");
    assert_unknown(result(&kit)->value);
    kit_finish(&kit);
}

static void the_longest_wait_is_the_longest_of_all_queues(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "longest_wait");
    kit_say(&kit, "longest_wait_s", 12, PERIOD_NOW, "a");
    kit_say(&kit, "longest_wait_s", 75, PERIOD_NOW, "b");
    kit_say(&kit, "longest_wait_s", 0, PERIOD_NOW, "c");
    assert_number(result(&kit), 75);
    kit_finish(&kit);
}

static void the_longest_wait_is_unknown_if_one_queue_is(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "longest_wait");
    kit_say(&kit, "longest_wait_s", 12, PERIOD_NOW, "a");
    kit_say(&kit, "longest_wait_s", NAN, PERIOD_NOW, "b");
    assert_unknown(result(&kit)->value);
    kit_finish(&kit);
}

static void the_days_figure_stands_in_for_half_an_hours_and_says_so(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "offered", 100, PERIOD_TODAY, NULL);
    kit_say(&kit, "answered_in_t", 85, PERIOD_TODAY, NULL);
    const struct snapshot_tile *tile = result(&kit);
    assert_number(tile, 85);
    assert_int_equal(tile->period, PERIOD_TODAY);
    kit_finish(&kit);
}

static void the_wished_period_is_taken_where_it_is_sent(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "offered", 100, PERIOD_TODAY, NULL);
    kit_say(&kit, "answered_in_t", 85, PERIOD_TODAY, NULL);
    kit_say(&kit, "offered", 30, PERIOD_30M, NULL);
    kit_say(&kit, "answered_in_t", 15, PERIOD_30M, NULL);
    const struct snapshot_tile *tile = result(&kit);
    assert_number(tile, 50);
    assert_int_equal(tile->period, PERIOD_30M);
    kit_finish(&kit);
}

static void a_ratio_never_mixes_periods(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "offered", 100, PERIOD_TODAY, NULL);
    kit_say(&kit, "answered_in_t", 15, PERIOD_30M, NULL);
    assert_unknown(result(&kit)->value);
    kit_finish(&kit);
}

static void a_gauge_is_of_now_whatever_the_period_of_the_tile(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct tile_settings *tile = kit_tile(&kit, "tile", "calls_waiting");
    tile->has_period = true;
    tile->period = PERIOD_TODAY;
    kit_start(&kit);
    kit_say(&kit, "waiting_now", 3, PERIOD_NOW, NULL);
    kit_say(&kit, "waiting_now", 9, PERIOD_TODAY, NULL);
    assert_number(result(&kit), 3);
    assert_int_equal(kit.snapshot->pages[0].tiles[0].period, PERIOD_NOW);
    kit_finish(&kit);
}

static void a_finished_percentage_is_shown_for_its_own_dimensions_only(void **state)
{
    (void)state;
    struct kit kit;
    show_for_both_and_each(&kit, "service_level");
    kit_say(&kit, "service_level", 90, PERIOD_15M, "1");
    kit_say(&kit, "service_level", 50, PERIOD_15M, "2");
    kit_answer(&kit, 0);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    assert_number(kit_look(&kit, 0, 1), 90);
    assert_number(kit_look(&kit, 0, 2), 50);
    assert_true(kit_look(&kit, 0, 2)->not_aggregated);
    assert_int_equal(kit_look(&kit, 0, 2)->period, PERIOD_15M);
    kit_finish(&kit);
}

static void counters_beat_a_finished_percentage(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "service_level", 99, PERIOD_30M, NULL);
    kit_say(&kit, "offered", 100, PERIOD_30M, NULL);
    kit_say(&kit, "answered_in_t", 85, PERIOD_30M, NULL);
    const struct snapshot_tile *tile = result(&kit);
    assert_number(tile, 85);
    assert_false(tile->not_aggregated);
    kit_finish(&kit);
}

static void a_finished_percentage_of_another_period_than_the_tile_names_will_not_do(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct tile_settings *tile = kit_tile(&kit, "tile", "service_level");
    tile->has_period = true;
    tile->period = PERIOD_30M;
    kit_start(&kit);
    kit_say(&kit, "service_level", 99, PERIOD_TODAY, NULL);
    assert_unknown(result(&kit)->value);
    kit_finish(&kit);
}

static void a_kpi_of_one_channel_leaves_the_others_out(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "chat_first_response_time");
    kit_say(&kit, "first_responses", 20, PERIOD_TODAY, NULL)->dims.value[DIM_CHANNEL] = "chat";
    kit_say(&kit, "first_response_s", 600, PERIOD_TODAY, NULL)->dims.value[DIM_CHANNEL] = "chat";
    kit_say(&kit, "first_responses", 20, PERIOD_TODAY, NULL)->dims.value[DIM_CHANNEL] = "email";
    kit_say(&kit, "first_response_s", 72000, PERIOD_TODAY, NULL)->dims.value[DIM_CHANNEL] = "email";
    assert_number(result(&kit), 30);
    kit_finish(&kit);
}

static void a_kpi_of_one_channel_in_a_tile_of_another_is_nothing(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "tile", "chat_first_response_time")->where.value[DIM_CHANNEL] = "email";
    kit_start(&kit);
    kit_say(&kit, "first_responses", 20, PERIOD_TODAY, NULL)->dims.value[DIM_CHANNEL] = "email";
    kit_say(&kit, "first_response_s", 600, PERIOD_TODAY, NULL)->dims.value[DIM_CHANNEL] = "email";
    assert_unknown(result(&kit)->value);
    kit_finish(&kit);
}

static void values_at_the_ends_of_double_give_a_value_or_none_but_no_infinity(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sum", "contacts_offered");
    kit_tile(&kit, "ratio", "asa");
    kit_start(&kit);
    kit_say(&kit, "offered", 1.7e308, PERIOD_TODAY, "a");
    kit_say(&kit, "offered", 1.7e308, PERIOD_TODAY, "b");
    kit_say(&kit, "wait_answered_s", 1.7e308, PERIOD_TODAY, NULL);
    kit_say(&kit, "answered", 5e-324, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    assert_unknown(kit_look(&kit, 0, 1)->value);
    kit_finish(&kit);
}

static void minus_zero_is_zero(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "service_level", -0.0, PERIOD_30M, NULL);
    const struct snapshot_tile *tile = result(&kit);
    assert_true(tile->value == 0);
    assert_false(signbit(tile->value));
    kit_finish(&kit);
}

static void infinities_are_unknown(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_offered");
    kit_say(&kit, "offered", INFINITY, PERIOD_TODAY, NULL);
    assert_unknown(result(&kit)->value);
    kit_finish(&kit);
}

static void a_finished_figure_of_a_kpi_of_one_channel_need_not_name_it(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "chat_first_response_time");
    kit_say(&kit, "chat_first_response_time", 42, PERIOD_TODAY, NULL);
    assert_number(result(&kit), 42);
    kit_finish(&kit);
}

/* Of a KPI of the board's own: largest of the offered less short abandons, which no source sends. */
static void what_may_be_left_out_does_not_make_an_extreme_unknown(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct kpi own = *catalogue_kpi(kit.catalogue, "longest_wait");
    own.id = "busiest";
    assert_true(expression_parse(catalogue_arena(kit.catalogue), "offered-short_abandoned", &own.numerator));
    catalogue_add_kpi(kit.catalogue, &own);
    kit_tile(&kit, "busiest", "busiest");
    kit_start(&kit);
    kit_say(&kit, "offered", 12, PERIOD_TODAY, "a");
    kit_say(&kit, "offered", 75, PERIOD_TODAY, "b");
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 75);
    kit_say(&kit, "offered", 12, PERIOD_TODAY, "a");
    kit_say(&kit, "offered", 75, PERIOD_TODAY, "b");
    kit_say(&kit, "short_abandoned", NAN, PERIOD_TODAY, "b");
    kit_answer(&kit, 5);
    assert_number(kit_look(&kit, 5, 0), 75);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_queues_make_one_figure_as_ratio_of_sums),
        cmocka_unit_test(the_service_level_is_v1_or_the_sources_own),
        cmocka_unit_test(zero_contacts_have_no_service_level),
        cmocka_unit_test(short_abandons_that_nobody_sends_count_as_none),
        cmocka_unit_test(short_abandons_by_themselves_are_unknown_and_not_none),
        cmocka_unit_test(short_abandons_of_one_queue_are_taken_off),
        cmocka_unit_test(one_unknown_counter_makes_the_sum_unknown),
        cmocka_unit_test(counters_of_different_queues_make_no_ratio),
        cmocka_unit_test(handling_time_falls_back_to_what_the_source_counts_as_handling),
        cmocka_unit_test(handling_time_is_made_of_its_parts_where_all_are_known),
        cmocka_unit_test(handling_time_falls_back_also_when_a_part_becomes_null),
        cmocka_unit_test(the_sources_own_denominator_must_be_there_for_every_queue),
        cmocka_unit_test(a_service_level_of_half_the_queues_is_none),
        cmocka_unit_test(the_longest_wait_is_the_longest_of_all_queues),
        cmocka_unit_test(the_longest_wait_is_unknown_if_one_queue_is),
        cmocka_unit_test(the_days_figure_stands_in_for_half_an_hours_and_says_so),
        cmocka_unit_test(the_wished_period_is_taken_where_it_is_sent),
        cmocka_unit_test(a_ratio_never_mixes_periods),
        cmocka_unit_test(a_gauge_is_of_now_whatever_the_period_of_the_tile),
        cmocka_unit_test(a_finished_percentage_is_shown_for_its_own_dimensions_only),
        cmocka_unit_test(counters_beat_a_finished_percentage),
        cmocka_unit_test(a_finished_percentage_of_another_period_than_the_tile_names_will_not_do),
        cmocka_unit_test(a_kpi_of_one_channel_leaves_the_others_out),
        cmocka_unit_test(a_kpi_of_one_channel_in_a_tile_of_another_is_nothing),
        cmocka_unit_test(values_at_the_ends_of_double_give_a_value_or_none_but_no_infinity),
        cmocka_unit_test(a_finished_figure_of_a_kpi_of_one_channel_need_not_name_it),
        cmocka_unit_test(minus_zero_is_zero),
        cmocka_unit_test(infinities_are_unknown),
        cmocka_unit_test(what_may_be_left_out_does_not_make_an_extreme_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
