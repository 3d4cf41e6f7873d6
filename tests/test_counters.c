#include "model/counters.h"

#include <stdio.h>

#include "board_kit.h"

/* ---- what documents do to figures ---- */

struct store {
    struct names *names;
    struct counters *counters;
};

static struct store open_store(void)
{
    struct store store = {.names = names_create()};
    store.counters = counters_create(store.names);
    return store;
}

static void close_store(struct store *store)
{
    counters_destroy(store->counters);
    names_destroy(store->names);
}

static void put(struct store *store, const char *queue, double value)
{
    struct sample sample = {.id = "offered", .value = value, .n = NAN, .period = PERIOD_TODAY};
    sample.dims.value[DIM_QUEUE] = queue;
    counters_put(store->counters, &sample);
}

/* NaN also where there is no such figure. */
static double value_of(struct store *store, size_t source, const char *queue)
{
    struct figures figures = counters_find(store->counters, source, "offered", PERIOD_TODAY);
    const char *name = names_find(store->names, queue);
    for (size_t i = 0; i < figures.count; i++)
        if (figures.items[i]->dims.value[DIM_QUEUE] == name)
            return figures.items[i]->value;
    return NAN;
}

static void what_is_missing_from_a_document_becomes_unknown(void **state)
{
    (void)state;
    struct store store = open_store();
    counters_begin(store.counters, 0);
    put(&store, "a", 1);
    put(&store, "b", 2);
    counters_end(store.counters, 0);
    counters_begin(store.counters, 0);
    put(&store, "a", 3);
    counters_end(store.counters, 10000);
    assert_true(value_of(&store, 0, "a") == 3);
    assert_unknown(value_of(&store, 0, "b"));
    assert_int_equal(counters_count(store.counters), 2);
    close_store(&store);
}

static void a_document_says_nothing_about_another_source(void **state)
{
    (void)state;
    struct store store = open_store();
    counters_begin(store.counters, 0);
    put(&store, "a", 1);
    counters_end(store.counters, 0);
    counters_begin(store.counters, 1);
    put(&store, "a", 2);
    counters_end(store.counters, 0);
    counters_begin(store.counters, 1);
    counters_end(store.counters, 10000);
    assert_true(value_of(&store, 0, "a") == 1);
    assert_unknown(value_of(&store, 1, "a"));
    close_store(&store);
}

static void the_same_figure_twice_in_a_document_counts_once_the_last(void **state)
{
    (void)state;
    struct store store = open_store();
    counters_begin(store.counters, 0);
    put(&store, "a", 1);
    put(&store, "a", 2);
    counters_end(store.counters, 0);
    assert_true(value_of(&store, 0, "a") == 2);
    assert_int_equal(counters_count(store.counters), 1);
    close_store(&store);
}

static void what_has_been_missing_for_long_is_dropped_with_its_name(void **state)
{
    (void)state;
    struct store store = open_store();
    counters_begin(store.counters, 0);
    put(&store, "a", 1);
    put(&store, "b", 2);
    counters_end(store.counters, 0);
    counters_begin(store.counters, 0);
    put(&store, "a", 1);
    counters_end(store.counters, 10000);
    counters_forget(store.counters, 900000, 910000);
    assert_int_equal(counters_count(store.counters), 2);
    counters_forget(store.counters, 900000, 910001);
    assert_int_equal(counters_count(store.counters), 1);
    assert_null(names_find(store.names, "b"));
    assert_non_null(names_find(store.names, "a"));
    close_store(&store);
}

static void the_set_changes_only_when_figures_come_or_go(void **state)
{
    (void)state;
    struct store store = open_store();
    counters_begin(store.counters, 0);
    put(&store, "a", 1);
    counters_end(store.counters, 0);
    uint64_t version = counters_version(store.counters);
    counters_begin(store.counters, 0);
    put(&store, "a", 5);
    counters_end(store.counters, 0);
    assert_true(counters_version(store.counters) == version);
    counters_begin(store.counters, 0);
    put(&store, "b", 5);
    counters_end(store.counters, 0);
    assert_true(counters_version(store.counters) != version);
    close_store(&store);
}

static void a_source_that_invents_names_does_not_fill_the_memory(void **state)
{
    (void)state;
    struct store store = open_store();
    for (int answer = 0; answer < 20; answer++) {
        counters_begin(store.counters, 0);
        for (int i = 0; i < 5000; i++) {
            char queue[40];
            snprintf(queue, sizeof queue, "queue %d of %d", i, answer);
            put(&store, queue, 1);
        }
        counters_end(store.counters, answer);
    }
    assert_true(counters_count(store.counters) <= 50000);
    close_store(&store);
}

/* ---- what the board makes of it ---- */

static void a_queue_that_vanishes_makes_the_total_unknown_and_not_smaller(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "all", "contacts_offered");
    kit_tile(&kit, "b", "contacts_offered")->where.value[DIM_QUEUE] = "b";
    kit_start(&kit);
    kit_say(&kit, "offered", 1, PERIOD_TODAY, "a");
    kit_say(&kit, "offered", 2, PERIOD_TODAY, "b");
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 3);
    kit_say(&kit, "offered", 1, PERIOD_TODAY, "a");
    kit_answer(&kit, 10);
    assert_unknown(kit_look(&kit, 10, 0)->value);
    assert_int_equal(kit_look(&kit, 10, 1)->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

static void a_queue_that_stays_away_is_forgotten_after_a_quarter_of_an_hour(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "all", "contacts_offered");
    kit_start(&kit);
    kit_say(&kit, "offered", 1, PERIOD_TODAY, "a");
    kit_say(&kit, "offered", 2, PERIOD_TODAY, "b");
    kit_answer(&kit, 0);
    kit_say(&kit, "offered", 1, PERIOD_TODAY, "a");
    kit_answer(&kit, 10);
    board_tick(kit.board, kit_at(911));
    kit_say(&kit, "offered", 4, PERIOD_TODAY, "a");
    kit_answer(&kit, 912);
    assert_number(kit_look(&kit, 912, 0), 4);
    kit_finish(&kit);
}

static void twenty_thousand_samples_are_added_up(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    struct arena *arena = arena_create();
    struct sample *samples = arena_take(arena, COUNT, sizeof *samples);
    for (int i = 0; i < COUNT; i++) {
        samples[i] = (struct sample){.id = "offered", .value = 1, .n = NAN, .period = PERIOD_TODAY};
        samples[i].dims.value[DIM_QUEUE] = arena_format(arena, "queue %d", i);
    }
    struct sample_document document = {.at_s = NAN, .count = COUNT, .samples = samples};
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "all", "contacts_offered");
    kit_start(&kit);
    board_apply(kit.board, 0, &document, kit_at(0));
    assert_number(kit_look(&kit, 0, 0), 20000);
    kit_finish(&kit);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_missing_from_a_document_becomes_unknown),
        cmocka_unit_test(a_document_says_nothing_about_another_source),
        cmocka_unit_test(the_same_figure_twice_in_a_document_counts_once_the_last),
        cmocka_unit_test(what_has_been_missing_for_long_is_dropped_with_its_name),
        cmocka_unit_test(the_set_changes_only_when_figures_come_or_go),
        cmocka_unit_test(a_source_that_invents_names_does_not_fill_the_memory),
        cmocka_unit_test(a_queue_that_vanishes_makes_the_total_unknown_and_not_smaller),
        cmocka_unit_test(a_queue_that_stays_away_is_forgotten_after_a_quarter_of_an_hour),
        cmocka_unit_test(twenty_thousand_samples_are_added_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
