/* Those who wait: they come, are taken up, or leave in one way or another. */
#include <string.h>

#include "sim/floor.h"

static const int64_t longest_wait_allowed_ms = 10 * MINUTE_MS;
static const int64_t callback_offer_ms = 100000;

static void note_wait(struct line *line, int64_t wait_ms)
{
    if (wait_ms > line->max_wait_ms)
        line->max_wait_ms = wait_ms;
}

/* Decided on arrival: how long somebody waits at most, and what then. */
static struct waiting newcomer(struct simulator *simulator, int line)
{
    struct dice *dice = &simulator->arrivals[line].dice;
    bool voice = line_channel(line) == CHANNEL_VOICE;
    struct waiting contact = {.entered_ms = simulator->now_ms};
    contact.ivr_ms = voice ? 15000 + dice_duration_ms(dice, 25000, 2) : 0;
    bool misdialled = dice_chance(dice, 3), wants_callback = voice && dice_chance(dice, 16);
    int64_t patience_ms = dice_wait_ms(dice, misdialled ? 3000 : line_service(line)->patience_ms);
    if (patience_ms > longest_wait_allowed_ms) {
        patience_ms = longest_wait_allowed_ms;
        contact.leaving = LEAVES_BY_OVERFLOW;
    }
    if (wants_callback && patience_ms > callback_offer_ms) {
        patience_ms = callback_offer_ms;
        contact.leaving = LEAVES_FOR_CALLBACK;
    }
    contact.leaves_ms = simulator->now_ms + patience_ms;
    return contact;
}

/* Calls come through the IVR: it has counted everybody who leaves it towards a line. */
static void through_ivr(struct simulator *simulator, int line, const struct waiting *contact)
{
    if (line_channel(line) != CHANNEL_VOICE)
        return;
    ledger_add(&simulator->ledger, ACCOUNT_IVR, FIELD_IVR_ENTERED, 1);
    ledger_add(&simulator->ledger, ACCOUNT_IVR, FIELD_IVR_MS, contact->ivr_ms);
}

static bool open_at(int64_t now_ms)
{
    int64_t of_day_ms = now_ms - day_of(now_ms) * DAY_MS;
    return of_day_ms >= OPENING_MS && of_day_ms < CLOSING_MS;
}

static void queue_up(struct simulator *simulator, int line, const struct waiting *contact)
{
    struct line *queue = &simulator->lines[line];
    int all_waiting = 1;
    queue->waiting[queue->waiting_count++] = *contact;
    for (int i = 0; i < LINE_COUNT; i++)
        if (line_channel(i) == CHANNEL_VOICE)
            all_waiting += simulator->lines[i].waiting_count;
    if (line_channel(line) == CHANNEL_VOICE && all_waiting - 1 > simulator->most_waiting_today)
        simulator->most_waiting_today = all_waiting - 1;
}

void line_arrive(struct simulator *simulator, int line)
{
    struct waiting contact = newcomer(simulator, line);
    through_ivr(simulator, line, &contact);
    if (!open_at(simulator->now_ms)) {
        ledger_add(&simulator->ledger, line, FIELD_OUT_OF_HOURS, 1);
        return;
    }
    ledger_add(&simulator->ledger, ACCOUNT_CHANNELS + (int)line_channel(line), FIELD_BY_CHANNEL, 1);
    if (simulator->lines[line].waiting_count == MOST_WAITING) {
        ledger_add(&simulator->ledger, line, FIELD_BLOCKED, 1);
        return;
    }
    ledger_add(&simulator->ledger, line, FIELD_OFFERED, 1);
    struct agent *agent = agents_best_for(simulator, line);
    if (agent)
        agent_answer(simulator, agent, line, &contact);
    else
        queue_up(simulator, line, &contact);
}

static struct waiting take_out(struct line *line, int place)
{
    struct waiting contact = line->waiting[place];
    line->waiting_count--;
    memmove(&line->waiting[place], &line->waiting[place + 1],
            (size_t)(line->waiting_count - place) * sizeof *line->waiting);
    return contact;
}

struct waiting line_take_first(struct simulator *simulator, int line)
{
    struct waiting contact = take_out(&simulator->lines[line], 0);
    note_wait(&simulator->lines[line], simulator->now_ms - contact.entered_ms);
    return contact;
}

static void note_abandon(struct ledger *ledger, int line, int64_t wait_ms)
{
    ledger_add(ledger, line, FIELD_ABANDONED, 1);
    ledger_add(ledger, line, FIELD_WAIT_ABANDONED_MS, wait_ms);
    if (wait_ms <= ANSWER_TARGET_MS)
        ledger_add(ledger, line, FIELD_ABANDONED_IN_T, 1);
    if (wait_ms < SHORT_ABANDON_MS)
        ledger_add(ledger, line, FIELD_SHORT_ABANDONED, 1);
}

void line_give_up(struct simulator *simulator, int line, int place)
{
    struct line *queue = &simulator->lines[line];
    struct waiting contact = take_out(queue, place);
    int64_t wait_ms = simulator->now_ms - contact.entered_ms;
    note_wait(queue, wait_ms);
    switch (contact.leaving) {
    case LEAVES_BY_HANGING_UP:
        note_abandon(&simulator->ledger, line, wait_ms);
        break;
    case LEAVES_FOR_CALLBACK:
        ledger_add(&simulator->ledger, line, FIELD_CALLBACKS_REGISTERED, 1);
        queue->callbacks_pending++;
        break;
    case LEAVES_BY_OVERFLOW:
        ledger_add(&simulator->ledger, line, FIELD_OVERFLOWED, 1);
        break;
    }
}

int64_t line_longest_wait_ms(const struct simulator *simulator, int line)
{
    const struct line *queue = &simulator->lines[line];
    return queue->waiting_count ? simulator->now_ms - queue->waiting[0].entered_ms : 0;
}

int line_waiting_longer(const struct simulator *simulator, int line, int64_t wait_ms)
{
    int count = 0;
    for (int i = 0; i < simulator->lines[line].waiting_count; i++)
        count += simulator->now_ms - simulator->lines[line].waiting[i].entered_ms > wait_ms;
    return count;
}
