#include "app/chime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "render/sound.h"

static struct snapshot_tile tile;

static bool hears(struct chime *chime, enum display display, int64_t since_wall_ms)
{
    struct snapshot_alert alert = {&tile, display, since_wall_ms, COMPOUND_NONE, {{0}}};
    struct snapshot snapshot = {.alert_count = 1, .alerts = &alert};
    return chime_is_due(chime, &snapshot);
}

static bool hears_nothing(struct chime *chime)
{
    struct snapshot snapshot = {0};
    return chime_is_due(chime, &snapshot);
}

static int quiet(void **state)
{
    (void)state;
    tile = (struct snapshot_tile){0};
    return 0;
}

static void a_new_critical_is_heard_once(void **state)
{
    (void)state;
    struct chime chime = {0};
    assert_false(hears_nothing(&chime));
    assert_true(hears(&chime, DISPLAY_CRITICAL, 5000));
    assert_false(hears(&chime, DISPLAY_CRITICAL, 5000));
}

static void what_was_red_at_the_start_is_old_news(void **state)
{
    (void)state;
    struct chime chime = {0};
    assert_false(hears(&chime, DISPLAY_CRITICAL, 5000));
    assert_true(hears(&chime, DISPLAY_CRITICAL, 9000));
}

static void a_warning_is_seen_and_not_heard(void **state)
{
    (void)state;
    struct chime chime = {0};
    assert_false(hears_nothing(&chime));
    assert_false(hears(&chime, DISPLAY_WARN, 5000));
    assert_true(hears(&chime, DISPLAY_CRITICAL, 6000));
}

static void the_first_minutes_of_a_day_are_quiet(void **state)
{
    (void)state;
    struct chime chime = {0};
    assert_false(hears_nothing(&chime));
    tile.just_opened = true;
    assert_false(hears(&chime, DISPLAY_CRITICAL, 5000));
}

static void a_queue_of_one_agent_makes_no_sound(void **state)
{
    (void)state;
    struct chime chime = {0};
    assert_false(hears_nothing(&chime));
    tile.queue_unnamed = true;
    assert_false(hears(&chime, DISPLAY_CRITICAL, 5000));
}

static void a_flood_is_silent(void **state)
{
    (void)state;
    struct chime chime = {0};
    struct snapshot_alert alert = {&tile, DISPLAY_CRITICAL, 5000, COMPOUND_NONE, {{0}}};
    struct snapshot snapshot = {.flood = true, .alert_count = 1, .alerts = &alert};
    assert_false(hears_nothing(&chime));
    assert_false(chime_is_due(&chime, &snapshot));
}

static void the_wave_starts_and_ends_in_silence_and_never_shouts(void **state)
{
    (void)state;
    enum { ROOM = SOUND_RATE_HZ * 2 };
    int16_t *samples = calloc(ROOM, sizeof *samples);
    size_t count = sound_wave(samples, ROOM, 100);
    int loudest = 0;
    for (size_t i = 0; i < count; i++)
        loudest = abs(samples[i]) > loudest ? abs(samples[i]) : loudest;
    assert_int_equal(count, 30870);
    assert_int_equal(samples[0], 0);
    assert_in_range(abs(samples[count - 1]), 0, 20);
    assert_in_range(loudest, 8000, 20000);
    assert_int_equal(sound_wave(samples, 100, 100), 100);
    free(samples);
}

static void half_the_volume_is_half_the_wave(void **state)
{
    (void)state;
    int16_t loud[2000], soft[2000];
    sound_wave(loud, 2000, 100);
    sound_wave(soft, 2000, 50);
    assert_in_range(abs(loud[777] - 2 * soft[777]), 0, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_new_critical_is_heard_once, quiet),
        cmocka_unit_test_setup(what_was_red_at_the_start_is_old_news, quiet),
        cmocka_unit_test_setup(a_warning_is_seen_and_not_heard, quiet),
        cmocka_unit_test_setup(the_first_minutes_of_a_day_are_quiet, quiet),
        cmocka_unit_test_setup(a_queue_of_one_agent_makes_no_sound, quiet),
        cmocka_unit_test_setup(a_flood_is_silent, quiet),
        cmocka_unit_test(the_wave_starts_and_ends_in_silence_and_never_shouts),
        cmocka_unit_test(half_the_volume_is_half_the_wave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
