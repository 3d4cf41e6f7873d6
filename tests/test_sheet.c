/* What lies over the wall while somebody stands in front of it, as words that were drawn. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/text.h"
#include "model/inquiry.h"
#include "render/canvas.h"
#include "render/i18n.h"
#include "render/scene.h"
#include "tests/moment.h"
#include "tests/render_fixture.h"

static struct fixture board;
static struct stage stage;
static struct review_tile reviewed[FIXTURE_TILES];
static struct review review;
static struct inquiry inquiry;
static struct scene *scene;

static int set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    fixture_init(&board);
    stage = stage_start();
    stage.huddle_began_ms = fixture_now.monotonic_ms;
    for (int i = 0; i < FIXTURE_TILES; i++)
        reviewed[i] = (struct review_tile){.id = board.tiles[i].id,
                                           .comparable = NAN,
                                           .comparable_wall_ms = fixture_now.wall_ms - 7 * 86400000LL};
    review = (struct review){
        .since_wall_ms = fixture_now.wall_ms - 3600000, .tile_count = FIXTURE_TILES, .tiles = reviewed};
    board.snapshot.review = &review;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scene_destroy(scene);
    scene = NULL;
    return 0;
}

/* On 55 inches, read from so far. */
static void hang(int width_px, int height_px, double distance_m)
{
    struct error error = {""};
    scene = scene_create(&(struct scene_settings){.assets_path = getenv("VIGIE_ASSETS"),
                                                  .theme = "dark",
                                                  .language = LANGUAGE_FR,
                                                  .width_px = width_px,
                                                  .height_px = height_px,
                                                  .diagonal_in = 55,
                                                  .reading_distance_m = distance_m},
                         &error);
    if (!scene)
        fail_msg("%s", error.text);
}

static void draw_at(int64_t after_ms)
{
    struct now now = {fixture_now.monotonic_ms + after_ms, fixture_now.wall_ms + after_ms};
    if (!scene)
        hang(1920, 1080, 2.5);
    scene_record_texts(scene, true);
    scene_show(scene, &stage);
    scene_draw_changes(scene, &board.snapshot, now);
}

/* What was said, with plain blanks in place of all that do not break. */
static bool is_said(const char *text)
{
    struct text plain = {0};
    for (const char *c = scene_recorded_texts(scene); *c;) {
        size_t length = text_starts_with(c, "\u00a0") ? 2 : text_starts_with(c, "\u202f") ? 3 : 1;
        text_append_bytes(&plain, length > 1 ? " " : c, 1);
        c += length;
    }
    bool said = strstr(text_bytes(&plain), text) != NULL;
    text_finish(&plain);
    return said;
}

static void assert_said(const char *text)
{
    if (!is_said(text))
        fail_msg("\"%s\" is not in:\n%s", text, scene_recorded_texts(scene));
}

static void assert_not_said(const char *text)
{
    if (is_said(text))
        fail_msg("\"%s\" is in:\n%s", text, scene_recorded_texts(scene));
}

static int times_said(const char *words)
{
    int count = 0;
    for (const char *at = scene_recorded_texts(scene); (at = strstr(at, words)); at += strlen(words))
        count++;
    return count;
}

static void a_huddle_is_stamped_and_counts_down(void **state)
{
    (void)state;
    stage.screen = STAGE_HUDDLE;
    draw_at(0);
    assert_said("gelé 14:07");
    assert_said("10:00");
    draw_at(61000);
    assert_said("08:59");
    draw_at(700000);
    assert_said("00:00");
}

static void reds_are_told_with_how_long_they_last(void **state)
{
    (void)state;
    stage.screen = STAGE_HUDDLE;
    draw_at(0);
    assert_said("Attente la plus longue · Support");
    assert_said("04:32   4 min");
    assert_not_said("Appels en attente");
}

static void the_same_figure_of_two_periods_is_told_apart(void **state)
{
    (void)state;
    board.tiles[3] = board.tiles[2];
    board.tiles[3].id = "sl_today";
    board.tiles[3].period = PERIOD_TODAY;
    board.tiles[2].display = board.tiles[3].display = DISPLAY_CRITICAL;
    stage.screen = STAGE_HUDDLE;
    draw_at(0);
    assert_said("Niveau de service · Support · voix · 30 min");
    assert_said("Niveau de service · Support · voix · aujourd’hui");
}

static struct snapshot_tile cells[4];
static const struct snapshot_row table_rows[] = {{"Ventes", false, &cells[0], 0},
                                                 {"Support", false, &cells[2], 0}};
static const struct snapshot_row *const troubles[] = {&table_rows[1], &table_rows[0]};
static const struct snapshot_table by_queue = {2, cells, 2, table_rows, troubles, false, 0, RANKING_NONE};

/* Tile 4, by queue: the service level of Support is red, and so is its longest wait, which tile 1 shows. */
static void show_a_red_table(void)
{
    for (int i = 0; i < 4; i++) {
        cells[i] = board.tiles[i % 2 ? 1 : 2];
        cells[i].id = board.tiles[4].id;
        cells[i].scope = (struct dims){0};
        cells[i].scope.value[DIM_QUEUE] = i < 2 ? "Ventes" : "Support";
        cells[i].display = i < 2 ? DISPLAY_OK : DISPLAY_CRITICAL;
        cells[i].since_wall_ms = fixture_now.wall_ms - 9 * 60000;
    }
    cells[2].value = 44.4;
    board.tiles[4].type = "table";
    board.tiles[4].table = &by_queue;
    board.tiles[4].display = DISPLAY_CRITICAL;
    board.tiles[4].acked_wall_ms = fixture_now.wall_ms - 120000;
}

static void of_a_red_table_its_red_cells_are_told(void **state)
{
    (void)state;
    show_a_red_table();
    stage.screen = STAGE_HUDDLE;
    draw_at(0);
    assert_said("Niveau de service · Support · 30 min");
    assert_said("44,4 %   9 min   vu 14:05");
    assert_int_equal(times_said("Attente la plus longue"), 1);
    assert_not_said("Délai moyen de réponse");
}

static void a_cell_of_a_queue_of_one_agent_has_no_name_in_a_huddle(void **state)
{
    (void)state;
    show_a_red_table();
    cells[2].queue_unnamed = true;
    stage.screen = STAGE_HUDDLE;
    draw_at(0);
    assert_said("Niveau de service · 30 min");
    assert_not_said("Niveau de service · Support");
}

static void a_queue_of_one_agent_has_no_name_in_a_huddle(void **state)
{
    (void)state;
    board.tiles[1].queue_unnamed = true;
    stage.screen = STAGE_HUDDLE;
    draw_at(0);
    assert_said("Attente la plus longue\n");
    assert_not_said("Support");
}

static void without_reds_it_says_so(void **state)
{
    (void)state;
    board.tiles[1].display = DISPLAY_OK;
    stage.screen = STAGE_HUDDLE;
    draw_at(0);
    assert_said("Aucun rouge en ce moment");
}

static void what_turned_red_since_the_last_huddle_is_counted(void **state)
{
    (void)state;
    review.new_red_count = 3;
    review.recovered_count = 2;
    reviewed[3].past.reds = 2;
    reviewed[3].past.longest_red_ms = 720000;
    reviewed[3].past.recovered = true;
    stage.screen = STAGE_HUDDLE;
    stage.step = HUDDLE_SINCE;
    draw_at(0);
    assert_said("depuis ven. 21 nov. 13:07");
    assert_said("Taux d’abandon");
    assert_said("2 × rouge   le plus long 12 min");
    stage.step = HUDDLE_RECOVERED;
    draw_at(1);
    assert_said("Revenus au vert");
}

static void the_first_huddle_does_not_speak_of_one_before(void **state)
{
    (void)state;
    stage.screen = STAGE_HUDDLE;
    stage.step = HUDDLE_SINCE;
    review.first = true;
    draw_at(0);
    assert_said("Depuis la mise en route du mur");
    assert_said("depuis ven. 21 nov. 13:07");
    assert_not_said("Depuis le dernier point");
    review.first = false;
    draw_at(1000);
    assert_said("Depuis le dernier point");
}

static void of_one_thing_and_of_none_the_word_is_singular(void **state)
{
    (void)state;
    review.new_red_count = 2;
    review.recovered_count = 1;
    stage.screen = STAGE_HUDDLE;
    stage.step = HUDDLE_SINCE;
    draw_at(0);
    assert_said("passés au rouge");
    assert_said("revenu au vert");
    assert_said("rouge maintenant");
    assert_int_equal(words_of_count(LANGUAGE_EN, WORD_MORE_ROWS, 0), WORD_MORE_ROWS);
    assert_int_equal(words_of_count(LANGUAGE_FR, WORD_MORE_ROWS, 0), WORD_MORE_ROWS_ONE);
}

static void a_figure_on_two_pages_is_listed_once(void **state)
{
    (void)state;
    for (int length = 0; length < LABEL_COUNT; length++)
        board.tiles[4].label[LANGUAGE_FR][length] = "Taux d’abandon";
    reviewed[3].past = reviewed[4].past =
        (struct digest_tile){.reds = 2, .longest_red_ms = 720000, .display = DISPLAY_OK};
    reviewed[4].past.repeats = true;
    stage.screen = STAGE_HUDDLE;
    stage.step = HUDDLE_SINCE;
    draw_at(0);
    assert_int_equal(times_said("× rouge"), 1);
}

static void the_comparable_day_is_named_and_what_is_not_known_is_said(void **state)
{
    (void)state;
    stage.screen = STAGE_HUDDLE;
    stage.step = HUDDLE_COMPARED;
    draw_at(0);
    assert_said("jour comparable : vendredi 14 novembre");
    assert_said("rien n’est comparé");
    reviewed[2].comparable = 83;
    draw_at(1000);
    assert_said("alors 83,0 %");
}

static void what_turned_red_or_went_silent_meanwhile_is_a_mark(void **state)
{
    (void)state;
    stage.screen = STAGE_HUDDLE;
    draw_at(0);
    assert_not_said("en direct");
    stage.gone_silent = true;
    draw_at(5);
    assert_said("en direct : données incomplètes");
    stage.news = 2;
    draw_at(10);
    assert_said("en direct : 2 nouveaux rouges");
}

static void an_answer_stands_in_the_header_and_goes(void **state)
{
    (void)state;
    draw_at(0);
    assert_not_said("Page 2");
    stage.notice.word = WORD_NOTICE_PAGE;
    strcpy(stage.notice.what, "2");
    draw_at(10);
    assert_said("Page 2");
    stage.notice.word = -1;
    draw_at(20);
    size_t count;
    scene_changes(scene, &count);
    assert_true(count > 0);
}

static void a_seen_alert_says_when_and_keeps_its_word(void **state)
{
    (void)state;
    board.tiles[1].acked_wall_ms = fixture_now.wall_ms - 120000;
    draw_at(0);
    assert_said("CRITIQUE · vu 14:05");
}

/* ---- what the alerts of the week cost ---- */

static void draw_budget(struct budget_report budget)
{
    static const struct stage_machine machine = {
        .machine_up_ms = -1, .memory_mib = NAN, .memory_free_mib = NAN};
    stage.machine = &machine;
    stage.screen = STAGE_INFO;
    board.snapshot.budget = budget;
    draw_at(0);
}

static void the_alerts_of_the_week_are_told_with_the_verdict_on_their_budget(void **state)
{
    (void)state;
    draw_budget((struct budget_report){.from_ms = moment_ms("2026-11-16"),
                                       .to_ms = moment_ms("2026-11-20T14:07"),
                                       .alerts = 12,
                                       .per_ten_minutes = 0.02,
                                       .critical_percent = 8});
    assert_said("Alertes\ncette semaine : 12 · dans le budget");
}

static void a_week_that_is_not_known_whole_says_since_when(void **state)
{
    (void)state;
    draw_budget((struct budget_report){
        .from_ms = moment_ms("2026-11-17T08:15"), .to_ms = moment_ms("2026-11-20T14:07"), .alerts = 3});
    assert_said("depuis mar. 17 nov. 08:15 : 3 · dans le budget");
}

static void each_target_that_is_missed_is_named(void **state)
{
    (void)state;
    draw_budget((struct budget_report){.from_ms = moment_ms("2026-11-16"),
                                       .to_ms = moment_ms("2026-11-20T14:07"),
                                       .alerts = 800,
                                       .per_ten_minutes = 1.25,
                                       .critical_percent = 41,
                                       .lasting = 2});
    assert_said("cette semaine : 800\n");
    assert_said("1,25 par 10 min (viser ≤ 1)");
    assert_said("41 % devenues critiques (viser ≤ 20 %)");
    assert_said("2 de plus de 24 h (viser 0)");
    assert_not_said("avalanche");
    assert_not_said("dans le budget");
}

static void alerts_that_nobody_counts_are_not_none(void **state)
{
    (void)state;
    draw_budget((struct budget_report){0});
    assert_not_said("Alertes\n");
}

static void the_conclusion_stands_below_the_question(void **state)
{
    (void)state;
    board.pages[0].conclusion[LANGUAGE_FR] = "2 alertes : Attente max, Abandon";
    draw_at(0);
    assert_said("2 alertes : Attente max, Abandon");
}

static void a_flood_is_called_one(void **state)
{
    (void)state;
    board.snapshot.flood = true;
    board.snapshot.alerts_untold = 10;
    draw_at(0);
    assert_said("14 alertes à la fois");
}

/* ---- what a huddle decides ---- */

static const struct snapshot_action decided[] = {
    {"Relire le script", "chef d’équipe", 1763420400000, true, 2}, /* Tuesday, 18 November */
    {"Former au chat", NULL, 1764889200000, false, 0},             /* Friday, 5 December */
    {"c", "JD", 0, false, 1},
    {"d", "JD", 0, false, 3},
    {"e", "JD", 0, false, 0},
    {"f", "JD", 0, false, 0},
    {"g", "JD", 0, false, 0},
    {"h", "JD", 0, false, 0},
};

static void draw_actions_step(const struct snapshot_notes *actions)
{
    board.snapshot.actions = actions;
    stage.screen = STAGE_HUDDLE;
    stage.step = HUDDLE_ACTIONS;
    draw_at(0);
}

static void actions_are_listed_with_who_and_until_when(void **state)
{
    (void)state;
    struct snapshot_notes actions = {true, 2, decided, 0, NULL};
    draw_actions_step(&actions);
    assert_said("Relire le script\n");
    assert_said("chef d’équipe · mar. 18 nov. · en retard");
    assert_said("sans responsable · ven. 5 déc.\n");
    assert_said("Notez-le avant de passer à la suite");
}

static void of_more_than_seven_actions_the_rest_is_counted(void **state)
{
    (void)state;
    struct snapshot_notes actions = {true, 8, decided, 0, NULL};
    draw_actions_step(&actions);
    assert_said("\ng\n");
    assert_not_said("\nh\n");
    assert_said("+1");
}

static void a_list_without_open_actions_says_so(void **state)
{
    (void)state;
    struct snapshot_notes none = {true, 0, NULL, 0, NULL};
    draw_actions_step(&none);
    assert_said("Aucune action en cours");
}

static void a_list_that_cannot_be_read_is_not_an_empty_one(void **state)
{
    (void)state;
    struct snapshot_notes unread = {0};
    draw_actions_step(&unread);
    assert_said("Une liste d’actions est illisible");
    assert_not_said("Aucune action");
}

static void where_one_list_of_two_cannot_be_read_the_other_is_shown(void **state)
{
    (void)state;
    struct snapshot_notes torn = {false, 1, decided, 0, NULL};
    draw_actions_step(&torn);
    assert_said("Relire le script");
    assert_said("Une liste d’actions est illisible");
}

static void a_board_without_actions_says_how_to_have_some(void **state)
{
    (void)state;
    draw_actions_step(NULL);
    assert_said("Ce tableau ne tient pas d’actions (clé actions:)");
}

static void an_action_of_many_words_is_said_in_full(void **state)
{
    (void)state;
    struct snapshot_action wordy = {
        "Vérifier avec les ressources humaines le calendrier des formations au nouvel outil de suivi",
        "responsable de plateau", 1763420400000, true, 0};
    struct snapshot_notes actions = {true, 1, &wordy, 0, NULL};
    draw_actions_step(&actions);
    assert_said("Vérifier avec");
    assert_said("outil de suivi");
    assert_not_said("…");
}

static void objectives_are_shown_as_their_tiles_show_them(void **state)
{
    (void)state;
    static const struct snapshot_key_result results[] = {{.label = {"NPS", "NPS"},
                                                          .format = FORMAT_INT,
                                                          .start = 30,
                                                          .goal = 50,
                                                          .current = 36,
                                                          .progress = 0.3,
                                                          .pace = 0.6,
                                                          .display = DISPLAY_WARN,
                                                          .updated_wall_ms = 1763730000000}};
    static const struct snapshot_objective objective = {.objective = "Être recommandé",
                                                        .team = "Support",
                                                        .from_wall_ms = 1759269600000,
                                                        .to_wall_ms = 1767222000000,
                                                        .elapsed = 0.56,
                                                        .progress = 0.3,
                                                        .pace = 0.6,
                                                        .display = DISPLAY_WARN,
                                                        .key_result_count = 1,
                                                        .key_results = results};
    board.snapshot.objectives = &objective;
    board.snapshot.objective_count = 1;
    stage.screen = STAGE_HUDDLE;
    stage.step = HUDDLE_OBJECTIVES;
    draw_at(0);
    assert_said("Être recommandé");
    assert_said("Support · jusqu’à mer. 31 déc.");
    assert_said("NPS");
    assert_said("36");
    assert_said("ATTENTION · 30 %");
}

static void a_figure_on_two_pages_is_one_red(void **state)
{
    (void)state;
    board.tiles[2].display = DISPLAY_CRITICAL;
    board.tiles[2].repeats = true;
    stage.screen = STAGE_HUDDLE;
    draw_at(0);
    assert_said("Attente la plus longue");
    assert_not_said("Niveau de service");
}

/* As on its tile: 46 %, not 0,46. */
static void an_objective_in_trouble_has_the_score_of_its_tile(void **state)
{
    (void)state;
    board.tiles[2].type = "okr";
    board.tiles[2].value = 0.46;
    board.tiles[2].display = DISPLAY_CRITICAL;
    stage.screen = STAGE_HUDDLE;
    draw_at(0);
    assert_said("46 %   4 min");
}

static void a_detail_waits_for_its_answer_and_then_tells_it(void **state)
{
    (void)state;
    static const struct inquiry_part parts[] = {{"Ventes", 61, 40, DISPLAY_CRITICAL}};
    static const struct inquiry_change changes[] = {{1763730000000, DISPLAY_WARN}};
    stage.screen = STAGE_DETAIL;
    stage.chosen = 2;
    draw_at(0);
    assert_said("…");
    inquiry = (struct inquiry){.tile = "sl",
                               .definition = {"Part décrochée à temps.", "Answered in time."},
                               .part_dim = DIM_QUEUE,
                               .part_count = 1,
                               .parts = parts,
                               .change_count = 1,
                               .changes = changes};
    board.snapshot.inquiry = &inquiry;
    board.snapshot.taken.monotonic_ms += 1;
    draw_at(10);
    assert_said("Part décrochée à temps.");
    assert_said("Ventes");
    assert_said("14:00  ATTENTION");
    assert_said("ATTENTION < 80 % · CRITIQUE < 70 %");
}

/* Of 21 November 2025, 14:06: the answer to what the tile has been since its periods began. */
static void draw_sums(const struct to_date *sums, size_t count)
{
    stage.screen = STAGE_DETAIL;
    stage.chosen = 2;
    inquiry = (struct inquiry){.tile = "sl", .to_date_count = count};
    for (size_t i = 0; i < count; i++)
        inquiry.to_date[i] = sums[i];
    board.snapshot.inquiry = &inquiry;
    draw_at(0);
}

static void a_week_to_date_stands_beside_the_week_before(void **state)
{
    (void)state;
    const struct to_date sums[] = {{.period = PERIOD_WEEK,
                                    .value = 81.2,
                                    .before = 79.4,
                                    .until_wall_ms = moment_ms("2025-11-21T14:00")},
                                   {.period = PERIOD_MONTH,
                                    .value = 78.1,
                                    .before = NAN,
                                    .until_wall_ms = moment_ms("2025-11-21T14:00")}};
    draw_sums(sums, 2);
    assert_said("Cumul à 14:00 (période d’avant)\nsemaine\n81,2 % (79,4 %)\nmois\n78,1 %\n");
    assert_not_said("depuis le");
    assert_not_said("jours incomplets");
}

static void what_a_month_to_date_lacks_is_said(void **state)
{
    (void)state;
    const struct to_date sums[] = {{.period = PERIOD_MONTH,
                                    .value = 78.1,
                                    .before = NAN,
                                    .since_wall_ms = moment_ms("2025-11-10"),
                                    .incomplete_days = 2,
                                    .until_wall_ms = moment_ms("2025-11-20T19:00")}};
    draw_sums(sums, 1);
    assert_said("Cumul à jeu. 20 nov. 19:00");
    assert_said("mois\n78,1 %\ndepuis le lun. 10 nov. · jours incomplets : 2\n");
}

/* « 1 234 567 € (1 18… » would be another sum. */
static void a_large_sum_to_date_is_not_cut(void **state)
{
    (void)state;
    const struct to_date sums[] = {{.period = PERIOD_WEEK,
                                    .value = 1234567,
                                    .before = 1185184,
                                    .since_wall_ms = moment_ms("2025-11-18"),
                                    .until_wall_ms = moment_ms("2025-11-21T14:00")},
                                   {.period = PERIOD_QUARTER,
                                    .value = 9,
                                    .before = NAN,
                                    .until_wall_ms = moment_ms("2025-11-21T14:00")}};
    board.tiles[2] = board.tiles[5];
    board.tiles[2].id = "sl";
    draw_sums(sums, 2);
    assert_said("semaine\n1 234 567 € (1 185 184 €)\ndepuis le mar. 18 nov.\ntrimestre\n9 €\n");
}

static void a_figure_without_sums_has_no_line_for_them(void **state)
{
    (void)state;
    draw_sums(NULL, 0);
    assert_not_said("Cumul");
}

static void draw_upright(void)
{
    hang(1080, 1920, 5);
    draw_at(0);
}

static void upright_no_line_of_the_help_is_cut(void **state)
{
    (void)state;
    stage.screen = STAGE_HELP;
    stage.may_quit = true;
    draw_upright();
    assert_said("HDMI-CEC");
    assert_not_said("…");
}

static void upright_a_red_is_told_with_its_queue_and_its_period(void **state)
{
    (void)state;
    stage.screen = STAGE_HUDDLE;
    board.tiles[2].display = DISPLAY_CRITICAL;
    board.tiles[2].since_wall_ms = fixture_now.wall_ms - 60000;
    board.tiles[2].label[LANGUAGE_FR][LABEL_LONG] = "Niveau de service (QS)";
    draw_upright();
    assert_said("Niveau de service (QS) · Support · voix · 30 min");
}

static void black_is_black_and_comes_back(void **state)
{
    (void)state;
    draw_at(0);
    stage.screen = STAGE_BLACK;
    draw_at(10);
    const struct canvas *canvas = scene_canvas(scene);
    assert_int_equal(canvas->pixels[0] & 0xffffff, 0);
    assert_int_equal(canvas->pixels[500 * canvas->stride_px + 900] & 0xffffff, 0);
    draw_at(2000);
    size_t count;
    scene_changes(scene, &count);
    assert_int_equal(count, 0);
    stage.screen = STAGE_WALL;
    draw_at(3000);
    assert_int_not_equal(canvas->pixels[500 * canvas->stride_px + 900] & 0xffffff, 0);
}

/* Every screen in every size: whatever there is no room for, nothing breaks. */
static void every_screen_draws_in_every_size(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1}, {40, 30}, {320, 200}, {1080, 1920}, {3840, 2160}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int screen = STAGE_WALL; screen < STAGE_COUNT; screen++)
            for (int step = 0; step < (screen == STAGE_HUDDLE ? HUDDLE_STEPS : 1); step++) {
                struct error error = {""};
                struct scene *one =
                    scene_create(&(struct scene_settings){.assets_path = getenv("VIGIE_ASSETS"),
                                                          .theme = "light",
                                                          .language = LANGUAGE_EN,
                                                          .width_px = sizes[i][0],
                                                          .height_px = sizes[i][1]},
                                 &error);
                assert_non_null(one);
                stage.screen = (enum stage_screen)screen;
                stage.step = (enum huddle_step)step;
                stage.chosen = 1;
                scene_show(one, &stage);
                scene_draw_changes(one, &board.snapshot, fixture_now);
                scene_draw_changes(one, NULL, fixture_now);
                scene_destroy(one);
            }
}

static void from_a_tile_one_comes_to_its_neighbours(void **state)
{
    (void)state;
    draw_at(0);
    assert_int_equal(scene_neighbour(scene, 0, 1, 0), 1);
    assert_int_equal(scene_neighbour(scene, 0, 0, 1), 4);
    assert_int_equal(scene_neighbour(scene, 0, -1, 0), 0);
    assert_int_equal(scene_neighbour(scene, 11, 1, 0), 11);
    assert_int_equal(scene_neighbour(scene, 6, 0, -1), 2);
    assert_int_equal(scene_neighbour(scene, -1, 1, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_huddle_is_stamped_and_counts_down, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reds_are_told_with_how_long_they_last, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_figure_of_two_periods_is_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_a_red_table_its_red_cells_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cell_of_a_queue_of_one_agent_has_no_name_in_a_huddle, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_queue_of_one_agent_has_no_name_in_a_huddle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_reds_it_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_turned_red_since_the_last_huddle_is_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_huddle_does_not_speak_of_one_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_one_thing_and_of_none_the_word_is_singular, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_figure_on_two_pages_is_listed_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_comparable_day_is_named_and_what_is_not_known_is_said, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_turned_red_or_went_silent_meanwhile_is_a_mark, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_answer_stands_in_the_header_and_goes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_seen_alert_says_when_and_keeps_its_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_alerts_of_the_week_are_told_with_the_verdict_on_their_budget,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_week_that_is_not_known_whole_says_since_when, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_target_that_is_missed_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(alerts_that_nobody_counts_are_not_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_conclusion_stands_below_the_question, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_flood_is_called_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_detail_waits_for_its_answer_and_then_tells_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_week_to_date_stands_beside_the_week_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_month_to_date_lacks_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_large_sum_to_date_is_not_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_figure_without_sums_has_no_line_for_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(actions_are_listed_with_who_and_until_when, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_more_than_seven_actions_the_rest_is_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_without_open_actions_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_that_cannot_be_read_is_not_an_empty_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(where_one_list_of_two_cannot_be_read_the_other_is_shown, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_board_without_actions_says_how_to_have_some, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_action_of_many_words_is_said_in_full, set_up, tear_down),
        cmocka_unit_test_setup_teardown(objectives_are_shown_as_their_tiles_show_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_figure_on_two_pages_is_one_red, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_objective_in_trouble_has_the_score_of_its_tile, set_up, tear_down),
        cmocka_unit_test_setup_teardown(upright_no_line_of_the_help_is_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(upright_a_red_is_told_with_its_queue_and_its_period, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(black_is_black_and_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_screen_draws_in_every_size, set_up, tear_down),
        cmocka_unit_test_setup_teardown(from_a_tile_one_comes_to_its_neighbours, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
