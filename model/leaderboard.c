#include "model/leaderboard.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { MEASURES = 4 };

static const double equal_within = 1e-9;

/* Larger is better in all four. */
static double measure_of(const struct leaderboard_agent *agent, int measure)
{
    const double values[MEASURES] = {-agent->reply_s, -agent->resolution_s, agent->fcr_percent,
                                     agent->csat_percent};
    return values[measure];
}

struct spread {
    double mean, deviation;
};

static struct spread spread_of(const struct leaderboard_agent *agents, const struct leaderboard_place *places,
                               size_t count, int measure)
{
    double sum = 0, squares = 0;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        double value = measure_of(&agents[places[i].index], measure);
        if (isfinite(value)) {
            sum += value;
            known++;
        }
    }
    struct spread spread = {known ? sum / (double)known : NAN, 0};
    for (size_t i = 0; i < count; i++) {
        double away = measure_of(&agents[places[i].index], measure) - spread.mean;
        if (isfinite(away))
            squares += away * away;
    }
    spread.deviation = known ? sqrt(squares / (double)known) : 0;
    return spread;
}

/* NaN: nothing is known of the agent. */
static double score_of(const struct leaderboard_agent *agent, const struct spread spreads[MEASURES])
{
    double sum = 0;
    int known = 0;
    for (int measure = 0; measure < MEASURES; measure++) {
        double away = measure_of(agent, measure) - spreads[measure].mean;
        if (!isfinite(away))
            continue;
        sum += spreads[measure].deviation > equal_within ? away / spreads[measure].deviation : 0;
        known++;
    }
    return known ? sum / known : NAN;
}

/* What differs by a double's last digits is the same; rounded, so that "the same" is so for three as for two.
 */
static bool same_score(const struct leaderboard_place *one, const struct leaderboard_place *other)
{
    return fabs(round(one->score / equal_within) - round(other->score / equal_within)) <= 0;
}

static int best_first(const void *a, const void *b)
{
    const struct leaderboard_place *one = a, *other = b;
    if (!same_score(one, other))
        return one->score > other->score ? -1 : 1;
    return one->index < other->index ? -1 : 1;
}

static void give_ranks(struct leaderboard_place *places, size_t count)
{
    qsort(places, count, sizeof *places, best_first);
    for (size_t i = 0; i < count; i++) {
        bool tied = i > 0 && same_score(&places[i], &places[i - 1]);
        places[i].rank = tied ? places[i - 1].rank : (int)i + 1;
    }
}

/* Keeps those with a score. */
static size_t keep_scored(struct leaderboard_place *places, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(places[i].score))
            places[kept++] = places[i];
    return kept;
}

size_t leaderboard_rank_agents(const struct leaderboard_agent *agents, size_t count,
                               struct leaderboard_place *places)
{
    size_t ranked = 0;
    for (size_t i = 0; i < count; i++)
        if (agents[i].contacts >= LEADERBOARD_CONTACTS_MIN)
            places[ranked++] = (struct leaderboard_place){.index = i};
    struct spread spreads[MEASURES];
    for (int measure = 0; measure < MEASURES; measure++)
        spreads[measure] = spread_of(agents, places, ranked, measure);
    for (size_t i = 0; i < ranked; i++)
        places[i].score = score_of(&agents[places[i].index], spreads);
    ranked = keep_scored(places, ranked);
    give_ranks(places, ranked);
    return ranked;
}

size_t leaderboard_rank_teams(const struct leaderboard_team *teams, size_t count,
                              struct leaderboard_place *places)
{
    for (size_t i = 0; i < count; i++)
        places[i] = (struct leaderboard_place){
            .index = i, .score = teams[i].attainment_percent - teams[i].own_mean_percent};
    size_t ranked = keep_scored(places, count);
    give_ranks(places, ranked);
    return ranked;
}
