#include "model/figure_index.h"

#include "board_kit.h"

/* One source's figures of today, read back as what they add up to: each value is a power of two. */
struct shelf {
    struct names *names;
    struct counters *counters;
    struct dims scope;
};

static struct shelf open_shelf(void)
{
    struct shelf shelf = {.names = names_create()};
    shelf.counters = counters_create(shelf.names);
    counters_begin(shelf.counters, 0);
    return shelf;
}

static void close_shelf(struct shelf *shelf)
{
    for (int i = 0; i < DIM_COUNT; i++)
        names_release(shelf->names, shelf->scope.value[i]);
    counters_destroy(shelf->counters);
    names_destroy(shelf->names);
}

static void put(struct shelf *shelf, double value, const char *queue, const char *channel)
{
    struct sample sample = {.id = "offered", .value = value, .n = NAN, .period = PERIOD_TODAY};
    sample.dims.value[DIM_QUEUE] = queue;
    sample.dims.value[DIM_CHANNEL] = channel;
    counters_put(shelf->counters, &sample);
}

/* Twelve queues, so that the list is long enough to be split. */
static void put_many(struct shelf *shelf, const char *channel)
{
    static const char *const QUEUES[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
    for (int i = 0; i < 12; i++)
        put(shelf, 1 << i, QUEUES[i], channel);
}

static double sum(struct figures figures)
{
    double sum = 0;
    for (size_t i = 0; i < figures.count; i++)
        sum += figures.items[i]->value;
    return sum;
}

static struct figures near(struct shelf *shelf, const char *queue, const char *channel, bool *inside)
{
    shelf->scope.value[DIM_QUEUE] = names_hold(shelf->names, queue);
    shelf->scope.value[DIM_CHANNEL] = names_hold(shelf->names, channel);
    return family_near(counters_family(shelf->counters, 0, "offered"), PERIOD_TODAY, &shelf->scope, inside);
}

static void the_figures_of_one_queue_are_found_among_many(void **state)
{
    (void)state;
    bool inside;
    struct shelf shelf = open_shelf();
    put_many(&shelf, "voice");
    assert_true(sum(near(&shelf, "c", NULL, &inside)) == 4);
    assert_true(inside);
    close_shelf(&shelf);
}

static void of_two_wishes_the_second_is_left_to_look_at(void **state)
{
    (void)state;
    bool inside;
    struct shelf shelf = open_shelf();
    put_many(&shelf, "voice");
    put(&shelf, 4096, "c", "chat");
    assert_true(sum(near(&shelf, "c", "chat", &inside)) == 4 + 4096);
    assert_false(inside);
    close_shelf(&shelf);
}

static void without_a_wish_all_are_given_the_coarsest_first(void **state)
{
    (void)state;
    bool inside;
    struct shelf shelf = open_shelf();
    put_many(&shelf, "voice");
    put(&shelf, 4096, NULL, NULL);
    put(&shelf, 8192, "m", NULL);
    struct figures figures = near(&shelf, NULL, NULL, &inside);
    assert_true(inside);
    assert_int_equal(figures.count, 14);
    assert_true(figures.items[0]->value == 4096);
    assert_true(figures.items[1]->value == 8192);
    assert_true(figures.items[2]->value == 1);
    close_shelf(&shelf);
}

static void what_has_not_the_dimension_is_not_near(void **state)
{
    (void)state;
    bool inside;
    struct shelf shelf = open_shelf();
    put_many(&shelf, NULL);
    put(&shelf, 4096, NULL, "voice");
    assert_true(sum(near(&shelf, NULL, "voice", &inside)) == 4096);
    close_shelf(&shelf);
}

static void figures_that_come_later_are_found_too(void **state)
{
    (void)state;
    bool inside;
    struct shelf shelf = open_shelf();
    put_many(&shelf, "voice");
    assert_true(sum(near(&shelf, "zz", NULL, &inside)) == 0);
    put(&shelf, 4096, "zz", "voice");
    assert_true(sum(near(&shelf, "zz", NULL, &inside)) == 4096);
    close_shelf(&shelf);
}

static void equal_lists_of_two_counters_have_the_same_number(void **state)
{
    (void)state;
    struct shelf shelf = open_shelf();
    put_many(&shelf, "voice");
    struct sample other = {.id = "answered", .value = 1, .n = NAN, .period = PERIOD_TODAY};
    for (const char *queue = "abcdefghijk"; *queue; queue++) {
        other.dims.value[DIM_QUEUE] = (char[]){*queue, '\0'};
        other.dims.value[DIM_CHANNEL] = "voice";
        counters_put(shelf.counters, &other);
    }
    struct figures offered = counters_find(shelf.counters, 0, "offered", PERIOD_TODAY);
    assert_int_not_equal(offered.parts, counters_find(shelf.counters, 0, "answered", PERIOD_TODAY).parts);
    other.dims.value[DIM_QUEUE] = "l";
    counters_put(shelf.counters, &other);
    assert_int_equal(offered.parts, counters_find(shelf.counters, 0, "answered", PERIOD_TODAY).parts);
    close_shelf(&shelf);
}

static void what_nobody_sends_has_no_family(void **state)
{
    (void)state;
    bool inside;
    struct shelf shelf = open_shelf();
    assert_null(counters_family(shelf.counters, 0, "offered"));
    assert_int_equal(family_periods(NULL), 0);
    assert_int_equal(family_near(NULL, PERIOD_TODAY, &shelf.scope, &inside).count, 0);
    put_many(&shelf, NULL);
    assert_null(counters_family(shelf.counters, 1, "offered"));
    assert_int_equal(family_periods(counters_family(shelf.counters, 0, "offered")), 1u << PERIOD_TODAY);
    close_shelf(&shelf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_figures_of_one_queue_are_found_among_many),
        cmocka_unit_test(of_two_wishes_the_second_is_left_to_look_at),
        cmocka_unit_test(without_a_wish_all_are_given_the_coarsest_first),
        cmocka_unit_test(what_has_not_the_dimension_is_not_near),
        cmocka_unit_test(figures_that_come_later_are_found_too),
        cmocka_unit_test(equal_lists_of_two_counters_have_the_same_number),
        cmocka_unit_test(what_nobody_sends_has_no_family),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
