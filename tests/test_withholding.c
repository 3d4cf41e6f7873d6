/* Figures about people are only shown of groups; model/privacy.h has the rules, here is the board. */
#include "board_kit.h"
#include "model/judgement.h"

static void say_people(struct kit *kit, double people, const char *team)
{
    struct sample *sample = kit_say(kit, "agents_logged_in", people, PERIOD_NOW, NULL);
    sample->dims.value[DIM_TEAM] = team;
}

static void say_occupancy(struct kit *kit, double percent, const char *team)
{
    struct sample *sample = kit_say(kit, "occupancy", percent, PERIOD_30M, NULL);
    sample->dims.value[DIM_TEAM] = team;
}

/* Occupancy of a team; NULL: of the whole site. */
static void show_team(struct kit *kit, const char *id, const char *team)
{
    kit_tile(kit, id, "occupancy")->where.value[DIM_TEAM] = team;
}

static void start_with_team(struct kit *kit, const char *team)
{
    kit_init(kit);
    show_team(kit, "occupancy", team);
    kit_start(kit);
}

static void a_team_of_four_shows_no_figure_and_says_why(void **state)
{
    (void)state;
    struct kit kit;
    start_with_team(&kit, "Nuit");
    say_people(&kit, 4, "Nuit");
    say_occupancy(&kit, 97, "Nuit");
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_int_equal(tile->withheld, WITHHELD_SMALL_TEAM);
    assert_int_equal(tile->display, DISPLAY_NEUTRAL);
    assert_unknown(tile->value);
    assert_false(tile->not_aggregated);
    assert_unknown(board_judgement(kit.board, 0, kit_at(0)).value);
    assert_int_equal(board_judgement(kit.board, 0, kit_at(0)).severity, SEVERITY_OK);
    assert_int_equal(kit.snapshot->alert_count, 0);
    kit_finish(&kit);
}

static void a_team_of_five_is_shown_and_judged(void **state)
{
    (void)state;
    struct kit kit;
    start_with_team(&kit, "Jour");
    say_people(&kit, 5, "Jour");
    say_occupancy(&kit, 97, "Jour");
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_int_equal(tile->withheld, WITHHELD_NOT);
    assert_number(tile, 97);
    assert_int_equal(tile->display, DISPLAY_CRITICAL);
    kit_finish(&kit);
}

static void a_team_that_shrinks_under_five_is_hidden_at_once_by_another_source(void **state)
{
    (void)state;
    struct kit kit;
    start_with_team(&kit, "Jour");
    say_occupancy(&kit, 97, "Jour");
    kit_answer_at(&kit, 0, 0, kit_at(0));
    say_people(&kit, 12, "Jour");
    kit_answer_at(&kit, 1, 0, kit_at(0));
    say_occupancy(&kit, 97, "Jour");
    kit_answer_at(&kit, 0, 5, kit_at(5));
    assert_number(kit_look(&kit, 5, 0), 97);
    say_people(&kit, 3, "Jour");
    kit_answer_at(&kit, 1, 6, kit_at(6));
    assert_unknown(kit_look(&kit, 6, 0)->value);
    assert_int_equal(kit_look(&kit, 6, 0)->withheld, WITHHELD_SMALL_TEAM);
    assert_int_equal(kit_look(&kit, 6, 0)->display, DISPLAY_NEUTRAL);
    kit_finish(&kit);
}

static void a_team_of_unknown_size_is_not_shown(void **state)
{
    (void)state;
    struct kit kit;
    start_with_team(&kit, "Jour");
    say_occupancy(&kit, 97, "Jour");
    kit_answer(&kit, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->withheld, WITHHELD_TEAM_UNKNOWN);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    kit_finish(&kit);
}

static void a_site_whose_source_counts_nobody_is_shown(void **state)
{
    (void)state;
    struct kit kit;
    start_with_team(&kit, NULL);
    say_occupancy(&kit, 70, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 70);
    kit_finish(&kit);
}

static void a_service_level_is_not_about_people(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level")->where.value[DIM_TEAM] = "Nuit";
    kit_start(&kit);
    say_people(&kit, 2, "Nuit");
    kit_say(&kit, "service_level", 85, PERIOD_30M, NULL)->dims.value[DIM_TEAM] = "Nuit";
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 85);
    kit_finish(&kit);
}

static void a_large_team_beside_the_total_and_a_small_one_is_hidden_as_well(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    show_team(&kit, "all", NULL);
    show_team(&kit, "day", "Jour");
    show_team(&kit, "evening", "Soir");
    show_team(&kit, "night", "Nuit");
    kit_start(&kit);
    say_people(&kit, 33, NULL);
    say_people(&kit, 20, "Jour");
    say_people(&kit, 10, "Soir");
    say_people(&kit, 3, "Nuit");
    say_occupancy(&kit, 70, NULL);
    say_occupancy(&kit, 71, "Jour");
    say_occupancy(&kit, 72, "Soir");
    say_occupancy(&kit, 73, "Nuit");
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 70);
    assert_number(kit_look(&kit, 0, 1), 71);
    assert_int_equal(kit_look(&kit, 0, 2)->withheld, WITHHELD_COMPLEMENT);
    assert_unknown(kit_look(&kit, 0, 2)->value);
    assert_int_equal(kit_look(&kit, 0, 3)->withheld, WITHHELD_SMALL_TEAM);
    kit_finish(&kit);
}

static void answer_survey(struct kit *kit, double mean, double answers, double t_s)
{
    kit_say(kit, "esat_score", mean, PERIOD_MONTH, NULL)->n = answers;
    kit_answer(kit, t_s);
}

static void a_staff_survey_is_shown_from_ten_answers_on(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "esat", "esat_score");
    kit_start(&kit);
    answer_survey(&kit, 4.1, 9, 0);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    assert_int_equal(kit_look(&kit, 0, 0)->withheld, WITHHELD_FEW_ANSWERS);
    answer_survey(&kit, 4.2, 10, 1);
    assert_number(kit_look(&kit, 1, 0), 4.2);
    assert_int_equal(kit_look(&kit, 1, 0)->withheld, WITHHELD_NOT);
    kit_finish(&kit);
}

static void waiting_in_queue(struct kit *kit, double agents)
{
    kit_init(kit);
    kit_tile(kit, "waiting", "calls_waiting")->where.value[DIM_QUEUE] = "Export";
    kit_start(kit);
    kit_say(kit, "agents_logged_in", agents, PERIOD_NOW, "Export");
    kit_say(kit, "waiting_now", 99, PERIOD_NOW, "Export");
    kit_answer(kit, 0);
    kit_look(kit, 0, 0);
    assert_int_equal(kit->snapshot->alert_count, 1);
}

static void an_alert_does_not_name_the_queue_of_a_single_agent(void **state)
{
    (void)state;
    struct kit kit;
    waiting_in_queue(&kit, 1);
    assert_true(kit.snapshot->alerts[0].tile->queue_unnamed);
    kit_finish(&kit);
}

static void an_alert_names_the_queue_of_two_agents(void **state)
{
    (void)state;
    struct kit kit;
    waiting_in_queue(&kit, 2);
    assert_false(kit.snapshot->alerts[0].tile->queue_unnamed);
    kit_finish(&kit);
}

/* Nobody is free for a minute and more, and somebody waits. */
static void nobody_free(struct kit *kit, double agents, double last_agents)
{
    kit_init(kit);
    struct tile_settings *tile = kit_tile(kit, "waiting", "calls_waiting");
    tile->where.value[DIM_SITE] = "Lyon";
    tile->where.value[DIM_QUEUE] = "Export";
    kit_start(kit);
    for (int t_s = 0; t_s <= 80; t_s += 20) {
        double logged_in = t_s < 80 ? agents : last_agents;
        kit_say(kit, "agents_logged_in", logged_in, PERIOD_NOW, "Export")->dims.value[DIM_SITE] = "Lyon";
        kit_say(kit, "agents_available", 0, PERIOD_NOW, "Export")->dims.value[DIM_SITE] = "Lyon";
        kit_say(kit, "waiting_now", 1, PERIOD_NOW, "Export")->dims.value[DIM_SITE] = "Lyon";
        kit_answer(kit, t_s);
        kit_look(kit, t_s, 0);
    }
    kit_look(kit, 95, 0);
    assert_int_equal(kit->snapshot->alert_count, 1);
    assert_null(kit->snapshot->alerts[0].tile);
    assert_string_equal(kit->snapshot->alerts[0].where.value[DIM_SITE], "Lyon");
}

static void a_compound_alert_does_not_name_the_queue_of_a_single_agent(void **state)
{
    (void)state;
    struct kit kit;
    nobody_free(&kit, 1, 1);
    assert_int_equal(kit.snapshot->alerts[0].compound, COMPOUND_NOBODY_FREE);
    assert_null(kit.snapshot->alerts[0].where.value[DIM_QUEUE]);
    kit_finish(&kit);
}

static void a_compound_alert_names_the_queue_of_two_agents(void **state)
{
    (void)state;
    struct kit kit;
    nobody_free(&kit, 2, 2);
    assert_string_equal(kit.snapshot->alerts[0].where.value[DIM_QUEUE], "Export");
    kit_finish(&kit);
}

static void that_a_single_agent_has_left_does_not_name_the_queue_either(void **state)
{
    (void)state;
    struct kit kit;
    nobody_free(&kit, 1, 0);
    assert_int_equal(kit.snapshot->alerts[0].compound, COMPOUND_NOBODY_THERE);
    assert_null(kit.snapshot->alerts[0].where.value[DIM_QUEUE]);
    kit_finish(&kit);
}

static void that_all_of_several_agents_have_left_is_told_with_the_queue(void **state)
{
    (void)state;
    struct kit kit;
    nobody_free(&kit, 3, 0);
    assert_int_equal(kit.snapshot->alerts[0].compound, COMPOUND_NOBODY_THERE);
    assert_string_equal(kit.snapshot->alerts[0].where.value[DIM_QUEUE], "Export");
    kit_finish(&kit);
}

static void a_queue_whose_agents_nobody_counts_is_named(void **state)
{
    (void)state;
    struct kit kit;
    nobody_free(&kit, NAN, NAN);
    assert_string_equal(kit.snapshot->alerts[0].where.value[DIM_QUEUE], "Export");
    kit_finish(&kit);
}

static void a_team_of_three_does_not_show_its_states_either(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "states", "agent_states")->where.value[DIM_TEAM] = "Nuit";
    kit_start(&kit);
    say_people(&kit, 3, "Nuit");
    kit_say(&kit, "agents_available", 2, PERIOD_NOW, NULL)->dims.value[DIM_TEAM] = "Nuit";
    kit_say(&kit, "agents_pause", 1, PERIOD_NOW, NULL)->dims.value[DIM_TEAM] = "Nuit";
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_int_equal(tile->withheld, WITHHELD_SMALL_TEAM);
    assert_unknown(tile->value);
    assert_int_equal(tile->part_count, 0);
    kit_finish(&kit);
}

/* The states come from one source, the size of the team from another: that one may say "three" later. */
static void a_team_that_shrinks_takes_its_states_from_the_wall(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "states", "agent_states")->where.value[DIM_TEAM] = "Jour";
    kit_start(&kit);
    kit_say(&kit, "agents_available", 2, PERIOD_NOW, NULL)->dims.value[DIM_TEAM] = "Jour";
    kit_answer_at(&kit, 0, 0, kit_at(0));
    say_people(&kit, 12, "Jour");
    kit_answer_at(&kit, 1, 0, kit_at(0));
    kit_say(&kit, "agents_available", 2, PERIOD_NOW, NULL)->dims.value[DIM_TEAM] = "Jour";
    kit_answer_at(&kit, 0, 5, kit_at(5));
    assert_int_equal(kit_look(&kit, 5, 0)->part_count, 1);
    say_people(&kit, 3, "Jour");
    kit_answer_at(&kit, 1, 4, kit_at(6));
    assert_int_equal(kit_look(&kit, 6, 0)->withheld, WITHHELD_SMALL_TEAM);
    assert_int_equal(kit_look(&kit, 6, 0)->part_count, 0);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_team_of_four_shows_no_figure_and_says_why),
        cmocka_unit_test(a_team_of_five_is_shown_and_judged),
        cmocka_unit_test(a_team_that_shrinks_under_five_is_hidden_at_once_by_another_source),
        cmocka_unit_test(a_team_of_unknown_size_is_not_shown),
        cmocka_unit_test(a_site_whose_source_counts_nobody_is_shown),
        cmocka_unit_test(a_service_level_is_not_about_people),
        cmocka_unit_test(a_large_team_beside_the_total_and_a_small_one_is_hidden_as_well),
        cmocka_unit_test(a_staff_survey_is_shown_from_ten_answers_on),
        cmocka_unit_test(an_alert_does_not_name_the_queue_of_a_single_agent),
        cmocka_unit_test(an_alert_names_the_queue_of_two_agents),
        cmocka_unit_test(a_compound_alert_does_not_name_the_queue_of_a_single_agent),
        cmocka_unit_test(a_compound_alert_names_the_queue_of_two_agents),
        cmocka_unit_test(that_a_single_agent_has_left_does_not_name_the_queue_either),
        cmocka_unit_test(that_all_of_several_agents_have_left_is_told_with_the_queue),
        cmocka_unit_test(a_queue_whose_agents_nobody_counts_is_named),
        cmocka_unit_test(a_team_of_three_does_not_show_its_states_either),
        cmocka_unit_test(a_team_that_shrinks_takes_its_states_from_the_wall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
