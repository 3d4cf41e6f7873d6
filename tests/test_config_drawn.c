/*
 * `vigie check` on reading distances: what the tables of legibility refuse is refused, and what would really
 * be drawn is measured.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/config.h"

static const int64_t now_wall_ms = 1795000000000;

/* All that is said of a page of so many plain tiles. */
static void said_of(int columns, int rows, const char *tile, double diagonal_in, double distance_m, char *out,
                    size_t size)
{
    char path[] = "build/test-drawn-XXXXXX", line[2048];
    FILE *file = fdopen(mkstemp(path), "w");
    fprintf(file, "vigie: 1\ntitle: Essai\nsources: [{name: acd, adapter: generic/filter-canonical, ");
    fprintf(file, "url: 'https://acd.example.org/', every: 10s}]\n");
    fprintf(file, "screen: {diagonal_in: %g, reading_distance_m: %g}\n", diagonal_in, distance_m);
    fprintf(file, "pages:\n  - id: one\n    grid: %dx%d\n    tiles:\n", columns, rows);
    for (int i = 0; i < columns * rows; i++)
        fprintf(file, "      - {id: t%d, %s}\n", i, tile);
    fclose(file);
    struct config *config = config_read_at(path, now_wall_ms);
    *out = '\0';
    for (size_t i = 0; i < config->problem_count; i++) {
        config_problem_line(config, &config->problems[i], line, sizeof line);
        if (strstr(line, "read at") || strstr(line, "high at"))
            snprintf(out + strlen(out), size - strlen(out), "%s\n", line);
    }
    config_destroy(config);
    unlink(path);
}

static const struct {
    double diagonal_in, distance_m;
    int columns, rows;
    const char *said; /* "": nothing */
} walls[] = {
    {43, 10, 4, 3,
     "error: pages[0].grid: a 4x3 grid cannot be read at 10 m on 43 inches; the largest that can is 2x2"},
    {43, 10.2, 2, 2, ""},
    {43, 10.5, 2, 2, "error: pages[0].grid: a 2x2 grid cannot be read"},
    {65, 24, 1, 1, ""},
    {65, 31.5, 1, 1, "not even one tile can be read at 31.5 m on 65 inches; it can up to 31.1 m"},
    {65, 19.4, 1, 1, ""},
    {55, 5, 4, 3, ""},
    {55, 7, 4, 3, ""},
    {55, 7.3, 4, 3, "the largest that can is"},
    {55, 9.3, 3, 2, ""},
};

static void the_distances_of_the_tables_hold_and_are_kept_by_what_is_drawn(void **state)
{
    (void)state;
    static const char *const tiles[] = {"kpi: service_level, type: number", "kpi: service_level, type: gauge",
                                        "kpi: longest_wait, type: sparkline",
                                        "kpi: calls_waiting, type: bar"};
    char said[8192];
    for (size_t i = 0; i < sizeof walls / sizeof *walls; i++)
        for (size_t t = 0; t < sizeof tiles / sizeof *tiles; t++) {
            said_of(walls[i].columns, walls[i].rows, tiles[t], walls[i].diagonal_in, walls[i].distance_m,
                    said, sizeof said);
            if (*walls[i].said ? !strstr(said, walls[i].said) : *said != '\0')
                fail_msg("row %zu, %s: \"%s\"", i, tiles[t], said);
        }
}

static void what_is_left_beside_header_and_label_is_measured(void **state)
{
    (void)state;
    char said[8192];
    said_of(1, 1, "kpi: service_level, type: number", 65, 31, said, sizeof said);
    assert_non_null(strstr(said, "warning: pages[0].tiles[0].span: its figure would be 1"));
    assert_non_null(strstr(said, "6′ high at 31 m, 20′ is the least; give it a larger span"));
    said_of(2, 2, "kpi: revenue, type: number", 43, 5, said, sizeof said);
    assert_string_equal(said, "");
}

int main(void)
{
    setenv("TZ", "Europe/Paris", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_distances_of_the_tables_hold_and_are_kept_by_what_is_drawn),
        cmocka_unit_test(what_is_left_beside_header_and_label_is_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
