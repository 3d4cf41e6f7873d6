#include "model/alert_machine.h"

#include <math.h>

#define OFF ALERT_TIMER_OFF

static const int64_t FORGET_MS = 900000;
static const int64_t SLOW_CLEAR_LEAST_MS = 900000;
static const int64_t ACK_LASTS_MS = 1800000;
static const int64_t SHELVE_MAX_MS = 28800000;
static const int64_t CHATTER_HOLD_MS = 300000;

void alert_machine_init(struct alert_machine *machine)
{
    *machine = (struct alert_machine){
        .beyond_since_ms = {OFF, OFF, OFF},
        .clear = {OFF, SEVERITY_OK},
        .slow_clear = {OFF, SEVERITY_OK},
        .activations_ms = {OFF, OFF, OFF},
        .unstable_until_ms = OFF,
        .acked_ms = OFF,
        .shelved_until_ms = OFF,
    };
}

/* ---- what time does ---- */

static bool is_stale(const struct alert_machine *machine, const struct rule *rule, int64_t now_ms)
{
    return machine->has_figures && now_ms - machine->figures_ms > rule->stale_after_ms;
}

/* Figures that come once an hour are not forgotten after a quarter of one. */
static int64_t forget_after_ms(const struct rule *rule)
{
    return rule->stale_after_ms < FORGET_MS ? FORGET_MS : 2 * rule->stale_after_ms;
}

static void stop_lowering(struct alert_machine *machine)
{
    machine->clear.since_ms = machine->slow_clear.since_ms = OFF;
}

static void stop_timers(struct alert_machine *machine)
{
    for (int level = 0; level < SEVERITY_COUNT; level++)
        machine->beyond_since_ms[level] = OFF;
    stop_lowering(machine);
}

static void expire_ack(struct alert_machine *machine, int64_t now_ms)
{
    if (machine->severity > machine->acked || machine->severity == SEVERITY_OK ||
        now_ms - machine->acked_ms >= ACK_LASTS_MS)
        machine->acked = SEVERITY_OK;
}

void alert_machine_tick(struct alert_machine *machine, const struct rule *rule, int64_t now_ms)
{
    if (machine->closed || !machine->has_figures)
        return;
    if (now_ms - machine->figures_ms > forget_after_ms(rule)) {
        alert_machine_init(machine);
        return;
    }
    if (is_stale(machine, rule, now_ms))
        stop_timers(machine);
    expire_ack(machine, now_ms);
}

/* ---- what a sample does ---- */

static void note_beyond(struct alert_machine *machine, enum severity level, int64_t now_ms)
{
    for (int k = SEVERITY_WARN; k <= SEVERITY_CRITICAL; k++) {
        if ((int)level < k)
            machine->beyond_since_ms[k] = OFF;
        else if (machine->beyond_since_ms[k] == OFF)
            machine->beyond_since_ms[k] = now_ms;
    }
}

static void note_activation(struct alert_machine *machine, int64_t now_ms)
{
    for (int i = ALERT_CHATTER_COUNT - 1; i > 0; i--)
        machine->activations_ms[i] = machine->activations_ms[i - 1];
    machine->activations_ms[0] = now_ms;
    int64_t oldest_ms = machine->activations_ms[ALERT_CHATTER_COUNT - 1];
    if (oldest_ms != OFF && now_ms - oldest_ms <= ALERT_CHATTER_WITHIN_MS)
        machine->unstable_until_ms = now_ms + CHATTER_HOLD_MS;
}

/* The highest level above the present one that has lasted for long enough; false: there is none. */
static bool raise(struct alert_machine *machine, const struct rule *rule, int64_t now_ms)
{
    for (int k = SEVERITY_CRITICAL; k > (int)machine->severity; k--) {
        int64_t since_ms = machine->beyond_since_ms[k];
        if (since_ms == OFF || now_ms - since_ms < rule->for_ms)
            continue;
        if (machine->severity == SEVERITY_OK)
            note_activation(machine, now_ms);
        machine->severity = (enum severity)k;
        stop_lowering(machine);
        return true;
    }
    return false;
}

/* The level with the hysteresis: a level is held until the value is better than its threshold by that much.
 */
static enum severity held_level(const struct alert_machine *machine, const struct rule *rule,
                                enum severity level, double value)
{
    for (int k = (int)machine->severity; k > (int)level; k--)
        if (!grade_recovered(&rule->limits, (enum severity)k, rule->hysteresis, value))
            return (enum severity)k;
    return level;
}

/* Keeps the timer going while `level` is below the present one. True when it has lasted for long enough. */
static bool lowering_due(struct lowering *lowering, enum severity present, enum severity level,
                         int64_t after_ms, int64_t now_ms)
{
    if (level >= present) {
        lowering->since_ms = OFF;
        return false;
    }
    if (lowering->since_ms == OFF)
        *lowering = (struct lowering){now_ms, level};
    if (level > lowering->worst)
        lowering->worst = level;
    return now_ms - lowering->since_ms >= after_ms;
}

static int64_t slow_clear_ms(const struct rule *rule)
{
    return 5 * rule->clear_ms > SLOW_CLEAR_LEAST_MS ? 5 * rule->clear_ms : SLOW_CLEAR_LEAST_MS;
}

/* Without the slow way a tile at 81 % of an objective of 80 % would stay amber all day. */
static void lower(struct alert_machine *machine, const struct rule *rule, enum severity level, double value,
                  int64_t now_ms)
{
    enum severity held = held_level(machine, rule, level, value);
    bool clear = lowering_due(&machine->clear, machine->severity, held, rule->clear_ms, now_ms);
    bool slow = lowering_due(&machine->slow_clear, machine->severity, level, slow_clear_ms(rule), now_ms);
    if (!(clear || slow) || alert_machine_unstable(machine, now_ms))
        return;
    machine->severity = clear ? machine->clear.worst : machine->slow_clear.worst;
    stop_lowering(machine);
}

static void judge(struct alert_machine *machine, const struct rule *rule, double value, int64_t now_ms)
{
    enum severity level = grade_level(&rule->limits, value);
    note_beyond(machine, level, now_ms);
    if (!machine->judged) {
        machine->judged = true;
        machine->severity = level;
        return;
    }
    if (!raise(machine, rule, now_ms))
        lower(machine, rule, level, value, now_ms);
}

void alert_machine_sample(struct alert_machine *machine, const struct rule *rule, double value, double n,
                          int64_t figures_ms, int64_t now_ms)
{
    if (machine->closed)
        return;
    alert_machine_tick(machine, rule, now_ms);
    machine->has_figures = machine->known = true;
    machine->figures_ms = figures_ms;
    machine->insufficient = isnan(value) || n < rule->min_sample;
    if (machine->insufficient) {
        stop_timers(machine);
        machine->severity = SEVERITY_OK;
    } else if (is_stale(machine, rule, now_ms)) {
        stop_timers(machine); /* came in too old: nothing to judge */
    } else {
        judge(machine, rule, value, now_ms);
    }
    expire_ack(machine, now_ms);
}

void alert_machine_unknown(struct alert_machine *machine)
{
    machine->known = false;
    stop_timers(machine);
}

/* ---- what people do ---- */

void alert_machine_ack(struct alert_machine *machine, int64_t now_ms)
{
    machine->acked = machine->severity;
    machine->acked_ms = now_ms;
}

void alert_machine_shelve(struct alert_machine *machine, int64_t for_ms, int64_t now_ms)
{
    if (machine->closed)
        return;
    machine->shelved_until_ms = now_ms + (for_ms < SHELVE_MAX_MS ? for_ms : SHELVE_MAX_MS);
}

void alert_machine_close(struct alert_machine *machine)
{
    alert_machine_init(machine);
    machine->closed = true;
}

void alert_machine_open(struct alert_machine *machine)
{
    if (machine->closed)
        alert_machine_init(machine);
}

/* ---- what is seen of it ---- */

enum display alert_machine_display(const struct alert_machine *machine, const struct rule *rule,
                                   int64_t now_ms)
{
    static const enum display BY_SEVERITY[SEVERITY_COUNT] = {DISPLAY_OK, DISPLAY_WARN, DISPLAY_CRITICAL};
    if (machine->closed)
        return DISPLAY_CLOSED;
    if (!machine->has_figures || !machine->known)
        return DISPLAY_NODATA;
    if (is_stale(machine, rule, now_ms))
        return DISPLAY_STALE;
    if (machine->insufficient || !grade_possible(&rule->limits))
        return DISPLAY_NEUTRAL;
    return BY_SEVERITY[machine->severity];
}

static bool is_pending(const struct alert_machine *machine)
{
    return machine->beyond_since_ms[SEVERITY_WARN] != OFF ||
           machine->beyond_since_ms[SEVERITY_CRITICAL] != OFF;
}

static bool is_recovering(const struct alert_machine *machine)
{
    return machine->clear.since_ms != OFF || machine->slow_clear.since_ms != OFF;
}

enum alert_state alert_machine_state(const struct alert_machine *machine, const struct rule *rule,
                                     int64_t now_ms)
{
    if (now_ms < machine->shelved_until_ms)
        return ALERT_SHELVED;
    if (machine->severity == SEVERITY_OK)
        return is_pending(machine) ? ALERT_PENDING : ALERT_INACTIVE;
    if (!machine->known || is_stale(machine, rule, now_ms))
        return ALERT_FROZEN;
    if (is_recovering(machine))
        return ALERT_RECOVERING;
    return machine->acked >= machine->severity ? ALERT_ACKED : ALERT_ALERTING;
}

enum display alert_machine_pending(const struct alert_machine *machine, const struct rule *rule,
                                   int64_t now_ms)
{
    enum display display = alert_machine_display(machine, rule, now_ms);
    if (display != DISPLAY_OK && display != DISPLAY_WARN)
        return DISPLAY_OK;
    if (machine->beyond_since_ms[SEVERITY_CRITICAL] != OFF)
        return DISPLAY_CRITICAL;
    return display == DISPLAY_OK && is_pending(machine) ? DISPLAY_WARN : DISPLAY_OK;
}

bool alert_machine_unstable(const struct alert_machine *machine, int64_t now_ms)
{
    return now_ms < machine->unstable_until_ms;
}

const char *severity_name(enum severity severity)
{
    static const char *const NAMES[SEVERITY_COUNT] = {"OK", "WARN", "CRITICAL"};
    return NAMES[severity];
}

const char *display_name(enum display display)
{
    static const char *const NAMES[DISPLAY_COUNT] = {"CLOSED",   "NODATA", "STALE", "NEUTRAL",
                                                     "CRITICAL", "WARN",   "OK"};
    return NAMES[display];
}

const char *alert_state_name(enum alert_state state)
{
    static const char *const NAMES[ALERT_STATE_COUNT] = {"INACTIVE",   "PENDING", "ALERTING", "ACKED",
                                                         "RECOVERING", "FROZEN",  "SHELVED"};
    return NAMES[state];
}
