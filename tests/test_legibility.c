#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "render/legibility.h"
#include "tests/csv_cases.h"
#include "tests/near.h"

/* ---- the tables of legibility, as printed ---- */

static bool printed(const struct csv_cases *cases, size_t row, const char *column, const char *format,
                    double got)
{
    char text[32];
    snprintf(text, sizeof text, format, got);
    if (strcmp(text, csv_text(cases, row, column)) == 0)
        return true;
    fprintf(stderr, "row %zu: %s is %s, expected %s\n", row + 1, column, text, csv_text(cases, row, column));
    return false;
}

static bool height_agrees(const struct csv_cases *cases, size_t row)
{
    bool is_4k = strcmp(csv_text(cases, row, "resolution"), "4K") == 0;
    double pitch_mm = legibility_pitch_mm(csv_number(cases, row, "diagonal_in"), is_4k ? 3840 : 1920);
    double mm = legibility_height_mm(csv_number(cases, row, "visual_angle_arcmin"),
                                     csv_number(cases, row, "distance_m"));
    int px = legibility_height_px(mm, pitch_mm);
    return printed(cases, row, "pixel_pitch_mm", "%.4f", pitch_mm) &&
           printed(cases, row, "cap_height_mm", "%.1f", mm) &&
           printed(cases, row, "cap_height_px", "%.0f", px) &&
           printed(cases, row, "font_em_px_cap0.72", "%.0f", legibility_em_px(px, 0.72)) &&
           printed(cases, row, "cap_height_pct_of_screen", "%.1f", 100.0 * px / (is_4k ? 2160 : 1080));
}

static void heights_are_those_of_the_table(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/legibility_table.csv");
    size_t agree = 0;
    for (size_t row = 0; row < cases->count; row++)
        agree += height_agrees(cases, row);
    assert_int_equal(cases->count, 120);
    assert_int_equal(agree, 120);
    csv_destroy(cases);
}

static enum legibility profile_of(const struct csv_cases *cases, size_t row)
{
    static const char *const names[LEGIBILITY_COUNT] = {"comfort", "standard", "minimum"};
    int profile = 0;
    while (strcmp(names[profile], csv_text(cases, row, "profile")) != 0)
        profile++;
    return (enum legibility)profile;
}

static bool distance_agrees(const struct csv_cases *cases, size_t row, int columns, int rows)
{
    char column[32];
    snprintf(column, sizeof column, "max_distance_m_%dx%d", columns, rows);
    struct screen_size screen = legibility_screen(csv_number(cases, row, "diagonal_in"), false);
    return printed(cases, row, column, "%.1f",
                   legibility_farthest_m(profile_of(cases, row), screen, columns, rows));
}

static void largest_distances_are_those_of_the_table(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/layout_max_distance.csv");
    size_t agree = 0;
    for (size_t row = 0; row < cases->count; row++)
        agree += distance_agrees(cases, row, 1, 1) && distance_agrees(cases, row, 2, 1) &&
                 distance_agrees(cases, row, 2, 2) && distance_agrees(cases, row, 3, 2) &&
                 distance_agrees(cases, row, 3, 3) && distance_agrees(cases, row, 4, 3);
    assert_int_equal(cases->count, 9);
    assert_int_equal(agree, 9);
    csv_destroy(cases);
}

static bool capacity_agrees(const struct csv_cases *cases, size_t row)
{
    int columns, rows;
    legibility_largest_grid(profile_of(cases, row),
                            legibility_screen(csv_number(cases, row, "diagonal_in"), false),
                            csv_number(cases, row, "distance_m"), &columns, &rows);
    int tiles = columns * rows;
    return printed(cases, row, "max_columns", "%.0f", columns) &&
           printed(cases, row, "max_rows", "%.0f", rows) &&
           printed(cases, row, "tiles_geometric", "%.0f", tiles) &&
           printed(cases, row, "tiles_allowed_cap12", "%.0f", tiles < 12 ? tiles : 12);
}

static void the_room_for_tiles_is_that_of_the_table(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/layout_capacity.csv");
    size_t agree = 0;
    for (size_t row = 0; row < cases->count; row++)
        agree += capacity_agrees(cases, row);
    assert_int_equal(cases->count, 36);
    assert_int_equal(agree, 36);
    csv_destroy(cases);
}

/* ---- single figures ---- */

static void a_capital_grows_with_angle_and_distance(void **state)
{
    (void)state;
    assert_near(legibility_height_mm(16, 5), 23.27, 0.005);
    assert_near(legibility_height_mm(16, 10), 46.54, 0.005);
    assert_near(legibility_height_mm(40, 20), 232.71, 0.005);
}

static void half_a_pixel_more_takes_a_whole_one(void **state)
{
    (void)state;
    assert_int_equal(legibility_height_px(10, 2), 5);
    assert_int_equal(legibility_height_px(10.1, 2), 6);
    assert_int_equal(legibility_em_px(72, 0.72), 100);
    assert_int_equal(legibility_em_px(73, 0.72), 102);
}

static void an_upright_screen_has_the_same_sides_the_other_way_round(void **state)
{
    (void)state;
    struct screen_size lying = legibility_screen(55, false), upright = legibility_screen(55, true);
    assert_near(lying.width_mm, 1217.6, 0.05);
    assert_near(lying.height_mm, 684.9, 0.05);
    assert_near(upright.width_mm, 684.9, 0.05);
    assert_near(upright.height_mm, 1217.6, 0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heights_are_those_of_the_table),
        cmocka_unit_test(largest_distances_are_those_of_the_table),
        cmocka_unit_test(the_room_for_tiles_is_that_of_the_table),
        cmocka_unit_test(a_capital_grows_with_angle_and_distance),
        cmocka_unit_test(half_a_pixel_more_takes_a_whole_one),
        cmocka_unit_test(an_upright_screen_has_the_same_sides_the_other_way_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
