#include "model/leaderboard.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/near.h"

static void agents_are_ranked_by_the_mean_of_their_z_scores(void **state)
{
    (void)state;
    const struct leaderboard_agent agents[] = {{"Mistral", 40, {-60, -600, 70, 80}},
                                               {"Tramontane", 40, {-40, -400, 80, 90}},
                                               {"Alizé", 40, {-80, -800, 60, 70}}};
    struct leaderboard_place places[3];
    assert_int_equal(leaderboard_rank_agents(agents, 3, 4, places), 3);
    assert_int_equal(places[0].index, 1);
    assert_int_equal(places[0].rank, 1);
    assert_near(places[0].score, 1.22474487139159, 1e-12); /* sqrt(3/2), in each of the four */
    assert_int_equal(places[1].index, 0);
    assert_near(places[1].score, 0, 1e-12);
    assert_int_equal(places[2].index, 2);
    assert_int_equal(places[2].rank, 3);
}

static void whoever_had_few_contacts_is_neither_ranked_nor_counted(void **state)
{
    (void)state;
    const struct leaderboard_agent agents[] = {{"Mistral", 30, {-60, -600, 70, 80}},
                                               {"Tramontane", 29, {-1, -1, 100, 100}},
                                               {"Alizé", 31, {-80, -800, 60, 70}}};
    struct leaderboard_place places[3];
    assert_int_equal(leaderboard_rank_agents(agents, 3, 4, places), 2);
    assert_int_equal(places[0].index, 0);
    assert_near(places[0].score, 1, 1e-12);
    assert_int_equal(places[1].index, 2);
    assert_near(places[1].score, -1, 1e-12);
}

static void what_is_not_known_of_an_agent_is_left_out_of_the_mean(void **state)
{
    (void)state;
    const struct leaderboard_agent agents[] = {{"Mistral", 40, {NAN, NAN, 80, NAN}},
                                               {"Tramontane", 40, {-50, -500, 60, 70}},
                                               {"Alizé", 40, {NAN, NAN, NAN, NAN}}};
    struct leaderboard_place places[3];
    assert_int_equal(leaderboard_rank_agents(agents, 3, 4, places), 2);
    assert_int_equal(places[0].index, 0);
    assert_near(places[0].score, 1, 1e-12);
    assert_int_equal(places[1].index, 1);
    assert_near(places[1].score, -0.25, 1e-12);
}

static void equals_share_a_rank_and_the_next_is_left_out(void **state)
{
    (void)state;
    const struct leaderboard_team teams[] = {
        {"Nord", 80, 75}, {"Sud", 60, 50}, {"Est", 90, 85}, {"Ouest", 70, 72}, {"Centre", 70, NAN}};
    struct leaderboard_place places[5];
    assert_int_equal(leaderboard_rank_teams(teams, 5, places), 4);
    assert_int_equal(places[0].index, 1); /* the lowest level, the best progress */
    assert_int_equal(places[0].rank, 1);
    assert_near(places[0].score, 10, 0);
    assert_int_equal(places[1].index, 0);
    assert_int_equal(places[1].rank, 2);
    assert_int_equal(places[2].index, 2);
    assert_int_equal(places[2].rank, 2);
    assert_int_equal(places[3].index, 3);
    assert_int_equal(places[3].rank, 4);
}

static void all_alike_are_all_first(void **state)
{
    (void)state;
    const struct leaderboard_agent agents[] = {{"Mistral", 40, {-60, -600, 70, 80}},
                                               {"Alizé", 50, {-60, -600, 70, 80}}};
    struct leaderboard_place places[2];
    assert_int_equal(leaderboard_rank_agents(agents, 2, 4, places), 2);
    assert_near(places[0].score, 0, 0);
    assert_int_equal(places[1].rank, 1);
}

static void nobody_is_a_ranking_too(void **state)
{
    (void)state;
    struct leaderboard_place places[1];
    assert_int_equal(leaderboard_rank_agents(NULL, 0, 4, places), 0);
    assert_int_equal(leaderboard_rank_teams(NULL, 0, places), 0);
}

/* Each is within a rounding error of the next: an order must hold for three as for two, or qsort() may fail.
 */
static void scores_in_tiny_steps_have_one_order(void **state)
{
    (void)state;
    const struct leaderboard_team teams[] = {
        {"a", 0, 0}, {"b", 0.9e-9, 0}, {"c", 1.8e-9, 0}, {"d", 2.7e-9, 0}, {"e", 0, 0}};
    struct leaderboard_place places[5];
    assert_int_equal(leaderboard_rank_teams(teams, 5, places), 5);
    const size_t order[] = {3, 2, 1, 0, 4};
    const int ranks[] = {1, 2, 3, 4, 4};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(places[i].index, order[i]);
        assert_int_equal(places[i].rank, ranks[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agents_are_ranked_by_the_mean_of_their_z_scores),
        cmocka_unit_test(whoever_had_few_contacts_is_neither_ranked_nor_counted),
        cmocka_unit_test(what_is_not_known_of_an_agent_is_left_out_of_the_mean),
        cmocka_unit_test(equals_share_a_rank_and_the_next_is_left_out),
        cmocka_unit_test(all_alike_are_all_first),
        cmocka_unit_test(nobody_is_a_ranking_too),
        cmocka_unit_test(scores_in_tiny_steps_have_one_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
