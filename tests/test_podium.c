/* The ranking of agents who asked for one: who gets in, when it is shown, when it ends (P08 to P10). */
#include "model/podium.h"

#include <stdio.h>
#include <unistd.h>

#include "app/opt_in_file.h"
#include "base/calendar.h"
#include "base/text.h"
#include "board_kit.h"
#include "tests/files.h"
#include "tests/moment.h"

/* Monday to Sunday of the week before the present one, of which it is Wednesday. */
#define THIS_MONDAY "2026-11-23T00:00"
#define WEDNESDAY   "2026-11-25T10:00"
#define LAST_FRIDAY "2026-11-20T18:00"
#define NEXT_MONDAY "2026-11-30T00:00"

enum { AGENTS = 10, ENOUGH = 40 };

static const char *const ids[AGENTS] = {"4711", "4712", "4713", "4714", "4715",
                                        "4716", "4717", "4718", "4719", "4720"};
static struct podium_participant all[AGENTS] = {
    {"4711", "Comète"}, {"4712", "Zéphyr"},  {"4713", "Orage"}, {"4714", "Brume"}, {"4715", "Aurore"},
    {"4716", "Galet"},  {"4717", "Mistral"}, {"4718", "Lynx"},  {"4719", "Silex"}, {"4720", "Embrun"}};

static struct kit kit;
static const struct kpi *score[2];
static struct podium_settings settings;

static struct now at(const char *moment)
{
    int64_t wall_ms = moment_ms(moment);
    return (struct now){wall_ms - KIT_WALL_MS, wall_ms};
}

static void begin(size_t participants)
{
    assert_true(calendar_set_zone("Europe/Paris", NULL));
    kit_init(&kit);
    score[0] = catalogue_kpi(kit.catalogue, "csat_rate");
    score[1] = catalogue_kpi(kit.catalogue, "mean_reply_time");
    settings = (struct podium_settings){
        .agreement = {true, moment_ms("2026-10-01"), moment_ms("2026-10-15"), "R-12", "DRH",
                      moment_ms("2026-12-31")},
        .kpi_count = 2,
        .kpis = score,
        .list = {true, participants, all},
    };
    kit.settings.podium = &settings;
    kit.settings.source_count = 1;
    kit_tile(&kit, "podium", "leaderboard_agents")->ranks_agents = true;
    kit_tile(&kit, "csat", "csat_rate");
    kit_start(&kit);
}

static int end(void **state)
{
    (void)state;
    kit_finish(&kit);
    return 0;
}

static void say_of(const char *agent, const char *id, double value, enum period period)
{
    kit_say(&kit, id, value, period, NULL)->dims.value[DIM_AGENT] = agent;
}

/* Agents in the order of their ids: the later the happier their customers, and the slower. */
static void say_week(size_t agents, double contacts)
{
    for (size_t i = 0; i < agents; i++) {
        say_of(ids[i], "handled", contacts, PERIOD_WEEK);
        say_of(ids[i], "csat_responses", 20, PERIOD_WEEK);
        say_of(ids[i], "csat_top2", 10 + (double)i, PERIOD_WEEK);
        say_of(ids[i], "replies", 10, PERIOD_WEEK);
        say_of(ids[i], "reply_s", 600, PERIOD_WEEK);
    }
}

static void answer(const char *figures, const char *arrival)
{
    struct sample_document document = {
        .at_s = (double)moment_ms(figures) / 1000, .count = kit.sample_count, .samples = kit.samples};
    board_apply(kit.board, 0, &document, at(arrival));
    kit.sample_count = 0;
}

static const struct snapshot_podium *look(const char *moment)
{
    board_tick(kit.board, at(moment));
    return kit_look_at(&kit, at(moment))->pages[0].tiles[0].podium;
}

static void assert_places(const struct snapshot_podium *podium, const char *first, const char *second,
                          const char *third)
{
    assert_int_equal(podium->ranking, RANKING_SHOWN);
    assert_int_equal(podium->place_count, 3);
    assert_string_equal(podium->places[0].pseudonym, first);
    assert_string_equal(podium->places[1].pseudonym, second);
    assert_string_equal(podium->places[2].pseudonym, third);
}

/* ---- weeks ---- */

static void the_three_best_of_last_week_have_places_and_nobody_else(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    const struct snapshot_podium *podium = look(WEDNESDAY);
    assert_places(podium, "Embrun", "Silex", "Lynx");
    assert_int_equal(podium->places[0].rank, 1);
    assert_int_equal(podium->places[2].rank, 3);
    assert_int_equal(podium->from_wall_ms, moment_ms("2026-11-16"));
    assert_int_equal(podium->until_wall_ms, moment_ms(LAST_FRIDAY));
}

static void a_week_is_ranked_when_it_is_over_and_stays_so_for_the_next(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, LAST_FRIDAY);
    assert_int_equal(look(LAST_FRIDAY)->ranking, RANKING_UNKNOWN);
    assert_int_equal(look(LAST_FRIDAY)->next_wall_ms, moment_ms(THIS_MONDAY));
    assert_places(look(THIS_MONDAY), "Embrun", "Silex", "Lynx");
    say_week(8, ENOUGH); /* a new week, and others are best */
    answer(WEDNESDAY, WEDNESDAY);
    assert_places(look(WEDNESDAY), "Embrun", "Silex", "Lynx");
    assert_places(look(NEXT_MONDAY), "Lynx", "Mistral", "Galet");
}

static void a_correction_of_last_week_moves_nobody(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    look(WEDNESDAY);
    say_week(8, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_places(look(WEDNESDAY), "Embrun", "Silex", "Lynx");
}

static void a_ranking_is_gone_a_week_later_unless_there_are_new_figures(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    look(WEDNESDAY);
    const struct snapshot_podium *podium = look(NEXT_MONDAY);
    assert_int_equal(podium->ranking, RANKING_UNKNOWN);
    assert_int_equal(podium->place_count, 0);
    assert_int_equal(podium->next_wall_ms, moment_ms("2026-12-07"));
}

static void figures_of_other_weeks_and_of_other_periods_rank_nobody(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer("2026-11-13T18:00", WEDNESDAY);
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_UNKNOWN);
    say_week(AGENTS, ENOUGH);
    for (size_t i = 0; i < kit.sample_count; i++)
        kit.samples[i].period = PERIOD_TODAY;
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_UNKNOWN);
}

static void nobody_is_ranked_before_every_source_has_said_something(void **state)
{
    (void)state;
    begin(AGENTS);
    board_destroy(kit.board);
    kit.settings.source_count = 2;
    kit_start(&kit);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_UNKNOWN);
    board_source_failed(kit.board, 1, &(struct source_failure){.problem = SOURCE_UNREACHABLE}, at(WEDNESDAY));
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_SHOWN);
}

static void two_sources_may_each_know_a_part_of_the_score(void **state)
{
    (void)state;
    begin(AGENTS);
    board_destroy(kit.board);
    kit.settings.source_count = 2;
    kit_start(&kit);
    say_week(AGENTS, ENOUGH);
    struct sample halves[2][KIT_SAMPLES_MAX];
    size_t counts[2] = {0, 0};
    for (size_t i = 0; i < kit.sample_count; i++) {
        size_t source = strncmp(kit.samples[i].id, "csat", 4) == 0;
        halves[source][counts[source]++] = kit.samples[i];
    }
    for (size_t source = 0; source < 2; source++) {
        struct sample_document document = {.at_s = (double)moment_ms(LAST_FRIDAY) / 1000,
                                           .count = counts[source],
                                           .samples = halves[source]};
        board_apply(kit.board, source, &document, at(WEDNESDAY));
    }
    assert_places(look(WEDNESDAY), "Embrun", "Silex", "Lynx");
}

/* ---- who takes part ---- */

static void seven_are_too_few(void **state)
{
    (void)state;
    begin(7);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_TOO_FEW);
    assert_int_equal(look(WEDNESDAY)->place_count, 0);
}

static void twenty_nine_contacts_are_too_few(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, 29);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_TOO_FEW);
}

static void who_lacks_a_measure_of_the_score_is_not_compared(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    for (size_t i = 0; i < kit.sample_count; i++) {
        struct sample *sample = &kit.samples[i];
        if (!text_equal(sample->dims.value[DIM_AGENT], "4720"))
            continue;
        if (text_equal(sample->id, "csat_top2"))
            sample->value = NAN;
        if (text_equal(sample->id, "reply_s"))
            sample->value = 1; /* by speed alone the first */
    }
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_places(look(WEDNESDAY), "Silex", "Lynx", "Mistral");
}

static void who_is_not_on_the_list_does_not_exist(void **state)
{
    (void)state;
    begin(8);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_places(look(WEDNESDAY), "Lynx", "Mistral", "Galet");
}

static void leaving_the_list_takes_effect_at_once_and_moves_nobody_else(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    look(WEDNESDAY);
    const struct podium_list without_the_second = {
        true, 9,
        (const struct podium_participant[]){all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7],
                                            all[9]}};
    board_set_participants(kit.board, &without_the_second);
    assert_places(look(WEDNESDAY), "Embrun", "Lynx", "Mistral");
    assert_int_equal(look(WEDNESDAY)->places[1].rank, 2);
}

static void leaving_the_list_changes_no_other_tile(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    kit_say(&kit, "csat_responses", 200, PERIOD_ROLLING_7D, NULL);
    kit_say(&kit, "csat_top2", 150, PERIOD_ROLLING_7D, NULL);
    answer(WEDNESDAY, WEDNESDAY);
    look(WEDNESDAY);
    assert_number(&kit.snapshot->pages[0].tiles[1], 75);
    board_set_participants(kit.board, &(struct podium_list){true, 0, NULL});
    look(WEDNESDAY);
    assert_number(&kit.snapshot->pages[0].tiles[1], 75);
    assert_int_equal(kit.snapshot->pages[0].tiles[1].display, DISPLAY_OK);
}

static void when_eight_become_seven_the_ranking_ends(void **state)
{
    (void)state;
    begin(8);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_SHOWN);
    board_set_participants(kit.board, &(struct podium_list){true, 7, all});
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_TOO_FEW);
}

static void who_leaves_and_comes_back_begins_anew(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, LAST_FRIDAY);
    board_set_participants(kit.board, &(struct podium_list){true, 9, all});
    board_set_participants(kit.board, &(struct podium_list){true, AGENTS, all});
    assert_places(look(THIS_MONDAY), "Silex", "Lynx", "Mistral");
}

static void a_list_that_cannot_be_read_is_nobodys(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    look(WEDNESDAY);
    board_set_participants(kit.board, &(struct podium_list){0});
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_NO_LIST);
    board_set_participants(kit.board, &(struct podium_list){true, AGENTS, all});
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_UNKNOWN); /* what was known is gone */
}

/* ---- the list's file ---- */

/* Two looks that agree: a file that is still being written is left alone. */
static bool look_at_file(struct opt_in_watch *watch, int64_t *now_ms)
{
    *now_ms += 1000;
    bool changed = opt_in_watch_look(watch, kit.board, *now_ms);
    *now_ms += 1000;
    return opt_in_watch_look(watch, kit.board, *now_ms) || changed;
}

static void a_list_that_changes_is_read_again_and_a_broken_one_ends_the_ranking(void **state)
{
    (void)state;
    char path[] = "/tmp/vigie-podium-XXXXXX";
    int64_t now_ms = 0;
    close(mkstemp(path));
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_SHOWN);
    files_write(path, "participants:\n- {agent: '4720', pseudonym: Embrun}\n");
    struct opt_in_watch *watch = opt_in_watch_create(path, now_ms);
    assert_true(look_at_file(watch, &now_ms)); /* it may have changed since the board was read */
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_TOO_FEW);
    assert_false(look_at_file(watch, &now_ms));
    files_write(path, "participants: [Embrun]\n");
    assert_true(look_at_file(watch, &now_ms));
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_NO_LIST);
    files_write(path, "participants: []\n");
    assert_true(look_at_file(watch, &now_ms));
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_UNKNOWN);
    unlink(path);
    assert_true(look_at_file(watch, &now_ms));
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_NO_LIST);
    opt_in_watch_destroy(watch);
}

static void a_board_without_a_list_has_nothing_to_watch(void **state)
{
    (void)state;
    begin(AGENTS);
    struct opt_in_watch *watch = opt_in_watch_create(NULL, 0);
    assert_null(watch);
    assert_false(opt_in_watch_look(watch, kit.board, 1000));
    opt_in_watch_destroy(watch);
}

/* ---- ties ---- */

static void say_equal_week(size_t best)
{
    say_week(AGENTS, ENOUGH);
    for (size_t i = 0; i < kit.sample_count; i++)
        if (text_equal(kit.samples[i].id, "csat_top2"))
            kit.samples[i].value = i / 5 >= AGENTS - best ? 20 : 10;
}

static void a_tie_beyond_the_third_place_is_left_out_whole(void **state)
{
    (void)state;
    begin(AGENTS);
    say_equal_week(2);
    answer(LAST_FRIDAY, WEDNESDAY);
    const struct snapshot_podium *podium = look(WEDNESDAY);
    assert_int_equal(podium->place_count, 2);
    assert_int_equal(podium->places[0].rank, 1);
    assert_int_equal(podium->places[1].rank, 1);
}

static void four_who_are_first_are_not_three(void **state)
{
    (void)state;
    begin(AGENTS);
    say_equal_week(4);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_TIED);
    assert_int_equal(look(WEDNESDAY)->place_count, 0);
}

/* ---- the agreement ---- */

static void the_ranking_ends_by_itself_when_the_agreement_expires(void **state)
{
    (void)state;
    begin(AGENTS);
    settings.agreement.expires_wall_ms = moment_ms("2026-11-25T12:00");
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_int_equal(look("2026-11-25T11:59:59")->ranking, RANKING_SHOWN);
    assert_true(board_tick(kit.board, at("2026-11-25T12:00")));
    assert_int_equal(look("2026-11-25T12:00")->ranking, RANKING_ENDED);
    assert_int_equal(kit.snapshot->pages[0].tiles[0].podium->place_count, 0);
    assert_int_equal(look(WEDNESDAY)->ranking,
                     RANKING_UNKNOWN); /* set the clock back: there is nothing left */
}

static void outside_the_agreement_nothing_is_taken(void **state)
{
    (void)state;
    begin(AGENTS);
    settings.agreement.staff_informed_wall_ms = moment_ms("2026-11-26");
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_ENDED);
    assert_int_equal(look("2026-11-26T10:00")->ranking, RANKING_UNKNOWN);
}

static void without_a_clock_to_be_trusted_nothing_is_shown(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_SHOWN);
    board_clock_trusted(kit.board, false, at(WEDNESDAY));
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_NO_CLOCK);
    board_clock_trusted(kit.board, true, at(WEDNESDAY));
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_SHOWN);
}

static void without_a_podium_no_tile_and_no_figure_knows_of_agents(void **state)
{
    (void)state;
    begin(AGENTS);
    board_destroy(kit.board);
    kit.settings.podium = NULL;
    kit_start(&kit);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    assert_null(look(WEDNESDAY));
}

/* ---- the same board, read again ---- */

static void a_board_that_is_read_again_keeps_its_places(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    look(WEDNESDAY);
    kit.board = board_create_after(kit.catalogue, &kit.settings, kit.board, true, at(WEDNESDAY));
    assert_places(look(WEDNESDAY), "Embrun", "Silex", "Lynx");
}

static void another_score_begins_anew(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    look(WEDNESDAY);
    const struct kpi *fcr[] = {catalogue_kpi(kit.catalogue, "fcr")};
    const struct podium_settings other = {settings.agreement, 1, fcr, settings.list};
    kit.settings.podium = &other;
    kit.board = board_create_after(kit.catalogue, &kit.settings, kit.board, true, at(WEDNESDAY));
    assert_int_equal(look(WEDNESDAY)->ranking, RANKING_UNKNOWN);
}

/* ---- looks ---- */

static void the_tile_has_no_colour_no_figure_and_no_alert(void **state)
{
    (void)state;
    begin(AGENTS);
    say_week(AGENTS, ENOUGH);
    answer(LAST_FRIDAY, WEDNESDAY);
    look(WEDNESDAY);
    const struct snapshot_tile *tile = &kit.snapshot->pages[0].tiles[0];
    assert_int_equal(tile->display, DISPLAY_NEUTRAL);
    assert_unknown(tile->value);
    assert_unknown(tile->n);
    assert_int_equal(kit.snapshot->alert_count, 0);
}

#define TEST(name) cmocka_unit_test_teardown(name, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_three_best_of_last_week_have_places_and_nobody_else),
        TEST(a_week_is_ranked_when_it_is_over_and_stays_so_for_the_next),
        TEST(a_correction_of_last_week_moves_nobody),
        TEST(a_ranking_is_gone_a_week_later_unless_there_are_new_figures),
        TEST(figures_of_other_weeks_and_of_other_periods_rank_nobody),
        TEST(nobody_is_ranked_before_every_source_has_said_something),
        TEST(two_sources_may_each_know_a_part_of_the_score),
        TEST(seven_are_too_few),
        TEST(twenty_nine_contacts_are_too_few),
        TEST(who_lacks_a_measure_of_the_score_is_not_compared),
        TEST(who_is_not_on_the_list_does_not_exist),
        TEST(leaving_the_list_takes_effect_at_once_and_moves_nobody_else),
        TEST(leaving_the_list_changes_no_other_tile),
        TEST(when_eight_become_seven_the_ranking_ends),
        TEST(who_leaves_and_comes_back_begins_anew),
        TEST(a_list_that_cannot_be_read_is_nobodys),
        TEST(a_list_that_changes_is_read_again_and_a_broken_one_ends_the_ranking),
        TEST(a_board_without_a_list_has_nothing_to_watch),
        TEST(a_tie_beyond_the_third_place_is_left_out_whole),
        TEST(four_who_are_first_are_not_three),
        TEST(the_ranking_ends_by_itself_when_the_agreement_expires),
        TEST(outside_the_agreement_nothing_is_taken),
        TEST(without_a_clock_to_be_trusted_nothing_is_shown),
        TEST(without_a_podium_no_tile_and_no_figure_knows_of_agents),
        TEST(a_board_that_is_read_again_keeps_its_places),
        TEST(another_score_begins_anew),
        TEST(the_tile_has_no_colour_no_figure_and_no_alert),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
