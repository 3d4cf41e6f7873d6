/* Every rule about what is shown of people has its test: tests/data/privacy_rules.csv says which. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/catalogue_file.h"
#include "app/config.h"
#include "csv_cases.h"
#include "model/privacy.h"
#include "places.h"
#include "tests/shipped.h"

enum { RULES = 16 };

/* ---- the table ---- */

static void every_rule_about_people_has_its_test(void **state)
{
    (void)state;
    bool told[RULES + 1] = {false};
    struct csv_cases *cases = csv_read("tests/data/privacy_rules.csv");
    for (size_t row = 0; row < cases->count; row++) {
        long rule = strtol(csv_text(cases, row, "rule") + 1, NULL, 10);
        assert_in_range(rule, 1, RULES);
        told[rule] = true;
        assert_places("tests/data/privacy_rules.csv", row + 1, csv_text(cases, row, "where"));
    }
    for (int rule = 1; rule <= RULES; rule++)
        if (!told[rule])
            fail_msg("P%02d has no test", rule);
    csv_destroy(cases);
}

/* ---- what comes with Vigie (P01) ---- */

static void assert_collective(const char *path)
{
    struct config *config = config_read(path);
    if (!config->usable || config->board.podium || config->privacy.opt_in)
        fail_msg("%s: not usable, or not collective", path);
    for (size_t i = 0; i < config->board.page_count; i++)
        for (size_t j = 0; j < config->board.pages[i].tile_count; j++)
            if (text_equal(config->board.pages[i].tiles[j].kpi->privacy, "personal_opt_in"))
                fail_msg("%s shows a single person", path);
    config_destroy(config);
}

static void no_shipped_board_ranks_or_shows_a_single_person(void **state)
{
    (void)state;
    char path[512];
    size_t count = 0;
    DIR *boards = opendir("assets/boards");
    assert_non_null(boards);
    for (struct dirent *entry; (entry = readdir(boards));) {
        if (!text_ends_with(entry->d_name, ".yaml"))
            continue;
        snprintf(path, sizeof path, "assets/boards/%s", entry->d_name);
        assert_collective(path);
        count++;
    }
    closedir(boards);
    assert_true(count >= 14);
}

static void one_kpi_alone_is_personal_and_it_is_off_by_default(void **state)
{
    (void)state;
    struct catalogue *catalogue = shipped_catalogue();
    for (size_t i = 0; i < catalogue_kpi_count(catalogue); i++) {
        const struct kpi *kpi = catalogue_kpi_at(catalogue, i);
        assert_int_equal(text_equal(kpi->privacy, "personal_opt_in"),
                         text_equal(kpi->id, "leaderboard_agents"));
    }
    catalogue_destroy(catalogue);
}

/* ---- states (P05) ---- */

static void no_kpi_tells_of_a_pause_or_of_lateness_one_by_one(void **state)
{
    (void)state;
    static const char *const words[] = {"longest_pause", "pause_reason", "pause_time", "idle",
                                        "late_arrival",  "lateness",     "absence"};
    struct catalogue *catalogue = shipped_catalogue();
    for (size_t i = 0; i < catalogue_kpi_count(catalogue); i++)
        for (size_t j = 0; j < sizeof words / sizeof *words; j++)
            if (strstr(catalogue_kpi_at(catalogue, i)->id, words[j]))
                fail_msg("%s tells of single persons (P05)", catalogue_kpi_at(catalogue, i)->id);
    catalogue_destroy(catalogue);
}

/* ---- desks (P11, P13) ---- */

static void a_desk_may_not_show_what_the_floor_may_not_but_for_management(void **state)
{
    (void)state;
    struct catalogue *catalogue = shipped_catalogue();
    for (size_t i = 0; i < catalogue_kpi_count(catalogue); i++) {
        const struct kpi *kpi = catalogue_kpi_at(catalogue, i);
        bool floor = privacy_kpi_allowed(kpi, ZONE_FLOOR, NULL);
        assert_true(privacy_kpi_allowed(kpi, ZONE_DESK, NULL));
        assert_int_equal(floor, !text_equal(kpi->privacy, "management_only"));
    }
    catalogue_destroy(catalogue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_about_people_has_its_test),
        cmocka_unit_test(no_shipped_board_ranks_or_shows_a_single_person),
        cmocka_unit_test(one_kpi_alone_is_personal_and_it_is_off_by_default),
        cmocka_unit_test(no_kpi_tells_of_a_pause_or_of_lateness_one_by_one),
        cmocka_unit_test(a_desk_may_not_show_what_the_floor_may_not_but_for_management),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
