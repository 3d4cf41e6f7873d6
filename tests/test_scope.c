#include "model/scope.h"

#include "board_kit.h"

/* One tile "all" of a counter that adds up, one for queue "a", one for the phone. */
static void show(struct kit *kit, const char *kpi)
{
    kit_init(kit);
    kit_tile(kit, "all", kpi);
    kit_tile(kit, "a", kpi)->where.value[DIM_QUEUE] = "a";
    kit_tile(kit, "voice", kpi)->where.value[DIM_CHANNEL] = "voice";
    kit_start(kit);
}

static struct sample *say(struct kit *kit, double value, const char *queue, const char *channel)
{
    struct sample *sample = kit_say(kit, "offered", value, PERIOD_TODAY, queue);
    sample->dims.value[DIM_CHANNEL] = channel;
    return sample;
}

static void finer_figures_are_added_up(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_offered");
    say(&kit, 1, "a", "voice");
    say(&kit, 2, "a", "chat");
    say(&kit, 4, "b", "voice");
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 7);
    assert_number(kit_look(&kit, 0, 1), 3);
    assert_number(kit_look(&kit, 0, 2), 5);
    kit_finish(&kit);
}

static void the_sources_own_total_beats_the_sum(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_offered");
    say(&kit, 1, "a", "voice");
    say(&kit, 4, "b", "voice");
    say(&kit, 4.5, NULL, "voice");
    say(&kit, 100, NULL, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 100);
    assert_number(kit_look(&kit, 0, 1), 1);
    assert_number(kit_look(&kit, 0, 2), 4.5);
    kit_finish(&kit);
}

static void a_queues_total_beats_its_channels_and_other_queues_are_added(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_offered");
    say(&kit, 10, "a", NULL);
    say(&kit, 1, "a", "voice");
    say(&kit, 2, "a", "chat");
    say(&kit, 4, "b", "voice");
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 14);
    assert_number(kit_look(&kit, 0, 1), 10);
    kit_finish(&kit);
}

static void two_breakdowns_of_the_same_contacts_are_not_added(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_offered");
    say(&kit, 3, "a", NULL);
    say(&kit, 4, "b", NULL);
    say(&kit, 5, NULL, "voice");
    say(&kit, 2, NULL, "chat");
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 7);
    kit_finish(&kit);
}

static void one_agent_in_three_queues_is_one_agent(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "all", "agents_available");
    kit_start(&kit);
    kit_say(&kit, "agents_available", 5, PERIOD_NOW, "a");
    kit_say(&kit, "agents_available", 5, PERIOD_NOW, "b");
    kit_say(&kit, "agents_available", 7, PERIOD_NOW, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 7);
    kit_finish(&kit);
}

static void a_figure_without_the_dimension_says_nothing_about_a_queue(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_offered");
    say(&kit, 100, NULL, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 100);
    assert_unknown(kit_look(&kit, 0, 1)->value);
    kit_finish(&kit);
}

static void figures_of_a_person_do_not_get_in(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_offered");
    say(&kit, 3, "a", NULL);
    say(&kit, 4, "b", NULL)->dims.value[DIM_AGENT] = "Dominique";
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 3);
    kit_finish(&kit);
}

static void names_of_128_bytes_are_told_apart_by_their_last(void **state)
{
    (void)state;
    char one[129], other[129];
    memset(one, 'q', 128);
    memset(other, 'q', 128);
    one[128] = other[128] = 0;
    other[127] = 'r';
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "one", "contacts_offered")->where.value[DIM_QUEUE] = one;
    kit_tile(&kit, "all", "contacts_offered");
    kit_start(&kit);
    say(&kit, 3, one, NULL);
    say(&kit, 4, other, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 3);
    assert_number(kit_look(&kit, 0, 1), 7);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finer_figures_are_added_up),
        cmocka_unit_test(the_sources_own_total_beats_the_sum),
        cmocka_unit_test(a_queues_total_beats_its_channels_and_other_queues_are_added),
        cmocka_unit_test(two_breakdowns_of_the_same_contacts_are_not_added),
        cmocka_unit_test(one_agent_in_three_queues_is_one_agent),
        cmocka_unit_test(a_figure_without_the_dimension_says_nothing_about_a_queue),
        cmocka_unit_test(figures_of_a_person_do_not_get_in),
        cmocka_unit_test(names_of_128_bytes_are_told_apart_by_their_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
