/* `vigie staffing` as a person and as a script call it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/command.h"
#include "base/json.h"
#include "tests/near.h"

static char printed[4096];

enum { WORDS_MAX = 24 };

/* Runs the command with the words of a line; what it prints is in `printed`. */
static int run(const char *line)
{
    char words[512], *argv[WORDS_MAX] = {NULL}, *rest = words;
    int argc = 0;
    snprintf(words, sizeof words, "staffing %s", line);
    while (argc < WORDS_MAX - 1 && (argv[argc] = strtok_r(rest, " ", &rest)))
        argc++;
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    dup2(fileno(file), STDOUT_FILENO);
    int status = cmd_staffing(argc, argv);
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    rewind(file);
    printed[fread(printed, 1, sizeof printed - 1, file)] = '\0';
    fclose(file);
    return status;
}

#define TEN_ERLANGS "--calls 100 --interval 1800 --aht 180 --target 20 "

static void json_has_the_keys_of_the_contract_in_their_order(void **state)
{
    (void)state;
    assert_int_equal(run(TEN_ERLANGS "--agents 5 --goal 0.8 --json"), EXIT_DONE);
    assert_string_equal(printed,
                        "{\"offered_erlang\":10,\"steady_state\":false,\"p_wait\":1,\"service_level\":0,"
                        "\"asa_s\":null,\"occupancy\":1,\"mean_queue\":null,\"p_abandon\":null,"
                        "\"sl_excl_abandon_in_t\":null,\"sl_any_outcome_in_t\":null,"
                        "\"agents_for_goal\":14,\"agents_for_goal_occ85\":14}\n");
}

static void json_without_a_goal_has_no_staffing(void **state)
{
    (void)state;
    struct error error = {""};
    assert_int_equal(run(TEN_ERLANGS "--agents 14 --patience 60 --json"), EXIT_DONE);
    struct cJSON *answer = json_parse(printed, strlen(printed), &error);
    assert_true(json_is_true(json_member(answer, "steady_state")));
    assert_near(json_member_number(answer, "p_abandon", -1), 0.030321837312992, 1e-12);
    assert_true(json_is_null(json_member(answer, "agents_for_goal")));
    assert_true(json_is_null(json_member(answer, "agents_for_goal_occ85")));
    json_destroy(answer);
}

static void french_is_spoken_unless_told_otherwise(void **state)
{
    (void)state;
    assert_int_equal(run(TEN_ERLANGS "--agents 14 --goal 0.8"), EXIT_DONE);
    assert_non_null(strstr(printed, "Niveau de service          88,8\u202f%\n"));
    assert_non_null(strstr(printed, "Agents pour l’objectif     14\n"));
    assert_int_equal(run(TEN_ERLANGS "--agents 14 --lang en"), EXIT_DONE);
    assert_non_null(strstr(printed, "Service level              88.8%\n"));
}

static void an_overloaded_queue_shows_no_times_but_who_is_missing(void **state)
{
    (void)state;
    assert_int_equal(run(TEN_ERLANGS "--agents 9 --lang en"), EXIT_DONE);
    assert_non_null(strstr(printed, "agents missing, at least 2\n"));
    assert_null(strstr(printed, "Mean wait"));
    assert_null(strstr(printed, "inf"));
}

static void nonsense_is_a_mistake_of_the_command_line(void **state)
{
    (void)state;
    assert_int_equal(run("--calls 100"), EXIT_USAGE);
    assert_int_equal(run(TEN_ERLANGS), EXIT_USAGE);
    assert_int_equal(run(TEN_ERLANGS "--agents 2.5"), EXIT_USAGE);
    assert_int_equal(run(TEN_ERLANGS "--agents -1"), EXIT_USAGE);
    assert_int_equal(run(TEN_ERLANGS "--agents nan"), EXIT_USAGE);
    assert_int_equal(run(TEN_ERLANGS "--agents 100001"), EXIT_USAGE);
    assert_int_equal(run(TEN_ERLANGS "--agents 5 --goal 1"), EXIT_USAGE);
    assert_int_equal(run(TEN_ERLANGS "--agents 5 --patience 0"), EXIT_USAGE);
    assert_int_equal(run(TEN_ERLANGS "--agents 5 --lang de"), EXIT_USAGE);
    assert_int_equal(run("--calls inf --interval 1800 --aht 180 --target 20 --agents 3"), EXIT_USAGE);
    assert_int_equal(run("--calls 1e8 --interval 60 --aht 180 --target 20 --agents 3"), EXIT_USAGE);
    assert_string_equal(printed, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_has_the_keys_of_the_contract_in_their_order),
        cmocka_unit_test(json_without_a_goal_has_no_staffing),
        cmocka_unit_test(french_is_spoken_unless_told_otherwise),
        cmocka_unit_test(an_overloaded_queue_shows_no_times_but_who_is_missing),
        cmocka_unit_test(nonsense_is_a_mistake_of_the_command_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
