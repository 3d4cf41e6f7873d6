#include "fetch/budget.h"
#include "base/now.h"

static const double used_share = 0.5;

static double at_least_one(double calls)
{
    return calls > 1 ? calls : 1;
}

int64_t budget_reserve_ms(struct budget *budget, int64_t now_ms)
{
    const struct budget_settings *settings = budget->settings;
    double pause_ms = (double)settings->per_ms / (settings->calls * used_share);
    double head_start_ms = pause_ms * (at_least_one(settings->burst * used_share) - 1);
    int64_t at_ms =
        later_ms(later_ms(now_ms, budget->held_until_ms), budget->even_ms - (int64_t)head_start_ms);
    budget->even_ms = later_ms(budget->even_ms, at_ms) + (int64_t)pause_ms;
    return at_ms;
}

void budget_hold(struct budget *budget, int64_t until_ms)
{
    budget->held_until_ms = later_ms(budget->held_until_ms, until_ms);
}
