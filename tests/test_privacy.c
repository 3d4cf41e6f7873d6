/* What may be shown of people, and where. */

#include "model/privacy.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/near.h"

static const int64_t DAY_MS = 24 * 3600 * INT64_C(1000);

static void groups_under_five_are_hidden(void **state)
{
    (void)state;
    struct privacy_group groups[] = {{5, 0}, {4, 0}, {9, 0}, {3, 0}};
    privacy_hide_small_groups(groups, 4, NAN);
    assert_int_equal(groups[0].verdict, PRIVACY_SHOWN);
    assert_int_equal(groups[1].verdict, PRIVACY_TOO_SMALL);
    assert_int_equal(groups[2].verdict, PRIVACY_SHOWN);
    assert_int_equal(groups[3].verdict, PRIVACY_TOO_SMALL);
}

static void a_lone_small_group_takes_the_next_smallest_with_it(void **state)
{
    (void)state;
    struct privacy_group groups[] = {{12, 0}, {3, 0}, {7, 0}};
    privacy_hide_small_groups(groups, 3, 22);
    assert_int_equal(groups[0].verdict, PRIVACY_SHOWN);
    assert_int_equal(groups[1].verdict, PRIVACY_TOO_SMALL);
    assert_int_equal(groups[2].verdict, PRIVACY_COMPLEMENT);
}

static void a_total_that_counts_nobody_twice_does_not_uncover_a_group(void **state)
{
    (void)state;
    struct privacy_group groups[] = {{12, 0}, {3, 0}, {7, 0}}; /* some are in two teams */
    privacy_hide_small_groups(groups, 3, 15);
    assert_int_equal(groups[1].verdict, PRIVACY_TOO_SMALL);
    assert_int_equal(groups[2].verdict, PRIVACY_COMPLEMENT);
}

static void people_in_no_group_count_as_hidden(void **state)
{
    (void)state;
    struct privacy_group groups[] = {{8, 0}, {6, 0}};
    privacy_hide_small_groups(groups, 2, 16);
    assert_int_equal(groups[0].verdict, PRIVACY_SHOWN);
    assert_int_equal(groups[1].verdict, PRIVACY_COMPLEMENT);
    privacy_hide_small_groups(groups, 2, 19); /* five of them: a group of its own */
    assert_int_equal(groups[1].verdict, PRIVACY_SHOWN);
}

static void a_group_of_unknown_size_is_hidden_and_covered(void **state)
{
    (void)state;
    struct privacy_group groups[] = {{NAN, 0}, {6, 0}, {9, 0}};
    privacy_hide_small_groups(groups, 3, NAN);
    assert_int_equal(groups[0].verdict, PRIVACY_TOO_SMALL);
    assert_int_equal(groups[1].verdict, PRIVACY_COMPLEMENT);
    assert_int_equal(groups[2].verdict, PRIVACY_SHOWN);
}

static void where_all_is_small_all_is_hidden(void **state)
{
    (void)state;
    struct privacy_group groups[] = {{2, 0}, {1, 0}};
    privacy_hide_small_groups(groups, 2, 3);
    assert_int_equal(groups[0].verdict, PRIVACY_TOO_SMALL);
    assert_int_equal(groups[1].verdict, PRIVACY_TOO_SMALL);
    privacy_hide_small_groups(NULL, 0, NAN);
}

static void surveys_of_staff_need_ten_answers(void **state)
{
    (void)state;
    assert_false(privacy_staff_survey_shown(9));
    assert_true(privacy_staff_survey_shown(10));
    assert_false(privacy_staff_survey_shown(NAN));
}

static void an_alert_does_not_name_a_queue_of_one(void **state)
{
    (void)state;
    assert_false(privacy_queue_may_be_named(1));
    assert_true(privacy_queue_may_be_named(2));
    assert_false(privacy_queue_may_be_named(NAN));
}

static bool allowed(const char *id, const char *privacy, enum unit unit, enum privacy_zone zone)
{
    struct kpi kpi = {.id = id, .privacy = privacy, .unit = unit};
    return privacy_kpi_allowed(&kpi, zone, NULL);
}

static void a_public_screen_shows_team_figures_only(void **state)
{
    (void)state;
    assert_true(allowed("service_level", "team", UNIT_PERCENT, ZONE_PUBLIC));
    assert_false(allowed("occupancy", "team_only", UNIT_PERCENT, ZONE_PUBLIC));
    assert_false(allowed("own_revenue", "team", UNIT_EUR, ZONE_PUBLIC));
    assert_false(allowed("complaint_rate", "team", UNIT_PERCENT, ZONE_PUBLIC));
    assert_false(allowed("verbatim_feed", "moderated", UNIT_COUNT, ZONE_PUBLIC));
    assert_false(allowed("own", NULL, UNIT_COUNT, ZONE_PUBLIC));
    assert_true(allowed("complaint_rate", "team", UNIT_PERCENT, ZONE_FLOOR));
}

static void figures_for_management_stay_off_the_floor(void **state)
{
    (void)state;
    struct error error = {""};
    struct kpi kpi = {.id = "cost_per_contact", .privacy = "management_only", .unit = UNIT_EUR};
    assert_false(privacy_kpi_allowed(&kpi, ZONE_FLOOR, &error));
    assert_string_equal(error.text,
                        "cost_per_contact is for management, and not for a screen of the floor (P13)");
    assert_false(privacy_kpi_allowed(&kpi, ZONE_PUBLIC, &error));
    assert_true(privacy_kpi_allowed(&kpi, ZONE_DESK, &error));
}

static void three_teams_of_five_may_be_compared(void **state)
{
    (void)state;
    struct error error = {""};
    assert_true(privacy_team_ranking_allowed((const double[]){5, 6, 7}, 3, &error));
    assert_false(privacy_team_ranking_allowed((const double[]){5, 6, 4}, 3, &error));
    assert_string_equal(error.text, "teams are compared from 3 teams of 5 agents on (P07); there are 2");
    assert_false(privacy_team_ranking_allowed((const double[]){5, 6, 7, 4}, 4, &error));
    assert_string_equal(error.text, "1 of 4 teams have fewer than 5 agents (P07); leave them out");
}

static struct privacy_agreement complete(void)
{
    return (struct privacy_agreement){true, 100 * DAY_MS, 101 * DAY_MS, "DPIA-7", "DPO", 200 * DAY_MS};
}

static void an_agreement_with_everything_holds(void **state)
{
    (void)state;
    struct privacy_agreement agreement = complete();
    assert_true(privacy_agreement_holds(&agreement, 110 * DAY_MS, NULL));
}

static void an_agreement_ends_with_its_expiry(void **state)
{
    (void)state;
    struct error error = {""};
    struct privacy_agreement agreement = complete();
    assert_false(privacy_agreement_holds(&agreement, 200 * DAY_MS, &error));
    assert_string_equal(error.text, "a ranking of agents is not allowed (P08): it has expired");
    assert_false(privacy_agreement_holds(&agreement, 109 * DAY_MS, &error));
    assert_string_equal(error.text,
                        "a ranking of agents is not allowed (P08): its expiry is more than 90 days away");
}

static void all_that_is_missing_is_told_at_once(void **state)
{
    (void)state;
    struct error error = {""};
    struct privacy_agreement nothing = {.dpia_reference = " "};
    assert_false(privacy_agreement_holds(&nothing, 110 * DAY_MS, &error));
    assert_string_equal(error.text,
                        "a ranking of agents is not allowed (P08): privacy.individual is not opt_in; "
                        "no past date of the CSE's consultation; "
                        "no past date of the staff's information; no reference of the DPIA; "
                        "no responsible role; no expiry");
}

static void a_consultation_to_come_is_none(void **state)
{
    (void)state;
    struct privacy_agreement agreement = complete();
    agreement.council_consulted_wall_ms = 111 * DAY_MS;
    assert_false(privacy_agreement_holds(&agreement, 110 * DAY_MS, NULL));
}

static const struct privacy_participant eight[] = {{"Comète", 30}, {"Zéphyr", 31}, {"Orage", 40},
                                                   {"Brume", 55},  {"Aurore", 30}, {"Mistral", 90},
                                                   {"Galet", 33},  {"Lynx", 38}};
static const char *const fair[] = {"fcr", "csat_rate", "mean_resolution_time"};

static void eight_participants_with_a_fair_score_may_be_ranked(void **state)
{
    (void)state;
    assert_true(privacy_agent_ranking_allowed(eight, 8, fair, 3, NULL));
}

static void seven_with_enough_contacts_may_not(void **state)
{
    (void)state;
    struct error error = {""};
    assert_false(privacy_agent_ranking_allowed(eight, 7, fair, 3, &error));
    assert_string_equal(error.text,
                        "agents are ranked from 8 participants with 30 contacts each on (P09); there are 7");
}

static void speed_pauses_and_volume_alone_rank_nobody(void **state)
{
    (void)state;
    struct error error = {""};
    const char *const speed[] = {"fcr", "aht"};
    const char *const volume[] = {"contacts_per_hour"};
    assert_false(privacy_agent_ranking_allowed(eight, 8, speed, 2, &error));
    assert_string_equal(error.text, "aht never ranks agents (P09)");
    assert_false(privacy_agent_ranking_allowed(eight, 8, volume, 1, &error));
    assert_string_equal(error.text,
                        "a ranking of agents needs a quality KPI, such as fcr or csat_rate (P09)");
}

static void initials_are_a_name(void **state)
{
    (void)state;
    assert_false(privacy_pseudonym_allowed("J. D.", NULL));
    assert_false(privacy_pseudonym_allowed("JDM", NULL));
    assert_false(privacy_pseudonym_allowed("", NULL));
    assert_false(privacy_pseudonym_allowed("Jo", NULL));
    assert_true(privacy_pseudonym_allowed("Lynx", NULL));
    assert_true(privacy_pseudonym_allowed("NÉON", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_under_five_are_hidden),
        cmocka_unit_test(a_lone_small_group_takes_the_next_smallest_with_it),
        cmocka_unit_test(a_total_that_counts_nobody_twice_does_not_uncover_a_group),
        cmocka_unit_test(people_in_no_group_count_as_hidden),
        cmocka_unit_test(a_group_of_unknown_size_is_hidden_and_covered),
        cmocka_unit_test(where_all_is_small_all_is_hidden),
        cmocka_unit_test(surveys_of_staff_need_ten_answers),
        cmocka_unit_test(an_alert_does_not_name_a_queue_of_one),
        cmocka_unit_test(a_public_screen_shows_team_figures_only),
        cmocka_unit_test(figures_for_management_stay_off_the_floor),
        cmocka_unit_test(three_teams_of_five_may_be_compared),
        cmocka_unit_test(an_agreement_with_everything_holds),
        cmocka_unit_test(an_agreement_ends_with_its_expiry),
        cmocka_unit_test(all_that_is_missing_is_told_at_once),
        cmocka_unit_test(a_consultation_to_come_is_none),
        cmocka_unit_test(eight_participants_with_a_fair_score_may_be_ranked),
        cmocka_unit_test(seven_with_enough_contacts_may_not),
        cmocka_unit_test(speed_pauses_and_volume_alone_rank_nobody),
        cmocka_unit_test(initials_are_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
