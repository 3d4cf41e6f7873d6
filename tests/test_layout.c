#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/layout.h"

static struct snapshot_tile tiles[12];

static struct snapshot_page page_of(int columns, int rows, size_t count)
{
    for (size_t i = 0; i < 12; i++)
        tiles[i] = (struct snapshot_tile){.columns = 1, .rows = 1};
    return (struct snapshot_page){.columns = columns, .rows = rows, .tile_count = count, .tiles = tiles};
}

static void assert_area(struct area area, int x, int y, int width, int height)
{
    assert_int_equal(area.x, x);
    assert_int_equal(area.y, y);
    assert_int_equal(area.width, width);
    assert_int_equal(area.height, height);
}

static void the_grid_leaves_the_margin_that_a_television_cuts_off(void **state)
{
    (void)state;
    struct layout layout = layout_page(1920, 1080, 0, 0);
    assert_area(layout.header, 38, 22, 1844, 84);
    assert_area(layout.grid, 38, 114, 1844, 944);
    assert_int_equal(layout.strip.height, 0);
}

static void the_strip_has_room_of_its_own(void **state)
{
    (void)state;
    struct layout layout = layout_page(1920, 1080, 1, 0);
    assert_area(layout.strip, 38, 994, 1844, 64);
    assert_int_equal(layout.grid.y + layout.grid.height, 994 - 16);
}

static void four_thousand_pixels_are_the_same_picture_doubled(void **state)
{
    (void)state;
    struct layout layout = layout_page(3840, 2160, 1, 0);
    assert_area(layout.header, 77, 43, 3686, 168);
    assert_area(layout.strip, 77, 1989, 3686, 128);
}

static void tiles_fill_the_grid_in_their_order(void **state)
{
    (void)state;
    struct area areas[12];
    struct layout layout = layout_page(1920, 1080, 0, 0);
    struct snapshot_page page = page_of(2, 2, 4);
    layout_tiles(&layout, &page, areas);
    assert_area(areas[0], 38, 114, 914, 464);
    assert_area(areas[1], 968, 114, 914, 464);
    assert_area(areas[3], 968, 594, 914, 464);
}

static void a_hero_pushes_the_others_aside(void **state)
{
    (void)state;
    struct area areas[12];
    struct layout layout = layout_page(1920, 1080, 0, 0);
    struct snapshot_page page = page_of(3, 2, 3);
    tiles[0].columns = tiles[0].rows = 2;
    layout_tiles(&layout, &page, areas);
    assert_area(areas[0], 38, 114, 1224, 944);
    assert_area(areas[1], 1278, 114, 604, 464);
    assert_area(areas[2], 1278, 594, 604, 464);
}

static void grid_becomes(int width, int height, int columns, int rows, int new_columns, int new_rows)
{
    struct layout layout = layout_page(width, height, 0, 0);
    struct snapshot_page page = page_of(columns, rows, (size_t)(columns * rows));
    layout_grid(&layout, &page, &columns, &rows);
    assert_int_equal(columns, new_columns);
    assert_int_equal(rows, new_rows);
}

static void a_lying_grid_stands_up_on_an_upright_screen(void **state)
{
    (void)state;
    grid_becomes(1920, 1080, 4, 3, 4, 3);
    grid_becomes(1080, 1920, 4, 3, 2, 6);
    grid_becomes(1080, 1920, 3, 2, 2, 3);
    grid_becomes(1080, 1920, 2, 1, 1, 2);
    grid_becomes(1080, 1920, 1, 1, 1, 1);
}

static void no_tile_is_left_out_of_a_grid_that_is_too_small(void **state)
{
    (void)state;
    struct area areas[12];
    struct layout layout = layout_page(1920, 1080, 0, 0);
    struct snapshot_page page = page_of(2, 1, 5);
    layout_tiles(&layout, &page, areas);
    assert_true(areas[4].y > areas[3].y);
    assert_true(areas[4].height > 100);
    assert_true(areas[4].y + areas[4].height <= layout.grid.y + layout.grid.height);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_grid_leaves_the_margin_that_a_television_cuts_off),
        cmocka_unit_test(the_strip_has_room_of_its_own),
        cmocka_unit_test(four_thousand_pixels_are_the_same_picture_doubled),
        cmocka_unit_test(tiles_fill_the_grid_in_their_order),
        cmocka_unit_test(a_hero_pushes_the_others_aside),
        cmocka_unit_test(a_lying_grid_stands_up_on_an_upright_screen),
        cmocka_unit_test(no_tile_is_left_out_of_a_grid_that_is_too_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
