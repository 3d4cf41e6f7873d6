/* What `vigie probe --url` makes of answers that it never saw. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/catalogue_file.h"
#include "app/draft.h"

static struct catalogue *catalogue;
static struct likely_words *words;

static int read_words(void **state)
{
    (void)state;
    catalogue = catalogue_file_read(getenv("VIGIE_ASSETS"), NULL);
    words = catalogue ? likely_words_read(getenv("VIGIE_ASSETS"), catalogue, NULL) : NULL;
    return words ? 0 : -1;
}

static int forget_words(void **state)
{
    (void)state;
    likely_words_destroy(words);
    catalogue_destroy(catalogue);
    return 0;
}

static void find(struct scalars *scalars, const char *answer)
{
    struct cJSON *value = json_parse(answer, strlen(answer), NULL);
    assert_non_null(value);
    scalars_find(scalars, value);
    json_destroy(value);
}

/* Every path of the answer with what is seen there, one a line. */
static void assert_places(const char *answer, const char *expected)
{
    struct scalars scalars;
    struct text found = {0};
    find(&scalars, answer);
    for (size_t i = 0; i < scalars.count; i++)
        text_append_format(&found, "%s %zu/%zu/%zu/%zu\n", scalars.all[i].path,
                           scalars.all[i].seen[SCALAR_NULL], scalars.all[i].seen[SCALAR_BOOLEAN],
                           scalars.all[i].seen[SCALAR_NUMBER], scalars.all[i].seen[SCALAR_TEXT]);
    assert_string_equal(text_bytes(&found), expected);
    text_finish(&found);
    scalars_finish(&scalars);
}

/* {"KEY": VALUE} alone: the figure, its window and factor; "" where nothing is likely. */
static void assert_likely(const char *answer, const char *path, const char *expected)
{
    struct scalars scalars;
    struct text found = {0};
    find(&scalars, answer);
    const struct scalar *scalar = scalars_at(&scalars, path);
    assert_non_null(scalar);
    struct likely likely = likely_guess(words, &scalars, scalar);
    if (likely.id)
        text_append_format(&found, "%s %s %g", likely.id, period_name(likely.period), likely.factor);
    assert_string_equal(text_bytes(&found), expected);
    text_finish(&found);
    scalars_finish(&scalars);
}

static void assert_private(const char *answer, const char *path, bool expected)
{
    struct scalars scalars;
    find(&scalars, answer);
    assert_non_null(scalars_at(&scalars, path));
    assert_int_equal(likely_is_private(words, &scalars, scalars_at(&scalars, path)), expected);
    scalars_finish(&scalars);
}

static void lists_are_folded_and_counted(void **state)
{
    (void)state;
    assert_places("{\"q\":[{\"a\":1,\"b\":null},{\"a\":\"x\",\"b\":true}],\"c-d\":2}",
                  ".q[].a 0/0/1/1\n.q[].b 1/1/0/0\n.\"c-d\" 0/0/1/0\n");
    assert_places("[[1,2],[3]]", ".[][] 0/0/3/0\n");
    assert_places("7", ". 0/0/1/0\n");
}

static void objects_that_are_alike_are_a_list_by_name(void **state)
{
    (void)state;
    assert_places("{\"q\":{\"Ventes\":{\"n\":1},\"SAV\":{\"n\":2}}}", ".q[].n 0/0/2/0\n");
    assert_places("{\"q\":{\"in\":{\"n\":1},\"out\":{\"m\":2}}}", ".q.in.n 0/0/1/0\n.q.out.m 0/0/1/0\n");
}

static void numbers_are_also_read_as_people_write_them(void **state)
{
    (void)state;
    assert_float_equal(scalars_number("81,5 %"), 81.5, 0);
    assert_float_equal(scalars_number("1\u202F234"), 1234, 0);
    assert_float_equal(scalars_number("00:02:31"), 151, 0);
    assert_float_equal(scalars_number("-3"), -3, 0);
    assert_true(isnan(scalars_number("12 s")));
    assert_true(isnan(scalars_number("—")));
    assert_true(isnan(scalars_number("1:")));
    assert_true(isnan(scalars_number("")));
    assert_true(isnan(scalars_number("2026-11-22")));
}

static void figures_are_known_by_words_of_both_languages(void **state)
{
    (void)state;
    assert_likely("{\"callsWaiting\":3}", ".callsWaiting", "waiting_now now 1");
    assert_likely("{\"appels_en_attente\":3}", ".appels_en_attente", "waiting_now now 1");
    assert_likely("{\"AppelsPerdus\":3}", ".AppelsPerdus", "abandoned today 1");
    assert_likely("{\"answered_20s\":3}", ".answered_20s", "answered_in_t today 1");
    assert_likely("{\"décrochés\":3}", ".\"décrochés\"", "answered today 1");
    assert_likely("{\"agents\":{\"available\":3}}", ".agents.available", "agents_available now 1");
    assert_likely("{\"longestWaitSeconds\":30}", ".longestWaitSeconds", "longest_wait_s now 1");
    assert_likely("{\"tickets\":{\"open\":30}}", ".tickets.open", "tickets_open_now now 1");
}

static void units_and_shares_are_converted(void **state)
{
    (void)state;
    assert_likely("{\"avgWaitMs\":21500}", ".avgWaitMs", "asa today 0.001");
    assert_likely("{\"longest_wait_min\":2}", ".longest_wait_min", "longest_wait_s now 60");
    assert_likely("{\"serviceLevel\":0.825}", ".serviceLevel", "service_level 30m 100");
    assert_likely("{\"service_level\":82.5}", ".service_level", "service_level 30m 1");
}

static void what_cannot_be_is_not_likely(void **state)
{
    (void)state;
    assert_likely("{\"callsWaiting\":-1}", ".callsWaiting", "");
    assert_likely("{\"callsWaiting\":2.5}", ".callsWaiting", "");
    assert_likely("{\"serviceLevel\":8250}", ".serviceLevel", "");
    assert_likely("{\"longestWait\":1795256100}", ".longestWait", "");
    assert_likely("{\"waiting\":true}", ".waiting", "");
    assert_likely("{\"serviceLevelTarget\":80}", ".serviceLevelTarget", "");
    assert_likely("{\"temperature\":21}", ".temperature", "");
}

static void what_is_about_people_is_neither_shown_nor_suggested(void **state)
{
    (void)state;
    assert_likely("{\"agents\":[{\"name\":\"Anna\",\"answered\":3}]}", ".agents[].answered", "");
    assert_private("{\"agents\":[{\"name\":\"Anna\"}]}", ".agents[].name", true);
    assert_private("{\"name\":\"Anna\"}", ".name", true);
    assert_private("{\"queues\":[{\"name\":\"Ventes\"}]}", ".queues[].name", false);
    assert_private("{\"x\":\"anna@example.org\"}", ".x", true);
    assert_private("{\"x\":\"+33 6 12 34 56 78\"}", ".x", true);
    assert_private("{\"phone\":33612345678}", ".phone", true);
    assert_private("{\"access_token\":\"abc\"}", ".access_token", true);
    assert_private("{\"state\":\"open\"}", ".state", false);
    assert_likely("{\"rows\":[{\"email\":\"a@b.fr\",\"answered\":3}]}", ".rows[].answered", "");
}

static void every_row_of_the_words_is_a_figure_of_the_catalogue(void **state)
{
    const char *tile;
    (void)state;
    for (size_t i = 0; (tile = likely_tile(words, i)); i++)
        assert_non_null(catalogue_kpi(catalogue, tile));
    assert_string_equal(likely_guess_name(words, "acd_calls_waiting").id, "waiting_now");
    assert_string_equal(likely_guess_name(words, "waiting_now").id, "waiting_now");
    assert_null(likely_guess_name(words, "go_gc_duration").id);
}

static void a_draft_leaves_out_items_that_nothing_tells_apart(void **state)
{
    struct scalars scalars;
    struct draft draft;
    (void)state;
    find(&scalars, "[{\"waiting\":1},{\"waiting\":2}]");
    draft_make(&draft, &(struct draft_request){&scalars, words, catalogue, "acd", "t", "", 0});
    assert_int_equal(draft.figures, 0);
    assert_int_equal(draft.board.length, 0);
    draft_finish(&draft);
    scalars_finish(&scalars);
}

/* What an invented helpdesk says: figures under names that are no list of ours. */
static void items_are_told_apart_by_what_their_list_is_called_after(void **state)
{
    struct scalars scalars;
    struct draft draft;
    (void)state;
    find(&scalars, "{\"lanes\":[{\"lane\":\"Facturation\",\"lead\":\"Anne\",\"open_tickets\":43},"
                   "{\"lane\":\"Livraison\",\"lead\":\"Bob\",\"open_tickets\":18}]}");
    draft_make(&draft, &(struct draft_request){&scalars, words, catalogue, "desk", "t", "", 0});
    assert_int_equal(draft.figures, 1);
    assert_non_null(strstr(text_bytes(&draft.filter), "{queue: $item1.lane}"));
    draft_finish(&draft);
    scalars_finish(&scalars);
    assert_private("{\"lanes\":[{\"lead\":\"Anne\"}]}", ".lanes[].lead", true);
    assert_private("{\"managers\":[{\"manager\":\"Anne\"}]}", ".managers[].manager", true);
    assert_likely("{\"oldest_open_minutes\":312}", ".oldest_open_minutes", "oldest_ticket_s now 60");
    assert_likely("{\"created_today\":61}", ".created_today", "tickets_opened today 1");
}

static void a_tile_never_names_what_may_be_a_person(void **state)
{
    struct scalars scalars;
    struct draft draft;
    (void)state;
    find(&scalars, "[{\"name\":\"Anna\",\"waiting\":1,\"serviceLevel\":80}]");
    draft_make(&draft, &(struct draft_request){&scalars, words, catalogue, "acd", "t", "", 0});
    assert_int_equal(draft.figures, 2);
    assert_int_equal(draft.tiles, 1);
    assert_null(strstr(text_bytes(&draft.board), "Anna"));
    draft_finish(&draft);
    scalars_finish(&scalars);
}

static void texts_of_a_board_are_quoted_where_they_must_be(void **state)
{
    struct text out = {0};
    (void)state;
    draft_write_yaml(&out, "acd/file-1.jq");
    text_append(&out, " ");
    draft_write_yaml(&out, "a: b # \"c\"");
    text_append(&out, " ");
    draft_write_yaml(&out, "No");
    text_append(&out, " ");
    draft_write_yaml(&out, "12");
    assert_string_equal(text_bytes(&out), "acd/file-1.jq \"a: b # \\\"c\\\"\" \"No\" \"12\"");
    text_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_folded_and_counted),
        cmocka_unit_test(objects_that_are_alike_are_a_list_by_name),
        cmocka_unit_test(numbers_are_also_read_as_people_write_them),
        cmocka_unit_test(figures_are_known_by_words_of_both_languages),
        cmocka_unit_test(units_and_shares_are_converted),
        cmocka_unit_test(what_cannot_be_is_not_likely),
        cmocka_unit_test(what_is_about_people_is_neither_shown_nor_suggested),
        cmocka_unit_test(every_row_of_the_words_is_a_figure_of_the_catalogue),
        cmocka_unit_test(a_draft_leaves_out_items_that_nothing_tells_apart),
        cmocka_unit_test(items_are_told_apart_by_what_their_list_is_called_after),
        cmocka_unit_test(a_tile_never_names_what_may_be_a_person),
        cmocka_unit_test(texts_of_a_board_are_quoted_where_they_must_be),
    };
    return cmocka_run_group_tests(tests, read_words, forget_words);
}
