/*
 * What a stranger sees who puts any KPI of the catalogue on a board of the simulated contact centre, whose
 * answer of one moment is tests/data/every_kpi.jsonl. tests/data/every_kpi.csv says it for each:
 *
 * value       a figure
 * source      none: nothing works it out, `check` says so, and a source may send it
 * objectives  none without an objective, `check` says so
 * refused     `check` refuses it
 * later: …    none yet, for that reason
 * simulator: … none here, for that reason; the counters of a real source give it
 */
#include "board_kit.h"
#include "tests/program.h"
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"

static struct {
    struct catalogue *catalogue;
    struct text csv, judged, checked;
    char board[64];
} seen;

/* The answer of a KPI in the table; the text lives until the next call. */
static const char *shown_by(const char *kpi)
{
    static char shows[128];
    struct text key = {0};
    text_append_format(&key, "\n%s,", kpi);
    const char *row = strstr(text_bytes(&seen.csv), text_bytes(&key));
    snprintf(shows, sizeof shows, "%.*s", row ? (int)strcspn(row + key.length, "\n") : 0,
             row ? row + key.length : "");
    text_finish(&key);
    return shows;
}

static bool is_shown_as(const char *kpi, const char *as)
{
    return strncmp(shown_by(kpi), as, strlen(as)) == 0;
}

/* Twelve tiles a page; with the one that is refused nothing would be judged. */
static void write_board(bool with_refused)
{
    FILE *file = fopen(seen.board, "w");
    assert_non_null(file);
    fputs("title: All\nlanguage: en\ntime_zone: Europe/Paris\nscreen: {zone: desk}\n"
          "sources: [{name: acd, adapter: generic/filter-canonical, url: 'simulator:/samples'}]\n"
          "actions: [{text: Call back, who: team lead, due: 2099-11-21}]\n"
          "verbatims: [{text: Quick and kind, day: 2026-11-19, moderated: true}]\npages:\n",
          file);
    for (size_t i = 0, placed = 0; i < catalogue_kpi_count(seen.catalogue); i++) {
        const char *id = catalogue_kpi_at(seen.catalogue, i)->id;
        if (is_shown_as(id, "refused") && !with_refused)
            continue;
        fprintf(file, "%s      - {id: %s, kpi: %s}\n", placed++ % 12 ? "" : "  - grid: 4x3\n    tiles:\n", id,
                id);
    }
    fclose(file);
}

static int look(void **state)
{
    (void)state;
    struct text command = {0};
    seen.catalogue = catalogue_file_read(getenv("VIGIE_ASSETS"), NULL);
    assert_true(text_read_file(&seen.csv, "tests/data/every_kpi.csv", 1 << 20));
    snprintf(seen.board, sizeof seen.board, "/tmp/vigie-every-kpi-XXXXXX");
    close(mkstemp(seen.board));
    write_board(false);
    text_append_format(&command, "replay %s --samples tests/data/every_kpi.jsonl --json", seen.board);
    program_say(text_bytes(&command), &seen.judged);
    text_finish(&command);
    write_board(true);
    text_append_format(&command, "check %s", seen.board);
    program_say(text_bytes(&command), &seen.checked);
    text_finish(&command);
    unlink(seen.board);
    return 0;
}

static int look_away(void **state)
{
    (void)state;
    text_finish(&seen.csv);
    text_finish(&seen.judged);
    text_finish(&seen.checked);
    catalogue_destroy(seen.catalogue);
    return 0;
}

/* After the last line of the recording. */
static bool has_value(const char *kpi)
{
    struct text key = {0};
    text_append_format(&key, "\"tile\": \"%s\", \"value\": ", kpi);
    const char *found = NULL, *next = text_bytes(&seen.judged);
    while ((next = strstr(next, text_bytes(&key))))
        found = next++;
    if (!found)
        fail_msg("%s is not judged:\n%.300s", kpi, text_bytes(&seen.judged));
    bool has = strncmp(found + key.length, "null", 4) != 0;
    text_finish(&key);
    return has;
}

static bool check_says(const char *severity, const char *kpi, const char *words)
{
    struct text sought = {0};
    text_append_format(&sought, "kpi: %s%s", kpi, words);
    const char *found = strstr(text_bytes(&seen.checked), text_bytes(&sought));
    while (found && found > text_bytes(&seen.checked) && found[-1] != '\n')
        found--;
    bool says = found && strstr(found, severity) && strstr(found, severity) < strchr(found, '\n');
    text_finish(&sought);
    return says;
}

static void every_kpi_of_the_catalogue_is_in_the_table(void **state)
{
    (void)state;
    size_t rows = 0;
    for (const char *at = text_bytes(&seen.csv); (at = strchr(at, '\n')); at++)
        rows++;
    assert_int_equal(rows - 1, catalogue_kpi_count(seen.catalogue));
    for (size_t i = 0; i < catalogue_kpi_count(seen.catalogue); i++)
        if (!*shown_by(catalogue_kpi_at(seen.catalogue, i)->id))
            fail_msg("%s is not in the table", catalogue_kpi_at(seen.catalogue, i)->id);
}

static void a_kpi_shows_a_figure_or_there_is_a_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < catalogue_kpi_count(seen.catalogue); i++) {
        const char *kpi = catalogue_kpi_at(seen.catalogue, i)->id;
        if (!is_shown_as(kpi, "refused") && has_value(kpi) != is_shown_as(kpi, "value"))
            fail_msg("%s: the table says \"%s\"", kpi, shown_by(kpi));
    }
}

static void what_nothing_works_out_is_told_by_check(void **state)
{
    (void)state;
    for (size_t i = 0; i < catalogue_kpi_count(seen.catalogue); i++) {
        const char *kpi = catalogue_kpi_at(seen.catalogue, i)->id;
        assert_int_equal(check_says("warning", kpi, " is not worked out of counters"),
                         is_shown_as(kpi, "source"));
        assert_int_equal(check_says("warning", kpi, " is about objectives and the board has none"),
                         is_shown_as(kpi, "objectives"));
        if (is_shown_as(kpi, "refused"))
            assert_true(check_says("error", kpi, ": a ranking of agents is not allowed"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kpi_of_the_catalogue_is_in_the_table),
        cmocka_unit_test(a_kpi_shows_a_figure_or_there_is_a_reason),
        cmocka_unit_test(what_nothing_works_out_is_told_by_check),
    };
    return cmocka_run_group_tests(tests, look, look_away);
}
