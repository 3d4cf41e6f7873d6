/*
 * Every sentence of the brief is answered somewhere: brief.csv says where, and this test looks.
 *
 * A place is a file or folder; `file:test` names a test in it; `file#words` words that it contains;
 * one with "issue 5" in it has no answer yet: that issue brings it. Issues that are done bring no more.
 */
#include "board_kit.h"
#include "csv_cases.h"
#include "places.h"

#include <sys/stat.h>

enum { BRIEF_ROWS = 200, BRIEF_COLUMNS = 7, MOST_BYTES = 1 << 22 };

/* ---- the table, with doubled quotes inside of quoted cells ---- */

struct brief {
    struct text text;
    size_t count; /* the header is row 0 */
    char *cell[BRIEF_ROWS][BRIEF_COLUMNS];
};

/* Cuts one cell off in place; *rest then begins with the next one. True if the row goes on. */
static bool next_cell(char **rest, char **cell)
{
    char *from = *rest, *to = from;
    bool quoted = *from == '"';
    *cell = to;
    from += quoted;
    while (*from && (quoted || (*from != ',' && *from != '\n'))) {
        if (quoted && *from == '"') {
            quoted = *++from == '"';
            if (!quoted)
                continue;
        }
        *to++ = *from++;
    }
    bool goes_on = *from == ',';
    *rest = *from ? from + 1 : from;
    *to = '\0';
    return goes_on;
}

static void read_rows(struct brief *brief)
{
    char *rest = brief->text.bytes;
    while (*rest && brief->count < BRIEF_ROWS) {
        size_t column = 0;
        while (column + 1 < BRIEF_COLUMNS && next_cell(&rest, &brief->cell[brief->count][column]))
            column++;
        if (column + 1 == BRIEF_COLUMNS)
            next_cell(&rest, &brief->cell[brief->count][column]);
        brief->count++;
    }
}

static struct brief *read_brief(void)
{
    struct brief *brief = calloc(1, sizeof *brief);
    assert_non_null(brief);
    assert_true(text_read_file(&brief->text, "tests/brief.csv", MOST_BYTES));
    read_rows(brief);
    return brief;
}

static void brief_destroy(struct brief *brief)
{
    text_finish(&brief->text);
    free(brief);
}

/* ---- places ---- */

/* The first issue that is still to come. */
enum { FIRST_OPEN_ISSUE = 5 };

static bool is_still_to_come(const char *issue)
{
    return strtol(issue + strlen("issue "), NULL, 10) >= FIRST_OPEN_ISSUE;
}

static bool place_is_there(char *place)
{
    struct stat status;
    const char *issue = strstr(place, "issue ");
    char *words = strchr(place, '#'), *test = words ? NULL : strchr(place, ':');
    if (issue)
        return is_still_to_come(issue);
    if (words)
        *words++ = '\0';
    if (test)
        *test++ = '\0';
    if (stat(place, &status) != 0)
        return false;
    return (!words || places_file_has(place, words, "")) &&
           (!test || places_file_has(place, test, "(void **state)"));
}

static void assert_places(size_t row, char *places)
{
    for (char *rest = places, *place; (place = strtok_r(NULL, ";", &rest));) {
        place += strspn(place, " ");
        char named[512];
        snprintf(named, sizeof named, "%s", place);
        if (!place_is_there(place))
            fail_msg("tests/brief.csv, row %zu: %s is not there", row + 1, named);
    }
}

/* ---- tests ---- */

static void every_sentence_is_answered_and_every_answer_is_there(void **state)
{
    (void)state;
    struct brief *brief = read_brief();
    assert_int_equal(brief->count, 113);
    assert_string_equal(brief->cell[0][6], "where");
    for (size_t row = 1; row < brief->count; row++) {
        if (!brief->cell[row][6] || !*brief->cell[row][6])
            fail_msg("tests/brief.csv, row %zu: nothing answers it", row + 1);
        assert_places(row, brief->cell[row][6]);
    }
    brief_destroy(brief);
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
    struct brief *brief = read_brief();
    struct kit kit;
    kit_init(&kit);
    for (size_t row = 1; row < brief->count; row++)
        for (char *rest = brief->cell[row][3], *id; (id = strtok_r(NULL, "|", &rest));)
            if (!catalogue_kpi(kit.catalogue, id))
                fail_msg("tests/brief.csv, row %zu: there is no KPI %s", row + 1, id);
    kit_finish(&kit);
    brief_destroy(brief);
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
        cmocka_unit_test(a_test_that_is_not_there_is_no_answer),
        cmocka_unit_test(every_named_kpi_is_in_the_catalogue),
        cmocka_unit_test(every_indicator_gives_its_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
