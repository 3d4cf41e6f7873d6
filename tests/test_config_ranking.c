/* What a board needs before agents are ranked (P08 to P10), told condition by condition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/config.h"
#include "app/opt_in_file.h"
#include "base/calendar.h"
#include "base/text.h"
#include "model/podium.h"
#include "tests/files.h"

static const char *const everything = "individual: opt_in\n"
                                      "cse_consulted: 2026-10-01\n"
                                      "staff_informed: 2026-10-15\n"
                                      "dpia: R-12\n"
                                      "responsible: DRH\n"
                                      "until: 2026-12-31\n"
                                      "agents: list.yaml\n";

static const char *const eight = "participants:\n"
                                 "  - {agent: '4711', pseudonym: Comète}\n"
                                 "  - {agent: '4712', pseudonym: Zéphyr}\n"
                                 "  - {agent: '4713', pseudonym: Orage}\n"
                                 "  - {agent: '4714', pseudonym: Brume}\n"
                                 "  - {agent: '4715', pseudonym: Aurore}\n"
                                 "  - {agent: '4716', pseudonym: Galet}\n"
                                 "  - {agent: '4717', pseudonym: Mistral}\n"
                                 "  - {agent: '4718', pseudonym: Lynx}\n";

static char folder[] = "/tmp/vigie-ranking-XXXXXX";
static char board_path[64], list_path[64];
static struct text messages;
static struct config *config;

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(board_path, sizeof board_path, "%s/board.yaml", folder);
    snprintf(list_path, sizeof list_path, "%s/list.yaml", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(board_path);
    unlink(list_path);
    return rmdir(folder);
}

static int forget(void **state)
{
    (void)state;
    config_destroy(config);
    config = NULL;
    text_finish(&messages);
    return 0;
}

/* The privacy entry with `key` taken away, then `more` behind it, on a screen of that zone. */
static void write_board(const char *key, const char *more, const char *zone)
{
    struct text board = {0};
    text_append_format(
        &board,
        "screen: {zone: %s}\n"
        "sources: [{name: acd, adapter: generic/filter-canonical, url: 'simulator:/samples'}]\n"
        "pages: [{tiles: [{kpi: leaderboard_agents}]}]\nprivacy:\n",
        zone);
    for (const char *line = everything; *line; line = strchr(line, '\n') + 1)
        if (!*key || strncmp(line, key, strlen(key)) != 0)
            text_append_format(&board, "  %.*s\n", (int)strcspn(line, "\n"), line);
    text_append_format(&board, "  %s\n", more);
    files_write_mode(board_path, text_bytes(&board), 0640);
    text_finish(&board);
}

/* All that is wrong, a line each, without the file's name. */
static void read_at(const char *moment)
{
    int64_t wall_ms = 0;
    if (moment)
        assert_true(calendar_parse_iso(moment, &wall_ms));
    config_destroy(config);
    text_finish(&messages);
    config = config_read_at(board_path, wall_ms);
    for (size_t i = 0; i < config->problem_count; i++)
        text_append_format(&messages, "%s %s: %s\n", config->problems[i].is_error ? "error" : "warning",
                           config->problems[i].key_path, config->problems[i].text);
}

static void check(const char *key, const char *more)
{
    write_board(key, more, "floor");
    files_write_mode(list_path, eight, 0640);
    read_at("2026-11-25T10:00");
}

static void assert_message(const char *expected)
{
    if (!strstr(text_bytes(&messages), expected))
        fail_msg("not told: %s\ntold:\n%s", expected, text_bytes(&messages));
}

#define REFUSED "error pages[0].tiles[0].kpi: leaderboard_agents: a ranking of agents is not allowed (P08): "

/* ---- all conditions, and each that is missing ---- */

static void with_every_guarantee_agents_who_asked_for_it_are_ranked(void **state)
{
    (void)state;
    check("", "");
    assert_string_equal(text_bytes(&messages), "");
    assert_true(config->usable);
    assert_true(config->board.pages[0].tiles[0].ranks_agents);
    assert_int_equal(config->board.podium->list.count, 8);
    assert_int_equal(config->board.podium->kpi_count, 4);
    assert_string_equal(config->board.podium->kpis[2]->id, "fcr");
    assert_string_equal(config->opt_in_path, list_path);
}

static void without_opt_in_no_agent_is_ranked(void **state)
{
    (void)state;
    check("individual", "");
    assert_message(REFUSED "privacy.individual is not opt_in");
    assert_null(config->board.podium);
    check("individual", "individual: off");
    assert_message(REFUSED "privacy.individual is not opt_in");
}

static void without_the_consultation_of_the_council_no_agent_is_ranked(void **state)
{
    (void)state;
    check("cse_consulted", "");
    assert_message(REFUSED "no past date of the CSE's consultation");
    check("cse_consulted", "cse_consulted: 2026-11-26");
    assert_message(REFUSED "no past date of the CSE's consultation");
}

static void without_the_information_of_the_staff_no_agent_is_ranked(void **state)
{
    (void)state;
    check("staff_informed", "");
    assert_message(REFUSED "no past date of the staff's information");
}

static void without_an_impact_assessment_no_agent_is_ranked(void **state)
{
    (void)state;
    check("dpia", "");
    assert_message(REFUSED "no reference of the DPIA");
}

static void without_a_responsible_role_no_agent_is_ranked(void **state)
{
    (void)state;
    check("responsible", "");
    assert_message(REFUSED "no responsible role");
}

static void without_an_expiry_no_agent_is_ranked(void **state)
{
    (void)state;
    check("until", "");
    assert_message(REFUSED "no expiry");
}

static void with_an_expiry_more_than_90_days_away_no_agent_is_ranked(void **state)
{
    (void)state;
    check("until", "until: 2027-03-01");
    assert_message(REFUSED "its expiry is more than 90 days away");
}

static void once_the_agreement_has_expired_check_says_so(void **state)
{
    (void)state;
    check("until", "until: 2026-11-25");
    assert_message(REFUSED "it has expired");
    assert_false(config->usable);
}

/* A wall that starts again must not be black because of it: the tile says so, and the clock may be wrong. */
static void a_wall_starts_with_an_agreement_that_has_expired(void **state)
{
    (void)state;
    write_board("until", "until: 2020-01-01", "floor");
    files_write_mode(list_path, eight, 0640);
    read_at(NULL);
    assert_string_equal(text_bytes(&messages), "");
    assert_true(config->usable);
    assert_non_null(config->board.podium);
}

static void what_is_not_written_down_is_refused_at_start_too(void **state)
{
    (void)state;
    write_board("dpia", "", "floor");
    read_at(NULL);
    assert_message(REFUSED "no reference of the DPIA");
}

static void on_a_public_screen_no_agent_is_ranked(void **state)
{
    (void)state;
    write_board("", "", "public");
    files_write_mode(list_path, eight, 0640);
    read_at("2026-11-25T10:00");
    assert_message("error pages[0].tiles[0].kpi: leaderboard_agents is not for a public screen (P11)");
    assert_null(config->board.podium);
}

/* ---- the score ---- */

static void without_a_kpi_of_quality_no_agent_is_ranked(void **state)
{
    (void)state;
    check("", "score: [mean_reply_time, tickets_resolved]");
    assert_message(
        "error privacy.score: a ranking of agents needs a quality KPI, such as fcr or csat_rate (P09)");
}

static void handling_time_pauses_and_adherence_rank_nobody(void **state)
{
    (void)state;
    check("", "score: [fcr, aht]");
    assert_message("error privacy.score: aht never ranks agents (P09)");
    check("", "score: [fcr, agents_pause]");
    assert_message("error privacy.score: agents_pause never ranks agents (P09)");
    check("", "score: [fcr, schedule_adherence]");
    assert_message("error privacy.score: schedule_adherence never ranks agents (P09)");
}

static void what_has_no_better_side_ranks_nobody(void **state)
{
    (void)state;
    check("", "score: [fcr, contacts_handled]");
    assert_message("error privacy.score: contacts_handled has no better side, so nobody is better at it");
}

static void seven_kpis_are_no_score(void **state)
{
    (void)state;
    check("", "score: [fcr, csat_rate, csat_score, nps, frt, mean_reply_time, reopen_rate]");
    assert_message("error privacy.score: 7 KPIs; a score has 6 at most");
}

/* ---- the list ---- */

static void without_a_list_nobody_is_ranked(void **state)
{
    (void)state;
    check("agents", "");
    assert_message("is missing: a ranking is of those alone who asked for it (P09); write agents: FILE");
}

static void a_list_that_cannot_be_read_costs_its_tile_alone(void **state)
{
    (void)state;
    write_board("agents", "agents: nowhere.yaml", "floor");
    read_at("2026-11-25T10:00");
    assert_message("warning privacy.agents: ");
    assert_message("cannot be read: No such file or directory; nobody is ranked until it is mended");
    assert_true(config->usable);
    assert_false(config->board.podium->list.read);
}

static void seven_on_the_list_are_too_few(void **state)
{
    (void)state;
    check("", "");
    char *last = strdup(eight);
    last[strlen(last) - strlen("  - {agent: '4718', pseudonym: Lynx}\n")] = '\0';
    files_write_mode(list_path, last, 0640);
    free(last);
    read_at("2026-11-25T10:00");
    assert_message("agents are ranked from 8 participants on (P09); there are 7");
    assert_true(config->usable);
}

static void a_list_that_everybody_can_read_is_warned_of(void **state)
{
    (void)state;
    check("", "");
    assert_int_equal(chmod(list_path, 0644), 0);
    read_at("2026-11-25T10:00");
    assert_message("says who is who, and everybody on this machine can read it; chmod 640");
}

struct list_case {
    const char *content, *message;
};

/* Every message has its place; none repeats an id or a name. */
static const struct list_case list_cases[] = {
    {"participants:\n- {agent: Nguyen, pseudonym: J. D.}\n",
     ":2:3: the pseudonym looks like initials, which are a name (P09); choose a word"},
    {"participants:\n- {agent: Nguyen, pseudonym: Jo}\n",
     ":2:3: the pseudonym looks like initials, which are a name (P09); choose a word"},
    {"participants:\n- {agent: Nguyen, pseudonym: '47 11'}\n",
     ":2:3: the pseudonym looks like initials, which are a name (P09); choose a word"},
    {"participants:\n- {agent: Nguyen, pseudonym: nguyen}\n",
     ":2:3: the pseudonym gives away the agent's id (P09); choose another"},
    {"participants:\n- {agent: Nguyen, pseudonym: Le grand Nguyen}\n",
     ":2:3: the pseudonym gives away the agent's id (P09); choose another"},
    {"participants:\n- {agent: Nguyen, pseudonym: Une bien longue histoire vraie}\n",
     ":2:3: the pseudonym has more than 24 characters; choose a shorter one"},
    {"participants:\n- {agent: Nguyen, pseudonym: Lynx}\n- {agent: Benali, pseudonym: LYNX}\n",
     ":3:3: two have this pseudonym; one of them chooses another"},
    {"participants:\n- {agent: Nguyen, pseudonym: Lynx}\n- {agent: Nguyen, pseudonym: Galet}\n",
     ":3:3: this agent stands on the list already; take one line away"},
    {"participants:\n- {agent: '', pseudonym: Lynx}\n", ":2:3: the agent is missing"},
    {"participants:\n- {agent: Nguyen}\n", ":2:3: cannot be understood"},
    {"participants:\n- {Nguyen: Lynx}\n", ":2:3: cannot be understood"},
    {"Nguyen: Lynx\n", ":1:1: cannot be understood"},
    {"- Nguyen\n", ":1:1: cannot be understood"},
    {"participants: [{agent: Nguyen\n", "cannot be understood"},
};

static void a_list_with_a_mistake_is_nobodys_and_its_message_repeats_no_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof list_cases / sizeof *list_cases; i++) {
        struct arena *arena = arena_create();
        struct error error = {""};
        struct podium_list list;
        files_write_mode(list_path, list_cases[i].content, 0640);
        assert_false(opt_in_file_read(arena, list_path, &list, &error));
        if (!strstr(error.text, list_cases[i].message))
            fail_msg("case %zu: not %s but %s", i, list_cases[i].message, error.text);
        assert_null(strcasestr(error.text, "nguyen"));
        assert_null(strcasestr(error.text, "benali"));
        assert_false(list.read);
        assert_int_equal(list.count, 0);
        arena_destroy(arena);
    }
}

static void an_empty_list_is_a_list(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    struct error error = {""};
    struct podium_list list;
    files_write_mode(list_path, "participants: []\n", 0640);
    assert_true(opt_in_file_read(arena, list_path, &list, &error));
    assert_true(list.read);
    assert_int_equal(list.count, 0);
    arena_destroy(arena);
}

#define TEST(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(with_every_guarantee_agents_who_asked_for_it_are_ranked),
        TEST(without_opt_in_no_agent_is_ranked),
        TEST(without_the_consultation_of_the_council_no_agent_is_ranked),
        TEST(without_the_information_of_the_staff_no_agent_is_ranked),
        TEST(without_an_impact_assessment_no_agent_is_ranked),
        TEST(without_a_responsible_role_no_agent_is_ranked),
        TEST(without_an_expiry_no_agent_is_ranked),
        TEST(with_an_expiry_more_than_90_days_away_no_agent_is_ranked),
        TEST(once_the_agreement_has_expired_check_says_so),
        TEST(a_wall_starts_with_an_agreement_that_has_expired),
        TEST(what_is_not_written_down_is_refused_at_start_too),
        TEST(on_a_public_screen_no_agent_is_ranked),
        TEST(without_a_kpi_of_quality_no_agent_is_ranked),
        TEST(handling_time_pauses_and_adherence_rank_nobody),
        TEST(what_has_no_better_side_ranks_nobody),
        TEST(seven_kpis_are_no_score),
        TEST(without_a_list_nobody_is_ranked),
        TEST(a_list_that_cannot_be_read_costs_its_tile_alone),
        TEST(seven_on_the_list_are_too_few),
        TEST(a_list_that_everybody_can_read_is_warned_of),
        TEST(a_list_with_a_mistake_is_nobodys_and_its_message_repeats_no_name),
        TEST(an_empty_list_is_a_list),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
