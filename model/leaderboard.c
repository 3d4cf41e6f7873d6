#include "model/leaderboard.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const double equal_within = 1e-9;

struct spread {
    double mean, deviation;
};

static struct spread spread_of(const struct leaderboard_agent *agents, const struct leaderboard_place *places,
                               size_t count, size_t measure)
{
    double sum = 0, squares = 0;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        double value = agents[places[i].index].measures[measure];
        if (isfinite(value)) {
            sum += value;
            known++;
        }
    }
    struct spread spread = {known ? sum / (double)known : NAN, 0};
    for (size_t i = 0; i < count; i++) {
        double away = agents[places[i].index].measures[measure] - spread.mean;
        if (isfinite(away))
            squares += away * away;
    }
    spread.deviation = known ? sqrt(squares / (double)known) : 0;
    return spread;
}

/* NaN: nothing is known of the agent. */
static double score_of(const struct leaderboard_agent *agent, const struct spread *spreads,
                       size_t measure_count)
{
    double sum = 0;
    int known = 0;
    for (size_t measure = 0; measure < measure_count; measure++) {
        double away = agent->measures[measure] - spreads[measure].mean;
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

size_t leaderboard_rank_agents(const struct leaderboard_agent *agents, size_t count, size_t measure_count,
                               struct leaderboard_place *places)
{
    size_t ranked = 0;
    for (size_t i = 0; i < count; i++)
        if (agents[i].contacts >= LEADERBOARD_CONTACTS_MIN)
            places[ranked++] = (struct leaderboard_place){.index = i};
    struct spread spreads[LEADERBOARD_MEASURES_MAX];
    for (size_t measure = 0; measure < measure_count; measure++)
        spreads[measure] = spread_of(agents, places, ranked, measure);
    for (size_t i = 0; i < ranked; i++)
        places[i].score = score_of(&agents[places[i].index], spreads, measure_count);
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
