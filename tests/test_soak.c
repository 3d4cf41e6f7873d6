#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/sanitized.h"
#include "tests/render_fixture.h"
#include "tests/soak_kit.h"

/* Minutes of what tests/bench/bench_soak does for days. */

static const char board[] = "vigie: 1\n"
                            "title: Lyon\n"
                            "sources:\n"
                            "  - {name: acd, adapter: generic/filter-canonical, url: 'simulator:/samples'}\n"
                            "pages:\n"
                            "  - id: live\n"
                            "    title: Tenons-nous la promesse ?\n"
                            "    grid: 2x2\n"
                            "    tiles:\n"
                            "      - {kpi: service_level, type: gauge}\n"
                            "      - {kpi: longest_wait, type: sparkline, rule: {warn: 20, critical: 40}}\n"
                            "      - {kpi: calls_waiting}\n"
                            "      - {kpi: asa}\n"
                            "  - id: quality\n"
                            "    title: Où faut-il aider ?\n"
                            "    grid: 2x1\n"
                            "    tiles:\n"
                            "      - {kpi: aht}\n"
                            "      - {kpi: abandonment_rate, type: ribbon}\n";

static void update(struct soak *soak, long step)
{
    struct now now = soak_now(soak, step);
    soak_apply(soak, step, now);
    snapshot_destroy(inquiry_snapshot(soak->board, &(struct inquiry_question){.tile = NULL}, now));
}

static size_t held_after_updates(struct soak *soak, long from, long updates)
{
    for (long step = from; step < from + updates; step++)
        update(soak, step);
    return soak_heap_bytes();
}

static void after_2000_updates_the_board_holds_not_a_byte_more(void **state)
{
    (void)state;
    struct soak soak;
    struct error error = {""};
    if (BASE_SANITIZED)
        skip(); /* their allocator counts otherwise, and they look for leaks themselves */
    if (!soak_init(&soak, config_read_text("soak.yaml", board), 320, 180, 2000, &error))
        fail_msg("%s", error.text);
    size_t warm = held_after_updates(&soak, 0, 500);
    assert_int_equal(held_after_updates(&soak, 500, 2000), warm);
    soak_finish(&soak);
}

/* Time stands still: each minute of a clock brings other letters, which the fonts keep. */
static size_t held_after_pictures(struct scene *scene, struct fixture *wall, int pictures)
{
    for (int i = 0; i < pictures; i++) {
        wall->tiles[4].value = 10 + i % 2;
        wall->series[1][FIXTURE_MINUTES - 1] = (float)(60 + i % 2);
        wall->snapshot.taken.monotonic_ms++;
        scene_show_page(scene, (size_t)(i / 8 % 2));
        assert_true(scene_draw_changes(scene, &wall->snapshot, fixture_now));
    }
    return soak_heap_bytes();
}

static void after_2000_pictures_and_250_page_turns_the_scene_has_lost_nothing(void **state)
{
    (void)state;
    static struct fixture wall;
    struct scene_settings settings = {.assets_path = getenv("VIGIE_ASSETS"),
                                      .theme = "dark",
                                      .language = LANGUAGE_FR,
                                      .width_px = 480,
                                      .height_px = 270};
    if (BASE_SANITIZED)
        skip();
    fixture_init(&wall);
    struct scene *scene = scene_create(&settings, NULL);
    size_t warm = held_after_pictures(scene, &wall, 480);
    /* the allocator's own roundings move by some hundred bytes; one piece lost at each page turn would be
     * 8000 */
    assert_true(held_after_pictures(scene, &wall, 2000) < warm + 4000);
    scene_destroy(scene);
}

int main(void)
{
    setenv("TZ", "Europe/Paris", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_2000_updates_the_board_holds_not_a_byte_more),
        cmocka_unit_test(after_2000_pictures_and_250_page_turns_the_scene_has_lost_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
