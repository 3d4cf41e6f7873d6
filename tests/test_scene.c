#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/canvas.h"
#include "render/scene.h"
#include "render/theme.h"
#include "render/tile.h"
#include "tests/contents_fixture.h"

/* ---- helpers ---- */

static struct fixture board; /* as the fixture has it, before each test */
static float longer_series[2000];

static int set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    fixture_init(&board);
    return 0;
}

static struct scene *scene_of(const char *theme, enum language language, int width, int height)
{
    struct scene_settings settings = {getenv("VIGIE_ASSETS"), theme, language, width, height, 55, 2.5, false};
    struct error error = {0};
    struct scene *scene = scene_create(&settings, &error);
    if (!scene)
        fail_msg("%s", error.text);
    scene_record_texts(scene, true);
    return scene;
}

static struct scene *drawn_scene(void)
{
    struct scene *scene = scene_of("dark", LANGUAGE_FR, 1920, 1080);
    assert_true(scene_draw_changes(scene, &board.snapshot, fixture_now));
    return scene;
}

static struct now later(int64_t by_ms)
{
    return (struct now){fixture_now.monotonic_ms + by_ms, fixture_now.wall_ms + by_ms};
}

static void assert_said(const struct scene *scene, const char *line)
{
    struct text wanted = {0};
    text_append_format(&wanted, "\n%s\n", line);
    if (!strstr(scene_recorded_texts(scene), text_bytes(&wanted)))
        fail_msg("\"%s\" was not drawn:\n%s", line, scene_recorded_texts(scene));
    text_finish(&wanted);
}

static uint64_t sum_outside(const struct canvas *canvas, struct area hole)
{
    uint64_t sum = 0;
    for (int y = 0; y < canvas->height_px; y++)
        for (int x = 0; x < canvas->width_px; x++)
            if (x < hole.x || x >= hole.x + hole.width || y < hole.y || y >= hole.y + hole.height)
                sum = sum * 31 + canvas->pixels[y * canvas->stride_px + x];
    return sum;
}

/* Round all that the last drawing touched. */
static struct area touched(const struct scene *scene)
{
    size_t count = 0;
    const struct area *changes = scene_changes(scene, &count);
    struct area all = changes[0];
    for (size_t i = 1; i < count; i++)
        all = area_around(&all, &changes[i]);
    return all;
}

/* ---- what is said ---- */

static void every_figure_reaches_the_wall_with_its_words(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    assert_said(scene, "Tenons-nous la promesse ?");
    assert_said(scene, "vendredi 21 novembre");
    assert_said(scene, "04:32");
    assert_said(scene, "CRITIQUE");
    assert_said(scene, "ATTENTION");
    assert_said(scene, "78,4");
    assert_said(scene, "objectif ≥\u00a080\u202f%");
    assert_said(scene, "n\u00a0=\u00a0412");
    assert_said(scene, "Support · voix · 30\u00a0min");
    assert_said(scene, "il y a 3\u00a0min");
    scene_destroy(scene);
}

/* Nobody has to act at 73 %, and it is not the 75 % that one aims for. */
static void a_green_figure_that_misses_its_target_says_so(void **state)
{
    (void)state;
    struct snapshot_tile *tile = &board.tiles[3];
    tile->direction = DIRECTION_HIGHER_IS_BETTER;
    tile->limits = (struct limits){70, NAN, 65, NAN};
    tile->value = 73;
    tile->target = 75;
    struct scene *scene = drawn_scene();
    assert_said(scene, "<\u00a0objectif 75\u202f%");
    scene_destroy(scene);
    tile->value = 75;
    scene = drawn_scene();
    assert_said(scene, "objectif ≥\u00a075\u202f%");
    scene_destroy(scene);
    tile->direction = DIRECTION_LOWER_IS_BETTER;
    tile->limits = (struct limits){NAN, 80, NAN, 90};
    tile->value = 76;
    scene = drawn_scene();
    assert_said(scene, ">\u00a0objectif 75\u202f%");
    scene_destroy(scene);
}

static void what_is_not_known_is_said_with_its_reason(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    assert_said(scene, "DONNÉES FIGÉES 14:02");
    assert_said(scene, "PAS DE DONNÉE");
    assert_said(scene, "Zendesk\u00a0: serveur injoignable");
    assert_said(scene, "depuis 14:02");
    assert_said(scene, "n\u00a0<\u00a020");
    assert_said(scene, "FERMÉ · ouvre lundi à\u00a008:30");
    assert_said(scene, "—");
    scene_destroy(scene);
}

static void english_is_english(void **state)
{
    (void)state;
    struct scene *scene = scene_of("light", LANGUAGE_EN, 1280, 720);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    assert_said(scene, "Friday 21 November");
    assert_said(scene, "STALE DATA 14:02");
    assert_said(scene, "Zendesk: server unreachable");
    assert_said(scene, "target ≥\u00a080%");
    scene_destroy(scene);
}

static void a_board_without_data_is_never_green_as_a_whole(void **state)
{
    (void)state;
    board.snapshot.summary = DISPLAY_OK;
    struct scene *scene = drawn_scene();
    assert_said(scene, "DONNÉES INCOMPLÈTES");
    scene_destroy(scene);
}

static void without_a_snapshot_the_wall_says_that_it_starts(void **state)
{
    (void)state;
    struct scene *scene = scene_of("dark", LANGUAGE_FR, 640, 360);
    assert_true(scene_draw_changes(scene, NULL, fixture_now));
    assert_said(scene, "Vigie démarre…");
    assert_false(scene_draw_changes(scene, NULL, later(1000)));
    assert_true(scene_draw_changes(scene, &board.snapshot, later(2000)));
    scene_destroy(scene);
}

/* ---- what changes ---- */

static void an_equal_snapshot_draws_nothing(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot equal = board.snapshot;
    equal.taken.monotonic_ms += 1000;
    equal.taken.wall_ms += 1000;
    assert_false(scene_draw_changes(scene, &board.snapshot, later(500)));
    assert_false(scene_draw_changes(scene, &equal, later(1000)));
    size_t count = 99;
    scene_changes(scene, &count);
    assert_int_equal(count, 0);
    scene_destroy(scene);
}

static void one_changed_tile_touches_only_its_own_area(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    board.tiles[3].display = DISPLAY_CRITICAL; /* all of the tile */
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    const struct area area = touched(scene);
    assert_true(area.x > 1400 && area.y < 140 && area.width < 470 && area.height < 300);

    uint64_t outside = sum_outside(scene_canvas(scene), area);
    board.tiles[3].value = 4.9;
    next.taken.monotonic_ms += 1000;
    assert_true(scene_draw_changes(scene, &next, later(2000)));
    assert_true(sum_outside(scene_canvas(scene), area) == outside);
    scene_destroy(scene);
}

static void another_figure_leaves_the_words_of_its_tile_alone(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    board.tiles[0].value = 13;
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    struct area area = touched(scene);
    assert_true(area.y > 150 && area.width < 440 && area.height < 180);
    scene_destroy(scene);
}

static void a_difference_that_nobody_sees_is_not_drawn(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    board.tiles[0].value = 12.2;
    board.tiles[10].n = 12.3;
    assert_false(scene_draw_changes(scene, &next, later(1000)));
    scene_destroy(scene);
}

static void neighbours_that_change_are_one_rectangle(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    board.tiles[4].display = DISPLAY_CRITICAL;
    board.tiles[5].display = DISPLAY_CRITICAL;
    size_t count = 0;
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    assert_true(scene_changes(scene, &count)[0].width > 900);
    assert_int_equal(count, 1);
    scene_destroy(scene);
}

static void drawing_change_by_change_ends_in_the_same_picture(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    board.tiles[1].display = DISPLAY_WARN;
    board.tiles[1].value = 130;
    board.tiles[8].display = DISPLAY_OK;
    board.tiles[11].display = DISPLAY_NODATA;
    scene_draw_changes(scene, &next, later(1000));
    struct scene *fresh = scene_of("dark", LANGUAGE_FR, 1920, 1080);
    scene_draw_changes(fresh, &next, later(1000));
    struct area none = {0};
    assert_true(sum_outside(scene_canvas(scene), none) == sum_outside(scene_canvas(fresh), none));
    scene_destroy(fresh);
    scene_destroy(scene);
}

static void a_clock_that_is_not_right_has_a_lamp_of_its_own(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    assert_null(strstr(scene_recorded_texts(scene), "horloge"));
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    next.clock_untrusted = true;
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    size_t count = 0;
    assert_true(scene_changes(scene, &count)[0].height < 120);
    assert_int_equal(count, 1);
    assert_said(scene, "horloge");
    assert_said(scene, "14:07");
    scene_destroy(scene);
}

static void the_lamp_of_the_clock_is_there_upright_and_in_english_too(void **state)
{
    (void)state;
    board.snapshot.clock_untrusted = true;
    struct scene *scene = scene_of("light", LANGUAGE_EN, 720, 1280);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    assert_said(scene, "clock");
    assert_said(scene, "CRITICAL");
    scene_destroy(scene);
}

/* Four weeks end on a Friday: at the left edge a Monday stands beside its bar, over the next one. */
static void names_of_days_do_not_lie_over_each_other(void **state)
{
    (void)state;
    struct snapshot_bar days[26];
    for (int i = 0; i < 26; i++)
        days[i] = (struct snapshot_bar){
            .from_wall_ms = fixture_now.wall_ms + (i - 25) * 86400000LL, .value = 10 + i, .plan = NAN};
    board.tiles[0].type = "bar";
    board.tiles[0].rows = 2;
    board.tiles[0].target = NAN;
    board.tiles[0].bars = (struct snapshot_bars){.step = BAR_DAY, .count = 26, .bars = days};
    struct scene *scene = scene_of("dark", LANGUAGE_FR, 960, 1080);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    assert_said(scene, "lun. 27 oct.");
    assert_null(strstr(scene_recorded_texts(scene), "lun. 10 nov."));
    scene_destroy(scene);
    scene = scene_of("dark", LANGUAGE_FR, 3840, 2160);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    assert_said(scene, "lun. 27 oct.");
    assert_said(scene, "lun. 10 nov.");
    scene_destroy(scene);
}

/* The month of the SQCDP letters, on a tile of the page's grid. */
static struct scene *month_of_letters(int width_tiles)
{
    board.tiles[0].type = "ribbon";
    board.tiles[0].kpi_id = "sqcdp_status";
    board.tiles[0].columns = width_tiles;
    board.tiles[0].rows = 3;
    board.snapshot.month = (struct snapshot_month){.today = 20, .day_count = 30};
    for (int day = 0; day < 20; day++)
        board.snapshot.month.cells[0][day] = DISPLAY_OK;
    struct scene *scene = drawn_scene();
    return scene;
}

static void letters_have_all_their_names_or_none(void **state)
{
    (void)state;
    struct scene *scene = month_of_letters(3);
    assert_said(scene, "Santé");
    assert_said(scene, "Équipe");
    scene_destroy(scene);
    scene = month_of_letters(1);
    assert_said(scene, "S");
    assert_null(strstr(scene_recorded_texts(scene), "S…"));
    assert_null(strstr(scene_recorded_texts(scene), "Coût"));
    scene_destroy(scene);
}

static void a_history_that_is_not_written_for_two_minutes_has_a_lamp_below_that_of_the_clock(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    next.keeping.kept = true;
    next.keeping.trouble = "the disk is full";
    next.keeping.trouble_since_wall_ms = fixture_now.wall_ms;
    scene_draw_changes(scene, &next, later(1000));
    assert_null(strstr(scene_recorded_texts(scene), "historique"));
    assert_true(scene_draw_changes(scene, &next, later(120000)));
    assert_said(scene, "historique");
    next.clock_untrusted = true;
    next.taken.monotonic_ms += 121000;
    assert_true(scene_draw_changes(scene, &next, later(121000)));
    assert_said(scene, "horloge");
    scene_destroy(scene);
}

/* Only tiles with a curve are drawn again, and only where the event lies in what the curve shows. */
static void an_event_is_a_flag_in_the_curves(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    struct snapshot_mark mark = {fixture_now.wall_ms - 30 * 3600000LL, "SVI changé"};
    next.mark_count = 1;
    next.marks = &mark;
    next.taken.monotonic_ms += 1000;
    assert_false(scene_draw_changes(scene, &next, fixture_now));
    mark.wall_ms = fixture_now.wall_ms - 600000;
    next.taken.monotonic_ms += 1000;
    assert_true(scene_draw_changes(scene, &next, fixture_now));
    assert_null(strstr(scene_recorded_texts(scene), "SVI"));
    scene_destroy(scene);
}

static struct scene *scene_of_pending(enum display level)
{
    board.tiles[3].pending = level;
    return drawn_scene();
}

static const struct area abandon_tile = {1420, 120, 465, 290};

/* How many pixels of the gauge's tile are exactly of that colour. */
static long pixels_of(const struct scene *scene, colour paint)
{
    const struct canvas *canvas = scene_canvas(scene);
    struct area area = abandon_tile;
    long count = 0;
    for (int y = area.y; y < area.y + area.height; y++)
        for (int x = area.x; x < area.x + area.width; x++)
            count += (canvas->pixels[y * canvas->stride_px + x] & 0xffffffu) == paint;
    return count;
}

static void a_tile_that_is_about_to_turn_wears_no_green(void **state)
{
    (void)state;
    struct theme theme;
    assert_true(theme_read(&theme, getenv("VIGIE_ASSETS"), "dark", NULL));
    colour green = theme.state[STATE_OK].fg, amber = theme.state[STATE_WARN].fg,
           red = theme.state[STATE_CRITICAL].fg;
    struct scene *calm = scene_of_pending(DISPLAY_OK), *warn = scene_of_pending(DISPLAY_WARN),
                 *critical = scene_of_pending(DISPLAY_CRITICAL);
    /* what stays green is the thin zone of good values */
    assert_true(pixels_of(calm, green) > 2 * pixels_of(warn, green));
    assert_int_equal(pixels_of(warn, green), pixels_of(critical, green));
    assert_true(pixels_of(warn, amber) > pixels_of(calm, amber) + 50);
    assert_true(pixels_of(critical, red) > pixels_of(calm, red) + 50);
    scene_destroy(calm);
    scene_destroy(warn);
    scene_destroy(critical);
}

/* Amber stays amber, its triangle too; the hollow diamond comes beside it. */
static void an_amber_tile_that_is_about_to_turn_red_shows_both(void **state)
{
    (void)state;
    struct theme theme;
    assert_true(theme_read(&theme, getenv("VIGIE_ASSETS"), "dark", NULL));
    colour amber = theme.state[STATE_WARN].fg, red = theme.state[STATE_CRITICAL].fg;
    board.tiles[3].display = DISPLAY_WARN;
    struct scene *calm = scene_of_pending(DISPLAY_OK), *critical = scene_of_pending(DISPLAY_CRITICAL);
    assert_int_equal(pixels_of(critical, amber), pixels_of(calm, amber));
    assert_true(pixels_of(critical, red) > pixels_of(calm, red) + 50);
    scene_destroy(calm);
    scene_destroy(critical);
}

static void a_light_that_waits_for_its_figure_to_last_says_so(void **state)
{
    (void)state;
    board.tiles[3].display = DISPLAY_WARN;
    board.tiles[3].returning = RETURNING_SOON;
    struct scene *scene = drawn_scene();
    assert_non_null(strstr(scene_recorded_texts(scene), "SE RÉSOUT"));
    board.tiles[3].display = DISPLAY_OK;
    board.tiles[3].returning = RETURNED;
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    assert_non_null(strstr(scene_recorded_texts(scene), "RÉSOLU"));
    scene_destroy(scene);
}

static void what_is_about_to_come_is_drawn_at_once_and_only_in_its_tile(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    board.tiles[3].pending = DISPLAY_WARN;
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    assert_true(touched(scene).x > 1400);
    next.taken.monotonic_ms += 1000;
    board.tiles[3].pending = DISPLAY_CRITICAL;
    assert_true(scene_draw_changes(scene, &next, later(2000)));
    next.taken.monotonic_ms += 1000;
    assert_false(scene_draw_changes(scene, &next, later(3000)));
    scene_destroy(scene);
}

static void a_quiet_board_has_no_strip(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    next.alert_count = 0;
    board.sources[1].problem = SOURCE_FINE;
    size_t count = 0;
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    assert_int_equal(scene_changes(scene, &count)[0].height, 1080);
    scene_destroy(scene);
}

static void the_strip_names_a_cause_and_where_it_is(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    board.alerts[0].tile = NULL;
    board.alerts[0].compound = COMPOUND_NOBODY_THERE;
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    assert_false(scene_draw_changes(scene, &next, later(1000)));
    board.alerts[0].compound = COMPOUND_ROUTING;
    next.taken.monotonic_ms++;
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    board.alerts[0].where.value[DIM_QUEUE] = "Support";
    next.taken.monotonic_ms++;
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    scene_destroy(scene);
}

static struct scene *drawn_from(double distance_m)
{
    struct scene_settings settings = {
        getenv("VIGIE_ASSETS"), "dark", LANGUAGE_FR, 1920, 1080, 55, distance_m, false};
    struct scene *scene = scene_create(&settings, NULL);
    scene_record_texts(scene, true);
    assert_true(scene_draw_changes(scene, &board.snapshot, fixture_now));
    return scene;
}

static void of_two_alerts_with_long_names_the_strip_tells_both_with_short_ones(void **state)
{
    (void)state;
    struct scene *near = drawn_from(2.5), *far = drawn_from(5);
    assert_said(near, "Attente la plus longue · Support\u00a0 04:32");
    assert_said(near, "Zendesk\u00a0: serveur injoignable");
    assert_said(near, "+3");
    assert_said(far, "Attente max · Support\u00a0 04:32");
    assert_said(far, "Zendesk\u00a0: serveur injoignable");
    assert_said(far, "+3");
    scene_destroy(near);
    scene_destroy(far);
}

static void an_alert_alone_has_the_strip_and_an_objective_its_percentage(void **state)
{
    (void)state;
    for (int length = 0; length < LABEL_COUNT; length++)
        board.tiles[1].label[LANGUAGE_FR][length] = "Devenir le service que l’on recommande";
    board.tiles[1].own_label = true;
    board.tiles[1].type = "okr";
    board.tiles[1].objective = -1;
    board.tiles[1].value = 0.4;
    board.tiles[1].scope.value[DIM_QUEUE] = NULL;
    board.snapshot.alert_count = 1;
    board.sources[1].problem = SOURCE_FINE;
    struct scene *scene = drawn_from(5);
    assert_said(scene, "Devenir le service que l’on recommande\u00a0 40\u202f%");
    scene_destroy(scene);
}

static void the_shortest_name_is_not_cut_however_little_room_there_is(void **state)
{
    (void)state;
    for (double distance_m = 2; distance_m < 8; distance_m += 0.5) {
        struct scene_settings settings = {
            getenv("VIGIE_ASSETS"), "light", LANGUAGE_EN, 300, 533, 55, distance_m, false};
        struct scene *scene = scene_create(&settings, NULL);
        scene_record_texts(scene, true);
        assert_true(scene_draw_changes(scene, &board.snapshot, fixture_now));
        if (strstr(scene_recorded_texts(scene), "… · Support"))
            fail_msg("at %g m:\n%s", distance_m, scene_recorded_texts(scene));
        scene_destroy(scene);
    }
}

static void what_a_board_calls_something_is_not_shortened_for_the_strip(void **state)
{
    (void)state;
    board.tiles[1].own_label = true;
    struct scene *far = drawn_from(5);
    assert_said(far, "Attente la plus longue · Support\u00a0 04:32");
    scene_destroy(far);
}

/* ---- words that have little room ---- */

/* The first line that begins and ends so; NULL: there is none. */
static const char *line_that(const struct scene *scene, const char *begins, const char *ends)
{
    static char line[200];
    for (const char *at = scene_recorded_texts(scene); (at = strchr(at, '\n')); at++) {
        size_t length = strcspn(at + 1, "\n");
        snprintf(line, sizeof line, "%.*s", (int)length, at + 1);
        if (text_starts_with(line, begins) && text_ends_with(line, ends))
            return line;
    }
    return NULL;
}

static void part_of_a_place_is_told_rather_than_half_a_word(void **state)
{
    (void)state;
    board.snapshot.pages = &board.pages[1];
    board.snapshot.page_count = 1;
    struct scene_settings settings = {getenv("VIGIE_ASSETS"), "dark", LANGUAGE_FR, 640, 360, 55, 5, false};
    struct scene *scene = scene_create(&settings, NULL);
    scene_record_texts(scene, true);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    assert_null(line_that(scene, "Support ·", "…"));
    scene_destroy(scene);
}

/* The first or the last column of the strip that has this colour; -1: none. */
static int column_with(const struct canvas *canvas, uint32_t wanted, bool last)
{
    int found = -1;
    for (int x = 0; x < canvas->width_px && (last || found < 0); x++)
        for (int y = canvas->height_px - 80; y < canvas->height_px - 22; y++)
            if ((canvas->pixels[y * canvas->stride_px + x] & 0xffffff) == wanted)
                found = x;
    return found;
}

static void hundreds_of_further_alerts_have_room_in_their_box(void **state)
{
    (void)state;
    enum { MANY = 420, SURFACE = 0x161b22, INK = 0xe9eef6 };
    static struct snapshot_alert alerts[MANY];
    for (int i = 0; i < MANY; i++)
        alerts[i] = board.alerts[i % 4];
    board.snapshot.alerts = alerts;
    board.snapshot.alert_count = MANY;
    struct scene *scene = drawn_scene();
    const struct canvas *canvas = scene_canvas(scene);
    assert_true(column_with(canvas, INK, false) - column_with(canvas, SURFACE, false) >= 8);
    assert_true(column_with(canvas, SURFACE, true) - column_with(canvas, INK, true) >= 8);
    scene_destroy(scene);
}

static void when_an_alert_was_seen_is_never_cut(void **state)
{
    (void)state;
    board.tiles[1].acked_wall_ms = fixture_now.wall_ms - 120000;
    board.snapshot.alert_count = 0;
    for (int across = 4; across <= 12; across++) {
        board.pages[0].columns = across;
        struct scene *scene = drawn_from(1.2);
        const char *cut = line_that(scene, "CRITIQUE", "…");
        if (cut || !strstr(scene_recorded_texts(scene), "vu 14:05"))
            fail_msg("%d columns: \"%s\" in:\n%s", across, cut ? cut : "", scene_recorded_texts(scene));
        scene_destroy(scene);
    }
}

static void a_clock_has_a_short_date_where_the_long_one_has_no_room(void **state)
{
    (void)state;
    struct fixture contents;
    fixture_init(&contents);
    contents_show(&contents);
    board.snapshot = contents.snapshot;
    struct scene *near = drawn_from(2), *far = drawn_from(5);
    assert_said(near, "vendredi 21 novembre");
    assert_null(line_that(far, "vendredi", "…"));
    assert_non_null(line_that(far, "ven.", "nov."));
    scene_destroy(near);
    scene_destroy(far);
}

static int hours_on(int across)
{
    struct scene_settings settings = {getenv("VIGIE_ASSETS"), "dark", LANGUAGE_EN, 1280, 720, 55, 1.2, false};
    struct scene *scene = scene_create(&settings, NULL);
    board.pages[0].columns = across;
    scene_record_texts(scene, true);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    int count =
        !!line_that(scene, "11:00", "") + !!line_that(scene, "12:00", "") + !!line_that(scene, "13:00", "");
    scene_destroy(scene);
    return count;
}

static void a_narrow_curve_has_fewer_hours(void **state)
{
    (void)state;
    board.pages[0].tiles = &board.tiles[6]; /* a sparkline of four hours */
    board.pages[0].tile_count = 1;
    board.pages[0].rows = 4;
    assert_int_equal(hours_on(1), 3);
    assert_int_equal(hours_on(11), 1);
}

static void of_an_action_in_a_small_tile_no_date_is_cut(void **state)
{
    (void)state;
    struct fixture contents;
    fixture_init(&contents);
    contents_show(&contents);
    board.snapshot = contents.snapshot;
    for (double distance_m = 2; distance_m < 8; distance_m += 0.5) {
        struct scene *scene = drawn_from(distance_m);
        const char *cut = line_that(scene, "mar.", "…");
        if (cut)
            fail_msg("at %g m: %s", distance_m, cut);
        scene_destroy(scene);
    }
}

/* A line that has no room is paged, as messages are: no word of it is lost. */
static void of_an_action_that_has_no_room_the_rest_has_its_turn(void **state)
{
    (void)state;
    static const struct snapshot_action actions[] = {
        {"Signaler les pannes à l’exploitation avant 9 h et rappeler tous les clients touchés", "superviseur",
         0, false, 3}};
    static const struct snapshot_notes notes = {true, 1, actions, 0, NULL};
    struct fixture contents;
    struct text said = {0};
    fixture_init(&contents);
    contents_show(&contents);
    contents.tiles[6].notes = &notes;
    contents.pages[0].tiles = &contents.tiles[6];
    contents.pages[0].tile_count = 1;
    contents.pages[0].columns = 3;
    contents.pages[0].rows = 2;
    board.snapshot = contents.snapshot;
    struct scene *scene = drawn_from(5);
    for (int turn = 0; turn < 12; turn++) {
        text_append(&said, scene_recorded_texts(scene));
        scene_draw_changes(scene, &board.snapshot, later((turn + 1) * 10000));
    }
    static const char *const words[] = {"Signaler", "pannes",  "exploitation", "avant 9",
                                        "rappeler", "clients", "touchés"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strstr(text_bytes(&said), words[i]))
            fail_msg("\"%s\" is never said:\n%s", words[i], text_bytes(&said));
    assert_null(strstr(text_bytes(&said), "\n… touchés\n")); /* alone it says nothing */
    text_finish(&said);
    scene_destroy(scene);
}

/* « FERMÉ · lun. 08:… » would be another hour. */
static void when_it_opens_is_told_whole_or_not_at_all(void **state)
{
    (void)state;
    board.snapshot.alert_count = 0;
    for (int across = 4; across <= 8; across++) {
        board.pages[0].columns = across;
        struct scene *scene = drawn_from(5);
        const char *cut = line_that(scene, "FERMÉ", "…");
        if (cut || !line_that(scene, "FERMÉ", ""))
            fail_msg("%d columns: \"%s\" in:\n%s", across, cut ? cut : "", scene_recorded_texts(scene));
        scene_destroy(scene);
    }
}

/* A sum without its parts says nothing of what the tile is for. */
static void old_parts_of_a_whole_are_shown_with_their_date(void **state)
{
    (void)state;
    contents_show(&board);
    board.tiles[0].display = DISPLAY_STALE;
    board.tiles[0].value_wall_ms = fixture_now.wall_ms - 300000;
    board.pages[0].tile_count = 1;
    board.pages[0].columns = 2;
    board.pages[0].rows = 2;
    for (double distance_m = 2; distance_m < 6; distance_m++) {
        struct scene *scene = drawn_from(distance_m);
        assert_said(scene, "en contact");
        assert_said(scene, "25 · 54\u202f%");
        assert_said(scene, "DONNÉES FIGÉES 14:02");
        scene_destroy(scene);
    }
}

static void since_when_parts_are_old_is_never_cut(void **state)
{
    (void)state;
    contents_show(&board);
    board.tiles[0].display = DISPLAY_STALE;
    board.tiles[0].value_wall_ms = fixture_now.wall_ms - 300000;
    board.pages[0].tile_count = 1;
    board.pages[0].rows = 2;
    for (int across = 2; across <= 5; across++) {
        board.pages[0].columns = across;
        struct scene *scene = drawn_from(5);
        if (!line_that(scene, "DONNÉES FIGÉES", "14:02") && !line_that(scene, "FIGÉ", "14:02"))
            fail_msg("%d columns:\n%s", across, scene_recorded_texts(scene));
        scene_destroy(scene);
    }
}

/* « en… » beside a bar says less than « en contact » without one. */
static void the_bars_of_parts_give_way_to_their_names(void **state)
{
    (void)state;
    contents_show(&board);
    board.pages[0].tile_count = 1;
    board.pages[0].rows = 2;
    for (int across = 2; across <= 4; across++) {
        board.pages[0].columns = across;
        struct scene *scene = drawn_from(5);
        assert_said(scene, "en contact");
        assert_non_null(line_that(scene, "25", ""));
        scene_destroy(scene);
    }
}

static void the_names_of_the_letters_are_whole_where_there_is_room(void **state)
{
    (void)state;
    struct scene_settings settings = {getenv("VIGIE_ASSETS"), "dark", LANGUAGE_EN, 540, 960, 55, 5, false};
    struct fixture contents;
    fixture_init(&contents);
    contents_show(&contents);
    for (int i = 0; i < 6; i++)
        contents.tiles[i] = contents.tiles[11];
    contents.snapshot.month.day_count = 0;
    contents.pages[0].tile_count = 6;
    contents.pages[0].columns = 2;
    contents.pages[0].rows = 3;
    struct scene *scene = scene_create(&settings, NULL);
    scene_record_texts(scene, true);
    scene_draw_changes(scene, &contents.snapshot, fixture_now);
    assert_said(scene, "Quality");
    assert_said(scene, "Delivery");
    scene_destroy(scene);
}

/* ---- answers to keys ---- */

static void an_answer_is_told_whole_on_every_wall(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1920, 1080}, {1280, 720}, {1080, 1920}, {3840, 2160}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct scene_settings settings = {
            getenv("VIGIE_ASSETS"), "dark", LANGUAGE_FR, sizes[i][0], sizes[i][1], 55, 5, false};
        struct scene *scene = scene_create(&settings, NULL);
        struct stage stage = stage_start();
        stage.notice.word = WORD_NOTICE_CHOOSE;
        scene_record_texts(scene, true);
        scene_show(scene, &stage);
        scene_draw_changes(scene, &board.snapshot, fixture_now);
        assert_said(scene, "Flèches\u00a0: choisir · Entrée\u00a0: détail · A\u00a0: vu");
        scene_destroy(scene);
    }
}

static void a_key_is_answered_before_the_first_snapshot(void **state)
{
    (void)state;
    struct scene *scene = scene_of("dark", LANGUAGE_FR, 1920, 1080);
    struct stage stage = stage_start();
    scene_draw_changes(scene, NULL, fixture_now);
    stage.notice.word = WORD_NOTICE_NO_EFFECT;
    scene_show(scene, &stage);
    scene_draw_changes(scene, NULL, later(10));
    assert_said(scene, "Touche sans effet ici ·\u00a0? pour l’aide");
    scene_destroy(scene);
}

/* ---- where others have a curve ---- */

static void assert_not_said(const struct scene *scene, const char *words)
{
    if (strstr(scene_recorded_texts(scene), words))
        fail_msg("\"%s\" was drawn:\n%s", words, scene_recorded_texts(scene));
}

/* In small tiles a curve has the place of the target. */
static void a_figure_without_a_curve_has_its_target_where_others_have_theirs(void **state)
{
    (void)state;
    struct scene *with = drawn_from(5);
    assert_not_said(with, "≤\u00a05\u202f%");
    board.tiles[3].series.count = 0;
    struct scene *without = drawn_from(5);
    assert_said(without, "≤\u00a05\u202f%");
    assert_said(without, "n\u00a0=\u00a0431");
    assert_said(without, "30\u00a0min");
    scene_destroy(with);
    scene_destroy(without);
}

/* « ≥ 8… » would be another target. */
static void a_target_that_has_no_room_is_left_out_and_never_cut(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        board.tiles[i].not_aggregated = true;
        board.tiles[i].n = 8888888;
        board.tiles[i].target = 88888.8;
    }
    board.snapshot.pages = &board.pages[1];
    board.snapshot.page_count = 1;
    for (double distance_m = 3; distance_m < 9; distance_m += 0.5) {
        struct scene *scene = drawn_from(distance_m);
        for (const char *at = scene_recorded_texts(scene); (at = strstr(at, "…")); at++)
            for (const char *c = at; c > scene_recorded_texts(scene) && *c != '\n'; c--)
                if (text_starts_with(c, "≥") || text_starts_with(c, "≤") || text_starts_with(c, "objectif"))
                    fail_msg("at %g m: %.30s", distance_m, c);
        scene_destroy(scene);
    }
}

static void a_period_stays_where_there_is_no_room_for_the_sample_beside_it(void **state)
{
    (void)state;
    board.tiles[3].period = PERIOD_TODAY;
    board.tiles[3].n = 412345;
    board.pages[0].tiles = &board.tiles[3];
    board.pages[0].tile_count = 1;
    struct scene *scene = drawn_from(5);
    assert_said(scene, "aujourd’hui");
    scene_destroy(scene);
}

/* ---- when it changes by itself ---- */

static void the_picture_changes_by_itself_exactly_when_it_says(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    /* an alert of 250 s becomes five minutes old in 50 s; 30 s and 20 min 50 s: in 30 s and in 10 s */
    int64_t due = scene_next_change_ms(scene, fixture_now);
    assert_int_equal(due - fixture_now.monotonic_ms, 10000);
    assert_false(scene_draw_changes(scene, &board.snapshot, later(9999)));
    due = scene_next_change_ms(scene, later(9999));
    assert_int_equal(due - fixture_now.monotonic_ms, 10000);
    scene_draw_changes(scene, &board.snapshot, later(10000));
    assert_true(scene_next_change_ms(scene, later(10000)) > later(10000).monotonic_ms);
    scene_destroy(scene);
}

static void the_clock_changes_once_a_minute(void **state)
{
    (void)state;
    board.snapshot.alert_count = 0;
    board.tiles[4].age_ms = 1000;
    board.snapshot.page_count = 1;
    board.pages[0].tile_count = 0;
    struct scene *scene = drawn_scene();
    assert_int_equal(scene_next_change_ms(scene, fixture_now) - fixture_now.monotonic_ms, 40000);
    assert_false(scene_draw_changes(scene, &board.snapshot, later(39999)));
    assert_true(scene_draw_changes(scene, &board.snapshot, later(40000)));
    assert_said(scene, "14:08");
    scene_destroy(scene);
}

static void a_clock_that_is_set_shows_at_once(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct now set = {fixture_now.monotonic_ms + 10, fixture_now.wall_ms + 3600000};
    assert_true(scene_draw_changes(scene, &board.snapshot, set));
    assert_said(scene, "15:07");
    scene_destroy(scene);
}

static void an_age_appears_when_it_matters(void **state)
{
    (void)state;
    board.tiles[5].stale_after_ms = 600000;
    board.tiles[5].age_ms = 290000;
    board.snapshot.alert_count = 0;
    struct scene *scene = drawn_scene();
    assert_int_equal(scene_next_change_ms(scene, fixture_now) - fixture_now.monotonic_ms, 10000);
    assert_null(strstr(scene_recorded_texts(scene), "il y a 5\u00a0min"));
    scene_draw_changes(scene, &board.snapshot, later(9000));
    assert_null(strstr(scene_recorded_texts(scene), "il y a 5\u00a0min"));
    scene_draw_changes(scene, &board.snapshot, later(10000));
    assert_said(scene, "il y a 5\u00a0min");
    scene_destroy(scene);
}

/* ---- colours that were really drawn ---- */

/* The strongest contrast against the ground of any colour that covers enough of the area. */
static double contrast_in(const struct canvas *canvas, struct area area, colour ground)
{
    double best = 1;
    for (int y = area.y; y < area.y + area.height; y += 3)
        for (int x = area.x; x < area.x + area.width; x += 3) {
            uint32_t here = canvas->pixels[y * canvas->stride_px + x];
            if (here != canvas->pixels[y * canvas->stride_px + x + 1])
                continue; /* an edge */
            double contrast = theme_contrast(here & 0xffffffu, ground);
            best = contrast > best ? contrast : best;
        }
    return best;
}

static void values_stand_out(const char *name)
{
    struct theme theme;
    struct scene *scene = scene_of(name, LANGUAGE_FR, 1920, 1080);
    assert_true(theme_read(&theme, getenv("VIGIE_ASSETS"), name, NULL));
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    const struct canvas *canvas = scene_canvas(scene);
    /* where the second tile has its value, and the first */
    assert_true(contrast_in(canvas, (struct area){530, 215, 280, 75}, theme.state[STATE_CRITICAL].fill) >=
                6.4);
    assert_true(contrast_in(canvas, (struct area){60, 215, 120, 75}, theme.surface) >= 7);
    assert_true(contrast_in(canvas, (struct area){60, 800, 60, 85}, theme.state[STATE_STALE].fill) >= 6.4);
    scene_destroy(scene);
}

static void values_are_drawn_in_strong_contrast_in_every_theme(void **state)
{
    (void)state;
    values_stand_out("dark");
    values_stand_out("light");
    values_stand_out("dark_blue_ok");
    values_stand_out("light_blue_ok");
}

/* ---- odd boards ---- */

static void draw_at(int width, int height)
{
    struct scene *scene = scene_of("dark", LANGUAGE_FR, width, height);
    assert_true(scene_draw_changes(scene, &board.snapshot, fixture_now));
    scene_destroy(scene);
}

static void odd_sizes_draw(void **state)
{
    (void)state;
    draw_at(1, 1);
    draw_at(17, 900);
    draw_at(1000, 13);
    draw_at(333, 777);
    draw_at(3840, 600);
}

static void odd_figures_draw(void **state)
{
    (void)state;
    static const double odd[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e-300, -0.0, 99999999999.0};
    for (int i = 0; i < 8; i++) {
        board.tiles[i].value = odd[i];
        board.tiles[i].n = odd[7 - i];
        board.tiles[i].target = odd[(i + 3) % 8];
        board.tiles[i].limits = (struct limits){odd[i], odd[(i + 1) % 8], odd[(i + 2) % 8], odd[(i + 5) % 8]};
        board.tiles[i].range_max = odd[(i + 6) % 8];
        for (int minute = 0; minute < FIXTURE_MINUTES; minute++)
            board.series[i][minute] = minute % 3 ? (float)odd[minute % 8] : 1e38f;
    }
    draw_at(1920, 1080);
    draw_at(320, 200);
}

static void odd_texts_draw(void **state)
{
    (void)state;
    static char label[129];
    memset(label, 'W', 128);
    for (int length = 0; length < LABEL_COUNT; length++)
        board.tiles[0].label[LANGUAGE_FR][length] = label;
    board.tiles[0].own_label = true;
    board.tiles[1].scope.value[DIM_QUEUE] = label;
    board.tiles[2].label[LANGUAGE_FR][LABEL_LONG] = NULL;
    board.tiles[2].type = "unheard-of";
    board.tiles[3].suffix[LANGUAGE_FR] = label;
    board.sources[1].name = label;
    board.snapshot.title = label;
    board.pages[0].title = label;
    struct scene *scene = drawn_scene();
    assert_non_null(strstr(scene_recorded_texts(scene), "WWW…"));
    scene_destroy(scene);
}

static void nothing_at_all_draws(void **state)
{
    (void)state;
    struct snapshot empty = {.taken = fixture_now};
    struct scene *scene = scene_of("dark", LANGUAGE_FR, 640, 360);
    assert_true(scene_draw_changes(scene, &empty, fixture_now));
    scene_show_page(scene, 7);
    assert_true(scene_draw_changes(scene, &board.snapshot, fixture_now));
    assert_said(scene, "Où en sont les courriels ?");
    scene_destroy(scene);
}

static void a_page_that_shrinks_is_laid_out_anew(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    struct snapshot next = board.snapshot;
    next.taken.monotonic_ms += 1000;
    board.pages[0].tile_count = 2;
    assert_true(scene_draw_changes(scene, &next, later(1000)));
    scene_destroy(scene);
}

static void a_long_series_shows_its_last_hours(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++)
        longer_series[i] = (float)(i % 50);
    board.tiles[0].series = (struct snapshot_series){0, 2000, longer_series};
    board.tiles[6].series = (struct snapshot_series){fixture_now.wall_ms - 2000 * 60000, 2000, longer_series};
    draw_at(1920, 1080);
}

static void tile_types_are_known_by_name(void **state)
{
    (void)state;
    assert_true(tile_type_known("number"));
    assert_true(tile_type_known("gauge"));
    assert_true(tile_type_known("sparkline"));
    assert_false(tile_type_known("pie"));
    assert_false(tile_type_known(NULL));
    assert_string_equal(tile_type_names()[0], "number");
    assert_true(tile_type_known("bar"));
    assert_true(tile_type_known("breakdown"));
    assert_true(tile_type_known("okr"));
    assert_true(tile_type_known("ribbon"));
}

static void a_scene_without_its_files_says_which(void **state)
{
    (void)state;
    struct error error = {0};
    struct scene_settings settings = {getenv("VIGIE_ASSETS"), "pink", LANGUAGE_FR, 640, 360, 55, 2.5, false};
    assert_null(scene_create(&settings, &error));
    assert_non_null(strstr(error.text, "themes/pink.json"));
    settings.theme = "dark";
    settings.width_px = 0;
    assert_null(scene_create(&settings, &error));
    assert_non_null(strstr(error.text, "0 x 360"));
}

/* ---- tiles that show more than one figure ---- */

static void show_contents(void)
{
    contents_show(&board);
}

static void tiles_of_more_than_one_figure_say_what_they_show(void **state)
{
    (void)state;
    show_contents();
    struct scene *scene = drawn_scene();
    assert_said(scene, "en contact");
    assert_said(scene, "25 · 54\u202f%");
    assert_said(scene, "Ventes");
    assert_said(scene, "en rouge 30\u00a0min");
    assert_said(scene, "NPS");
    assert_said(scene, "Relire le script");
    assert_non_null(strstr(scene_recorded_texts(scene), "On m’a rappelé"));
    assert_said(scene, "09:59");
    assert_said(scene, "Coupure du SI à 12 h 30");
    assert_said(scene, "+\u00a03 autres");
    scene_destroy(scene);
}

/* « État du jour · maintenant » says two things of one. */
static void the_letters_of_a_day_have_no_period(void **state)
{
    (void)state;
    show_contents();
    board.tiles[11].period = PERIOD_NOW;
    board.snapshot.month.day_count = 0;
    board.pages[0].tiles = &board.tiles[11];
    board.pages[0].tile_count = 1;
    board.pages[0].columns = board.pages[0].rows = 2;
    struct scene *scene = drawn_from(3);
    assert_said(scene, "Santé");
    assert_null(line_that(scene, "maintenant", ""));
    scene_destroy(scene);
}

/* It is a score, not an alert that somebody has dealt with; whose it is stays beside it. */
static void an_objective_that_is_on_its_way_again_says_its_score_and_whose_it_is(void **state)
{
    (void)state;
    show_contents();
    board.tiles[5].returning = RETURNED;
    board.pages[0].tiles = &board.tiles[5];
    board.pages[0].tile_count = 1;
    board.pages[0].rows = 1;
    board.pages[0].columns = 3;
    for (double distance_m = 2; distance_m < 6; distance_m += 0.5) {
        struct scene *scene = drawn_from(distance_m);
        assert_null(line_that(scene, "RÉSOLU", ""));
        assert_said(scene, "54\u202f%");
        assert_non_null(line_that(scene, "Support", ""));
        scene_destroy(scene);
    }
}

/* « n = 14 h 47 » counts nothing. */
static void the_time_behind_a_rate_is_not_a_number_of_contacts(void **state)
{
    (void)state;
    board.tiles[2].n_is_time = true;
    board.tiles[2].n = 53220;
    struct scene *scene = drawn_scene();
    assert_said(scene, "sur 14\u202fh\u00a047");
    scene_destroy(scene);
}

static void a_countdown_moves_with_the_clock_and_only_its_tile(void **state)
{
    (void)state;
    show_contents();
    struct scene *scene = drawn_scene();
    size_t count = 0;
    assert_true(scene_draw_changes(scene, &board.snapshot, later(1000)));
    scene_changes(scene, &count);
    assert_int_equal(count, 1);
    assert_said(scene, "09:58");
    scene_destroy(scene);
}

static void a_banner_takes_room_and_covers_no_tile(void **state)
{
    (void)state;
    struct scene *scene = drawn_scene();
    show_contents();
    board.snapshot.taken.monotonic_ms++;
    banner_messages[0].until_wall_ms = fixture_now.wall_ms + 5000;
    assert_true(scene_draw_changes(scene, &board.snapshot, later(1)));
    assert_said(scene, "Coupure du SI à 12 h 30");
    size_t count = 0;
    assert_true(scene_draw_changes(scene, &board.snapshot, later(5000)));
    assert_int_equal(scene_changes(scene, &count)[0].height, 1080); /* gone: all tiles are larger again */
    scene_destroy(scene);
}

static void a_table_of_hundreds_of_rows_is_paged_the_worst_first(void **state)
{
    (void)state;
    static struct snapshot_row many[200];
    static const struct snapshot_row *by_trouble[200];
    show_contents();
    for (int i = 0; i < 200; i++) {
        many[i] = (struct snapshot_row){"File", false, &cells[0], 0};
        by_trouble[i] = i ? &many[i] : &rows[1];
    }
    table = (struct snapshot_table){2, columns, 200, many, by_trouble, false, 0, RANKING_NONE};
    struct scene *scene = drawn_scene();
    assert_non_null(strstr(scene_recorded_texts(scene), " sur 200 · pires d’abord"));
    draw_at(320, 200);
    scene_destroy(scene);
}

static void a_picture_of_the_board_fills_its_tile(void **state)
{
    (void)state;
    show_contents();
    board.tiles[7].message = &(struct snapshot_message){.picture = "tests/golden/every-state-dark.png"};
    struct scene *scene = drawn_scene();
    assert_null(strstr(scene_recorded_texts(scene), "image illisible"));
    scene_destroy(scene);
}

static void a_long_message_of_the_banner_is_paged_and_not_cut(void **state)
{
    (void)state;
    show_contents();
    banner_messages[0].text =
        "La salle de repos est fermée jusqu’à vendredi pour travaux ; un espace provisoire est ouvert au "
        "deuxième étage, à côté de la formation, de 8 h à 19 h, et le café y est offert toute la semaine, y "
        "compris le samedi matin pour les équipes de permanence ; merci de laisser l’endroit propre. FIN";
    struct scene *scene = drawn_scene();
    assert_non_null(strstr(scene_recorded_texts(scene), "La salle de repos"));
    for (int s = 1; s <= 60 && !strstr(scene_recorded_texts(scene), "FIN"); s++)
        scene_draw_changes(scene, &board.snapshot, later(s * 1000));
    assert_non_null(strstr(scene_recorded_texts(scene), "FIN"));
    scene_destroy(scene);
}

static void call_tile(int index, const char *name)
{
    board.tiles[index].own_label = true;
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int length = 0; length < LABEL_COUNT; length++)
            board.tiles[index].label[language][length] = name;
}

/* Drawn in the order they are written, signs without a letter as a box: odd, but never a crash. */
static void labels_of_any_script_are_drawn(void **state)
{
    (void)state;
    call_tile(0, "\u0634\u0643\u0627\u0648\u0649 \u05e9\u05d9\u05e8\u05d5\u05ea"); /* Arabic, Hebrew */
    call_tile(2, "\U0001F600 Joie \U0001F469\u200D\U0001F4BB");
    call_tile(3, "\u202eenvers\u202c e\u0301\u0301\u0301");
    struct scene *scene = drawn_scene();
    assert_non_null(strstr(scene_recorded_texts(scene), "Joie"));
    scene_destroy(scene);
    draw_at(320, 200);
    draw_at(1080, 1920);
}

static void content_that_is_not_there_is_said(void **state)
{
    (void)state;
    static const struct snapshot_notes unread = {0};
    show_contents();
    board.tiles[6].notes = &unread;
    board.tiles[7].message = &(struct snapshot_message){.picture = "/nowhere.png"};
    table.ranking = RANKING_TOO_FEW;
    board.tiles[1].type = "leaderboard";
    board.tiles[1].display = DISPLAY_NEUTRAL;
    struct scene *scene = drawn_scene();
    assert_said(scene, "fichier illisible");
    assert_said(scene, "image illisible");
    assert_non_null(strstr(scene_recorded_texts(scene), "moins de 3"));
    scene_destroy(scene);
}

/* ---- the ranking of agents ---- */

static struct snapshot_podium podium;

static struct scene *scene_with_podium(enum ranking ranking, enum display display)
{
    static const struct snapshot_place places[] = {{1, "Comète"}, {2, "Zéphyr"}, {2, "Orage"}};
    podium = (struct snapshot_podium){.ranking = ranking};
    if (ranking == RANKING_SHOWN)
        podium = (struct snapshot_podium){ranking, 3, places, fixture_now.wall_ms, fixture_now.wall_ms, 0};
    board.tiles[2].type = "leaderboard";
    board.tiles[2].display = display;
    board.tiles[2].podium = &podium;
    return drawn_scene();
}

static void a_podium_says_places_and_pseudonyms_and_of_which_week(void **state)
{
    (void)state;
    struct scene *scene = scene_with_podium(RANKING_SHOWN, DISPLAY_NEUTRAL);
    assert_said(scene, "Comète");
    assert_said(scene, "Zéphyr");
    assert_said(scene, "Orage");
    assert_non_null(strstr(scene_recorded_texts(scene), "nov."));
    scene_destroy(scene);
}

static void a_podium_without_places_says_why(void **state)
{
    (void)state;
    static const struct {
        enum ranking ranking;
        const char *word;
    } cases[] = {{RANKING_TOO_FEW, "moins de 8"},
                 {RANKING_TIED, "ex æquo"},
                 {RANKING_ENDED, "accord"},
                 {RANKING_NO_LIST, "participants"},
                 {RANKING_NO_CLOCK, "heure"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene *scene = scene_with_podium(cases[i].ranking, DISPLAY_NEUTRAL);
        if (!strstr(scene_recorded_texts(scene), cases[i].word))
            fail_msg("%s is not said: %s", cases[i].word, scene_recorded_texts(scene));
        assert_null(strstr(scene_recorded_texts(scene), "Comète"));
        scene_destroy(scene);
    }
}

static void a_podium_is_drawn_again_when_somebody_else_is_first(void **state)
{
    (void)state;
    struct scene *scene = scene_with_podium(RANKING_SHOWN, DISPLAY_NEUTRAL);
    static const struct snapshot_place others[] = {{1, "Zéphyr"}, {2, "Comète"}, {2, "Orage"}};
    struct snapshot next = board.snapshot, after = board.snapshot;
    next.taken.monotonic_ms += 1000;
    after.taken.monotonic_ms += 2000;
    assert_false(scene_draw_changes(scene, &next, later(1000)));
    podium.places = others;
    assert_true(scene_draw_changes(scene, &after, later(2000)));
    scene_destroy(scene);
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_figure_reaches_the_wall_with_its_words),
        TEST(a_podium_says_places_and_pseudonyms_and_of_which_week),
        TEST(a_podium_without_places_says_why),
        TEST(a_podium_is_drawn_again_when_somebody_else_is_first),
        TEST(a_green_figure_that_misses_its_target_says_so),
        TEST(what_is_not_known_is_said_with_its_reason),
        TEST(english_is_english),
        TEST(a_board_without_data_is_never_green_as_a_whole),
        TEST(without_a_snapshot_the_wall_says_that_it_starts),
        TEST(an_equal_snapshot_draws_nothing),
        TEST(one_changed_tile_touches_only_its_own_area),
        TEST(another_figure_leaves_the_words_of_its_tile_alone),
        TEST(a_difference_that_nobody_sees_is_not_drawn),
        TEST(neighbours_that_change_are_one_rectangle),
        TEST(drawing_change_by_change_ends_in_the_same_picture),
        TEST(a_clock_that_is_not_right_has_a_lamp_of_its_own),
        TEST(the_lamp_of_the_clock_is_there_upright_and_in_english_too),
        TEST(names_of_days_do_not_lie_over_each_other),
        TEST(letters_have_all_their_names_or_none),
        TEST(a_history_that_is_not_written_for_two_minutes_has_a_lamp_below_that_of_the_clock),
        TEST(an_event_is_a_flag_in_the_curves),
        TEST(a_tile_that_is_about_to_turn_wears_no_green),
        TEST(an_amber_tile_that_is_about_to_turn_red_shows_both),
        TEST(a_light_that_waits_for_its_figure_to_last_says_so),
        TEST(what_is_about_to_come_is_drawn_at_once_and_only_in_its_tile),
        TEST(a_quiet_board_has_no_strip),
        TEST(the_strip_names_a_cause_and_where_it_is),
        TEST(of_two_alerts_with_long_names_the_strip_tells_both_with_short_ones),
        TEST(an_alert_alone_has_the_strip_and_an_objective_its_percentage),
        TEST(the_shortest_name_is_not_cut_however_little_room_there_is),
        TEST(what_a_board_calls_something_is_not_shortened_for_the_strip),
        TEST(part_of_a_place_is_told_rather_than_half_a_word),
        TEST(hundreds_of_further_alerts_have_room_in_their_box),
        TEST(when_an_alert_was_seen_is_never_cut),
        TEST(a_clock_has_a_short_date_where_the_long_one_has_no_room),
        TEST(a_narrow_curve_has_fewer_hours),
        TEST(of_an_action_in_a_small_tile_no_date_is_cut),
        TEST(of_an_action_that_has_no_room_the_rest_has_its_turn),
        TEST(when_it_opens_is_told_whole_or_not_at_all),
        TEST(old_parts_of_a_whole_are_shown_with_their_date),
        TEST(since_when_parts_are_old_is_never_cut),
        TEST(the_bars_of_parts_give_way_to_their_names),
        TEST(the_names_of_the_letters_are_whole_where_there_is_room),
        TEST(an_answer_is_told_whole_on_every_wall),
        TEST(a_key_is_answered_before_the_first_snapshot),
        TEST(a_figure_without_a_curve_has_its_target_where_others_have_theirs),
        TEST(a_target_that_has_no_room_is_left_out_and_never_cut),
        TEST(a_period_stays_where_there_is_no_room_for_the_sample_beside_it),
        TEST(the_picture_changes_by_itself_exactly_when_it_says),
        TEST(the_clock_changes_once_a_minute),
        TEST(a_clock_that_is_set_shows_at_once),
        TEST(an_age_appears_when_it_matters),
        TEST(values_are_drawn_in_strong_contrast_in_every_theme),
        TEST(odd_sizes_draw),
        TEST(odd_figures_draw),
        TEST(odd_texts_draw),
        TEST(nothing_at_all_draws),
        TEST(a_page_that_shrinks_is_laid_out_anew),
        TEST(a_long_series_shows_its_last_hours),
        TEST(tile_types_are_known_by_name),
        TEST(a_scene_without_its_files_says_which),
        TEST(tiles_of_more_than_one_figure_say_what_they_show),
        TEST(the_letters_of_a_day_have_no_period),
        TEST(an_objective_that_is_on_its_way_again_says_its_score_and_whose_it_is),
        TEST(the_time_behind_a_rate_is_not_a_number_of_contacts),
        TEST(a_countdown_moves_with_the_clock_and_only_its_tile),
        TEST(a_banner_takes_room_and_covers_no_tile),
        TEST(a_picture_of_the_board_fills_its_tile),
        TEST(a_long_message_of_the_banner_is_paged_and_not_cut),
        TEST(labels_of_any_script_are_drawn),
        TEST(a_table_of_hundreds_of_rows_is_paged_the_worst_first),
        TEST(content_that_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
