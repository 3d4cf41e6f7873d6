/* `vigie replay` as a person and as a script call it. */

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

#define TWO_TILES "tests/boards/replay-two.yaml"

enum { WORDS_MAX = 12 };

static char printed[16384], complained[2048];

static void collect(FILE *file, int descriptor, int kept, char *text, size_t size)
{
    dup2(kept, descriptor);
    close(kept);
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

/* Runs the command with the words of a line; see `printed` and `complained`. */
static int run(const char *line)
{
    char words[512], *argv[WORDS_MAX] = {NULL}, *rest = words;
    int argc = 0;
    snprintf(words, sizeof words, "replay %s", line);
    while (argc < WORDS_MAX - 1 && (argv[argc] = strtok_r(rest, " ", &rest)))
        argc++;
    FILE *out = tmpfile(), *diagnostics = tmpfile();
    assert_non_null(out);
    assert_non_null(diagnostics);
    fflush(stdout);
    int kept_out = dup(STDOUT_FILENO), kept_err = dup(STDERR_FILENO);
    dup2(fileno(out), STDOUT_FILENO);
    dup2(fileno(diagnostics), STDERR_FILENO);
    int status = cmd_replay(argc, argv);
    fflush(stdout);
    collect(out, STDOUT_FILENO, kept_out, printed, sizeof printed);
    collect(diagnostics, STDERR_FILENO, kept_err, complained, sizeof complained);
    return status;
}

/* Plays the lines on the board of two tiles, "sl" and "wait". */
static int play(const char *lines)
{
    char path[] = "/tmp/vigie-replay-XXXXXX", command[128];
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, lines, strlen(lines)), (ssize_t)strlen(lines));
    close(file);
    snprintf(command, sizeof command, TWO_TILES " --samples %s --json", path);
    int status = run(command);
    unlink(path);
    return status;
}

#define SAMPLE(t, id, value)                                                                                 \
    "{\"t\": " t ", \"samples\": [{\"id\": \"" id "\", \"value\": " value                                    \
    ", \"window\": \"now\", \"dims\": {}}]}\n"
#define JUDGED(t, tile, value, display, severity, alert)                                                     \
    "{\"t\": " t ", \"tile\": \"" tile "\", \"value\": " value ", \"display\": \"" display                   \
    "\", \"severity\": \"" severity "\", \"alert\": \"" alert "\", \"unstable\": false}\n"

static void after_every_line_every_tile_is_judged(void **state)
{
    (void)state;
    assert_int_equal(play(SAMPLE("0", "longest_wait", "70.5")), EXIT_DONE);
    assert_string_equal(printed, JUDGED("0", "sl", "null", "NODATA", "OK", "INACTIVE")
                                     JUDGED("0", "wait", "70.5", "WARN", "WARN", "ALERTING"));
}

static void a_figure_that_a_line_does_not_have_ages_and_does_not_vanish(void **state)
{
    (void)state;
    assert_int_equal(play(SAMPLE("0", "longest_wait", "10") SAMPLE("30", "service_level", "90")
                              SAMPLE("30.5", "service_level", "90")),
                     EXIT_DONE);
    assert_non_null(strstr(printed, JUDGED("30", "wait", "10", "OK", "OK", "INACTIVE")));
    assert_non_null(strstr(printed, JUDGED("30.5", "wait", "10", "STALE", "OK", "INACTIVE")));
}

static void a_null_judges_nothing_and_makes_nothing_younger(void **state)
{
    (void)state;
    assert_int_equal(play(SAMPLE("0", "longest_wait", "10") SAMPLE("20", "longest_wait", "null")
                              SAMPLE("31", "longest_wait", "null") SAMPLE("901", "longest_wait", "null")),
                     EXIT_DONE);
    assert_non_null(strstr(printed, JUDGED("20", "wait", "10", "OK", "OK", "INACTIVE")));
    assert_non_null(strstr(printed, JUDGED("31", "wait", "10", "STALE", "OK", "INACTIVE")));
    assert_non_null(strstr(printed, JUDGED("901", "wait", "null", "NODATA", "OK", "INACTIVE")));
}

static void a_null_before_any_figure_is_no_data(void **state)
{
    (void)state;
    assert_int_equal(play(SAMPLE("0", "longest_wait", "null")), EXIT_DONE);
    assert_non_null(strstr(printed, JUDGED("0", "wait", "null", "NODATA", "OK", "INACTIVE")));
}

static void a_counter_that_its_source_no_longer_sends_is_unknown(void **state)
{
    (void)state;
    assert_int_equal(play(SAMPLE("0", "longest_wait_s", "10") SAMPLE("5", "waiting_now", "3")), EXIT_DONE);
    assert_non_null(strstr(printed, JUDGED("0", "wait", "10", "OK", "OK", "INACTIVE")));
    assert_non_null(strstr(printed, JUDGED("5", "wait", "null", "NODATA", "OK", "INACTIVE")));
}

static void time_passes_before_a_line_is_heard(void **state)
{
    (void)state;
    assert_int_equal(play(SAMPLE("0", "longest_wait", "70") "{\"t\": 31, \"event\": \"tick\"}\n"
                                                            "{\"t\": 901, \"event\": \"tick\"}\n"),
                     EXIT_DONE);
    assert_non_null(strstr(printed, JUDGED("31", "wait", "70", "STALE", "WARN", "FROZEN")));
    assert_non_null(strstr(printed, JUDGED("901", "wait", "null", "NODATA", "OK", "INACTIVE")));
}

static void people_can_see_an_alert_and_put_it_aside(void **state)
{
    (void)state;
    assert_int_equal(
        play(SAMPLE("0", "longest_wait", "70") "{\"t\": 1, \"event\": \"ack\", \"tile\": \"wait\"}\n"
                                               "{\"t\": 2, \"event\": \"shelve\", \"tile\": \"wait\", "
                                               "\"for_s\": 10}\n"
                                               "{\"t\": 12, \"event\": \"tick\"}\n"),
        EXIT_DONE);
    assert_non_null(strstr(printed, JUDGED("1", "wait", "70", "WARN", "WARN", "ACKED")));
    assert_non_null(strstr(printed, JUDGED("2", "wait", "70", "WARN", "WARN", "SHELVED")));
    assert_non_null(strstr(printed, JUDGED("12", "wait", "70", "WARN", "WARN", "ACKED")));
}

static void closing_hides_all_and_opening_begins_anew(void **state)
{
    (void)state;
    assert_int_equal(play(SAMPLE("0", "longest_wait", "70") "{\"t\": 1, \"event\": \"close\"}\n" SAMPLE(
                         "2", "longest_wait", "80") "{\"t\": 3, \"event\": \"open\"}\n"),
                     EXIT_DONE);
    assert_non_null(strstr(printed, JUDGED("1", "wait", "null", "CLOSED", "OK", "INACTIVE")));
    assert_non_null(strstr(printed, JUDGED("2", "wait", "null", "CLOSED", "OK", "INACTIVE")));
    assert_non_null(strstr(printed, JUDGED("3", "wait", "null", "NODATA", "OK", "INACTIVE")));
}

/* ---- what is wrong with a recording ---- */

static void assert_refused(const char *lines, const char *complaint)
{
    assert_int_equal(play(lines), EXIT_FAILED);
    if (!strstr(complained, complaint))
        fail_msg("\"%s\" does not say \"%s\"", complained, complaint);
}

static void a_bad_line_is_named_by_its_number(void **state)
{
    (void)state;
    assert_refused("{\"t\": 5}\n\n{\"t\": 4}\n", ":3: \"t\" must never decrease: 4.000 comes after 5.000");
    assert_refused("{\"t\": \"noon\"}\n", ":1: \"t\" must be a number of seconds");
    assert_refused("{\"t\": 1795256100000}\n", ":1: \"t\" must be a number of seconds, at most 99999999999");
    assert_refused("{\"t\": 0, \"event\": \"acknowledge\"}\n",
                   ":1: \"event\" must be tick, ack, shelve, close or open");
    assert_refused("{\"t\": 0, \"event\": \"ack\"}\n", ":1: ack: \"tile\" must say which");
    assert_refused("{\"t\": 0, \"event\": \"ack\", \"tile\": \"wiat\"}\n",
                   ":1: no tile of the board has the id \"wiat\"");
    assert_refused("{\"t\": 0, \"event\": \"shelve\", \"tile\": \"wait\", \"for_s\": 0}\n",
                   ":1: shelve: \"for_s\" must be a number of seconds above 0");
    assert_refused("{\"t\": 0, \"samples\": 3}\n", ":1: \"samples\" must be a list");
    assert_refused("{\"t\": 0, \"samples\": [{\"id\": \"asa\", \"value\": \"12\"}]}\n",
                   ":1: asa: \"value\" must be a number, or null where it is not known");
    assert_refused("{\"t\": 0, \"samples\": [{\"id\": \"asa\", \"value\": 1, \"window\": \"1h\"}]}\n",
                   ":1: asa: there is no window \"1h\"");
    assert_refused("[]\n", ":1: \"t\" must be a number of seconds");
    assert_refused("\n", "the recording has no line");
}

static void what_nobody_knows_is_left_out(void **state)
{
    (void)state;
    assert_int_equal(play(SAMPLE("0", "coffee_machine", "1")), EXIT_DONE);
}

static void a_document_of_an_adapter_is_a_recording_of_its_moment(void **state)
{
    (void)state;
    const char *spread =
        "{\"at\": 1795256100,\n \"samples\": [\n  {\"id\": \"longest_wait\", \"value\": 70.5,\n"
        "   \"window\": \"now\", \"dims\": {}}]}\n";
    assert_int_equal(play(spread), EXIT_DONE);
    assert_string_equal(printed, JUDGED("1795256100", "sl", "null", "NODATA", "OK", "INACTIVE")
                                     JUDGED("1795256100", "wait", "70.5", "WARN", "WARN", "ALERTING"));
    assert_int_equal(play("{\"samples\": [{\"id\": \"longest_wait\", \"value\": 70.5}]}"), EXIT_DONE);
    assert_non_null(strstr(printed, "{\"t\": 0, \"tile\": \"wait\", \"value\": 70.5"));
    assert_refused("{\"at\": 1795256100000,\n\"samples\": []}", ":1: \"at\" must be a number of seconds");
}

static void a_recording_must_be_named_and_be_there(void **state)
{
    (void)state;
    assert_int_equal(run(TWO_TILES), EXIT_USAGE);
    assert_int_equal(run(TWO_TILES " --samples tests/data/no-such.jsonl"), EXIT_FAILED);
    assert_string_equal(complained, "vigie replay: tests/data/no-such.jsonl: No such file or directory\n");
    assert_int_equal(run(TWO_TILES " --samples x --json --against " TWO_TILES), EXIT_USAGE);
}

/* ---- the summary ---- */

static void a_recorded_day_shows_two_sets_of_thresholds_side_by_side(void **state)
{
    (void)state;
    assert_int_equal(run("tests/boards/replay-tight.yaml --samples tests/data/day.jsonl --against "
                         "tests/boards/replay-calm.yaml"),
                     EXIT_DONE);
    FILE *expected = fopen("tests/data/day.expected", "r");
    assert_non_null(expected);
    char text[sizeof printed];
    text[fread(text, 1, sizeof text - 1, expected)] = '\0';
    fclose(expected);
    assert_string_equal(printed, text);
}

static void the_summary_speaks_the_language_of_the_board(void **state)
{
    (void)state;
    assert_int_equal(run(TWO_TILES " --samples tests/data/day.jsonl"), EXIT_DONE);
    assert_non_null(strstr(printed, "10 heures enregistrées, comptées comme une journée\n"));
    assert_non_null(strstr(printed, "Alertes par jour "));
    assert_null(strstr(printed, "À droite"));
}

/* The figures of each minute are stale for the second half of it, whenever the next line comes. */
static void minutes_too_old_begin_when_the_figure_goes_stale(void **state)
{
    (void)state;
    assert_int_equal(run(TWO_TILES " --samples tests/data/day.jsonl"), EXIT_DONE);
    assert_non_null(strstr(printed, "  Minutes périmées          290\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_every_line_every_tile_is_judged),
        cmocka_unit_test(a_figure_that_a_line_does_not_have_ages_and_does_not_vanish),
        cmocka_unit_test(a_null_judges_nothing_and_makes_nothing_younger),
        cmocka_unit_test(a_null_before_any_figure_is_no_data),
        cmocka_unit_test(a_counter_that_its_source_no_longer_sends_is_unknown),
        cmocka_unit_test(time_passes_before_a_line_is_heard),
        cmocka_unit_test(people_can_see_an_alert_and_put_it_aside),
        cmocka_unit_test(closing_hides_all_and_opening_begins_anew),
        cmocka_unit_test(a_bad_line_is_named_by_its_number),
        cmocka_unit_test(what_nobody_knows_is_left_out),
        cmocka_unit_test(a_document_of_an_adapter_is_a_recording_of_its_moment),
        cmocka_unit_test(a_recording_must_be_named_and_be_there),
        cmocka_unit_test(a_recorded_day_shows_two_sets_of_thresholds_side_by_side),
        cmocka_unit_test(the_summary_speaks_the_language_of_the_board),
        cmocka_unit_test(minutes_too_old_begin_when_the_figure_goes_stale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
