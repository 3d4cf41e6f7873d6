/* The board level of alerts: muting, compound rules, notices, flood; then the same on a living board. */

#include "model/board_alerts.h"

#include "board_kit.h"
#include "model/judgement.h"
#include "model/record.h"

/* ---- who is muted ---- */

static const struct dims sales = {.value[DIM_QUEUE] = "Sales"};
static const struct dims support = {.value[DIM_QUEUE] = "Support"};
static const struct dims sales_chat = {.value[DIM_QUEUE] = "Sales", .value[DIM_CHANNEL] = "chat"};
static const struct dims everywhere = {.value[DIM_SITE] = NULL};

static struct alert_subject subject(const char *kpi, const struct dims *where, enum display display)
{
    return (struct alert_subject){
        .kpi = kpi, .where = where, .source = 0, .display = display, .state = ALERT_ALERTING};
}

static enum muting muting_of_first(const struct alert_subject *subjects, size_t count, bool source_down,
                                   bool nobody_logged_in)
{
    const bool down[] = {source_down};
    struct alert_surroundings surroundings = {subjects, count, down, nobody_logged_in};
    return board_alerts_muting(&subjects[0], &surroundings);
}

static void an_alert_alone_is_told(void **state)
{
    (void)state;
    struct alert_subject one[] = {subject("asa", &sales, DISPLAY_WARN)};
    assert_int_equal(muting_of_first(one, 1, false, false), MUTING_NONE);
}

static void a_source_that_is_down_speaks_for_its_tiles(void **state)
{
    (void)state;
    struct alert_subject one[] = {subject("longest_wait", &sales, DISPLAY_CRITICAL)};
    assert_int_equal(muting_of_first(one, 1, true, false), MUTING_SOURCE_DOWN);
}

static void one_answer_that_failed_is_no_source_that_is_down(void **state)
{
    (void)state;
    assert_false(board_alerts_source_down(SOURCE_TIMEOUT, 1000, 30999));
    assert_true(board_alerts_source_down(SOURCE_TIMEOUT, 1000, 31000));
    assert_false(board_alerts_source_down(SOURCE_WAITING, 1000, 99000));
    assert_false(board_alerts_source_down(SOURCE_FINE, 0, 99000));
}

static void red_mutes_amber_of_the_same_figure_and_queue(void **state)
{
    (void)state;
    struct alert_subject two[] = {subject("asa", &sales, DISPLAY_WARN),
                                  subject("asa", &sales_chat, DISPLAY_CRITICAL)};
    assert_int_equal(muting_of_first(two, 2, false, false), MUTING_BY_CRITICAL);
}

static void red_mutes_neither_red_nor_another_queue_nor_another_figure(void **state)
{
    (void)state;
    struct alert_subject red[] = {subject("asa", &sales, DISPLAY_CRITICAL),
                                  subject("asa", &sales, DISPLAY_CRITICAL)};
    struct alert_subject queue[] = {subject("asa", &sales, DISPLAY_WARN),
                                    subject("asa", &support, DISPLAY_CRITICAL)};
    struct alert_subject figure[] = {subject("asa", &sales, DISPLAY_WARN),
                                     subject("aht", &sales, DISPLAY_CRITICAL)};
    assert_int_equal(muting_of_first(red, 2, false, false), MUTING_NONE);
    assert_int_equal(muting_of_first(queue, 2, false, false), MUTING_NONE);
    assert_int_equal(muting_of_first(figure, 2, false, false), MUTING_NONE);
}

static void red_that_was_put_aside_mutes_nothing(void **state)
{
    (void)state;
    struct alert_subject two[] = {subject("asa", &sales, DISPLAY_WARN),
                                  subject("asa", &sales, DISPLAY_CRITICAL)};
    two[1].state = ALERT_SHELVED;
    assert_int_equal(muting_of_first(two, 2, false, false), MUTING_NONE);
}

static void a_closed_queue_mutes_all_of_it(void **state)
{
    (void)state;
    struct alert_subject two[] = {subject("calls_waiting", &sales, DISPLAY_CRITICAL),
                                  subject("asa", &sales, DISPLAY_CLOSED)};
    assert_int_equal(muting_of_first(two, 2, false, false), MUTING_CLOSED);
    struct alert_subject whole[] = {subject("calls_waiting", &everywhere, DISPLAY_CRITICAL),
                                    subject("asa", &everywhere, DISPLAY_CLOSED)};
    assert_int_equal(muting_of_first(whole, 2, false, false), MUTING_NONE);
}

static void what_agents_do_is_no_alert_where_there_are_none(void **state)
{
    (void)state;
    struct alert_subject occupancy[] = {subject("occupancy", &sales, DISPLAY_CRITICAL)};
    struct alert_subject handling[] = {subject("aht", &sales, DISPLAY_CRITICAL)};
    struct alert_subject wrapping[] = {subject("acw_avg", &sales, DISPLAY_CRITICAL)};
    struct alert_subject answering[] = {subject("asa", &sales, DISPLAY_CRITICAL)};
    struct alert_subject waiting[] = {subject("longest_wait", &sales, DISPLAY_CRITICAL)};
    assert_int_equal(muting_of_first(occupancy, 1, false, true), MUTING_NO_AGENT);
    assert_int_equal(muting_of_first(handling, 1, false, true), MUTING_NO_AGENT);
    assert_int_equal(muting_of_first(wrapping, 1, false, true), MUTING_NO_AGENT);
    assert_int_equal(muting_of_first(answering, 1, false, true), MUTING_NO_AGENT);
    assert_int_equal(muting_of_first(waiting, 1, false, true), MUTING_NONE);
}

/* ---- compound rules ---- */

static struct compound_alert compounds[COMPOUND_COUNT];

static struct group_view begin_view(void)
{
    for (int i = 0; i < COMPOUND_COUNT; i++)
        compounds[i] = (struct compound_alert){ALERT_TIMER_OFF, 0};
    return (struct group_view){
        .open = true, .available = NAN, .logged_in = NAN, .waiting = NAN, .occupancy_percent = NAN};
}

static bool is_on(enum compound compound, const struct group_view *view, double t_s)
{
    board_alerts_compound(compounds, view, kit_at(t_s));
    return compounds[compound].since_wall_ms != 0;
}

static void nobody_free_and_calls_waiting_for_a_minute_is_c1(void **state)
{
    (void)state;
    struct group_view view = begin_view();
    view.available = 0;
    view.waiting = 1;
    assert_false(is_on(COMPOUND_NOBODY_FREE, &view, 0));
    assert_false(is_on(COMPOUND_NOBODY_FREE, &view, 59));
    assert_true(is_on(COMPOUND_NOBODY_FREE, &view, 60));
    view.waiting = 0;
    assert_false(is_on(COMPOUND_NOBODY_FREE, &view, 61));
    view.waiting = 1;
    assert_false(is_on(COMPOUND_NOBODY_FREE, &view, 62));
    assert_int_equal(board_alerts_compound_display(COMPOUND_NOBODY_FREE), DISPLAY_WARN);
}

static void nobody_logged_in_and_calls_waiting_is_c2(void **state)
{
    (void)state;
    struct group_view view = begin_view();
    view.logged_in = 0;
    view.waiting = 2;
    assert_false(is_on(COMPOUND_NOBODY_THERE, &view, 0));
    assert_false(is_on(COMPOUND_NOBODY_THERE, &view, 14));
    assert_true(is_on(COMPOUND_NOBODY_THERE, &view, 15));
    view.open = false;
    assert_false(is_on(COMPOUND_NOBODY_THERE, &view, 16));
    assert_int_equal(board_alerts_compound_display(COMPOUND_NOBODY_THERE), DISPLAY_CRITICAL);
}

static void a_red_service_level_with_idle_agents_is_c3(void **state)
{
    (void)state;
    struct group_view view = begin_view();
    view.service_level_critical = true;
    view.occupancy_percent = 69.9;
    assert_false(is_on(COMPOUND_ROUTING, &view, 0));
    assert_false(is_on(COMPOUND_ROUTING, &view, 299));
    assert_true(is_on(COMPOUND_ROUTING, &view, 300));
    view.occupancy_percent = 70;
    assert_false(is_on(COMPOUND_ROUTING, &view, 301));
}

static void short_calls_with_falling_quality_are_c4(void **state)
{
    (void)state;
    struct group_view view = begin_view();
    view.handling_too_short = true;
    assert_false(is_on(COMPOUND_HASTE, &view, 0));
    view.quality_falling = true;
    assert_true(is_on(COMPOUND_HASTE, &view, 1));
}

static void what_is_not_known_holds_nothing(void **state)
{
    (void)state;
    struct group_view view = begin_view();
    view.waiting = 5;
    view.service_level_critical = view.agent_tiles_muted = true;
    assert_int_equal(board_alerts_compound(compounds, &view, kit_at(0)), 0);
    assert_int_equal(board_alerts_compound(compounds, &view, kit_at(1000)), 0);
}

static void a_compound_alert_is_new_once(void **state)
{
    (void)state;
    struct group_view view = begin_view();
    view.handling_too_short = view.quality_falling = true;
    assert_int_equal(board_alerts_compound(compounds, &view, kit_at(0)), 1);
    assert_int_equal(board_alerts_compound(compounds, &view, kit_at(1)), 0);
}

/* ---- notices ---- */

static void a_group_is_told_after_half_a_minute_and_its_changes_every_five(void **state)
{
    (void)state;
    struct group_notice notice;
    board_alerts_notice_init(&notice);
    assert_int_equal(board_alerts_notice(&notice, 1, 0), NOTICE_NONE);
    assert_int_equal(board_alerts_notice(&notice, 2, 29999), NOTICE_NONE);
    assert_int_equal(board_alerts_notice(&notice, 2, 30000), NOTICE_FIRST);
    assert_int_equal(board_alerts_notice(&notice, 3, 329999), NOTICE_NONE);
    assert_int_equal(board_alerts_notice(&notice, 3, 330000), NOTICE_CHANGE);
    assert_int_equal(board_alerts_notice(&notice, 3, 2129999), NOTICE_NONE);
    assert_int_equal(board_alerts_notice(&notice, 3, 2130000), NOTICE_REMINDER);
}

static void a_group_that_was_well_in_between_waits_anew(void **state)
{
    (void)state;
    struct group_notice notice;
    board_alerts_notice_init(&notice);
    board_alerts_notice(&notice, 1, 0);
    assert_int_equal(board_alerts_notice(&notice, 0, 20000), NOTICE_NONE);
    assert_int_equal(board_alerts_notice(&notice, 1, 40000), NOTICE_NONE);
    assert_int_equal(board_alerts_notice(&notice, 1, 69999), NOTICE_NONE);
    assert_int_equal(board_alerts_notice(&notice, 1, 70000), NOTICE_FIRST);
}

/* ---- flood ---- */

static void eleven_alerts_in_ten_minutes_are_a_flood_until_fewer_than_five(void **state)
{
    (void)state;
    struct flood flood;
    board_alerts_flood_init(&flood);
    for (int i = 0; i < 10; i++)
        board_alerts_flood_note(&flood, i * 10000);
    assert_false(board_alerts_flood(&flood, 100000));
    board_alerts_flood_note(&flood, 100000);
    assert_true(board_alerts_flood(&flood, 100000));
    assert_true(board_alerts_flood(&flood, 659999));
    assert_false(board_alerts_flood(&flood, 670000));
}

static void eleven_alerts_in_a_longer_time_are_none(void **state)
{
    (void)state;
    struct flood flood;
    board_alerts_flood_init(&flood);
    for (int i = 0; i < 11; i++)
        board_alerts_flood_note(&flood, i * 60000);
    assert_false(board_alerts_flood(&flood, 600000));
}

/* ---- on a living board ---- */

static void judged_at_once(struct tile_settings *tile, const char *queue)
{
    tile->where.value[DIM_QUEUE] = queue;
    tile->rule.for_ms = tile->rule.clear_ms = 0;
    tile->rule.stale_after_ms = 3600000;
}

/* Sales: service level, occupancy, longest wait. */
static void open_sales(struct kit *kit)
{
    kit_init(kit);
    judged_at_once(kit_tile(kit, "sl", "service_level"), "Sales");
    judged_at_once(kit_tile(kit, "asa", "asa"), "Sales"); /* 50 s: worse than 28, better than 60 */
    judged_at_once(kit_tile(kit, "wait", "longest_wait"), "Sales");
    kit_start(kit);
}

static void say_sales(struct kit *kit, double t_s, double logged_in, double waiting, double longest_s)
{
    kit_say(kit, "agents_logged_in", logged_in, PERIOD_NOW, "Sales");
    kit_say(kit, "agents_available", 0, PERIOD_NOW, "Sales");
    kit_say(kit, "waiting_now", waiting, PERIOD_NOW, "Sales");
    kit_say(kit, "longest_wait_s", longest_s, PERIOD_NOW, "Sales");
    kit_say(kit, "answered", 40, PERIOD_TODAY, "Sales");
    kit_say(kit, "wait_answered_s", 2000, PERIOD_TODAY, "Sales");
    kit_answer(kit, t_s);
}

static void the_strip_tells_that_nobody_is_there_and_not_what_follows_from_it(void **state)
{
    (void)state;
    struct kit kit;
    open_sales(&kit);
    say_sales(&kit, 0, 0, 3, 10);
    say_sales(&kit, 15, 0, 3, 25);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(15));
    assert_int_equal(snapshot->pages[0].tiles[1].display, DISPLAY_WARN);
    assert_int_equal(snapshot->alert_count, 1);
    assert_null(snapshot->alerts[0].tile);
    assert_int_equal(snapshot->alerts[0].compound, COMPOUND_NOBODY_THERE);
    assert_string_equal(snapshot->alerts[0].where.value[DIM_QUEUE], "Sales");
    assert_int_equal(snapshot->alerts[0].since_wall_ms, KIT_WALL_MS + 15000);
    assert_int_equal(snapshot->summary, DISPLAY_CRITICAL);
    kit_finish(&kit);
}

static void where_nobody_is_logged_in_that_is_told_in_place_of_what_it_mutes(void **state)
{
    (void)state;
    struct kit kit;
    open_sales(&kit);
    say_sales(&kit, 0, 0, 0, 0);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(0));
    assert_int_equal(snapshot->alert_count, 1);
    assert_int_equal(snapshot->alerts[0].compound, COMPOUND_NO_AGENT);
    say_sales(&kit, 10, 2, 0, 0);
    snapshot = kit_look_at(&kit, kit_at(10));
    assert_int_equal(snapshot->alert_count, 1);
    assert_string_equal(snapshot->alerts[0].tile->id, "asa");
    kit_finish(&kit);
}

static void agents_that_nobody_counts_raise_no_alarm(void **state)
{
    (void)state;
    struct kit kit;
    open_sales(&kit);
    say_sales(&kit, 0, NAN, 3, 10);
    say_sales(&kit, 30, NAN, 3, 10);
    assert_int_equal(kit_look_at(&kit, kit_at(30))->alerts[0].compound, COMPOUND_NONE);
    kit_finish(&kit);
}

static void figures_that_are_too_old_raise_no_compound_alarm(void **state)
{
    (void)state;
    struct kit kit;
    open_sales(&kit);
    say_sales(&kit, 0, 0, 3, 10);
    board_tick(kit.board, kit_at(31));
    assert_int_equal(kit_look_at(&kit, kit_at(50))->alert_count, 1);
    assert_non_null(kit.snapshot->alerts[0].tile);
    kit_finish(&kit);
}

static void alerts_of_a_silent_source_are_not_told_and_nothing_is_green(void **state)
{
    (void)state;
    struct kit kit;
    open_sales(&kit);
    say_sales(&kit, 0, 5, 3, 200);
    struct source_failure failure = {.problem = SOURCE_UNREACHABLE};
    board_source_failed(kit.board, 0, &failure, kit_at(10));
    assert_int_equal(kit_look_at(&kit, kit_at(39))->alert_count, 2);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(40));
    assert_int_equal(snapshot->alert_count, 0);
    assert_true(snapshot->data_trouble);
    assert_int_equal(snapshot->summary, DISPLAY_NODATA);
    kit_finish(&kit);
}

static void a_group_that_is_due_raises_the_count_of_notices(void **state)
{
    (void)state;
    struct kit kit;
    open_sales(&kit);
    say_sales(&kit, 0, 5, 0, 200);
    assert_int_equal(kit_look_at(&kit, kit_at(29))->notices, 0);
    assert_int_equal(kit_look_at(&kit, kit_at(30))->notices, 1);
    assert_int_equal(kit_look_at(&kit, kit_at(31))->notices, 1);
    kit_finish(&kit);
}

/* Tiles that show the longest wait of the whole centre, each with a threshold of its own, change together. */
static void longest_waits(struct kit *kit, const char *const *ids, int count)
{
    for (int i = 0; i < count; i++) {
        struct tile_settings *tile = kit_tile(kit, ids[i], "longest_wait");
        judged_at_once(tile, NULL);
        tile->rule.critical = 120 + i;
    }
}

static void swing(struct kit *kit, double t_s, double longest_s)
{
    kit_say(kit, "longest_wait_s", longest_s, PERIOD_NOW, NULL);
    kit_answer(kit, t_s);
}

static void in_a_flood_the_worst_three_and_the_first_are_told(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    static const char *const IDS[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    longest_waits(&kit, IDS, KIT_TILES_MAX);
    kit_start(&kit);
    swing(&kit, 0, 0);
    swing(&kit, 100, 200);
    assert_int_equal(kit_look_at(&kit, kit_at(100))->alert_count, 8);
    assert_false(kit.snapshot->flood);
    swing(&kit, 200, 0);
    swing(&kit, 300, 200);
    assert_int_equal(kit_look_at(&kit, kit_at(300))->alert_count, 4);
    assert_true(kit.snapshot->flood);
    assert_int_equal(kit.snapshot->alerts_untold, 4);
    kit_finish(&kit);
}

/* How many tiles have an alert for which people were called. */
static int called(struct kit *kit, double t_s)
{
    int count = 0;
    for (size_t i = 0; i < board_tile_count(kit->board); i++)
        count += board_record_call(kit->board, i, kit_at(t_s)).told;
    return count;
}

static void all_red_at_the_start_is_no_flood(void **state)
{
    (void)state;
    struct kit kit;
    open_sales(&kit);
    say_sales(&kit, 0, 5, 3, 200);
    assert_int_equal(called(&kit, 0), 0);
    say_sales(&kit, 10, 5, 3, 0);
    say_sales(&kit, 20, 5, 3, 200);
    assert_int_equal(called(&kit, 20), 1);
    say_sales(&kit, 30, 5, 3, 200);
    assert_int_equal(called(&kit, 30), 1); /* the same one */
    say_sales(&kit, 40, 5, 3, 0);
    assert_int_equal(called(&kit, 40), 0);
    kit_finish(&kit);
}

static void an_empty_room_without_calls_is_no_c2(void **state)
{
    (void)state;
    struct group_view view = begin_view();
    view.logged_in = view.waiting = 0;
    is_on(COMPOUND_NOBODY_THERE, &view, 0);
    assert_false(is_on(COMPOUND_NOBODY_THERE, &view, 60));
}

static void say_quality(struct kit *kit, double t_s, double handle_s, double satisfied)
{
    kit_say(kit, "talk_s", handle_s * 100, PERIOD_TODAY, "Sales");
    kit_say(kit, "hold_s", 0, PERIOD_TODAY, "Sales");
    kit_say(kit, "acw_s", 0, PERIOD_TODAY, "Sales");
    kit_say(kit, "handled", 100, PERIOD_TODAY, "Sales");
    kit_say(kit, "csat_top2", satisfied, PERIOD_ROLLING_7D, "Sales");
    kit_say(kit, "csat_responses", 100, PERIOD_ROLLING_7D, "Sales");
    kit_answer(kit, t_s);
}

static size_t compounds_told(struct kit *kit, double t_s)
{
    const struct snapshot *snapshot = kit_look_at(kit, kit_at(t_s));
    size_t told = 0;
    for (size_t i = 0; i < snapshot->alert_count; i++)
        told += snapshot->alerts[i].compound != COMPOUND_NONE;
    return told;
}

static void the_board_tells_haste_where_calls_are_short_and_not_where_they_are_long(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct kpi kpi = *catalogue_kpi(kit.catalogue, "aht");
    kpi.threshold_mode = THRESHOLD_ABSOLUTE; /* else it takes a plan to judge it */
    catalogue_add_kpi(kit.catalogue, &kpi);
    struct tile_settings *aht = kit_tile(&kit, "aht", "aht");
    judged_at_once(aht, "Sales");
    aht->rule.has_direction = true;
    aht->rule.direction = DIRECTION_TARGET_BAND;
    aht->rule.warn = 200;
    aht->rule.warn_high = 300;
    aht->rule.critical = 100;
    aht->rule.critical_high = 400;
    judged_at_once(kit_tile(&kit, "csat", "csat_rate"), "Sales");
    kit_start(&kit);
    say_quality(&kit, 0, 150, 90);
    assert_int_equal(compounds_told(&kit, 0), 0);
    say_quality(&kit, 10, 150, 70);
    assert_int_equal(compounds_told(&kit, 10), 1);
    say_quality(&kit, 20, 350, 70);
    assert_int_equal(compounds_told(&kit, 20), 0);
    kit_finish(&kit);
}

static void say_level(struct kit *kit, double t_s, double in_t)
{
    kit_say(kit, "offered", 100, PERIOD_30M, "Sales");
    kit_say(kit, "answered_in_t", in_t, PERIOD_30M, "Sales");
    kit_say(kit, "talk_s", 100, PERIOD_30M, "Sales");
    kit_say(kit, "hold_s", 0, PERIOD_30M, "Sales");
    kit_say(kit, "acw_s", 0, PERIOD_30M, "Sales");
    kit_say(kit, "ready_idle_s", 9900, PERIOD_30M, "Sales");
    say_sales(kit, t_s, 5, 0, 0);
}

static void idle_agents_are_told_beside_a_red_service_level_not_an_amber_one(void **state)
{
    (void)state;
    struct kit kit;
    open_sales(&kit);
    for (int t_s = 0; t_s <= 320; t_s += 20)
        say_level(&kit, t_s, 75);
    assert_int_equal(compounds_told(&kit, 320), 0);
    for (int t_s = 340; t_s <= 660; t_s += 20)
        say_level(&kit, t_s, 50);
    assert_int_equal(compounds_told(&kit, 660), 1);
    kit_finish(&kit);
}

static void a_closed_floor_has_no_compound_alarm(void **state)
{
    (void)state;
    struct kit kit;
    open_sales(&kit);
    say_sales(&kit, 0, 0, 3, 10);
    say_sales(&kit, 15, 0, 3, 25);
    assert_int_equal(compounds_told(&kit, 15), 1);
    board_close(kit.board, kit_at(16));
    assert_int_equal(compounds_told(&kit, 16), 0);
    kit_finish(&kit);
}

static void a_silent_source_is_trouble_with_data_though_its_figures_are_young(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    judged_at_once(kit_tile(&kit, "wait", "longest_wait"), NULL);
    kit_start(&kit);
    swing(&kit, 0, 200);
    struct source_failure failure = {.problem = SOURCE_UNREACHABLE};
    board_source_failed(kit.board, 0, &failure, kit_at(10));
    assert_false(kit_look_at(&kit, kit_at(39))->data_trouble);
    assert_true(kit_look_at(&kit, kit_at(40))->data_trouble);
    kit_finish(&kit);
}

static void what_is_muted_is_not_counted(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    judged_at_once(kit_tile(&kit, "asa", "asa"), NULL);
    kit_tile(&kit, "logged", "agents_logged_in");
    kit.tiles[0].rule.min_sample = 0;
    kit_start(&kit);
    for (int t_s = 0; t_s <= 20; t_s += 10) {
        kit_say(&kit, "agents_logged_in", t_s == 10 ? 0 : 5, PERIOD_NOW, NULL);
        kit_say(&kit, "wait_answered_s", t_s == 10 ? 9000 : 10, PERIOD_TODAY, NULL);
        kit_say(&kit, "answered", 10, PERIOD_TODAY, NULL);
        kit_answer(&kit, t_s);
        assert_int_equal(called(&kit, t_s), 0);
    }
    kit_finish(&kit);
}

static void say_both(struct kit *kit, double t_s, double waiting, double longest_s)
{
    kit_say(kit, "waiting_now", waiting, PERIOD_NOW, NULL);
    swing(kit, t_s, longest_s);
}

static void the_alert_that_came_first_is_told_in_a_flood_though_others_are_worse(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    static const char *const IDS[] = {"a", "b", "c", "d", "e", "f", "g"};
    judged_at_once(kit_tile(&kit, "first", "calls_waiting"), NULL);
    longest_waits(&kit, IDS, KIT_TILES_MAX - 1);
    kit_start(&kit);
    say_both(&kit, 0, 0, 0);
    say_both(&kit, 100, 7, 200);
    say_both(&kit, 200, 7, 0);
    say_both(&kit, 300, 7, 200);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(300));
    assert_true(snapshot->flood);
    assert_string_equal(snapshot->alerts[2].tile->id, "c");
    assert_string_equal(snapshot->alerts[3].tile->id, "first");
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alert_alone_is_told),
        cmocka_unit_test(a_source_that_is_down_speaks_for_its_tiles),
        cmocka_unit_test(one_answer_that_failed_is_no_source_that_is_down),
        cmocka_unit_test(red_mutes_amber_of_the_same_figure_and_queue),
        cmocka_unit_test(red_mutes_neither_red_nor_another_queue_nor_another_figure),
        cmocka_unit_test(red_that_was_put_aside_mutes_nothing),
        cmocka_unit_test(a_closed_queue_mutes_all_of_it),
        cmocka_unit_test(what_agents_do_is_no_alert_where_there_are_none),
        cmocka_unit_test(nobody_free_and_calls_waiting_for_a_minute_is_c1),
        cmocka_unit_test(nobody_logged_in_and_calls_waiting_is_c2),
        cmocka_unit_test(a_red_service_level_with_idle_agents_is_c3),
        cmocka_unit_test(short_calls_with_falling_quality_are_c4),
        cmocka_unit_test(what_is_not_known_holds_nothing),
        cmocka_unit_test(a_compound_alert_is_new_once),
        cmocka_unit_test(a_group_is_told_after_half_a_minute_and_its_changes_every_five),
        cmocka_unit_test(a_group_that_was_well_in_between_waits_anew),
        cmocka_unit_test(eleven_alerts_in_ten_minutes_are_a_flood_until_fewer_than_five),
        cmocka_unit_test(eleven_alerts_in_a_longer_time_are_none),
        cmocka_unit_test(the_strip_tells_that_nobody_is_there_and_not_what_follows_from_it),
        cmocka_unit_test(where_nobody_is_logged_in_that_is_told_in_place_of_what_it_mutes),
        cmocka_unit_test(agents_that_nobody_counts_raise_no_alarm),
        cmocka_unit_test(figures_that_are_too_old_raise_no_compound_alarm),
        cmocka_unit_test(alerts_of_a_silent_source_are_not_told_and_nothing_is_green),
        cmocka_unit_test(a_group_that_is_due_raises_the_count_of_notices),
        cmocka_unit_test(in_a_flood_the_worst_three_and_the_first_are_told),
        cmocka_unit_test(all_red_at_the_start_is_no_flood),
        cmocka_unit_test(an_empty_room_without_calls_is_no_c2),
        cmocka_unit_test(the_board_tells_haste_where_calls_are_short_and_not_where_they_are_long),
        cmocka_unit_test(idle_agents_are_told_beside_a_red_service_level_not_an_amber_one),
        cmocka_unit_test(a_closed_floor_has_no_compound_alarm),
        cmocka_unit_test(a_silent_source_is_trouble_with_data_though_its_figures_are_young),
        cmocka_unit_test(what_is_muted_is_not_counted),
        cmocka_unit_test(the_alert_that_came_first_is_told_in_a_flood_though_others_are_worse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
