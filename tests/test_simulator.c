/* The simulated contact centre: the same day every time, figures that hang together. */

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/json.h"
#include "base/text.h"
#include "sim/dice.h"
#include "sim/interval.h"
#include "sim/pace.h"
#include "sim/scenario.h"
#include "sim/simulator.h"

#define AT(hour, minute) (((hour)*60 + (minute)) * (int64_t)MINUTE_MS)

static const double moment_s = 1795256100; /* what the answers give as their time */

/* cmocka compares floats: too coarse for the seconds of a whole day. */
static void assert_near_at(double value, double expected, double tolerance, int line)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("line %d: %.17g is not %.17g", line, value, expected);
}
#define assert_near(value, expected, tolerance) assert_near_at(value, expected, tolerance, __LINE__)

/* ---- a floor and its answer ---- */

struct floor {
    struct simulator *simulator;
    struct text answer;
    struct cJSON *document;
};

static struct floor floor_open(const char *scenario, uint64_t seed)
{
    struct error error = {""};
    struct floor floor = {.simulator = simulator_create(scenario, seed, &error)};
    if (!floor.simulator)
        fail_msg("%s", error.text);
    return floor;
}

static void floor_read(struct floor *floor)
{
    struct error error = {""};
    json_destroy(floor->document);
    floor->document = json_parse(text_bytes(&floor->answer), floor->answer.length, &error);
    if (!floor->document)
        fail_msg("%s", error.text);
}

/* Lets the day run up to then and reads the canonical answer. */
static void floor_at(struct floor *floor, int64_t day_ms)
{
    simulator_advance(floor->simulator, day_ms);
    text_finish(&floor->answer);
    simulator_write_canonical(floor->simulator, moment_s, &floor->answer);
    floor_read(floor);
}

static void floor_close(struct floor *floor)
{
    json_destroy(floor->document);
    text_finish(&floor->answer);
    simulator_destroy(floor->simulator);
}

static void a_copy_has_the_same_past_and_a_future_of_its_own(void **state)
{
    struct floor floor = floor_open("journee", 7), other = {0};
    (void)state;
    floor_at(&floor, 0);
    other.simulator = simulator_copy(floor.simulator);
    floor_at(&floor, 43200000);
    floor_at(&other, 0);
    assert_string_not_equal(text_bytes(&floor.answer), text_bytes(&other.answer));
    floor_at(&other, 43200000);
    assert_string_equal(text_bytes(&floor.answer), text_bytes(&other.answer));
    floor_close(&other);
    floor_close(&floor);
}

/* Which dimension a figure must have, so that totals are not added to their parts. */
static bool is_wanted(const struct cJSON *sample, const char *id, const char *window, const char *dim)
{
    const struct cJSON *dims = json_member(sample, "dims");
    bool has = dim ? json_member(dims, dim) != NULL : json_count(dims) == 0;
    return has && text_equal(json_member_text(sample, "id"), id) &&
           text_equal(json_member_text(sample, "window"), window);
}

/* Sum over the samples that have the dimension; NULL: over the source's own total. NAN: there is none. */
static double sum_over(const struct floor *floor, const char *dim, const char *id, const char *window)
{
    double sum = NAN;
    const struct cJSON *sample = json_first(json_member(floor->document, "samples"));
    for (; sample; sample = json_next(sample))
        if (is_wanted(sample, id, window, dim))
            sum = (isnan(sum) ? 0 : sum) + json_member_number(sample, "value", NAN);
    return sum;
}

static double of_queues(const struct floor *floor, const char *id, const char *window)
{
    return sum_over(floor, "queue", id, window);
}

static double of_floor(const struct floor *floor, const char *id, const char *window)
{
    return sum_over(floor, NULL, id, window);
}

static double of_teams(const struct floor *floor, const char *id, const char *window)
{
    return sum_over(floor, "team", id, window);
}

static double of_voice(const struct floor *floor, const char *id, const char *window)
{
    double sum = 0;
    const struct cJSON *sample = json_first(json_member(floor->document, "samples"));
    for (; sample; sample = json_next(sample))
        if (is_wanted(sample, id, window, "queue") &&
            text_equal(json_member_text(json_member(sample, "dims"), "channel"), "voice"))
            sum += json_member_number(sample, "value", NAN);
    return sum;
}

/* ---- the same day ---- */

static uint64_t hash_of(uint64_t hash, const struct text *text)
{
    for (size_t i = 0; i < text->length; i++)
        hash = (hash ^ (unsigned char)text->bytes[i]) * UINT64_C(1099511628211);
    return hash;
}

/* All that is said over the first day, every so many minutes. */
static uint64_t hash_of_day(const char *scenario, uint64_t seed, int step_minutes)
{
    struct floor floor = floor_open(scenario, seed);
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int64_t day_ms = AT(8, 0); day_ms < AT(19, 0); day_ms += step_minutes * MINUTE_MS) {
        simulator_advance(floor.simulator, day_ms);
        simulator_write_canonical(floor.simulator, moment_s, &floor.answer);
    }
    hash = hash_of(hash, &floor.answer);
    floor_close(&floor);
    return hash;
}

/* The number stands for the whole day as it was when it was written down: it changes with every change
 * of the simulator, and must not change with the compiler or the machine. */
static void the_same_seed_gives_the_same_day_on_every_machine(void **state)
{
    (void)state;
    assert_int_equal(hash_of_day("journee", 7, 15), UINT64_C(0x90b68b7b07a4ef86));
}

static void another_seed_or_scenario_gives_another_day(void **state)
{
    (void)state;
    assert_int_not_equal(hash_of_day("journee", 8, 60), hash_of_day("journee", 7, 60));
    assert_int_not_equal(hash_of_day("pointe", 7, 60), hash_of_day("journee", 7, 60));
}

static void how_often_one_looks_does_not_change_the_day(void **state)
{
    (void)state;
    struct floor seldom = floor_open("journee", 3), often = floor_open("journee", 3);
    for (int64_t day_ms = AT(8, 0); day_ms < AT(15, 0); day_ms += 7777)
        simulator_advance(often.simulator, day_ms);
    floor_at(&seldom, AT(15, 0));
    floor_at(&often, AT(15, 0));
    assert_string_equal(text_bytes(&often.answer), text_bytes(&seldom.answer));
    floor_close(&seldom);
    floor_close(&often);
}

static void an_earlier_moment_is_ignored(void **state)
{
    (void)state;
    struct floor floor = floor_open("calme", 1);
    floor_at(&floor, AT(12, 0));
    double offered = of_queues(&floor, "offered", "today");
    floor_at(&floor, AT(9, 0));
    assert_near(of_queues(&floor, "offered", "today"), offered, 0);
    floor_close(&floor);
}

static void an_unknown_scenario_is_refused_with_those_there_are(void **state)
{
    (void)state;
    struct error error = {""};
    assert_null(simulator_create("journe", 1, &error));
    assert_string_equal(error.text, "there is no scenario \"journe\"; did you mean \"journee\"?; "
                                    "there are: journee, calme, pointe, panne");
}

/* ---- what comes in, goes out ---- */

static void contacts_are_conserved(const struct floor *floor, const char *window)
{
    double gone = of_queues(floor, "answered", window) + of_queues(floor, "abandoned", window) +
                  of_queues(floor, "overflowed", window) + of_queues(floor, "callbacks_registered", window);
    assert_near(of_queues(floor, "offered", window), gone + of_queues(floor, "waiting_now", "now"), 0);
}

static void counts_are_parts_of_their_wholes(const struct floor *floor, const char *window)
{
    assert_true(of_queues(floor, "answered_in_t", window) <= of_queues(floor, "answered", window));
    assert_true(of_queues(floor, "abandoned_in_t", window) <= of_queues(floor, "abandoned", window));
    assert_true(of_queues(floor, "short_abandoned", window) <= of_queues(floor, "abandoned_in_t", window));
    assert_true(of_queues(floor, "answered", window) <= of_queues(floor, "offered", window));
}

static void time_of_agents_is_conserved(const struct floor *floor, const char *window)
{
    double busy_s = of_queues(floor, "talk_s", window) + of_queues(floor, "hold_s", window) +
                    of_queues(floor, "acw_s", window);
    double idle_s = of_floor(floor, "ready_idle_s", window), away_s = of_floor(floor, "aux_s", window);
    assert_near(of_floor(floor, "login_s", window), busy_s + idle_s + away_s, 0.001);
    assert_near(of_floor(floor, "login_s", window), of_teams(floor, "login_s", window), 0.001);
    assert_near(idle_s, of_teams(floor, "ready_idle_s", window), 0.001);
}

static void everybody_is_in_one_state(const struct floor *floor)
{
    double sum = of_floor(floor, "agents_available", "now") + of_floor(floor, "agents_on_contact", "now") +
                 of_floor(floor, "agents_acw", "now") + of_floor(floor, "agents_pause", "now") +
                 of_floor(floor, "agents_other", "now");
    assert_near(of_floor(floor, "agents_logged_in", "now"), sum, 0);
    assert_near(of_teams(floor, "agents_logged_in", "now"), sum, 0);
    assert_near(of_floor(floor, "agents_on_contact", "now"), of_queues(floor, "in_progress_now", "now"), 0);
}

static void the_ivr_lets_nobody_vanish(const struct floor *floor)
{
    double left = sum_over(floor, "channel", "ivr_contained", "today") +
                  sum_over(floor, "channel", "ivr_abandoned", "today") + of_voice(floor, "offered", "today") +
                  of_voice(floor, "blocked", "today") + of_voice(floor, "out_of_hours", "today");
    assert_near(sum_over(floor, "channel", "ivr_entered", "today"), left, 0);
}

static void everything_holds_all_day(const char *scenario, uint64_t seed)
{
    struct floor floor = floor_open(scenario, seed);
    for (int64_t day_ms = AT(8, 10); day_ms < AT(24, 0); day_ms += 1713000) {
        floor_at(&floor, day_ms);
        contacts_are_conserved(&floor, "today");
        contacts_are_conserved(&floor, "30m");
        counts_are_parts_of_their_wholes(&floor, "today");
        counts_are_parts_of_their_wholes(&floor, "30m");
        counts_are_parts_of_their_wholes(&floor, "60m");
        time_of_agents_is_conserved(&floor, "today");
        time_of_agents_is_conserved(&floor, "30m");
        everybody_is_in_one_state(&floor);
        the_ivr_lets_nobody_vanish(&floor);
    }
    floor_close(&floor);
}

static void nothing_is_lost_on_an_ordinary_day(void **state)
{
    (void)state;
    everything_holds_all_day("journee", 1);
}

static void nothing_is_lost_under_overload(void **state)
{
    (void)state;
    everything_holds_all_day("pointe", 2);
}

static void nothing_is_lost_when_the_ivr_fails(void **state)
{
    (void)state;
    everything_holds_all_day("panne", 3);
}

static void tickets_are_conserved_from_one_moment_to_the_next(void **state)
{
    (void)state;
    struct floor floor = floor_open("journee", 4);
    floor_at(&floor, 0);
    double before = of_queues(&floor, "tickets_open_now", "now");
    assert_true(before > 20);
    floor_at(&floor, AT(16, 0));
    assert_near(of_queues(&floor, "tickets_open_now", "now"),
                before + of_queues(&floor, "tickets_opened", "today") +
                    of_queues(&floor, "tickets_reopened", "today") -
                    of_queues(&floor, "tickets_resolved", "today"),
                0);
    assert_near(of_queues(&floor, "tickets_by_type", "today"), of_queues(&floor, "tickets_opened", "today"),
                0);
    floor_close(&floor);
}

/* ---- what the days are like ---- */

static void no_more_in_a_day_than_in_a_week(void **state)
{
    (void)state;
    struct floor floor = floor_open("journee", 5);
    floor_at(&floor, AT(14, 0));
    assert_true(of_queues(&floor, "handled", "today") > 500);
    assert_true(of_queues(&floor, "handled", "week") > 2 * of_queues(&floor, "handled", "today"));
    assert_true(of_queues(&floor, "handled", "rolling_7d") > of_queues(&floor, "handled", "week"));
    assert_true(of_queues(&floor, "handled", "rolling_28d") >
                3.5 * of_queues(&floor, "handled", "rolling_7d"));
    assert_true(of_queues(&floor, "nps_responses", "rolling_28d") >= 50);
    assert_true(of_queues(&floor, "csat_responses", "rolling_7d") >= 30);
    assert_true(of_queues(&floor, "qa_evaluations", "rolling_28d") >= 20);
    assert_true(of_queues(&floor, "fcr_evaluated", "rolling_28d") >= 50);
    floor_close(&floor);
}

/* ---- other shapes ---- */

static const char support_id[] = "7d1f0c52-3a58-4e0b-9c1e-5b2a90d4e002";

/* The group of Support's telephone in a Genesys answer. */
static const struct cJSON *support_voice(const struct floor *floor)
{
    const struct cJSON *result = json_first(json_member(floor->document, "results"));
    for (; result; result = json_next(result)) {
        const struct cJSON *group = json_member(result, "group");
        if (text_equal(json_member_text(group, "queueId"), support_id) &&
            text_equal(json_member_text(group, "mediaType"), "voice"))
            return result;
    }
    return NULL;
}

static double genesys_count(const struct floor *floor, const char *metric)
{
    const struct cJSON *data = json_first(json_member(support_voice(floor), "data"));
    const struct cJSON *item = json_first(json_member(data, "metrics"));
    for (; item; item = json_next(item))
        if (text_equal(json_member_text(item, "metric"), metric))
            return json_member_number(json_member(item, "stats"), "count", NAN);
    return 0;
}

static double offered_to_support(struct floor *floor, int64_t day_ms, int64_t window_s)
{
    simulator_advance(floor->simulator, day_ms);
    text_finish(&floor->answer);
    simulator_write_genesys_aggregates(floor->simulator, moment_s, window_s, &floor->answer);
    floor_read(floor);
    return genesys_count(floor, "nOffered");
}

enum { SUPPORT_VOICE = QUEUE_SUPPORT * CHANNEL_COUNT + CHANNEL_VOICE, DAYS = 25 };

/* How many standard deviations the calls of a quarter, over many days, are away from what is expected. */
static double deviation(const double *offered, int quarter)
{
    double expected = DAYS * scenario_expected(scenario_find("calme"), SUPPORT_VOICE, 0, quarter);
    return (offered[quarter] - expected) / sqrt(expected);
}

static void calls_come_by_the_quarter_as_the_profile_says(void **state)
{
    (void)state;
    enum { FIRST = 34, LAST = 73 }; /* 8:30 to 18:30 */
    struct floor floor = floor_open("calme", 11);
    double offered[96] = {0}, squares = 0;
    for (int day = 0; day < DAYS; day++)
        for (int quarter = FIRST; quarter <= LAST; quarter++)
            offered[quarter] += offered_to_support(
                &floor, day * (int64_t)DAY_MS + (quarter + 1) * (int64_t)QUARTER_MS, QUARTER_MS / 1000);
    for (int quarter = FIRST; quarter <= LAST; quarter++) {
        assert_true(fabs(deviation(offered, quarter)) < 4);
        squares += deviation(offered, quarter) * deviation(offered, quarter);
    }
    double mean_square = squares / (LAST - FIRST + 1);
    assert_true(mean_square > 0.5 && mean_square < 1.7); /* neither too regular nor too wild for Poisson */
    floor_close(&floor);
}

static void today_starts_again_at_midnight(void **state)
{
    (void)state;
    struct floor floor = floor_open("journee", 6);
    floor_at(&floor, AT(23, 59));
    double first_day = of_queues(&floor, "handled", "today"),
           four_weeks = of_queues(&floor, "handled", "rolling_28d");
    assert_true(first_day > 1000);
    floor_at(&floor, AT(24, 0));
    assert_near(of_queues(&floor, "handled", "today"), 0, 0);
    assert_near(of_queues(&floor, "max_wait_s", "today"), 0, 0);
    assert_true(of_queues(&floor, "handled", "rolling_28d") < four_weeks);
    floor_at(&floor, AT(48, 0) - 1);
    double second_day = of_queues(&floor, "handled", "today");
    assert_true(second_day > 1000);
    assert_true(second_day != first_day);
    floor_close(&floor);
}

/* In KiB; 0 where the system does not tell. */
static long memory_kib(void)
{
    struct text status = {0};
    const char *line =
        text_read_file(&status, "/proc/self/status", 65536) ? strstr(text_bytes(&status), "VmRSS:") : NULL;
    long kib = line ? strtol(line + 6, NULL, 10) : 0;
    text_finish(&status);
    return kib;
}

static void thirty_days_take_no_more_memory_than_one(void **state)
{
    (void)state;
    struct floor floor = floor_open("pointe", 9);
    floor_at(&floor, AT(24, 0));
    long before_kib = memory_kib();
    size_t before_bytes = floor.answer.length;
    simulator_advance(floor.simulator, 31 * (int64_t)DAY_MS);
    long grown_kib = memory_kib() - before_kib;
    floor_at(&floor, 31 * (int64_t)DAY_MS + AT(0, 1));
    assert_true(grown_kib < 256);
    assert_true(floor.answer.length < before_bytes + 2000);
    assert_true(of_queues(&floor, "tickets_open_now", "now") < 600);
    floor_close(&floor);
}

static void the_ordinary_day_goes_wrong_in_the_afternoon(void **state)
{
    (void)state;
    struct floor floor = floor_open("journee", 7);
    floor_at(&floor, AT(11, 45));
    assert_true(of_queues(&floor, "answered_in_t", "30m") > 0.8 * of_queues(&floor, "offered", "30m"));
    floor_at(&floor, AT(14, 20));
    assert_true(of_queues(&floor, "answered_in_t", "30m") < 0.8 * of_queues(&floor, "offered", "30m"));
    floor_close(&floor);
}

static void the_floor_is_overrun_in_pointe_and_not_in_calme(void **state)
{
    (void)state;
    struct floor calm = floor_open("calme", 7), peak = floor_open("pointe", 7);
    floor_at(&calm, AT(17, 0));
    floor_at(&peak, AT(17, 0));
    assert_true(of_queues(&calm, "abandoned", "today") < 0.05 * of_queues(&calm, "offered", "today"));
    assert_true(of_queues(&peak, "abandoned", "today") > 0.07 * of_queues(&peak, "offered", "today"));
    floor_close(&calm);
    floor_close(&peak);
}

static void no_call_gets_through_while_the_ivr_is_down_and_all_come_after(void **state)
{
    (void)state;
    struct floor floor = floor_open("panne", 7);
    assert_true(offered_to_support(&floor, AT(14, 15), 900) < 6);
    assert_true(offered_to_support(&floor, AT(14, 45), 900) > 30);
    floor_close(&floor);
}

/* ---- the three shapes describe one floor ---- */

static void zendesk_tells_the_same_of_the_telephone(void **state)
{
    (void)state;
    struct floor own = floor_open("journee", 7), zendesk = floor_open("journee", 7);
    floor_at(&own, AT(14, 10));
    simulator_advance(zendesk.simulator, AT(14, 10));

    simulator_write_zendesk_account(zendesk.simulator, moment_s, &zendesk.answer);
    floor_read(&zendesk);
    const struct cJSON *account = json_member(zendesk.document, "account_overview");
    assert_near(json_member_number(account, "total_inbound_calls", -1), of_voice(&own, "offered", "today"),
                0);
    assert_near(json_member_number(account, "total_calls_abandoned_in_queue", -1),
                of_voice(&own, "abandoned", "today"), 0);
    assert_near(json_member_number(account, "total_outbound_calls", -1),
                sum_over(&own, "campaign", "outbound_attempts", "today"), 0);
    assert_near(json_member_number(account, "average_queue_wait_time", -1),
                of_voice(&own, "wait_answered_s", "today") / of_voice(&own, "answered", "today"), 0.51);
    assert_near(json_member_number(account, "current_timestamp", -1), moment_s, 0);

    text_finish(&zendesk.answer);
    simulator_write_zendesk_queue(zendesk.simulator, &zendesk.answer);
    floor_read(&zendesk);
    const struct cJSON *queue = json_member(zendesk.document, "current_queue_activity");
    assert_near(json_member_number(queue, "calls_waiting", -1),
                of_voice(&own, "waiting_now", "now") + of_voice(&own, "callbacks_pending_now", "now"), 0);
    assert_near(json_member_number(queue, "agents_online", -1), of_floor(&own, "agents_logged_in", "now"), 0);
    floor_close(&own);
    floor_close(&zendesk);
}

static double sum_of_agents(const struct floor *zendesk, const char *name)
{
    double sum = 0;
    const struct cJSON *agent = json_first(json_member(zendesk->document, "agents_activity"));
    for (; agent; agent = json_next(agent))
        sum += json_member_number(agent, name, NAN);
    return sum;
}

static void zendesk_s_agents_have_talked_as_long_as_the_lines_were_talked_on(void **state)
{
    (void)state;
    struct floor own = floor_open("journee", 7), zendesk = floor_open("journee", 7);
    floor_at(&own, AT(15, 0));
    simulator_advance(zendesk.simulator, AT(15, 0));
    simulator_write_zendesk_agents(zendesk.simulator, &zendesk.answer);
    floor_read(&zendesk);
    assert_near(sum_of_agents(&zendesk, "total_talk_time"), of_voice(&own, "talk_s", "today"), 30);
    assert_near(sum_of_agents(&zendesk, "total_hold_time"), of_voice(&own, "hold_s", "today"), 30);
    assert_near(sum_of_agents(&zendesk, "total_wrap_up_time"), of_voice(&own, "acw_s", "today"), 30);
    assert_near(sum_of_agents(&zendesk, "available_time"), of_floor(&own, "ready_idle_s", "today"), 30);
    floor_close(&own);
    floor_close(&zendesk);
}

static void genesys_tells_the_same_of_a_line(void **state)
{
    (void)state;
    struct floor own = floor_open("calme", 7), genesys = floor_open("calme", 7);
    simulator_advance(genesys.simulator, AT(14, 10));
    simulator_write_genesys_aggregates(genesys.simulator, moment_s, 1800, &genesys.answer);
    floor_read(&genesys);
    floor_at(&own, AT(14, 10));
    double offered = 0, answered = 0;
    const struct cJSON *sample = json_first(json_member(own.document, "samples"));
    for (; sample; sample = json_next(sample)) {
        const struct cJSON *dims = json_member(sample, "dims");
        if (!text_equal(json_member_text(dims, "queue"), "Support") ||
            !text_equal(json_member_text(dims, "channel"), "voice"))
            continue;
        if (is_wanted(sample, "offered", "30m", "queue"))
            offered = json_member_number(sample, "value", NAN);
        if (is_wanted(sample, "answered", "30m", "queue"))
            answered = json_member_number(sample, "value", NAN);
    }
    assert_true(offered > 0);
    assert_near(genesys_count(&genesys, "nOffered"), offered, 0);
    assert_near(genesys_count(&genesys, "tAnswered"), answered, 0);
    floor_close(&own);
    floor_close(&genesys);
}

static void a_closed_floor_has_no_group_in_genesys_aggregates(void **state)
{
    (void)state;
    struct floor floor = floor_open("journee", 1);
    simulator_advance(floor.simulator, AT(4, 0));
    simulator_write_genesys_aggregates(floor.simulator, moment_s, 0, &floor.answer);
    assert_string_equal(text_bytes(&floor.answer), "{\"results\":[]}\n");
    floor_close(&floor);
}

/* ---- through the adapters' own filters, by the jq command ---- */

/* What the filter makes of the answer: "id id id …", each once, in alphabetical order. */
static void filtered_ids(const struct text *answer, const char *filter, struct text *ids)
{
    char path[] = "/tmp/vigie-answer-XXXXXX", command[1024];
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, answer->bytes, answer->length), (ssize_t)answer->length);
    close(file);
    snprintf(command, sizeof command,
             "jq --argjson now 1795256100 --argjson cfg '{}' -f '%s/adapters/%s' %s"
             " | jq -r '[.samples[].id] | unique | join(\" \")'",
             getenv("VIGIE_ASSETS"), filter, path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    char part[2048];
    while (fgets(part, sizeof part, pipe))
        text_append(ids, part);
    assert_int_equal(pclose(pipe), 0);
    unlink(path);
}

static void assert_filtered(struct floor *floor, const char *filter, const char *expected)
{
    struct text ids = {0};
    filtered_ids(&floor->answer, filter, &ids);
    assert_string_equal(text_bytes(&ids), expected);
    text_finish(&ids);
    text_finish(&floor->answer);
}

static void the_adapters_filters_understand_the_vendors_shapes(void **state)
{
    (void)state;
    if (!getenv("VIGIE_ASSETS") || system("jq --version >/dev/null 2>&1") != 0)
        skip();
    struct floor floor = floor_open("journee", 7);
    simulator_advance(floor.simulator, AT(14, 20));
    simulator_write_zendesk_queue(floor.simulator, &floor.answer);
    assert_filtered(&floor, "zendesk-talk/filter.jq",
                    "agents_logged_in callbacks_pending_now longest_wait_s waiting_now\n");
    simulator_write_zendesk_account(floor.simulator, moment_s, &floor.answer);
    assert_filtered(
        &floor, "zendesk-talk/filter-account.jq",
        "abandoned asa callbacks_registered dmr max_wait_s offered out_of_hours outbound_attempts "
        "overflowed\n");
    simulator_write_zendesk_agents(floor.simulator, &floor.answer);
    assert_filtered(
        &floor, "zendesk-talk/filter-team.jq",
        "acw_s agents_acw agents_available agents_logged_in agents_on_contact agents_other agents_pause "
        "answered aux_s handled held_contacts hold_s ready_idle_s talk_s transferred\n");
    simulator_write_genesys_observations(floor.simulator, moment_s, &floor.answer);
    assert_filtered(&floor, "genesys-cloud/filter.jq",
                    "agents_available agents_not_responding agents_on_contact agents_other in_progress_now "
                    "longest_wait_s waiting_now\n");
    simulator_write_genesys_aggregates(floor.simulator, moment_s, 1800, &floor.answer);
    assert_filtered(
        &floor, "genesys-cloud/filter-aggregates.jq",
        "abandoned acw_s answered answered_in_t first_response_s first_responses handle_s handled "
        "held_contacts hold_s offered overflowed short_abandoned sl_counted talk_s transferred "
        "wait_abandoned_s wait_answered_s\n");
    floor_close(&floor);
}

/* ---- the small parts ---- */

static void the_demonstration_leaves_out_evenings_and_nights(void **state)
{
    (void)state;
    assert_int_equal(pace_day_ms(0), AT(14, 5));
    assert_int_equal(pace_day_ms(AT(1, 0)), AT(15, 5));
    assert_int_equal(pace_day_ms(AT(4, 25) - 1), AT(18, 30) - 1);
    assert_int_equal(pace_day_ms(AT(4, 25)), AT(24 + 9, 30));
    assert_int_equal(pace_day_ms(AT(4, 25) + AT(9, 0) - 1), AT(24 + 18, 30) - 1);
    assert_int_equal(pace_day_ms(AT(4, 25) + AT(9, 0)), AT(48 + 9, 30));
}

static int64_t length_of(const char *interval)
{
    int64_t length_ms = -1;
    interval_length_ms(interval, &length_ms, NULL);
    return length_ms;
}

static void the_length_of_an_interval_is_read_from_its_two_moments(void **state)
{
    (void)state;
    assert_int_equal(length_of("2026-11-21T09:45:00.000Z/2026-11-21T10:15:00.000Z"), 1800000);
    assert_int_equal(length_of("2026-11-20T23:00:00Z/2026-11-21T10:15:00.250Z"), 40500250);
    assert_int_equal(length_of("2026-11-21T10:45:00+01:00/2026-11-21T10:15:00Z"), 1800000);
    assert_int_equal(length_of("2026-11-21T10:15:00Z/2026-11-21T09:45:00Z"), -1);
    assert_int_equal(length_of("2026-11-21T10:15:00Z"), -1);
    assert_int_equal(length_of("2026-11-21T09:45:00Z/2026-11-21T10:15:00Zx"), -1);
    assert_int_equal(length_of("{{now-30m|iso}}/{{now|iso}}"), -1);
}

static void an_interval_that_is_no_round_window_has_begun_at_midnight(void **state)
{
    (void)state;
    assert_int_equal(interval_window_s(1800000), 1800);
    assert_int_equal(interval_window_s(3600000), 3600);
    assert_int_equal(interval_window_s(1800001), 0);
    assert_int_equal(interval_window_s(40500250), 0);
}

static double mean_wait(uint64_t seed)
{
    struct dice dice;
    double sum = 0;
    dice_init(&dice, seed, 0);
    for (int i = 0; i < 100000; i++)
        sum += (double)dice_wait_ms(&dice, 60000);
    return sum / 100000;
}

static void waits_have_the_mean_that_was_asked_for(void **state)
{
    (void)state;
    assert_near(mean_wait(1), 60000, 800); /* four standard errors */
    assert_near(mean_wait(2), 60000, 800);
    assert_true(mean_wait(1) != mean_wait(2));
}

/* Sunday's last second before the moment's Monday; nine figures of each of the fifty. */
static void the_agents_of_last_week_are_told_apart_and_alike_every_time(void **state)
{
    (void)state;
    struct floor floor = floor_open("journee", 7);
    struct text again = {0};
    assert_true(calendar_set_zone("Europe/Paris", NULL));
    simulator_write_agents_week(floor.simulator, moment_s, &floor.answer);
    simulator_write_agents_week(floor.simulator, moment_s + 3600, &again);
    assert_string_equal(text_bytes(&floor.answer), text_bytes(&again));
    floor_read(&floor);
    assert_near(json_member_number(floor.document, "at", NAN), 1794783599, 0);
    const struct cJSON *samples = json_member(floor.document, "samples");
    assert_int_equal(json_count(samples), 9 * 50);
    const struct cJSON *first = json_first(samples);
    assert_string_equal(json_member_text(first, "window"), "week");
    assert_string_equal(json_member_text(json_member(first, "dims"), "agent"), "sim-01");
    assert_non_null(strstr(text_bytes(&floor.answer), "\"sim-50\""));
    text_finish(&again);
    floor_close(&floor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_agents_of_last_week_are_told_apart_and_alike_every_time),
        cmocka_unit_test(a_copy_has_the_same_past_and_a_future_of_its_own),
        cmocka_unit_test(the_same_seed_gives_the_same_day_on_every_machine),
        cmocka_unit_test(another_seed_or_scenario_gives_another_day),
        cmocka_unit_test(how_often_one_looks_does_not_change_the_day),
        cmocka_unit_test(an_earlier_moment_is_ignored),
        cmocka_unit_test(an_unknown_scenario_is_refused_with_those_there_are),
        cmocka_unit_test(nothing_is_lost_on_an_ordinary_day),
        cmocka_unit_test(nothing_is_lost_under_overload),
        cmocka_unit_test(nothing_is_lost_when_the_ivr_fails),
        cmocka_unit_test(tickets_are_conserved_from_one_moment_to_the_next),
        cmocka_unit_test(no_more_in_a_day_than_in_a_week),
        cmocka_unit_test(calls_come_by_the_quarter_as_the_profile_says),
        cmocka_unit_test(today_starts_again_at_midnight),
        cmocka_unit_test(thirty_days_take_no_more_memory_than_one),
        cmocka_unit_test(the_ordinary_day_goes_wrong_in_the_afternoon),
        cmocka_unit_test(the_floor_is_overrun_in_pointe_and_not_in_calme),
        cmocka_unit_test(no_call_gets_through_while_the_ivr_is_down_and_all_come_after),
        cmocka_unit_test(zendesk_tells_the_same_of_the_telephone),
        cmocka_unit_test(zendesk_s_agents_have_talked_as_long_as_the_lines_were_talked_on),
        cmocka_unit_test(genesys_tells_the_same_of_a_line),
        cmocka_unit_test(a_closed_floor_has_no_group_in_genesys_aggregates),
        cmocka_unit_test(the_adapters_filters_understand_the_vendors_shapes),
        cmocka_unit_test(the_demonstration_leaves_out_evenings_and_nights),
        cmocka_unit_test(the_length_of_an_interval_is_read_from_its_two_moments),
        cmocka_unit_test(an_interval_that_is_no_round_window_has_begun_at_midnight),
        cmocka_unit_test(waits_have_the_mean_that_was_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
