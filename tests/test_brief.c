/*
 * Every sentence of the brief is answered somewhere: brief.csv says where, and this test looks.
 */
#include "board_kit.h"
#include "csv_cases.h"
#include "places.h"

/* ---- tests ---- */

static void every_sentence_is_answered_and_every_answer_is_there(void **state)
{
    (void)state;
    struct csv_cases *brief = csv_read("tests/brief.csv");
    assert_int_equal(brief->count, 112);
    for (size_t row = 0; row < brief->count; row++) {
        char *where = csv_text(brief, row, "where");
        if (!*where)
            fail_msg("tests/brief.csv, line %zu: nothing answers it", row + 2);
        assert_places("tests/brief.csv", row + 1, where);
    }
    csv_destroy(brief);
}

static bool is_there(const char *place)
{
    char copy[512];
    snprintf(copy, sizeof copy, "%s", place);
    return place_is_there(copy);
}

static void only_an_issue_that_is_still_to_come_may_stand_for_an_answer(void **state)
{
    (void)state;
    assert_false(is_there("shares by channel: issue 2, KPIs"));
    assert_false(is_there("shares by channel: issue 3, KPIs that are not ratios"));
    assert_false(is_there("issue 4"));
    assert_false(is_there("ranked list: issue \"screens\""));
    assert_true(is_there("ranked list: issue 5, screens"));
    assert_true(is_there("a year of figures: issue 6, history"));
}

/* All issues of the brief are done: what is still to come answers none of its sentences. */
static void no_sentence_is_answered_by_a_promise(void **state)
{
    (void)state;
    struct csv_cases *brief = csv_read("tests/brief.csv");
    for (size_t row = 0; row < brief->count; row++)
        if (strstr(csv_text(brief, row, "where"), "issue "))
            fail_msg("tests/brief.csv, line %zu: an issue is no answer", row + 2);
    csv_destroy(brief);
}

static void a_test_that_is_not_there_is_no_answer(void **state)
{
    (void)state;
    assert_true(is_there("tests/test_erlang.c:every_reference_queue_is_matched"));
    assert_false(is_there("tests/test_erlang.c:every_reference_queue"));
    assert_false(is_there("tests/test_erlang.c#no such words at all"));
    assert_false(is_there("tests/test_nothing_of_the_sort.c"));
}

static void every_named_kpi_is_in_the_catalogue(void **state)
{
    (void)state;
    struct csv_cases *brief = csv_read("tests/brief.csv");
    struct kit kit;
    kit_init(&kit);
    for (size_t row = 0; row < brief->count; row++)
        for (char *rest = csv_text(brief, row, "kpi_ids"), *id; (id = strtok_r(NULL, "|", &rest));)
            if (!catalogue_kpi(kit.catalogue, id))
                fail_msg("tests/brief.csv, line %zu: there is no KPI %s", row + 2, id);
    kit_finish(&kit);
    csv_destroy(brief);
}

/* "handled=300 talk_s=812", all over the period of the KPI or the nearest that samples have. */
static void say_counters(struct kit *kit, const struct kpi *kpi, const char *counters, const char *channel)
{
    static char copy[512];
    bool sampled = kpi->default_period < (enum period)PERIOD_SAMPLE_COUNT;
    snprintf(copy, sizeof copy, "%s", counters);
    for (char *rest = copy, *name; (name = strtok_r(NULL, " ", &rest));) {
        char *equals = strchr(name, '=');
        *equals = '\0';
        enum period period = sampled ? kpi->default_period : PERIOD_MONTH;
        struct sample *sample = kit_say(kit, name, strtod(equals + 1, NULL), period, NULL);
        sample->dims.value[DIM_CHANNEL] = *channel ? channel : NULL;
    }
}

static double figure_of(const char *id, const char *counters, const char *channel)
{
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "tile", id);
    kit_start(&kit);
    say_counters(&kit, kit.tiles[0].kpi, counters, channel);
    kit_answer(&kit, 0);
    double value = kit_look(&kit, 0, 0)->value;
    kit_finish(&kit);
    return value;
}

static void every_indicator_gives_its_figure(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/brief_figures.csv");
    assert_true(cases->count > 70);
    for (size_t row = 0; row < cases->count; row++) {
        const char *id = csv_text(cases, row, "kpi");
        double value = figure_of(id, csv_text(cases, row, "counters"), csv_text(cases, row, "channel"));
        assert_true(csv_agrees(cases, row, "expected", value, 1e-8));
    }
    csv_destroy(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sentence_is_answered_and_every_answer_is_there),
        cmocka_unit_test(only_an_issue_that_is_still_to_come_may_stand_for_an_answer),
        cmocka_unit_test(no_sentence_is_answered_by_a_promise),
        cmocka_unit_test(a_test_that_is_not_there_is_no_answer),
        cmocka_unit_test(every_named_kpi_is_in_the_catalogue),
        cmocka_unit_test(every_indicator_gives_its_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
