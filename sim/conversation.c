/* What remains of a contact that is over: its reason, whether it was solved, what people say of it. */
#include "sim/floor.h"

/* The odds are of an ordinary service: nothing here depends on who answered. */
static void survey(struct ledger *ledger, struct dice *dice, int line)
{
    ledger_add(ledger, line, FIELD_SURVEY_SENT, 1);
    if (!dice_chance(dice, 24))
        return;
    static const int scores[] = {1, 2, 3, 3, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5};
    int score = scores[dice_below(dice, sizeof scores / sizeof *scores)];
    ledger_add(ledger, line, FIELD_CSAT_RESPONSES, 1);
    ledger_add(ledger, line, FIELD_CSAT_SUM, score);
    ledger_add(ledger, line, FIELD_CSAT_TOP2, score >= 4);
    if (!dice_chance(dice, 45))
        return;
    static const int contented[] = {7, 8, 9, 9, 10, 10};
    int recommends = score >= 4 ? contented[dice_below(dice, 6)] : score * 2 + dice_below(dice, 3) - 1;
    ledger_add(ledger, line, FIELD_NPS_RESPONSES, 1);
    ledger_add(ledger, line, FIELD_NPS_PROMOTERS, recommends >= 9);
    ledger_add(ledger, line, FIELD_NPS_DETRACTORS, recommends <= 6);
}

static void resolution(struct ledger *ledger, struct dice *dice, int line)
{
    ledger_add(ledger, line, FIELD_REPEAT, dice_chance(dice, 14));
    if (!dice_chance(dice, 20))
        return;
    bool first = dice_chance(dice, 72);
    ledger_add(ledger, line, FIELD_FCR_EVALUATED, 1);
    ledger_add(ledger, line, FIELD_RESOLVED_FIRST, first);
    ledger_add(ledger, line, FIELD_RESOLVED, first || dice_chance(dice, 45));
}

static void audit(struct ledger *ledger, struct dice *dice, int line)
{
    if (dice_chance(dice, 1.5)) {
        ledger_add(ledger, line, FIELD_QA_EVALUATIONS, 1);
        ledger_add(ledger, line, FIELD_QA_SCORE_SUM, 70 + dice_below(dice, 29));
    }
    if (dice_chance(dice, 1)) { /* the yearly inquiry among customers, sent bit by bit */
        ledger_add(ledger, line, FIELD_CSAT_GLOBAL_RESPONSES, 1);
        ledger_add(ledger, line, FIELD_CSAT_GLOBAL_TOP2, dice_chance(dice, 78));
    }
}

void contact_over(struct simulator *simulator, int line)
{
    struct ledger *ledger = &simulator->ledger;
    struct dice *dice = &simulator->dice;
    const struct service *service = line_service(line);
    int reason = (int)line_queue(line) * KIND_COUNT + dice_below(dice, KIND_COUNT);
    ledger_add(ledger, line, FIELD_HANDLED, 1);
    ledger_add(ledger, ACCOUNT_REASONS + reason, FIELD_BY_REASON, 1);
    ledger_add(ledger, line, FIELD_SCRIPT_USED, dice_chance(dice, service->script_percent));
    ledger_add(ledger, line, FIELD_COMPLAINTS, dice_chance(dice, 0.6));
    ledger_add(ledger, line, FIELD_COST_CENTS, 390 + dice_below(dice, 120));
    resolution(ledger, dice, line);
    audit(ledger, dice, line);
    if (dice_chance(dice, 60))
        survey(ledger, dice, line);
}
