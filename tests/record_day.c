/*
 * Records a day of the simulated contact centre for `vigie replay`, one line a minute, with only the
 * counters that the boards tests/boards/replay-*.yaml look at. tests/record_day.sh builds and runs it.
 */
#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "base/text.h"
#include "sim/simulator.h"

static const char *const KEPT[] = {"offered",   "answered_in_t", "short_abandoned",
                                   "abandoned", "waiting_now",   "longest_wait_s"};

enum { FIRST_MINUTE = 8 * 60 + 30, LAST_MINUTE = 18 * 60 + 30, SEED = 7 };

static const char *const QUEUE = "Support"; /* whose afternoon goes wrong */

/* Callers alone; "15m" and the like would be the same story again. */
static bool is_kept(const struct cJSON *sample)
{
    const struct cJSON *dims = json_member(sample, "dims");
    const char *window = json_member_text(sample, "window");
    if (!text_equal(json_member_text(dims, "queue"), QUEUE) ||
        !text_equal(json_member_text(dims, "channel"), "voice") ||
        !(text_equal(window, "now") || text_equal(window, "30m")))
        return false;
    for (size_t i = 0; i < sizeof KEPT / sizeof KEPT[0]; i++)
        if (text_equal(json_member_text(sample, "id"), KEPT[i]))
            return true;
    return false;
}

static void write_sample(struct text *out, const struct cJSON *sample)
{
    text_append(out, out->length ? "," : "");
    text_append_format(out, "{\"id\":\"%s\",\"value\":", json_member_text(sample, "id"));
    json_write_number(out, round(json_member_number(sample, "value", NAN)));
    text_append_format(out, ",\"window\":\"%s\",\"dims\":{\"queue\":\"%s\"}}",
                       json_member_text(sample, "window"), QUEUE);
}

static void record_minute(struct simulator *simulator, int minute)
{
    struct text answer = {0}, samples = {0};
    struct error error = {""};
    simulator_advance(simulator, (int64_t)minute * 60000);
    simulator_write_canonical(simulator, 0, &answer);
    struct cJSON *document = json_parse(text_bytes(&answer), answer.length, &error);
    const struct cJSON *sample = json_first(json_member(document, "samples"));
    for (; sample; sample = json_next(sample))
        if (is_kept(sample))
            write_sample(&samples, sample);
    printf("{\"t\":%d,\"samples\":[%s]}\n", minute * 60, text_bytes(&samples));
    json_destroy(document);
    text_finish(&samples);
    text_finish(&answer);
}

int main(void)
{
    struct simulator *simulator = simulator_create("journee", SEED, NULL);
    for (int minute = FIRST_MINUTE; minute <= LAST_MINUTE; minute++)
        record_minute(simulator, minute);
    simulator_destroy(simulator);
    return 0;
}
