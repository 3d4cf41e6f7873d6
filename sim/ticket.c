/* E-mail: tickets are opened at any hour, replied to and resolved when the office is there. */
#include <string.h>

#include "sim/floor.h"

/* With fewer open than this, the office finds other things to do. */
static const int usual_stock[QUEUE_COUNT] = {55, 95, 50};

static int email_line(enum queue queue)
{
    return (int)queue * CHANNEL_COUNT + CHANNEL_EMAIL;
}

static struct ticket take_out(struct tickets *tickets, int place)
{
    struct ticket ticket = tickets->open[place];
    tickets->count--;
    memmove(&tickets->open[place], &tickets->open[place + 1],
            (size_t)(tickets->count - place) * sizeof *tickets->open);
    return ticket;
}

static void resolve(struct simulator *simulator, enum queue queue, int place)
{
    struct ledger *ledger = &simulator->ledger;
    struct tickets *tickets = &simulator->tickets[queue];
    int line = email_line(queue);
    int64_t age_ms = simulator->now_ms - tickets->open[place].opened_ms;
    ledger_add(ledger, line, FIELD_TICKETS_RESOLVED, 1);
    ledger_add(ledger, line, FIELD_RESOLUTION_MS, age_ms);
    if (dice_chance(&simulator->dice, 4)) { /* the customer does not agree */
        ledger_add(ledger, line, FIELD_TICKETS_REOPENED, 1);
        return;
    }
    take_out(tickets, place);
    ledger_add(ledger, line, FIELD_TICKETS_CLOSED, 1);
    ledger_add(ledger, line, FIELD_CYCLE_MS, age_ms + dice_wait_ms(&simulator->dice, 4.0 * 60 * MINUTE_MS));
}

void ticket_open(struct simulator *simulator, enum queue queue)
{
    struct tickets *tickets = &simulator->tickets[queue];
    int line = email_line(queue);
    int kind = dice_chance(&simulator->dice, 6) ? 2 : dice_below(&simulator->dice, 2);
    if (tickets->count == MOST_TICKETS)
        resolve(simulator, queue, 0);
    if (tickets->count == MOST_TICKETS)
        return; /* it was reopened at once: the mailbox is full */
    tickets->open[tickets->count++] = (struct ticket){.opened_ms = simulator->now_ms};
    ledger_add(&simulator->ledger, line, FIELD_TICKETS_OPENED, 1);
    ledger_add(&simulator->ledger, line, FIELD_COMPLAINTS, kind == 2);
    ledger_add(&simulator->ledger, ACCOUNT_KINDS + (int)queue * KIND_COUNT + kind, FIELD_BY_KIND, 1);
    ledger_add(&simulator->ledger, ACCOUNT_CHANNELS + CHANNEL_EMAIL, FIELD_BY_CHANNEL, 1);
}

static void reply(struct simulator *simulator, enum queue queue, struct ticket *ticket)
{
    struct ledger *ledger = &simulator->ledger;
    int line = email_line(queue);
    int64_t delay_ms = simulator->now_ms - ticket->opened_ms;
    ledger_add(ledger, line, FIELD_REPLIES, 1);
    ledger_add(ledger, line, FIELD_REPLY_MS, delay_ms);
    ledger_add(ledger, line, FIELD_FIRST_RESPONSES, 1);
    ledger_add(ledger, line, FIELD_FIRST_RESPONSE_MS, delay_ms);
    ledger_add(ledger, line, FIELD_FIRST_RESPONSES_IN_TARGET, delay_ms <= FIRST_RESPONSE_TARGET_MS);
    ticket->replied = true;
}

/* More often one of the oldest. */
static int some_place(struct dice *dice, int count)
{
    return dice_chance(dice, 50) ? dice_below(dice, 1 + count / 8) : dice_below(dice, count);
}

void ticket_work(struct simulator *simulator, enum queue queue)
{
    struct tickets *tickets = &simulator->tickets[queue];
    bool busy_elsewhere = tickets->count < usual_stock[queue] && dice_chance(&simulator->dice, 55);
    if (tickets->count == 0 || busy_elsewhere)
        return;
    int unanswered = 0;
    while (unanswered < tickets->count && tickets->open[unanswered].replied)
        unanswered++;
    bool replies = unanswered < tickets->count && dice_chance(&simulator->dice, 60);
    int place = some_place(&simulator->dice, tickets->count);
    if (replies || !tickets->open[place].replied)
        reply(simulator, queue, &tickets->open[replies ? unanswered : place]);
    else
        resolve(simulator, queue, place);
}
