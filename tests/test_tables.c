#include <stdio.h>

#include "model/content_kpis.h"
#include "model/notes.h"
#include "tests/board_kit.h"

/* A board with one table, by queue unless a test wants something else. */
static struct kit kit;
static struct column_settings columns[2];
static struct table_settings table;

static int set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    kit_init(&kit);
    columns[0] = (struct column_settings){.kpi = catalogue_kpi(kit.catalogue, "calls_waiting")};
    columns[1] = (struct column_settings){.kpi = catalogue_kpi(kit.catalogue, "longest_wait")};
    table = (struct table_settings){.column_count = 2, .columns = columns, .by = DIM_QUEUE};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_finish(&kit);
    return 0;
}

static void start(void)
{
    kit.tiles[kit.page.tile_count++] = (struct tile_settings){.id = "table",
                                                              .type = "table",
                                                              .kpi = content_kpi("table", table.by),
                                                              .columns = 1,
                                                              .rows = 1,
                                                              .ends_minute = -1,
                                                              .table = &table,
                                                              .rule = rule_settings_inherited()};
    kit_start(&kit);
}

static void say_waiting(const char *queue, double waiting, double longest_s)
{
    kit_say(&kit, "waiting_now", waiting, PERIOD_NOW, queue);
    kit_say(&kit, "longest_wait_s", longest_s, PERIOD_NOW, queue);
}

static const struct snapshot_table *look(double t_s)
{
    return kit_look(&kit, t_s, 0)->table;
}

static void rows_are_those_that_the_figures_name_in_alphabetical_order(void **state)
{
    (void)state;
    start();
    assert_int_equal(look(0)->row_count, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NODATA);
    say_waiting("Ventes", 3, 12);
    say_waiting("Support", 1, 5);
    kit_say(&kit, "tickets_open_now", 7, PERIOD_NOW, "Courrier"); /* says nothing of waiting */
    kit_answer(&kit, 10);
    const struct snapshot_table *seen = look(10);
    assert_int_equal(seen->row_count, 2);
    assert_string_equal(seen->rows[0].name, "Support");
    assert_string_equal(seen->rows[1].name, "Ventes");
    assert_number(&seen->rows[1].cells[0], 3);
    assert_number(&seen->rows[1].cells[1], 12);
    assert_string_equal(seen->columns[1].label[LANGUAGE_FR][LABEL_SHORT], "Attente max");
}

static void a_queue_that_is_gone_leaves_the_table_when_it_is_forgotten(void **state)
{
    (void)state;
    start();
    say_waiting("Support", 1, 5);
    say_waiting("Ventes", 1, 5);
    kit_answer(&kit, 0);
    say_waiting("Ventes", 1, 5);
    kit_answer(&kit, 10);
    assert_int_equal(look(10)->row_count, 2);
    assert_unknown(look(10)->rows[0].cells[0].value);
    say_waiting("Ventes", 2, 5);
    kit_answer(&kit, 1000);
    assert_int_equal(look(1000)->row_count, 1);
    assert_number(&look(1000)->rows[0].cells[0], 2);
}

static void rows_that_the_board_names_stand_in_its_order_known_or_not(void **state)
{
    (void)state;
    static const char *const rows[] = {"Ventes", "Facturation"};
    table.rows = rows;
    table.row_count = 2;
    start();
    say_waiting("Ventes", 1, 5);
    say_waiting("Support", 1, 5);
    kit_answer(&kit, 0);
    const struct snapshot_table *seen = look(0);
    assert_int_equal(seen->row_count, 2);
    assert_string_equal(seen->rows[0].name, "Ventes");
    assert_int_equal(seen->rows[1].cells[0].display, DISPLAY_NODATA);
}

static void every_cell_is_judged_by_its_own_rule_and_the_worst_is_the_tables(void **state)
{
    (void)state;
    struct rule_settings *rule = kit_rule(&kit, "calls_waiting");
    rule->where.value[DIM_QUEUE] = "Support";
    rule->warn = 50;
    rule->critical = 60;
    start();
    say_waiting("Support", 40, 5);
    say_waiting("Ventes", 40, 5);
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_int_equal(tile->table->rows[0].cells[0].display, DISPLAY_OK);
    assert_int_equal(tile->table->rows[1].cells[0].display, DISPLAY_CRITICAL);
    assert_int_equal(tile->display, DISPLAY_CRITICAL);
    assert_string_equal(tile->table->by_trouble[0]->name, "Ventes");
}

static void a_red_cell_is_an_alert_that_names_its_queue_and_the_table_is_none(void **state)
{
    (void)state;
    start();
    say_waiting("Ventes", 400, 5);
    kit_answer(&kit, 0);
    const struct snapshot *seen = kit_look_at(&kit, kit_at(0));
    assert_int_equal(seen->alert_count, 1);
    assert_string_equal(seen->alerts[0].tile->kpi_id, "calls_waiting");
    assert_string_equal(seen->alerts[0].tile->scope.value[DIM_QUEUE], "Ventes");
    assert_int_equal(seen->summary, DISPLAY_CRITICAL);
}

static void the_same_figure_on_a_tile_and_in_a_table_is_one_alert(void **state)
{
    (void)state;
    kit_tile(&kit, "ventes", "calls_waiting")->where.value[DIM_QUEUE] = "Ventes";
    start();
    say_waiting("Ventes", 400, 5);
    kit_answer(&kit, 0);
    assert_int_equal(kit_look_at(&kit, kit_at(0))->alert_count, 1);
}

static void a_cell_without_data_is_no_green_table_and_tells_the_board(void **state)
{
    (void)state;
    start();
    kit_say(&kit, "waiting_now", 0, PERIOD_NOW, "Ventes");
    kit_answer(&kit, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NEUTRAL);
    assert_true(kit_look_at(&kit, kit_at(0))->data_trouble);
}

/* It said « figé » with the time of the moment, which is never when it froze. */
static void a_stale_table_is_dated_by_its_newest_figures(void **state)
{
    (void)state;
    start();
    say_waiting("Ventes", 3, 12);
    kit_answer(&kit, 10);
    assert_int_equal(kit_look(&kit, 10, 0)->value_wall_ms, KIT_WALL_MS + 10000);
    say_waiting("Ventes", 2, 9);
    kit_answer(&kit, 20);
    const struct snapshot_tile *stale = kit_look(&kit, 300, 0);
    assert_int_equal(stale->display, DISPLAY_STALE);
    assert_int_equal(stale->value_wall_ms, KIT_WALL_MS + 20000);
    assert_int_equal(stale->age_ms, 280000);
}

static void small_teams_are_dashes_and_so_is_the_one_that_would_give_them_away(void **state)
{
    (void)state;
    table.by = DIM_TEAM;
    table.column_count = 1;
    columns[0].kpi = catalogue_kpi(kit.catalogue, "agents_acw");
    kit_tile(&kit, "all", "agents_acw");
    start();
    static const char *const teams[] = {"A", "B", "C"};
    static const double people[] = {3, 8, 12};
    for (int i = 0; i < 3; i++) {
        kit_say(&kit, "agents_acw", 2, PERIOD_NOW, NULL)->dims.value[DIM_TEAM] = teams[i];
        kit_say(&kit, "agents_logged_in", people[i], PERIOD_NOW, NULL)->dims.value[DIM_TEAM] = teams[i];
    }
    kit_say(&kit, "agents_acw", 6, PERIOD_NOW, NULL);
    kit_say(&kit, "agents_logged_in", 23, PERIOD_NOW, NULL);
    kit_answer(&kit, 0);
    const struct snapshot_table *seen = kit_look(&kit, 0, 1)->table;
    assert_int_equal(seen->rows[0].cells[0].withheld, WITHHELD_SMALL_TEAM);
    assert_int_equal(seen->rows[1].cells[0].withheld, WITHHELD_COMPLEMENT);
    assert_number(&seen->rows[2].cells[0], 2);
    assert_unknown(seen->rows[0].cells[0].value);
}

static void hundreds_of_queues_are_judged_and_counted(void **state)
{
    (void)state;
    enum { QUEUES = 200 };
    static char names[QUEUES][16];
    static struct sample samples[QUEUES];
    table.column_count = 1;
    table.row_limit = 20;
    start();
    for (int i = 0; i < QUEUES; i++) {
        snprintf(names[i], sizeof names[i], "File %03d", i);
        samples[i] = (struct sample){.id = "waiting_now", .value = i == 150 ? 400 : 0, .n = NAN};
        samples[i].dims.value[DIM_QUEUE] = names[i];
    }
    struct sample_document document = {.at_s = KIT_WALL_MS / 1000, .count = QUEUES, .samples = samples};
    board_apply(kit.board, 0, &document, kit_at(0));
    const struct snapshot_table *seen = look(0);
    assert_int_equal(seen->row_count, 200);
    assert_int_equal(seen->untold, 180);
    assert_string_equal(seen->by_trouble[0]->name, "File 150");
}

/* ---- rankings ---- */

static void say_team(const char *team, double attainment, double own_mean, double people)
{
    kit_say(&kit, "leaderboard_teams", attainment, PERIOD_WEEK, NULL)->dims.value[DIM_TEAM] = team;
    kit_say(&kit, "leaderboard_teams", own_mean, PERIOD_ROLLING_28D, NULL)->dims.value[DIM_TEAM] = team;
    kit_say(&kit, "agents_logged_in", people, PERIOD_NOW, NULL)->dims.value[DIM_TEAM] = team;
}

static void start_ranking(void)
{
    const struct kpi *kpi = catalogue_kpi(kit.catalogue, "leaderboard_teams");
    columns[0] = (struct column_settings){kpi, true, PERIOD_WEEK};
    columns[1] = (struct column_settings){kpi, true, PERIOD_ROLLING_28D};
    table.by = DIM_TEAM;
    table.ranks = true;
    start();
}

static void teams_are_ranked_by_progress_and_stay_so_for_the_week(void **state)
{
    (void)state;
    start_ranking();
    say_team("A", 97, 96, 8);
    say_team("B", 80, 70, 9);
    say_team("C", 90, 91, 12);
    kit_answer(&kit, 0);
    assert_int_equal(look(0)->ranking, RANKING_SHOWN);
    assert_int_equal(look(0)->rows[0].rank, 2);
    assert_int_equal(look(0)->rows[1].rank, 1);
    assert_int_equal(look(0)->rows[2].rank, 3);
    say_team("A", 99, 60, 8);
    say_team("B", 80, 70, 9);
    say_team("C", 90, 91, 12);
    kit_answer(&kit, 60);
    assert_int_equal(look(60)->rows[1].rank, 1);
    say_team("A", 99, 60, 8);
    say_team("B", 80, 70, 9);
    say_team("C", 90, 91, 12);
    kit_answer(&kit, 7 * 86400);
    assert_int_equal(look(7 * 86400)->rows[0].rank, 1);
    assert_int_equal(kit_look(&kit, 7 * 86400, 0)->display, DISPLAY_NEUTRAL);
}

static void a_team_of_four_ends_the_ranking_at_once(void **state)
{
    (void)state;
    start_ranking();
    say_team("A", 97, 96, 8);
    say_team("B", 80, 70, 9);
    say_team("C", 90, 91, 12);
    kit_answer(&kit, 0);
    say_team("A", 97, 96, 8);
    say_team("B", 80, 70, 4);
    say_team("C", 90, 91, 12);
    kit_answer(&kit, 60);
    assert_int_equal(look(60)->ranking, RANKING_TOO_FEW);
    assert_int_equal(look(60)->rows[1].rank, 0);
}

/* ---- notes ---- */

static void actions_are_counted_and_unread_words_never_get_in(void **state)
{
    (void)state;
    static const struct action actions[] = {
        {"a", "RH", {2026, 11, 20}, 1}, {"b", NULL, {0}, 4}, {"c", NULL, {2027, 1, 1}, 0}};
    static const struct verbatim verbatims[] = {{"gut", {2026, 11, 1}, true}, {"ungelesen", {0}, false}};
    struct notes notes = {true, 3, 2, actions, verbatims};
    kit.settings.notes = &notes;
    kit.settings.notes_count = 1;
    kit_tile(&kit, "open", "huddle_actions_open")->type = "list";
    kit_tile(&kit, "late", "huddle_actions_overdue");
    kit_tile(&kit, "said", "verbatim_feed")->type = "list";
    kit_start(&kit);
    assert_number(kit_look(&kit, 0, 0), 2);
    assert_number(kit_look(&kit, 0, 1), 1);
    assert_number(kit_look(&kit, 0, 2), 1);
    const struct snapshot_notes *seen = kit_look(&kit, 0, 0)->notes;
    assert_int_equal(seen->action_count, 2);
    assert_string_equal(seen->actions[0].text, "a");
    assert_true(seen->actions[0].overdue);
    assert_int_equal(seen->verbatim_count, 1);
    assert_string_equal(seen->verbatims[0].text, "gut");
}

static void a_huddle_has_the_actions_of_every_list_though_no_tile_shows_them(void **state)
{
    (void)state;
    static const struct action own[] = {{"a", "RH", {2027, 1, 1}, 1}, {"b", NULL, {0}, 4}},
                               file[] = {{"c", "JD", {2026, 11, 20}, 0}};
    struct notes notes[] = {{true, 2, 0, own, NULL}, {true, 1, 0, file, NULL}};
    kit.settings.notes = notes;
    kit.settings.notes_count = 2;
    kit_tile(&kit, "waiting", "calls_waiting");
    kit_start(&kit);
    const struct snapshot_notes *seen = kit_look_at(&kit, kit_at(0))->actions;
    assert_true(seen->read);
    assert_int_equal(seen->action_count, 2);
    assert_string_equal(seen->actions[0].text, "c");
    assert_true(seen->actions[0].overdue);
    assert_string_equal(seen->actions[1].text, "a");
    board_set_notes(kit.board, 1, &(struct notes){0});
    seen = kit_look_at(&kit, kit_at(1))->actions;
    assert_false(seen->read);
    assert_int_equal(seen->action_count, 1);
}

static void a_board_without_lists_has_no_actions_to_tell(void **state)
{
    (void)state;
    kit_tile(&kit, "waiting", "calls_waiting");
    kit_start(&kit);
    assert_null(kit_look_at(&kit, kit_at(0))->actions);
}

static void a_file_that_was_never_read_makes_counts_unknown_and_not_zero(void **state)
{
    (void)state;
    struct notes notes = {0};
    kit.settings.notes = &notes;
    kit.settings.notes_count = 1;
    kit_tile(&kit, "open", "huddle_actions_open");
    kit_start(&kit);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NODATA);
    board_set_notes(kit.board, 0, &(struct notes){.read = true});
    assert_number(kit_look(&kit, 1, 0), 0);
}

static void messages_that_are_over_are_gone_and_the_important_come_first(void **state)
{
    (void)state;
    static const struct announcement messages[] = {{.text = "over", .until_wall_ms = KIT_WALL_MS - 1},
                                                   {.text = "plain", .from_wall_ms = 5},
                                                   {.text = "first", .important = true}};
    kit.settings.messages = messages;
    kit.settings.message_count = 3;
    kit_tile(&kit, "waiting", "calls_waiting");
    kit_start(&kit);
    const struct snapshot *seen = kit_look_at(&kit, kit_at(0));
    assert_int_equal(seen->message_count, 2);
    assert_string_equal(seen->messages[0].text, "first");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_are_those_that_the_figures_name_in_alphabetical_order),
        TEST(a_queue_that_is_gone_leaves_the_table_when_it_is_forgotten),
        TEST(rows_that_the_board_names_stand_in_its_order_known_or_not),
        TEST(every_cell_is_judged_by_its_own_rule_and_the_worst_is_the_tables),
        TEST(a_red_cell_is_an_alert_that_names_its_queue_and_the_table_is_none),
        TEST(the_same_figure_on_a_tile_and_in_a_table_is_one_alert),
        TEST(a_cell_without_data_is_no_green_table_and_tells_the_board),
        TEST(a_stale_table_is_dated_by_its_newest_figures),
        TEST(small_teams_are_dashes_and_so_is_the_one_that_would_give_them_away),
        TEST(hundreds_of_queues_are_judged_and_counted),
        TEST(teams_are_ranked_by_progress_and_stay_so_for_the_week),
        TEST(a_team_of_four_ends_the_ranking_at_once),
        TEST(actions_are_counted_and_unread_words_never_get_in),
        TEST(a_file_that_was_never_read_makes_counts_unknown_and_not_zero),
        TEST(a_huddle_has_the_actions_of_every_list_though_no_tile_shows_them),
        TEST(a_board_without_lists_has_no_actions_to_tell),
        TEST(messages_that_are_over_are_gone_and_the_important_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
